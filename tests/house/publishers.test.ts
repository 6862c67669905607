import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ID } from '../../src/core/identity.ts'
import { READERS } from '../../src/sites/index.ts'
import { addresses, PUBLISHERS } from '../../src/sites/publishers.ts'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))

/** What the program itself is called: its command, its folder in an archive, its variables, its configuration. */
const OWN_NAME =
  /zaobao-archiver|_zaobao_archiver|\.zaobao\b|'zaobao'\s*\)|zaobao\.config|zaobao-(?:demo|\$)|ZAOBAO_|zaobao\.log|key: zaobao-|restore-keys: zaobao-/g

/** What is of each other paper alone: its name, its hosts, its themes and scripts. */
const OF_OTHERS: Readonly<Record<string, RegExp>> = {
  rfi: /\brfi\b|法广|法廣|t-content|m-interstitial/i,
  dw: /\bdw\b|德国之声|德國之聲|deutsche welle|longText|rich-text|formatId/,
  bbc: /\bbbci?\b|story-body|simorgh|__NEXT_DATA__/i,
}

/** Where a paper may be named: its folder; the lines that take it in; what people read; the recorded site of `demo`. */
const MAY_NAME =
  /^(?:sites\/zaobao\/|sites\/(?:publishers|index)\.ts|words\/zh|program(?:\.ts|\/)|commands\/demo\.ts|core\/setup\/schedule\.ts|config\/keys\.ts)/

/** What is of Zaobao alone: its names, those of its house, its stores, its themes and scripts. */
const OF_ZAOBAO = /zaobao|联合早报|早报|sphdigital|\bsph\b|newspost|\bzb[-\d]|zbsg|story\\?d\{8\}|data-s\b|body_cn/i

/** The lines of a file that are of a paper. */
function linesOfPaper(file: string, text: string): string[] {
  const marks = file.startsWith('sites/') ? OF_ZAOBAO : /zaobao|联合早报/i
  const lines = text.replace(OWN_NAME, '').split('\n')
  return lines.flatMap((line, at) => (marks.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : []))
}

test('outside its folder nothing knows a paper', () => {
  const knowing = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(SRC, join(entry.parentPath, entry.name)))
    .filter((file) => !MAY_NAME.test(file))
    .flatMap((file) => linesOfPaper(file, readFileSync(join(SRC, file), 'utf8')))
  expect(knowing).toEqual([])
})

test.each(Object.entries(OF_OTHERS))('outside its folder nothing knows %s', (name, marks) => {
  const own = new RegExp(`^(?:sites/(?:${name}/|publishers\\.ts|index\\.ts)|words/zh|program/)`)
  const knowing = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(SRC, join(entry.parentPath, entry.name)))
    .filter((file) => !own.test(file) && marks.test(readFileSync(join(SRC, file), 'utf8')))
  expect(knowing).toEqual([])
})

test.each([
  ["import { chrome } from '../zaobao/drop.ts'"],
  ["const NAMES = ['早报']"],
  ['const STORE = /sphdigital/'],
  ['const LINK = /\\/story\\d{8}-\\d+/'],
  ["root.querySelectorAll('[data-s]')"],
])('%s in what papers share is found', (line) => {
  for (const room of ['page', 'body', 'lists', 'generic']) {
    expect(linesOfPaper(`sites/${room}/planted.ts`, `\n${line}\n`)).toEqual([`sites/${room}/planted.ts:2: ${line}`])
  }
})

test('each paper has readers, an address of its own, and ids that meet those of no other', () => {
  expect(Object.keys(READERS)).toEqual(PUBLISHERS.map(({ name }) => name))
  const prefixes = PUBLISHERS.map(({ idPrefix }) => idPrefix)
  expect(new Set(prefixes).size).toBe(prefixes.length)
  for (const publisher of PUBLISHERS) {
    expect(publisher.name).toMatch(/^[a-z]{2,12}$/)
    expect(['', `${publisher.name}.`]).toContain(publisher.idPrefix)
    expect(publisher.editions[0]).toBe(publisher.origin)
    const number = '54316030'
    const url = publisher.urlOf(
      { number, day: '2026-03-12', section: publisher.sections.names[0] ?? null },
      publisher.origin,
    )
    expect(addresses.publisherOf(url)).toBe(publisher)
    // A paper without numbers has no address for one: it leads to a list.
    if (publisher.storyAt(new URL(url).pathname) === null) continue
    const day = /2026([/-]?)03\1(?:12)/.test(url) ? '2026-03-12' : null
    expect(addresses.identify(url)).toEqual({ id: `${publisher.idPrefix}${number}`, day })
    expect(addresses.storyId(url)).toMatch(ID)
  }
})
