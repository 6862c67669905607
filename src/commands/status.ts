import type { Config } from '../config-keys.ts'
import { DocumentError, valueOf, dateOf } from '../core/document/document.ts'
import { parseStored } from '../core/archive/stored.ts'
import { SEE_PROBE } from '../core/extraction.ts'
import { jsonLine, printable } from '../core/text/printable.ts'
import { ageOf, NAME_WIDTH, type NewestStory, printStatus, type Status, statusOf } from '../core/archive/status.ts'
import { isUnread } from '../core/archive/queue.ts'
import { soundState, type State } from '../core/archive/state.ts'
import { pagesNewSince } from '../core/archive/trouble.ts'
import { AHEAD_MS, CHINESE_ZONE, dayIn, isoTime } from '../core/time.ts'
import { printDuration } from '../core/units.ts'
import { type Archive, openArchive } from '../edge/archive/archive.ts'
import { readState } from '../edge/archive/state.ts'
import { openStore } from '../edge/store/open.ts'
import { EXIT, type ExitCode, isOfOneStory, noArchiveAt, unlessLocal } from '../errors.ts'
import type { Io } from '../io.ts'
import { paperOf, publisherOf, sectionOf } from '../sites/publishers.ts'
import { isAddress, sectionNamed, sectionOfList, sectionsIn } from '../pipeline/sections.ts'
import { sourcesOf } from '../pipeline/sources.ts'
import { clauses, inEnglish, plural, said, t } from '../words/words.ts'

export interface StatusOptions extends Pick<Config, 'archive' | 'json' | 'quiet' | 'section' | 'sources' | 'feed'> {
  /** The newest story of each section may be this old, ms; `null`: any age will do. */
  maxAge: number | null
}

/** A story of a day may be of the evening before: the newest one is in the last two days that have stories. */
const DAYS_TO_READ = 2
/** Days with stories in which the newest of a section in use is looked for: one that has none there is stale. */
const MOST_DAYS = 14

/**
 * Prints how the archive stands; exit 1 when the newest story, or that of a section in use, is older than it may be, when
 * the paper's pages look new, and while stories wait whose pages nothing can read.
 */
export async function status(options: StatusOptions, io: Io): Promise<ExitCode> {
  const store = openStore(options.archive, io.cwd)
  const say = (line: string): void => io.stderr(`${printable(line)}\n`)
  const archive = await openArchive(store, { write: false, keepRevisions: 1, report: say })
  if (!(await store.exists())) throw noArchiveAt(options.archive)
  const now = io.now()
  const sources = sourcesOf(options)
  const state = soundState(await readState(store, say), now)
  // A section whose lists were never asked is one of a default that nobody uses.
  const polled = new Set(sources.filter(({ name }) => state.sources[name]?.lastOk).map(({ section }) => section))
  const inUse = sectionsIn(options).map((name) => (isAddress(name) ? partAt(name, sectionOfList) : name))
  const newest = await newestStories(archive, inUse, now, io.signal)
  const configured = new Set(sources.map(({ name }) => name))
  const found = statusOf(options.archive, state, newest, configured, now)
  if (options.json) await io.stdout(jsonLine(found, inEnglish))
  else if (!options.quiet) await print(found, io)
  const troubles = troublesIn(found, state)
  if (!options.quiet) for (const line of troubles) say(`${options.archive}: ${line}`)
  const { maxAge } = options
  if (maxAge === null) return troubles.length === 0 ? EXIT.done : EXIT.storiesFailed
  const judged = inUse.filter((name) => polled.has(name) || newest.some(({ section }) => section === name))
  const stale = staleParts(found, judged, maxAge, io.now())
  if (!options.quiet)
    for (const part of stale) say(`${options.archive}: ${t`${part}, older than ${printDuration(maxAge)}`}`)
  return stale.length > 0 || troubles.length > 0 ? EXIT.storiesFailed : EXIT.done
}

