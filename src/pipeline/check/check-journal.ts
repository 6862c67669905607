import type { JournalEntry } from '../../core/archive/journal.ts'
import { isExcluded } from '../../core/archive/plan.ts'
import type { QueueEntry } from '../../core/archive/queue.ts'
import { EMPTY_STATE } from '../../core/archive/state.ts'
import { isOlderText } from '../../core/archive/stored.ts'
import { idKey, problemOf, writeAnew } from '../../core/archive/verify.ts'
import { HASH_ID } from '../../core/identity.ts'
import { journalOf } from '../../edge/archive/journal.ts'
import { readState } from '../../edge/archive/state.ts'
import type { Store } from '../../edge/store/store.ts'
import { ArchiveError, unlessLocal } from '../../errors.ts'
import { addresses, identify, sectionOf } from '../../sites/publishers.ts'
import { type Message, message } from '../../words/words.ts'
import type { Survey } from './check-days.ts'
import { readOrProblem, unreadable } from './check-file.ts'

/**
 * Tells what the journal says that the archive had, and that is nowhere, or is what it was before; of what `exclude` names nothing. What
 * waits to be tried again is read when the first story is gone.
 */
export async function verifyJournal(survey: Survey, exclude: readonly string[]): Promise<void> {
  const { archive, journal, io, ids, odd, stray, tell } = survey
  let queued: ReadonlyMap<string, QueueEntry> | null = null
  for (const day of await journal.days()) {
    const noted = await journal.latest(day).catch(unreadable)
    if (noted instanceof ArchiveError) {
      await tell(problemOf(journalOf(day), 'unreadable', noted.words))
      continue
    }
    const former = await journal.former(day)
    for (const entry of noted.values()) {
      const { id, path, url } = entry
      io.signal.throwIfAborted()
      if (isExcluded({ id, url: url ?? '', section: url === undefined ? null : sectionOf(url) }, exclude)) continue
      await compareWithFormer(entry, former.get(id) ?? [], survey)
      // A file that cannot be read is there all the same; one that was moved to its day, or became one with another of its
      // story, was seen there. What is in its place is named already, and fetch writes none there.
      const own = url === undefined || !HASH_ID.test(id) ? id : identify(url).id
      if (
        odd.has(path) ||
        stray.has(id) ||
        ids.has(idKey(id)) ||
        ids.has(idKey(own)) ||
        (await unlessLocal(archive.find({ id, day }), '')) !== null
      )
        continue
      await tell(problemOf(path, 'gone', fateOf((queued ??= await queuedIn(archive.store)).get(id))))
    }
  }
}

async function queuedIn(store: Store): Promise<ReadonlyMap<string, QueueEntry>> {
  const { queue } = await readState(store, () => undefined).catch(() => EMPTY_STATE)
  return new Map(queue.map((entry) => [entry.id, entry]))
}

/** What becomes of a story that is gone. */
function fateOf(queued: QueueEntry | undefined): Message {
  return queued?.nextTry === null
    ? message`the journal names it, and fetch gave it up: ${queued.reason}; a backup may have it, exclude leaves it out`
    : message`the journal names it; fetch has it again, exclude leaves it out`
}

/** Tells where a file holds one of the texts that its story had before: few have any. */
async function compareWithFormer(
  { id, path: noted, digest }: JournalEntry,
  former: readonly JournalEntry[],
  { archive, tell }: Survey,
): Promise<void> {
  if (former.length === 0) return
  const path = await unlessLocal(archive.find({ id, day: noted.slice(0, 10) }), null)
  const text = path === null ? null : await readOrProblem(path, archive)
  if (path === null || typeof text !== 'string' || !isOlderText(text, { digest }, former)) return
  const anew = writeAnew(path, text, addresses)
  await tell(problemOf(path, 'older', message`a former text, as where a backup came back; ${anew}`))
}
