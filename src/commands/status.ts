import { resolve } from 'node:path'
import { DocumentError, valueOf } from '../core/document/document.ts'
import { parseStored } from '../core/archive/stored.ts'
import { jsonLine, printable } from '../core/text/printable.ts'
import { type NewestStory, printStatus, statusOf } from '../core/archive/status.ts'
import { isoTime } from '../core/time.ts'
import { printDuration } from '../core/units.ts'
import { type Archive, openArchive } from '../edge/archive/archive.ts'
import { readState } from '../edge/archive/state.ts'
import { ArchiveError, EXIT, type ExitCode, isOfOneStory } from '../errors.ts'
import type { Io } from '../io.ts'

export interface StatusOptions {
  archive: string
  json: boolean
  /** Errors only: the exit code tells. */
  quiet: boolean
  /** The newest story may be this old, ms; `null`: any age will do. */
  maxAge: number | null
}

/** A story of a day may be of the evening before: the newest one is in the last two days that have stories. */
const DAYS_TO_READ = 2

/** Prints how the archive stands; exit 1 when its newest story is older than it may be. */
export async function status(options: StatusOptions, io: Io): Promise<ExitCode> {
  const root = resolve(io.cwd, options.archive)
  const say = (line: string): void => io.stderr(`${printable(line)}\n`)
  const archive = await openArchive(root, { write: false, keepRevisions: 1, report: say })
  if (!(await archive.exists()))
    throw new ArchiveError(`there is no archive at ${options.archive}; fetch makes one, --archive names another`)
  const newest = await newestStory(archive, io.signal)
  const now = io.now()
  const found = statusOf(options.archive, await readState(root, say), newest, now)
  if (options.json) await io.stdout(jsonLine(found))
  else if (!options.quiet) for (const line of printStatus(found)) await io.stdout(`${printable(line)}\n`)
  if (options.maxAge === null || (newest !== null && now - Date.parse(newest.published) <= options.maxAge)) {
    return EXIT.done
  }
  if (options.quiet) return EXIT.storiesFailed
  const age = newest === null ? 'there is no story' : `the newest story is of ${newest.published}`
  say(`${options.archive}: ${age}, older than ${printDuration(options.maxAge)}`)
  return EXIT.storiesFailed
}

async function newestStory(archive: Archive, signal: AbortSignal): Promise<NewestStory | null> {
  let newest: NewestStory | null = null
  let left = DAYS_TO_READ
  for (const day of (await archive.days()).toReversed()) {
    const stories = await archive.stories(day).catch(nothingIfLocal)
    for (const path of stories) {
      signal.throwIfAborted()
      const published = await publishedOf(path, archive)
      if (published !== null && (newest === null || published > newest.published)) newest = { path, published }
    }
    if (stories.length > 0) left -= 1
    if (left === 0) break
  }
  return newest
}

/** A day's folder that cannot be read is for `verify` to name. */
function nothingIfLocal(error: unknown): string[] {
  if (isOfOneStory(error)) return []
  throw error
}

/** The time in the file; `null` for a file that cannot be read, which `verify` names. */
async function publishedOf(path: string, archive: Archive): Promise<string | null> {
  try {
    const ms = Date.parse(String(valueOf(parseStored(await archive.read(path)), 'date')))
    return Number.isNaN(ms) ? null : isoTime(ms)
  } catch (error) {
    if (error instanceof DocumentError || isOfOneStory(error)) return null
    throw error
  }
}
