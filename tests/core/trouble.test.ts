import { describe, expect, test } from 'vitest'
import {
  type TroubleFindings,
  type Met,
  NEW_PAGES,
  pagesNewSince,
  tellTroubles,
  type Trouble,
} from '../../src/core/archive/trouble.ts'

const START = Date.UTC(2026, 2, 1)
const MINUTE = 60_000
const A_DAY = 144

/** What is said, by the number of the run: runs ten minutes apart, each of them described by one letter of `days`. */
function said(runs: string, more: { loud?: boolean; manner?: Met['manner']; from?: Trouble[] } = {}): string[] {
  const { loud = false, manner = 'going-on', from = [] } = more
  let troubles = from
  return runs.split('').flatMap((letter, index) => {
    const findings: TroubleFindings = {
      met: letter === 'x' ? [{ key: 'source list:china', line: 'status 500', manner }] : [],
      well: new Set(letter === '.' ? ['source list:china'] : []),
      nowMs: START + index * 10 * MINUTE,
      loud,
    }
    const told = tellTroubles(troubles, findings)
    troubles = told.troubles
    return told.lines.map((line) => `${index}: ${line}`)
  })
}

const SINCE = '(since 2026-03-01T00:00Z)'
const AGAIN = 'list:china: well again, after trouble since 2026-03-01T00:00Z'

describe('a trouble', () => {
  test.each<[string, string, string[], Parameters<typeof said>[1]?]>([
    ['of one run is not said', '.x...', []],
    ['is said at its second run, and when it is over', 'xx.', [`1: status 500 ${SINCE}`, `2: ${AGAIN}`]],
    ['that goes on is not said again', 'xxxxxxxxxxxx', [`1: status 500 ${SINCE}`]],
    ['is said once a day', 'x'.repeat(2 * A_DAY + 2), [1, 145, 289].map((run) => `${run}: status 500 ${SINCE}`)],
    ['that nobody looked into is neither over nor begun anew', 'xx?x??x.', [`1: status 500 ${SINCE}`, `7: ${AGAIN}`]],
    ['that comes and goes is said twice a day at most', 'xx.xx.xx.xx.xx.', [`1: status 500 ${SINCE}`, `2: ${AGAIN}`]],
    [
      'that came again and stays is said the day after',
      `xx.${'x'.repeat(A_DAY)}`,
      [`1: status 500 ${SINCE}`, `2: ${AGAIN}`, '145: status 500 (since 2026-03-01T00:30Z)'],
    ],
    [
      'is said each time to who reads along',
      'xxx',
      ['0: status 500', '1: status 500', '2: status 500'],
      { loud: true },
    ],
    ['is not said to be over to who reads along', 'xx.', ['0: status 500', '1: status 500'], { loud: true }],
    ['for which nothing is missed is said when it begins', 'xxx.', ['0: status 500'], { manner: 'begin' }],
    [
      'for which nothing is missed is said once a day, whoever reads along',
      'x'.repeat(A_DAY + 2),
      ['0: status 500', '144: status 500'],
      { manner: 'begin', loud: true },
    ],
  ])('%s', (_name, runs, lines, more) => {
    expect(said(runs, more)).toEqual(lines)
  })

  const future = '2031-01-01T00:00:00.000Z'
  const old: Trouble = {
    ...{ key: 'source list:china', manner: 'going-on', since: future, runs: 5, metAt: future, saidAt: future },
  }
  test('said by a clock that was ahead is said by the right one', () => {
    expect(said('x', { from: [old] })).toEqual(['0: status 500 (since 2026-03-01T00:00Z)'])
  })

  const before = (days: number) => new Date(START - days * A_DAY * 10 * MINUTE).toISOString()
  const none: TroubleFindings = { met: [], well: new Set(), nowMs: START, loud: false }

  test.each<[string, Partial<Trouble>, boolean]>([
    ['that no run looked into for six days', { metAt: before(6) }, true],
    ['that none looked into for seven', { metAt: before(7) }, false],
    ['that is over, said this day', { runs: 0, saidAt: before(0.9) }, true],
    ['that is over, said the day before', { runs: 0, metAt: before(0.5), saidAt: before(1) }, false],
    ['that is over, and never was said', { runs: 0, saidAt: null }, false],
  ])('%s is remembered: %s', (_name, more, isRemembered) => {
    const trouble: Trouble = { ...old, since: before(8), metAt: before(1), saidAt: before(1), ...more }
    expect(tellTroubles([trouble], none)).toEqual({ troubles: isRemembered ? [trouble] : [], lines: [] })
  })

  test('of one run that someone saw is over without a word', () => {
    const seen = { ...old, since: before(0.1), metAt: before(0.1), saidAt: before(0.1) }
    expect(said('.', { from: [{ ...seen, runs: 1 }] })).toEqual([])
    expect(said('.', { from: [{ ...seen, runs: 2 }] })).toHaveLength(1)
  })

  test('of two of one source that are over together it is said once, since the first began', () => {
    const two = ['source', 'waiting'].map((word, at) => ({
      ...{ ...old, key: `${word} list:china`, since: before(2 - at), metAt: before(0.5), saidAt: before(0.5) },
    }))
    const { lines } = tellTroubles(two, { ...none, well: new Set(two.map(({ key }) => key)) })
    expect(lines).toEqual(['list:china: well again, after trouble since 2026-02-27T00:00Z'])
  })

  test('of pages that look new has a name of its own', () => {
    const pages: Trouble = { ...old, key: NEW_PAGES, since: before(2), metAt: before(1), saidAt: before(1) }
    expect(tellTroubles([pages], { ...none, well: new Set([NEW_PAGES]) }).lines).toEqual([
      'pages: well again, after trouble since 2026-02-27T00:00Z',
    ])
    expect(pagesNewSince([old, pages])).toBe(before(2))
    for (const all of [undefined, [], [old], [{ ...pages, runs: 0 }]]) expect(pagesNewSince(all)).toBeNull()
  })
})
