import type { Config } from '../config/keys.ts'
import { isUnread } from '../core/archive/queue.ts'
import type { State } from '../core/archive/state.ts'
import {
  ageOf,
  drawStatus,
  NAME_WIDTH,
  type NewestStory,
  printStatus,
  sectionWords,
  type ArchiveStatus,
} from '../core/archive/status.ts'
import { pagesNewSince } from '../core/archive/trouble.ts'
import { SEE_PROBE } from '../core/extraction.ts'
import { jsonLine, printableLine } from '../core/text/printable.ts'
import { printDuration } from '../core/units.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import { MOST_DAYS, standingOf } from '../pipeline/standing.ts'
import { clauses, inEnglish, plural, said, t } from '../words/words.ts'
import { openPresent } from './present.ts'

interface StatusOptions extends Pick<Config, 'archive' | 'json' | 'quiet' | 'section' | 'sources' | 'feed'> {
  /** The newest story of each section may be this old, ms; `null`: any age will do. */
  maxAge: number | null
}

/**
 * Prints how the archive stands; exit 1 when the newest story, or that of a section in use, is older than it may be, when
 * the paper's pages look new, and while stories wait whose pages nothing can read.
 */
export async function status(options: StatusOptions, io: Io): Promise<ExitCode> {
  const say = sayingTo(io)
  const { archive } = await openPresent(options.archive, say, io)
  const { status: found, state, judged } = await standingOf(options, archive, say, io)
  if (options.json) await io.stdout(jsonLine(found, inEnglish))
  else if (!options.quiet) await print(found, io)
  const troubles = troublesIn(found, state)
  if (!options.quiet) for (const line of troubles) say(`${options.archive}: ${line}`)
  const { maxAge } = options
  if (maxAge === null) return troubles.length === 0 ? EXIT.done : EXIT.storiesFailed
  const stale = staleParts(found, judged, maxAge, io.now())
  if (!options.quiet)
    for (const part of stale) say(`${options.archive}: ${t`${part}, older than ${printDuration(maxAge)}`}`)
  return stale.length > 0 || troubles.length > 0 ? EXIT.storiesFailed : EXIT.done
}

/** That the paper is not as it is known, a line each: what it has is archived marked, or waits. */
function troublesIn({ queue }: ArchiveStatus, state: State): string[] {
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

async function print(found: ArchiveStatus, io: Io): Promise<void> {
  const columns = io.outputColumns()
  const again = found.givenUp.length === 0 ? [] : [t`backfill with such an address asks for it again`]
  const lines = [...printStatus(found), ...again.map((line) => ' '.repeat(NAME_WIDTH) + line)].map(printableLine)
  const shown = columns === null ? lines : await fitted([...lines, ...drawStatus(found, columns)], columns)
  for (const line of shown) await io.stdout(`${line}\n`)
}

/** Lines of a status in so many columns. */
async function fitted(lines: readonly string[], columns: number): Promise<string[]> {
  const { wrap } = await import('../core/text/wrap.ts')
  return lines.flatMap((line) => wrap(line, columns, NAME_WIDTH + 2))
}

/** What is too old, or was not found at all: the newest story of all, or else those of the sections. */
function staleParts(
  { newest, sections }: ArchiveStatus,
  judged: readonly (string | null)[],
  maxAge: number,
  nowMs: number,
): string[] {
  const isStale = (story: NewestStory) => ageOf(story.published, nowMs) > maxAge
  if (newest === null) return [t`there is no story`]
  if (isStale(newest)) return [t`the newest story is of ${newest.published}`]
  return judged.flatMap((name) => {
    const story = sections.find(({ section }) => section === name)
    if (story === undefined)
      return [`${sectionWords(name)}: ${t`no story in the last ${MOST_DAYS} days that have any`}`]
    return isStale(story) ? [`${sectionWords(name)}: ${t`the newest story is of ${story.published}`}`] : []
  })
}
