import type { Candidate } from '../../core/archive/plan.ts'
import { withoutGuid } from '../../core/identity.ts'
import { isoTime } from '../../core/time.ts'
import type { Io } from '../../io.ts'
import { identify, publisherOf, sectionOf } from '../../sites/publishers.ts'

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

/** The language that a feed declares of an item or of all its items, for a value that leaves it out where there is none. */
export function langOf({ lang }: { lang?: string | undefined }): { lang?: string } {
  return lang === undefined ? {} : { lang }
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
