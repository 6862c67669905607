import pLimit from 'p-limit'
import { valueOf } from '../core/document/document.ts'
import type { JournalEntry } from '../core/archive/journal.ts'
import { type Candidate, decide, type Decision, type Known, type Policy } from '../core/archive/plan.ts'
import { jsonLine, printableUrl } from '../core/text/printable.ts'
import { due, type OpenQueue, openQueue, type QueueEntry } from '../core/archive/queue.ts'
import { counted, printDuration } from '../core/units.ts'
import { ArchiveError, TryLaterError } from '../errors.ts'
import { tuneForPages } from '../edge/tuning.ts'
import type { Run } from './run.ts'
import type { Failure, Result } from './store-story.ts'
import { lookIntoStored, lookUp, unlessLocal } from './stored.ts'
import { countDenied, countFailed, had, isRefusing, pause, postpone, sayDoubt, sayFailed } from './troubles.ts'

const DAY_MS = 86_400_000

/** The reasons of decisions, in words. */
const WHY: Readonly<Record<Decision['reason'], string>> = {
  new: 'it is new',
  retry: 'it failed before',
  damaged: 'its file is damaged',
  changed: 'its item changed',
  recheck: 'it is young enough to be read again',
  'first seen': 'it is archived, and this source shows it for the first time',
  archived: 'it is archived',
  excluded: 'it is excluded',
  queued: 'it failed before, and its next try is not due',
  kept: 'its item changed, and changes are not taken (onChange)',
}

/** What a run did with its candidates. */
export interface Archived {
  /** Every candidate is archived or queued: none was left out by `--limit`. */
  complete: boolean
  /** Stories that were asked for. */
  fetched: number
  /** Some story failed in a way that is to be named: for the first time, or for the last. */
  failed: boolean
  /** The run has no request or no time left for more. */
  over: boolean
}

interface Task {
  candidate: Candidate
  known: JournalEntry | null
  /** It is archived, and nothing but its age is a reason to ask: a failure misses nothing that is known of. */
  isRecheck: boolean
  /** Why it is asked for. */
  reason: string
  /** Someone named it, and waits for an answer. */
  isNamed: boolean
}

/** How candidates are looked at. */
export interface Looking {
  /** So many stories are archived at most. */
  most: number
  /** The file of each story that is there is read, so that a damaged one is noticed: for stories that someone asked for. */
  intoFiles: boolean
  /** Ids of stories that someone named: they are asked for whatever failed before, and named each time they fail. */
  named: ReadonlySet<string>
}

/** Decides about every candidate, archives what is to be archived, and answers for the rest. */
export async function archiveAll(
  candidates: readonly Candidate[],
  run: Run,
  looking: Looking = { most: run.config.limit ?? Number.POSITIVE_INFINITY, intoFiles: false, named: new Set() },
): Promise<Archived> {
  const queue = openQueue(run.state.queue)
  const tasks: Task[] = []
  for (const candidate of candidates) {
    const task = await taskOf(candidate, queue, looking, run)
    if (task !== null) tasks.push(task)
  }
  // What is missing or changed goes first, and of the others what was read longest ago: a limit starves none.
  const needed = tasks.filter(({ isRecheck }) => !isRecheck)
  const rechecks = tasks.filter(({ isRecheck }) => isRecheck).toSorted((a, b) => (fetchedAt(a) < fetchedAt(b) ? -1 : 1))
  const chosen = [...needed, ...rechecks].slice(0, looking.most)
  if (run.config.dryRun) {
    await announce(chosen, run)
    return { complete: false, failed: false, over: false, fetched: chosen.length }
  }
  run.report.advance(candidates.length - chosen.length, '')
  if (chosen.length > 0) {
    // Most runs have no story to archive, and load nothing that reads pages.
    await import('./archive-story.ts')
    tuneForPages()
  }
  const limit = pLimit(run.config.concurrency)
  let done = 0
  let anyFailed = false
  const left: string[] = []
  const errors: unknown[] = []
  // What is under way is waited for whatever happens: nothing may be written after the run let the archive go.
  const one = async (task: Task): Promise<void> => {
    if (run.io.signal.aborted || errors.length > 0) return
    try {
      const fate = await settle(task, queue, run)
      anyFailed ||= fate === 'named'
      if (typeof fate === 'object') left.push(fate.left)
      else done += 1
      run.report.advance(1, task.candidate.title ?? '')
    } catch (error) {
      errors.push(error)
    }
  }
  await Promise.all(chosen.map((task) => limit(one, task)))
  run.state = { ...run.state, queue: queue.entries(run.io.now()) }
  if (errors.length > 0) throw errors[0]
  run.io.signal.throwIfAborted()
  if (left.length > 0)
    run.report.notice(`${left[0]}: ${counted(left.length, 'story is', 'stories are')} left for the next run`)
  const complete = chosen.length >= needed.length && left.length === 0
  return { complete, failed: anyFailed, over: left.length > 0, fetched: done }
}

