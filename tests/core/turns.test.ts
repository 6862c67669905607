import { describe, expect, test } from 'vitest'
import { type Asker, inTurn, longestUnasked, type Turns, turnsAfter } from '../../src/core/archive/turns.ts'
import { EMPTY_STATE, type SourceState } from '../../src/core/archive/state.ts'

const NONE: Turns = { sources: 0, gaps: 0, pages: 0 }

describe('who goes first', () => {
  test.each<[string, Turns | undefined, Asker[]]>([
    ['lists, where there are turns enough', undefined, ['sources', 'gaps', 'pages']],
    ['pages, once a list had its turn', { ...NONE, sources: 1 }, ['gaps', 'pages', 'sources']],
    ['pages for three turns to one of lists', { sources: 1, gaps: 1, pages: 2 }, ['pages', 'sources', 'gaps']],
    ['lists, once pages had three', { sources: 1, gaps: 1, pages: 3 }, ['sources', 'gaps', 'pages']],
    ['a gap that waits beside busy pages', { sources: 2, gaps: 0, pages: 5 }, ['gaps', 'pages', 'sources']],
  ])('%s', (_name, turns, order) => {
    expect(inTurn(turns)).toEqual(order)
  })

  test.each<[string, Turns | undefined, Partial<Turns>, Asker[], Turns | undefined]>([
    ['nobody, after a run that had turns for all', { ...NONE, sources: 5 }, { pages: 1 }, [], undefined],
    ['pages, after a run that was used up by lists', undefined, { sources: 2 }, ['pages'], { ...NONE, sources: 2 }],
    ['what all had is taken off', { ...NONE, sources: 1 }, { pages: 3 }, ['sources', 'pages'], NONE],
    [
      'those who lacked none count for nothing',
      { ...NONE, gaps: 4 },
      { sources: 1 },
      ['sources', 'pages'],
      { ...NONE, gaps: 4, sources: 1 },
    ],
  ])('%s', (_name, before, had, left, after) => {
    expect(turnsAfter(before, { ...NONE, ...had }, new Set(left))).toEqual(after)
  })

  test.each([
    [1, 1],
    [1, 3],
    [2, 5],
    [3, 7],
    [5, 2],
    [50, 40],
  ])('%i turns a run, %i sources: none who waits has less than its share', (budget, count) => {
    let turns: Turns | undefined
    const had = { ...NONE }
    for (let run = 0; run < 400; run += 1) {
      const now = { ...NONE }
      // Each asks for all that it is let: sources once each, gaps and pages without end.
      let free = budget
      for (const asker of inTurn(turns)) {
        const taken = Math.min(free, asker === 'sources' ? count : Number.POSITIVE_INFINITY)
        now[asker] += taken
        free -= taken
      }
      for (const asker of ['sources', 'gaps', 'pages'] as const) had[asker] += now[asker]
      turns = turnsAfter(turns, now, new Set(['sources', 'gaps', 'pages']))
      expect(Math.max(...Object.values(turns ?? NONE))).toBeLessThanOrEqual(3 * budget * 3)
    }
    const share = (400 * budget) / 5
    expect(had.gaps).toBeGreaterThanOrEqual(share - 5 * budget)
    expect(had.pages).toBeGreaterThanOrEqual(3 * (share - 5 * budget))
    expect(had.sources).toBeGreaterThanOrEqual(Math.min(share, (400 * count) / 5) - 5 * budget)
  })
})

test('sources are asked in the order in which they were last, those first that never were', () => {
  const at = (polled?: string) => ({ ...(polled === undefined ? {} : { polled }) }) as SourceState
  const known = { a: at('2026-11-02T10:00:00.000Z'), b: at('2026-11-02T09:00:00.000Z'), c: at() }
  const names = ['a', 'b', 'c', 'd'].map((name) => ({ name }))
  expect(longestUnasked(names, known).map(({ name }) => name)).toEqual(['c', 'd', 'b', 'a'])
  expect(longestUnasked(names, EMPTY_STATE.sources)).toEqual(names)
})
