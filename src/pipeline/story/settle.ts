import { DAY_MS } from '../../core/time.ts'
import { isUnread, type OpenQueue } from '../../core/archive/queue.ts'
import { pagesNewSince } from '../../core/archive/trouble.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { ArchiveError } from '../../errors.ts'
import { itemOf } from '../candidate.ts'
import { printStory, type Run, whyFailed } from '../run.ts'
import type { Failure, Result, StoredResult } from './result.ts'
import type { Task } from './tasks.ts'
import { count, had, hasAnswered, isRefusing, pause, postpone, sayDoubt, sayFailed } from '../troubles.ts'
import type { Left } from '../found.ts'
import { clauses, message, said, t } from '../../words/words.ts'

/** What became of a story: a failure that was `named`, anything else that is `settled`, why it was left, or what is done with it later. */
type Fate = 'named' | 'settled' | { left: Left } | { later: () => Promise<Result> }

type Of<Kind> = Extract<Result, { kind: Kind }>

/**
 * Archives one story whatever happens. `keepsLeft`: it is remembered also where the run itself is over. `decide`: what is left to do
 * of a story that was to be done with later.
 */
export async function settle(
  task: Task,
  queue: OpenQueue,
  keepsLeft: boolean,
  run: Run,
  decide?: () => Promise<Result>,
): Promise<Fate> {
  const result = await resultOf(task, queue, run, decide)
  if (result.kind === 'later') return { later: result.decide }
  run.found.settled.add(task.candidate.id)
  if (task.isOfFeed) return settleOfFeed(task, result, queue, run)
  // Its feed may not show the edit again when the page is tried next.
  const isHad = 'path' in result || result.kind === 'same'
  const isLocal = result.kind === 'failed' && result.failure.isLocal === true
  if (task.isEdited && !isHad && !isLocal) await settle({ ...task, isOfFeed: true }, queue, keepsLeft, run)
  if (result.kind === 'left') return leave(task, result.why, queue, keepsLeft, run)
  if (result.kind === 'waiting') return wait(task, result, queue, run)
  if (result.kind === 'same') return endAsOther(task, result.as, queue, run)
  if (result.kind === 'failed') return fail(task, result.failure, queue, run)
  return endAsStored(task, result, queue, run)
}

/** What archiving a story comes to; what it throws is a failure, unless that ends the run. */
async function resultOf(task: Task, queue: OpenQueue, run: Run, decide?: () => Promise<Result>): Promise<Result> {
  try {
    const { archiveStory } = await import('./archive-story.ts')
    return await (decide?.() ?? archiveStory(task, queue.get(task.candidate.id) ?? null, run))
  } catch (error) {
    const reason = whyFailed(error, run)
    return { kind: 'failed', failure: { reason, final: false, isLocal: error instanceof ArchiveError } }
  }
}

/** The edit that a feed shows of a story: its page is tried when its own time has come. */
async function settleOfFeed({ candidate }: Task, result: Result, queue: OpenQueue, run: Run): Promise<Fate> {
  if ('path' in result) await emit(result, run)
  queue.showed(itemOf(candidate))
  if (result.kind !== 'failed' || result.failure.final) return 'settled'
  run.report.problem(`${printableUrl(candidate.url)}: ${said(result.failure.reason)}`)
  return 'named'
}

function leave({ candidate }: Task, why: Left, queue: OpenQueue, keepsLeft: boolean, run: Run): Fate {
  const now = run.io.now()
  if (why.site !== null || keepsLeft) queue.setBack(itemOf(candidate), now, now, why.reason)
  return { left: why }
}

function wait(task: Task, { until, asked }: Of<'waiting'>, queue: OpenQueue, run: Run): Fate {
  const { url } = task.candidate
  const item = itemOf(task.candidate)
  const now = run.io.now()
  if (!asked) queue.setBack(item, until, now)
  else if (!queue.toldToWait(item, until, now)) {
    // Others of its site were had: it is this story's own fault.
    const reason = message`its page said to wait`
    if (hasAnswered(url, run)) return fail(task, { reason, final: false }, queue, run)
    queue.setBack(item, until, now, reason)
  }
  run.report.tally.waiting += 1
  pause(url, until, run)
  return 'settled'
}

/** Remembers it as done with, so that the next run does not ask again: by its name, or else as what is given up. */
function endAsOther({ candidate, isNamed }: Task, as: string, queue: OpenQueue, run: Run): Fate {
  const reason = message`it is the story of ${printableUrl(as)}, which is archived`
  if (run.state.names?.[candidate.id] === undefined) queue.failed(itemOf(candidate), reason, run.io.now(), true)
  else queue.succeeded(candidate.id)
  run.report[isNamed ? 'notice' : 'detail'](`${printableUrl(candidate.url)}: ${said(reason)}`)
  return 'settled'
}

