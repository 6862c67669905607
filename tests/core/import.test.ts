import { describe, expect, test } from 'vitest'
import {
  convertFile,
  dayOf,
  describeFile,
  inOrder,
  outlineTaken,
  publishedMs,
  type SourceFile,
} from '../../src/core/archive/import.ts'
import { entryOfFile } from '../../src/core/archive/journal.ts'
import { outlineOf } from '../../src/core/document/block-hashes.ts'
import { DocumentError } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { addresses, formerIds } from '../../src/sites/publishers.ts'

const URL_OF = 'https://www.zaobao.com/realtime/china/story20200722-9000001'
const [DATE, STAMP] = [Date.parse('2020-07-22T02:00:00Z'), Date.parse('2020-07-22T09:00:00Z')]

interface Of {
  url?: string
  link?: string
  stamp?: string
  body?: string
}

/** A file as the seed's producer wrote it. */
function text({
  url = URL_OF,
  link,
  stamp = String(STAMP),
  body = '<div>\n<p>大桥合龙。</p>\n</div>',
}: Of = {}): string {
  return (
    `---\nlayout: post\ntitle: "大桥"\ndate: ${new Date(DATE).toISOString()}\nauthor: 联合早报\nfrom: ${url}\n` +
    `tags: [ 联合早报 ]\ncategories: [ 联合早报 ]\n---\n<!--${stamp}-->\n[大桥](${link ?? url})\n------\n\n${body}\n`
  )
}

const described = (of: Of = {}, path = '2020-07-22-x.md') => describeFile(path, text(of), addresses)

const SPELT = 'https://a.example/%41'
const FORMER = formerIds(SPELT)[0] ?? ''

test.each<[string, ReturnType<typeof described>, Partial<SourceFile>]>([
  [
    'of HTML',
    described(),
    { id: '9000001', day: '2020-07-22', site: 'zaobao', body: 'html', dateMs: DATE, stampMs: STAMP },
  ],
  ['in a zone', described(), { zoneMs: 8 * 3_600_000, isStamped: true, path: '2020-07-22-x.md' }],
  [
    'of Markdown',
    described({ body: '大桥合龙。' }),
    { body: 'markdown', bodyLength: '大桥合龙。\n'.length, isOwn: true },
  ],
  ['of HTML alone', described(), { isOwn: false }],
  ['with a note', described({ body: '<div>\n<p>大桥</p>\n</div>\n\n> 我的笔记' }), { body: 'html', isOwn: true }],
  ['of Markdown that begins like HTML', described({ body: '<div>大桥</div>\n\n合龙。' }), { body: 'markdown' }],
  ['of another site', described({ url: 'https://www.a.example/ferry' }), { site: 'a.example', day: null }],
  ['by http', described({ url: 'http://a.example/www.ferry' }), { site: 'a.example' }],
  ['that has a former id', described({ url: SPELT }, `2020/2020-07-22-${FORMER}.md`), { id: FORMER }],
  ['without a time', described({ stamp: 'NaN' }), { isStamped: false, stampMs: DATE }],
  ['of no calendar', described({ stamp: `9${'0'.repeat(15)}` }), { isStamped: true, stampMs: 8.64e15 }],
  ['of none before it', described({ stamp: `-9${'0'.repeat(15)}` }), { stampMs: -8.64e15 }],
])('a file %s is described', (_name, file, expected) => {
  expect(file).toMatchObject(expected)
})

test.each([
  ['its end is missing', { body: '<div>\n<p>大桥' }],
  ['no address of the web', { url: 'ftp://a.example/ferry' }],
  ['no address of the web', { url: 'xhttps://a.example/ferry' }],
  ['runs something', { link: 'javascript:alert(1)' }],
])('a file is foreign: %s', (why, of) => {
  expect(() => described(of)).toThrow(DocumentError)
  expect(() => described(of)).toThrow(why)
})

const base = described()

/** As a site generator writes it, on its reader's clock. */
const ON_A_CLOCK = text({ stamp: String(DATE) }).replace('2020-07-22T02:00:00.000Z', '2020-07-22 10:00:00')

