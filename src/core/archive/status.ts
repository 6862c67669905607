import { daysInWords, type Gap } from './gap.ts'
import { drawHeld, type Held, heldOf, lastDays } from './held.ts'
import type { QueueEntry } from './queue.ts'
import type { RunState, SourceState, State } from './state.ts'
import { CHINESE_ZONE, DAY_MS, dayIn, isoTime, startOfDay } from '../time.ts'
import { isUrl } from '../url.ts'
import { padColumns } from '../text/columns.ts'
import { printDuration } from '../units.ts'
import { clauses, commas, partsSaid, plural, said, t } from '../../words/words.ts'

/** A story as status names it: the newest of its section. */
export interface NewestStory {
  /** The section's name, or its path where it has none; `null` for stories of no section. */
  section: string | null
  /** Relative to the archive, with `/`. */
  path: string
  /** ISO 8601 UTC. */
  published: string
}

/** How an archive stands; the one object that `status --json` prints. Ages are seconds; `null`: not known. */
export interface ArchiveStatus {
  archive: string
  /** When this was looked at, ISO 8601 UTC. */
  at: string
  lastRun: RunState | null
  newest: Aged | null
  /** The newest story of each section. */
  sections: Aged[]
  sources: SourceStatus[]
  /** Stories that are tried again. */
  queue: QueuedStory[]
  /** Stories that are not tried again. */
  givenUp: QueuedStory[]
  /** Pictures that are asked for again, and since when the oldest of them waits (ISO 8601 UTC). */
  pictures: { waiting: number; oldest: string | null; givenUp: number }
  /** Days of which stories may be missing until they were looked up. */
  gaps: Gap[]
  /** What the archive holds of the last weeks, day by day. */
  days: Held[]
  /** Hosts that asked for a pause that is not over. */
  pauses: { host: string; notBefore: string }[]
}

type Aged = NewestStory & { ageSeconds: number }

interface SourceStatus extends Pick<SourceState, 'url' | 'newest' | 'lastOk' | 'lastError' | 'failingSince'> {
  name: string
  /** It had no turn in the last run: there were too few for all. */
  waits: boolean
  /** False for one that no configuration names: the last run's command line did. */
  configured: boolean
  /** Age of the newest story that it ever showed. */
  ageSeconds: number | null
}

type QueuedStory = Pick<QueueEntry, 'id' | 'url' | 'title' | 'tries' | 'firstFailed' | 'nextTry' | 'reason'>

/** How old a story is, in ms; where its day alone is known, as old as the end of that day. */
export function ageOf(time: string, nowMs: number): number {
  return isStartOfDay(time) ? Math.max(0, nowMs - Date.parse(time) - DAY_MS) : nowMs - Date.parse(time)
}

/** True for the beginning of a day in Singapore: such a time stands for the day, nothing more being known. */
function isStartOfDay(time: string): boolean {
  return startOfDay(CHINESE_ZONE, dayIn(CHINESE_ZONE, Date.parse(time))) === Date.parse(time)
}

/**
 * The sources that still count: those that are configured, and those that the last poll asked, since flags named them.
 */
function inUse(state: State, configured: ReadonlySet<string>): [string, SourceState][] {
  const since = state.lastRun?.command === 'fetch' ? state.lastRun.started : ''
  return Object.entries(state.sources).filter(
    ([name, { waits, polled, lastOk }]) => configured.has(name) || (waits ?? polled ?? lastOk ?? '') >= since,
  )
}

/**
 * Puts together what is remembered and what stands in the archive: `newest` of each section, and how many stories there are of
 * days, by `counts`, of the last weeks. `configured`: the names of the sources that the configuration asks for.
 */
