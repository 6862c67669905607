import { firstOf } from '../../core/first.ts'
import { inSimplified } from '../../core/language.ts'
import { DAY_MS, HOUR_MS, isDay, isoTime, MINUTE_MS, startOfDay, timeOfDay, UTC } from '../../core/time.ts'
import { parseClock, parseDay, parseTime, parseTimes } from '../../core/time/parse.ts'
import { urlOf } from '../../core/url.ts'
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
  return firstOf(values, (each) => {
    const value: unknown = typeof each === 'function' ? (each as () => unknown)() : each
    return timeOfDay(readTime(value, paper), day, paper.publisher.zone) ?? clockOf(value, paper, day)
  })
}

/** The first day, `YYYY-MM-DD`, of several texts that name one and no clock; `null` where none does. */
export function firstDay(values: readonly unknown[], { spelledOut }: Paper): string | null {
  return firstOf(values, (value) => (typeof value === 'string' ? parseDay(spelledOut?.(value) ?? value) : null))
}

/**
 * Blogs and papers have it in the addresses of their stories, in folders of its parts (CNN's section is one of these, `/2010/WORLD/08/13/`)
 * or in one word. `/2021/11/10-mills` is of that month, and eight digits that are a whole name are a number.
 */
const DAY_IN_PATH =
  /(?<!\d)((?:19|20)\d{2})(?:(?:\/(?!(?:top|best|vol(?:ume)?|issue|no|chapter|page|part|week|book)s?\/)[a-z_]{2,20})?\/(\d{1,2})\/(\d{1,2})(?=\/[^/])|-(\d{1,2})-(\d{1,2})(?!\d)|(?<!\/\d{4}(?=\d{4}\/?(?:\.\w+)?$))(\d{2})(\d{2})(?!\d))/i

/** The day, `YYYY-MM-DD`, that an address names in its path; `null` where it names none. */
export function dayInPath(url: string): string | null {
  const [, year = '', ...numbers] = DAY_IN_PATH.exec(urlOf(url)?.pathname ?? '') ?? []
  const parts = numbers.filter((part) => part !== undefined).map((part) => part.padStart(2, '0'))
  const day = [year, ...parts].join('-')
  return isDay(day) ? day : null
}

/** So far from the day that its page tells may the time of a story be, wherever its paper is. */
const NEAR_MS = 2 * DAY_MS

/** False for a time or a day that is not near `day`, where that is not `null`: it is that of an edit, or of the request. */
export function isNearDay(value: string | null, day: string | null, paper: Paper): boolean {
  const told = day === null ? null : (readTime(value, paper) ?? firstDay([value], paper))
  return day === null || told === null || Math.abs(Date.parse(told) - Date.parse(day)) <= NEAR_MS
}

/** A text that may tell a time, or how a page tells it. */
export type ToldTime<P> = string | null | ((page: P) => string | null)

const toldBy = <P>(time: ToldTime<P>, page: P): string | null => (typeof time === 'function' ? time(page) : time)

/** Zones are no further from one another than this, and a whole number of quarters of an hour. */
const MOST_APART_MS = 26 * HOUR_MS
const QUARTER_MS = 15 * MINUTE_MS

/**
 * What a page tells in its turn (`told`), behind what of it tells the zone of the first of them, which is told without one. The paper's clock
 * is that of times without a zone.
 */
export function zonedFirst<P extends { paper: Paper }>(told: readonly ToldTime<P>[], page: P): (() => string | null)[] {
  const timesOn = (each: P): (string | null)[] => told.map((time) => firstTime([toldBy(time, each)], each.paper))
  function zoned(): string | null {
    const { publisher } = page.paper
    const here = timesOn(page)
    const there = timesOn({ ...page, paper: { ...page.paper, publisher: { ...publisher, zone: UTC } } })
    const first = here.find((time) => time !== null) ?? null
    const found = here.find((time, at) => time !== null && time === there[at]) ?? null
    const apartMs = first === null || found === null ? Infinity : Math.abs(Date.parse(found) - Date.parse(first))
    return apartMs < MOST_APART_MS && (apartMs + MINUTE_MS) % QUARTER_MS < 2 * MINUTE_MS ? found : null
  }
  return [zoned, ...told.map((time) => () => toldBy(time, page))]
}
