import { digestOf, entryOfText, type JournalEntry } from '../../core/archive/journal.ts'
import { dayPattern, idOfName, placeOfPath } from '../../core/archive/path.ts'
import { parseStored } from '../../core/archive/stored.ts'
import { DocumentError } from '../../core/document/document.ts'
import { readMarkdown } from '../../core/markdown/read.ts'
import type { StoryRecord } from '../../core/model.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import { type Journal, journalOf } from '../../edge/archive/journal.ts'
import { idsWithRevisions, numberAfter, type Revision } from '../../edge/archive/revisions.ts'
import { surveyFolder } from '../../edge/archive/survey.ts'
import { ArchiveError, StoryError, unlessLocal } from '../../errors.ts'
import type { Io } from '../../io.ts'
import { type Message, message } from '../../words/words.ts'
import { type Notes, recordOf } from './record.ts'

/** Stories that are read at once: their records are in memory until they are taken. */
const READ_AHEAD = 8

/** Which of an archive's stories, and what of them. */
export interface RecordSelection {
  /** Days, and paths relative to the archive, in their order; `null`: all days. */
  what: readonly string[] | null
  /** First and last day, `YYYY-MM-DD`; `null`, or left out: no bound. */
  since?: string | null
  until?: string | null
  /** Former texts too, before the text that stands; left out: not these. */
  revisions?: boolean
}

/** Why there is no record of a file; `isFormer`: of a former text. */
interface Unread {
  why: Message
  path: string
  isFormer: boolean
}

/** A story's record, or why there is none of a file. */
type RecordResult = { record: StoryRecord } | Unread

/** What is made of a file's text and of what is noted beside it. */
type RecordReader<T> = (text: string, notes: Notes & { path: string }, isFormer: boolean) => T | Promise<T>

interface Reading<T> {
  archive: Archive
  journal: Journal
  asked: RecordSelection
  /** Ids with former texts of the day in hand. */
  revised: { day: string; ids: Promise<ReadonlySet<string>> } | null
  /** Days whose notes cannot be read, which is told once. */
  unnoted: Set<string>
  read: RecordReader<T>
}

/**
 * The records of an archive, in order of its days: what each file says, with what is noted beside it. One file's fault is
 * told in its place.
 */
export function recordsIn(
  archive: Archive,
  journal: Journal,
  asked: RecordSelection,
  io: Pick<Io, 'now' | 'signal'>,
): AsyncGenerator<RecordResult> {
  return readIn(archive, journal, asked, io, recordOfText)
}

/** The same, of which `read` makes what is wanted. */
export async function* readIn<T>(
  archive: Archive,
  journal: Journal,
  asked: RecordSelection,
  io: Pick<Io, 'now' | 'signal'>,
  read: RecordReader<T>,
): AsyncGenerator<T | Unread> {
  const reading: Reading<T> = { archive, journal, asked, revised: null, unnoted: new Set(), read }
  let batch: string[] = []
  for await (const path of pathsOf(archive, asked, io.now())) {
    if (typeof path !== 'string') {
      yield path
      continue
    }
    batch.push(path)
    if (batch.length < READ_AHEAD) continue
    yield* await all(batch, reading, io)
    batch = []
  }
  yield* await all(batch, reading, io)
}

async function all<T>(batch: readonly string[], reading: Reading<T>, io: Pick<Io, 'signal'>): Promise<(T | Unread)[]> {
  io.signal.throwIfAborted()
  return (await Promise.all(batch.map((path) => recordsOf(path, reading)))).flat()
}

/** Files of stories, and what stands where one should be. */
async function* pathsOf(
  archive: Archive,
  { what, since = null, until = null }: RecordSelection,
  nowMs: number,
): AsyncGenerator<string | Unread> {
  const isWanted = (day: string): boolean => (since === null || day >= since) && (until === null || day <= until)
  const { odd } = what === null ? await surveyFolder(archive.store, '', nowMs, false) : { odd: [] }
  for (const day of odd.filter((name) => dayPattern.test(name) && isWanted(name)))
    yield faultAt(day, message`a link, which is not followed; put the folder itself in its place`)
  for (const name of what ?? (await archive.days())) {
    if (!dayPattern.test(name)) yield name
    else if (isWanted(name)) yield* await storiesOf(name, archive, nowMs)
  }
}

