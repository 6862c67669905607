import { expect, test } from 'vitest'
import { calendarNeighbours, dayNamed } from '../../src/core/days.ts'
import { CHINESE_ZONE } from '../../src/core/time.ts'

/** Half past midnight in Singapore. */
const NOW = Date.parse('2026-03-09T16:30:00Z')

test.each<[string, string | null, string | null]>([
  ['today', '2026-03-10', '2026-03-10'],
  ['yesterday', '2026-03-09', '2026-03-09'],
  ['7d', '2026-03-03', '2026-03-03'],
  ['1h', '2026-03-09', '2026-03-09'],
  ['0', null, null],
  ['2026-03-01', '2026-03-01', '2026-03-01'],
  ['2026-02-30', null, null],
  ['2026', '2026-01-01', '2026-12-31'],
  ['2026-01', '2026-01-01', '2026-01-31'],
  ['2026-04', '2026-04-01', '2026-04-30'],
  ['2026-02', '2026-02-01', '2026-02-28'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2026-13', null, null],
  ['2026-00', null, null],
  ['x2026', null, null],
  ['2026-1', null, null],
  ['202', null, null],
  ['2026-03-', null, null],
  ['', null, null],
])('%j is from %s to %s', (text, first, last) => {
  expect([dayNamed(text, 'first', NOW, CHINESE_ZONE), dayNamed(text, 'last', NOW, CHINESE_ZONE)]).toEqual([first, last])
})

test.each([
  ['2026-03-10', ['2026-03-09', '2026-03-11']],
  ['2026-03-01', ['2026-02-28', '2026-03-02']],
  ['2026-12-31', ['2026-12-30', '2027-01-01']],
])('the days beside %s', (day, beside) => {
  expect(calendarNeighbours(day)).toEqual(beside)
})
