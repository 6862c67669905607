import { isKeptMessage } from './kept-words.ts'
import type { Candidate } from './plan.ts'
import { byName, either, isCount, isText, isTime, listOf, type Of, oneOf, orAbsent, orNull, shaped } from '../shape.ts'
import { calendarNeighbours } from '../days.ts'
import { t } from '../../words/words.ts'
import { DAY_MS, dayIn, startOfDay, UTC } from '../time.ts'

/** Stories as `wordOf` writes them, or addresses of sitemaps; else why there are none. */
const isTold = either(listOf(isText), oneOf('missing', 'unread'))
export type ToldMap = Of<typeof isTold>

export const isGap = shaped({
  /** Name of the source whose list no longer reached the known ground. */
  source: isText,
  /** Scheme and host of the edition that its links name. */
  origin: isText,
  /** Sections in use, as paths: `realtime/china`. */
  sections: listOf(isText),
  /** The list whose own pages tell best what is missing: one that was given by its address. Absent for all others. */
  list: orAbsent(isText),
  /** First and last day (`YYYY-MM-DD`, of the paper's clock), both included. */
  from: isText,
  to: isText,
  noticed: isTime,
  lastTried: orNull(isTime),
  /** What could not be reached, one line; `null` before the first try. */
  reason: orNull(isKeptMessage),
  /** By address, what was told in a try that goes on with the next run, whose turns were too few. Absent for all others. */
  told: orAbsent(byName(isTold)),
  /** Stories that tries found missing so far. Absent before the first one. */
  missing: orAbsent(isCount),
  /** It lay further back than may be looked when it was noticed: it waits for a user, or for more leave. Absent for all others. */
  beyond: orAbsent(oneOf(true)),
  /** Nothing is known to list them any more: it is shown for a time, for a user. Absent for all others. */
  lost: orAbsent(oneOf(true)),
  /** Time of the newest story that its source showed when it was lost. Absent for all others, and in what older versions wrote. */
  newest: orAbsent(isTime),
})

/** Days of which stories may have fallen out of a source's window between two polls. Kept until they were looked up, or given up. */
export type Gap = Of<typeof isGap>

/** The first of days, or of times, as texts. */
export function earliest(days: readonly string[]): string {
  return days.toSorted()[0] ?? ''
}

/** The last of them. */
export function latest(days: readonly string[]): string {
  return days.toSorted().at(-1) ?? ''
}

/** Gaps of one edition (or list) and the same sections whose days overlap are one: several sources notice the same at once. */
export function joinGaps(gaps: readonly Gap[]): Gap[] {
  const joined: Gap[] = []
  for (const gap of gaps) {
    const at = joined.findIndex((other) => overlaps(other, gap))
    const other = joined[at]
    if (other === undefined) {
      joined.push(gap)
      continue
    }
    joined.splice(at, 1)
    const [from, to] = [earliest([other.from, gap.from]), latest([other.to, gap.to])]
    // What was tried before is still open, days that were not tried yet are to be tried now.
    const covered = from === other.from && to === other.to
    const { told: _told, ...open } = other
    const both = {
      ...(covered ? other : { ...open, from, to, lastTried: null }),
      ...missingOf([other, gap]),
      ...newestOf([other, gap]),
    }
    // The wider gap may meet one that neither half met.
    joined.splice(0, joined.length, ...joinGaps([...joined, both]))
  }
  return joined
}

/** What tries found missing of several gaps, for a value that leaves it out where none was tried. */
function missingOf(gaps: readonly Gap[]): Pick<Gap, 'missing'> {
  const counts = gaps.flatMap(({ missing }) => missing ?? [])
  return counts.length === 0 ? {} : { missing: counts.reduce((sum, count) => sum + count, 0) }
}

/** When the source of what is lost was last known to show new stories, for a value that leaves it out of any other gap. */
function newestOf(gaps: readonly Gap[]): Pick<Gap, 'newest'> {
  const times = gaps.flatMap(({ newest }) => newest ?? [])
  return times.length === 0 ? {} : { newest: latest(times) }
}