test('files of a story go by date, then the longer body last, then by path', () => {
  const one = (path: string, dateMs: number, bodyLength: number): SourceFile => ({ ...base, path, dateMs, bodyLength })
  const files = [one('f', 3, 1), one('d', 2, 7), one('b', 2, 5), one('c', 2, 5), one('e', 2, 9), one('a', 1, 99)]
  expect(inOrder(files).map(({ path }) => path)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  expect(inOrder(files.toReversed()).map(({ path }) => path)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

describe('the time of a file', () => {
  const LATE = Date.parse('2020-07-22T20:00:00Z')
  test.each<[string, Partial<SourceFile>, boolean, number, string]>([
    ['its clock is wrong', { day: null }, true, Date.parse('2020-07-22T01:00:00Z'), '2020-07-22'],
    ['its clock is right, the date clipped', { day: null }, false, STAMP, '2020-07-22'],
    ['its clock is right, someone set the date', { day: null, dateMs: LATE }, false, LATE, '2020-07-23'],
    ['its body is Markdown', { day: null, body: 'markdown' }, true, DATE, '2020-07-22'],
    ['the address names a day', { day: '2020-07-01' }, false, STAMP, '2020-07-01'],
  ])('%s', (_name, more, clockIsWrong, ms, day) => {
    expect([publishedMs({ ...base, ...more }, clockIsWrong), dayOf({ ...base, ...more }, clockIsWrong)]).toEqual([
      ms,
      day,
    ])
  })
})

describe('a file is converted', () => {
  const converted = (of: Of, clockIsWrong: boolean, markdown = '大桥合龙。') =>
    convertFile(
      described(of),
      text(of),
      clockIsWrong,
      (html, url) => `\n${markdown && `${markdown} ${html} ${url}`}\n`,
      new Map(),
    )
  const body = `大桥合龙。 <p>大桥合龙。</p> ${URL_OF}`
  const timed = (time: string) =>
    text({ stamp: String(Date.parse(time)), body }).replace(new Date(DATE).toISOString(), time)

  test.each<[string, string | null, string | null]>([
    ['its time as the clock was', converted({}, true), timed('2020-07-22T01:00:00.000Z')],
    ['the later of its times', converted({}, false), timed('2020-07-22T09:00:00.000Z')],
    ['times that agree stay', converted({ stamp: String(DATE) }, false), text({ stamp: String(DATE), body })],
    ['nothing is left of its body', converted({}, true, ''), null],
    [
      'a note stays below',
      converted({ body: '<div>\n<p>大桥合龙。</p>\n</div>\n\n> 我的笔记 [[某]]', stamp: String(DATE) }, false),
      text({ stamp: String(DATE), body: `大桥合龙。 <p>大桥合龙。</p>\n ${URL_OF}\n\n> 我的笔记 [[某]]` }),
    ],
    [
      'the clock of a place in UTC',
      convertFile(
        describeFile('2020-07-22-x.md', ON_A_CLOCK, addresses),
        ON_A_CLOCK,
        false,
        () => '大桥合龙。',
        new Map(),
      ),
      text({ stamp: String(DATE), body: '大桥合龙。' }),
    ],
    ['Markdown as it stands', converted({ body: 'a' }, true), text({ body: 'a' })],
    ['no time in the comment', converted({ body: 'a', stamp: 'NaN' }, true), text({ body: 'a', stamp: String(DATE) })],
  ])('%s', (_name, got, expected) => {
    expect(got).toBe(expected)
  })
})

describe('what the page said when a file was written is known', () => {
  const ENTRY = {
    id: '9000001',
    path: '2020-07-22/2020-07-22-9000001-x.md',
    fetched: '2020-07-22T10:00:00.000Z',
    url: URL_OF,
  }
  const outline = (of: string): string => outlineOf(parseDocument(of))
  const noted = (of: string, revision: number) => ({
    ...entryOfFile({ ...ENTRY, text: of, revision }),
    outline: outline(of),
  })
  const [html, markdown] = [text(), text({ body: '大桥合龙。' })]
  const older = text({ body: '大桥未合龙。' })
  const last = { last: noted(markdown, 2), former: [noted(older, 1)], revision: 2 }
  const ofHtml = { last: noted(html, 1), former: [], revision: 1 }

  test.each<[string, [read: string, taken: string], Parameters<typeof outlineTaken>[1], string | null]>([
    ['of one as it was written', [markdown, markdown], last, outline(markdown)],
    ['of one into which someone wrote', [`${markdown}\n注。\n`, `${markdown}\n注。\n`], last, outline(markdown)],
    ['of HTML, of its Markdown', [html, markdown], ofHtml, outline(markdown)],
    ['of HTML with a note below', [`${html}\n注。\n`, `${markdown}\n注。\n`], ofHtml, outline(markdown)],
    ['not of an older text', [older, older], last, null],
    ['not of one that another machine wrote', [`${older}\n`, `${older}\n`], { ...last, revision: 3 }, null],
    ['not of HTML in which someone wrote', [html.replace('合龙', '未合龙'), older], ofHtml, null],
    [
      'not where nothing is noted of it',
      [html, markdown],
      { ...ofHtml, last: { ...ofHtml.last, outline: null } },
      null,
    ],
  ])('%s', (_, [read, taken], notes, expected) => {
    const file = describeFile('2020-07-22-x.md', read, addresses)
    expect(outlineTaken({ file, read, text: taken }, notes)).toBe(expected)
  })
})
