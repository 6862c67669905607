import { type BigIntStats, constants, lstatSync, readdirSync, statSync } from 'node:fs'
import { access, readdir } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { kindOf, lookAt, type Marks, marksOf, nameInCloud } from '../../read.ts'
import type { StoreEntry, Store } from '../store.ts'
import {
  appendDurably,
  folderExists,
  isFolder,
  makeFolder,
  makeFolderTree,
  moveDurably,
  ownerOfTemporary,
  removeDurably,
  removeEmptyFolder,
  writeDurably,
} from './durable.ts'
import { archiveError, errorCode, isOfNothing } from '../../file-errors.ts'
import { acquireLock, type HeldLock } from './lock.ts'

/** Of a path and the folders above it the nearest that is a folder, by whichever links; `null` where none is. */
function folderAbove(path: string, wanted: BigIntStats): string | null {
  const found = folderAt(path)
  if (found?.ino === wanted.ino && found.dev === wanted.dev) return path
  const above = dirname(path)
  return above === path ? null : folderAbove(above, wanted)
}

/** What is no folder, or cannot be looked at, is none. */
function folderAt(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true })
  } catch {
    return null
  }
}

/** The folder of a name. */
const folderOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')))

const UNLESS_GONE = { throwIfNoEntry: false } as const
const OUTSIDE = /^\/|(?:^|\/)\.\.(?:\/|$)/

/**
 * A folder as a store: `named` from the working folder `cwd`. The folder may be a link; nothing in it is followed that is
 * one. What is written stands first in a temporary file beside its place; what dead runs left of those goes before the
 * first write into their folder.
 */
export function openFiles(named: string, cwd: string): Store {
  const root = resolve(cwd, named)
  /** What others, dead by the time that this run writes, left in the folders that were looked at. */
  const left = new Map<string, string[]>()
  let held: HeldLock | null = null

  function at(name: string): string {
    if (OUTSIDE.test(name)) throw new RangeError(`no name in a store: ${JSON.stringify(name)}`)
    return join(root, name)
  }

  const isThere = (folder: string): boolean => folder === '' || isFolder(at(folder))

  async function list(folder: string): Promise<StoreEntry[]> {
    const path = at(folder)
    const entries: StoreEntry[] = []
    const temporaries: string[] = []
    try {
      const there = isThere(folder) ? await readdir(path, { withFileTypes: true }) : []
      for (const found of there) {
        const inCloud = folder === '' ? null : nameInCloud(found.name)
        if (inCloud !== null && there.some((other) => other.name === inCloud)) continue
        const name = inCloud ?? found.name
        const owner = ownerOfTemporary(name)
        if (owner === 'another') temporaries.push(name)
        if (owner !== 'this') entries.push({ name, kind: owner === null ? kindOf(found) : 'temporary' })
      }
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw archiveError(error, 'read', path)
    }
    left.set(folder, temporaries)
    return entries
  }

  function namesIn(folder: string): string[] {
    try {
      return isThere(folder) ? readdirSync(at(folder)) : []
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw archiveError(error, 'read', at(folder))
      return []
    }
  }

  async function stat(name: string): Promise<Marks | null> {
    try {
      return marksOf(lstatSync(at(name), { bigint: true }))
    } catch (error) {
      if (isOfNothing(error)) return null
      throw archiveError(error, 'look at', at(name))
    }
  }

  /** Makes the folder of a name ready to be written into. */
  async function prepare(name: string): Promise<void> {
    const folder = folderOf(name)
    await held?.check()
    await makeFolder(root, folder)
    if (!left.has(folder)) await list(folder)
    for (const temporary of left.get(folder) ?? []) await removeDurably(join(at(folder), temporary))
    left.set(folder, [])
  }

  return {
    async get(name, maxBytes) {
      return isThere(folderOf(name)) ? lookAt(at(name), maxBytes) : { kind: 'absent' }
    },
    async putIfAbsent(name, content) {
      await prepare(name)
      return writeDurably(at(name), content, null, async () => (await stat(name)) === null)
    },
    async replace(name, content, { mode = null, version } = {}) {
      await prepare(name)
      const isStill = async (): Promise<boolean> => version === undefined || (await stat(name))?.version === version
      return writeDurably(at(name), content, mode, isStill)
    },
    async append(name, lines) {
      await prepare(name)
      await appendDurably(at(name), lines)
    },
    async move(from, to) {
      await prepare(to)
      await moveDurably(at(from), at(to))
    },
    async remove(name) {
      await held?.check()
      await removeDurably(at(name))
    },
    async removeFolder(name) {
      await held?.check()
      return removeEmptyFolder(at(name))
    },
    list,
    stat,
    async folders(folder) {
      const path = at(folder)
      const found = new Map<string, number>()
      for (const name of namesIn(folder)) {
        try {
          // There are thousands: each promise would take longer than the call that it waits for.
          const marks = lstatSync(`${path}${sep}${name}`, UNLESS_GONE)
          if (marks?.isDirectory() === true) found.set(name, marks.mtimeMs)
        } catch (error) {
          throw archiveError(error, 'look at', join(path, name))
        }
      }
      return found
    },

    exists: () => folderExists(root),
    make: () => makeFolderTree(root),
    async checkWritable() {
      let path = root
      while (!(await folderExists(path))) path = dirname(path)
      try {
        await access(path, constants.W_OK | constants.X_OK)
      } catch (error) {
        throw archiveError(error, 'write into', path)
      }
    },
    async lock(folder, options) {
      await makeFolder(root, folder)
      held = await acquireLock(root, at(folder), options, () => left.clear())
      return held
    },

    place: (name = '') => at(name),
    shown: (name) => join(named, name),
    nameOf(path) {
      const whole = resolve(cwd, path)
      const own = whole === root || whole.startsWith(join(root, sep)) ? null : folderAt(root)
      const top = own === null ? root : folderAbove(whole, own)
      const name = top === null ? '..' : relative(top, whole).split(sep).join('/')
      return /^\.\.(?:\/|$)/.test(name) ? null : name
    },
  }
}
