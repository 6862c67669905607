import { isoTime, type Zone } from '../time.ts'
import { normalized } from './normalized.ts'
import { offsetOf } from './offset.ts'

/** Feeds of our time tell of none beyond: a year of another calendar (2564 is 2021 in Thailand) is not guessed at. */
const END_YEAR = 2100

/** Between a day and its clock stands no more than this: a weekday, `at`, the name of a zone. */
const MOST_BETWEEN = 24

/** How the names of months begin in English, German and French. `mardi` is a Tuesday. */
const MONTHS = 'jan feb|fév mar(?!di)|mär apr|avr may|mai jun|juin jul|juil aug|aoû sep oct|okt nov dec|déc|dez'.split(
  ' ',
)
const NAMES = MONTHS.map((names) => new RegExp(`^(?:${names})`))
const MONTH = String.raw`(?:${MONTHS.join('|')})[a-z]*|\d{1,2}月`
const ORDINAL = '(?:st|nd|rd|th)?'

/** The forms of a day, those of one before those of the next. Where none of a form's parts is the year, it stands elsewhere in the text. */
const FORMS: readonly RegExp[] = [
  // Where a page sets the year apart, it is written without a mark: `2021 11/10`.
  /(?<!\d)(?<year>\d{4})(?:\s*[-/.年]\s*|\s+(?=\d{2}\s?\/\s?\d{2}(?!\d)))(?<month>\d{1,2})\s*[-/.月]\s*(?<day>\d{1,2})(?!\d)/g,
  // ISO 8601's basic form; digits without `T` are a clock too where there are as many as a clock has.
  /^(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})(?=t|\s|$|(?:\d{4}|\d{6}|\d{9})(?:$|\s?(?:z|[+-]\d{2}:?\d{2})$))/g,
  new RegExp(
    String.raw`(?<!\d)(?<day>\d{1,2})${ORDINAL}(?:\s+of)?[\s.,-]+(?<month>${MONTH})[\s.,-]+(?<year>\d{4}|\d{2})(?!\d|:)`,
    'g',
  ),
  new RegExp(
    String.raw`(?<![a-z\d])(?<month>${MONTH})[\s.]+(?<day>\d{1,2})${ORDINAL}[\s,]+(?<year>\d{4})(?!\d|\s*:)`,
    'g',
  ),
  // What `date` and asctime print: the year stands behind the clock.
  new RegExp(String.raw`(?<![a-z\d])(?<month>${MONTH})[\s.-]+(?<day>\d{1,2})${ORDINAL}\b(?!:)`, 'g'),
  new RegExp(String.raw`(?<![\d:])(?<day>\d{1,2})\s+(?<month>${MONTH})(?=\s+\d{1,2}:)`, 'g'),
  // Where points part them, the day is the first.
  /(?<![\d.])(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4})(?!\d)/g,
]
const SLASHED = /(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?![\d/-])/g
/** Beside a Chinese or a French clock the day is the first: Hong Kong and France write so, but America the month. */
const DAY_IS_FIRST = /^[\s,-]*(?:\p{Script=Han}|à)/u

const MORNING = '凌晨|清晨|早晨|早上|上午|午前|오전|早'
const NOON = '中午|正午'
const AFTERNOON = '下午|午后|午後|오후|傍晚|黄昏|黃昏'
const EVENING = '晚上|晚间|晚間|晚'
const NIGHT = '夜间|夜間|夜里|夜裡|夜晚|入夜|深夜|半夜|午夜|夜'
const HALF = String.raw`${MORNING}|${NOON}|${AFTERNOON}|${EVENING}|${NIGHT}|[ap]\.?m(?![a-z])\.?`
/** Behind a clock a single character may begin another word: 早报. */
const HALF_BEHIND = HALF.split('|')
  .filter((word) => word.length > 1)
  .join('|')

/** Names of zones before which a clock may have a point. */
const ZONE = '(?:gmt|utc|bst|cest|sgt|hkt|[cemp][sd]?t)'

const CLOCK = new RegExp(
  String.raw`(?:(${HALF})\s*)?(?<!\d:?|\+|\d-)(\d{1,2})` +
    String.raw`(?::(\d{2})(?::?(\d{2})(?:[.,:](\d{1,9}))?)?|[时時点點](?:(\d{1,2})分?(?:(\d{1,2})秒)?|(半|[一三]刻)|整)?|\s?(?:h|uhr)\s?(\d{2})(?!\.)|(?:\.(\d{2}))?(?=\s?(?:[ap]\.?m\b|uhr\b))|\.(\d{2})(?=\s?${ZONE}\b))` +
    String.raw`(?!\d)\s*(?:(${HALF_BEHIND})(?!\s?\d{1,2}(?!\d)))?`,
  'g',
)
/** What stands first in `10/11/2021`. */
export type First = 'day' | 'month'

