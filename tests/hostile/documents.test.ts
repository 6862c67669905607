import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contentOf } from '../../src/core/record/content.ts'
import { DocumentError } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { makeDocument, renderDocument } from '../../src/core/document/render.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { extractStory } from '../../src/index.ts'
import { readRecord } from '../../src/pipeline/records/record-in.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { recordOf } from '../../src/pipeline/records/record.ts'
import { readPage } from '../../src/sites/index.ts'
import { figure } from '../support/figures.ts'
import { escapeHtml, PAGES, type PageStory } from '../support/pages.ts'
import { runs } from '../support/runs.ts'
import { CHINESE_ZONE } from '../../src/core/time.ts'
import { said } from '../../src/words/words.ts'

const CASES = runs(600)
const URL_ASKED = 'https://www.zaobao.com/realtime/china/story20211110-1212150'

/** What YAML, Markdown, HTML, Liquid, terminals and file systems would act on. */
const BITES = [
  ...[
    '"',
    "'",
    '\\',
    ': ',
    ' #',
    '- ',
    '? ',
    '| ',
    '> ',
    '&a',
    '*a',
    '!x',
    '%',
    '@',
    '`',
    '---',
    '...',
    '\n',
    '\t',
    '[',
    ']',
    '{',
    '}',
    ',',
  ],
  ...['null', 'true', '012', '1:30', '~', '=', '<<', '2021-01-01', '0x1f', '.inf', 'yes', '!!js/function', '---js'],
  ...[
    '*',
    '_',
    '**',
    '#',
    '+ ',
    '1. ',
    '](x)',
    '![',
    '<b>',
    '</div>',
    '<script>',
    '-->',
    '<!--',
    '&lt;',
    '&#0;',
    '~~',
    '\\*',
    '```',
  ],
  ...[
    '{{',
    '}}',
    '{%',
    '%}',
    '{{ site.x }}',
    '{% raw %}',
    '\u0000',
    '\u001b[2J',
    '\u009b',
    '\u202e',
    '\u2066',
    '\u200b',
    '\ud800',
    '\u2028',
    '\ufeff',
  ],
  ...['题', '“', '”', '，', '\u3000', '\u00a0', '𠀀', '👨‍👩‍👧', 'é', '..', '/', 'http://a/b?c=d&e=f'],
]
const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...BITES) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))
const some = text.filter((value) => value.trim() !== '')

const story = fc.record({
  title: text,
  bylines: fc.array(some, { maxLength: 2 }),
  keywords: fc.array(some, { maxLength: 2 }),
  section: fc.constantFrom('realtime/china', 'news/%7B%7B', 'a(b)'),
  body: fc.array(text, { maxLength: 4 }),
  caption: text,
  subscriber: fc.boolean(),
  published: fc.option(fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })),
})

function documentOf(one: typeof story extends fc.Arbitrary<infer T> ? T : never): string {
  const url = `https://www.zaobao.com/${one.section}/story20211110-1212150`
  const html = `<figure><img src="/a.jpg"><figcaption>${escapeHtml(one.caption)}</figcaption></figure>${one.body.map((part) => `<p>${escapeHtml(part)}</p>`).join('')}`
  const extract = {
    title: one.title,
    published: one.published?.toISOString() ?? null,
    access: one.subscriber ? ('subscriber' as const) : ('public' as const),
  }
  const content = contentOf(extract, {
    ...{ url, day: '2021-11-10', zone: CHINESE_ZONE, paper: '联合早报' },
    extra: [
      ['bylines', one.bylines],
      ['keywords', one.keywords],
    ],
    body: { markdown: toMarkdown(html, url) },
  })
  const rendered = renderDocument(makeDocument(content))
  const read = parseDocument(rendered)
  expect(renderDocument(read)).toBe(rendered)
  const values = Object.fromEntries(read.frontMatter.map(({ key, value }) => [key, value]))
  const well = (value: string) => value.replace(/\p{Cs}/gu, '\ufffd')
  expect(values).toMatchObject({ title: content.title, from: content.url, author: '联合早报', tags: ['联合早报'] })
  expect(values['bylines']).toEqual(one.bylines.map(well))
  expect(values['keywords']).toEqual(one.keywords.map(well))
  expect(values['access']).toBe(one.subscriber ? 'subscriber' : undefined)
  return rendered
}

const notes = { updated: null, fetched: null, path: null, revision: 1, status: null }

