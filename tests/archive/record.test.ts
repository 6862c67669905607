import { array, assert, constantFrom, integer, option, property, record, string } from 'fast-check'
import { expect, test } from 'vitest'
import { parseDocument } from '../../src/core/document/parse.ts'
import { makeDocument, renderDocument } from '../../src/core/document/render.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { recordOf } from '../../src/pipeline/records/record.ts'
import { readRecord } from '../../src/pipeline/records/record-in.ts'
import { CHINESE_ZONE } from '../../src/core/time.ts'
import { runs } from '../support/runs.ts'

const biting = constantFrom(
  '"',
  "'",
  '\\',
  ': ',
  ' #',
  '---',
  '[',
  ']',
  '](',
  '<!--',
  '-->',
  '{{ x }}',
  '{% raw %}',
  '|',
  '>',
  '- ',
  '\u2028',
  '\u0000',
  '\u001b[31m',
  '&amp;',
  '*',
  '_',
  '`',
  '<b>',
  '消息',
  '“武统”',
  '👩‍🚀',
  '한국',
  'true',
  '0o14',
  '2021-11-10',
)
const text = array(biting, { maxLength: 8 }).map((parts) => ['题', ...parts].join(''))
const words = text.map((word) => word.trim())
const lines = array(string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 5 })

const contents = record({
  title: words,
  url: integer({ min: 1, max: 9_999_999 }).map((id) => `https://www.zaobao.com.sg/realtime/china/story20211110-${id}`),
  published: option(
    integer({ min: Date.UTC(2021, 10, 9, 16), max: Date.UTC(2021, 10, 10, 15) }).map((ms) =>
      new Date(ms).toISOString(),
    ),
  ),
  day: constantFrom('2021-11-10'),
  zone: constantFrom(CHINESE_ZONE),
  author: words,
  tags: array(words, { maxLength: 3 }),
  categories: array(words, { maxLength: 3 }),
  access: constantFrom('public', 'subscriber'),
  extra: constantFrom([]),
  body: lines.map((parts) => ({ markdown: `正文${parts.join('\n\n')}完` })),
})

test('a document, its record, and the document of that are the same bytes', () => {
  assert(
    property(contents, (content) => {
      const source = renderDocument(makeDocument(content))
      const notes = { fetched: null, updated: null, bylines: [], keywords: [], path: null, revision: 1, status: null }
      const json = JSON.stringify(recordOf(parseDocument(source), notes, readMarkdown))
      expect(renderDocument(readRecord(json, []))).toBe(source)
    }),
    { numRuns: runs(500) },
  )
})

test('any document that is read writes back the same bytes', () => {
  assert(
    property(contents, (content) => {
      const source = renderDocument(makeDocument(content))
      expect(renderDocument(parseDocument(source))).toBe(source)
    }),
    { numRuns: runs(500) },
  )
})

test.each<[string, string, string[], string[]]>([
  ['[ 张三, 李四 ]', '张三、李四', ['中国'], ['联合早报']],
  ['{ name: 张三, url: https://a.example }', '张三', ['中国'], ['联合早报']],
  ['\n  - name: 张三\n  - 李四', '张三、李四', ['中国'], ['联合早报']],
  ['2021', '2021', ['中国'], ['联合早报']],
])('keys as site generators have them: author: %s', (author, expected, tags, categories) => {
  const source = `---\nlayout: post\ntitle: "题"\ndate: 2021-11-10T07:37:00.000Z\nauthor: ${author}\nfrom: https://www.zaobao.com/realtime/china/story20211110-1\ntags: [ { name: 中国 } ]\ncategories: [[ 联合早报 ]]\n---\n<!--1636529820000-->\n[题](https://www.zaobao.com/realtime/china/story20211110-1)\n------\n\n正文。\n`
  const notes = { fetched: null, updated: null, bylines: [], keywords: [], path: null, revision: 1, status: null }
  expect(recordOf(parseDocument(source), notes, readMarkdown)).toMatchObject({ author: expected, tags, categories })
})
