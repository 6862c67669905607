import { isoTime, singaporeTime } from '../../core/time.ts'

const CHINESE =
  /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(上午|下午|中午|凌晨|早上|晚上|AM|PM)?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM)?/i
const ISO = /(\d{4})-(\d{1,2})-(\d{1,2})[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?/i
const SLASHED_YEAR_FIRST = /(\d{4})\/(\d{1,2})\/(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM)?/i
/** The global site wrote this, month first, into its ld+json. */
const MONTH_FIRST = /(\d{1,2})\/(\d{1,2})\/(\d{4})\s+-\s+(\d{1,2}):(\d{2})/
/** Drupal 7 shows the day first. */
const DAY_FIRST = /(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM)?/i
const AFTERNOON = /下午|晚上|PM/i
const NOON = /中午/

/** Times stand at the beginning of what shows them. */
const TEXT_MAX_LENGTH = 1000

function hour24(hour: number, half: string | undefined): number {
  if (half === undefined || half === '') return hour
  if (NOON.test(half)) return hour < 3 ? hour + 12 : hour
  if (AFTERNOON.test(half)) return hour < 12 ? hour + 12 : hour
  return hour === 12 ? 0 : hour
}

function singapore(fields: Array<string | undefined>, half?: string): number | null {
  const [year, month, day, hour, minute, second] = fields.map((field) => Number(field ?? 0))
  return singaporeTime(year ?? 0, month ?? 0, day ?? 0, hour24(hour ?? 0, half), minute ?? 0, second ?? 0)
}

function zoned(match: RegExpExecArray, zone: string): number | null {
  const wall = singapore(match.slice(1, 7))
  if (wall === null) return null
  const [, sign, hours, minutes] = /([+-])(\d{2}):?(\d{2})/.exec(zone) ?? ['', '+', '0', '0']
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return wall + (8 * 60 - offset) * 60_000
}

function unix(text: string): number | null {
  const value = Number(text)
  const ms = text.length >= 12 ? value : value * 1000
  return ms > 0 && ms < 8.64e15 ? Math.round(ms) : null
}

function fromText(text: string): number | null {
  if (/^\d{9,14}(?:\.\d+)?$/.test(text)) return unix(text)
  const iso = ISO.exec(text)
  if (iso !== null) return iso[7] === undefined ? singapore(iso.slice(1, 7)) : zoned(iso, iso[7])
  const chinese = CHINESE.exec(text)
  if (chinese !== null) {
    return singapore([...chinese.slice(1, 4), ...chinese.slice(5, 8)], chinese[8] ?? chinese[4])
  }
  const slashed = SLASHED_YEAR_FIRST.exec(text)
  if (slashed !== null) return singapore(slashed.slice(1, 7), slashed[7])
  const american = MONTH_FIRST.exec(text)
  if (american !== null) return singapore([american[3], american[1], american[2], american[4], american[5]])
  const british = DAY_FIRST.exec(text)
  if (british === null) return null
  return singapore([british[3], british[2], british[1], british[4], british[5], british[6]], british[7])
}

/**
 * A time as Zaobao writes it anywhere: RFC 3339, ISO without zone (Singapore), `2021年1月22日 3:33 PM`, `MM/DD/YYYY - HH:mm`,
 * `DD/MM/YYYY HH:mm`, Unix seconds or milliseconds as number or text. ISO 8601 UTC; `null` for a day without a clock
 * and for what is no time.
 */
export function readTime(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const ms = fromText(String(value).slice(0, TEXT_MAX_LENGTH).replaceAll('\u00a0', ' ').trim())
  return ms === null ? null : isoTime(ms)
}

/** The first of several that names a time; a function among them is asked only when none before it does. */
export function firstTime(...values: unknown[]): string | null {
  for (const value of values) {
    const time = readTime(typeof value === 'function' ? (value as () => unknown)() : value)
    if (time !== null) return time
  }
  return null
}
