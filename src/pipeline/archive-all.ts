import pLimit from 'p-limit'
import { type Document, valueOf } from '../core/document/document.ts'
import type { JournalEntry } from '../core/journal.ts'
import { identify } from '../core/identity.ts'
import { type Candidate, decide, type Known, type Policy } from '../core/plan.ts'
import { due, failed, type QueueEntry, setBack, succeeded } from '../core/queue.ts'
import { singaporeDay } from '../core/time.ts'
import { printDuration } from '../core/units.ts'
import { tuneForPages } from '../edge/tuning.ts'
import type { Failure, Result } from './archive-story.ts'
import type { Run } from './run.ts'

const DAY_MS = 86_400_000

/** What a run did with its candidates. */
export interface Archived {
  /** Every candidate is archived or queued: none was left out by `--limit` or an interruption. */
  complete: boolean
  /** Stories that were asked for. */
  fetched: number
  /** Some story failed in a way that is to be named: for the first time, or for the last. */
  failed: boolean
}

interface Task {
  candidate: Candidate
  known: JournalEntry | null
}

/** Candidates of the queue whose time has come and that no source named now. */
export function dueCandidates(run: Run, named: readonly Candidate[]): Candidate[] {
  const ids = new Set(named.map(({ id }) => id))
  return due(run.state.queue, run.io.now())
    .filter(({ id }) => !ids.has(id))
    .map(({ id, day, url, title, published, html }) => ({ id, day, url, title, published, html, seen: {} }))
}

/** Archived stories that are young enough to be read again, and that no source named now. */
export async function recheckCandidates(run: Run, named: readonly Candidate[]): Promise<Candidate[]> {
  const age = run.config.recheck
  if (age === undefined) return []
  const ids = new Set(named.map(({ id }) => id))
  // A story's day may lie behind its time of publication by a day.
  const since = singaporeDay(run.io.now() - age - DAY_MS)
  const candidates: Candidate[] = []
  for (const day of (await run.archive.days()).filter((one) => one >= since)) {
    for (const path of await run.archive.stories(day)) {
      const candidate = await archivedCandidate(path, run)
      if (candidate !== null && !ids.has(candidate.id)) candidates.push(candidate)
    }
  }
  return candidates
}

/** The reader of documents is loaded when there is one to read: most runs have none. */
async function readDocument(path: string, run: Run): Promise<Document> {
  const { parseDocument } = await import('../core/document/parse.ts')
  return parseDocument(await run.archive.read(path))
}

async function archivedCandidate(path: string, run: Run): Promise<Candidate | null> {
  try {
    const url = String(valueOf(await readDocument(path, run), 'from'))
    const { id, day } = identify(url)
    return { id, day, url, title: null, published: null, html: null, seen: {} }
  } catch (error) {
    run.report.problem(`${run.shownPath(path)}: ${error instanceof Error ? error.message : String(error)}; see verify`)
    return null
  }
}

/** Decides about every candidate, archives what is to be archived (`most` stories), and answers for the rest. */
export async function archiveAll(
  candidates: readonly Candidate[],
  run: Run,
  most = run.config.limit ?? Number.POSITIVE_INFINITY,
): Promise<Archived> {
  const tasks: Task[] = []
  for (const candidate of candidates) {
    const task = await taskOf(candidate, run)
    if (task !== null) tasks.push(task)
  }
  // Oldest first: what is archived stays without holes when a run ends early, and the next list meets it.
  const chosen = tasks.toSorted(oldestFirst).slice(0, most)
  if (run.config.dryRun) {
    announce(chosen, run)
    return { complete: false, failed: false, fetched: chosen.length }
  }
  run.report.advance(candidates.length - chosen.length, '')
  const limit = pLimit(run.config.concurrency)
  let done = 0
  let anyFailed = false
  await Promise.all(
    chosen.map((task) =>
      limit(async () => {
        if (run.io.signal.aborted) return
        const named = await settle(task, run)
        anyFailed ||= named
        done += 1
        run.report.advance(1, task.candidate.title ?? '')
      }),
    ),
  )
  run.io.signal.throwIfAborted()
  return { complete: done === tasks.length, failed: anyFailed, fetched: done }
}

function oldestFirst(a: Task, b: Task): number {
  const key = ({ candidate: { day, id } }: Task) => `${day ?? '9999'} ${id.padStart(20, '0')}`
  return key(a) < key(b) ? -1 : 1
}

