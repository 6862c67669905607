import { isoTime, startOfDay, timeOfDay } from '../../core/time.ts'
import { CHINESE_CLOCK } from '../../core/time/offset.ts'
import { parseClock, parseTime, parseTimes } from '../../core/time/parse.ts'
import { ZONE } from './paper.ts'

/** The global site wrote this, month first, into its ld+json. */
const MONTH_FIRST = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})\s+-\s+(?=\d)/
/** Drupal 7 shows the day first. */
const DAY_FIRST = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(?=\d)/

/**
 * A time as Zaobao writes it anywhere: what `parseTime` reads on Singapore's clock, and `MM/DD/YYYY - HH:mm`,
 * `DD/MM/YYYY HH:mm`. ISO 8601 UTC; `null` for a day without a clock and for what is no time.
 */
export function readTime(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  return parseTime(spelledOut(String(value)), CHINESE_CLOCK)
}

function spelledOut(text: string): string {
  return text.replace(MONTH_FIRST, '$3-$1-$2 ').replace(DAY_FIRST, '$3-$2-$1 ')
}

/** The times with a clock that a text names, one after the other. */
export function eachTime(text: string): string[] {
  return parseTimes(spelledOut(text), CHINESE_CLOCK)
}

const LABEL = /^发[布表](?:时间)?\s*[/／:：]?\s*/

/** A clock without a day is of the one in the address. */
function clockOf(value: unknown, day: string | null): string | null {
  const ms = typeof value === 'string' ? parseClock(value.replace(LABEL, '')) : null
  const start = day === null ? null : startOfDay(ZONE, day)
  return ms === null || start === null ? null : isoTime(start + ms)
}

/**
 * The first of several that names a time, of `day` where that is not `null`; a function among them is asked only when none
 * before it does.
 */
export function firstTime(values: readonly unknown[], day: string | null = null): string | null {
  for (const each of values) {
    const value: unknown = typeof each === 'function' ? (each as () => unknown)() : each
    const time = timeOfDay(readTime(value), day, ZONE) ?? clockOf(value, day)
    if (time !== null) return time
  }
  return null
}
