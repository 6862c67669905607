import { inSimplified } from '../../core/language.ts'
import { DAY_MS, dayIn, HOUR_MS, isoTime, MINUTE_MS, startOfDay, timeIn, type Zone } from '../../core/time.ts'
import { parseClock } from '../../core/time/parse.ts'
import type { Paper } from '../page/paper.ts'
import { readTime } from '../page/times.ts'

const UNITS: Record<string, number> = { 秒: 1000, 分钟: MINUTE_MS, 分: MINUTE_MS, 小时: HOUR_MS }
const AGO = /^(\d{1,4})\s*(秒|分钟|分|小时)(?:钟)?(?:之)?前$/
const NAMED_DAY = /^(今|昨|前)[天日]\s*(\S.*)$/
const MONTH_DAY = /^(?:(\d{1,2})\s*月\s*(\d{1,2})\s*日|(\d{1,2})[-/](\d{1,2})\s)\s*(\S.*)$/
const BACK: Record<string, number> = { 今: 0, 昨: 1, 前: 2 }

/** A run's clock in a paper's zone. */
interface Clock {
  zone: Zone
  nowMs: number
}

function today({ zone, nowMs }: Clock): number {
  return startOfDay(zone, dayIn(zone, nowMs)) ?? 0
}

/** A clock alone is of the day in the story's address; else the last one that it can be. */
function fromClock(ms: number, clock: Clock, day: string | null): number {
  const start = day === null ? null : startOfDay(clock.zone, day)
  if (start !== null) return start + ms
  const time = today(clock) + ms
  return time > clock.nowMs ? time - DAY_MS : time
}

function fromMonthDay(month: number, day: number, ms: number, { zone, nowMs }: Clock): number | null {
  const year = Number(dayIn(zone, nowMs).slice(0, 4))
  const latest = timeIn(zone, year, month, day)
  const start = latest === null || latest + ms > nowMs ? timeIn(zone, year - 1, month, day) : latest
  return start === null ? null : start + ms
}

function fromParts(shown: string, clock: Clock, dayOf: () => string | null): number | null {
  const text = inSimplified(shown)
  if (text === '刚刚' || text === '刚才') return clock.nowMs
  const ago = AGO.exec(text)
  if (ago !== null) return clock.nowMs - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0)
  const [, word, ofNamed] = NAMED_DAY.exec(text) ?? []
  const [, month, date, monthMarked, dayMarked, ofDay] = MONTH_DAY.exec(text) ?? []
  const ms = parseClock(ofNamed ?? ofDay ?? text)
  if (ms === null) return null
  if (word !== undefined) return today(clock) - (BACK[word] ?? 0) * DAY_MS + ms
  if (ofDay === undefined) return fromClock(ms, clock, dayOf())
  return fromMonthDay(Number(month ?? monthMarked), Number(date ?? dayMarked), ms, clock)
}

/** The time that a list shows, or that its data have, of the story at `href`, which may be relative; ISO 8601 UTC. */
export type TimeOf = (value: unknown, href: string | null) => string | null

/**
 * Reads times as a paper's lists show them, against the run's clock: `15分钟前`; `18:12`, `下午6:12`, of the day in the
 * story's address, else yesterday's when later than now; `9月27日 12:28`, last year's when later than now; whole times.
 * `null` for a day alone.
 */
export function timesOf(paper: Paper, nowMs: number): TimeOf {
  const { zone, storyAt } = paper.publisher
  return (value, href) => {
    if (typeof value !== 'string') return readTime(value, paper)
    const shown = value.replace(/\s+/g, ' ').trim()
    const ms = fromParts(shown, { zone, nowMs }, () => storyAt(href ?? '')?.day ?? null)
    return ms === null ? readTime(shown, paper) : isoTime(ms)
  }
}