async function endAsStored(task: Task, result: StoredResult, queue: OpenQueue, run: Run): Promise<Fate> {
  const { id, url } = task.candidate
  const { owed, warning } = result
  if (owed === null) had(url, run)
  await emit(result, run)
  if (owed !== null) return fail(task, owed, queue, run, true)
  queue.succeeded(id)
  if (warning === undefined) return 'settled'
  sayDoubt(url, warning, run)
  return 'named'
}

/** `stoodIn`: the feed's own text stands in for the page. */
function fail(
  { candidate, reason: asked, isNamed }: Task,
  { reason, final, ofHost, isDenied, isArchived, isLocal }: Failure,
  queue: OpenQueue,
  run: Run,
  stoodIn = false,
): Fate {
  if (candidate.isFormer === true) return 'settled'
  const item = itemOf(candidate)
  const now = run.io.now()
  const tell = (fate: 'queued' | 'given-up') => {
    const { id, title } = candidate
    run.report.failure({ id, url: printableUrl(candidate.url), title, reason, outcome: fate })
  }
  if (ofHost === true) {
    queue.setBack(item, now, now, reason)
    if (stoodIn) run.report.tally.stoodIn += 1
    else run.report.tally.postponed += 1
    postpone(candidate.url, reason, run)
    tell('queued')
    return 'settled'
  }
  const tried = queue.failed(item, reason, now, final)
  // A site that refuses all is down, or blocks us: that is no fault of the story, which is not given up for it.
  const isSpared = tried === 'given-up' && !final && isRefusing(candidate.url, run)
  if (isSpared) queue.setBack(item, now + DAY_MS, now)
  const outcome = isSpared ? 'again' : tried
  count(candidate.url, run.found.sites.failed)
  const isNewlyDenied = outcome === 'first' && isDenied === true
  if (isNewlyDenied) count(candidate.url, run.found.sites.denied)
  const isQuiet = outcome === 'again' || (outcome === 'first' && asked === 'recheck' && isLocal !== true)
  if (isQuiet && !isNamed) {
    if (outcome === 'again') run.report.tally.failedAgain += 1
    run.report.detail(`${printableUrl(candidate.url)}: ${t`${reason} (queued)`}`)
    tell('queued')
    return 'settled'
  }
  const isGivenUp = outcome === 'given-up'
  tell(isGivenUp ? 'given-up' : 'queued')
  const { tally } = run.report
  tally.failed += 1
  if (isGivenUp) tally.givenUp += 1
  else if (stoodIn) tally.stoodIn += 1
  const line = `${printableUrl(candidate.url)}: ${clauses([said(reason), fateOf(isGivenUp, stoodIn, isArchived === true)])}`
  // Of pages that look new it was said that some are not read at all.
  if (run.config.quiet && isUnread({ reason }) && pagesNewSince(run.state.troubles) !== null) run.report.detail(line)
  else sayFailed(candidate.url, line, isNewlyDenied, run)
  return 'named'
}

function fateOf(isGivenUp: boolean, stoodIn: boolean, isArchived: boolean): string {
  // As where the paper withdrew it: nothing is lost.
  if (isGivenUp && isArchived && !stoodIn) return t`given up, what is archived stays`
  if (!stoodIn) return isGivenUp ? t`given up` : t`queued for the next run`
  return isGivenUp
    ? t`the feed's own text stands in, the page is given up`
    : t`the feed's own text stands in, the page is queued for the next run`
}

const OUTCOMES = { written: message`written`, revised: message`revised`, unchanged: message`unchanged` }

/** Prints what became of a story, as soon as its file is durable; where its pictures are to be kept, when they are asked for. */
export async function emit(result: StoredResult, run: Run): Promise<void> {
  run.report.tally[result.kind] += 1
  run.report.detail(`${run.shownPath(result.path)}: ${said(OUTCOMES[result.kind])}`)
  const { path, kind } = result
  if (run.config.media) run.found.pictures.unshown.add({ path, kind, show: () => show(result, run) })
  else await show(result, run)
}

/** Prints the record or the path of a story that was counted. */
async function show(result: StoredResult, run: Run): Promise<void> {
  if (result.kind === 'unchanged') return
  const { document, entry, body, path, kind: status } = result
  const record = async () => {
    const { recordOf } = await import('../records/record.ts')
    // Of a file into which someone wrote more is read back than the page said.
    const isOfPage = body !== null && 'markdown' in body && document.body === `${body.markdown}\n`
    const bodyOf = isOfPage ? () => body : (await import('../../core/markdown/read.ts')).readMarkdown
    return recordOf(document, { ...entry, path, status }, bodyOf)
  }
  await printStory(path, record, run)
}
