import type { Gap } from './gap.ts'
import type { QueueEntry } from './queue.ts'
import type { RunState, SourceState, State } from './state.ts'
import { printDuration } from '../units.ts'

/** A story as status names it. */
export interface NewestStory {
  /** Relative to the archive, with `/`. */
  path: string
  /** ISO 8601 UTC. */
  published: string
}

/** How an archive stands; the one object that `status --json` prints. Ages are seconds; `null`: not known. */
export interface Status {
  archive: string
  /** When this was looked at, ISO 8601 UTC. */
  at: string
  lastRun: RunState | null
  newest: (NewestStory & { ageSeconds: number }) | null
  sources: SourceStatus[]
  /** Stories that are tried again. */
  queue: QueuedStory[]
  /** Stories that are not tried again. */
  givenUp: QueuedStory[]
  /** Days of which stories may be missing until they were looked up. */
  gaps: Gap[]
  /** Hosts that asked for a pause that is not over. */
  pauses: { host: string; notBefore: string }[]
}

interface SourceStatus extends Pick<SourceState, 'url' | 'newest' | 'lastOk' | 'lastError' | 'failingSince'> {
  name: string
  /** Age of the newest story that it ever showed. */
  ageSeconds: number | null
}

type QueuedStory = Pick<QueueEntry, 'id' | 'url' | 'title' | 'tries' | 'firstFailed' | 'nextTry' | 'reason'>

/** Puts together what is remembered and what stands in the archive. */
export function statusOf(archive: string, state: State, newest: NewestStory | null, nowMs: number): Status {
  const age = (time: string): number => Math.round((nowMs - Date.parse(time)) / 1000)
  const sources = Object.entries(state.sources).map(([name, source]) => {
    const { url, newest: shown, lastOk, lastError, failingSince } = source
    const ageSeconds = shown === null ? null : age(shown)
    return { name, url, newest: shown, ageSeconds, lastOk, lastError, failingSince }
  })
  const queue = state.queue.map(({ id, url, title, tries, firstFailed, nextTry, reason }) => {
    return { id, url, title, tries, firstFailed, nextTry, reason }
  })
  const pauses = Object.entries(state.hosts).map(([host, { notBefore }]) => ({ host, notBefore }))
  return {
    archive,
    at: new Date(nowMs).toISOString(),
    lastRun: state.lastRun,
    newest: newest === null ? null : { ...newest, ageSeconds: age(newest.published) },
    sources,
    queue: queue.filter(({ nextTry }) => nextTry !== null),
    givenUp: queue.filter(({ nextTry }) => nextTry === null),
    gaps: state.gaps,
    pauses: pauses.filter(({ notBefore }) => Date.parse(notBefore) > nowMs),
  }
}

/** The status as a person reads it: lines of a name and what there is to say. */
export function printStatus(status: Status): string[] {
  const nowMs = Date.parse(status.at)
  return [
    ...section('archive', [status.archive]),
    ...section('last run', [lastRun(status.lastRun, nowMs)]),
    ...section('newest', [newestLine(status)]),
    ...section(
      'sources',
      status.sources.map((source) => sourceLine(source, nowMs)),
    ),
    ...section('gaps', status.gaps.map(gapLine)),
    ...section(
      'pauses',
      status.pauses.map(({ host, notBefore }) => `${host} asked for a pause, ${until(notBefore, nowMs)} more`),
    ),
    ...section('retry', status.queue.length === 0 ? ['nothing'] : status.queue.map((story) => retryLine(story, nowMs))),
    ...section(
      'given up',
      status.givenUp.map(({ url, tries, reason }) => `${url}: ${reason} (${tries} tries)`),
    ),
  ]
}

const NAME_WIDTH = 10

function section(name: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `${(index === 0 ? name : '').padEnd(NAME_WIDTH)}${line}`)
}

function ago(time: string, nowMs: number): string {
  return `${printDuration(Math.max(0, nowMs - Date.parse(time)))} ago`
}

function until(time: string, nowMs: number): string {
  return printDuration(Math.max(0, Date.parse(time) - nowMs))
}

function lastRun(run: RunState | null, nowMs: number): string {
  if (run === null) return 'none is remembered'
  const { command, ended, exitCode, written, revised, failed } = run
  return `${command}, ${ago(ended, nowMs)}: ${written} written, ${revised} revised, ${failed} failed (exit ${exitCode})`
}

function newestLine({ newest: story, at }: Status): string {
  return story === null ? 'no story yet' : `${story.path}, ${ago(story.published, Date.parse(at))}`
}

function sourceLine({ name, newest: shown, lastOk, lastError, failingSince }: SourceStatus, nowMs: number): string {
  const story = shown === null ? 'no story yet' : `newest story ${ago(shown, nowMs)}`
  const read = lastOk === null ? 'never read' : `read ${ago(lastOk, nowMs)}`
  const fault = failingSince === null ? '' : `; failing since ${ago(failingSince, nowMs)}: ${lastError ?? 'unknown'}`
  return `${name}: ${story}, ${read}${fault}`
}

function gapLine({ source, from, to, reason }: Gap): string {
  return `${source}: ${from === to ? from : `${from} to ${to}`}${reason === null ? '' : `: ${reason}`}`
}

function retryLine({ url, tries, nextTry, reason }: QueuedStory, nowMs: number): string {
  const due = nextTry === null || Date.parse(nextTry) <= nowMs ? 'by the next run' : `in ${until(nextTry, nowMs)}`
  return `${url}: ${reason} (${tries} ${tries === 1 ? 'try' : 'tries'}; next ${due})`
}
