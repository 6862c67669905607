import { idOfName } from '../../core/archive/path.ts'
import type { FileFound } from '../read.ts'
import type { Store } from '../store/store.ts'
import { unlessLocal } from '../../errors.ts'
import { createNamer } from './namer.ts'
import { OWN } from './own-files.ts'
import { keepRevision, listRevisions, type StoryPlace, type Revision } from './revisions.ts'
import { t } from '../../words/words.ts'

/**
 * What mends an archive without losing anything; for the holder of the lock. Paths are relative to the archive. A folder out of which
 * the last file was taken goes with it.
 */
export interface Mender {
  removeLeftover(path: string): Promise<void>
  rewrite(path: string, text: string): Promise<void>
  /** The files of stories in a day's folder with what says whose they are: their ids. */
  filesOf(day: string): Promise<{ path: string; id: string }[]>
  /** Moves a file, and its former texts, to where nothing is. Its path then: the name is shorter where the system wants it so. */
  move(path: string, to: string): Promise<string>
  /**
   * Makes one file of two of a story: the text of `other` becomes the text of `path`, or one of its former texts, and
   * `other` is gone, its former texts behind those of `path`. Where the text that does not stand is kept for good; `null` when
   * the texts were the same.
   */
  absorb(path: string, other: string, otherIsLater: boolean): Promise<string | null>
}

function placeOf(path: string): StoryPlace {
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

  /** The former text of a story that is this very one; of two, that which is never dropped. */
  async function revisionOf(place: StoryPlace, text: Buffer): Promise<Revision | null> {
    let same: Revision | null = null
    for (const revision of await listRevisions(store, place)) {
      const found = await store.get(revision.path)
      if (found.kind === 'file' && found.bytes.equals(text) && same?.isKept !== true) same = revision
    }
    return same
  }

  /** Former texts go where their story goes, one after the other: a run that dies between loses none. */
  async function carryRevisions(from: StoryPlace, to: StoryPlace): Promise<void> {
    if (from.day === to.day && from.id === to.id) return
    for (const revision of await listRevisions(store, from)) {
      const found = await store.get(revision.path)
      if (found.kind !== 'file') continue
      if ((await revisionOf(to, found.bytes)) === null) await keepRevision(store, to, found, revision.isKept)
      await store.remove(revision.path)
    }
  }

  /** What was taken out of a folder may have been all that was in it; the program's own folders stay. */
  async function dropEmptied(path: string): Promise<void> {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    if (folder === '' || folder.split('/')[0] === OWN) return
    if (await unlessLocal(store.removeFolder(folder), false)) await dropEmptied(folder)
  }

  return {
    async removeLeftover(path) {
      await store.remove(path)
      await dropEmptied(path)
    },
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
      await dropEmptied(path)
      return `${day}/${name}`
    },
    async absorb(path, other, otherIsLater) {
      const place = placeOf(path)
      await carryRevisions(placeOf(other), place)
      const [own, others] = [await read(path), await read(other)]
      const former = otherIsLater ? own : others
      const same = own.bytes.equals(others.bytes)
      if (!same && (otherIsLater || (await revisionOf(place, former.bytes)) === null))
        await keepRevision(store, place, former, true)
      if (!same && otherIsLater) await store.replace(path, others.bytes, { mode: own.mode })
      await store.remove(other)
      await dropEmptied(other)
      return same ? null : ((await revisionOf(place, former.bytes))?.path ?? null)
    },
  }
}
