import { hasMergeMarks } from '../../core/archive/stored.ts'
import { problemOf } from '../../core/archive/verify.ts'
import { OWN } from '../../edge/archive/own-files.ts'
import { idsWithRevisions, listRevisions } from '../../edge/archive/revisions.ts'
import { unlessLocal } from '../../errors.ts'
import { message } from '../../words/words.ts'
import type { Survey } from './check-days.ts'

const BOTH_SIDES = message`it holds the marks of a merge that was not finished; leave one of the two texts`

/**
 * Tells which former texts hold both sides of a merge, as where two machines kept each its own under one number. What was kept for good
 * of a file that held them has them by right.
 */
export async function verifyFormer({ archive, io, tell }: Pick<Survey, 'archive' | 'io' | 'tell'>): Promise<void> {
  const { store } = archive
  const folders = (await unlessLocal(store.list(`${OWN}/revisions`), [])).filter(({ kind }) => kind === 'folder')
  for (const day of folders.map(({ name }) => name).toSorted()) {
    for (const id of [...(await unlessLocal(idsWithRevisions(store, day), []))].toSorted()) {
      io.signal.throwIfAborted()
      const former = (await unlessLocal(listRevisions(store, { day, id }), [])).filter(({ isKept }) => !isKept)
      // One at a time: there may be more than a process may have open.
      for (const revision of former) {
        const text = await unlessLocal(archive.formerText(revision), null)
        if (hasMergeMarks(text ?? '')) await tell(problemOf(revision.path, 'format', BOTH_SIDES))
      }
    }
  }
}
