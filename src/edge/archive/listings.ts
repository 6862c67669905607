import { getOrMake } from '../../core/get-or-make.ts'
import { readJournal } from '../../core/archive/journal.ts'
import { dayPattern, idOfName, ownNameOf } from '../../core/archive/path.ts'
import { latestOf } from '../../core/latest.ts'
import type { Store } from '../store/store.ts'
import { journalText } from './journal.ts'

/** A listing of that age is read again before a file is made: a sync, or a pull, may have brought the story since. */
const FRESH_MS = 1000

/** Listings of this many days are kept in memory; a backfill passes thousands. */
const MAX_LISTINGS = 64

/** File systems keep times as coarsely as this (FAT). */
export const CLOCK_GRAIN_MS = 2_000

/** What a day's folder holds. */
interface DayListing {
  /** File name by story id; its own where sync programs left copies beside it. */
  stories: Map<string, string>
  /** Names that a story has but no plain file. */
  odd: Set<string>
  readAt: number
}

/** Opens the folders of an archive's days. */
export function openListings(store: Store) {
  const listings = latestOf<Promise<DayListing>>(MAX_LISTINGS)

  /** A day's listing, read once. */
  function of(day: string): Promise<DayListing> {
    return getOrMake(listings, day, () => listDay(store, day))
  }

  return {
    of,
    /** The same, read again where it is older than a moment. */
    async fresh(day: string): Promise<DayListing> {
      const known = await of(day)
      if (Date.now() - known.readAt < FRESH_MS) return known
      listings.delete(day)
      return of(day)
    },
  }
}

async function listDay(store: Store, day: string): Promise<DayListing> {
  const listing: DayListing = { stories: new Map(), odd: new Set(), readAt: Date.now() }
  const copied = new Map<string, string[]>()
  for (const { name, kind } of await store.list(day)) {
    const id = idOfName(name)
    if (id === null) continue
    const first = listing.stories.get(id)
    if (kind !== 'file') listing.odd.add(name)
    else if (first === undefined) listing.stories.set(id, name)
    else copied.set(id, [...(copied.get(id) ?? [first]), name])
  }
  if (copied.size === 0) return listing
  // What the journal says is read where a story has several files alone.
  const noted = readJournal(await journalText(store, day), day).latest
  for (const [id, ofStory] of copied) {
    const own = ownNameOf(ofStory, noted.get(id)?.path.slice(day.length + 1) ?? null)
    if (own !== null) listing.stories.set(id, own)
  }
  return listing
}

/** Story files of a day, in order of their names. */
export async function storiesOf(store: Store, day: string): Promise<string[]> {
  if (!dayPattern.test(day)) return []
  return (await store.list(day))
    .filter(({ name, kind }) => kind === 'file' && idOfName(name) !== null)
    .map(({ name }) => `${day}/${name}`)
    .toSorted()
}

/** Days that have a folder, in order. */
export async function daysOf(store: Store): Promise<string[]> {
  return (await store.list(''))
    .filter(({ name, kind }) => kind === 'folder' && dayPattern.test(name))
    .map(({ name }) => name)
    .toSorted()
}

/** Those days in whose folder a name came or went at a time (ms) or later. */
export async function daysChangedSince(store: Store, ms: number): Promise<ReadonlySet<string>> {
  const changed = new Set<string>()
  for (const day of await daysOf(store)) {
    // Not the time of modification: what restores a backup sets that back.
    if (((await store.stat(day))?.changedMs ?? 0) >= ms - CLOCK_GRAIN_MS) changed.add(day)
  }
  return changed
}
