import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../src/core/document/parse.ts'
import { makeDocument } from '../../src/core/document/render.ts'
import { contentOf, contentOfPage } from '../../src/core/record/content.ts'
import { recordSchema } from '../../src/core/record/schema.ts'
import { storyOfPage } from '../../src/core/record/story.ts'
import { extractStory } from '../../src/index.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { recordOf, recordOfStory } from '../../src/pipeline/records/record.ts'
import { CHINESE_ZONE } from '../../src/core/time.ts'
import { readPage } from '../../src/sites/index.ts'
import { aboutOf, whoOf } from '../../src/sites/publishers.ts'
import { PAGES } from '../support/pages.ts'
import { said } from '../../src/words/words.ts'

const URL_ASKED = 'http://www.zaobao.com/realtime/china/story20260829-9595968?ref=home'
const STORY = {
  title: '渡口\u202e复航：“大船” <b>& 小船',
  url: URL_ASKED,
  published: '2026-08-29T01:07:00.000Z',
  bodyHtml:
    '<p>第一段\u200b *星号*。</p><h2>小题</h2><p>第二段 &lt;b&gt;。</p><table><tr><td>甲</td><td>乙</td></tr></table>',
  lead: [{ url: 'https://static.zaobao.com/s3fs-public/a.jpg', caption: '图说（社）' }],
  keywords: ['渡口'],
  byline: '何渺',
}
const BESIDE = { fetched: null, path: null, revision: 1, status: null }

/** The three ways to a record: of the library, of the content that a page gives, of the document that is made of it. */
function recordsOf(html: string, url: string) {
  const read = () => {
    const page = readPage({ html, url })
    if (page.kind !== 'story') throw new Error(said(page.detail))
    return page
  }
  const page = read()
  const { extract } = page
  const content = contentOfPage(extract, { ...aboutOf(url), day: '2026-08-29', extra: [] })
  const { published, updated, bylines, keywords } = extract
  const story = extractStory(html, url)
  return [
    story === null ? null : recordOfStory(story, BESIDE),
    recordOfStory(storyOfPage(content, extract, page, whoOf(url)), BESIDE),
    recordOf(
      makeDocument(content),
      { ...BESIDE, published, updated, bylines, keywords, extraction: page.generation },
      readMarkdown,
    ),
  ]
}

describe('library, convert and fetch give one record', () => {
  test.each(Object.entries(PAGES))('of a page of %s', (_, make) => {
    const [library, page, document] = recordsOf(make(STORY), URL_ASKED)
    expect(page).toEqual(library)
    expect(document).toEqual(library)
    expect(recordSchema.safeParse(library).error).toBeUndefined()
    expect(library?.title).not.toContain('\u202e')
  })

  test.each(['2026-08-28T16:00:00.000Z', '2026-08-29T15:59:00.000Z'])('of a page of %s', (published) => {
    for (const record of recordsOf(PAGES['astro']?.({ ...STORY, published }) ?? '', URL_ASKED)) {
      expect(record?.published).toBe(published)
    }
  })

  test('of a page without a time, with and without a day in its address', () => {
    const html = '<meta charset=gb2312><h1>标题</h1><table><tr><td class=text><p>甲说。</p></td></tr></table>'
    for (const url of ['http://www.zaobao.com/a.shtml', URL_ASKED]) {
      for (const record of recordsOf(html, url)) expect(record?.published).toBeNull()
    }
  })
})

const NOTES = { ...BESIDE, updated: null, bylines: [], keywords: [] }

function file({ body = '正文。\n', ...over }: Record<string, string> = {}): string {
  const keys = {
    title: '"题"',
    date: '2020-07-22T02:00:00.000Z',
    from: 'http://www.rfi.fr//cn/法国/20200722-题',
    ...over,
  }
  const front = Object.entries(keys).map(([key, value]) => `${key}: ${value}\n`)
  return `---\n${front.join('')}---\n<!--1595383200000-->\n[题](https://x.example/)\n------\n\n${body}`
}

describe('the record of a file is valid', () => {
  test.each<[string, Record<string, string>]>([
    ['an address with Chinese letters', {}],
    ['an address with a blank', { from: 'https://x.example/a b' }],
    ['an update that is a day', { updated: '2020-07-23' }],
    ['an update that is no time', { updated: '刚刚' }],
    ['an empty title', { title: '""' }],
    ['a title that is a number', { title: '2020' }],
    ['tags that are no texts', { tags: '[ 1, true, null, "" ]' }],
    ['a year of five digits', { date: '"+012020-07-22T02:00:00.000Z"' }],
    ['a picture without address', { body: '![图]()\n' }],
    ['an empty HTML body', { body: '<div>\n</div>\n' }],
    ['an empty author', { author: '""' }],
  ])('%s', (_, over) => {
    expect(recordSchema.safeParse(recordOf(parseDocument(file(over)), NOTES, readMarkdown)).error).toBeUndefined()
  })

  const ZAOBAO = 'https://www.zaobao.com/realtime/china/story20200722-1071000'
  describe.each([
    ['Paris', {}, '2020-07-21T22:00:00.000Z'],
    ['Singapore', { from: ZAOBAO }, '2020-07-21T16:00:00.000Z'],
  ])('by the clock of %s', (_, over, midnight) => {
    test.each<[string, string | null | undefined, string | null]>([
      [midnight, undefined, null],
      [midnight, null, null],
      [midnight, midnight, midnight],
      ['2020-07-22T02:00:00.000Z', midnight, '2020-07-22T02:00:00.000Z'],
      ['2020-07-22T02:00:00.000Z', null, '2020-07-22T02:00:00.000Z'],
    ])('the date %s with %s noted was published at %s', (date, published, expected) => {
      const notes = published === undefined ? NOTES : { ...NOTES, published }
      expect(recordOf(parseDocument(file({ ...over, date })), notes, readMarkdown).published).toBe(expected)
    })
  })
})

describe('the headline of a document', () => {
  const about = {
    url: 'https://a.example/news/ferry/',
    day: '2026-03-12',
    zone: CHINESE_ZONE,
    paper: 'a.example',
    extra: [],
  }
  const titleOf = (title: string) =>
    contentOf({ title, published: null, access: 'public' }, { ...about, body: { markdown: '' } }).title

  test.each([
    ['渡口 \n 复航', '渡口 复航'],
    ['渡\u202e口\u061c\u2066复\u200b航', '渡口复航'],
    ['渡口\ud800复航', '渡口\ufffd复航'],
    ['', 'ferry'],
    ['\u202e \u200f', 'ferry'],
    ['题'.repeat(1000), '题'.repeat(1000)],
    ['题'.repeat(1001), `${'题'.repeat(1000)}…`],
    ['😀'.repeat(1000), '😀'.repeat(1000)],
    ['😀'.repeat(1001), `${'😀'.repeat(1000)}…`],
  ])('%j is %j', (title, expected) => {
    expect(titleOf(title)).toBe(expected)
  })

  test('stands beside the paper as author, tag and category', () => {
    expect(
      contentOf({ title: '题', published: null, access: 'public' }, { ...about, body: { markdown: '' } }),
    ).toMatchObject({
      ...{ author: 'a.example', tags: ['a.example'], categories: ['a.example'] },
    })
  })
})
