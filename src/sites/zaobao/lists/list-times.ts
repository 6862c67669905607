import { isoTime, singaporeDay, singaporeTime, startOfDay } from '../../../core/time.ts'
import { readTime } from '../times.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const UNITS: Record<string, number> = { 秒: 1000, 分钟: MINUTE_MS, 分: MINUTE_MS, 小时: 60 * MINUTE_MS }
const CLOCK = /^(\d{1,2}):(\d{2})(?::\d{2})?\s*(AM|PM)?$/i
const COMPACT_CLOCK = /^([01]\d|2[0-3])([0-5]\d)$/
const AGO = /^(\d{1,4})\s*(秒|分钟|分|小时)(?:钟)?(?:之)?前$/
const NAMED_DAY = /^(今天|今日|昨天|昨日|前天)\s*(\d{1,2}):(\d{2})$/
const MONTH_DAY = /^(?:(\d{1,2})\s*月\s*(\d{1,2})\s*日|(\d{1,2})[-/](\d{1,2}))\s+(\d{1,2}):(\d{2})$/
const BACK: Record<string, number> = { 今: 0, 昨: 1, 前: 2 }

function clockMs(hour: string | undefined, minute: string | undefined, half?: string): number | null {
  let hours = Number(hour)
  if (half !== undefined && half !== '') hours = (hours % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
  const minutes = Number(minute)
  return hours < 24 && minutes < 60 ? (hours * 60 + minutes) * MINUTE_MS : null
}

function today(now: number): number {
  return startOfDay(singaporeDay(now)) ?? 0
}

function fromClock(ms: number | null, now: number): number | null {
  if (ms === null) return null
  const time = today(now) + ms
  return time > now ? time - DAY_MS : time
}

function fromMonthDay(match: RegExpExecArray, now: number): number | null {
  const year = Number(singaporeDay(now).slice(0, 4))
  const [month, day] = [Number(match[1] ?? match[3]), Number(match[2] ?? match[4])]
  const [hour, minute] = [Number(match[5]), Number(match[6])]
  const time = singaporeTime(year, month, day, hour, minute)
  return time === null || time > now ? singaporeTime(year - 1, month, day, hour, minute) : time
}

function fromParts(text: string, now: number): number | null | undefined {
  if (text === '刚刚' || text === '刚才') return now
  const ago = AGO.exec(text)
  if (ago !== null) return now - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0)
  const clock = CLOCK.exec(text)
  if (clock !== null) return fromClock(clockMs(clock[1], clock[2], clock[3]), now)
  const named = NAMED_DAY.exec(text)
  if (named !== null) {
    const clock24 = clockMs(named[2], named[3])
    return clock24 === null ? null : today(now) - (BACK[(named[1] ?? '').charAt(0)] ?? 0) * DAY_MS + clock24
  }
  const monthDay = MONTH_DAY.exec(text)
  return monthDay === null ? undefined : fromMonthDay(monthDay, now)
}

/**
 * A time as lists show it, against the run's clock `now` (ms): `15分钟前`; `18:12`, yesterday's when later than
 * now; `9月27日 12:28`, last year's when later than now; whole times. ISO 8601 UTC; `null` for a day alone.
 */
export function listTime(text: string, now: number): string | null {
  const shown = text.replace(/\s+/g, ' ').trim()
  const ms = fromParts(shown, now)
  if (ms === undefined) return readTime(shown)
  return ms === null ? null : isoTime(ms)
}

/** The clock of four digits that Drupal 7 showed, `2324`; elsewhere four digits may count anything. */
export function compactClock(text: string, now: number): string | null {
  const clock = COMPACT_CLOCK.exec(text.trim())
  const ms = clock === null ? null : fromClock(clockMs(clock[1], clock[2]), now)
  return ms === null ? null : isoTime(ms)
}
