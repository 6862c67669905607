import { dayIn, isoTime, startOfDay, timeIn } from '../../../core/time.ts'
import { parseClock } from '../../../core/time/parse.ts'
import { ZONE } from '../paper.ts'
import { readTime } from '../times.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const UNITS: Record<string, number> = { 秒: 1000, 分钟: MINUTE_MS, 分: MINUTE_MS, 小时: 60 * MINUTE_MS }
const COMPACT_CLOCK = /^(\d{2})(\d{2})$/
const AGO = /^(\d{1,4})\s*(秒|分钟|分|小时)(?:钟)?(?:之)?前$/
const NAMED_DAY = /^(今|昨|前)[天日]\s*(\S.*)$/
const MONTH_DAY = /^(?:(\d{1,2})\s*月\s*(\d{1,2})\s*日|(\d{1,2})[-/](\d{1,2})\s)\s*(\S.*)$/
const BACK: Record<string, number> = { 今: 0, 昨: 1, 前: 2 }

function today(now: number): number {
  return startOfDay(ZONE, dayIn(ZONE, now)) ?? 0
}

/** `YYYY-MM-DD` in the address of a story, which may be relative. */
function dayOf(href: string | null): string | null {
  const match = /\/story(\d{4})(\d{2})(\d{2})-\d/.exec(href ?? '')
  return match === null ? null : `${match[1]}-${match[2]}-${match[3]}`
}

/** A clock alone is of the day in the story's address; else the last one that it can be. */
function fromClock(ms: number, now: number, day: string | null): number {
  const start = day === null ? null : startOfDay(ZONE, day)
  if (start !== null) return start + ms
  const time = today(now) + ms
  return time > now ? time - DAY_MS : time
}

function fromMonthDay(month: number, day: number, clock: number, now: number): number | null {
  const year = Number(dayIn(ZONE, now).slice(0, 4))
  const latest = timeIn(ZONE, year, month, day)
  const start = latest === null || latest + clock > now ? timeIn(ZONE, year - 1, month, day) : latest
  return start === null ? null : start + clock
}

function fromParts(text: string, now: number, day: string | null): number | null {
  if (text === '刚刚' || text === '刚才') return now
  const ago = AGO.exec(text)
  if (ago !== null) return now - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0)
  const [, word, ofNamed] = NAMED_DAY.exec(text) ?? []
  const [, month, date, monthMarked, dayMarked, ofDay] = MONTH_DAY.exec(text) ?? []
  const clock = parseClock(ofNamed ?? ofDay ?? text)
  if (clock === null) return null
  if (word !== undefined) return today(now) - (BACK[word] ?? 0) * DAY_MS + clock
  if (ofDay === undefined) return fromClock(clock, now, day)
  return fromMonthDay(Number(month ?? monthMarked), Number(date ?? dayMarked), clock, now)
}

/**
 * A time as lists show it, against the run's clock `now` (ms): `15分钟前`; `18:12`, `下午6:12`, of the day in the story's
 * address `href`, else yesterday's when later than now; `9月27日 12:28`, last year's when later than now; whole times. ISO
 * 8601 UTC; `null` for a day alone.
 */
export function listTime(text: string, now: number, href: string | null): string | null {
  const shown = text.replace(/\s+/g, ' ').trim()
  const ms = fromParts(shown, now, dayOf(href))
  return ms === null ? readTime(shown) : isoTime(ms)
}

/** The clock of four digits that Drupal 7 showed, `2324`; elsewhere four digits may count anything. */
export function compactClock(text: string, now: number, href: string | null): string | null {
  const clock = COMPACT_CLOCK.exec(text.trim())
  const ms = clock === null ? null : parseClock(`${clock[1]}:${clock[2]}`)
  return ms === null ? null : isoTime(fromClock(ms, now, dayOf(href)))
}
