import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { DocumentError, htmlOf, isEmpty, valueOf, withoutTags } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { type Content, makeDocument, renderDocument, reviseDocument } from '../../src/core/document/render.ts'
import { STORY as content } from '../support/content.ts'

const text = renderDocument(makeDocument(content))
const FRONT = text.slice(0, text.indexOf('<!--'))

test.each<[string, number, string, string]>([
  ['<!--1-->\n[a](u)\n------\n\nx', 1, 'a', 'x'],
  ['<!---5-->\n[a](u)\n---\nx', -5, 'a', 'x'],
  ...['NaN', 'undefined', 'null', 'Invalid Date', ''].map((ms): [string, number, string, string] => {
    return [`<!--${ms}-->\n[a](u)\n---\n\nx`, Number.NaN, 'a', 'x']
  }),
  [' \n\t\n\n<!-- 1 -->\t\n \n\n[a](u)\n------ \n\t\n\nx\n', 1, 'a', 'x\n'],
  ['<!--1-->\n[a](u) \n---\nx', 1, 'a', 'x'],
  ['<!--1-->\n[a](b)](u)\n---\nx', 1, 'a](b)', 'x'],
  ['<!--1-->\n[](u)\n---\nx', 1, '', 'x'],
  ['<!--1-->\n[a](u)\n---', 1, 'a', ''],
  ['<!--1-->\n# [a](u)\nx', 1, 'a', 'x'],
  ['<!--1-->\n###### \t[a](u)\n \n\nx', 1, 'a', 'x'],
  ['<!--1-->\n## [a](u)', 1, 'a', ''],
])('under the front matter %j is read, and written back', (rest, ms, headline, body) => {
  const document = parseDocument(FRONT + rest)
  expect([document.stamp.ms, document.headline.text, document.headline.url, document.body]).toEqual([
    ...[ms, headline, 'u', body],
  ])
  expect(renderDocument(document)).toBe(FRONT + rest)
})

test.each([
  '<!--x-->\n[a](u)\n---\n',
  '<!--12345678901234567-->\n[a](u)\n---\n',
  'x\n<!--1-->\n[a](u)\n---\n',
  '<!--1-->[a](u)\n---\n',
  '<!--1-->\nx\n[a](u)\n---\n',
  '<!--1-->\n[a](u)\n--\n',
  '<!--1-->\n[a](u)\n---x\n',
  '<!--1-->\n[a](u) x\n---\n',
  '<!--1-->\nx [a](u)\n---\n',
  '<!--1-->\n[a]\n---\n',
  '<!--1-->\n####### [a](u)\n',
  '<!--1-->\n#[a](u)\n',
  '<!--1-->\nx# [a](u)\n',
  '<!--1-->\n[a](u)\n',
])('under the front matter %j is refused', (rest) => {
  expect(() => parseDocument(FRONT + rest)).toThrow(DocumentError)
})

test.each([
  ['"\\x41"', 'A'],
  ['"\\u4E2d\\U0001f600"', '中😀'],
  ['"\\"引\\\\\\n"', '"引\\\n'],
  ['""', ''],
  ['"甲"  ', '甲'],
  ['  "甲"', '甲'],
  ['"甲"乙"', '甲"乙'],
  ['"\\x4"', '\\x4'],
  ['"\\u4E2"', '\\u4E2'],
  ['"\\U0001f60"', '\\U0001f60'],
  ['"C:\\路"', 'C:\\路'],
  ['"C:\\Temp\\Path"', 'C:\\Temp\\Path'],
  ['"a\\l"', 'a\\l'],
  ['"\\UFFFFFFFF"', '\\UFFFFFFFF'],
])('the title %s is %j', (written, title) => {
  const source = text.replace('"港口明年扩建"', () => written)
  expect(valueOf(parseDocument(source), 'title')).toBe(title)
  expect(renderDocument(parseDocument(source))).toBe(source)
})

test.each<[string, boolean]>([
  ['', true],
  [' \n\n', true],
  ['字\n', false],
  ['<div>\n<p>&nbsp; </p>\n</div>\n', true],
  ['<div></div>', true],
  ['<div>\n<p>字</p>\n</div>\n', false],
  ['<div>\n<imgs>\n</div>', true],
  ...['<img src="a">', '<IMG>', '<iframe>', '<video>', '<audio>', '<video-js>'].map((tag): [string, boolean] => {
    return [`<div>\n${tag}\n</div>`, false]
  }),
])('the body %j is empty: %j', (body, expected) => {
  expect(isEmpty({ ...makeDocument(content), body })).toBe(expected)
})

test.each([
  ['甲<b>乙</b>丙', '甲乙丙'],
  ['甲<b', '甲<b'],
  ['甲<b>乙<', '甲乙<'],
  ['a > b', 'a > b'],
  ['<p>', ''],
  ['', ''],
])('without its tags %s is %s', (html, expected) => {
  expect(withoutTags(html)).toBe(expected)
})

test.each([
  ['<div></div>', ''],
  ['<div>\n<p>x</p></div>\n\n', '<p>x</p>'],
  ['<div><p>x</p>\n</div>', '<p>x</p>'],
  ['x<div>y</div>', null],
  ['<div>x', null],
  ['<div>x</div>y', null],
])('the HTML of the body %j is %j', (body, expected) => {
  expect(htmlOf({ ...makeDocument(content), body })).toBe(expected)
})

