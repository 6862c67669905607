/** No date is longer; what stands behind is not read. */
const LONGEST_DATE = 120

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const DAY_MONTH_YEAR = new RegExp(
  String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s.,-]+(${MONTHS.join('|')})[a-z]*[\s.,-]+(\d{4}|\d{2})(?!\d|:)`,
)
const MONTH_DAY = new RegExp(String.raw`\b(${MONTHS.join('|')})[a-z]*[\s.]+(\d{1,2})(?:st|nd|rd|th)?\b(?!:)`)

/** Zones that RFC 822 names, and those that feeds name besides; minutes east of Greenwich. CST is told by the feed. */
const ZONES = new Map(
  Object.entries({
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    wet: 0,
    bst: 60,
    west: 60,
    cet: 60,
    met: 60,
    cest: 120,
    eet: 120,
    eest: 180,
    msk: 180,
    ist: 330,
    ict: 420,
    wib: 420,
    sgt: 480,
    hkt: 480,
    myt: 480,
    pht: 480,
    bjt: 480,
    awst: 480,
    jst: 540,
    kst: 540,
    aest: 600,
    aedt: 660,
    nzst: 720,
    nzdt: 780,
    edt: -240,
    est: -300,
    cdt: -300,
    mst: -420,
    mdt: -360,
    pdt: -420,
    pst: -480,
    akst: -540,
    hst: -600,
  }),
)

/** Singapore, China, Taiwan and Hong Kong keep one clock: +08:00. */
const CHINESE_CLOCK = 480
const US_CENTRAL = -360

interface Day {
  year: number
  month: number
  day: number
}

/**
 * The moment that a feed's date names, in ISO 8601 UTC with milliseconds: RFC 822, RFC 3339, what `Date` prints in
 * several languages, Chinese dates, seconds or milliseconds since 1970. Null for a day without a time, for what is no
 * date, and for what is no day of the calendar.
 *
 * @param chinese The feed speaks Chinese: CST is China's, and a clock without a zone is +08:00 (else UTC).
 */
export function parseDate(source: string, chinese: boolean): string | null {
  const text = source
    .slice(0, LONGEST_DATE)
    .replace(/\([^)]*\)|（[^）]*）/g, ' ')
    .trim()
    .toLowerCase()
  if (/^\d{9,13}$/.test(text)) return iso(Number(text) * (text.length > 11 ? 1 : 1000))
  const day = findDay(text)
  const clock = findClock(text)
  if (day === null || clock === null) return null
  const midnight = Date.UTC(day.year, day.month - 1, day.day)
  if (new Date(midnight).getUTCDate() !== day.day || new Date(midnight).getUTCMonth() !== day.month - 1) return null
  const offset = findOffset(text.slice(clock.end), chinese)
  return iso(midnight + clock.ms - offset * 60_000)
}

function iso(ms: number): string | null {
  const date = new Date(ms)
  const year = date.getUTCFullYear()
  return Number.isNaN(year) || year < 1970 || year > 9999 ? null : date.toISOString()
}

function findDay(text: string): Day | null {
  const numeric = /(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)/.exec(text)
  if (numeric !== null) return dayOf(numeric[1]!, Number(numeric[2]), numeric[3]!)
  const compact = /^(\d{4})(\d{2})(\d{2})(?=t|\s|$)/.exec(text)
  if (compact !== null) return dayOf(compact[1]!, Number(compact[2]), compact[3]!)
  const dayFirst = DAY_MONTH_YEAR.exec(text)
  if (dayFirst !== null) return dayOf(dayFirst[3]!, monthOf(dayFirst[2]!), dayFirst[1]!)
  const monthFirst = MONTH_DAY.exec(text)
  const year = /(?<![\d+-])(\d{4})(?!\d)(?!\s*:)/.exec(text)
  if (monthFirst !== null && year !== null) return dayOf(year[1]!, monthOf(monthFirst[1]!), monthFirst[2]!)
  return null
}

function dayOf(year: string, month: number, day: string): Day {
  const full = year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900)
  return { year: full, month, day: Number(day) }
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name) + 1
}

interface Clock {
  ms: number
  /** Where the text goes on behind the clock. */
  end: number
}

function findClock(text: string): Clock | null {
  const match =
    /(?<![\d:])(上午|下午|晚上|凌晨)?\s*(\d{1,2})[:：时點点](\d{2})分?(?:[:：]?(\d{2})秒?(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\b\.?)?/.exec(
      text,
    ) ?? /(?<=^\d{8}t)()(\d{2})(\d{2})(\d{2})?/.exec(text)
  if (match === null) return null
  const half = match[6]?.startsWith('p') === true || match[1] === '下午' || match[1] === '晚上' ? 'pm' : null
  const hour = hourOf(Number(match[2]), half ?? (match[6] === undefined ? null : 'am'))
  const minute = Number(match[3])
  const second = Number(match[4] ?? 0)
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null
  const fraction = Math.trunc(Number(`0.${match[5] ?? 0}`) * 1000)
  return { ms: hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction, end: match.index + match[0].length }
}

function hourOf(hour: number, half: 'am' | 'pm' | null): number {
  if (half === null || hour > 12) return hour
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}

/** Minutes east of Greenwich, read from what follows the clock. */
function findOffset(rest: string, chinese: boolean): number {
  const numeric = /^\s*(?:gmt|utc|ut)?\s*([+-])\s*(\d{1,2}):?(\d{2})?(?!\d)/.exec(rest.replace('−', '-'))
  if (numeric !== null) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0)
    return numeric[1] === '-' ? -minutes : minutes
  }
  const name = /^[\s,]*([a-z]{1,5})\b/.exec(rest)?.[1]
  if (name === 'cst') return chinese ? CHINESE_CLOCK : US_CENTRAL
  return ZONES.get(name ?? '') ?? (chinese ? CHINESE_CLOCK : 0)
}
