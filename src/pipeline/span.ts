import { isInDays, monthsOf } from '../core/archive/gap.ts'
import { sectionOf } from '../core/identity.ts'
import type { Candidate } from '../core/archive/plan.ts'
import { dayNamed } from '../core/days.ts'
import { singaporeDay } from '../core/time.ts'
import { UsageError } from '../errors.ts'
import type { Lookup, Named } from './lookup.ts'
import type { InUse } from './sections.ts'
import { t } from '../words/words.ts'

/** The site keeps sitemaps from this month on. */
const FIRST_DAY = '2016-01-01'

/** Days, both included. */
export interface Span {
  from: string
  to: string
}

/** The span that a user asks for, in days, months or spans back from now; `to` is today in Singapore when not given. Throws `UsageError` for no span of days. */
export function spanOf(from: string | null, to: string | null, nowMs: number): Span | null {
  if (from === null && to === null) return null
  if (from === null) throw new UsageError(t`--to needs --from, the first day to look up`)
  const today = singaporeDay(nowMs)
  const first = dayOf('from', from, 'first', nowMs)
  const last = to === null ? today : dayOf('to', to, 'last', nowMs)
  if (first > today)
    throw new UsageError(`--from: "${from}": ${t`that day is still to come; today is ${today} in Singapore`}`)
  if (first > last) throw new UsageError(t`--from: "${from}" is after --to "${to ?? today}"`)
  if (last < FIRST_DAY) throw new UsageError(`--to: "${to}": ${t`the sitemaps of the site begin with ${FIRST_DAY}`}`)
  return { from: first < FIRST_DAY ? FIRST_DAY : first, to: last > today ? today : last }
}

function dayOf(option: string, text: string, end: 'first' | 'last', nowMs: number): string {
  const day = dayNamed(text, end, nowMs)
  if (day !== null) return day
  throw new UsageError(`--${option}: "${text}": ${t`write a day such as 2026-09-01, a month, yesterday or 7d`}`)
}

/** The monthly sitemaps of a span in the order asked for, each with what it names of the span and the sections in use. */
export async function* monthsIn(
  span: Span,
  inUse: readonly InUse[],
  order: 'newest' | 'oldest',
  lookup: Lookup,
): AsyncGenerator<Named> {
  const months = monthsOf(span.from, span.to)
  for (const month of order === 'oldest' ? months : months.toReversed()) {
    for (const { origin, paths } of inUse) {
      const isWanted = (candidate: Candidate) => {
        const section = sectionOf(candidate.url)
        return isInDays(span, candidate) && (paths === null || (section !== null && paths.includes(section)))
      }
      for (const named of await lookup.month(month, origin))
        yield named.kind === 'unread' ? named : { ...named, candidates: named.candidates.filter(isWanted) }
    }
  }
}
