import { isKeptMessage } from './kept-words.ts'
import type { Candidate } from './plan.ts'
import { commonestFirst, countsOf } from '../groups.ts'
import type { Addresses } from '../identity.ts'
import type { Publisher } from '../publisher.ts'
import { byName, either, isCount, isText, isTime, listOf, type Of, oneOf, orAbsent, orNull, shaped } from '../shape.ts'
import { calendarNeighbours } from '../days.ts'
import { present } from '../present.ts'
import { t } from '../../words/words.ts'
import { CHINESE_ZONE, DAY_MS, dayIn, isoTime, startOfDay, UTC } from '../time.ts'
import { continues, identityOfWord, newerFirst, type ListPlace, wordOf } from './list-places.ts'

/** Stories as `wordOf` writes them, or addresses of sitemaps; else why there are none. */
const isTold = either(listOf(isText), oneOf('missing', 'unread'))
export type ToldMap = Of<typeof isTold>

/** So many stories of a list under a path that nobody knows tell that its section moved there: one of the most read has some of many. */
const LEAST_MOVED = 5

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

/** What a source showed, as far as gaps are concerned. */
export interface ShownList {
  source: string
  /** Stories of the paper, in the order of the list. */
  candidates: readonly Pick<Candidate, 'id' | 'day' | 'url' | 'publisher' | 'section'>[]
  /**
   * Those of them that are archived or queued: `polled` when a source once brought them, `given` when someone asked for
   * that very story, which says nothing of those before it.
   */
  known: ReadonlyMap<string, 'polled' | 'given'>
  /**
   * What this source, and others of its section, showed when all of it was archived or queued last, as `wordOf` writes
   * it, in the order of the list; none where that is not known.
   */
  before: readonly (readonly string[])[]
  /** Day in the address of the newest story that the source showed before; `null` when that is not known. */
  newestBefore: string | null
  /** The day on which the source was last read; `null` when that is not known. */
  lastRead: string | null
  /** The last day of which the archive holds a story of the sections; `null` when it holds none. */
  newestArchived: string | null
  /**
   * The first day of an archive all of whose notes are gone: stories that waited for another try may be among what was
   * forgotten. `null` where there are notes.
   */
  forgottenSince: string | null
  /** Sections in use, as paths; empty for those that the links name. */
  sections: readonly string[]
  /** The address of a list that was given by it; `null` for all other sources. */
  list: string | null
}

/** Days of which stories may be missing. */
export interface Noticed {
  /** What is looked up of them; `null` when all of it lies further back than that. */
  gap: Gap | null
  /** What lies too far back to be looked up; `null` when nothing does. */
  beyond: Gap | null
}

/**
 * The gap between what the archive holds and what a source shows now: `null` when the list touches known ground, or
 * when there is none. It ends with the newest story shown, for a list may show one old story among new ones.
 */
export function gapOf(
  shown: ShownList,
  maxGapMs: number,
  nowMs: number,
  addressOf: Addresses['addressOf'],
): Noticed | null {
  const { newestBefore, newestArchived, lastRead, forgottenSince, known } = shown
  const paper = shown.candidates[0]?.publisher ?? null
  const zone = paper?.zone ?? CHINESE_ZONE
  const furthest = dayIn(zone, nowMs - maxGapMs)
  const today = dayIn(zone, nowMs)
  const held = [newestBefore, newestArchived].filter((day) => day !== null)
  if (held.length === 0 || maxGapMs === 0) return null
  // A story may be dated ahead of its day: what was read yesterday is no ground of tomorrow.
  const ground = earliest([...held, lastRead ?? today, today])
  const stories = shown.candidates.flatMap(({ day, ...story }) => (day === null ? [] : [{ ...story, day }]))
  const isFresh = ({ id, day }: (typeof stories)[number]) => !known.has(id) && day >= ground
  const fresh = stories.filter(isFresh)
  const isTouching = touches(stories, isFresh, shown)
  if (stories.length === 0 || (isTouching && forgottenSince === null)) return null
  const ending = fresh.length > 0 ? fresh : stories
  const to = earliest([latest(ending.map(({ day }) => day)), dayIn(zone, nowMs + DAY_MS)])
  const start = isTouching ? furthest : ground
  if (start > to) return null
  const opened = (days: Pick<Gap, 'from' | 'to'>) => openGap({ ...shown, candidates: ending }, days, nowMs, addressOf)
  const beyond: Gap | null =
    start < furthest ? { ...opened({ from: start, to: earliest([to, furthest]) }), beyond: true } : null
  const from = latest([furthest, (isTouching ? forgottenSince : null) ?? start])
  if (from > to) return beyond === null ? null : { gap: null, beyond }
  return { gap: opened({ from, to }), beyond }
}

