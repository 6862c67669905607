import { type Document, DocumentError, isEmpty } from '../document/document.ts'
import { parseDocument } from '../document/parse.ts'
import { MERGE_MARK, UNFINISHED_MERGE } from '../document/yaml-fault.ts'
import { digestOf, type JournalEntry } from './journal.ts'
import { type Message, message } from '../../words/words.ts'

/** What a story's file holds: its document, and what damaged it. */
export type Stored =
  /** `isOlder`: see `isOlderText`. */
  | { kind: 'whole'; document: Document; isOlder: boolean }
  /**
   * `document`: what can still be read of it; `null` when nothing can. `why`: one line. `hasText`: the format is not
   * kept, but a text is there: someone's edit, a merge that was not finished, or an archive of another program, whose files are
   * not to be replaced in numbers.
   */
  | { kind: 'damaged'; document: Document | null; why: Message; hasText: boolean }

/** Closed front matter, and more behind it than a stamp and a headline that were cut. */
const WITH_TEXT = /^---\n[^]*?\n---\n[^]{200}/

/**
 * Reads a file of the archive. Line ends of Windows, as git writes them there, and a byte order mark are read over.
 * Throws `DocumentError`.
 */
export function parseStored(text: string): Document {
  return parseDocument(withoutMarks(text))
}

/** The same; `null` for what is no document. */
export function documentIn(text: string): Document | null {
  try {
    return parseStored(text)
  } catch (error) {
    if (error instanceof DocumentError) return null
    throw error
  }
}

/** The text without byte order marks, its lines ended by LF. */
export function withoutMarks(text: string): string {
  return text.replace(/^\ufeff+/, '').replaceAll('\r\n', '\n')
}

/**
 * Tells a damaged file from one that someone edited. `text`: `null` when the bytes are not UTF-8. `digest`: of the file
 * as it was last written, where that is known; without it a text that ends too early looks like any other.
 */
export function readStoredText(text: string | null, digest: string | null): Stored {
  const damaged = (why: Message, document: Document | null = null): Stored => {
    return { kind: 'damaged', document, why, hasText: false }
  }
  if (text === null) return damaged(message`it is not UTF-8`)
  if (text === '') return damaged(message`it is empty`)
  if (text.includes('\0')) return damaged(message`it holds NUL bytes`)
  try {
    const document = parseStored(text)
    if (isEmpty(document)) return damaged(message`it has no text and no picture`, withHeadline(document))
    if (lostItsEnd(text, digest)) return damaged(message`its end is missing`, document)
    if (hasMergeMarks(text)) return { kind: 'damaged', document, why: UNFINISHED_MERGE, hasText: true }
    return { kind: 'whole', document, isOlder: false }
  } catch (error) {
    if (error instanceof DocumentError) {
      return {
        kind: 'damaged',
        document: null,
        why: error.words,
        hasText: hasMergeMarks(text) || WITH_TEXT.test(withoutMarks(text)),
      }
    }
    throw error
  }
}

/** What was cut after the headline may have been cut within its rule. */
function withHeadline(document: Document): Document {
  const { text, url } = document.headline
  return { ...document, headline: { text, url, source: `[${text}](${url})\n------\n\n` } }
}

/** True for a text that a story had before its last, as where a backup came back, or git took an older state: nobody wrote into it. */
export function isOlderText(
  text: string,
  last: Pick<JournalEntry, 'digest'>,
  former: readonly Pick<JournalEntry, 'digest'>[],
): boolean {
  if (former.length === 0) return false
  const digest = digestOf(withoutMarks(text))
  return digest !== last.digest && former.some((entry) => entry.digest === digest)
}

/** Code between its fences (behind the first no backtick stands, as behind code in a line), which may show such marks: stories about programs do. */
export const CODE = /^(`{3,}(?!`)(?=[^`\n]*$)|~{3,}(?!~))[^]*?^\1/gm

/** True for a text with both sides of a conflict, as git leaves them where a merge was not finished. */
export function hasMergeMarks(text: string): boolean {
  return MERGE_MARK.test(text) && MERGE_MARK.test(text.replace(CODE, ''))
}

/** A file without its last newline that is not what was written: it lost more than that, or was edited. */
export function lostItsEnd(text: string, digest: string | null): boolean {
  if (text.endsWith('\n') || digest === null) return false
  return digest !== digestOf(text) && !lacksNewlineAlone(text, digest)
}

/** True where a file without its last newline is known to be whole but for that. */
export function lacksNewlineAlone(text: string, digest: string | null): boolean {
  return digest === digestOf(`${withoutMarks(text)}\n`)
}
