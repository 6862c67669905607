import { CLOCK_ERROR_MS, type Dated } from './clock.ts'
import { dateOf, type Document, DocumentError, fromOf, htmlOf, isOnPlacesClock } from '../document/document.ts'
import { isUnescapedTitle, parseDocument } from '../document/parse.ts'
import { blocksOf, hashOf, readOutline } from '../document/block-hashes.ts'
import { reformDocument, renderDocument, withTime } from '../document/render.ts'
import type { Addresses } from '../identity.ts'
import { isUnsafeUrl } from '../markdown/url.ts'
import { withOriginals } from '../media/kept.ts'
import { withKept } from '../document/remote-pictures.ts'
import { stayingOf } from './former.ts'
import { idOfName, idOfPath } from './path.ts'
import { digestOf, type JournalEntry } from './journal.ts'
import { TEXT_OF_STORY } from './verify.ts'
import { CODE, documentIn, hasMergeMarks, isOlderText, readStoredText } from './stored.ts'
import { UNFINISHED_MERGE } from '../document/yaml-fault.ts'
import { message } from '../../words/words.ts'
import { dayIn, UTC } from '../time.ts'

/** What is remembered of a file that is taken in, until all are known. */
export interface SourceFile extends Dated {
  /** Relative to the folder that is taken in, with `/`. */
  path: string
  id: string
  /** The id of its address in today's spelling: files of one story share it. */
  story: string
  /** Milliseconds by which its paper's clock is ahead of UTC at its `date`. */
  zoneMs: number
  /** HTML bodies are cleaned and their times repaired; Markdown bodies are taken as they stand. */
  body: 'html' | 'markdown'
  /** Someone may have written into it: a note behind its HTML, or Markdown. */
  isOwn: boolean
  bodyLength: number
  /** The comment under the front matter names a time. */
  isStamped: boolean
}

/** HTML as the producer writes it, and what someone wrote below. */
const NOTED = /^<div>\n([^]*\n)?<\/div>[ \t]*\n([^]*\S[^]*)$/

