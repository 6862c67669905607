import { describe, expect, test } from 'vitest'
import { digestOf } from '../../src/core/archive/journal.ts'
import { hasMergeMarks } from '../../src/core/archive/stored.ts'
import { checkDocument, idKey, unnamedFile, writeAnew } from '../../src/core/archive/verify.ts'
import { makeDocument, renderDocument } from '../../src/core/document/render.ts'
import { addresses, formerIds } from '../../src/sites/publishers.ts'
import { english } from '../../src/words/words.ts'
import { OF_PAPER } from '../support/content.ts'
import { expectInProportion } from '../support/cost.ts'

const URL_OF = 'https://www.zaobao.com/a/story20260312-9000001'
const PATH = '2026-03-12/2026-03-12-9000001-渡口.md'
const fileOf = (body: string, url = URL_OF) =>
  renderDocument(
    makeDocument({
      ...{ title: '渡口重开', url, day: '2026-03-12', published: '2026-03-12T02:00:00.000Z', ...OF_PAPER },
      body: { markdown: body },
    }),
  )
const FILE = fileOf('渡口今早重开。')
const ANEW = `backfill ${URL_OF} writes it anew`

const check = (text: string, path = PATH, digest: string | null = digestOf(FILE)) =>
  checkDocument(path, text, digest, addresses)
const linesOf = (...of: Parameters<typeof check>) =>
  check(...of).problems.map(({ problem, detail }) => `${problem}: ${english(detail)}`)

const edit = (from: string, to: string) => FILE.replace(from, () => to)
const TAGS = 'tags: [ 联合早报 ]\n'

test.each<[string, string, string[]]>([
  ['nothing', FILE, []],
  ['a key is missing', edit(TAGS, ''), ['format: without the key tags']],
  ['two are', edit(`${TAGS}categories: [ 联合早报 ]\n`, ''), ['format: without the key tags, categories']],
  ['keys of others and comments', edit('author:', '# x\nlang: zh\nauthor:'), []],
  [
    'another order',
    edit('layout: post\n', '').replace('author:', 'layout: post\nauthor:'),
    ['format: the keys stand in another order: title, date, layout, author, from, tags, categories; --fix mends it'],
  ],
  [
    'quotes in the title',
    edit('"渡口重开"', '"渡"口"重开"'),
    ['format: quotes within the title are not escaped: it is no YAML, and other programs refuse it; --fix mends it'],
  ],
  ['blank lines', edit('---\n<!--', '---\n\n<!--'), ['format: blank lines beside the comment; --fix mends it']],
  [
    'a marked headline',
    edit('[渡', '# [渡').replace('\n------\n', '\n'),
    ['format: the headline is marked with #, not underlined; --fix mends it'],
  ],
  ['NUL bytes', `${FILE}\0\n`, [`format: it holds NUL bytes, as a disk leaves them after a power failure; ${ANEW}`]],
  ['a merge', `${FILE}<<<<<<< HEAD\nx\n`, [`format: it holds the marks of a merge that was not finished; ${ANEW}`]],
  ['its other end', `${FILE}>>>>>>> b\nx\n`, [`format: it holds the marks of a merge that was not finished; ${ANEW}`]],
  ['marks in the code of a story', `${FILE}\n\`\`\`\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> b\n\`\`\`\n`, []],
  [
    'a merge beside code',
    `${FILE}\n\`\`\`\nx\n\`\`\`\n<<<<<<< HEAD\nx\n`,
    [`format: it holds the marks of a merge that was not finished; ${ANEW}`],
  ],
  ['six marks', `${FILE}<<<<<< HEAD\nx\n`, []],
  ['marks within a line', `${FILE}x <<<<<<< HEAD\n`, []],
  ['its end is cut', FILE.slice(0, -4), [`format: its end is missing, or it was edited; ${ANEW} where it was cut`]],
  ['its last newline alone', FILE.trimEnd(), ['format: no newline at the end']],
  ['a newline more', `${FILE}\n`, ['format: more than one newline at the end']],
  ['no text', edit('渡口今早重开。\n', ''), [`empty: no text and no picture; ${ANEW}`]],
  [
    'the comment before the date',
    edit(`<!--${Date.UTC(2026, 2, 12, 2)}`, `<!--${Date.UTC(2026, 2, 12, 1)}`),
    ['stamp: the comment is 60 min before the date'],
  ],
  [
    'after it',
    edit(`<!--${Date.UTC(2026, 2, 12, 2)}`, `<!--${Date.UTC(2026, 2, 12, 2, 1)}`),
    ['stamp: the comment is 1 min after the date'],
  ],
  [
    'no time in it',
    edit(`<!--${Date.UTC(2026, 2, 12, 2)}`, '<!--NaN'),
    ['stamp: the comment names no time; --fix mends it'],
  ],
  [
    'a clock that it does not name',
    edit('2026-03-12T02:00:00.000Z', '2026-03-12 10:00:00'),
    ['stamp: the date is of a clock whose zone it does not name; --fix writes it in UTC'],
  ],
  [
    'another day',
    FILE.replace('2026-03-12T02', '2026-03-12T16').replace(
      `${Date.UTC(2026, 2, 12, 2)}`,
      `${Date.UTC(2026, 2, 12, 16)}`,
    ),
    ['date: published on 2026-03-13 in Singapore, but the address says 2026-03-12'],
  ],
  ['empty', '', [`format: it is empty; backfill of its address writes it anew`]],
  [
    'line ends of Windows',
    FILE.replaceAll('\n', '\r\n'),
    ['format: line 1: lines end in CR LF; the format has LF alone; --fix mends it'],
  ],
  ['no comment', edit('<!--', 'x<!--'), [`format: line 10: the stamp "<!--milliseconds-->" is missing; ${ANEW}`]],
])('what is wrong with a file: %s', (_name, text, lines) => {
  expect(linesOf(text)).toEqual(lines)
})

