import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  printable,
  printableLine,
  printableName,
  printableUrl,
  shownText,
  shownValue,
} from '../../src/core/text/printable.ts'
import { expectInProportion } from '../support/cost.ts'

const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/

describe('a text from elsewhere', () => {
  test.each([
    ['早报：“小通关” 2026', '早报：“小通关” 2026'],
    ['👨‍👩‍👧 🇸🇬 ✌🏽 𠮷野家', '👨‍👩‍👧 🇸🇬 ✌🏽 𠮷野家'],
    ['e\u0301 ﷽ עברית', 'e\u0301 ﷽ עברית'],
    ['a\u001b[31mred\u001b[0m', 'ared'],
    ['a\u009b31mred', 'ared'],
    ['a\u001b]0;title\u0007b', 'ab'],
    ['a\u001b]8;;http://x\u001b\\b', 'ab'],
    ['a\u001bP1;2q\u001b\\b', 'ab'],
    ['a\u001b]0;never ended', 'a0;never ended'],
    ['a\u001bcb', 'ab'],
    ['a\r\nb\tc\u2028d', 'a b c d'],
    ['a\u0000\u0008\u007fb', 'ab'],
    ['gpj.\u202egnp', 'gpj.gnp'],
    ['\u2066a\u2069\u200f', 'a'],
    ['\ufeffa\u200bb', 'ab'],
    ['a\ud800b', 'a\ufffdb'],
  ])('%j becomes %j', (text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  test('never keeps a control character, whatever it is, and nothing more is lost the second time', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b', '\u001b]', '\u001b[', '\u009b', 'm', '\u0007'),
    )
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const text = printable(parts.join(''))
        expect(text).not.toMatch(FORBIDDEN)
        expect(printable(text)).toBe(text)
      }),
      { numRuns: 10_000 },
    )
  })

  test.each(['\u001b]', '\u009d', '\u001b[', '\u001b[1', '\u001b', '\u001bP', ' '])(
    'of a megabyte of %j takes time in proportion',
    async (unit) => {
      await expectInProportion((part) => unit.repeat((1_000_000 / unit.length) * part), printable)
    },
  )
})

describe('a URL for a message', () => {
  test.each([
    ['https://zaobao.com/a?b=c#d', 'https://zaobao.com/a?b=c#d'],
    ['https://me:secret@rss.example/a', 'https://rss.example/a'],
    ['https://me@rss.example/a@b', 'https://rss.example/a@b'],
    ['http:me:secret@rss.example', 'http://rss.example'],
    ['me:secret@proxy.example:8080', 'proxy.example:8080'],
    ['//me:secret@proxy.example', '//proxy.example'],
    ['https://a@b:c@d@rss.example/', 'https://rss.example/'],
    ['https://rss.example/zaobao?key=secret&limit=1', 'https://rss.example/zaobao?key=***&limit=1'],
    ['https://rss.example/zaobao?limit=1&code=secret', 'https://rss.example/zaobao?limit=1&code=***'],
    ['https://rss.example/?access_token=secret&api-key=secret', 'https://rss.example/?access_token=***&api-key=***'],
    ['https://rss.example/?keyword=早报', 'https://rss.example/?keyword=早报'],
    ['https://me:sec/ret@rss.example/a', 'https://rss.example/a'],
    ['https://me:sec#r?et@rss.example', 'https://rss.example'],
    ['mailto:me@news.example', 'mailto:me@news.example'],
    ['not a url', 'not a url'],
    ['https://a.example/\u001b[2J', 'https://a.example/'],
  ])('%j becomes %j', (url, expected) => {
    expect(printableUrl(url)).toBe(expected)
  })
})

test.each([
  ['https://me:secret@rss.example/a', 'https://rss.example/a'],
  ['socks5://me:sec/ret@rss.example', 'socks5://rss.example'],
  ['me:secret@rss.example/a?key=secret', 'rss.example/a?key=***'],
  ['me:sec/ret@rss.example/a', 'rss.example/a'],
  ['//me:secret@rss.example/a', '//rss.example/a'],
  ['http:/me:secret@rss.example/a', 'http://rss.example/a'],
  ['/srv/news/a@b.xml', '/srv/news/a@b.xml'],
  ['notes:a.xml', 'notes:a.xml'],
  ['notes/a@b.xml', 'notes/a@b.xml'],
  ['C:\\notes\\a@b.xml', 'C:\\notes\\a@b.xml'],
  ['C:/notes/a@b.xml', 'C:/notes/a@b.xml'],
  ['//server/share/a@b.xml', '//server/share/a@b.xml'],
  ['10:30 with a@b.xml', '10:30 with a@b.xml'],
  ['mailto:me@news.example', 'mailto:me@news.example'],
  ['Me: me@news.example', 'Me: me@news.example'],
])('the name %j becomes %j', (name, expected) => {
  expect(printableName(name)).toBe(expected)
})

test.each([
  ['/srv/https:/me:secret@h/x: cannot be written (ENOENT)', '/srv/https://h/x: cannot be written (ENOENT)'],
  ['/srv/me:secret@h/x: there is no such file', '/srv/h/x: there is no such file'],
  ['"https://me:sec/ret@h/x"; see "//me:secret@h"', '"https://h/x"; see "//h"'],
  ['the archive is in me:secret@h', 'the archive is in h'],
  ['there is no archive at 1me:secret@h/x; fetch makes one', 'there is no archive at h/x; fetch makes one'],
  ['https://a.example/@me: not found', 'https://a.example/@me: not found'],
  ['来源：https://a.example/@me/1，联系 me@news.example', '来源：https://a.example/@me/1，联系 me@news.example'],
  ['mailto:me@news.example, at 10:30@home', 'mailto:me@news.example, at 10:30@home'],
  ['C:\\notes\\a@b.xml: is no text', 'C:\\notes\\a@b.xml: is no text'],
  ['a\u001b[2Jb\u202e', 'ab'],
  [`${'a'.repeat(1_000_000)}@`, `${'a'.repeat(1_000_000)}@`],
])('the line %j becomes %j', (line, expected) => {
  expect(printableLine(line)).toBe(expected)
})

describe('what is refused', () => {
  test.each<[unknown, string]>([
    ['https://me:secret@h:99999/', '"https://h:99999/"'],
    ['me:secret@h:8080', '"h:8080"'],
    ['me:sec\nret@h', '"h"'],
    [{ feed: ['ftp://me:secret@h/?key=secret'] }, '{"feed":["ftp://h/?key=***"]}'],
    ['a\u001b\u202eb', '"a\\u001b\\u202eb"'],
    [null, 'null'],
    [undefined, 'null'],
    ['x'.repeat(1_000_000), `"${'x'.repeat(99)}…`],
  ])('is shown without secrets, in a line of some length: %j', (value, expected) => {
    expect(shownValue(value)).toBe(expected)
  })

  test('of a text the beginning alone is shown', () => {
    expect(shownText('x'.repeat(100))).toBe('x'.repeat(100))
    expect(shownText(`me:${'y'.repeat(200)}@${'x'.repeat(101)}`)).toBe(`${'x'.repeat(100)}…`)
  })
})
