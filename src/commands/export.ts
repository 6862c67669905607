import { createHash } from 'node:crypto'
import { join, relative, resolve, sep } from 'node:path'
import { type Document, DocumentError } from '../core/document/document.ts'
import { parseStored } from '../core/archive/stored.ts'
import { entryOfText, type JournalEntry } from '../core/archive/journal.ts'
import { dayPattern, idOfName } from '../core/archive/path.ts'
import { jsonLine, printable } from '../core/text/printable.ts'
import { startOfDay } from '../core/time.ts'
import { type Archive, openArchive } from '../edge/archive/archive.ts'
import { type Journal, openJournal } from '../edge/archive/journal.ts'
import { decodeUtf8, lookAt } from '../edge/read.ts'
import { idsWithRevisions, type Revision } from '../edge/archive/revisions.ts'
import { surveyFolder } from '../edge/archive/survey.ts'
import { ArchiveError, EXIT, type ExitCode, StoryError, UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { type Notes, recordOf } from '../pipeline/record.ts'

export interface ExportOptions {
  archive: string
  /** First and last day, `YYYY-MM-DD`; `null`: no bound. */
  since: string | null
  until: string | null
  /** Former texts too, before the text that stands. */
  revisions: boolean
}

interface Export {
  archive: Archive
  journal: Journal
  io: Io
  revisions: boolean
  /** Says why a former text is left out. */
  passOver: (path: string, why: string) => void
  /** Ids with former texts of the day in hand. */
  revised: { day: string; ids: ReadonlySet<string> } | null
  /** Names what is left out, and remembers that something is. */
  fail: (path: string, why: string) => void
}

/** Prints archived stories as NDJSON, in order of their days: all, or those of the days and files named. */
export async function exportStories(what: readonly string[], options: ExportOptions, io: Io): Promise<ExitCode> {
  const root = resolve(io.cwd, options.archive)
  const say = (line: string): void => io.stderr(`${printable(line)}\n`)
  for (const day of [options.since, options.until, ...what.filter((name) => dayPattern.test(name))]) {
    if (day !== null && startOfDay(day) === null) throw new UsageError(`${day} is no day; write YYYY-MM-DD`)
  }
  if (options.since !== null && options.until !== null && options.since > options.until) {
    throw new UsageError(`--since ${options.since} lies after --until ${options.until}`)
  }
  const archive = await openArchive(root, { write: false, keepRevisions: 1, report: say })
  if (!(await archive.exists())) throw new ArchiveError(`there is no archive at ${options.archive}`)
  const journal = openJournal(root, say)
  let failed = false
  const passOver = (path: string, why: string): void => say(`${join(options.archive, path)}: passed over: ${why}`)
  const fail = (path: string, why: string): void => {
    failed = true
    say(`${shownPath(path, options.archive)}: ${why}`)
  }
  const work: Export = { archive, journal, io, revisions: options.revisions, passOver, fail, revised: null }
  for await (const path of paths(what, options, work)) {
    io.signal.throwIfAborted()
    try {
      for await (const line of linesOf(path, work)) await io.stdout(line)
    } catch (error) {
      if (!(error instanceof DocumentError) && !(error instanceof StoryError)) throw error
      fail(path, error.message.replace(`${path} `, ''))
    }
  }
  return failed ? EXIT.storiesFailed : EXIT.done
}

async function* paths(
  what: readonly string[],
  options: ExportOptions,
  { archive, io, fail }: Export,
): AsyncGenerator<string> {
  const wanted = (day: string): boolean =>
    (options.since === null || day >= options.since) && (options.until === null || day <= options.until)
  const named = what.length > 0 ? what : await archive.days()
  if (what.length === 0) {
    for (const day of await oddDays(archive, io)) {
      if (wanted(day)) fail(day, 'a link, which is not followed; put the folder itself in its place')
    }
  }
  for (const name of named) {
    if (!dayPattern.test(name)) yield pathOf(name, archive.root, io.cwd)
    else if (wanted(name)) yield* await archive.stories(name)
  }
}

async function oddDays({ root }: Archive, io: Io): Promise<string[]> {
  const { odd } = await surveyFolder(root, io.now(), false)
  return odd.filter((name) => dayPattern.test(name))
}

/** Usable from the working folder; what was named and is no story stays as it was named. */
function shownPath(path: string, archive: string): string {
  return dayPattern.test(path.slice(0, 10)) ? join(archive, path) : path
}

/** A file named from the working folder, or from the archive. */
function pathOf(name: string, root: string, cwd: string): string {
  const below = relative(root, resolve(cwd, name)).split(sep).join('/')
  return below.startsWith('..') || below === '..' ? name : below
}

async function* linesOf(path: string, work: Export): AsyncGenerator<string> {
  const { archive, journal } = work
  const [day = '', name = ''] = path.split('/')
  const document = parseStored(await textOf(path, archive))
  const id = idOfName(name) ?? ''
  const former = (await idsOf(day, work)).has(id) ? await archive.revisions(path) : []
  if (work.revisions) yield* formerLines(former, day, id, work)
  const entry = (await journal.latest(day)).get(id)
  const revision = Math.max((former.at(-1)?.number ?? 0) + 1, entry?.revision ?? 1)
  yield lineOf(recordOf(document, { ...notesOf(entry), path, revision }))
}

/** A file that the disk does not give is no reason to leave out the others. */
async function textOf(path: string, archive: Archive): Promise<string> {
  try {
    return await archive.read(path)
  } catch (error) {
    throw error instanceof ArchiveError ? new StoryError(error.message, { cause: error }) : error
  }
}

/** A former text may be what is left of a damaged file: it is passed over. */
async function* formerLines(
  former: readonly Revision[],
  day: string,
  id: string,
  { archive, journal, passOver }: Export,
): AsyncGenerator<string> {
  const entries = former.length === 0 ? [] : ((await journal.former(day)).get(id) ?? [])
  for (const { number, file } of former) {
    const path = relative(archive.root, file).split(sep).join('/')
    const found = await lookAt(file)
    const text = found.kind === 'file' ? decodeUtf8(found.bytes) : null
    const digest = createHash('sha256')
      .update(text ?? '')
      .digest('hex')
    const notes = notesOf(entryOfText(entries, digest, number))
    const document = text === null ? 'it cannot be read' : parsed(text)
    if (typeof document === 'string') passOver(path, document)
    else yield lineOf(recordOf(document, { ...notes, path, revision: number }))
  }
}

function parsed(text: string): Document | string {
  try {
    return parseStored(text)
  } catch (error) {
    if (error instanceof DocumentError) return error.message
    throw error
  }
}

async function idsOf(day: string, work: Export): Promise<ReadonlySet<string>> {
  if (work.revised?.day !== day) work.revised = { day, ids: await idsWithRevisions(work.archive.root, day) }
  return work.revised.ids
}

function notesOf(entry: JournalEntry | undefined): Omit<Notes, 'path' | 'revision'> {
  const { fetched = null, updated = null, bylines = [], keywords = [] } = entry ?? {}
  return { fetched, updated, bylines, keywords, status: null }
}

function lineOf(record: unknown): string {
  return jsonLine(record)
}
