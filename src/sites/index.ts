import { GENERIC } from '../core/extraction.ts'
import type { Extraction, Listing } from '../core/model.ts'
import type { Testimony } from '../core/probe/testimony.ts'
import type { ListSource, PageSource, Readers } from '../core/publisher.ts'
import { anyPaper } from './any-paper.ts'
import { DEFAULT_PUBLISHER, isForeign, publisherOf } from './publishers.ts'
import { readersOf } from './readers.ts'
import { type Message, message } from '../words/words.ts'
import { readers as bbc } from './bbc/readers.ts'
import { readers as dw } from './dw/readers.ts'
import { readers as rfi } from './rfi/readers.ts'
import { readers as zaobao } from './zaobao/readers.ts'

export { firstInSitemap, readSitemapIndex } from './lists/sitemap.ts'

/** How each paper's pages and lists are read, by its name. Apart from `publishers.ts`, since few runs read any. */
export const READERS: Record<string, Readers> = { zaobao, rfi, dw, bbc }

/** The readers of an address's paper; those of the first paper where it is of none: a list that someone saved. */
function readersAt(url: string): Readers {
  return READERS[(publisherOf(url) ?? DEFAULT_PUBLISHER).name]!
}

/** The readers of a page or a body: of no paper that is known, it is read by what it says of itself. */
function readersFor(html: string, url: string): Readers {
  if (!isForeign(url)) return readersAt(url)
  const saved = READERS[DEFAULT_PUBLISHER.name]!
  return saved.claims({ html, url }) ? saved : readersOfAny(html, url)
}

function readersOfAny(html: string, url: string): Readers {
  return readersOf(anyPaper(html, url), { kinds: [], ofSite: true })
}

/** Reads a page: see `Readers`. */
export function readPage(page: PageSource, by?: 'text' | 'tree'): Extraction {
  return readersFor(page.html, page.url).readPage(page, by)
}

/** Reads a list: see `Readers`. */
export function readList(source: ListSource, nowMs: number): Listing | null {
  const listing = readersAt(source.url).readList(source, nowMs)
  if ((listing?.items.length ?? 0) > 0 || !isForeign(source.url)) return listing
  return readersOfAny('', source.url).readList(source, nowMs) ?? listing
}

/** Reads a story's body on its own: see `Readers`. `url` is the story's address. */
export function readContent(html: string, url: string): ReturnType<Readers['readContent']> {
  return readersFor(html, url).readContent(html, url)
}

/** The kinds of list that a source is: see `Readers`. */
export function kindOfList(source: ListSource, nowMs: number): string | null {
  return readersAt(source.url).kindOfList(source, nowMs)
}

/** The stories that a page at `url` links to: see `Readers`. */
export function linksTo(html: string, url: string): ReturnType<Readers['linksTo']> {
  return readersAt(url).linksTo(html)
}

/** What each witness in a page says: see `Readers`. */
export function witnessesIn(...[page, more]: Parameters<Readers['witnessesIn']>): Testimony {
  return readersFor(page.html, page.url).witnessesIn(page, more)
}

/** What rules of a paper take out of a body: see `Readers`. */
export function droppedFrom(source: string, url: string): ReadonlyMap<string, number> {
  return readersFor(source, url).droppedFrom(source)
}

/** A notice that the site is being worked on, by its headline. */
const MAINTENANCE =
  /<(title|h1)\b[^<>]{0,300}>[^<]{0,100}(?:系统维护|系統維護|网站维护|網站維護|维护中|維護中|暂停服务|(?:under|scheduled|down for) maintenance|maintenance mode|service unavailable|temporarily unavailable)/i

/**
 * What a page is that came instead of a feed or of a list, one line; null where nothing tells. Of a page of the paper
 * (`wanted` is a list) also what other page it is.
 */
export function whatCame(page: { html: string; url: string }, wanted: 'feed' | 'list'): Message | null {
  if (!/<(?:!doctype html|html|head|body|title|div|script)\b/i.test(page.html.slice(0, 4000))) return null
  if (MAINTENANCE.test(page.html)) return message`the page says that the site is under maintenance`
  const reading = readPage(page)
  if (reading.kind === 'story' && reading.generation === GENERIC) return null
  if (reading.kind === 'story') return wanted === 'list' ? message`the page is a story, not a list` : null
  const { reason, detail, what } = reading
  if (reason === 'home')
    return wanted === 'list' ? message`the page is a home page, or a list in an unknown layout` : null
  if (reason === 'unclaimed' || reason === 'empty' || reason === 'too-large') return null
  if (what === undefined) return detail
  return wanted === 'list' ? message`${what}, not a list` : message`${what}, not a feed`
}
