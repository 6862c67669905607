import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type JournalEntry, readJournal } from '../../core/archive/journal.ts'
import { dayPattern, idOfName, ownNameOf } from '../../core/archive/path.ts'
import { readOwnFile } from '../read.ts'
import { archiveError, errorCode, isFolder, sweep } from './durable.ts'

/** A listing of that age is read again before a file is made: a sync, or a pull, may have brought the story since. */
const FRESH_MS = 1000

/** Listings of this many days are kept in memory; a backfill passes thousands. */
const MAX_LISTINGS = 64

/** File systems keep times as coarsely as this (FAT). */
const CLOCK_GRAIN_MS = 2_000

/** What a day's folder holds. */
export interface Listing {
  /** File name by story id; its own where sync programs left copies beside it. */
  stories: Map<string, string>
  /** Names that a story has but no plain file. */
  odd: Set<string>
  readAt: number
}

/** The folders of an archive's days. */
export interface Listings {
  /** A day's listing, read once. */
  of(day: string): Promise<Listing>
  /** The same, read again where it is older than a moment. */
  fresh(day: string): Promise<Listing>
}

/** `mayClean`: what a dead run left in a day's folder is cleared. */
export function openListings(root: string, mayClean: boolean): Listings {
  const listings = new Map<string, Promise<Listing>>()

  function of(day: string): Promise<Listing> {
    const known = listings.get(day) ?? listDay(root, day, mayClean)
    listings.delete(day)
    listings.set(day, known)
    const oldest = listings.keys().next().value
    if (listings.size > MAX_LISTINGS && oldest !== undefined) listings.delete(oldest)
    return known
  }

  return {
    of,
    async fresh(day) {
      const known = await of(day)
      if (Date.now() - known.readAt < FRESH_MS) return known
      listings.delete(day)
      return of(day)
    },
  }
}

async function listDay(root: string, day: string, mayClean: boolean): Promise<Listing> {
  const folder = join(root, day)
  const listing: Listing = { stories: new Map(), odd: new Set(), readAt: Date.now() }
  const entries = await entriesOf(folder)
  const names = entries.map((entry) => entry.name)
  if (mayClean) await sweep(folder, names)
  const copied = new Map<string, string[]>()
  for (const entry of entries) {
    const id = idOfName(entry.name)
    if (id === null) continue
    const first = listing.stories.get(id)
    if (!entry.isFile()) listing.odd.add(entry.name)
    else if (first === undefined) listing.stories.set(id, entry.name)
    else copied.set(id, [...(copied.get(id) ?? [first]), entry.name])
  }
  if (copied.size === 0) return listing
  const noted = await notesOf(root, day)
  for (const [id, ofStory] of copied) {
    const own = ownNameOf(ofStory, noted.get(id)?.path.slice(day.length + 1) ?? null)
    if (own !== null) listing.stories.set(id, own)
  }
  return listing
}

/** What a folder holds; nothing where it is not there, or is a link. */
async function entriesOf(folder: string) {
  if (!(await isFolder(folder))) return []
  return readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw archiveError(error, 'read', folder)
  })
}

/** What the journal says of a day, read where a story has several files alone. */
async function notesOf(root: string, day: string): Promise<ReadonlyMap<string, JournalEntry>> {
  const bytes = await readOwnFile(join(root, '.zaobao', 'journal', `${day}.ndjson`))
  return readJournal(bytes?.toString('utf8') ?? '').latest
}

/** Story files of a day, in order of their names. */
export async function storiesOf(root: string, day: string): Promise<string[]> {
  if (!dayPattern.test(day)) return []
  return (await entriesOf(join(root, day)))
    .filter((entry) => entry.isFile() && idOfName(entry.name) !== null)
    .map((entry) => `${day}/${entry.name}`)
    .toSorted()
}

/** Days that have a folder, in order. */
export async function daysOf(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory() && dayPattern.test(entry.name))
      .map((entry) => entry.name)
      .toSorted()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw archiveError(error, 'read', root)
  }
}

/** Those days in whose folder a name came or went at a time (ms) or later. */
export async function daysChangedSince(root: string, ms: number): Promise<ReadonlySet<string>> {
  const changed = new Set<string>()
  for (const day of await daysOf(root)) {
    const path = join(root, day)
    const { ctimeMs } = await lstat(path).catch((error: unknown) => {
      throw archiveError(error, 'look at', path)
    })
    // Not the time of modification: what restores a backup sets that back.
    if (ctimeMs >= ms - CLOCK_GRAIN_MS) changed.add(day)
  }
  return changed
}
