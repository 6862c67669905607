import type { Candidate } from '../../core/archive/plan.ts'
import { openQueue } from '../../core/archive/queue.ts'
import { jsonLine, printableUrl } from '../../core/text/printable.ts'
import { printDuration } from '../../core/units.ts'
import { type Run, sideBySide } from '../run.ts'
import { underTheirNames } from './names.ts'
import { settle } from './settle.ts'
import type { Result } from './result.ts'
import { type PlanOptions, type Task, taskOf } from './tasks.ts'
import type { Left } from '../found.ts'
import { plural, t } from '../../words/words.ts'

/** A story's turn; `decide`: what is left to do of one that had its turn before. */
interface Turn {
  task: Task
  decide?: () => Promise<Result>
}

/** What a run did with its candidates. */
export interface Archived {
  /** Every candidate is archived or queued: none was left out by `--limit`, or forgotten. */
  complete: boolean
  /** Stories that were asked for. */
  fetched: number
  /** Some story failed in a way that is to be named: for the first time, or for the last. */
  failed: boolean
  /** The run has no request or no time left for more. */
  over: boolean
}

/** Decides about every candidate, archives what is to be archived, and answers for the rest. */
export async function archiveAll(candidates: readonly Candidate[], run: Run, looking: PlanOptions): Promise<Archived> {
  const keepsLeft = looking.named === null
  const queue = openQueue(underTheirNames(run.state.queue, run))
  const tasks: Task[] = []
  for (const candidate of candidates) {
    const task = await taskOf(candidate, queue, looking, run)
    if (task !== null) tasks.push(task)
  }
  // What is missing or changed goes first, and of the others what was read longest ago: a limit starves none.
  // A page that said to wait goes last: it may say so again, and its site is left alone then.
  const saidToWait = ({ candidate }: Task): boolean => queue.get(candidate.id)?.saidToWait === true
  const asked = tasks.filter(({ reason }) => reason !== 'recheck')
  const needed = [...asked.filter((task) => !saidToWait(task)), ...asked.filter(saidToWait)]
  const rechecks = tasks
    .filter(({ reason }) => reason === 'recheck')
    .toSorted((a, b) => (fetchedAt(a) < fetchedAt(b) ? -1 : 1))
  const chosen = [...needed, ...rechecks].slice(0, looking.most)
  if (run.config.dryRun) {
    await announce(chosen, run)
    return { complete: false, failed: false, over: false, fetched: chosen.length }
  }
  run.report.advance(candidates.length - chosen.length, '')
  if (chosen.length > 0) {
    // Most runs have no story to archive, and load nothing that reads pages.
    await import('./archive-story.ts')
    if (run.config.media) await (await import('../pictures/owed.ts')).expectPictures(run)
  }
  run.found.inHand = new Map(chosen.map(({ candidate }) => [candidate.id, candidate]))
  let done = 0
  let anyFailed = false
  const left: Left[] = []
  const later: Turn[] = []
  const act = async ({ task, decide }: Turn): Promise<void> => {
    const fate = await settle(task, queue, keepsLeft && task.reason !== 'recheck', run, decide)
    if (typeof fate === 'object' && 'later' in fate) {
      later.push({ task, decide: fate.later })
      return
    }
    anyFailed ||= fate === 'named'
    if (typeof fate === 'object') left.push(fate.left)
    else done += 1
    run.report.advance(1, task.candidate.title ?? '')
  }
  const turns = chosen.map((task): Turn => ({ task }))
  const settled = sideBySide(turns, run, act).then(() => sideBySide(later, run, act))
  await settled.finally(() => run.remember({ queue: queue.entries(run.io.now()) }))
  run.found.had.pages += done
  for (const why of left) run.found.left.push({ asker: 'pages', why })
  const over = left.some(({ site }) => site === null)
  const complete = chosen.length >= needed.length && (keepsLeft || !over)
  return { complete, failed: anyFailed, over, fetched: done }
}

function fetchedAt({ known }: Task): string {
  return known?.fetched ?? ''
}

async function announce(tasks: readonly Task[], run: Run): Promise<void> {
  const { count, perMs } = run.config.rate
  if (run.config.json) {
    for (const { candidate, reason } of tasks) {
      const { id, url, title, published } = candidate
      await run.io.stdout(jsonLine({ id, url: printableUrl(url), title, published, reason }))
    }
  }
  const time = printDuration((tasks.length * perMs) / count)
  const { length } = tasks
  run.report.notice(
    plural(
      length,
      t`${length} story would be fetched, in about ${time}`,
      t`${length} stories would be fetched, in about ${time}`,
    ),
  )
}