export function statusOf(
  archive: string,
  state: State,
  { newest, counts }: { newest: readonly NewestStory[]; counts: ReadonlyMap<string, number> },
  configured: ReadonlySet<string>,
  nowMs: number,
): ArchiveStatus {
  const age = (time: string): number => Math.round(ageOf(time, nowMs) / 1000)
  const sections = newest
    .map((story) => ({ ...story, ageSeconds: age(story.published) }))
    .toSorted((a, b) => (a.published < b.published ? 1 : -1))
  const sources = inUse(state, configured).map(([name, source]) => {
    const { url, newest: shown, lastOk, lastError, failingSince } = source
    const ageSeconds = shown === null ? null : age(shown)
    const waits = source.waits !== undefined
    return {
      name,
      url,
      newest: shown,
      ageSeconds,
      lastOk,
      waits,
      configured: configured.has(name),
      lastError,
      failingSince,
    }
  })
  const queue = state.queue.map(({ id, url, title, tries, firstFailed, nextTry, reason }) => {
    return { id, url, title, tries, firstFailed, nextTry, reason }
  })
  const pictures = (state.pictures ?? []).flatMap(({ nextTry, firstFailed }) => (nextTry === null ? [] : [firstFailed]))
  const pauses = Object.entries(state.hosts).map(([host, { notBefore }]) => ({ host, notBefore }))
  return {
    archive,
    at: isoTime(nowMs),
    lastRun: state.lastRun,
    newest: sections[0] ?? null,
    sections,
    sources,
    queue: queue.filter(({ nextTry }) => nextTry !== null),
    givenUp: queue.filter(({ nextTry }) => nextTry === null),
    pictures: {
      waiting: pictures.length,
      oldest: pictures.toSorted()[0] ?? null,
      givenUp: (state.pictures ?? []).length - pictures.length,
    },
    gaps: state.gaps,
    days: heldOf(lastDays(nowMs), counts, state),
    pauses: pauses.filter(({ notBefore }) => Date.parse(notBefore) > nowMs),
  }
}

/** Lines of a status that are about one thing. */
interface StatusPart {
  name: string
  lines: string[]
}

/** What there is to say of a status, thing by thing. */
export function statusParts(status: ArchiveStatus): StatusPart[] {
  const nowMs = Date.parse(status.at)
  const { sections, sources, gaps, pauses, queue, pictures, givenUp } = status
  return [
    { name: t`archive`, lines: [status.archive] },
    { name: t`last run`, lines: [lastRun(status.lastRun, nowMs)] },
    { name: t`newest`, lines: [newestLine(status)] },
    { name: t`sections`, lines: sections.length < 2 ? [] : sections.map((story) => sectionLine(story, nowMs)) },
    { name: t`sources`, lines: sources.map((source) => sourceLine(source, nowMs)) },
    { name: t`gaps`, lines: gaps.map(gapLine) },
    {
      name: t`pauses`,
      lines: pauses.map(({ host, notBefore }) => t`${host} asked for a pause, ${until(notBefore, nowMs)} more`),
    },
    { name: t`retry`, lines: queue.length === 0 ? [t`nothing`] : queue.map((story) => retryLine(story, nowMs)) },
    { name: t`pictures`, lines: picturesLines(pictures, nowMs) },
    {
      name: t`given up`,
      lines: givenUp.map(
        ({ title, url, tries, reason }) =>
          `${calledBy({ title, url })}: ${plural(tries, t`${reason} (${tries} try)`, t`${reason} (${tries} tries)`)}`,
      ),
    },
  ]
}

/** The status as a person reads it: lines of a name and what there is to say. */
export function printStatus(status: ArchiveStatus): string[] {
  return statusParts(status).flatMap(named)
}

/** What the archive holds of the last weeks, drawn on a terminal of so many columns. */
export function drawStatus({ days }: Pick<ArchiveStatus, 'days'>, columns: number): string[] {
  return named({ name: t`days`, lines: drawHeld(days, columns - NAME_WIDTH) })
}

function named({ name, lines }: StatusPart): string[] {
  return lines.map((line, index) => `${padColumns(index === 0 ? name : '', NAME_WIDTH)}${line}`)
}

