import { createHash } from 'node:crypto'
import { sectionOf } from './identity.ts'
import type { Item } from './model.ts'

/** A story that sources name, before anything was read of it. */
export interface Candidate {
  id: string
  /** `YYYY-MM-DD` in the URL; `null` when it names none. */
  day: string | null
  url: string
  title: string | null
  /** ISO 8601 UTC, of the list or feed. */
  published: string | null
  /** The body that a feed carries. */
  html: string | null
  /** What each source shows of the story now: source name -> fingerprint. */
  seen: Readonly<Record<string, string>>
}

/** What the archive knows of a story. */
export interface Known {
  path: string
  /** The headline in the file. */
  title: string
  /** What each source showed when the page was last read; empty when the archive's notes are gone. */
  seen: Readonly<Record<string, string>>
  /** When it was published, milliseconds. */
  publishedMs: number
}

/** The part of the configuration that decides. */
export interface Policy {
  onChange: 'revise' | 'keep'
  /** Ids, sections or URL patterns (`*` stands for anything) never fetched again. */
  exclude: readonly string[]
  /** Stories younger than this are read again once a run; `null` is off. */
  recheckMs: number | null
  nowMs: number
}

export type Decision =
  | { action: 'fetch'; reason: 'new' | 'retry' | 'changed' | 'recheck' }
  /** Nothing to fetch, but the archive's notes should remember what the sources show. */
  | { action: 'note'; reason: 'first seen' }
  | { action: 'skip'; reason: 'archived' | 'excluded' | 'queued' | 'kept' }

/** What an item shows of a story, as a short text that changes when the headline, the words or the pictures change. */
export function fingerprint(item: Pick<Item, 'title' | 'html'>): string {
  const hash = createHash('sha256').update(item.title ?? '')
  if (item.html !== null) hash.update('\n').update(shown(item.html))
  return hash.digest('base64url').slice(0, 16)
}

// Words and picture names alone: attributes, ad slots and query strings change without an edit.
function shown(html: string): string {
  const pictures = [...html.matchAll(/<img\b[^>]*?\ssrc="([^"?]*)/gi)].map((match) => match[1])
  const words = html.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, '').replace(/<[^>]*>/g, '')
  return `${words.replace(/\s+/g, '')}\n${pictures.join('\n')}`
}

/** Decides what is to be done with a candidate: pure, so that the table of cases is the test. */
export function decide(
  candidate: Candidate,
  known: Known | null,
  queue: { due: boolean } | null,
  policy: Policy,
): Decision {
  if (isExcluded(candidate, policy.exclude)) return { action: 'skip', reason: 'excluded' }
  if (queue !== null) return queue.due ? { action: 'fetch', reason: 'retry' } : { action: 'skip', reason: 'queued' }
  if (known === null) return { action: 'fetch', reason: 'new' }
  const change = changeOf(candidate, known)
  if (change === 'changed') {
    return policy.onChange === 'keep' ? { action: 'skip', reason: 'kept' } : { action: 'fetch', reason: 'changed' }
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

/** A source that never showed the story before tells nothing but its headline. */
function changeOf(candidate: Candidate, known: Known): 'same' | 'changed' | 'first seen' {
  const sources = Object.entries(candidate.seen)
  const remembered = sources.filter(([source]) => known.seen[source] !== undefined)
  if (remembered.some(([source, print]) => known.seen[source] !== print)) return 'changed'
  if (remembered.length === sources.length) return 'same'
  const sameTitle = candidate.title === null || plain(candidate.title) === plain(known.title)
  return sameTitle || remembered.length > 0 ? 'first seen' : 'changed'
}

function plain(title: string): string {
  return title.normalize('NFC').replace(/\s+/g, '')
}

/** Candidates by day and number. */
export function inOrder(candidates: readonly Candidate[], order: 'newest' | 'oldest'): Candidate[] {
  const key = ({ day, id }: Candidate) => `${day ?? '9999'} ${id.padStart(20, '0')}`
  const oldest = candidates.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  return order === 'oldest' ? oldest : oldest.toReversed()
}

/** True for a story that is never to be fetched. */
export function isExcluded({ id, url }: Pick<Candidate, 'id' | 'url'>, exclude: readonly string[]): boolean {
  const section = sectionOf(url)
  return exclude.some((rule) => {
    if (rule === id || rule === section) return true
    if (!rule.includes('*') && !rule.includes('/')) return section?.split('/').includes(rule) ?? false
    const pattern = rule.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^(?:https?://)?${pattern.join('.*')}$`).test(url.replace(/^https?:\/\//, '')) || url === rule
  })
}
