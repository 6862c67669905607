import type { Candidate } from '../../core/archive/plan.ts'
import { archiveAll } from './archive-all.ts'
import type { Run } from '../run.ts'

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

/**
 * Stories in parts that go together, at the end of each of which some lanes idle. Behind each a run that waits is let in, when it is
 * time; `turn` is kept up to date.
 */
export async function* inParts<T>(
  stories: readonly T[],
  turn: Pick<RunTurn, 'letIn'>,
  run: Run,
): AsyncGenerator<readonly T[]> {
  const size = Math.max(20, 5 * run.config.concurrency)
  for (let at = 0; at < stories.length; at += size) {
    yield stories.slice(at, at + size)
    if (run.io.now() - turn.letIn < LET_IN_EVERY_MS) continue
    await run.letOthersIn()
    turn.letIn = run.io.now()
  }
}

/** Archives stories that someone `named`, part by part; true where some failed. `turn` is kept up to date. */
export async function inBatches(
  candidates: readonly Candidate[],
  named: ReadonlySet<string>,
  turn: RunTurn,
  run: Run,
): Promise<boolean> {
  let failed = false
  for await (const some of inParts(candidates, turn, run)) {
    if (turn.left <= 0) break
    const done = await archiveAll(some, run, { most: turn.left, named })
    failed ||= done.failed
    turn.left = done.over ? 0 : turn.left - done.fetched
    if (run.config.media) await (await import('../pictures/pictures.ts')).keepStored(run)
  }
  return failed
}
