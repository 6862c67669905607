import { describe, expect, test } from 'vitest'
import { readStoredText } from '../../src/core/archive/stored.ts'
import { checkDocument } from '../../src/core/archive/verify.ts'
import { DocumentError } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { addresses } from '../../src/sites/publishers.ts'
import { expectWithin, outOfProportion } from '../support/cost.ts'

const FRONT = `layout: post
title: "标题"
date: 2021-11-10T07:37:00.000Z
from: https://www.zaobao.com/realtime/china/story20211110-1212150
`
const fileOf = (front: string, body = '文。'): string =>
  `---\n${front}---\n<!--1636529820000-->\n[标题](https://www.zaobao.com/realtime/china/story20211110-1212150)\n------\n\n${body}\n`
const PATH = '2021-11-10/2021-11-10-1212150-标题.md'

/** How many letters of it a file repeats. */
const LETTERS = 10_000

/** What a file repeats. */
const UNITS = [
  ...[
    '"',
    "'",
    '\\',
    '\\"',
    '\\q',
    ': ',
    '- ',
    '? ',
    '- ? ',
    '? - ',
    '[',
    '[? ',
    '[a, ',
    '{',
    '{a: ',
    '{? ',
    ']',
    '}',
    '}: x',
  ],
  ...[
    ', ',
    ', a: b',
    '#',
    ' #',
    '&a ',
    '*a ',
    '*a, ',
    '!t ',
    '| ',
    '%',
    '@',
    ' ',
    '\n',
    '\n ',
    '\r\n',
    '\r',
    '\t',
    '\u3000',
    '甲',
    'x: ]',
    'x: ] <',
  ],
  ...['<', '<a ', '<!--', '</div>', '](', ')', '](a)', '![a](', '<img src="', '`', '**'],
]
const LINES = [
  'x',
  'x: 1',
  '- a',
  '  - a',
  '? a',
  'k: [',
  'k: "',
  '# c',
  '',
  '  ',
  '\tx',
  'a: &a [x]',
  'b: *a',
  'k: |',
  '---x',
  '</div>',
]

const PLACES: [string, (text: string) => string][] = [
  ['a title', (text) => fileOf(FRONT.replace('标题', text))],
  ['a bare title', (text) => fileOf(FRONT.replace('"标题"', text))],
  ['a key', (text) => fileOf(`${FRONT}k: ${text}\n`)],
  ['a list', (text) => fileOf(`${FRONT}k: [ ${text} ]\n`)],
  ['a line of the front matter', (text) => fileOf(`${FRONT}${text}\n`)],
  ['a headline', (text) => fileOf(FRONT).replace('[标题', `[${text}`)],
  ['a headline without its rule', (text) => fileOf(FRONT).replace('[标题', `[${text}`).replace('\n------', '\nx')],
  ['a body', (text) => fileOf(FRONT, text)],
  ['a body of HTML', (text) => fileOf(FRONT, `<div>\n${text}\n</div>`)],
]

function read(text: string): void {
  const limit = Error.stackTraceLimit
  // YAML tells of an error at each letter, and each would name its callers: half of all the work, and none of it of the size.
  Error.stackTraceLimit = 0
  try {
    readStoredText(text, null)
    checkDocument(PATH, text, null, addresses)
  } finally {
    Error.stackTraceLimit = limit
  }
}

describe('the work on a file grows with its size', () => {
  test.each(PLACES)('%s', async (_, place) => {
    const texts = UNITS.map(
      (unit) => [unit, (part: number) => place(unit.repeat((part * LETTERS) / unit.length))] as const,
    )
    expect(await outOfProportion(texts, read)).toEqual([])
  })

  test('lines of the front matter, and of the body', async () => {
    const numbered = (line: string, n: number): string =>
      Array.from({ length: n }, (__, at) => `${line.replace(/^\w/, (letter) => `${letter}${at}`)}\n`).join('')
    const count = (line: string, part: number): number => (part * LETTERS) / (line.length + 1)
    const texts = LINES.flatMap((line): [string, (part: number) => string][] => [
      [`${line} again`, (part) => fileOf(`${FRONT}${`${line}\n`.repeat(count(line, part))}`)],
      [`${line} numbered`, (part) => fileOf(`${FRONT}${numbered(line, Math.floor(count(line, part)))}`)],
      [`${line} in the body`, (part) => fileOf(FRONT, `${line}\n`.repeat(count(line, part)))],
      [`${line} alone`, (part) => `---\n${`${line}\n`.repeat(count(line, part))}`],
    ])
    expect(await outOfProportion(texts, read)).toEqual([])
  })
})

describe('front matter that nobody writes is refused, by its line', () => {
  const deep = (open: string, close: string, n: number): string => `k: ${open.repeat(n)}${close.repeat(n)}\n`
  const steps = (mark: string, n: number): string =>
    Array.from({ length: n }, (_, at) => `${' '.repeat(at)}${mark}\n`).join('')
  test.each([
    ['lists', deep('[', ']', 5000), /^line 6: k: its lists and keys are nested too deep/],
    ['keys of lists', deep('[? ', ']', 300), /nested too deep/],
    ['keys of mappings', deep('{', '}: x', 300), /nested too deep/],
    ['keys of keys', `${'? '.repeat(300)}\n`, /nested too deep/],
    ['keys of keys, a line each', steps('?', 300), /nested too deep/],
    ['mappings, a line each', steps('a:', 3000), /longer than|nested too deep/],
    [
      'aliases of aliases',
      Array.from({ length: 30 }, (_, at) => `a${at}: &a${at} [${`*a${at - 1}, `.repeat(at === 0 ? 0 : 5)}x]\n`).join(
        '',
      ),
      /alias/,
    ],
    ['keys', Array.from({ length: 4000 }, (_, at) => `k${at}: x\n`).join(''), /more than 2000 keys/],
    ['letters', `k: ${'甲'.repeat(70_000)}\n`, /^line 1: front matter is longer than 65536 characters$/],
  ])('%s', async (_, lines, says) => {
    await expectWithin(3000, () => {
      const parsing = (): unknown => parseDocument(fileOf(`${FRONT}${lines}`))
      expect(parsing).toThrow(DocumentError)
      expect(parsing).toThrow(says)
    })
  })

  test.each([
    ['a title of quotes', '"'.repeat(999), '"'.repeat(999)],
    ['a title of brackets', '[{?'.repeat(99), '[{?'.repeat(99)],
    ['a title with an escape that YAML has not', 'C:\\q', 'C:\\q'],
  ])('%s is read', (_, written, title) => {
    const document = parseDocument(fileOf(FRONT.replace('标题', written)))
    expect(document.frontMatter.find(({ key }) => key === 'title')?.value).toBe(title)
  })
})