/** What is lost day by day goes on: such gaps are one where their days touch, too. */
function overlaps(a: Gap, b: Gap): boolean {
  const reached = ({ to, lost }: Gap): string => (lost === true ? calendarNeighbours(to)[1] : to)
  return isAlike(a, b) && a.beyond === b.beyond && a.from <= reached(b) && b.from <= reached(a)
}

/** True for gaps of one edition (or list) and the same sections; of what nothing lists, for those of one source. */
function isAlike(a: Gap, b: Gap): boolean {
  if (a.lost !== b.lost || (a.lost === true && a.source !== b.source)) return false
  return a.origin === b.origin && a.list === b.list && String(a.sections) === String(b.sections)
}

/**
 * What lies too far back to be looked up without the last days of it that an open gap has, which is looked up however far back it
 * lies by now; `null` where nothing is left.
 */
export function withoutOpen(beyond: Gap, open: readonly Gap[]): Gap | null {
  const holdsEnd = (gap: Gap): boolean => gap.beyond !== true && gap.from <= beyond.to && gap.to >= beyond.to
  const starts = open.filter((gap) => isAlike(gap, beyond) && holdsEnd(gap)).map(({ from }) => from)
  const to = earliest([...starts, beyond.to])
  return starts.length > 0 && to <= beyond.from ? null : { ...beyond, to }
}

/** The part of a publisher's stories that sitemaps were looked up for: of an edition, in the sections of these paths, `null` for all. */
interface Looked {
  origin: string
  paths: readonly string[] | null
}

/** The gaps that stay open when the sitemaps of some days, both included, were looked up: what of their days lies outside. */
export function openAfter(gaps: readonly Gap[], days: Pick<Gap, 'from' | 'to'>, looked: readonly Looked[]): Gap[] {
  const isLooked = ({ origin, sections }: Gap): boolean =>
    sections.length > 0 &&
    looked.some((one) => one.origin === origin && sections.every((path) => one.paths?.includes(path) ?? true))
  return gaps.flatMap((gap) => {
    if (gap.to < days.from || gap.from > days.to || !isLooked(gap)) return [gap]
    const before = gap.from < days.from ? [{ ...gap, to: calendarNeighbours(days.from)[0] }] : []
    if (gap.to <= days.to) return before
    // Of which days the missing ones were is not known: one of the two parts counts them.
    const { missing: _missing, ...uncounted } = gap
    return [...before, { ...(before.length > 0 ? uncounted : gap), from: calendarNeighbours(days.to)[1] }]
  })
}

/** The days of a gap, in words. */
export function daysInWords({ from, to }: Pick<Gap, 'from' | 'to'>): string {
  return from === to ? from : t`${from} to ${to}`
}

/** True for a story of the gap's days. */
export function isInDays({ from, to }: Pick<Gap, 'from' | 'to'>, { day }: Pick<Candidate, 'day'>): boolean {
  return day !== null && day >= from && day <= to
}

/** True for a day of which stories may be missing. */
export function isOpenDay(day: string, gaps: readonly Pick<Gap, 'from' | 'to'>[]): boolean {
  return gaps.some((gap) => isInDays(gap, { day }))
}

/** True for a story of the gap's days and sections. */
export function isInGap(
  gap: Pick<Gap, 'from' | 'to' | 'sections'>,
  story: Pick<Candidate, 'day' | 'section'>,
): boolean {
  return isInDays(gap, story) && story.section !== null && gap.sections.includes(story.section)
}

/** The months (`YYYY-MM`) of a span of days, both days included. */
export function monthsOf(from: string, to: string): string[] {
  const months = new Set<string>()
  for (let ms = startOfDay(UTC, from) ?? 0; ms <= (startOfDay(UTC, to) ?? 0); ms += DAY_MS)
    months.add(dayIn(UTC, ms).slice(0, 7))
  return [...months]
}
