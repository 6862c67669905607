import { startOfDay, singaporeDay } from './time.ts'
import { parseDuration } from './units.ts'

const DAY_MS = 86_400_000

/**
 * The Singapore day that a text names, `YYYY-MM-DD`: a day, `today`, `yesterday`, a span back from now (`7d`), or a month
 * (`2026-11`) or year, of which it is the first day or the last. `null` when it names none.
 */
export function dayNamed(text: string, end: 'first' | 'last', nowMs: number): string | null {
  if (text === 'today') return singaporeDay(nowMs)
  if (text === 'yesterday') return singaporeDay(nowMs - DAY_MS)
  const back = text === '0' ? null : parseDuration(text)
  if (back !== null) return singaporeDay(nowMs - back)
  const [, year, month = end === 'first' ? '01' : '12'] = /^(\d{4})(?:-(\d{2}))?$/.exec(text) ?? []
  if (year === undefined) return startOfDay(text) === null ? null : text
  if (end === 'first') return startOfDay(`${year}-${month}-01`) === null ? null : `${year}-${month}-01`
  return (
    ['31', '30', '29', '28'].map((day) => `${year}-${month}-${day}`).find((day) => startOfDay(day) !== null) ?? null
  )
}