test('where nothing is known of a file, one without its last newline may be cut', () => {
  expect(linesOf(FILE.trimEnd(), PATH, null)).toEqual([
    `format: no newline at the end: where its end is missing, ${ANEW}`,
  ])
  expect(linesOf(FILE.trimEnd().replaceAll('\n', '\r\n'), PATH, null)).toEqual([
    `format: line 1: lines end in CR LF; the format has LF alone; no newline at the end: where its end is missing, ${ANEW}`,
  ])
})

test.each<[string, string[]]>([
  [PATH, []],
  ['2026-03-12/渡口.md', ['path: the name is not that of a story']],
  ['2026-03-12/2026-03-12-9000002.md', ['identity: the name says 9000002, the address 9000001']],
  ['2026-03-13/2026-03-13-9000001.md', ['path: the folder is not that of the day in the address, 2026-03-12']],
  ['2026-03-12/2026-03-13-9000001.md', ['path: the name begins with another day than its folder']],
])('what is wrong with the place of %s', (path, lines) => {
  expect(linesOf(FILE, path)).toEqual(lines)
})

test('a story without a day in its address may lie in any, under its former id too', () => {
  const url = 'https://a.example/%41'
  const [former = ''] = formerIds(url)
  const path = `2026-01-02/2026-01-02-${former}.md`
  const { problems, ids } = check(fileOf('x', url), path)
  expect(problems).toEqual([])
  expect(ids).toEqual([former, addresses.identify(url).id])
  expect(check(FILE).ids).toEqual(['9000001'])
})

test.each([
  [`from: ${URL_OF}\n`, PATH, ANEW],
  [`x\nfrom: ${URL_OF} \nx`, PATH, ANEW],
  [`from: ${URL_OF.replace('https', 'http')}\n`, PATH, ANEW.replace('https', 'http')],
  [`xfrom: ${URL_OF}\n`, PATH, 'backfill of its address writes it anew'],
  [`from: ${URL_OF};rm\n`, PATH, 'backfill of its address writes it anew'],
  [`from: ${URL_OF}\n`, PATH.replace('9000001', '9000002'), 'backfill of its address writes it anew'],
  ['from: https://\n', PATH, 'backfill of its address writes it anew'],
  ['', PATH, 'backfill of its address writes it anew'],
])('of %j in %s: %s', (text, path, expected) => {
  expect(english(writeAnew(path, text, addresses))).toBe(expected)
})

describe('what tells files apart', () => {
  test('texts of sixty letters or more are compared, without white space and tags', () => {
    const LONG = '渡'.repeat(60)
    expect(check(fileOf('渡'.repeat(59))).textKey).toBeNull()
    const key = check(fileOf(LONG)).textKey
    expect(key).not.toBeNull()
    expect(key).toBeLessThan(2 ** 48)
    const html = FILE.replace('渡口今早重开。\n', `<div>\n<p>${LONG}</p>\n</div>\n`)
    for (const text of [fileOf(`${LONG.slice(0, 9)} \n\n${LONG.slice(9)}\\\n`), html])
      expect(check(text).textKey).toBe(key)
    expect(check(fileOf(`${LONG}口`)).textKey).not.toBe(key)
  })

  test('headline and time are one', () => {
    expect(check(FILE).head).toBe(`${Date.UTC(2026, 2, 12, 2)} 渡口重开`)
  })

  test('ids of nine digits or fewer are their own keys', () => {
    expect([idKey('0'), idKey('123456789')]).toEqual([0, 123_456_789])
    const keys = ['1234567890', '0123456789', 'abcdef0123', 'dw.5'].map(idKey)
    expect(new Set(keys).size).toBe(4)
    for (const key of keys) expect(Number.isSafeInteger(key) && key > 999_999_999).toBe(true)
  })

  test.each<[string, string[]]>([
    ['![](a.jpg)', ['a.jpg']],
    ['![图 \\] 二]( <b/c.png> "x")', ['b/c.png']],
    ['<img class="x" src="d.gif"> <img src="">', ['d.gif']],
    ['![](https://a.example/a.jpg) ![](//a.example/a.jpg) ![](#a) ![](DATA:x)', []],
    ['[](a.jpg) <image src="a.jpg">', []],
    ['![a](b.jpg)![c](d.jpg)', ['b.jpg', 'd.jpg']],
  ])('the pictures of the archive in %j: %j', (body, expected) => {
    expect(check(fileOf(body)).localPictures).toEqual(expected)
  })
})

describe('a file whose name is no story’s', () => {
  test.each([
    ['[渡口](https://a.example/)\n---\n', 'path'],
    ['甲\n[渡口 [二](x)](https://a.example/?a](b)\r\n-----\r\n', 'path'],
    ['[渡口](https://a.example/ 二)\n---\n', 'foreign'],
    ['[渡口](https://a.example/) 二\n---\n', 'foreign'],
    ['[渡口](https://a.example/)\n--\n', 'foreign'],
  ])('%j is %s', (text, problem) => {
    expect(unnamedFile('2026-03-12/note.md', text).problem).toBe(problem)
  })

  test('takes time in proportion', async () => {
    await expectInProportion(
      (part) => `[${']('.repeat(30_000 * part)}`,
      (text) => unnamedFile('2026-03-12/note.md', text),
    )
  })
})

test('marks of a merge are looked for in time in proportion', async () => {
  await expectInProportion(
    (part) => `<<<<<<< x\n${'`'.repeat(4000 * part)}\n${'text\n'.repeat(10_000 * part)}`,
    hasMergeMarks,
  )
})
