import { describe, expect, test } from 'vitest'
import { DocumentError, htmlOf, valueOf } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { makeDocument, renderDocument, reviseDocument } from '../../src/core/document/render.ts'
import { STORY as content } from '../support/content.ts'

const text = `---
layout: post
title: "港口明年扩建"
date: 2021-11-10T07:37:00.000Z
author: 联合早报
from: https://www.zaobao.com/realtime/china/story20211110-1212150
tags: [ 联合早报 ]
categories: [ 联合早报 ]
---
<!--1636529820000-->
[港口明年扩建](https://www.zaobao.com/realtime/china/story20211110-1212150)
------

第一段。

第二段。
`

test('a new document is the seed format to the byte', () => {
  expect(renderDocument(makeDocument(content))).toBe(text)
})

test('a body kept as HTML stands between div tags', () => {
  const document = makeDocument({ ...content, body: { html: '<p>第一段。</p>' } })
  expect(renderDocument(document)).toMatch(/------\n\n<div>\n<p>第一段。<\/p>\n<\/div>\n$/)
  expect(htmlOf(parseDocument(renderDocument(document)))).toBe('<p>第一段。</p>')
  expect(htmlOf(parseDocument(text))).toBeNull()
})

test('the day alone is midnight in Singapore', () => {
  const document = makeDocument({ ...content, published: null })
  expect(valueOf(document, 'date')).toBe('2021-11-09T16:00:00.000Z')
})

test('a subscriber story ends its front matter with access', () => {
  const document = makeDocument({ ...content, access: 'subscriber', extra: [['bylines', ['林某', '王某']]] })
  expect(renderDocument(document)).toContain(
    'categories: [ 联合早报 ]\nbylines: [ 林某, 王某 ]\naccess: subscriber\n---\n',
  )
})

describe('titles come back as the same text', () => {
  const titles = [
    '多地回应"个人吃亏"',
    'C:\\路径\\n',
    "'单引号'",
    '{{ site.x }} {% raw %}',
    '# 井号 - 列表: 值',
    '[括号](链接) *星* _线_',
    '\u0085下一行\u2028行分隔\ufeff',
    '😀 𠮷野家',
    '---',
    '$(rm -rf) `x`',
  ]
  test.each(titles)('%s', (title) => {
    const document = makeDocument({ ...content, title })
    const written = renderDocument(document)
    const back = parseDocument(written)
    expect(valueOf(back, 'title')).toBe(title)
    expect(back).toEqual(document)
    expect(renderDocument(back)).toBe(written)
  })
})

test.each([
  '真',
  'true',
  'null',
  '012',
  '1e3',
  '2021-01-01',
  'a, b',
  'a: b',
  '- x',
  '#x',
  'x #y',
  '"q"',
  '',
  'http://x/',
  '~',
  '12:30:00',
])('an added value %j is read back as the same text', (value) => {
  const document = makeDocument({ ...content, extra: [['keywords', [value, '乙']]] })
  expect(valueOf(parseDocument(renderDocument(document)), 'keywords')).toEqual([value, '乙'])
})

