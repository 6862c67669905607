import { type Document, type FrontMatterEntry, isEmpty, isExtra, valueOf } from '../document/document.ts'
import { isWritten, outlineOf, readOutline, withoutExtra } from '../document/block-hashes.ts'
import { type Content, makeDocument, renderDocument, reviseDocument, SEVEN } from '../document/render.ts'
import { bodyBeside } from '../document/beside.ts'
import { digestOf, type JournalEntry } from './journal.ts'
import type { Stored } from './stored.ts'
import type { Message } from '../../words/words.ts'

/** A story's file beside what its page says now. */
export interface Beside {
  /** The file; `null` where there is none. */
  stored: Stored | null
  /** What the page says: see `contentBeside`. */
  content: Content
  /** What was noted when the file was written; `null` where nothing was. */
  known: Pick<JournalEntry, 'digest' | 'outline' | 'origin' | 'updated' | 'extraction'> | null
  /** What was noted of its texts before that. */
  former: readonly Pick<JournalEntry, 'outline'>[]
  /** Of what time the page says that its text is, and what read it. */
  stated: Pick<JournalEntry, 'updated' | 'extraction'>
  /** The file holds the page's text in another form: HTML, where the page's is Markdown. */
  isSameText: boolean
}

/** What is to be done with the file, and why. */
export type Storing =
  | { action: 'create'; reason: 'new' }
  /** The page said this already: what differs in the file is someone's own. `document`: the file's. */
  | { action: 'note'; reason: 'said before'; document: Document }
  /**
   * The page says what it said before its last text, or was closed while the file is older than what is noted of it: of what the
   * page and the file are nothing is noted, so that the last text is still told from them.
   */
  | { action: 'leave'; reason: 'former copy' | 'closed'; document: Document }
  /** The file stays as it is. */
  | { action: 'keep'; reason: 'closed' | 'same text'; document: Document }
  /** The page's text takes the place of the file's, of which nobody wrote a word. */
  | { action: 'revise'; reason: 'changed'; document: Document }
  /** What someone wrote into the file is to be kept beside what the page says now. */
  | { action: 'merge'; reason: 'edited'; document: Document }
  /** `why`: one line on the damage. `document`: what can still be read of the file. */
  | { action: 'rewrite'; reason: 'damaged'; why: Message; document: Document | null }
  /** The page shows less than even the damaged file holds, or what it said before its last text, which the file lacks. */
  | { action: 'refuse'; reason: 'closed' | 'former copy' }

/** Decides how a story is stored. Whoever applies it writes nothing else. */
export function decideStoring(beside: Beside): Storing {
  const { stored, content, known, isSameText } = beside
  if (stored === null) return { action: 'create', reason: 'new' }
  const isClosed = isClosedNow(stored.document, content, known)
  const seen = isClosed ? stored : unlessEdited(stored, content)
  if (seen.kind === 'damaged') {
    const { document, why } = seen
    // An emptied file holds nothing that the beginning of a text would be less than.
    const holdsMore = isClosed && document !== null && !isEmpty(document)
    return holdsMore ? { action: 'refuse', reason: 'closed' } : { action: 'rewrite', reason: 'damaged', why, document }
  }
  // `isOlder`: notes tell of a later text than the file's.
  const { document, isOlder } = seen
  if (isFormerCopy(beside)) {
    const reason = 'former copy'
    return isOlder ? { action: 'refuse', reason } : { action: 'leave', reason, document }
  }
  if (!isOlder && wasSaidBefore(document, content, known)) return { action: 'note', reason: 'said before', document }
  if (isClosed) return { action: isOlder ? 'leave' : 'keep', reason: 'closed', document }
  if (isSameText) return { action: 'keep', reason: 'same text', document }
  // Earlier versions wrote nothing but what the page said, and no outline of it; who wrote what was imported is not known.
  const isAsWritten =
    known !== null &&
    known.origin !== 'import' &&
    (known.outline ?? null) === null &&
    known.digest === digestOf(renderDocument(document))
  return isOlder || isAsWritten
    ? { action: 'revise', reason: 'changed', document }
    : { action: 'merge', reason: 'edited', document }
}

/**
 * True where a page says what it said before its last text, and states itself that it is the older: a cache's copy, of which the
 * archive has all. One that states no update is older where its layout stated one before.
 */
