import { inSimplified } from '../../core/language.ts'
import { isoTime, startOfDay, timeOfDay } from '../../core/time.ts'
import { parseClock, parseTime, parseTimes } from '../../core/time/parse.ts'
import type { Paper } from './paper.ts'

/**
 * A time as a paper writes it anywhere, on its own clock: what `parseTime` reads, and the paper's own spellings. ISO 8601
 * UTC; `null` for a day without a clock and for what is no time.
 */
export function readTime(value: unknown, { publisher, spelledOut }: Paper): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  return parseTime(spelledOut?.(String(value)) ?? String(value), publisher.zone)
}

/** The times with a clock that a text names, one after the other. */
export function eachTime(text: string, { publisher, spelledOut }: Paper): string[] {
  return parseTimes(spelledOut?.(text) ?? text, publisher.zone)
}

const LABEL = /^发[布表](?:时间)?\s*[/／:：]?\s*/

/** A clock without a day is of the one in the address. */
function clockOf(value: unknown, { publisher }: Paper, day: string | null): string | null {
  const ms = typeof value === 'string' ? parseClock(inSimplified(value).replace(LABEL, '')) : null
  const start = day === null ? null : startOfDay(publisher.zone, day)
  return ms === null || start === null ? null : isoTime(start + ms)
}

/**
 * The first of several that names a time, of `day` where that is not `null`; a function among them is asked only when none
 * before it does.
 */
export function firstTime(values: readonly unknown[], paper: Paper, day: string | null = null): string | null {
  for (const each of values) {
    const value: unknown = typeof each === 'function' ? (each as () => unknown)() : each
    const time = timeOfDay(readTime(value, paper), day, paper.publisher.zone) ?? clockOf(value, paper, day)
    if (time !== null) return time
  }
  return null
}