/** What programs write, which `Date` reads as well: most need none of the other forms. */
const ISO_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)$/

/** A clock without colons stands directly behind its day. */
const BASIC_CLOCK =
  /^(?:t\s?)?(\d{2})(?:(\d{2})(?:(\d{2})[.,]?(\d{1,9})?)?)?(?![\d:时時点點])|^\s+(\d{2})(\d{2})(\d{2})?(?=\s|$|z|\+)/

/**
 * The moment that a text names, in ISO 8601 UTC with milliseconds: RFC 822, ISO 8601 with and without its marks, what
 * `Date` and `date` print, Chinese days and clocks (`2021年11月10日 下午3:37`, in Chinese numerals too), seconds to
 * nanoseconds since 1970. Null for a day without a clock, for what is no time, for what is no day of the calendar, and
 * where the small hours of a night (`深夜1:30`) may be those of either day. Which of `10/11/2021` is the month it does not
 * guess, but where one of them can be none, or `first` says it.
 *
 * @param zone The place of a clock that names no zone. CST is China's where its clock is.
 */
export function parseTime(source: string, zone: Zone, first: First | null = null): string | null {
  if (ISO_TIME.test(source)) return iso(Date.parse(source))
  if (/^\d{10}$/.test(source)) return fromUnix(source)
  const text = normalized(source)
  for (const time of momentsIn(text, zone, first)) return time
  return fromUnix(text)
}

/** The day of a text that names one in a form of `parseTime` and no clock, `YYYY-MM-DD`; `null` for every other text. */
export function parseDay(source: string, first: First | null = null): string | null {
  const text = normalized(source)
  for (const { midnight } of clockAt(text, 0) === null ? days(text, first) : [])
    return iso(midnight)?.slice(0, 10) ?? null
  return null
}

/** All that a text names of what `parseTime` reads, days of one form after those of another; seconds since 1970 apart. */
export function parseTimes(source: string, zone: Zone): string[] {
  return [...momentsIn(normalized(source), zone, null)].filter((time) => time !== null)
}

/** What stands first in the days of texts of one hand, where some of them tell (`25/11/2021`) and all agree; else `null`. */
export function firstIn(sources: readonly string[]): First | null {
  const told = sources.flatMap((source) => {
    const match = [...normalized(source).matchAll(SLASHED)][0]
    return match === undefined ? [] : (firstOf(match) ?? [])
  })
  return told.every((first) => first === told[0]) ? (told[0] ?? null) : null
}

function* momentsIn(text: string, zone: Zone, first: First | null): Generator<string | null> {
  for (const day of days(text, first)) {
    const clock = clockOf(text, day)
    if (clock === null) continue
    const wall = day.midnight + clock.ms
    const east = zone.offsetMs(wall - zone.offsetMs(wall)) / 60_000
    yield iso(wall - offsetOf(text, clock.end, wall, east) * 60_000)
  }
}

/** Milliseconds from midnight of a text that is a clock and nothing else, `下午3:37`; null for every other text. */
export function parseClock(source: string): number | null {
  const text = normalized(source)
  const match = clockAt(text, 0)
  return match !== null && match[0].length === text.length ? msOf(match) : null
}

interface Day {
  midnight: number
  /** Where it stands. */
  start: number
  end: number
}

/** What stands first in a day such as `25/11/2021`, where its numbers or the clock behind it tell. */
function firstOf(match: RegExpExecArray): First | null {
  const [, one, , other] = match
  if (Number(one) > 12 || DAY_IS_FIRST.test(match.input.slice(endOf(match)))) return 'day'
  return Number(other) > 12 ? 'month' : null
}

function* days(text: string, told: First | null): Generator<Day> {
  const year = /(?<![\d+-])(\d{4})(?!\d|\s*:)/.exec(text)?.[1]
  for (const form of FORMS) {
    for (const match of text.matchAll(form)) {
      const { year: own = year, month, day } = match.groups ?? {}
      yield* dayOf(match, own, month, day)
    }
  }
  for (const match of text.matchAll(SLASHED)) {
    const [, one, , other, ofYear] = match
    const first = firstOf(match) ?? told
    if (first === 'month' || one === other) yield* dayOf(match, ofYear, one, other)
    else if (first === 'day') yield* dayOf(match, ofYear, other, one)
  }
}

function* dayOf(match: RegExpExecArray, year = '', month = '', day = ''): Generator<Day> {
  const full = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year)
  const index = NAMES.findLastIndex((name) => name.test(month))
  const monthIndex = index === -1 ? Number.parseInt(month, 10) - 1 : index
  const midnight = Date.UTC(full, monthIndex, Number(day))
  // A day that its month has not is one of another.
  if (new Date(midnight).getUTCMonth() !== monthIndex) return
  const mark = /^\s?[日号號]/.exec(match.input.slice(endOf(match)))?.[0].length ?? 0
  yield { midnight, start: match.index, end: endOf(match) + mark }
}