test('library and convert refuse a page that is too large with the same words', () => {
  const elements = `<h1>题</h1><div class="articleBody">${'<p><b>字</b></p>'.repeat(12_000)}</div>`
  const tags = `<h1>题</h1><div class="articleBody"><p>字</p></div>${'<i></i>'.repeat(110_000)}`
  for (const [html, why] of [
    [elements, 'the article has more than 20000 elements'],
    [tags, 'the page has more than 100000 tags'],
  ] as const) {
    const page = readPage({ html, url: URL_ASKED })
    expect(page).toMatchObject({ kind: 'refused', reason: 'too-large' })
    expect(page.kind === 'refused' && said(page.detail)).toBe(why)
    expect(extractStory(html, URL_ASKED)).toBeNull()
  }
})

test('hostile stories: what is written is read back, and a record makes the same document', () => {
  const began = Date.now()
  fc.assert(
    fc.property(story, (one) => {
      documentOf(one)
      const rendered = documentOf({ ...one, bylines: [], keywords: [] })
      const record = recordOf(parseDocument(rendered), { ...notes, bylines: [], keywords: [] }, readMarkdown)
      const again = readRecord(JSON.stringify(record), [])
      const withoutExtra = (document: string) => document.replace(/^(?:bylines|keywords): .*\n/gm, '')
      expect(renderDocument(again)).toBe(withoutExtra(rendered))
      expect(recordOf(again, { ...notes, bylines: [], keywords: [] }, readMarkdown)).toEqual(record)
    }),
    { numRuns: CASES / 2 },
  )
  figure(`${CASES} hostile stories written, read and written again`, `${Date.now() - began} ms`)
})

describe('front matter that asks to run code is refused', () => {
  const rest =
    'title: "x"\ndate: 2021-11-10T07:37:00.000Z\nfrom: https://a.example/1\n---\n<!--1636529820000-->\n[x](https://a.example/1)\n------\n\n文\n'
  test.each(['---js', '---javascript', '---coffee', '---json', '---toml', '--- js'])('%s', (head) => {
    expect(() => parseDocument(`${head}\n${rest}`)).toThrow(DocumentError)
    expect(() => parseDocument(`${head}\nmodule.exports = { title: process.exit(3) }\n---\n`)).toThrow(DocumentError)
  })

  test.each(['!!js/function "function () {}"', '!!js/regexp /x/', '!!js/undefined ""'])('%s', (value) => {
    const read = (() => {
      try {
        return parseDocument(`---\nx: ${value}\n${rest}`).frontMatter.map((entry) => typeof entry.value)
      } catch (error) {
        expect(error).toBeInstanceOf(DocumentError)
        return []
      }
    })()
    expect(read).not.toContain('function')
  })

  test('ten aliases of ten aliases are not laid out', () => {
    const lol = Array.from(
      { length: 10 },
      (_unused, n) => `a${n}: &a${n} [${n === 0 ? 'x' : `${`*a${n - 1},`.repeat(9)}*a${n - 1}`}]`,
    )
    expect(() => parseDocument(`---\n${lol.join('\n')}\n${rest}`)).toThrow()
  })
})

const edit = fc.record({ at: fc.nat(4000), remove: fc.nat(30), insert: fc.constantFrom(...BITES) })
const mutated = (seed: string, edits: readonly { at: number; remove: number; insert: string }[]) =>
  edits.reduce((all, { at, remove, insert }) => {
    const begin = at % (all.length + 1)
    return all.slice(0, begin) + insert + all.slice(begin + remove)
  }, seed)

test('damaged documents are read or refused in one line', () => {
  const began = Date.now()
  const seed = documentOf({
    title: '题',
    bylines: ['甲'],
    keywords: [],
    section: 'a(b)',
    body: ['文'],
    caption: '图',
    subscriber: true,
    published: null,
  })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      const source = mutated(seed, edits)
      try {
        expect(renderDocument(parseDocument(source))).toBe(source)
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error
        expect(error.message).toMatch(/^line \d+: [^\n]+$/)
      }
    }),
    { numRuns: CASES },
  )
  figure(`${CASES} damaged documents`, `${Date.now() - began} ms`)
})

test('damaged pages are read or refused', () => {
  const began = Date.now()
  const page: PageStory = {
    title: '渡轮加班',
    url: URL_ASKED,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: '<p>码头上的人不多。</p><p>船<b>准时</b>离岸。</p>',
    byline: '丙',
    keywords: ['丁'],
    lead: [{ url: 'https://static.zaobao.com/a.jpg', caption: '戊' }],
  }
  const seeds = Object.values(PAGES).map((make) => make(page))
  let stories = 0
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 6 }), (seed, edits) => {
      const read = readPage({ html: mutated(seed, edits), url: URL_ASKED })
      if (read.kind === 'refused') expect(said(read.detail)).toMatch(/^.+$/)
      else {
        stories += 1
        expect(read.extract.title).not.toBe('')
      }
    }),
    { numRuns: CASES },
  )
  figure(`${CASES} damaged pages`, `${Date.now() - began} ms, ${stories} of them read`)
})
