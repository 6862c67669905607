/** Zaobao's clock: Singapore, +08:00 all year since 1982. The machine's zone never matters. */
const SINGAPORE_OFFSET_MS = 8 * 3_600_000

/** `YYYY-MM-DD` in Singapore of an instant in milliseconds. */
export function singaporeDay(ms: number): string {
  return new Date(ms + SINGAPORE_OFFSET_MS).toISOString().slice(0, 10)
}

/** The instant (ms) of a Singapore wall clock; `null` when the fields name no moment. */
export function singaporeTime(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number | null {
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(ms)
  const same = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && back.getUTCHours() === hour
  return same && minute < 60 && second < 60 ? ms - SINGAPORE_OFFSET_MS : null
}

/** The instant (ms) at which a `YYYY-MM-DD` begins in Singapore; `null` when there is no such day. */
export function startOfDay(day: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  return match === null ? null : singaporeTime(Number(match[1]), Number(match[2]), Number(match[3]))
}

/**
 * The time (ISO 8601 UTC), where it is of the `day` in the story's address, in Singapore; else `null`. That day is a
 * witness: it is right in all of 258 public posts, and what contradicts it is the time of the request, or another story's.
 * Any time where the address names no day.
 */
export function timeOfDay(time: string | null, day: string | null): string | null {
  return time === null || day === null || singaporeDay(Date.parse(time)) === day ? time : null
}

/** ISO 8601 UTC with milliseconds, the form of every time in records and documents. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
