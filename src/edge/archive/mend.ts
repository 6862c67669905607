import { idOfName } from '../../core/archive/path.ts'
import type { FileFound } from '../read.ts'
import type { Store } from '../store/store.ts'
import { createNamer } from './namer.ts'
import { keepRevision, listRevisions, type Place } from './revisions.ts'
import { t } from '../../words/words.ts'

/** What mends an archive without losing anything; for the holder of the lock. Paths are relative to the archive. */
export interface Mender {
  removeLeftover(path: string): Promise<void>
  rewrite(path: string, text: string): Promise<void>
  /** The files of stories in a day's folder with what says whose they are: their ids. */
  filesOf(day: string): Promise<{ path: string; id: string }[]>
  /** Moves a file, and its former texts, to where nothing is; its path then, with a shorter name where the file system refuses it. */
  move(path: string, to: string): Promise<string>
  /**
   * Makes one file of two of a story: the text of `other` becomes the text of `path`, or one of its former texts, and
   * `other` is gone, its former texts behind those of `path`. True when the texts were the same.
   */
  absorb(path: string, other: string, otherIsLater: boolean): Promise<boolean>
}

function placeOf(path: string): Place {
  const [day = '', name = ''] = path.split('/')
  return { day, id: idOfName(name) ?? '' }
}

export function openMender(store: Store): Mender {
  const takeName = createNamer()

  async function read(path: string): Promise<FileFound> {
    const found = await store.get(path)
    if (found.kind === 'file') return found
    throw new Error(t`${path} changed while it was mended`)
  }

  async function isKept(place: Place, text: Buffer): Promise<boolean> {
    for (const { path } of await listRevisions(store, place)) {
      const found = await store.get(path)
      if (found.kind === 'file' && found.bytes.equals(text)) return true
    }
    return false
  }

  /** Former texts go where their story goes, one after the other: a run that dies between loses none. */
  async function carryRevisions(from: Place, to: Place): Promise<void> {
    if (from.day === to.day && from.id === to.id) return
    for (const revision of await listRevisions(store, from)) {
      const found = await store.get(revision.path)
      if (found.kind !== 'file') continue
      if (!(await isKept(to, found.bytes))) await keepRevision(store, to, found, revision.isKept)
      await store.remove(revision.path)
    }
  }

  return {
    removeLeftover: (path) => store.remove(path),
    async rewrite(path, text) {
      await store.replace(path, text, { mode: (await store.stat(path))?.mode ?? null })
    },
    async filesOf(day) {
      const paths = (await store.list(day)).map(({ name }) => `${day}/${name}`).toSorted()
      return paths.map((path) => ({ path, id: placeOf(path).id })).filter(({ id }) => id !== '')
    },
    async move(path, to) {
      await carryRevisions(placeOf(path), placeOf(to))
      const { day } = placeOf(to)
      const name = await takeName(to.slice(day.length + 1), async (short) => {
        await store.move(path, `${day}/${short}`)
        return true
      })
      return `${day}/${name}`
    },
    async absorb(path, other, otherIsLater) {
      const place = placeOf(path)
      await carryRevisions(placeOf(other), place)
      const [own, others] = [await read(path), await read(other)]
      const same = own.bytes.equals(others.bytes)
      if (!same && otherIsLater) {
        await keepRevision(store, place, own, true)
        await store.replace(path, others.bytes, { mode: own.mode })
      } else if (!same && !(await isKept(place, others.bytes))) await keepRevision(store, place, others, true)
      await store.remove(other)
      return same
    },
  }
}
