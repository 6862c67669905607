import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { idOfName } from '../../core/archive/path.ts'
import { archiveError, makeFolder, modeOf, removeDurably, syncFolder, writeDurably } from './durable.ts'
import { lookAt } from '../read.ts'
import { createNamer } from './namer.ts'
import { keepRevision, listRevisions } from './revisions.ts'
import { t } from '../../words/words.ts'

/** What mends an archive without losing anything; for the holder of the lock. Paths are relative to the archive. */
export interface Mender {
  removeLeftover(path: string): Promise<void>
  rewrite(path: string, text: string): Promise<void>
  /** The file of a story in a day's folder, other than `except`; `null` when none is there. */
  fileOf(day: string, id: string, except?: string): Promise<string | null>
  /** Moves a file to where nothing is; its path then, with a shorter name where the file system refuses it. */
  move(path: string, to: string): Promise<string>
  /**
   * Makes one file of two of a story: the text of `other` becomes the text of `path`, or one of its former texts, and
   * `other` is gone. True when the texts were the same.
   */
  absorb(path: string, other: string, otherIsLater: boolean): Promise<boolean>
}

function place(path: string): { day: string; id: string } {
  const [day = '', name = ''] = path.split('/')
  return { day, id: idOfName(name) ?? '' }
}

export function openMender(root: string): Mender {
  const at = (path: string): string => join(root, path)
  const takeName = createNamer()

  async function bytesOf(path: string): Promise<Buffer> {
    const found = await lookAt(at(path))
    if (found.kind === 'file') return found.bytes
    throw new Error(t`${path} changed while it was mended`)
  }

  async function isKept(day: string, id: string, text: Buffer): Promise<boolean> {
    for (const { file } of await listRevisions(root, day, id)) {
      const found = await lookAt(file)
      if (found.kind === 'file' && found.bytes.equals(text)) return true
    }
    return false
  }

  return {
    removeLeftover: (path) => removeDurably(at(path)),
    rewrite: async (path, text) => void (await writeDurably(at(path), text, await modeOf(at(path)))),
    async fileOf(day, id, except) {
      await makeFolder(root, [day])
      const name = (await readdir(join(root, day)))
        .toSorted()
        .find((other) => idOfName(other) === id && `${day}/${other}` !== except)
      return name === undefined ? null : `${day}/${name}`
    },
    async move(path, to) {
      const { day } = place(to)
      try {
        const name = await takeName(to.slice(day.length + 1), async (short) => {
          await rename(at(path), join(root, day, short))
          return true
        })
        await syncFolder(join(root, day))
        await syncFolder(join(root, place(path).day))
        return `${day}/${name}`
      } catch (error) {
        throw archiveError(error, 'move', path)
      }
    },
    async absorb(path, other, otherIsLater) {
      const { day, id } = place(path)
      const [text, otherText] = [await bytesOf(path), await bytesOf(other)]
      const same = text.equals(otherText)
      if (!same && otherIsLater) {
        const mode = await modeOf(at(path))
        await keepRevision(root, day, id, text, mode, true)
        await writeDurably(at(path), otherText, mode)
      } else if (!same && !(await isKept(day, id, otherText))) {
        await keepRevision(root, day, id, otherText, await modeOf(at(other)), true)
      }
      await removeDurably(at(other))
      return same
    },
  }
}
