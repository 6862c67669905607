import { dayPattern, idOfName, placeOfPath } from '../core/archive/path.ts'
import { storiesIn } from '../core/counts.ts'
import { daysNamed } from '../core/days.ts'
import type { StoryRecord } from '../core/model.ts'
import { jsonLine, printableUrl, shownText } from '../core/text/printable.ts'
import { urlOf } from '../core/url.ts'
import type { Archive } from '../edge/archive/archive.ts'
import { writeOutput } from '../edge/output.ts'
import { openStore } from '../edge/store/open.ts'
import type { Store } from '../edge/store/store.ts'
import { EXIT, type ExitCode, UsageError } from '../errors.ts'
import { type Io, sayingTo } from '../io.ts'
import { type RecordSelection, recordsIn } from '../pipeline/records/records.ts'
import { isOfSections } from '../pipeline/configured/sections.ts'
import { dayOf } from '../pipeline/sources/span.ts'
import { DEFAULT_PUBLISHER } from '../sites/publishers.ts'
import { said, t } from '../words/words.ts'
import { openPresent } from './present.ts'

export interface ExportOptions extends Omit<Required<RecordSelection>, 'what'> {
  archive: string
  /** What stories are printed as; where it is left out what the ending of `output` says, or NDJSON. */
  format?: 'ndjson' | 'atom' | 'json-feed' | 'epub'
  /** The sections of the stories that are meant; all where none is named. */
  section?: readonly string[]
  /** The file that is written; standard output where it is left out, or `-`. */
  output?: string | undefined
  /** The address at which a feed will stand; left out where that is not known. */
  self?: string | undefined
  quiet?: boolean
}

/** Prints archived stories, in order of their days: all, or those of the days and files named. */
export async function exportStories(given: readonly string[], asked: ExportOptions, io: Io): Promise<ExitCode> {
  const output = asked.output === '-' ? undefined : asked.output
  const options = { ...asked, output, format: asked.format ?? formOf(output) ?? 'ndjson' }
  check(options, io)
  const store = openStore(options.archive, io.cwd)
  const say = sayingTo(io)
  const all = given.map((each) => nameIn(store, each))
  const names = all.filter((name) => name !== null)
  const { zone } = DEFAULT_PUBLISHER
  const nowMs = io.now()
  const spans = names.map((name) => ({ name, days: daysNamed(name, nowMs, zone) }))
  const named = names.length === 0 || all.includes(null) ? null : spans
  for (const { name, days } of spans) {
    if (days === null && /^[\d-]+$/.test(name))
      throw new UsageError(t`${shownText(name)} is no day and no month; write YYYY-MM-DD or YYYY-MM`)
  }
  const since = options.since === null ? null : dayOf('since', options.since, 'first', nowMs, zone)
  const until = options.until === null ? null : dayOf('until', options.until, 'last', nowMs, zone)
  if (since !== null && until !== null && since > until) {
    throw new UsageError(t`--since ${since} lies after --until ${until}`)
  }
  const { archive, journal } = await openPresent(options.archive, say, io)
  const what = named === null ? null : await filesAndDays(named, archive)
  let failed = false
  let count = 0
  const { section = [] } = options
  const isMeant = section.length === 0 ? () => true : isOfSections(section)
  async function* records(): AsyncGenerator<StoryRecord> {
    for await (const found of recordsIn(archive, journal, { ...options, since, until, what }, io)) {
      if ('record' in found) {
        if (!isMeant(found.record)) continue
        count += 1
        yield found.record
      } else if (found.isFormer) say(`${store.shown(found.path)}: ${t`passed over: ${said(found.why)}`}`)
      else {
        failed = true
        if (dayPattern.test(placeOfPath(found.path).day)) say(`${store.shown(found.path)}: ${said(found.why)}`)
        else
          say(
            `${found.path}: ${t`is no file of a story and names no days; write a path, 2021-11-10, 2021-11, 2021, yesterday or 7d`}`,
          )
      }
    }
  }
  const days = { since, until, named: named?.map(calendarName) ?? null }
  // A feed of the last seven days is the same feed tomorrow.
  const words = { since: options.since, until: options.until, named: named && names }
  await put(await published(records(), store, options, { days, words }, io), output, io)
  if (count === 0 && !failed && options.quiet !== true) say(`export: ${storiesIn(count)}`)
  return failed ? EXIT.storiesFailed : EXIT.done
}

