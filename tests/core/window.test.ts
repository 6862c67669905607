import { describe, expect, test } from 'vitest'
import { continues, identityOfWord, newerFirst, wordOf } from '../../src/core/archive/list-places.ts'

/** `9n 8 7`: numbers of stories, the first of them news. */
const listOf = (text: string) =>
  text.split(' ').map((place) => ({ word: place.replace('n', ''), isNews: place.endsWith('n') }))
const falling = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => from - at).join(' ')
const rising = (from: number, to: number) => falling(to, from).split(' ').toReversed().join(' ')

describe('a list goes on from what it showed before', () => {
  test.each<[string, now: string, before: string, boolean]>([
    ['a short list with one story of before', '11n 10n 9n 8', '8 7', true],
    ['a longer one with one', '12n 11n 10n 9n 8', '8 7', false],
    ['a longer one with two', '12n 11n 10n 8 7', '8 7', true],
    ['nothing of before', '11n 10n', '8 7', false],
    ['fewer are absent than stand there', '9n 7 6', '8 7 6', true],
    ['as many are', '9n 6 5', '8 7 6 5', false],
    ['absent from between', '9n 8 3', '8 6 5 4 3', false],
    ['an edited story above is not absent', '7 9n 6', '7 6', true],
    ['a stretch ends where the order does', '9n 7 8 3', '8 7 5 4 3', false],
    ['news below it', '8 7 3n', '8 7', false],
    ['a few, pinned on top', '8 7 11n 10n 9n', '8 7 6 5', false],
    ['a few, much of it edited', '7 9n 8 11n 10n', '7 8', false],
    ['a few, oldest first', '5 6 7 8 9n', '5 6 7 8', true],
    ['many, pinned on top', '8 7 15n 14n 13n 12n 11n 10n 9n', '8 7 6 5 4 3 2', false],
    ['many, oldest first now', `${rising(9, 20)} 21n`, falling(20, 9), true],
  ])('%s', (_name, now, before, expected) => {
    expect(continues(listOf(now), before.split(' '))).toBe(expected)
  })
})

test.each<[string, string, number]>([
  ['2026-11-20-1', '2026-11-19-2', -1],
  ['2026-11-20-9', '2026-11-20-10', 1],
  ['2026-11-20-9', '2026-11-20-9', 0],
  ['9', '2026-11-20-1', 1],
])('%s beside %s: %d', (a, b, order) => {
  expect(newerFirst(a, b)).toBe(order)
})

test.each<[string, string, string | null]>([
  ['2026-11-20-9700001', '9700001', '2026-11-20'],
  ['2026-11-20-dw.54-1', 'dw.54-1', '2026-11-20'],
  ['9700001', '9700001', null],
  ['x2026-11-20-1', 'x2026-11-20-1', null],
])('%s is a story as one word', (word, id, day) => {
  expect(wordOf({ id, day })).toBe(word)
  expect(identityOfWord(word)).toEqual({ id, day })
})
