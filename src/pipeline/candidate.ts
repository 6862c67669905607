import type { Candidate } from '../core/archive/plan.ts'
import { NO_SOURCE, type QueuedItem } from '../core/archive/queue.ts'
import { withoutGuid } from '../core/identity.ts'
import { present } from '../core/present.ts'
import { isoTime } from '../core/time.ts'
import type { Io } from '../io.ts'
import { identify, publisherOf, sectionOf, siteOfHost } from '../sites/publishers.ts'

/** The story of an address, with what else is known of it: `id` and `day` too, where they are known better. */
export function candidateAt(url: string, known: Partial<Candidate> = {}): Candidate {
  return {
    ...identify(url, known.id),
    url,
    publisher: publisherOf(url),
    section: sectionOf(url),
    title: null,
    published: null,
    html: null,
    seen: {},
    ...known,
  }
}

/** Those of `more` that are none of `known`, each once, as the first of its names has it. */
export function unlike(known: readonly Candidate[], more: readonly Candidate[]): Candidate[] {
  const ids = new Set(known.map(({ id }) => id))
  return more.filter(({ id }) => !ids.has(id) && ids.add(id))
}

/** What a feed may declare of an item, each left out where it does not: see `Candidate`. */
export type Declared = Pick<Candidate, 'lang' | 'toldDay'>

/** What a feed declares of an item or of all its items, for a value that leaves out what is not there. */
export function declaredOf({ lang, toldDay }: { [Key in keyof Declared]?: Declared[Key] | undefined }): Declared {
  return present({ lang, toldDay })
}

/** What sources and captures tell of a story, whatever its address. */
export function shownOf(candidate: Candidate): Partial<Candidate> {
  const { title, published, html, seen, source, capturedAt, mustBeBetter } = candidate
  return {
    ...{ title, published, html, seen },
    ...present({ source, capturedAt, mustBeBetter }),
    ...declaredOf(candidate),
  }
}

/** What is remembered of a story that waits. */
export function itemOf(candidate: Candidate): QueuedItem {
  const { id, url, day, title, published, html, source = NO_SOURCE } = candidate
  return { id, url, day, title, published, html, source, ...declaredOf(candidate) }
}

/** The name that all hosts share of the site at which an address is. */
export function siteAt(url: string): string {
  return siteOfHost(new URL(url).hostname)
}

/** True when a story has a page of its own: of items that share a link with others, the page is none's. */
export function hasPage({ url }: Pick<Candidate, 'url'>): boolean {
  return withoutGuid(url) === url
}

/** True for a story of a paper that is known which has a page: its lists and sitemaps name it. */
export function isListed({ url, publisher }: Pick<Candidate, 'url' | 'publisher'>): boolean {
  return publisher !== null && hasPage({ url })
}

/** When what is stored of a story was read (ISO 8601 UTC): of a capture, when that was made. */
export function fetchedOf({ capturedAt }: Candidate, { now }: Pick<Io, 'now'>): string {
  return capturedAt ?? isoTime(now())
}
