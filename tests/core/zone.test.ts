import { expect, test } from 'vitest'
import { CHINESE_ZONE, dayIn, startOfDay, timeIn } from '../../src/core/time.ts'

test('the zone that was asked for is in force', () => {
  const zone = process.env['TZ']
  expect(zone === undefined || new Intl.DateTimeFormat().resolvedOptions().timeZone === zone).toBe(true)
})

test.each([
  ['2026-03-08T10:00:00.000Z', '2026-03-08'],
  ['2026-11-01T05:30:00.000Z', '2026-11-01'],
  ['2026-11-01T16:00:00.000Z', '2026-11-02'],
  ['2026-12-31T15:59:59.999Z', '2026-12-31'],
])('%s is %s in Singapore', (time, day) => {
  expect(dayIn(CHINESE_ZONE, Date.parse(time))).toBe(day)
})

test('a wall clock that a summer time leaves out elsewhere is a time in Singapore', () => {
  expect(timeIn(CHINESE_ZONE, 2026, 3, 8, 2, 30)).toBe(Date.parse('2026-03-07T18:30:00.000Z'))
  expect(startOfDay(CHINESE_ZONE, '2026-03-08')).toBe(Date.parse('2026-03-07T16:00:00.000Z'))
})