interface Clock {
  ms: number
  /** Where the text goes on behind the clock. */
  end: number
}

/** The clock behind a day; else the one before it. */
function clockOf(text: string, day: Day): Clock | null {
  const behind = text.slice(day.end)
  const basic = BASIC_CLOCK.exec(behind)
  if (basic !== null) {
    const [, hour = basic[5], minute = basic[6], second = basic[7], fraction] = basic
    const ms = sum(Number(hour), minute, second, fraction)
    return ms === null ? null : { ms, end: day.end + basic[0].length }
  }
  const after = clockAt(text, day.end)
  if (after !== null && after.index - day.end <= MOST_BETWEEN) return clockFrom(after)
  const before = clockAt(text.slice(0, day.start), 0)
  if (before === null || day.start - endOf(before) > MOST_BETWEEN) return null
  const clock = clockFrom(before)
  // Where nothing stands between the two, the zone stands behind both.
  return clock !== null && /^[\s,]*$/.test(text.slice(clock.end, day.start)) ? { ...clock, end: day.end } : clock
}

function clockAt(text: string, from: number): RegExpExecArray | null {
  CLOCK.lastIndex = from
  return CLOCK.exec(text)
}

function clockFrom(match: RegExpExecArray): Clock | null {
  const ms = msOf(match)
  return ms === null ? null : { ms, end: endOf(match) }
}

function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length
}

function msOf(match: RegExpExecArray): number | null {
  const [, before, hour, minute, second, fraction, chineseMinute, chineseSecond, half, ...others] = match
  const [french, english, pointed, behind] = others
  const full = hour24(Number(hour), before ?? behind ?? '')
  if (full === null) return null
  const minutes = minute ?? chineseMinute ?? english ?? pointed ?? french ?? PARTS_OF_HOUR[half ?? '']
  return sum(full, minutes, second ?? chineseSecond, fraction)
}

const PARTS_OF_HOUR: Readonly<Record<string, string>> = { 一刻: '15', 半: '30', 三刻: '45' }

/** Hour 24 is the midnight that ends the day. */
function sum(hour: number, minute = '0', second = '0', fraction = '0'): number | null {
  const [minutes, seconds] = [Number(minute), Number(second)]
  const pastMidnight = hour === 24 ? minutes + seconds > 0 : hour > 24
  if (pastMidnight || minutes > 59 || seconds > 60) return null
  return hour * 3_600_000 + minutes * 60_000 + seconds * 1000 + Math.trunc(Number(`0.${fraction}`) * 1000)
}

const IS_MORNING = new RegExp(`^(?:${MORNING}|a)`)
const IS_NOON = new RegExp(`^(?:${NOON})`)
const IS_AFTERNOON = new RegExp(`^(?:${AFTERNOON}|p)`)

/** The hour of 24 of an hour of 12; null where a night's small hours may be those of either day. */
function hour24(hour: number, half: string): number | null {
  if (half === '' || hour > 12) return hour
  if (IS_MORNING.test(half)) return hour % 12
  if (IS_NOON.test(half)) return hour < 3 ? hour + 12 : hour
  if (IS_AFTERNOON.test(half)) return (hour % 12) + 12
  return hour >= 5 && hour < 12 ? hour + 12 : null
}

/** What counts which unit since 1970. What lies between may be a day and clock without marks, or anything. */
const UNITS = [
  { least: 1e8, limit: 1e10, ms: 1000 },
  { least: 3e11, limit: 1e13, ms: 1 },
  { least: 3e14, limit: 1e16, ms: 1e-3 },
  { least: 3e17, limit: 1e19, ms: 1e-6 },
]

/**
 * Seconds, milliseconds, microseconds or nanoseconds since 1970, told by their size, with or without a fraction; as .NET
 * writes them too, `/Date(1636529820000+0800)/`, whose zone changes nothing.
 */
function fromUnix(text: string): string | null {
  const bare = /^\/date (\d+)(?:[+-]\d{4})? \/$/.exec(text)?.[1] ?? text
  if (!/^\d{1,20}(?:\.\d{1,20})?(?:e\+?\d{1,2})?$/.test(bare)) return null
  const value = Number(bare)
  const unit = UNITS.find(({ least, limit }) => value >= least && value < limit)
  return unit === undefined ? null : iso(Math.round(value * unit.ms))
}

function iso(ms: number): string | null {
  const year = new Date(ms).getUTCFullYear()
  return Number.isNaN(year) || year < 1970 || year >= END_YEAR ? null : isoTime(ms)
}
