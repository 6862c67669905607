import { digestOf, entryOfFile, isUntold, type JournalEntry } from '../../core/archive/journal.ts'
import { idOfPath, placeOfPath } from '../../core/archive/path.ts'
import { isoTime } from '../../core/time.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import type { Journal } from '../../edge/archive/journal.ts'
import { numberAfter } from '../../edge/archive/revisions.ts'
import type { PlacedStory } from './story.ts'

/** Stories of which notes are written at once: a day's are one write. What a dead run did not note, the next one does. */
const AT_ONCE = 500

/**
 * What notes in the journal which stories an import found a place for, so that one that goes is missed. Nothing is added for a story of
 * which something is noted, but what was told of a text that an import made the story's, or that an import before it was not told of.
 */
export function openImportNotes(archive: Archive, journal: Journal, now: () => number) {
  let waiting: PlacedStory[] = []

  async function write(): Promise<void> {
    const stories = waiting
    waiting = []
    const days = new Set(stories.map(({ path }) => placeOfPath(path).day))
    const noted = new Map<string, JournalEntry>()
    for (const day of days)
      for (const entry of (await journal.latest(day)).values()) noted.set(`${day}/${entry.id}`, entry)
    const isNew = async ({ path, text, told }: PlacedStory): Promise<boolean> => {
      const known = noted.get(`${placeOfPath(path).day}/${idOfPath(path)}`)
      if (known === undefined) return true
      if (told === null || isUntold(told)) return false
      // Of an archive whose stories came back from a backup the notes tell of a later text than the file.
      if (known.digest !== digestOf(text)) return known.revision < (await revisionOf(path))
      return known.origin === 'import' && isUntold(known)
    }
    await Promise.all(stories.map(async (story) => ((await isNew(story)) ? note(story) : undefined)))
  }

  async function revisionOf(path: string): Promise<number> {
    return numberAfter(await archive.revisions(path))
  }

  async function note({ path, url, text, told }: PlacedStory): Promise<void> {
    const id = idOfPath(path)
    const revision = await revisionOf(path)
    const fetched = isoTime(now())
    if (id !== null) await journal.append(entryOfFile({ id, path, url, text, told, revision, fetched }))
  }

  return {
    async add(there: PlacedStory): Promise<void> {
      waiting.push(there)
      if (waiting.length >= AT_ONCE) await write()
    },
    /** Writes what still waits. */
    close: write,
  }
}
