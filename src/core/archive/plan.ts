import { sha256 } from '../hash.ts'
import type { Item } from '../model.ts'
import type { JournalEntry } from './journal.ts'
import type { Publisher } from '../publisher.ts'
import { fitsStars } from '../text/stars.ts'
import { HOUR_MS } from '../time.ts'

/** A story that sources name, before anything was read of it. */
export interface Candidate {
  id: string
  /** `YYYY-MM-DD` in the URL; `null` when it names none. */
  day: string | null
  url: string
  /** Another address by which sources name it, where there is one. */
  otherUrl?: string
  /** Whose story it is; `null` for one of no paper that is known. */
  publisher: Publisher | null
  /** The URL's path before the story: `realtime/china`. */
  section: string | null
  title: string | null
  /** ISO 8601 UTC, of the list or feed. */
  published: string | null
  /** The body that a feed carries. */
  html: string | null
  /** Sources carry several texts of it: each of a time, so that none speaks against the page. */
  hasSeveralTexts?: boolean
  /** What each source shows of the story now: source name -> fingerprint. */
  seen: Readonly<Record<string, string>>
  /** The language that its feed declares of it, or of all its items, as it does; absent where it declares none. */
  lang?: string
  /** The day of which its feed tells it, where that tells no time; absent elsewhere. */
  toldDay?: string
  /** When its feed says that it was changed last, ISO 8601 UTC; absent where it does not. */
  updated?: string
  /** Name of the source that brought it; absent where it was named otherwise. */
  source?: string
  /** When the capture was made that tells of it, ISO 8601 UTC; absent where it is asked for now. */
  capturedAt?: string
  /** What its page says is taken only where it vouches for more than what is there, which is later. */
  mustBeBetter?: true
  /** Captures show something later of it: where its page is not among them, that is told with the last. */
  isFormer?: true
  /** Where the archive kept it before its file was gone, relative to the archive. Absent for all others. */
  formerPath?: string
}

/** What the archive knows of a story. */
export interface Known {
  /** The headline in the file. */
  title: string
  /** What each source showed when the page was last read; empty when the archive's notes are gone. */
  seen: Readonly<Record<string, string>>
  /** When it was published, milliseconds. */
  publishedMs: number
  /** What is noted of the reading of its page; `null` when the archive's notes are gone. */
  noted: Pick<JournalEntry, 'fetched' | 'updated' | 'idle' | 'vain' | 'toldUpdate' | 'origin'> | null
  /** The file was read, and is no whole document. */
  damaged: boolean
  /** It was read, and holds a text that the story had before its last. */
  isOlder: boolean
}

/** The part of the configuration that decides. */
export interface Policy {
  onChange: 'revise' | 'keep'
  /** Someone named the story: a file that is older than what is noted of it is no change to be kept out. */
  isNamed: boolean
  /** Ids, sections or URL patterns (`*` stands for anything) never fetched again. */
  exclude: readonly string[]
  /** Stories younger than this are read again once a run; `null` is off. */
  recheckMs: number | null
  nowMs: number
}

export type Decision =
  | { action: 'fetch'; reason: 'new' | 'retry' | 'damaged' | 'older' | 'changed' | 'updated' | 'recheck' }
  /** Nothing to fetch, but the archive's notes should remember what the sources show. */
  | { action: 'note'; reason: 'first seen' }
  | { action: 'skip'; reason: 'archived' | 'excluded' | 'queued' | 'kept' }

/** What an item shows of a story, as a short text that changes when the headline, the words or the pictures change. */
export function fingerprint(item: Pick<Item, 'title' | 'html'>): string {
  const text = item.html === null ? '' : `\n${shown(item.html)}`
  return sha256((item.title ?? '') + text, 'base64url').slice(0, 16)
}

/** What a fingerprint ends with where the item's guid is not its address, so that the journal remembers whose it is. */
export function guidMark(guid: string): string {
  return `~${sha256(guid, 'base64url').slice(0, 8)}`
}

/** A fingerprint without the mark of a guid: feeds may make new guids at each request. */
export function withoutMark(print: string): string {
  return print.replace(/~.*$/s, '')
}

