import { expect, test } from 'vitest'
import { drawHeld, heldInWords, heldOf, lastDays } from '../../src/core/archive/held.ts'
import { columnsOf } from '../../src/core/text/columns.ts'

// 22 November 2026, 01:00 in Singapore.
const NOW = Date.parse('2026-11-21T17:00:00.000Z')
const DAYS = lastDays(NOW)
const gap = {
  ...{ source: 'list:china', origin: 'https://a.example', sections: ['realtime/china'], noticed: '', lastTried: null },
  ...{ reason: null, from: '2026-11-02', to: '2026-11-03' },
}
const counts = new Map(DAYS.map((day, at) => [day, at % 7 === 6 ? 0 : at + 1]))
const queue = [
  { day: '2026-11-18', firstFailed: '2026-11-20T02:00:00.000Z' },
  { day: null, firstFailed: '2026-11-19T18:00:00.000Z' },
  { day: '2025-01-01', firstFailed: '2026-11-20T02:00:00.000Z' },
]
const held = heldOf(DAYS, counts, { gaps: [gap], queue })

test('eight weeks end with the day that it is in Singapore', () => {
  expect([DAYS.length, DAYS[0], DAYS.at(-1)]).toEqual([56, '2026-09-28', '2026-11-22'])
})

test('a day has its stories, what failed of it, and whether it is in a gap', () => {
  expect(held.find(({ day }) => day === '2026-11-02')).toEqual({
    ...{ day: '2026-11-02', stories: 36, failed: 0, isInGap: true },
  })
  expect(held.filter(({ failed }) => failed > 0).map(({ day }) => day)).toEqual(['2026-11-18', '2026-11-20'])
  expect(heldInWords(held)).toBe('1,344 stories in the last 8 weeks, busiest day: 55; 2 stories failed; 2 days in gaps')
  expect(heldInWords(heldOf(DAYS, new Map(), { gaps: [], queue: [] }))).toBe('no stories in the last 8 weeks')
})

test('days are drawn as bars, what is missing below them', () => {
  expect(drawHeld(held, 70)).toEqual([
    '                                    ▁▁▂▂▂ ▃▄▄▅▅▅ ▆▇▇███',
    '                  ▁▁ ▂▃▃▃▄▄ ▅▆▆▆▇▇ ██████ ██████ ██████',
    '▁▁▂▂▃▃ ▄▄▅▅▆▆ ▇▇████ ██████ ██████ ██████ ██████ ██████',
    '                                   ??              ! !',
    '09-28                                              11-22',
    '1,344 stories in the last 8 weeks, busiest day: 55; 2 stories failed; 2 days in gaps',
    '!: stories of that day failed; ?: a gap, stories may be missing',
  ])
})

test.each([70, 56, 40, 11, 7, 1, -5])('a drawing in %i columns has the last days', (columns) => {
  const rows = drawHeld(held, columns).slice(0, -2)
  const most = Math.max(7, columns)
  for (const row of rows) expect(columnsOf(row)).toBeLessThanOrEqual(most)
  expect(rows[0]?.at(-1)).toBe('█')
})

test('a day of one story beside one of thousands has a bar, one of none has none', () => {
  const few = DAYS.slice(-3)
  const [last = ''] = few.slice(-1)
  const counted = new Map([
    [few[0] ?? '', 1],
    [last, 9_000],
  ])
  const rows = drawHeld(heldOf(few, counted, { gaps: [], queue: [] }), 60)
  expect(rows.slice(0, 3)).toEqual(['  █', '  █', '▁ █'])
  expect(rows.at(-1)).toContain('busiest day: 9,000')
})

test('nothing at all is told in words alone', () => {
  expect(drawHeld(heldOf(DAYS, new Map(), { gaps: [], queue: [] }), 60)).toEqual(['no stories in the last 8 weeks'])
})