function fetchedAt({ known }: Task): string {
  return known?.fetched ?? ''
}

async function taskOf(candidate: Candidate, queue: OpenQueue, looking: Looking, run: Run): Promise<Task | null> {
  const { path, entry } = await lookUp(candidate, run)
  const policy = policyOf(run)
  const known = path === null ? null : await knownOf(candidate, path, entry, looking, run)
  const queued = queue.get(candidate.id)
  const isNamed = looking.named.has(candidate.id)
  const isDue = isNamed || (queued !== undefined && due([queued], run.io.now()).length > 0)
  const decision = decide(candidate, known, queued === undefined ? null : { due: isDue }, policy)
  if (decision.action === 'note' && !run.config.dryRun) await noteSeen(candidate, path, entry, run)
  const { action, reason } = decision
  const what = action === 'fetch' ? 'to be fetched' : 'not fetched'
  run.report.detail(`${printableUrl(candidate.url)}: ${what}: ${WHY[reason]}`)
  if (reason === 'excluded') run.report.tally.excluded += 1
  if (action !== 'fetch') return null
  const text = queued === undefined || candidate.html !== null ? null : await run.queuedText(candidate.id)
  const formerPath = path === null ? await formerPathOf(candidate, run) : null
  return {
    candidate: { ...withQueued(candidate, queued, text), ...(formerPath === null ? {} : { formerPath }) },
    known: entry,
    isRecheck: reason === 'recheck',
    isNamed,
    reason,
  }
}

/** Where the journal says that a story was whose file is gone: it comes back under that name. */
async function formerPathOf({ id, day }: Candidate, run: Run): Promise<string | null> {
  const noted = day === null ? null : await unlessLocal(run.journal.latest(day), null)
  return noted?.get(id)?.path ?? null
}

/** A list names a story without its text: what the feed brought when it failed stays at hand. */
function withQueued(candidate: Candidate, queued: QueueEntry | undefined, text: string | null): Candidate {
  return {
    ...candidate,
    title: candidate.title ?? queued?.title ?? null,
    published: candidate.published ?? queued?.published ?? null,
    html: candidate.html ?? queued?.html ?? text,
  }
}

function policyOf({ config, io }: Run): Policy {
  return { onChange: config.onChange, exclude: config.exclude, recheckMs: config.recheck ?? null, nowMs: io.now() }
}

/** The file is read only where the notes do not answer: for a source that never showed the story, and for its age. */
async function knownOf(
  candidate: Candidate,
  path: string,
  entry: JournalEntry | null,
  { intoFiles, named }: Looking,
  run: Run,
): Promise<Known> {
  const seen = entry?.seen ?? {}
  const answered = Object.keys(candidate.seen).every((source) => seen[source] !== undefined)
  const unread = { path, title: candidate.title ?? '', seen, publishedMs: 0, damaged: false }
  if (answered && !intoFiles && run.config.recheck === undefined) return unread
  try {
    const stored = await lookIntoStored(path, entry, run.archive)
    if (stored.kind === 'damaged') {
      const damaged = !stored.hasText || named.has(candidate.id)
      // A span of days may hold thousands of them.
      if (!damaged) run.report[intoFiles ? 'detail' : 'problem'](`${run.shownPath(path)}: ${stored.why}; see verify`)
      return { ...unread, damaged }
    }
    const publishedMs = Date.parse(String(valueOf(stored.document, 'date')))
    return { ...unread, title: String(valueOf(stored.document, 'title')), publishedMs }
  } catch (error) {
    run.report.problem(`${run.shownPath(path)}: ${error instanceof Error ? error.message : String(error)}; see verify`)
    return unread
  }
}

