import { CHINESE_CLOCK, parseTime } from '../../core/time/parse.ts'

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
  const text = String(value).replace(MONTH_FIRST, '$3-$1-$2 ').replace(DAY_FIRST, '$3-$2-$1 ')
  return parseTime(text, CHINESE_CLOCK)
}

/** The first of several that names a time; a function among them is asked only when none before it does. */
export function firstTime(...values: unknown[]): string | null {
  for (const value of values) {
    const time = readTime(typeof value === 'function' ? (value as () => unknown)() : value)
    if (time !== null) return time
  }
  return null
}
