import { digestOf, entryOfImport, isUntold, type JournalEntry } from '../../core/archive/journal.ts'
import { idOfPath } from '../../core/archive/path.ts'
import { isoTime } from '../../core/time.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import type { Journal } from '../../edge/archive/journal.ts'
import type { PlacedStory } from './story.ts'

/** Stories of which notes are written at once: a day's are one write. What a dead run did not note, the next one does. */
const AT_ONCE = 500

/** Notes in the journal which stories an import found a place for, so that one that goes is missed. */
export interface ImportNotes {
  add(there: PlacedStory): Promise<void>
  /** Writes what still waits. */
  close(): Promise<void>
}

/** `ImportNotes` that add nothing for a story of which something is noted, but what an import before it was not told of its text. */
export function openImportNotes(archive: Archive, journal: Journal, now: () => number): ImportNotes {
  let waiting: PlacedStory[] = []

  async function write(): Promise<void> {
    const stories = waiting
    waiting = []
    const days = new Set(stories.map(({ path }) => path.slice(0, 10)))
    const noted = new Map<string, JournalEntry>()
    for (const day of days)
      for (const entry of (await journal.latest(day)).values()) noted.set(`${day}/${entry.id}`, entry)
    const isNew = ({ path, text, told }: PlacedStory) => {
      const known = noted.get(`${path.slice(0, 10)}/${idOfPath(path)}`)
      return known === undefined || (told !== null && isUntold(known) && known.digest === digestOf(text))
    }
    await Promise.all(stories.filter(isNew).map(note))
  }

  async function note({ path, url, text, told }: PlacedStory): Promise<void> {
    const id = idOfPath(path)
    const revision = (await archive.revisions(path)).length + 1
    const fetched = isoTime(now())
    if (id !== null) await journal.append(entryOfImport({ id, path, url, text, told, revision, fetched }))
  }

  return {
    async add(there) {
      waiting.push(there)
      if (waiting.length >= AT_ONCE) await write()
    },
    close: write,
  }
}