describe('files that others touched', () => {
  const cases: [string, string][] = [
    ['keys between the seven', text.replace('author:', 'lang: zh\nauthor:')],
    ['keys after the seven', text.replace(']\n---\n', ']\nrating: 5\nnested:\n  - a\n  - b: c\n---\n')],
    ['comments and blank lines', text.replace('author:', '# note\n\nauthor:')],
    ['other values', text.replace('categories: [ 联合早报 ]', 'categories: [ news, 联合早报 ]')],
    ['another headline in the link', text.replace('[港口明年扩建]', '[港口扩建 \\[图\\]]')],
    ['another address in the link', text.replace('](https://www.zaobao.com/', '](http://zaobao.com.sg/')],
    ['unescaped quotes', text.replace('"港口明年扩建"', '"中国"鲲龙"首飞"')],
    ['no final newline', text.slice(0, -1)],
    ['more blank lines', `${text}\n\n`],
    ['an empty body', text.slice(0, text.indexOf('第一段'))],
    ['a long title', text.replace('港口明年扩建', '港口'.repeat(300))],
  ]
  test.each(cases)('%s write back to the same bytes', (_name, source) => {
    expect(renderDocument(parseDocument(source))).toBe(source)
  })

  test('a title with unescaped quotes reads as what stands between the first and the last', () => {
    const source = text.replace('"港口明年扩建"', '"中国"鲲龙"首飞"')
    expect(valueOf(parseDocument(source), 'title')).toBe('中国"鲲龙"首飞')
  })

  test('a revision keeps what it does not change', () => {
    const source = text
      .replace('author:', 'lang: zh\nauthor:')
      .replace('categories: [ 联合早报 ]', 'categories: [ news, 联合早报 ]')
    const next = {
      ...content,
      title: '港口后年扩建',
      url: 'https://www.zaobao.com.sg/news/china/story20211110-1212150',
    }
    expect(renderDocument(reviseDocument(parseDocument(source), next))).toBe(source.replaceAll('明年', '后年'))
    expect(renderDocument(reviseDocument(parseDocument(source), content))).toBe(source)
  })

  test('a revision keeps the spelling of what it does not change', () => {
    const source = text
      .replace('"港口明年扩建"', "'港口明年扩建'")
      .replace(/date: (.*)/, 'date: "$1"')
      .replace('<!--1636529820000-->', '<!-- 1636529820000 -->')
    const next = { ...content, body: { markdown: '第三段。' } }
    const revised = source.replace('第一段。\n\n第二段。', '第三段。')
    expect(renderDocument(reviseDocument(parseDocument(source), next))).toBe(revised)
  })
})

describe('what is no document is refused with its line and key', () => {
  const cases: [string, string, string][] = [
    ['a fence with a space', text.replace('---\n', '--- \n'), 'line 1: '],
    ['no front matter', '第一段', 'line 1: '],
    ['line ends of Windows', text.replaceAll('\n', '\r\n'), 'line 1: lines end in CR LF'],
    ['no end', '---\ntitle: x\n', 'line 1: '],
    ['code', `---js\n{ title: process.exit(9) }\n---\n`, 'line 1: '],
    ['broken YAML', text.replace('author: 联合早报', 'author: [ 联合'), 'line 5: author: '],
    ['a line of dashes among the keys', text.replace('tags:', '----\ntags:'), 'line 6: from: '],
    ['no title', text.replace(/^title.*\n/m, ''), 'line 2: title: '],
    ['no time', text.replace('2021-11-10T07:37:00.000Z', 'gestern'), 'line 4: date: '],
    ['no address', text.replace('from: https://www', 'from: www'), 'line 6: from: '],
    ['no stamp', text.replace(/<!--.*\n/, ''), 'line 10: '],
    ['no headline', text.replace(/^\[.*\n/m, ''), 'line 11: '],
  ]
  test.each(cases)('%s', (_name, source, message) => {
    expect(() => parseDocument(source)).toThrow(DocumentError)
    expect(() => parseDocument(source)).toThrow(message)
  })
})

describe('front matter that is no YAML: the line, the key, what is wrong and what to do', () => {
  const OTHER = 'a character that means something else in YAML; put the value in quotes'
  test.each([
    ['author: "甲', '5: author: its quotes do not match; '],
    [`author: 'it's'`, '5: author: its quotes do not match; '],
    ['author: [ 甲', '5: author: its brackets and commas do not match; '],
    ['author: [甲,,乙]', '5: author: its brackets and commas do not match; '],
    ['author: @甲', `5: author: it begins with ${OTHER}`],
    ['author: *甲', `5: author: it begins with ${OTHER}`],
    ['author: }', `5: author: it begins with ${OTHER}`],
    ['author: - 甲', `5: author: it begins with ${OTHER}`],
    ['author: 甲: 乙', '5: author: a colon with a blank stands within it; put the value in quotes'],
    ['author: "C:\\甲"', '5: author: a backslash within double quotes begins no escape; write it twice'],
    ['author:\n\t- 甲', '5: author: a tab stands at the beginning of a line; write blanks'],
    ['author: 甲\nauthor: 乙', '6: author: the key stands there twice; leave one of the two'],
    ['author:\n  - 甲\n 乙', '5: author: '],
    [`author: ${'[ '.repeat(20)}${' ]'.repeat(20)}`, '5: author: its lists and keys are nested too deep'],
  ])('%s', (line, says) => {
    expect(() => parseDocument(text.replace('author: 联合早报', line))).toThrow(`line ${says}`)
  })
})
