import { type Candidate, inOrder } from '../../core/archive/plan.ts'
import { plural, said, t } from '../../words/words.ts'
import type { Run } from '../run.ts'
import { archiveAll } from '../story/archive-all.ts'
import { firstTurn, inBatches } from '../story/batches.ts'
import type { LookupResult } from './lookup.ts'

/** What became of the groups of stories: those that were read, those that could not be, and of these who asked for a pause. */
export interface Done {
  failed: boolean
  read: number
  unread: number
  waits: number
}

/** Archives stories that someone gave, then those that the sitemaps of months name, each once. */
export async function archiveGroups(
  given: readonly Candidate[],
  months: AsyncIterable<LookupResult> | readonly LookupResult[],
  order: 'newest' | 'oldest',
  run: Run,
): Promise<Done> {
  const done: Done = { failed: false, read: 0, unread: 0, waits: 0 }
  const turn = firstTurn(run)
  // Days and lists name their stories as addresses do: what failed before is asked for again.
  const named = new Set<string>()
  const asked: (readonly Candidate[])[] = []
  const take = async (more: readonly Candidate[]) => {
    // A story that was named before was asked for, and is not again where that failed.
    const candidates = more.filter(({ id }) => !named.has(id))
    run.report.expect('backfill', candidates.length)
    for (const { id } of candidates) named.add(id)
    if (run.config.dryRun) asked.push(inOrder(candidates, order))
    else if (await inBatches(inOrder(candidates, order), named, turn, run)) done.failed = true
  }
  if (given.length > 0) {
    done.read += 1
    await take(given)
  }
  for await (const month of months) {
    if (turn.left <= 0) break
    if (month.kind === 'named') {
      done.read += 1
      await take(month.candidates)
    } else {
      done.unread += 1
      done.waits += month.waits ? 1 : 0
      run.report.problem(said(month.problem))
    }
  }
  // One count for all of it.
  if (run.config.dryRun) await archiveAll(asked.flat(), run, { most: turn.left, named })
  const { excluded } = run.report.tally
  if (excluded > 0) {
    run.report.notice(
      plural(excluded, t`${excluded} story is left out by exclude`, t`${excluded} stories are left out by exclude`),
    )
  }
  return done
}
