const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The three forms of RFC 9110, 5.6.7: of today, of RFC 850, of C's asctime. All are in GMT. */
const DATE_FORMS = [
  /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
]

/** A year of two digits that would lie more than 50 years ahead is of the century before (RFC 9110, 5.6.7). */
function fullYear(digits: string, nowMs: number): number {
  if (digits.length === 4) return Number(digits)
  const thisYear = new Date(nowMs).getUTCFullYear()
  const year = thisYear - (thisYear % 100) + Number(digits)
  return year > thisYear + 50 ? year - 100 : year
}

function parseHttpDate(text: string, nowMs: number): number | null {
  const fields = DATE_FORMS.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined)
  if (fields === undefined) return null
  const month = MONTHS.indexOf(fields['month'] ?? '')
  const [hour = 0, minute = 0, second = 0] = (fields['time'] ?? '').split(':').map(Number)
  const time = Date.UTC(fullYear(fields['year'] ?? '', nowMs), month, Number(fields['day']), hour, minute, second)
  // What is no day of the calendar would be another one.
  const isTime = new Date(time).getUTCDate() === Number(fields['day']) && hour < 24 && minute < 60 && second <= 60
  return month >= 0 && isTime ? time : null
}

/**
 * The instant (ms since 1970) that a `Retry-After` header names: seconds from `nowMs`, or an HTTP date (RFC 9110,
 * 10.2.3). May lie in the past. `null` when the header is absent or neither.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? ''
  return /^\d+$/.test(text) ? nowMs + Number(text) * 1000 : parseHttpDate(text, nowMs)
}
