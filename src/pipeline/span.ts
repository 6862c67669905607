import { isInDays, monthsOf } from '../core/archive/gap.ts'
import { sectionOf } from '../core/identity.ts'
import type { Candidate } from '../core/archive/plan.ts'
import { singaporeDay, startOfDay } from '../core/time.ts'
import { UsageError } from '../errors.ts'
import type { Lookup, Named } from './lookup.ts'
import type { InUse } from './sections.ts'

/** The site keeps sitemaps from this month on. */
const FIRST_DAY = '2016-01-01'

/** Days, both included. */
export interface Span {
  from: string
  to: string
}

/** The span that a user asks for; `to` is today in Singapore when not given. Throws `UsageError` for no span of days. */
export function spanOf(from: string | null, to: string | null, nowMs: number): Span | null {
  if (from === null && to === null) return null
  if (from === null) throw new UsageError('--to needs --from, the first day to look up')
  const today = singaporeDay(nowMs)
  for (const [option, day] of Object.entries({ from, to: to ?? today })) {
    if (startOfDay(day) === null) throw new UsageError(`--${option}: "${day}": write a day such as 2026-09-01`)
  }
  const last = to ?? today
  if (from > today) throw new UsageError(`--from: "${from}": that day is still to come; today is ${today} in Singapore`)
  if (from > last) throw new UsageError(`--from: "${from}" is after --to "${last}"`)
  if (last < FIRST_DAY) throw new UsageError(`--to: "${last}": the sitemaps of the site begin with ${FIRST_DAY}`)
  return { from: from < FIRST_DAY ? FIRST_DAY : from, to: last > today ? today : last }
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
