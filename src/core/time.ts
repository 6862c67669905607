import { type Message, message } from '../words/words.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** The clock of a place. */
export interface Zone {
  /** As messages name it: `Singapore`. */
  name: Message | string
  /** Milliseconds by which its clock is ahead of UTC at an instant (ms). */
  offsetMs(ms: number): number
  /**
   * How long (ms) after its day has ended a story may still come out: of papers whose addresses have the day on which a story
   * was begun. None where it is left out.
   */
  lateMs?: number
}

/** A zone that keeps one clock all year. */
export function fixedZone(name: Zone['name'], minutesEast: number): Zone {
  const offsetMs = minutesEast * MINUTE_MS
  return { name, offsetMs: () => offsetMs }
}

/** The last Sunday of a month (from 0) at 01:00 UTC, when the clocks of the European Union and of Britain change. */
function changeMs(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1))
  return last.getTime() - last.getUTCDay() * DAY_MS
}

/** A zone that keeps Europe's summer time, by the rule that holds since 1996. */
export function europeanZone(name: Zone['name'], minutesEast: number): Zone {
  return {
    name,
    offsetMs(ms) {
      const year = new Date(ms).getUTCFullYear()
      const isSummer = ms >= changeMs(year, 2) && ms < changeMs(year, 9)
      return (minutesEast + (isSummer ? 60 : 0)) * MINUTE_MS
    },
  }
}

/** `YYYY-MM-DD` in a zone of an instant in milliseconds. */
export function dayIn(zone: Zone, ms: number): string {
  return isoTime(ms + zone.offsetMs(ms)).slice(0, 10)
}

/** `HH:MM` on the clock of a zone at an instant in milliseconds. */
export function minuteIn(zone: Zone, ms: number): string {
  return isoTime(ms + zone.offsetMs(ms)).slice(11, 16)
}

/** The instant (ms) at which a day begins in a zone; `null` when the fields name no day. */
export function timeIn(zone: Zone, year: number, month: number, day: number): number | null {
  const ms = Date.UTC(year, month - 1, day)
  // A day that its month has not is one of another.
  return new Date(ms).getUTCMonth() === month - 1 ? ms - zone.offsetMs(ms - zone.offsetMs(ms)) : null
}

/** The instant (ms) at which a `YYYY-MM-DD` begins in a zone; `null` when there is no such day. */
export function startOfDay(zone: Zone, day: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  return match === null ? null : timeIn(zone, Number(match[1]), Number(match[2]), Number(match[3]))
}

/** True for a `YYYY-MM-DD` of the calendar. */
export function isDay(day: string): boolean {
  return startOfDay(UTC, day) !== null
}

/** True for a `YYYY-MM` of the calendar. */
export function isMonth(month: string): boolean {
  return isDay(`${month}-01`)
}

/** For days that are counted, wherever they are of. */
export const UTC = fixedZone('UTC', 0)

/** The clock that Singapore, China and Taiwan keep: of days where a story's paper is not known. */
export const CHINESE_ZONE = fixedZone(message`Singapore`, 8 * 60)

/** True where an instant (ms) may be of the `day` in a story's address, in its paper's zone. */
export function isOfDay(ms: number, day: string, zone: Zone): boolean {
  return dayIn(zone, ms) === day || (zone.lateMs !== undefined && dayIn(zone, ms - zone.lateMs) === day)
}

/**
 * The time (ISO 8601 UTC), where it is of the `day` in the story's address, in its paper's zone; else `null`. That day is
 * a witness: it is right in all of 258 public posts, and what contradicts it is the time of the request, or another
 * story's. Any time where the address names no day.
 */
export function timeOfDay(time: string | null, day: string | null, zone: Zone): string | null {
  return time === null || day === null || isOfDay(Date.parse(time), day, zone) ? time : null
}

/** A story's time may run ahead of the clock by so much. */
export const AHEAD_MS = 24 * HOUR_MS

/** True for a time at which a story may have been published: not still to come, nor the beginning of 1970, which means none. */
export function isPossible(ms: number, nowMs: number): boolean {
  return ms <= nowMs + AHEAD_MS && Math.abs(ms) >= DAY_MS
}

/** The minute of a time (ISO 8601 UTC), for a person: `2021-11-10T07:37Z`. */
export function minuteOf(time: string): string {
  return `${time.slice(0, 16)}Z`
}

/** ISO 8601 UTC with milliseconds, the form of every time in records and documents. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
