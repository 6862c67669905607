import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkDocument } from '../../src/core/archive/verify.ts'
import { valueOf } from '../../src/core/document/document.ts'
import { isUnescapedTitle, parseDocument } from '../../src/core/document/parse.ts'
import { reformDocument, renderDocument, withTime } from '../../src/core/document/render.ts'
import { verify } from '../../src/commands/verify.ts'
import { said } from '../../src/words/words.ts'
import { freshFolder } from './support/folder.ts'
import { watchedIo } from './support/io.ts'
import { addresses } from '../../src/sites/publishers.ts'

const PATH = '2020-07-21/2020-07-21-1070831-题目.md'
const FRONT = `layout: post
title: "题目"
date: 2020-07-21T02:00:00.000Z
author: 联合早报
from: https://www.zaobao.com/realtime/china/story20200721-1070831
tags: [ 联合早报 ]
categories: [ 联合早报 ]
`
const BODY = `<!--1595296800000-->
[题目](https://www.zaobao.com/realtime/china/story20200721-1070831)
------

第一段正文。
`
const FILE = `---\n${FRONT}---\n${BODY}`

function changed(from: string | RegExp, to: string): string {
  return FILE.replace(from, () => to)
}

/** What programs make of a file, and what `verify` says of it; `null` where that is nothing. */
const CHANGES: Array<[string, string, RegExp | null]> = [
  ['a blank line after the front matter', changed('---\n<!--', '---\n\n<!--'), /^blank lines/],
  ['a blank line after the comment', changed('-->\n', '-->\n\n'), /^blank lines/],
  ['both', changed('---\n<!--1595296800000-->\n', '---\n\n<!--1595296800000-->\n\n'), /^blank lines/],
  ['several blank lines with blanks', changed('---\n<!--', '---\n \n\n<!--'), /^blank lines/],
  ['a comment with blanks', changed('<!--1595296800000-->', '<!-- 1595296800000 -->'), null],
  [
    'a heading that is marked',
    changed(/(\[题目\].*)\n-+\n/, `## [题目](https://www.zaobao.com/realtime/china/story20200721-1070831)\n`),
    /marked with #/,
  ],
  ['a shorter line under the headline', changed('------', '---'), null],
  [
    'keys in alphabetical order',
    `---\n${FRONT.split('\n')
      .filter(Boolean)
      .toSorted((a, b) => (a < b ? -1 : 1))
      .join('\n')}\n---\n${BODY}`,
    /another order/,
  ],
  ['flow lists without blanks', FILE.replaceAll('[ 联合早报 ]', '[联合早报]'), null],
  ['block lists', FILE.replaceAll('[ 联合早报 ]', '\n  - 联合早报'), null],
  ['single quotes', changed('"题目"', "'题目'"), null],
  ['no quotes', changed('"题目"', '题目'), null],
  ['quotes around each value', changed('post\n', '"post"\n'), null],
  ['a title that is folded', changed('"题目"', '>-\n  题目'), null],
  ['a title with unescaped quotes', changed('"题目"', '"甲"乙"丙"'), /not escaped/],
  ['a comment that names no time', changed('1595296800000', 'NaN'), /names no time/],
]

describe('a file after a formatter or a careless producer', () => {
  test.each(CHANGES)('%s: is read, written back as it is, and mended', (_, text, words) => {
    const document = parseDocument(text)
    expect(renderDocument(document)).toBe(text)
    const { problems } = checkDocument(PATH, text, null, addresses)
    if (words === null) return expect(problems).toEqual([])
    expect(problems.map(({ detail }) => said(detail))).toEqual([expect.stringMatching(words)])
    const mended = renderDocument(reformDocument(document, isUnescapedTitle))
    const left = checkDocument(PATH, mended, null, addresses).problems.filter(({ problem }) => problem === 'format')
    expect(left).toEqual([])
    expect(parseDocument(mended).body).toBe(document.body)
  })

  test.each([`"甲 乙": 1`, `'甲': 1`, `"a\\tb": 1`, `&x 甲: 1`, `!!str 甲: 1`, `-甲: 1`, `:甲: 1`, `[甲, 乙]: 1`])(
    'the key of another in the line %s is no part of the one above it',
    (line) => {
      const text = FILE.replace(/^(date: .*\n)/m, `$1${line}\n`)
      const document = parseDocument(text)
      expect(renderDocument(document)).toBe(text)
      const timed = renderDocument(withTime(document, 0))
      expect(timed).toBe(text.replace(/date: .*/, 'date: 1970-01-01T00:00:00.000Z').replace(/<!--\d+-->/, '<!--0-->'))
    },
  )

  test('keys in quotes are the keys', () => {
    const text = FILE.replace('title:', '"title":').replace('date:', "'date' :")
    expect(valueOf(parseDocument(text), 'title')).toBe('题目')
    expect(renderDocument(parseDocument(text))).toBe(text)
  })

  test('verify --fix makes it the format’s own, byte for byte where nothing else changed', async () => {
    for (const [change, text, words] of CHANGES) {
      const root = await freshFolder()
      await mkdir(join(root, '2020-07-21'))
      await writeFile(join(root, PATH), text)
      const options = { archive: root, json: false, quiet: true, wait: 0, exclude: [] }
      expect(await verify({ ...options, fix: false }, watchedIo()), change).toBe(words === null ? 0 : 1)
      expect(await verify({ ...options, fix: true }, watchedIo()), change).toBe(0)
      const expected =
        words === null ? text : changed('"题目"', change.includes('unescaped') ? '"甲\\"乙\\"丙"' : '"题目"')
      expect(await readFile(join(root, PATH), 'utf8'), change).toBe(expected)
    }
  })

  test('where the seven keys are put in order, what others wrote between them stays where it stands', () => {
    const [layout = '', title = '', ...others] = FRONT.split(/(?<=\n)/)
    const withOthers = (...two: string[]): string =>
      `---\n${[layout, '# 甲\n', two[0], '乙: 丙\n', two[1], ...others].join('')}---\n${BODY}`
    others.shift()
    const date = 'date: 2020-07-21T02:00:00.000Z\n'
    const mended = reformDocument(parseDocument(withOthers(date, title)), isUnescapedTitle)
    expect(renderDocument(mended)).toBe(withOthers(title, date))
  })
})
