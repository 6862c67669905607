import { DAY_MS, dayIn, isDay, UTC, type Zone } from './time.ts'
import { parseDuration } from './units.ts'

/**
 * The day that a text names, in `zone`, `YYYY-MM-DD`: a day, `today`, `yesterday`, a span back from now (`7d`), or a month
 * (`2026-11`) or year, of which it is the first day or the last. `null` when it names none.
 */
export function dayNamed(text: string, end: 'first' | 'last', nowMs: number, zone: Zone): string | null {
  if (text === 'today') return dayIn(zone, nowMs)
  if (text === 'yesterday') return dayIn(zone, nowMs - DAY_MS)
  const back = text === '0' ? null : parseDuration(text)
  if (back !== null) return dayIn(zone, nowMs - back)
  const [, year, month = end === 'first' ? '01' : '12'] = /^(\d{4})(?:-(\d{2}))?$/.exec(text) ?? []
  if (year === undefined) return isDay(text) ? text : null
  if (end === 'first') return isDay(`${year}-${month}-01`) ? `${year}-${month}-01` : null
  return ['31', '30', '29', '28'].map((day) => `${year}-${month}-${day}`).find(isDay) ?? null
}

/** The days that a text names so, both included; a span back from now ends today. `null` when it names none. */
export function daysNamed(text: string, nowMs: number, zone: Zone): { from: string; to: string } | null {
  const from = dayNamed(text, 'first', nowMs, zone)
  const to = parseDuration(text) === null ? dayNamed(text, 'last', nowMs, zone) : dayIn(zone, nowMs)
  return from === null || to === null ? null : { from, to }
}

/** The days before and behind a day of the calendar, `YYYY-MM-DD`. */
export function calendarNeighbours(day: string): [before: string, behind: string] {
  const ms = Date.parse(day)
  return [dayIn(UTC, ms - DAY_MS), dayIn(UTC, ms + DAY_MS)]
}
