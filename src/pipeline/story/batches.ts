import type { Candidate } from '../../core/archive/plan.ts'
import { archiveAll } from './archive-all.ts'
import type { Run } from '../run.ts'

/** Stories in one go; between two of them a waiting run is let in, when it is time. At the end of each some of its lanes idle. */
export const batchSize = ({ concurrency }: { concurrency: number }): number => Math.max(20, 5 * concurrency)

const LET_IN_EVERY_MS = 30_000

/** How many stories a run may still ask for, and when others were let in last (ms). */
interface RunTurn {
  left: number
  letIn: number
}

/** That of a run which begins. */
export const firstTurn = ({ config, io }: Run): RunTurn => ({
  left: config.limit ?? Number.POSITIVE_INFINITY,
  letIn: io.now(),
})

/** Archives stories that someone `named` a few at a time and lets others in between; true where some failed. `turn` is kept up to date. */
export async function inBatches(
  candidates: readonly Candidate[],
  named: ReadonlySet<string>,
  turn: RunTurn,
  run: Run,
): Promise<boolean> {
  let failed = false
  const size = batchSize(run.config)
  for (let at = 0; at < candidates.length && turn.left > 0; at += size) {
    const done = await archiveAll(candidates.slice(at, at + size), run, { most: turn.left, named })
    failed ||= done.failed
    turn.left = done.over ? 0 : turn.left - done.fetched
    if (run.config.media) await (await import('../pictures/pictures.ts')).keepStored(run)
    turn.letIn = await letOthersIn(turn.letIn, run)
  }
  return failed
}

/** Lets a run that waits in, when it is time. `since`, and the answer: when that was last done (ms). */
export async function letOthersIn(since: number, run: Run): Promise<number> {
  if (run.io.now() - since < LET_IN_EVERY_MS) return since
  await run.letOthersIn()
  return run.io.now()
}
