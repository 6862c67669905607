import { describe, expect, test } from 'vitest'
import {
  compactLines,
  entryOfText,
  type JournalEntry,
  readJournal,
  wholeLines,
} from '../../src/core/archive/journal.ts'

/** With all that an entry may have. */
const FULL: JournalEntry = {
  id: '1',
  path: '2021-11-10/2021-11-10-1-x.md',
  url: 'https://www.zaobao.com/realtime/china/story20211110-1',
  status: 'written',
  fetched: '2021-11-10T08:00:00.000Z',
  published: '2021-11-10T07:37:00.000Z',
  updated: '2021-11-10T07:40:00.000Z',
  bylines: ['某记者'],
  keywords: ['渡轮'],
  revision: 1,
  seen: { list: 'a' },
  validators: { etag: '"a"', lastModified: 'Wed, 10 Nov 2021 08:00:00 GMT' },
  origin: 'page',
  extraction: 'global-astro',
  doubt: 'a witness',
  digest: 'd',
  outline: 'abcdef',
}
const DAY = '2021-11-10'
const lineOf = (over: object = {}): string => JSON.stringify({ ...FULL, ...over })

describe('a line of the journal', () => {
  test.each<[string, unknown]>([
    ...['id', 'path', 'fetched', 'digest', 'status', 'origin'].map((key): [string, unknown] => [key, undefined]),
    ...Object.keys(FULL).map((key): [string, unknown] => [key, 7.5]),
    ['status', 'archived'],
    ['origin', 'list'],
    ['updated', undefined],
    ['bylines', 'x'],
    ['bylines', [1]],
    ['keywords', [1]],
    ['seen', { list: 1 }],
    ['validators', {}],
    ['validators', { etag: 1, lastModified: null }],
    ['validators', { etag: null, lastModified: 1 }],
  ])('is damaged by its %s: %j', (key, value) => {
    expect(readJournal(lineOf({ [key]: value }), DAY)).toMatchObject({ damaged: 1, lines: 1 })
  })

  test.each<[object]>([
    [{}],
    [{ url: undefined, published: undefined, extraction: undefined, doubt: undefined, outline: undefined }],
    [{ published: null, updated: null, validators: null, outline: null }],
    [{ validators: { etag: null, lastModified: null }, bylines: [], keywords: [], seen: {} }],
    [{ status: 'revised', origin: 'feed' }],
    [{ status: 'unchanged' }],
  ])('is whole with %j', (over) => {
    const { latest, damaged } = readJournal(`${lineOf(over)}\n`, DAY)
    expect([latest.get('1'), damaged]).toEqual([JSON.parse(lineOf(over)), 0])
    expect(wholeLines(`x\n${lineOf(over)}\n\n{`, DAY)).toBe(`${lineOf(over)}\n`)
  })
})

test('former texts are the last 50, each with its last entry; three of them stay where lines are written anew', () => {
  const lines = Array.from({ length: 60 }, (_, n) => lineOf({ digest: `d${n}`, revision: n }))
  const view = readJournal([...lines, lineOf({ digest: 'd59', revision: 60 })].join('\n'), DAY)
  expect(view.former.get('1')?.map(({ revision }) => revision)).toEqual(Array.from({ length: 50 }, (_, n) => n + 9))
  expect(compactLines(view).map((line) => (JSON.parse(line) as JournalEntry).revision)).toEqual([56, 57, 58, 60])
  expect(compactLines(readJournal(lineOf(), DAY))).toEqual([`${lineOf()}\n`])
})

test.each([
  ['its number', 'a', 1, 1],
  ['the last of the same text', 'a', 9, 3],
  ['none of another text', 'c', 1, undefined],
])('the entry of a former text: %s', (_name, digest, revision, expected) => {
  const entries = ['a', 'b', 'a'].map((text, at) => ({ ...FULL, digest: text, revision: at + 1 }))
  expect(entryOfText(entries, digest, revision)?.revision).toBe(expected)
})
