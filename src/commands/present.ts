import { type Archive, openArchive } from '../edge/archive/archive.ts'
import { type Journal, openJournal } from '../edge/archive/journal.ts'
import { openStore } from '../edge/store/open.ts'
import type { Store } from '../edge/store/store.ts'
import { ArchiveError } from '../errors.ts'
import type { Io } from '../io.ts'
import { message } from '../words/words.ts'

/**
 * The archive at `place`, opened to be read, or to be mended with `write`. What stands in the way of reading it is told to
 * `say`. Throws `ArchiveError` where it cannot be used, and where there is none.
 */
export async function openPresent(
  place: string,
  say: (line: string) => void,
  io: Pick<Io, 'cwd'>,
  write = false,
): Promise<{ store: Store; archive: Archive; journal: Journal }> {
  const store = openStore(place, io.cwd)
  const archive = await openArchive(store, { write, keepRevisions: 1, report: say })
  if (!(await store.exists())) {
    throw new ArchiveError(message`there is no archive at ${place}; fetch makes one, --archive names another`)
  }
  return { store, archive, journal: openJournal(store, say) }
}