function isFormerCopy({ content, stated, known, former }: Beside): boolean {
  if (former.length === 0 || known === null || known.updated === null) return false
  const isOlder = stated.updated === null ? stated.extraction === known.extraction : stated.updated < known.updated
  if (!isOlder) return false
  const said = withoutExtra(outlineOf(makeDocument(content)))
  const isSaidBy = ({ outline }: Pick<JournalEntry, 'outline'>): boolean => !!outline && withoutExtra(outline) === said
  return !isSaidBy(known) && former.some(isSaidBy)
}

/** What the page says, its pictures as they stand in the file: see `bodyBeside`. */
export function contentBeside(file: Document | null, content: Content): Content {
  return file === null ? content : { ...content, body: bodyBeside(content.body, file.body, content.url) }
}

/** A page that was public whole stays whole when the site closes it. */
function isClosedNow(file: Document | null, content: Content, known: Beside['known']): boolean {
  const wasWhole = file !== null && known?.origin !== 'feed' && valueOf(file, 'access') !== 'subscriber'
  return wasWhole && content.access === 'subscriber'
}

/** A file without its last newline was cut where it is the beginning of what the page says; else someone wrote it so. */
function unlessEdited(stored: Stored, content: Content): Stored {
  if (stored.kind === 'whole' || stored.document === null || isEmpty(stored.document)) return stored
  const { document } = stored
  // Neither side of a merge that was not finished is someone's own.
  if (stored.hasText) return stored
  const isCut = renderDocument(reviseDocument(document, content)).startsWith(renderDocument(document))
  return isCut ? stored : { kind: 'whole', document, isOlder: false }
}

/**
 * The page says what it said when the file was written, with whatever keys; those that the file has as they were written say what
 * they would now.
 */
function wasSaidBefore(file: Document, content: Content, known: Beside['known']): boolean {
  if (known === null || (valueOf(file, 'extraction') ?? undefined) !== content.extraction) return false
  const fresh = makeDocument(content)
  const { outline, digest } = known
  if (!outline) return digest === digestOf(renderDocument(fresh))
  const written = new Set(readOutline(outline).head)
  const isOutdated = (old: FrontMatterEntry): boolean =>
    isExtra(old) &&
    isWritten(old, written) &&
    fresh.frontMatter.some((now) => now.key === old.key && !isWritten(now, written))
  return withoutExtra(outline) === withoutExtra(outlineOf(fresh)) && !file.frontMatter.some(isOutdated)
}

/** Whether two documents differ in nothing but keys that the configuration adds, of which one of them has no value. */
export function isAlike(a: Document, b: Document): boolean {
  const withKeysOf = (document: Document, { frontMatter }: Document): string => {
    const isInBoth = (entry: FrontMatterEntry): boolean => frontMatter.some(({ key }) => key === entry.key)
    const shared = document.frontMatter.filter((entry) => !isExtra(entry) || isInBoth(entry))
    return renderDocument({ ...document, frontMatter: shared })
  }
  return withKeysOf(a, b) === withKeysOf(b, a)
}

/** Whether a file holds what its page said when it was written (`outline`) and nothing else. */
export function isPageAlone(file: Document, outline: string | null): boolean {
  const frontMatter = file.frontMatter.filter((entry) => !isExtra(entry))
  return outline !== null && withoutExtra(outline) === outlineOf({ ...file, frontMatter })
}

/**
 * What is noted of a file that stays as it is beside what its page says (`fresh`): an added key is left out where the file does not
 * have it and the page did not say it before (`outline`), so that the next text has it.
 */
export function outlineBeside(file: Document, fresh: Document, outline: string | null): string {
  const before = new Set(readOutline(outline ?? '').head)
  const isThere = (entry: FrontMatterEntry): boolean => file.frontMatter.some(({ key }) => key === entry.key)
  const isNoted = (entry: FrontMatterEntry): boolean => isWritten(entry, before)
  const said = fresh.frontMatter.filter((entry) => !isExtra(entry) || isThere(entry) || isNoted(entry))
  const former = file.frontMatter.filter(
    (entry) => isExtra(entry) && isNoted(entry) && !said.some(({ key }) => key === entry.key),
  )
  return outlineOf({ ...fresh, frontMatter: said.toSpliced(SEVEN.length, 0, ...former) })
}
