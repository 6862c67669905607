import { commonestFirst, countsOf } from '../groups.ts'
import type { Addresses } from '../identity.ts'
import { present } from '../present.ts'
import type { Publisher } from '../publisher.ts'
import { CHINESE_ZONE, DAY_MS, dayIn, isoTime } from '../time.ts'
import { earliest, type Gap, latest } from './gap.ts'
import { continues, identityOfWord, newerFirst, type ListPlace, wordOf } from './list-places.ts'
import type { Candidate } from './plan.ts'

/** So many stories of a list under a path that nobody knows tell that its section moved there: one of the most read has some of many. */
const LEAST_MOVED = 5

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