/** The width of the names before what there is to say. */
export const NAME_WIDTH = 10

function ago(time: string, nowMs: number): string {
  return t`${printDuration(Math.max(0, nowMs - Date.parse(time)))} ago`
}

/** How long ago a story was published; its day, where that alone is known. */
function storyAgo(time: string, nowMs: number): string {
  return isStartOfDay(time) ? t`of ${dayIn(CHINESE_ZONE, Date.parse(time))}` : ago(time, nowMs)
}

function until(time: string, nowMs: number): string {
  return printDuration(Math.max(0, Date.parse(time) - nowMs))
}

function lastRun(run: RunState | null, nowMs: number): string {
  if (run === null) return t`none is remembered`
  const { command, ended, exitCode, written, revised, failed, failedAgain = 0 } = run
  const again = failedAgain > 0 && t`${failedAgain} failed again`
  const done = commas([t`${written} written`, t`${revised} revised`, t`${failed} failed`, again])
  return t`${command}, ${ago(ended, nowMs)}: ${done} (exit ${exitCode})`
}

function newestLine({ newest: story, at }: ArchiveStatus): string {
  return story === null ? t`no story yet` : commas([story.path, storyAgo(story.published, Date.parse(at))])
}

/** A section as status names it. */
export function sectionWords(section: string | null): string {
  return section ?? t`no section`
}

function sectionLine({ section, path, published }: NewestStory, nowMs: number): string {
  return `${sectionWords(section)}: ${commas([path, storyAgo(published, nowMs)])}`
}

function sourceLine(source: SourceStatus, nowMs: number): string {
  const { name, newest: shown, lastOk, waits, configured, lastError, failingSince } = source
  const story = shown === null ? t`no story yet` : t`newest story ${storyAgo(shown, nowMs)}`
  const read = lastOk === null ? t`never read` : t`read ${ago(lastOk, nowMs)}`
  const fault = failingSince !== null && t`failing since ${ago(failingSince, nowMs)}: ${lastError ?? t`unknown`}`
  const turn = waits && t`had no turn in the last run`
  // A feed is its own address, wherever it was named.
  const given = !configured && !isUrl(name) && t`named by the last command line, not by the configuration`
  return `${name}: ${clauses([commas([story, read, turn]), fault, given])}`
}

function gapLine(gap: Gap): string {
  const { source, from, to, reason, beyond } = gap
  const days = `${source}: ${daysInWords(gap)}`
  if (beyond === true && reason === null)
    return `${days}: ${t`further back than --max-gap; backfill --from ${from} --to ${to} looks them up`}`
  return reason === null ? days : `${days}: ${said(reason)}`
}

function picturesLines({ waiting, oldest, givenUp }: ArchiveStatus['pictures'], nowMs: number): string[] {
  const since = oldest === null ? '' : ago(oldest, nowMs)
  return partsSaid([
    oldest !== null &&
      plural(
        waiting,
        t`${waiting} is asked for again, first asked for ${since}`,
        t`${waiting} are asked for again, the first of them asked for ${since}`,
      ),
    givenUp > 0 &&
      plural(
        givenUp,
        t`${givenUp} cannot be had, and stays where it is`,
        t`${givenUp} cannot be had, and stay where they are`,
      ),
  ])
}

function retryLine({ title, url, tries, nextTry, reason }: QueuedStory, nowMs: number): string {
  const due = nextTry === null || Date.parse(nextTry) <= nowMs ? t`by the next run` : t`in ${until(nextTry, nowMs)}`
  const then = plural(tries, t`${reason} (${tries} try; next ${due})`, t`${reason} (${tries} tries; next ${due})`)
  return `${calledBy({ title, url })}: ${then}`
}

function calledBy({ title, url }: Pick<QueuedStory, 'title' | 'url'>): string {
  return title === null ? url : `${title} ${url}`
}