// Words and picture names alone: attributes, ad slots and query strings change without an edit.
function shown(html: string): string {
  const visible = withoutScripts(html)
  const pictures = Array.from(
    visible.matchAll(/<img\s[^<>]*/gi),
    ([tag]) => /\ssrc\s*=\s*["']?([^"'?\s]*)/i.exec(tag)?.[1],
  )
  return `${visible.replace(/<[^<>]*>|\s+/g, '')}\n${pictures.join('\n')}`
}

/** Linear in its length, however often a script begins that never ends. */
function withoutScripts(html: string): string {
  const open = /<(script|style)\b/gi
  let kept = ''
  let from = 0
  for (let match = open.exec(html); match !== null; match = open.exec(html)) {
    kept += html.slice(from, match.index)
    const close = new RegExp(`</${match[1]}[^<>]*>?`, 'gi')
    close.lastIndex = open.lastIndex
    if (close.exec(html) === null) return kept
    open.lastIndex = from = close.lastIndex
  }
  return kept + html.slice(from)
}

/** Decides what is to be done with a candidate: pure, so that the table of cases is the test. */
export function decide(
  candidate: Candidate,
  known: Known | null,
  queue: { due: boolean } | null,
  policy: Policy,
): Decision {
  if (isExcluded(candidate, policy.exclude)) return { action: 'skip', reason: 'excluded' }
  if (queue?.due === true) return { action: 'fetch', reason: 'retry' }
  if (queue !== null && !isStandInEdited(candidate, known, policy)) return { action: 'skip', reason: 'queued' }
  if (known === null) return { action: 'fetch', reason: 'new' }
  if (known.damaged) return { action: 'fetch', reason: 'damaged' }
  if (known.isOlder && (policy.onChange === 'revise' || policy.isNamed)) return { action: 'fetch', reason: 'older' }
  const change = changeOf(candidate, known)
  const isChanged = change === 'changed' && isBelieved(known.noted, policy.nowMs)
  if (isChanged || tellsOfUpdate(candidate, known.noted)) {
    const reason = isChanged ? 'changed' : 'updated'
    return policy.onChange === 'keep' ? { action: 'skip', reason: 'kept' } : { action: 'fetch', reason }
  }
  if (
    policy.onChange === 'revise' &&
    policy.recheckMs !== null &&
    policy.nowMs - known.publishedMs < policy.recheckMs
  ) {
    return { action: 'fetch', reason: 'recheck' }
  }
  return change === 'first seen' ? { action: 'note', reason: 'first seen' } : { action: 'skip', reason: 'archived' }
}

/**
 * Whether sources show something else of a story than what is known of it. A source that never showed it before tells
 * nothing but its headline.
 */
export function changeOf(
  candidate: Candidate,
  known: Pick<Known, 'title' | 'seen'>,
): 'same' | 'changed' | 'first seen' {
  if (isShownAnew(candidate, known)) return 'changed'
  const sources = Object.entries(candidate.seen)
  const remembered = sources.filter(([source]) => known.seen[source] !== undefined)
  if (remembered.length === sources.length) return 'same'
  const sameTitle = candidate.title === null || plain(candidate.title) === plain(known.title)
  return sameTitle || remembered.length > 0 ? 'first seen' : 'changed'
}

/** Whether a source shows something else of a story than it did when the page was last read. */
export function isShownAnew({ seen }: Pick<Candidate, 'seen'>, known: Pick<Known, 'seen'>): boolean {
  return Object.entries(seen).some(([source, print]) => {
    const before = known.seen[source]
    return before !== undefined && withoutMark(before) !== withoutMark(print)
  })
}

/** Whether a page is asked for since a source shows something else: not at each poll, where one counts readers or tries headlines. */
function isBelieved(noted: Known['noted'], nowMs: number): boolean {
  if (noted === null || noted.origin === 'feed' || (noted.vain ?? 0) < MOST_IDLE) return true
  return Math.abs(nowMs - Date.parse(noted.fetched)) >= VAIN_MS
}

/** Whether a feed shows another text of a story of which its text stands in for the page: to have that no page is asked for. */
export function isStandInEdited(candidate: Candidate, known: Known | null, { onChange }: Policy): boolean {
  if (known?.noted?.origin !== 'feed' || known.damaged || known.isOlder) return false
  return onChange === 'revise' && candidate.html !== null && changeOf(candidate, known) === 'changed'
}

/** Feeds may tell of an update at each request: so many in a row of which the page shows none, and they are not believed. */
const MOST_IDLE = 3
/** After as many changes in a row of what sources show, of which the page shows none, it is asked for so often. */
const VAIN_MS = 2 * HOUR_MS

/**
 * Whether a feed says that a story was changed since its page was read: nothing else of its item may show that. What the feed told
 * then is compared where it is known, since its clock may be hours off; what lay ahead of the reading was one of these, or wrong.
 */
export function tellsOfUpdate({ updated = '' }: Candidate, noted: Known['noted']): boolean {
  if (noted === null || (noted.idle ?? 0) === MOST_IDLE) return false
  const { fetched, toldUpdate = fetched } = noted
  const isTold = updated > toldUpdate || (updated > fetched && updated !== toldUpdate)
  return isTold && updated > (noted.updated ?? '')
}

function plain(title: string): string {
  return title.normalize('NFC').replace(/\s+/g, '')
}

/** Candidates by day and number; those whose addresses name no day by the time or day that their source tells, else that of their capture. */
export function inOrder(candidates: readonly Candidate[], order: 'newest' | 'oldest'): Candidate[] {
  const key = ({ day, published, toldDay, capturedAt, id }: Candidate) =>
    `${day ?? published ?? toldDay ?? capturedAt ?? '9999'} ${id.padStart(20, '0')}`
  const oldest = candidates.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  return order === 'oldest' ? oldest : oldest.toReversed()
}

/** True for a story that is never to be fetched. Rules: an id, a section or a part of its path, or a pattern with `*`. */
export function isExcluded(
  { id, url, section }: Pick<Candidate, 'id' | 'url' | 'section'>,
  exclude: readonly string[],
): boolean {
  const names = [id, url, bare(url), bare(url.replace(/[?#].*$/s, '')), section ?? '', ...(section?.split('/') ?? [])]
  const end = endOf(url)
  // `YYYYMMDD-NUMBER` of the story's address, or another address that ends like it: of another host or section.
  const number = end.replace(/^\D+/, '')
  const isNumbered = number.endsWith(`-${id}`)
  return exclude.some(
    (rule) =>
      names.some((name) => fitsStars(bare(rule), name)) ||
      (isNumbered && (rule === number || (/^https?:/.test(rule) && endOf(rule) === end))),
  )
}

/** The last part of an address's path. */
function endOf(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^.*\//s, '')
}

function bare(url: string): string {
  return url.replace(/^https?:\/\//, '')
}
