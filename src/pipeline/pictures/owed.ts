import type { JournalEntry } from '../../core/archive/journal.ts'
import { idOfPath } from '../../core/archive/path.ts'
import { isoTime } from '../../core/time.ts'
import { unlessLocal } from '../../errors.ts'
import type { Run } from '../run.ts'

/** Writes down, before stories are stored, that pictures of theirs will be owed: a run that dies leaves them to the next one. */
export async function expectPictures(run: Run): Promise<void> {
  if (run.state.unpictured !== undefined) return
  run.found.pictures.owed = false
  run.remember({ unpictured: isoTime(run.io.now()) })
  await run.saveState()
}

/** The stories that a run which died stored, and whose pictures it did not come to. */
export async function owedBefore({ archive, journal, state, found }: Run): Promise<string[]> {
  const { unpictured } = state
  if (unpictured === undefined || !found.pictures.owed) return []
  const isSince = async (path: string): Promise<boolean> =>
    ((await archive.store.stat(path))?.modifiedMs ?? 0) >= Date.parse(unpictured)
  const paths: string[] = []
  for (const day of await archive.days()) {
    const entries = await unlessLocal(journal.latest(day), new Map<string, JournalEntry>())
    for (const path of await unlessLocal(archive.stories(day), [])) {
      const entry = entries.get(idOfPath(path) ?? '')
      // A run may die between a story's file and its entry.
      if (entry === undefined ? await isSince(path) : entry.fetched >= unpictured) paths.push(path)
    }
  }
  return paths
}

/** All that was owed stands in the queue. */
export function forgetOwed(run: Run): void {
  run.found.pictures.owed = true
  if (run.state.unpictured !== undefined) run.remember({ unpictured: undefined })
}
