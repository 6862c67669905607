import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { dayPattern, idOfName } from '../../core/archive/path.ts'
import { HASH_ID } from '../../core/identity.ts'
import { archiveError, errorCode, isFolder, writeDurably } from './durable.ts'
import { setAside } from './layout.ts'
import { decodeUtf8, readOwnFile } from '../read.ts'
import { t } from '../../words/words.ts'

/** A folder changed within this time of its reading may change again without its time changing (FAT: 2 s). */
const CLOCK_GRAIN_MS = 2_000

/** Where stories are whose URL names no day: their ids (hashes) by day folder. */
export interface Undated {
  /** The day whose folder held the story when it was read; `null` when none did. */
  dayOf(id: string): Promise<string | null>
  add(id: string, day: string): void
  save(): Promise<void>
}

interface Folder {
  /** The folder's change time when it was read, ms; 0 when that reading is not to be trusted. */
  mtimeMs: number
  ids: string[]
}

type Index = Record<string, Folder>

function isIndex(value: unknown): value is { version: 1; days: Index } {
  if (typeof value !== 'object' || value === null) return false
  const { version, days } = value as { version?: unknown; days?: unknown }
  if (version !== 1 || typeof days !== 'object' || days === null) return false
  return Object.entries(days).every(([day, folder]: [string, unknown]) => {
    if (!dayPattern.test(day) || typeof folder !== 'object' || folder === null) return false
    const { mtimeMs, ids } = folder as { mtimeMs?: unknown; ids?: unknown }
    return typeof mtimeMs === 'number' && Array.isArray(ids) && ids.every((id) => typeof id === 'string')
  })
}

async function load(path: string, report: (line: string) => void): Promise<Index> {
  const bytes = await readOwnFile(path)
  if (bytes === null) return {}
  try {
    const value: unknown = JSON.parse(decodeUtf8(bytes) ?? '')
    if (isIndex(value)) return value.days
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  await setAside(path, t`not an index`, report)
  return {}
}

async function readFolder(path: string, readAt: number): Promise<Folder> {
  const { mtimeMs } = await stat(path)
  const ids = (await readdir(path)).flatMap((name) => {
    const id = idOfName(name)
    return id !== null && HASH_ID.test(id) ? [id] : []
  })
  return { mtimeMs: mtimeMs < readAt - CLOCK_GRAIN_MS ? mtimeMs : 0, ids }
}

/** Scans all names for an id that is no hash: a story with a number whose URL names no day, or an impossible one, hence rare. */
async function searchAll(root: string, days: readonly string[], id: string): Promise<string | null> {
  for (const day of days) {
    const names = await readdir(join(root, day))
    if (names.some((name) => idOfName(name) === id)) return day
  }
  return null
}

/**
 * Opens the index of the stories whose URL names no day. It is a cache of folder listings: each folder whose time has
 * changed since is read again, so that a missing, old or foreign index costs time and never a story.
 */
export async function openUndated(root: string, report: (line: string) => void): Promise<Undated> {
  const path = join(root, '.zaobao', 'undated.json')
  const dayById = new Map<string, string>()
  const days: string[] = []
  const fresh: Index = {}
  let changed = false
  try {
    const former = await load(path, report)
    const readAt = Date.now()
    const entries = await readdir(root, { withFileTypes: true }).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return []
      throw error
    })
    for (const entry of entries) {
      if (!entry.isDirectory() || !dayPattern.test(entry.name)) continue
      const day = entry.name
      const known = former[day]
      const same = known !== undefined && known.mtimeMs !== 0 && (await stat(join(root, day))).mtimeMs === known.mtimeMs
      const folder = same ? known : await readFolder(join(root, day), readAt)
      changed ||= !same
      fresh[day] = folder
      days.push(day)
      for (const id of folder.ids) dayById.set(id, day)
    }
  } catch (error) {
    throw archiveError(error, 'read', root)
  }

  return {
    async dayOf(id) {
      return dayById.get(id) ?? (HASH_ID.test(id) ? null : searchAll(root, days, id))
    },
    add(id, day) {
      dayById.set(id, day)
      const folder = (fresh[day] ??= { mtimeMs: 0, ids: [] })
      folder.mtimeMs = 0
      if (HASH_ID.test(id)) folder.ids.push(id)
      changed = true
    },
    async save() {
      if (!changed || !(await isFolder(join(root, '.zaobao')))) return
      await writeDurably(path, JSON.stringify({ version: 1, days: fresh }))
    },
  }
}
