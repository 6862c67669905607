import { placeOfPath } from '../../core/archive/path.ts'
import type { JournalEntry } from '../../core/archive/journal.ts'
import type { Document } from '../../core/document/document.ts'
import type { Stored } from '../../core/archive/stored.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import type { Journal } from '../../edge/archive/journal.ts'
import { isOfOneStory, unlessLocal } from '../../errors.ts'
import { clauses, type Message, said, t } from '../../words/words.ts'

/** So often a file is looked at that another program writes into meanwhile; one that it writes all the time is left. */
export const MAX_LOOKS = 5

/**
 * A story's file as it stands. Throws `DocumentError` or `StoryError` where it is none. The reader takes a YAML parser,
 * which most runs do without: it is loaded here alone.
 */
export async function readStored(path: string, archive: Archive): Promise<Document> {
  const { parseStored } = await import('../../core/archive/stored.ts')
  return parseStored(await archive.read(path))
}

/** Where stories are, and the notes about them. */
interface Places {
  archive: Archive
  journal: Journal
}

/**
 * A file with its place, relative to the archive, and its text; `null` where the bytes are not UTF-8. `former`: the notes of its
 * texts before the last.
 */
export type StoredFile = Stored & { path: string; text: string | null; former: readonly JournalEntry[] }

/** The file that a story has, where it can be read. */
export function wholeFile(there: StoredFile | null): Extract<StoredFile, { kind: 'whole' }> | null {
  return there?.kind === 'whole' ? there : null
}

/**
 * A story's file with what it holds and its text, though it may be damaged, or older than what is `known`. Throws `StoryError` when
 * there is no plain file.
 */
export async function lookIntoStored(
  path: string,
  known: JournalEntry | null,
  { archive, journal }: Places,
): Promise<StoredFile> {
  const { isOlderText, readStoredText } = await import('../../core/archive/stored.ts')
  const text = await archive.readText(path)
  const stored = readStoredText(text, known?.digest ?? null)
  if (stored.kind === 'damaged' || known === null || text === null) return { ...stored, path, text, former: [] }
  const former = (await journal.former(placeOfPath(path).day)).get(known.id) ?? []
  return { ...stored, isOlder: isOlderText(text, known, former), path, text, former }
}

/**
 * Where a story is and what its last journal entry says; `null` for what there is not. Where the system does not give its
 * day's folder it counts as new: archiving it fails then, and that is this story's own failure.
 */
export async function lookUp(
  identity: { id: string; day: string | null },
  { archive, journal }: Places,
): Promise<{ path: string | null; entry: JournalEntry | null }> {
  try {
    const path = await archive.find(identity)
    const entry = path === null ? null : (await journal.latest(placeOfPath(path).day)).get(identity.id)
    return { path, entry: entry ?? null }
  } catch (error) {
    if (isOfOneStory(error)) return { path: null, entry: null }
    throw error
  }
}

/** The same, with the file as `lookIntoStored` finds it; `there`: `null` where there is none. */
export async function lookUpStored(
  identity: { id: string; day: string | null },
  places: Places,
): Promise<{ there: StoredFile | null; known: JournalEntry | null }> {
  const { path, entry } = await lookUp(identity, places)
  return { there: path === null ? null : await lookIntoStored(path, entry, places), known: entry }
}

/** A line on a file that is not as it should be, of which `verify` tells more. */
export function seeVerify(path: string, why: Message, run: { shownPath(path: string): string }): string {
  return `${run.shownPath(path)}: ${clauses([said(why), t`see verify`])}`
}

/** Story files of a day, in order of their names; a day's folder that cannot be read is told, and has none. */
export async function storiesOf(
  day: string,
  { archive, report }: { archive: Archive; report: { problem(line: string): void } },
): Promise<string[]> {
  return unlessLocal(archive.stories(day), [], (why) => report.problem(said(why)))
}