test.each<[string, string]>([
  ...['渡轮', 'a b', 'a:b', 'a.b/c', '/x', '_x', '３号', 'nothing', 'yes 1'].map((value): [string, string] => [
    value,
    value,
  ]),
  ...['true', 'False', 'YES', 'no', 'on', 'OFF', 'y', 'N', 'Null', '1', '1e3', '0x1F', '12:30', '1.5'].map(
    (value): [string, string] => [value, `"${value}"`],
  ),
  ...['a:', 'a ', ' a', 'a: b', 'a #b', '-a', '+1', '.5', 'a, b', '[a', 'a\u0301,', '~', ''].map(
    (value): [string, string] => [value, `"${value}"`],
  ),
  ['半\ud800个', '"半\ufffd个"'],
  ['行\u2028行\ufeff', '"行\\u2028行\\ufeff"'],
  ['a"\n', '"a\\"\\n"'],
])('the value %j is written %s', (value, written) => {
  const document = makeDocument({
    ...content,
    extra: [
      ['keywords', [value]],
      ['none', []],
    ],
  })
  expect(renderDocument(document)).toContain(`]\nkeywords: [ ${written} ]\nnone: []\n---\n`)
})

test.each([
  ['https://a.example/x?a=1&b=2', 'https://a.example/x?a=1&b=2'],
  ['https://a.example/(x)', 'https://a.example/%28x%29'],
  ['https://a.example/<x>\\y', 'https://a.example/%3Cx%3E%5Cy'],
  ['https://a.example/{{x}} z', 'https://a.example/%7B%7Bx%7D%7D%20z'],
  ['https://a.example/?a&amp;b&#38;c&d', 'https://a.example/?a%26amp;b%26#38;c&d'],
  ['javascript:alert(1)', ''],
])('the address %s stands in the link as %s', (url, expected) => {
  expect(makeDocument({ ...content, url }).headline.source).toBe(`[港口明年扩建](${expected})\n------\n\n`)
})

describe('a revision', () => {
  const TEASER = { ...content, access: 'subscriber' as const }
  const GENERIC = { ...content, extraction: 'generic' as const }
  const KEYED: Content = { ...content, extra: [['keywords', ['甲']]] }

  test.each<[string, Content, Content, string]>([
    ['closes', content, TEASER, 'access: subscriber\n'],
    ['opens', TEASER, content, ''],
    ['is a teaser again', TEASER, TEASER, 'access: subscriber\n'],
    ['is read by a layout', GENERIC, content, ''],
    ['is read without one', TEASER, GENERIC, 'extraction: generic\n'],
    ['has keywords', content, KEYED, 'keywords: [ 甲 ]\n'],
    ['has others', KEYED, { ...content, extra: [['keywords', ['乙']]] }, 'keywords: [ 乙 ]\n'],
    ['has none', KEYED, content, 'keywords: [ 甲 ]\n'],
  ])('%s', (_name, before, after, keys) => {
    const file = parseDocument(renderDocument(makeDocument(before)).replace('author:', '# note\nauthor:'))
    expect(renderDocument(reviseDocument(file, after))).toBe(
      text.replace('author:', '# note\nauthor:').replace(']\n---\n', `]\n${keys}---\n`),
    )
  })

  test('has a new headline, though another key of the file has it already', () => {
    const file = parseDocument(text.replace('author:', 'note: 港口后年扩建\nauthor:'))
    expect(reviseDocument(file, { ...content, title: '港口后年扩建' }).headline.text).toBe('港口后年扩建')
  })
})

describe('front matter that is read without a YAML parser', () => {
  test.each([
    ...[
      'layout: post',
      'title: "陆港“通关”"',
      'date: 2021-11-10T07:37:00.000Z',
      'author: 联合早报',
      'author: null',
      'author: True',
    ],
    ...[
      'from: https://a.example/b/story20211110-1?x=1',
      'tags: [ 联合早报 ]',
      'tags: [ null ]',
      'tags: [ 甲, 乙 ]',
      'author: 甲乙:',
      'author: 1e3',
    ],
    ...[
      'author: yes',
      'author: Null',
      'author: nullable',
      'author: 甲 乙',
      'author: 甲 # 乙',
      'author: 甲#乙',
      'author: a:b',
      'author: .inf',
      'author: "a\tb"',
    ],
    ...[
      'author: "甲\\n乙"',
      "author: '甲'",
      'tags: [联合早报]',
      'author: ~',
      'author: @甲',
      'author: 甲%',
      'date: 2021-11-10',
      'constructor: post',
      'author: "a" ',
    ],
  ])('says what YAML says: %s', (line) => {
    const rows = ['title: "题"', 'date: 2021-11-10T07:37:00.000Z', 'from: https://a.example/story20211110-1']
    const key = line.slice(0, line.indexOf(':'))
    const front = [...rows.filter((row) => !row.startsWith(`${key}:`)), line].map((row) => `${row}\n`).join('')
    const read = () => parseDocument(`---\n${front}---\n<!--1-->\n[a](u)\n---\n\nx\n`).frontMatter
    let wanted: object | null = null
    try {
      wanted = parse(front) as object
    } catch {
      expect(read).toThrow(DocumentError)
      return
    }
    expect(Object.fromEntries(read().map((entry) => [entry.key, entry.value]))).toEqual(wanted)
  })
})