/** A gap of these days, noticed now, in the sections and the edition of what a source shows. */
function openGap(
  { source, candidates, sections, list }: Pick<ShownList, 'source' | 'candidates' | 'sections' | 'list'>,
  days: Pick<Gap, 'from' | 'to'>,
  nowMs: number,
  addressOf: Addresses['addressOf'],
): Gap {
  const paper = candidates[0]?.publisher ?? null
  const linked = candidates.flatMap(({ section }) => section ?? [])
  const own = (sections.length > 0 ? movedTo(linked, sections, paper) : linked).flatMap(
    (path) => paper?.sections.sisters?.(path) ?? [path],
  )
  return {
    source,
    origin: mostOf(candidates.map(({ url }) => new URL(addressOf(url)).origin)),
    sections: [...new Set([...sections, ...own])].toSorted(),
    ...present({ list }),
    ...days,
    noticed: isoTime(nowMs),
    lastTried: null,
    reason: null,
  }
}

/**
 * Paths to which the sections in use moved, of the `linked` ones of a list: those of no section that has a name, with more than a few
 * stories each, where most of its stories lie there.
 */
function movedTo(linked: readonly string[], sections: readonly string[], paper: Publisher | null): string[] {
  const known = new Set([
    ...sections,
    ...(paper?.sections.names ?? []).flatMap((name) => paper!.sections.pathsOf(name)),
  ])
  const counts = countsOf(linked.filter((path) => !known.has(path)))
  const strange = linked.filter((path) => (counts.get(path) ?? 0) >= LEAST_MOVED)
  return strange.length * 2 > linked.length ? strange : []
}

/** The first of days, or of times, as texts. */
function earliest(days: readonly string[]): string {
  return days.toSorted()[0] ?? ''
}

/** The last of them. */
function latest(days: readonly string[]): string {
  return days.toSorted().at(-1) ?? ''
}

/**
 * Whether a list goes on from known ground. Without a memory of what it showed, stories that a source once brought are
 * that, where they stand below all that is new.
 */
function touches<T extends { id: string; day: string }>(
  stories: readonly T[],
  isFresh: (story: T) => boolean,
  { before, known, newestBefore }: ShownList,
): boolean {
  const places = stories.map((story) => ({ word: wordOf(story), isNews: isFresh(story) }))
  if (before.length > 0) return before.some((words) => continues(olderApart(places, words), datedOnly(words)))
  if (!places.some(({ isNews }) => isNews)) return true
  const polled = stories.filter(({ id, day }) =>
    newestBefore === null ? known.has(id) : known.get(id) === 'polled' && day >= newestBefore,
  )
  return continues(places, polled.map(wordOf))
}

/** Where stories were withdrawn, a list shows older ones than before: they are no news. */
function olderApart(places: readonly ListPlace[], before: readonly string[]): ListPlace[] {
  const oldest = before.toSorted(newerFirst).at(-1) ?? ''
  return places.map(({ word, isNews }) => ({ word, isNews: isNews && newerFirst(word, oldest) < 0 }))
}

function datedOnly(words: readonly string[]): string[] {
  return words.filter((word) => identityOfWord(word).day !== null)
}

function mostOf(values: readonly string[]): string {
  return commonestFirst(countsOf(values))[0]?.[0] ?? ''
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
