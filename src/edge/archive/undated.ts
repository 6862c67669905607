import { readJournal } from '../../core/archive/journal.ts'
import { dayPattern, idOfName } from '../../core/archive/path.ts'
import { UNDATED_ID } from '../../core/identity.ts'
import {
  both,
  byName,
  type Check,
  isNumber,
  isObject,
  isText,
  listOf,
  type Of,
  parsedAs,
  shaped,
} from '../../core/shape.ts'
import { decodeUtf8 } from '../read.ts'
import type { Store } from '../store/store.ts'
import { CLOCK_GRAIN_MS, daysOf } from './listings.ts'
import { journalText } from './journal.ts'
import { OWN, setAside } from './own-files.ts'
import { ArchiveError, unlessLocal } from '../../errors.ts'
import { message, t } from '../../words/words.ts'

/** Where stories are whose URL names no day: their ids by day folder. */
export interface Undated {
  /**
   * The day whose folder held the story when it was read; `null` when none did. Throws a local `ArchiveError` where one that cannot be
   * read may hold it: written under another day it would be there twice.
   */
  dayOf(id: string): Promise<string | null>
  add(id: string, day: string): void
  save(): Promise<void>
}

const isFolder = shaped({
  /** The folder's change time when it was read, ms; 0 when that reading is not to be trusted. */
  mtimeMs: isNumber,
  ids: listOf(isText),
})

type Folder = Of<typeof isFolder>

const INDEX = `${OWN}/undated.json`
/** The first one knew no ids but hashes. */
const VERSION = 2

type Index = Record<string, Folder>

const isByDay = ((value) => isObject(value) && Object.keys(value).every((day) => dayPattern.test(day))) as Check<object>

const isIndex = shaped({ version: isNumber, days: both(isByDay, byName(isFolder)) })

async function load(store: Store, report: (line: string) => void): Promise<Index> {
  const found = await store.get(INDEX)
  // What is no file is named, or moved out of the way, with all others of its kind.
  if (found.kind !== 'file') return {}
  const value = parsedAs(isIndex, decodeUtf8(found.bytes) ?? '')
  if (value !== null) return value.version === VERSION ? value.days : {}
  await setAside(store, INDEX, t`not an index`, report)
  return {}
}

async function readFolder(store: Store, day: string, mtimeMs: number, readAt: number): Promise<Folder> {
  const ids = (await store.list(day)).flatMap(({ name }) => {
    const id = idOfName(name)
    return id !== null && UNDATED_ID.test(id) ? [id] : []
  })
  // One that changed within the grain may change again without its time changing.
  return { mtimeMs: mtimeMs < readAt - CLOCK_GRAIN_MS ? mtimeMs : 0, ids }
}

/** The ids that a day's journal names; none where there is no journal. */
async function notedOf(store: Store, day: string): Promise<string[]> {
  return [...readJournal(await unlessLocal(journalText(store, day), ''), day).latest.keys()]
}

/** Scans all names for a number that stands alone, whose URL names no day, or an impossible one: hence rare. */
async function searchAll(store: Store, days: readonly string[], id: string): Promise<string | null> {
  for (const day of days) {
    if ((await unlessLocal(store.list(day), [])).some(({ name }) => idOfName(name) === id)) return day
  }
  return null
}

/**
 * Opens the index of the stories whose URL names no day. It is a cache of folder listings: each folder whose time has
 * changed since is read again, so that a missing, old or foreign index costs time and never a story.
 */
export async function openUndated(store: Store, report: (line: string) => void): Promise<Undated> {
  const dayById = new Map<string, string>()
  /** A day of whose stories nothing tells: its folder cannot be read, and it has no journal. */
  let shut: string | null = null
  const fresh: Index = {}
  let changed = false
  const former = await load(store, report)
  const readAt = Date.now()
  for (const day of await daysOf(store)) {
    const known = former[day]
    const mtimeMs = (await store.stat(day))?.modifiedMs ?? 0
    const same = known !== undefined && known.mtimeMs !== 0 && mtimeMs === known.mtimeMs
    const read = same ? known : await unlessLocal(readFolder(store, day, mtimeMs, readAt), null)
    // Of a folder that cannot be read what was known stands: its stories fail by themselves, and no others.
    const noted = read === null ? await notedOf(store, day) : []
    if (read === null && noted.length === 0) shut ??= day
    const ids = [...(known?.ids ?? []), ...noted.filter((id) => UNDATED_ID.test(id))]
    const folder = read ?? { mtimeMs: 0, ids: [...new Set(ids)] }
    // A folder that holds what it held is no reason to write: the next run that has one does.
    changed ||= !same && folder.ids.toSorted().join() !== known?.ids.toSorted().join()
    fresh[day] = folder
    for (const id of folder.ids) dayById.set(id, day)
  }

  return {
    async dayOf(id) {
      const day = dayById.get(id) ?? (UNDATED_ID.test(id) ? null : await searchAll(store, Object.keys(fresh), id))
      if (day === null && shut !== null && UNDATED_ID.test(id))
        throw new ArchiveError(message`the folder of ${shut} cannot be read, and may hold the story`, { isLocal: true })
      return day
    },
    add(id, day) {
      dayById.set(id, day)
      const folder = (fresh[day] ??= { mtimeMs: 0, ids: [] })
      folder.mtimeMs = 0
      if (UNDATED_ID.test(id)) folder.ids.push(id)
      changed = true
    },
    async save() {
      if (!changed || (await store.stat(OWN)) === null) return
      await store.replace(INDEX, JSON.stringify({ version: VERSION, days: fresh }))
    },
  }
}