const faultAt = (path: string, why: Message): Unread => ({ why, path, isFormer: false })

/** One day's folder that the system does not give is no reason to leave out the others. */
async function storiesOf(day: string, archive: Archive, nowMs: number): Promise<(string | Unread)[]> {
  try {
    const { odd, folders } = await surveyFolder(archive.store, day, nowMs, false)
    const faults = [...odd, ...folders]
      .filter((name) => idOfName(name) !== null)
      .map((name) => faultAt(`${day}/${name}`, message`a link or a folder, no file`))
    return [...(await archive.stories(day)), ...faults]
  } catch (error) {
    if (error instanceof ArchiveError && error.isLocal) return [faultAt(day, error.words)]
    throw error
  }
}

async function recordsOf<T>(path: string, reading: Reading<T>): Promise<(T | Unread)[]> {
  const { archive, asked } = reading
  const { day, name } = placeOfPath(path)
  try {
    const text = await archive.read(path)
    const id = idOfName(name) ?? ''
    const former = (await idsOf(day, reading)).has(id) ? await archive.revisions(path) : []
    const { entry, faults } = await entryOf(id, day, reading)
    const revision = Math.max(numberAfter(former), entry?.revision ?? 1)
    return [
      ...faults,
      ...(asked.revisions ? await formerRecords(former, day, id, reading) : []),
      await reading.read(text, { ...notesOf(entry), path, revision }, false),
    ]
  } catch (error) {
    // A file that the disk does not give is no reason to leave out the others.
    if (!(error instanceof ArchiveError) && !(error instanceof StoryError)) throw error
    return [faultAt(path, error instanceof StoryError ? error.why : error.words)]
  }
}

/** What is noted of a story; without it the file itself is enough. */
async function entryOf(
  id: string,
  day: string,
  { journal, unnoted }: Pick<Reading<unknown>, 'journal' | 'unnoted'>,
): Promise<{ entry: JournalEntry | undefined; faults: Unread[] }> {
  const faults: Unread[] = []
  const noted = await unlessLocal(journal.latest(day), null, (why) => {
    if (!unnoted.has(day)) faults.push({ why, path: journalOf(day), isFormer: true })
    unnoted.add(day)
  })
  return { entry: noted?.get(id), faults }
}

/** The record of a file's text, or why there is none. */
export function recordOfText(text: string, notes: Notes & { path: string }, isFormer: boolean): RecordResult {
  try {
    return { record: recordOf(parseStored(text), notes, readMarkdown) }
  } catch (error) {
    if (error instanceof DocumentError) return { why: error.words, path: notes.path, isFormer }
    throw error
  }
}

/** A former text may be what is left of a damaged file: it is passed over. */
async function formerRecords<T>(
  former: readonly Revision[],
  day: string,
  id: string,
  reading: Reading<T>,
): Promise<(T | Unread)[]> {
  const { journal, unnoted } = reading
  const isNoted = former.length > 0 && !unnoted.has(day)
  const entries = isNoted ? ((await journal.former(day)).get(id) ?? []) : []
  const records: (T | Unread)[] = []
  for (const revision of former) {
    const { number, path } = revision
    const text = await reading.archive.formerText(revision)
    if (text === null) {
      records.push({ why: message`it cannot be read`, path, isFormer: true })
      continue
    }
    const notes = { ...notesOf(entryOfText(entries, digestOf(text), number)), path, revision: number }
    records.push(await reading.read(text, notes, true))
  }
  return records
}

const NONE: ReadonlySet<string> = new Set()

/** Where former texts cannot be looked at, there are none: `verify` names that. */
async function idsOf<T>(day: string, reading: Reading<T>): Promise<ReadonlySet<string>> {
  if (reading.revised?.day !== day)
    reading.revised = { day, ids: unlessLocal(idsWithRevisions(reading.archive.store, day), NONE) }
  return reading.revised.ids
}

function notesOf(entry: JournalEntry | undefined): Omit<Notes, 'path' | 'revision'> {
  const { published, updated = null, bylines = [], keywords = [], extraction, doubt, section, lang } = entry ?? {}
  const fetched = entry === undefined || entry.origin === 'import' ? null : entry.fetched
  return { published, extraction, doubt, section, lang, fetched, updated, bylines, keywords, status: null }
}
