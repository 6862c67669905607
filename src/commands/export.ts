import { createHash } from 'node:crypto'
import { join, relative, resolve, sep } from 'node:path'
import { DocumentError } from '../core/document/document.ts'
import { parseStored } from '../core/archive/stored.ts'
import { entryOfText, type JournalEntry } from '../core/archive/journal.ts'
import { dayPattern, idOfName } from '../core/archive/path.ts'
import { jsonLine, printable } from '../core/text/printable.ts'
import { readMarkdown } from '../core/markdown/read.ts'
import { isDay } from '../core/time.ts'
import { type Archive, openArchive } from '../edge/archive/archive.ts'
import { type Journal, openJournal } from '../edge/archive/journal.ts'
import { decodeUtf8, lookAt } from '../edge/read.ts'
import { isFolder } from '../edge/archive/durable.ts'
import { idsWithRevisions, type Revision } from '../edge/archive/revisions.ts'
import { surveyFolder } from '../edge/archive/survey.ts'
import { ArchiveError, EXIT, type ExitCode, StoryError, UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { type Notes, recordOf } from '../pipeline/record.ts'
import { t } from '../words/words.ts'

/** Stories that are read at once: their records are in memory until they are printed. */
const READ_AHEAD = 8

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
  revised: { day: string; ids: Promise<ReadonlySet<string>> } | null
  /** Names what is left out, and remembers that something is. */
  fail: (path: string, why: string) => void
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
  if (!(await archive.exists())) throw new ArchiveError(t`there is no archive at ${options.archive}`)
  const journal = openJournal(root, say)
  let failed = false
  const passOver = (path: string, why: string): void => say(`${join(options.archive, path)}: ${t`passed over: ${why}`}`)
  const fail = (path: string, why: string): void => {
    failed = true
    say(`${shownPath(path, options.archive)}: ${why}`)
  }
  const work: Export = { archive, journal, io, revisions: options.revisions, passOver, fail, revised: null }
  let batch: string[] = []
  for await (const path of paths(what, options, work)) {
    batch.push(path)
    if (batch.length < READ_AHEAD) continue
    await printAll(batch, work)
    batch = []
  }
  await printAll(batch, work)
  return failed ? EXIT.storiesFailed : EXIT.done
}

async function printAll(batch: readonly string[], work: Export): Promise<void> {
  work.io.signal.throwIfAborted()
  for (const made of await Promise.all(batch.map((path) => recordsOf(path, work)))) {
    for (const one of made) {
      if ('line' in one) await work.io.stdout(one.line)
      else if (one.former) work.passOver(one.path, one.why)
      else work.fail(one.path, one.why)
    }
  }
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
      if (wanted(day)) fail(day, t`a link, which is not followed; put the folder itself in its place`)
    }
  }
  for (const name of named) {
    if (!dayPattern.test(name)) yield pathOf(name, archive.root, io.cwd)
    else if (wanted(name)) {
      yield* await archive.stories(name)
      for (const odd of await oddStories(name, archive, io)) fail(odd, t`a link or a folder, no file`)
    }
  }
}

async function oddStories(day: string, { root }: Archive, io: Io): Promise<string[]> {
  const folder = join(root, day)
  if (!(await isFolder(folder))) return []
  const { odd, folders } = await surveyFolder(folder, io.now(), false)
  return [...odd, ...folders].filter((name) => idOfName(name) !== null).map((name) => `${day}/${name}`)
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

/** A record as a line, or why there is none of a file. */
type Made = { line: string } | { why: string; path: string; former: boolean }

async function recordsOf(path: string, work: Export): Promise<Made[]> {
  const { archive, journal } = work
  const [day = '', name = ''] = path.split('/')
  try {
    const text = await archive.read(path)
    const id = idOfName(name) ?? ''
    const former = (await idsOf(day, work)).has(id) ? await archive.revisions(path) : []
    const entry = (await journal.latest(day)).get(id)
    const revision = Math.max((former.at(-1)?.number ?? 0) + 1, entry?.revision ?? 1)
    return [
      ...(work.revisions ? await formerRecords(former, day, id, work) : []),
      recordOfText(text, { ...notesOf(entry), path, revision }, false),
    ]
  } catch (error) {
    // A file that the disk does not give is no reason to leave out the others.
    if (!(error instanceof ArchiveError) && !(error instanceof StoryError)) throw error
    return [{ why: error instanceof StoryError ? error.why : error.message, path, former: false }]
  }
}

function recordOfText(text: string, notes: Notes & { path: string }, former: boolean): Made {
  try {
    return { line: jsonLine(recordOf(parseStored(text), notes, readMarkdown)) }
  } catch (error) {
    if (error instanceof DocumentError) return { why: error.message, path: notes.path, former }
    throw error
  }
}

/** A former text may be what is left of a damaged file: it is passed over. */
async function formerRecords(former: readonly Revision[], day: string, id: string, work: Export): Promise<Made[]> {
  const entries = former.length === 0 ? [] : ((await work.journal.former(day)).get(id) ?? [])
  const records: Made[] = []
  for (const { number, file } of former) {
    const path = relative(work.archive.root, file).split(sep).join('/')
    const found = await lookAt(file)
    const text = found.kind === 'file' ? decodeUtf8(found.bytes) : null
    if (text === null) {
      records.push({ why: t`it cannot be read`, path, former: true })
      continue
    }
    const digest = createHash('sha256').update(text).digest('hex')
    const notes = { ...notesOf(entryOfText(entries, digest, number)), path, revision: number }
    records.push(recordOfText(text, notes, true))
  }
  return records
}

async function idsOf(day: string, work: Export): Promise<ReadonlySet<string>> {
  if (work.revised?.day !== day) work.revised = { day, ids: idsWithRevisions(work.archive.root, day) }
  return work.revised.ids
}

function notesOf(entry: JournalEntry | undefined): Omit<Notes, 'path' | 'revision'> {
  const { published, fetched = null, updated = null, bylines = [], keywords = [] } = entry ?? {}
  const { extraction, doubt } = entry ?? {}
  return {
    ...(published === undefined ? {} : { published }),
    ...(extraction === undefined ? {} : { extraction }),
    ...(doubt === undefined ? {} : { doubt }),
    ...{ fetched, updated, bylines, keywords, status: null },
  }
}