async function taskOf(candidate: Candidate, run: Run): Promise<Task | null> {
  const path = await run.archive.find(candidate)
  const entry = path === null ? null : ((await run.journal.latest(path.slice(0, 10))).get(candidate.id) ?? null)
  const policy = policyOf(run)
  const known = path === null ? null : await knownOf(candidate, path, entry, policy, run)
  const queued = run.state.queue.find(({ id }) => id === candidate.id)
  const isDue = queued !== undefined && due([queued], run.io.now()).length > 0
  const decision = decide(candidate, known, queued === undefined ? null : { due: isDue }, policy)
  if (decision.action === 'note' && !run.config.dryRun) await noteSeen(candidate, path, entry, run)
  return decision.action === 'fetch' ? { candidate: withQueued(candidate, queued), known: entry } : null
}

/** A list names a story without its text: what the feed brought when it failed stays at hand. */
function withQueued(candidate: Candidate, queued: QueueEntry | undefined): Candidate {
  return {
    ...candidate,
    title: candidate.title ?? queued?.title ?? null,
    published: candidate.published ?? queued?.published ?? null,
    html: candidate.html ?? queued?.html ?? null,
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
  policy: Policy,
  run: Run,
): Promise<Known> {
  const seen = entry?.seen ?? {}
  const answered = Object.keys(candidate.seen).every((source) => seen[source] !== undefined)
  if (answered && policy.recheckMs === null) return { path, title: '', seen, publishedMs: 0 }
  try {
    const document = await readDocument(path, run)
    return {
      ...{ path, seen },
      title: String(valueOf(document, 'title')),
      publishedMs: Date.parse(String(valueOf(document, 'date'))),
    }
  } catch (error) {
    run.report.problem(`${run.shownPath(path)}: ${error instanceof Error ? error.message : String(error)}; see verify`)
    return { path, title: candidate.title ?? '', seen, publishedMs: 0 }
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

function announce(tasks: readonly Task[], run: Run): void {
  const { count, perMs } = run.config.rate
  const time = printDuration((tasks.length * perMs) / count)
  run.report.notice(`${tasks.length} stories would be fetched, in about ${time}`)
  for (const { candidate } of tasks) run.report.detail(`would fetch ${candidate.url}`)
}

/** Most runs have no story to archive, and load nothing that reads pages. */
async function archive(task: Task, run: Run): Promise<Result> {
  const { archiveStory } = await import('./archive-story.ts')
  tuneForPages()
  return archiveStory(task.candidate, task.known, run)
}

/** Archives one story whatever happens; true when a failure was named. */
async function settle(task: Task, run: Run): Promise<boolean> {
  let result: Result
  try {
    result = await archive(task, run)
  } catch (error) {
    if (run.io.signal.aborted || isFatal(error)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    result = { kind: 'failed', failure: { reason, final: false } }
  }
  if (result.kind === 'waiting') {
    run.report.tally.waiting += 1
    run.state = { ...run.state, queue: setBack(run.state.queue, itemOf(task.candidate), result.until, run.io.now()) }
    return false
  }
  if (result.kind === 'failed') return fail(task.candidate, result.failure, run)
  await emit(result, run)
  if (result.owed !== null) return fail(task.candidate, result.owed, run)
  run.state = { ...run.state, queue: succeeded(run.state.queue, task.candidate.id) }
  return false
}

/** An archive that cannot be used ends the run; anything else is that story's own failure. */
function isFatal(error: unknown): boolean {
  return error instanceof Error && error.name === 'ArchiveError'
}

function itemOf(candidate: Candidate) {
  const { id, url, day, title, published, html } = candidate
  return { id, url, day, title, published, html, source: Object.keys(candidate.seen)[0] ?? 'queue' }
}

function fail(candidate: Candidate, { reason, final }: Failure, run: Run): boolean {
  const { queue, outcome } = failed(run.state.queue, itemOf(candidate), reason, run.io.now(), final)
  run.state = { ...run.state, queue }
  if (outcome === 'again') {
    run.report.detail(`${candidate.url}: ${reason} (queued)`)
    return false
  }
  run.report.tally.failed += 1
  const fate = outcome === 'given-up' ? 'given up' : 'queued for the next run'
  run.report.problem(`${candidate.url}: ${reason}; ${fate}`)
  return true
}

async function emit(result: Extract<Result, { path: string }>, run: Run): Promise<void> {
  run.report.tally[result.kind] += 1
  if (result.kind === 'unchanged') return
  const { document, entry, path, kind: status } = result
  if (run.config.json) {
    const { recordOf } = await import('./record.ts')
    await run.io.stdout(`${JSON.stringify(recordOf(document, { ...entry, path, status }))}\n`)
  } else if (!run.config.quiet) {
    await run.io.stdout(`${run.shownPath(path)}\n`)
  }
}
