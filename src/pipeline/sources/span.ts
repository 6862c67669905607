import { isInDays, monthsOf } from '../../core/archive/gap.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import { dayNamed } from '../../core/days.ts'
import { shownText } from '../../core/text/printable.ts'
import { dayIn, type Zone } from '../../core/time.ts'
import { UsageError } from '../../errors.ts'
import type { Lookup, LookupResult } from './lookup.ts'
import { type InUse, noSection } from '../configured/sections.ts'
import { t } from '../../words/words.ts'

/** Days, both included. */
export interface Span {
  from: string
  to: string
}

/**
 * The span that a user asks for, in days, months or spans back from now; `to` is today when not
 * given. Days are those of the first paper in use. Throws `UsageError` for no span of days, for one before all sitemaps, and
 * for one of no section.
 */
export function spanOf(
  from: string | null,
  to: string | null,
  inUse: readonly Pick<InUse, 'publisher'>[],
  nowMs: number,
): Span | null {
  if (from === null && to === null) return null
  if (from === null) throw new UsageError(t`--to needs --from, the first day to look up`)
  const [first] = inUse
  if (first === undefined) throw noSection()
  const { zone } = first.publisher
  const earliest = inUse.flatMap(({ publisher }) => publisher.sitemaps?.first ?? []).toSorted()[0] ?? '0000-00-00'
  const today = dayIn(zone, nowMs)
  const begin = dayOf('from', from, 'first', nowMs, zone)
  const last = to === null ? today : dayOf('to', to, 'last', nowMs, zone)
  if (begin > today)
    throw new UsageError(`--from: "${from}": ${t`that day is still to come; today is ${today} in ${zone.name}`}`)
  if (begin > last) throw new UsageError(t`--from: "${from}" is after --to "${to ?? today}"`)
  if (last < earliest) throw new UsageError(`--to: "${to}": ${t`the sitemaps of the site begin with ${earliest}`}`)
  return { from: begin < earliest ? earliest : begin, to: last > today ? today : last }
}

/** The day that an option names, as `dayNamed` reads it; throws `UsageError` where it names none. */
export function dayOf(option: string, text: string, end: 'first' | 'last', nowMs: number, zone: Zone): string {
  const day = dayNamed(text, end, nowMs, zone)
  if (day !== null) return day
  throw new UsageError(
    `--${option}: "${shownText(text)}": ${t`write a day such as 2026-09-01, a month, yesterday or 7d`}`,
  )
}

/** The monthly sitemaps of a span in the order asked for, each with what it names of the span and the sections in use. */
export async function* monthsIn(
  span: Span,
  inUse: readonly InUse[],
  order: 'newest' | 'oldest',
  lookup: Lookup,
): AsyncGenerator<LookupResult> {
  const months = monthsOf(span.from, span.to)
  for (const month of order === 'oldest' ? months : months.toReversed()) {
    for (const { origin, paths } of inUse) {
      const isWanted = (candidate: Candidate) =>
        isInDays(span, candidate) &&
        (paths === null || (candidate.section !== null && paths.includes(candidate.section)))
      for (const named of await lookup.month(month, origin))
        yield named.kind === 'unread' ? named : { ...named, candidates: named.candidates.filter(isWanted) }
    }
  }
}