async function noteSeen(
  candidate: Candidate,
  path: string | null,
  entry: JournalEntry | null,
  run: Run,
): Promise<void> {
  if (path === null || entry === null) return
  await run.journal.append({ ...entry, status: 'unchanged', seen: candidate.seen })
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
  run.report.notice(`${counted(tasks.length, 'story', 'stories')} would be fetched, in about ${time}`)
}

/** What became of a story: a failure that was `named`, anything else that is `settled`, or why it was left. */
type Fate = 'named' | 'settled' | { left: string }

/** Archives one story whatever happens. */
async function settle(task: Task, queue: OpenQueue, run: Run): Promise<Fate> {
  let result: Result
  try {
    const { archiveStory } = await import('./archive-story.ts')
    result = await archiveStory(task.candidate, task.known, queue.get(task.candidate.id) ?? null, run)
  } catch (error) {
    if (run.io.signal.aborted || isFatal(error)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    result = { kind: 'failed', failure: { reason, final: false } }
  }
  if (result.kind === 'left') return { left: result.reason }
  if (result.kind === 'waiting') {
    run.report.tally.waiting += 1
    pause(task.candidate.url, result.until, run)
    queue.setBack(itemOf(task.candidate), result.until, run.io.now())
    return 'settled'
  }
  if (result.kind === 'same') {
    // Remembered as done with, so that the next run does not ask again.
    const reason = `it is the story of ${printableUrl(result.as)}, which is archived`
    queue.failed(itemOf(task.candidate), reason, run.io.now(), true)
    run.report[task.isNamed ? 'notice' : 'detail'](`${printableUrl(task.candidate.url)}: ${reason}`)
    return 'settled'
  }
  if (result.kind === 'failed') return fail(task, result.failure, queue, run)
  if (result.owed === null) had(task.candidate.url, run)
  await emit(result, run)
  if (result.owed !== null) return fail(task, result.owed, queue, run, true)
  queue.succeeded(task.candidate.id)
  if (result.warning === undefined) return 'settled'
  sayDoubt(task.candidate.url, result.warning, run)
  return 'named'
}

/** An archive that cannot be used, or is another run's, ends the run; anything else is that story's own failure. */
export function isFatal(error: unknown): boolean {
  return error instanceof ArchiveError ? !error.isLocal : error instanceof TryLaterError
}

function itemOf(candidate: Candidate) {
  const { id, url, day, title, published, html } = candidate
  return { id, url, day, title, published, html, source: Object.keys(candidate.seen)[0] ?? 'queue' }
}

/** `stoodIn`: the feed's own text stands in for the page. */
function fail(
  { candidate, isRecheck, isNamed }: Task,
  { reason, final, ofHost, ofSite }: Failure,
  queue: OpenQueue,
  run: Run,
  stoodIn = false,
): Fate {
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
  countFailed(candidate.url, run)
  if (outcome === 'first' && ofSite === true) countDenied(candidate.url, run)
  if ((outcome === 'again' && !isNamed) || (outcome === 'first' && isRecheck)) {
    run.report.detail(`${printableUrl(candidate.url)}: ${reason} (queued)`)
    tell('queued')
    return 'settled'
  }
  const isGivenUp = outcome === 'given-up'
  tell(isGivenUp ? 'given-up' : 'queued')
  const { tally } = run.report
  tally.failed += 1
  if (isGivenUp) tally.givenUp += 1
  else if (stoodIn) tally.stoodIn += 1
  const fate = isGivenUp ? 'given up' : 'queued for the next run'
  const instead = stoodIn ? "the feed's own text stands in, the page is " : ''
  sayFailed(candidate.url, `${printableUrl(candidate.url)}: ${reason}; ${instead}${fate}`, run)
  return 'named'
}

/** Prints what became of a story, as soon as its file is durable. */
export async function emit(result: Extract<Result, { path: string }>, run: Run): Promise<void> {
  run.report.tally[result.kind] += 1
  run.report.detail(`${run.shownPath(result.path)}: ${result.kind}`)
  if (result.kind === 'unchanged') return
  const { document, entry, path, kind: status } = result
  if (run.config.json) {
    const { recordOf } = await import('./record.ts')
    await run.io.stdout(jsonLine(recordOf(document, { ...entry, path, status })))
  } else if (!run.config.quiet) {
    await run.io.stdout(`${run.shownPath(path)}\n`)
  }
}