/** What is asked for, once it is known what stories are printed as. */
type FormedExport = ExportOptions & Required<Pick<ExportOptions, 'format'>>

/** What a file is to hold by the ending of its name; `undefined` where that says nothing. */
function formOf(output = ''): ExportOptions['format'] {
  const [, ending] = /\.(epub|atom|ndjson)$/i.exec(output) ?? []
  return ending?.toLowerCase() as 'epub' | 'atom' | 'ndjson' | undefined
}

/** Throws where options do not go together. */
function check({ format, revisions, self, output }: FormedExport, io: Io): void {
  const isFeed = format === 'atom' || format === 'json-feed'
  const named = formOf(output) ?? format
  if (named !== format)
    throw new UsageError(
      t`--output ${shownText(output ?? '')} says ${named}, --format ${format}: leave --format out, or end the name otherwise`,
    )
  if (revisions && format !== 'ndjson')
    throw new UsageError(t`--revisions goes with NDJSON alone, not with --format ${format}`)
  if (self !== undefined && !isFeed) throw new UsageError(t`--self goes with --format atom or json-feed`)
  if (self !== undefined && !/^https?:/.test(urlOf(self)?.protocol ?? ''))
    throw new UsageError(`--self: ${t`"${shownText(self)}" is no address that begins with http:// or https://`}`)
  if (self !== undefined && printableUrl(self) !== self)
    throw new UsageError(`--self: ${t`"${shownText(self)}" was given with credentials, which all readers would have`}`)
  if (format === 'epub' && output === undefined && io.outputColumns() !== null)
    throw new UsageError(t`a book is not for a terminal; write --output FILE, or lead it into a file`)
}

/**
 * What is printed of the stories. `chosen`: which they are, by days of the calendar and by the user's words. What writes feeds and
 * books is loaded for these alone.
 */
async function published(
  records: AsyncIterable<StoryRecord>,
  store: Store,
  { format, section: sections = [], self }: FormedExport,
  chosen: { days: object; words: object },
  io: Io,
): Promise<AsyncIterable<string | Uint8Array>> {
  if (format === 'ndjson') return lines(records)
  const { bookOf, feedOf } = await import('../pipeline/records/publish.ts')
  if (format === 'epub') return bookOf(records, store, { of: chosen.days, sections, nowMs: io.now() })
  return feedOf(records, format, self ?? null, { of: chosen.words, sections, nowMs: io.now() })
}

async function* lines(records: AsyncIterable<StoryRecord>): AsyncGenerator<string> {
  for await (const record of records) yield jsonLine(record)
}

/** Prints, or writes into a file, which is there when it is whole. */
async function put(chunks: AsyncIterable<string | Uint8Array>, path: string | undefined, io: Io): Promise<void> {
  if (path !== undefined) return writeOutput(chunks, path, io)
  for await (const chunk of chunks) await io.stdout(chunk)
}

/** A name, and the days that it is one of; `null` for a file. */
interface Named {
  name: string
  days: { from: string; to: string } | null
}

/** A day, month or year as it was named; other words for days by the days that they are of now. */
function calendarName({ name, days }: Named): string {
  return days === null || /^[\d-]+$/.test(name) ? name : `${days.from}..${days.to}`
}

/** The files that are named, and the days: of a span those that the archive has. */
async function filesAndDays(named: readonly Named[], archive: Archive): Promise<string[]> {
  const isSpan = named.some(({ days }) => days !== null && days.from !== days.to)
  const there = isSpan ? await archive.days() : []
  return named.flatMap(({ name, days }) => {
    if (days === null) return [name]
    return days.from === days.to ? [days.from] : there.filter((day) => day >= days.from && day <= days.to)
  })
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
