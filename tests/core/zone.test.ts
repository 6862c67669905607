import { expect, test } from 'vitest'
import {
  CHINESE_ZONE,
  dayIn,
  europeanZone,
  isDay,
  startOfDay,
  timeIn,
  timeOfDay,
  type Zone,
} from '../../src/core/time.ts'
import { parseTime } from '../../src/core/time/parse.ts'

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
  expect(parseTime('2026-03-08 02:30', CHINESE_ZONE)).toBe('2026-03-07T18:30:00.000Z')
  expect(startOfDay(CHINESE_ZONE, '2026-03-08')).toBe(Date.parse('2026-03-07T16:00:00.000Z'))
})

test.each<[number[], string | null]>([
  [[2026, 3, 8], '2026-03-07T16:00:00.000Z'],
  [[2024, 2, 29], '2024-02-28T16:00:00.000Z'],
  [[2026, 2, 29], null],
  [[2026, 4, 31], null],
  [[2026, 3, 0], null],
  [[2026, 0, 1], null],
  [[2026, 13, 1], null],
])('%j in Singapore', (fields, time) => {
  const [year = 0, month = 0, day = 0] = fields
  expect(timeIn(CHINESE_ZONE, year, month, day)).toBe(time === null ? null : Date.parse(time))
})

test('a wall clock is taken by the offset of its own moment', () => {
  const turn = Date.parse('2026-03-08T07:00:00Z')
  const summer = { name: 'summer time', offsetMs: (ms: number) => (ms < turn ? -5 : -4) * 3_600_000 }
  expect(parseTime('2026-03-08 01:00', summer)).toBe('2026-03-08T06:00:00.000Z')
  expect(parseTime('2026-03-08 04:00', summer)).toBe('2026-03-08T08:00:00.000Z')
  expect(timeIn(summer, 2026, 3, 8)).toBe(Date.parse('2026-03-08T05:00:00Z'))
  expect(timeIn(summer, 2026, 3, 9)).toBe(Date.parse('2026-03-09T04:00:00Z'))
})

test.each(['2026-3-8', 'x2026-03-08', '2026-03-08x', '2026-02-30', ''])('%j is no day', (day) => {
  expect(isDay(day)).toBe(false)
})

test.each<[string | null, string | null, string | null]>([
  ['2026-03-07T16:00:00.000Z', '2026-03-08', '2026-03-07T16:00:00.000Z'],
  ['2026-03-07T15:59:59.000Z', '2026-03-08', null],
  ['2026-03-07T16:00:00.000Z', null, '2026-03-07T16:00:00.000Z'],
  [null, '2026-03-08', null],
  [null, null, null],
])('of the time %s and the day %s: %s', (time, day, expected) => {
  expect(timeOfDay(time, day, CHINESE_ZONE)).toBe(expected)
})

const PARIS = europeanZone('Paris', 60)

test.each([
  ['2020-03-29T00:59:59.000Z', 60],
  ['2020-03-29T01:00:00.000Z', 120],
  ['2020-10-25T00:59:59.000Z', 120],
  ['2020-10-25T01:00:00.000Z', 60],
  ['1999-10-31T00:59:59.000Z', 120],
  ['2026-12-31T23:59:59.000Z', 60],
])('at %s the clocks of Paris are %i min ahead', (time, minutes) => {
  expect(PARIS.offsetMs(Date.parse(time))).toBe(minutes * 60_000)
})

test("Europe's summer time is that of the system's own tables, every day from 1996 on", () => {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' })
  for (let ms = Date.UTC(1996, 0, 1); ms < Date.UTC(2030, 0, 1); ms += 23 * 3_600_000) {
    expect(new Date(ms + PARIS.offsetMs(ms)).toISOString().slice(0, 16).replace('T', ' ')).toBe(clock.format(ms))
  }
})

test('a story may come out after the day in its address where its paper names the day on which it was begun', () => {
  const late = { ...PARIS, lateMs: 86_400_000 }
  const at = (time: string, zone: Zone) => timeOfDay(time, '2020-07-21', zone)
  expect(at('2020-07-21T22:07:00.000Z', late)).toBe('2020-07-21T22:07:00.000Z')
  expect(at('2020-07-21T22:07:00.000Z', PARIS)).toBeNull()
  expect(at('2020-07-20T21:59:00.000Z', late)).toBeNull()
  expect(at('2020-07-22T22:00:00.000Z', late)).toBeNull()
})
