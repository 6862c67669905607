import { dayPattern, idOfName } from '../core/archive/path.ts'
import { jsonLine, printable } from '../core/text/printable.ts'
import { isDay } from '../core/time.ts'
import { type Archive, openArchive } from '../edge/archive/archive.ts'
import { openJournal } from '../edge/archive/journal.ts'
import { openStore } from '../edge/store/open.ts'
import type { Store } from '../edge/store/store.ts'
import { EXIT, type ExitCode, noArchiveAt, UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { type Asked, recordsIn } from '../pipeline/records.ts'
import { dayOf } from '../pipeline/span.ts'
import { DEFAULT_PUBLISHER } from '../sites/publishers.ts'
import { said, t } from '../words/words.ts'

export interface ExportOptions extends Omit<Asked, 'what'> {
  archive: string
}

/** Prints archived stories as NDJSON, in order of their days: all, or those of the days and files named. */
export async function exportStories(given: readonly string[], options: ExportOptions, io: Io): Promise<ExitCode> {
  const store = openStore(options.archive, io.cwd)
  const say = (line: string): void => io.stderr(`${printable(line)}\n`)
  const all = given.map((each) => nameIn(store, each))
  const names = all.filter((name) => name !== null)
  const named = names.length === 0 || all.includes(null) ? null : names
  for (const day of names.filter((name) => /^[\d-]+$/.test(name))) {
    if (!isDay(day) && !isMonth(day))
      throw new UsageError(t`${day} is no day and no month; write YYYY-MM-DD or YYYY-MM`)
  }
  const { zone } = DEFAULT_PUBLISHER
  const since = options.since === null ? null : dayOf('since', options.since, 'first', io.now(), zone)
  const until = options.until === null ? null : dayOf('until', options.until, 'last', io.now(), zone)
  if (since !== null && until !== null && since > until) {
    throw new UsageError(t`--since ${since} lies after --until ${until}`)
  }
  const archive = await openArchive(store, { write: false, keepRevisions: 1, report: say })
  if (!(await store.exists())) throw noArchiveAt(options.archive)
  const journal = openJournal(store, say)
  const what = named === null ? null : await daysOfMonths(named, archive)
  let failed = false
  for await (const found of recordsIn(archive, journal, { ...options, since, until, what }, io)) {
    if ('record' in found) await io.stdout(jsonLine(found.record))
    else if (found.isFormer) say(`${store.shown(found.path)}: ${t`passed over: ${said(found.why)}`}`)
    else {
      failed = true
      // What was named and is no story stays as it was named.
      const isStory = dayPattern.test(found.path.slice(0, 10))
      say(`${isStory ? store.shown(found.path) : found.path}: ${said(found.why)}`)
    }
  }
  return failed ? EXIT.storiesFailed : EXIT.done
}

const isMonth = (text: string): boolean => /^\d{4}-\d{2}$/.test(text) && isDay(`${text}-01`)

/** Names of days and files, the days that the archive has of a month in the place of the month. */
async function daysOfMonths(names: readonly string[], archive: Archive): Promise<string[]> {
  const days = names.some(isMonth) ? await archive.days() : []
  return names.flatMap((name) => (isMonth(name) ? days.filter((day) => day.startsWith(`${name}-`)) : [name]))
}

/** A day's folder, or a file in one. */
const IN_ARCHIVE = /^\d{4}-\d{2}-\d{2}(?:\/[^/]+)?$/

/**
 * A day or a file as the archive names it, whichever way a user does: from the working folder, from the archive, as records
 * do, by its name alone, with the separators of Windows. `null` for the archive itself. What is none of these stays as it was
 * given.
 */
function nameIn(store: Store, given: string): string | null {
  for (const spelled of [given, given.replaceAll('\\', '/')]) {
    const bare = spelled.replace(/(?<!\/)\/+$/, '')
    const own = idOfName(bare) === null ? bare : `${bare.slice(0, 10)}/${bare}`
    if (dayPattern.test(own)) return own
    const below = spelled === '' ? null : store.nameOf(spelled)
    if (below === '') return null
    const found = [below ?? '', own].find((name) => IN_ARCHIVE.test(name))
    if (found !== undefined) return found
  }
  return given
}
