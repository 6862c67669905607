import type { JournalEntry } from '../core/archive/journal.ts'
import type { Document } from '../core/document/document.ts'
import type { Stored } from '../core/archive/stored.ts'
import type { Archive } from '../edge/archive/archive.ts'

/**
 * A story's file as it stands. Throws `DocumentError` or `StoryError` where it is none. The reader takes a YAML parser,
 * which most runs do without: it is loaded here alone.
 */
export async function readStored(path: string, archive: Archive): Promise<Document> {
  const { parseStored } = await import('../core/archive/stored.ts')
  return parseStored(await archive.read(path))
}

/** The same, with the text itself, for a file that may be damaged. Throws `StoryError` when there is no plain file. */
export async function lookIntoStored(
  path: string,
  known: JournalEntry | null,
  archive: Archive,
): Promise<Stored & { text: string | null }> {
  const { readStoredText } = await import('../core/archive/stored.ts')
  const text = await archive.readText(path)
  return { ...readStoredText(text, known?.digest ?? null), text }
}