/** The front matter of another story behind a story's text, as where files were joined: its keys stand in any order, behind a line's end or none. */
const SECOND_STORY =
  /---\n(?=(?:.+\n){0,40}?title:\s)(?=(?:.+\n){0,40}?date:\s)(?:.+\n){0,40}?from:\s+(?:>-\s+)?["']?https?:/

/** The HTML of a file's body, and the note below it; `null` for a body of Markdown. */
function partsOf(document: Document): { html: string; note: string } | null {
  const html = htmlOf(document)
  if (html !== null) return { html, note: '' }
  const noted = NOTED.exec(document.body)
  return noted === null ? null : { html: noted[1] ?? '', note: noted[2]!.trim() }
}

/**
 * Whether a file that is no document was a story's: by its text, by its place in an archive, or by its name where no text of it can
 * be read (`null`) or stands in it.
 */
export function wasStory(path: string, text: string | null): boolean {
  const place = path.split('/').slice(-2)
  if (idOfPath(place.join('/')) !== null) return true
  const isEmpty = text === null || /^[\s\0]*$/.test(text)
  return isEmpty ? idOfName(place.at(-1) ?? '') !== null : TEXT_OF_STORY.test(text)
}

/** Reads what the import needs to know of a file. Throws `DocumentError` when it is not in the format, or damaged. */
export function describeFile(path: string, text: string, addresses: Addresses): SourceFile {
  const stored = readStoredText(text, null)
  if (stored.kind === 'damaged') throw new DocumentError(hasMergeMarks(text) ? UNFINISHED_MERGE : stored.why)
  const { document } = stored
  if (SECOND_STORY.test(document.body.replace(CODE, ''))) {
    throw new DocumentError(message`another story begins in it; give that a file of its own`)
  }
  const parts = partsOf(document)
  if (/^<div>\s*\n/.test(document.body) && parts === null) {
    throw new DocumentError(message`its end is missing: the <div> of its body is not closed`)
  }
  const url = fromOf(document)
  const { hostname, protocol } = new URL(url)
  if (!/^https?:$/.test(protocol)) throw new DocumentError(message`from: ${protocol} is no address of the web`)
  if (isUnsafeUrl(document.headline.url)) throw new DocumentError(message`the link of its headline runs something`)
  const dateMs = dateOf(document)
  const isStamped = !Number.isNaN(document.stamp.ms)
  return {
    path,
    // A file of an archive keeps the id that it has.
    ...addresses.identify(url, idOfName(path.split('/').at(-1) ?? '')),
    story: addresses.identify(url).id,
    site: addresses.publisherOf(url)?.name ?? hostname.replace(/^www\./, ''),
    zoneMs: addresses.zoneOf(url).offsetMs(dateMs),
    dateMs,
    stampMs: isStamped ? Math.min(Math.max(document.stamp.ms, -8.64e15), 8.64e15) : dateMs,
    isStamped,
    body: parts === null ? 'markdown' : 'html',
    isOwn: parts === null || parts.note !== '',
    bodyLength: document.body.length,
  }
}

/** A story's files, the first text first: by `date`, which is the crawl's where it was clipped, then the longer body last. */
export function inOrder(files: readonly SourceFile[]): SourceFile[] {
  return files.toSorted((a, b) => a.dateMs - b.dateMs || a.bodyLength - b.bodyLength || (a.path < b.path ? -1 : 1))
}

/** When the story of a file was published, ms. */
export function publishedMs(file: SourceFile, clockIsWrong: boolean): number {
  if (file.body === 'markdown') return file.dateMs
  if (clockIsWrong) return file.stampMs - CLOCK_ERROR_MS
  // A date before the stamp was clipped to the crawl; one after it was set by someone.
  return Math.max(file.stampMs, file.dateMs)
}

/** The day of a story's folder. */
export function dayOf(file: SourceFile, clockIsWrong: boolean): string {
  return file.day ?? dayIn(UTC, publishedMs(file, clockIsWrong) + file.zoneMs)
}

/**
 * The text of a file as it is archived: its time repaired, its HTML body cleaned by `clean`, every key and value kept.
 * `null` when nothing is left of its body. Of a file whose body is Markdown the body and the times come back as they are, but
 * for its pictures: those that `kept` names are shown from where they are kept, by their addresses, all others from afar.
 */
export function convertFile(
  file: SourceFile,
  text: string,
  clockIsWrong: boolean,
  clean: (html: string, url: string) => string,
  kept: ReadonlyMap<string, string>,
): string | null {
  const read = parseDocument(text)
  const formed = reformDocument(read, isUnescapedTitle)
  const isTimed = file.isStamped && !isOnPlacesClock(read)
  const document: Document = isTimed ? formed : withTime(formed, file.dateMs)
  const url = fromOf(document)
  if (file.body === 'markdown') {
    const body = withKept(withOriginals(document.body), url, kept)
    return renderDocument({ ...document, body })
  }
  const { html, note } = partsOf(document) ?? { html: '', note: '' }
  const story = clean(html, url).trim()
  if (story === '') return null
  const markdown = withKept(note === '' ? story : `${story}\n\n${note}`, url, kept)
  const ms = publishedMs(file, clockIsWrong)
  const timed = ms === file.dateMs && ms === file.stampMs ? document : withTime(document, ms)
  return renderDocument({ ...timed, body: `${markdown}\n` })
}

/** A file's text with those of its pictures kept that `kept` names by their addresses. */
export function withPictures(text: string, kept: ReadonlyMap<string, string>): string {
  const document = kept.size === 0 ? null : documentIn(text)
  if (document === null) return text
  const body = withKept(document.body, fromOf(document), kept)
  return body === document.body ? text : renderDocument({ ...document, body })
}

/**
 * The outline of what the page said when a file was written, for that file as it is archived; `null` where that is not known. `read`:
 * the file's text; `text`: the same as it is archived. `revision`: the number of the first, by the former texts beside it.
 */
export function outlineTaken(
  { file, read, text }: { file: SourceFile; read: string; text: string },
  { last, former, revision }: { last: JournalEntry; former: readonly JournalEntry[]; revision: number },
): string | null {
  const { outline = null, digest } = last
  // What was noted may be of another text: of a later one, or of one before that which another machine's run wrote.
  if (digest !== digestOf(read) && (revision > last.revision || isOlderText(read, last, former))) return null
  if (outline === null || file.body === 'markdown') return outline
  const document = parseDocument(read)
  const { note } = partsOf(document) ?? { note: '' }
  const hashesOf = ({ body }: Document): string => {
    const story = note === '' ? body : body.slice(0, body.lastIndexOf(note))
    return blocksOf(story).map(hashOf).join('')
  }
  const { head, body } = readOutline(outline)
  // Of HTML into which nobody wrote, but for a note below it, the page said the Markdown.
  return hashesOf(document) === body.join('') ? `${head.join('')}.${hashesOf(parseDocument(text))}` : null
}

/** The texts that one story had, each once where it stayed the same from file to file. */
export function distinctTexts(texts: readonly string[]): string[] {
  return texts.filter((text, at) => text !== texts[at - 1])
}

/** What a file tells of its story: the former texts that its archive keeps, oldest first, and its own. */
interface FileTexts {
  former: readonly string[]
  text: string
}

/**
 * The texts that one story had, of its files in their order: of each the former ones, then its own. What another file had
 * before is not had again, as of two copies of an archive one is older.
 */
export function textsOf(files: readonly FileTexts[]): string[] {
  const isPast = files.map(({ text }) => files.some((other) => other.text !== text && other.former.includes(text)))
  const all: string[] = []
  for (const [at, { former, text }] of files.entries()) {
    const before = new Set(all)
    all.push(...former.filter((each) => !before.has(each)))
    if (!isPast[at] || isPast.every(Boolean)) all.push(text)
  }
  return distinctTexts(all)
}

/** How many former texts are kept of a story, and which of its texts are for good. */
export interface Keeping {
  keep: number
  isForGood: (text: string) => boolean
}

/**
 * Those of the texts that a story has one after the other, `before` them the former ones that are kept of it, which are not dropped
 * again before the last of them stands: see `stayingOf`.
 */
export function lastingTexts(
  texts: readonly string[],
  before: readonly { isKept: boolean }[],
  { keep, isForGood }: Keeping,
): string[] {
  const own = texts.map((text) => ({ text, isKept: isForGood(text) }))
  const staying = new Set<object>(stayingOf([...before, ...own.slice(0, -1)], keep, ({ isKept }) => isKept))
  return distinctTexts(own.filter((one, at) => at === own.length - 1 || staying.has(one)).map(({ text }) => text))
}

/** What is to be done with a story's texts in an archive. */
interface Merge {
  /** Texts that follow the one in the archive, in order; each becomes the story's text. */
  revisions: string[]
  /** Texts that the archive has never had, beside a text of its own or before the one in it: kept as former ones. */
  former: string[]
}

/**
 * Compares the texts of a story with the text that the archive has of it, and with the former ones that it keeps: wherever their
 * pictures are.
 */
export function mergeTexts(texts: readonly string[], current: string, kept: readonly string[]): Merge {
  const [all, now, former] = [texts.map(plain), plain(current), kept.map(plain)]
  // Where a text came twice, the number of the kept ones tells which of the two it is.
  const at = all.indexOf(now, kept.length)
  const place = at === -1 ? all.lastIndexOf(now) : at
  const revisions = place === -1 ? [] : texts.slice(place + 1)
  const older = texts.slice(0, texts.length - revisions.length)
  return { revisions, former: older.filter((_, index) => all[index] !== now && !former.includes(all[index]!)) }
}

/** True for texts that are one, wherever their pictures are. */
export function isSameText(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

const plain = (text: string): string => withOriginals(text)
