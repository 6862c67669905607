import type { Candidate } from '../core/archive/plan.ts'
import { withoutGuid } from '../core/identity.ts'
import { identify, publisherOf, sectionOf } from '../sites/publishers.ts'

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

/**
 * True when the page of a story is read: one of a paper that is known. Others are archived from the feed's own content, and
 * so are items that share a link with others: the page is none's.
 */
export function hasPage({ url, publisher }: Pick<Candidate, 'url' | 'publisher'>): boolean {
  return publisher !== null && withoutGuid(url) === url
}
