import type { Config } from '../config/keys.ts'
import { documentIn } from '../core/archive/stored.ts'
import { lastDays } from '../core/archive/held.ts'
import { type NewestStory, type ArchiveStatus, statusOf } from '../core/archive/status.ts'
import { soundState, type State } from '../core/archive/state.ts'
import { dateOf, fromOf } from '../core/document/document.ts'
import { AHEAD_MS, CHINESE_ZONE, dayIn, isoTime } from '../core/time.ts'
import type { Archive } from '../edge/archive/archive.ts'
import { readState } from '../edge/archive/state.ts'
import { unlessLocal } from '../errors.ts'
import type { Io } from '../io.ts'
import { paperOf, publisherOf, sectionOf } from '../sites/publishers.ts'
import { isAddress, sectionNamed, sectionOfList, sectionsIn } from './configured/sections.ts'
import { sourcesOf } from './configured/sources.ts'

/** A story of a day may be of the evening before: the newest one is in the last two days that have stories. */
const DAYS_TO_READ = 2
/** Days with stories in which the newest of a section in use is looked for: one that has none there is stale. */
export const MOST_DAYS = 14

/** How an archive stands, and of what that was told. */
interface Standing {
  status: ArchiveStatus
  state: State
  /** The sections in use that were ever asked for, or have a story of late. */
  judged: (string | null)[]
}

/** How an archive stands now, as its state and its last days tell. */
export async function standingOf(
  options: Pick<Config, 'archive' | 'section' | 'sources' | 'feed'>,
  archive: Archive,
  say: (line: string) => void,
  io: Pick<Io, 'now' | 'signal'>,
): Promise<Standing> {
  const now = io.now()
  const sources = sourcesOf(options)
  const state = soundState(await readState(archive.store, say), now)
  // A section whose lists were never asked is one of a default that nobody uses.
  const polled = new Set<string | null>(
    sources.filter(({ name }) => state.sources[name]?.lastOk).map(({ section }) => section),
  )
  const inUse = sectionsIn(options).map((name) => (isAddress(name) ? partAt(name, sectionOfList) : name))
  const newest = await newestStories(archive, inUse, now, io.signal)
  const configured = new Set(sources.map(({ name }) => name))
  const judged = inUse.filter((name) => polled.has(name) || newest.some(({ section }) => section === name))
  const counts = await countsOf(lastDays(now), archive)
  return { status: statusOf(options.archive, state, { newest, counts }, configured, now), state, judged }
}

/** How many stories days have. A day's folder that cannot be read is for `verify` to name. */
async function countsOf(days: readonly string[], archive: Archive): Promise<Map<string, number>> {
  const present = new Set(await archive.days())
  const own = days.filter((day) => present.has(day))
  return new Map(
    await Promise.all(
      own.map(async (day): Promise<[string, number]> => [day, (await unlessLocal(archive.stories(day), [])).length]),
    ),
  )
}

/** The newest story of each section that the last days have, and of the sections in use, if need be of earlier days. */
async function newestStories(
  archive: Archive,
  inUse: readonly (string | null)[],
  nowMs: number,
  signal: AbortSignal,
): Promise<NewestStory[]> {
  const newest = new Map<string | null, NewestStory>()
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

/** The part of the archive to which what is at an address belongs: a section, if any, or the paper where nobody knows that. */
function partAt(url: string, section: (url: string) => string): string | null {
  return publisherOf(url) === null ? paperOf(url) : section(url) || null
}

/** The story in the file; `null` for a file that cannot be read, which `verify` names. */
async function storyAt(path: string, archive: Archive): Promise<NewestStory | null> {
  const text = await unlessLocal(archive.read(path), null)
  const document = text === null ? null : documentIn(text)
  const ms = document === null ? Number.NaN : dateOf(document)
  if (document === null || Number.isNaN(ms)) return null
  return { section: partAt(fromOf(document), sectionOfStory), path, published: isoTime(ms) }
}
