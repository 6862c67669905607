import { htmlTooLarge } from '../../../core/html/bounds.ts'
import { isEnded } from '../../../core/html/end.ts'
import { parseHtml } from '../../../core/html/html.ts'
import type { Listing } from '../../../core/model.ts'
import type { ListSource } from '../../../core/publisher.ts'
import { one } from '../dom.ts'
import { zaobao } from '../index.ts'
import { astroList } from './astro-list.ts'
import { bootstrapList } from './bootstrap-list.ts'
import { drupal7List, drupal8List } from './drupal-lists.ts'
import { type Entries, itemsOf } from './entries.ts'
import type { ListKind } from './html-list.ts'
import { readJsonList } from './json-lists.ts'
import { reactList } from './react-list.ts'
import { readSitemap } from './sitemap.ts'
import { urlOf } from '../../../core/web/url.ts'
import { WordedError } from '../../../words/error.ts'

/** The first element of a feed, after its declaration and comments. */
const FEED = /^(?:<[?!][^>]*>\s*)*<(?:rss|feed|rdf:RDF)[\s>]/i

export const LIST_KINDS = [
  astroList,
  reactList,
  bootstrapList,
  drupal8List,
  drupal7List,
] as const satisfies readonly ListKind[]

const isJson = (text: string): boolean => /^[{[]/.test(text)

function kindsOf(document: Document): readonly ListKind[] {
  return LIST_KINDS.filter((kind: ListKind) => kind.matches(document))
}

function readHtmlList(body: string, url: string, now: number): Listing | null {
  const tooLarge = htmlTooLarge(body)
  if (tooLarge !== null) throw new WordedError(tooLarge)
  const document = parseHtml(body)
  const kinds = kindsOf(document)
  if (kinds.length === 0) return null
  const base = one(document, 'base[href]')?.getAttribute('href') ?? url
  const entries = kinds.flatMap((kind) => kind.entries(document, now))
  const whole = isEnded(body)
  const half = whole ? new Set<Node>() : atEnd(document)
  const there = entries.filter(({ holder }) => holder === undefined || !half.has(holder))
  return {
    items: itemsOf(there, urlOf(base, url)?.href ?? url),
    end: whole ? 'whole' : 'cut',
  }
}

/** The kinds of list that a source is, by name: `json`, `sitemap`, those of its markup; `null` when it is none known. */
export function kindOfList({ body }: ListSource, now: number): string | null {
  const text = body.trimStart()
  if (isJson(text)) return readJsonList(text, now) === null ? null : 'json'
  if (readSitemap(text) !== null) return 'sitemap'
  const kinds = htmlTooLarge(body) === null ? kindsOf(parseHtml(body)) : []
  return kinds.length === 0 ? null : kinds.map(({ name }) => name).join('+')
}

/** The elements about the end of a document: of one that is cut off, what they hold may be half of it. */
function atEnd(document: Document): ReadonlySet<Node> {
  const nodes = new Set<Node>()
  for (let node: Node | null = document.lastChild; node !== null; node = node.lastChild) nodes.add(node)
  return nodes
}

/**
 * Reads a list of stories: a list page in any generation's markup, a JSON list, a sitemap; told by what it is, not by
 * its address or declared type. Times are resolved against `now` (ms), the run's clock. `null` when it is no list of a
 * known kind (nor of this paper: imitators are refused); no items when it is one without entries. Throws an `Error` of
 * one line for a page that is larger than any list.
 */
export function readList(source: ListSource, now: number): Listing | null {
  if (zaobao.isImitator(urlOf(source.url)?.hostname ?? '')) return null
  const text = source.body.trimStart()
  if (isJson(text)) return listingOf(readJsonList(text, now), source.url)
  const sitemap = readSitemap(text)
  if (sitemap !== null) return listingOf(sitemap, source.url)
  return FEED.test(text.slice(0, 2000)) ? null : readHtmlList(text, source.url, now)
}

function listingOf(found: Entries | null, url: string): Listing | null {
  return found && { items: itemsOf(found.entries, url), end: found.end }
}