/** That the paper is not as it is known, a line each: what it has is archived marked, or waits. */
function troublesIn({ queue }: Status, state: State): string[] {
  const newSince = pagesNewSince(state.troubles)
  const unread = queue.filter(isUnread).length
  const waiting = plural(
    unread,
    t`${unread} story waits whose page nothing can read`,
    t`${unread} stories wait whose pages nothing can read`,
  )
  return [
    ...(newSince === null
      ? []
      : [t`the paper's pages look new since ${newSince}: stories are read without a layout, see fetch`]),
    ...(unread === 0 ? [] : [clauses([waiting, said(SEE_PROBE)])]),
  ]
}

async function print(found: Status, io: Io): Promise<void> {
  const columns = io.outputColumns()
  const again = found.givenUp.length === 0 ? [] : [t`backfill with such an address asks for it again`]
  const lines = [...printStatus(found), ...again.map((line) => ' '.repeat(NAME_WIDTH) + line)].map(printable)
  const { wrap } = columns === null ? { wrap: null } : await import('../core/text/wrap.ts')
  const shown = lines.flatMap((line) => (wrap === null ? [line] : wrap(line, columns ?? 0, NAME_WIDTH + 2)))
  for (const line of shown) await io.stdout(`${line}\n`)
}

/** What is too old, or was not found at all: the newest story of all, or else those of the sections. */
function staleParts({ newest, sections }: Status, judged: readonly string[], maxAge: number, nowMs: number): string[] {
  const isStale = (story: NewestStory) => ageOf(story.published, nowMs) > maxAge
  if (newest === null) return [t`there is no story`]
  if (isStale(newest)) return [t`the newest story is of ${newest.published}`]
  return judged.flatMap((name) => {
    const story = sections.find(({ section }) => section === name)
    if (story === undefined) return [`${name}: ${t`no story in the last ${MOST_DAYS} days that have any`}`]
    return isStale(story) ? [`${name}: ${t`the newest story is of ${story.published}`}`] : []
  })
}

/** The newest story of each section that the last days have, and of the sections in use, if need be of earlier days. */
async function newestStories(
  archive: Archive,
  inUse: readonly string[],
  nowMs: number,
  signal: AbortSignal,
): Promise<NewestStory[]> {
  const newest = new Map<string, NewestStory>()
  // A story that is dated further ahead than clocks differ tells nothing of how fresh an archive is.
  const last = isoTime(nowMs + AHEAD_MS)
  const days = (await archive.days()).filter((day) => day <= dayIn(CHINESE_ZONE, nowMs + AHEAD_MS))
  let read = 0
  for (const day of days.toReversed()) {
    if (read >= (inUse.every((name) => newest.has(name)) ? DAYS_TO_READ : MOST_DAYS)) break
    // A day's folder that cannot be read is for `verify` to name.
    const stories = await unlessLocal(archive.stories(day), [])
    for (const path of stories) {
      signal.throwIfAborted()
      const story = await storyAt(path, archive)
      if (story === null || story.published > last) continue
      if (story.published > (newest.get(story.section)?.published ?? '')) newest.set(story.section, story)
    }
    if (stories.length > 0) read += 1
  }
  return [...newest.values()]
}

const sectionOfStory = (url: string): string => sectionNamed(sectionOf(url) ?? '', url)

/** The part of the archive to which what is at an address belongs: a section, or the paper where nobody knows that. */
function partAt(url: string, section: (url: string) => string): string {
  return publisherOf(url) === null ? paperOf(url) : section(url)
}

/** The story in the file; `null` for a file that cannot be read, which `verify` names. */
async function storyAt(path: string, archive: Archive): Promise<NewestStory | null> {
  try {
    const document = parseStored(await archive.read(path))
    const ms = dateOf(document)
    const url = String(valueOf(document, 'from'))
    return Number.isNaN(ms) ? null : { section: partAt(url, sectionOfStory), path, published: isoTime(ms) }
  } catch (error) {
    if (error instanceof DocumentError || isOfOneStory(error)) return null
    throw error
  }
}
