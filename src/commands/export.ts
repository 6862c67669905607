import { join, relative, resolve, sep } from 'node:path'
import { dayPattern } from '../core/archive/path.ts'
import { jsonLine, printable } from '../core/text/printable.ts'
import { isDay } from '../core/time.ts'
import { openArchive } from '../edge/archive/archive.ts'
import { openJournal } from '../edge/archive/journal.ts'
import { ArchiveError, EXIT, type ExitCode, UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { type Asked, recordsIn } from '../pipeline/records.ts'
import { message, said, t } from '../words/words.ts'

export interface ExportOptions extends Omit<Asked, 'what'> {
  archive: string
}

/** Prints archived stories as NDJSON, in order of their days: all, or those of the days and files named. */
export async function exportStories(what: readonly string[], options: ExportOptions, io: Io): Promise<ExitCode> {
  const root = resolve(io.cwd, options.archive)
  const say = (line: string): void => io.stderr(`${printable(line)}\n`)
  for (const day of [options.since, options.until, ...what.filter((name) => dayPattern.test(name))]) {
    if (day !== null && !isDay(day)) throw new UsageError(t`${day} is no day; write YYYY-MM-DD`)
  }
  if (options.since !== null && options.until !== null && options.since > options.until) {
    throw new UsageError(t`--since ${options.since} lies after --until ${options.until}`)
  }
  const archive = await openArchive(root, { write: false, keepRevisions: 1, report: say })
  if (!(await archive.exists())) throw new ArchiveError(message`there is no archive at ${options.archive}`)
  const journal = openJournal(root, say)
  let failed = false
  const named = what.length === 0 ? null : what.map((name) => pathOf(name, root, io.cwd))
  for await (const found of recordsIn(archive, journal, { ...options, what: named }, io)) {
    if ('record' in found) await io.stdout(jsonLine(found.record))
    else if (found.isFormer) say(`${join(options.archive, found.path)}: ${t`passed over: ${said(found.why)}`}`)
    else {
      failed = true
      say(`${shownPath(found.path, options.archive)}: ${said(found.why)}`)
    }
  }
  return failed ? EXIT.storiesFailed : EXIT.done
}

/** Usable from the working folder; what was named and is no story stays as it was named. */
function shownPath(path: string, archive: string): string {
  return dayPattern.test(path.slice(0, 10)) ? join(archive, path) : path
}

/** A day; a file named from the working folder, or from the archive. */
function pathOf(name: string, root: string, cwd: string): string {
  if (dayPattern.test(name)) return name
  const below = relative(root, resolve(cwd, name)).split(sep).join('/')
  return below.startsWith('..') || below === '..' ? name : below
}
