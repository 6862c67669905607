import { htmlTooLarge } from '../../core/html/bounds.ts'
import { isEnded } from '../../core/html/end.ts'
import { parseHtml } from '../../core/html/html.ts'
import type { Listing } from '../../core/model.ts'
import type { Readers } from '../../core/publisher.ts'
import { urlOf } from '../../core/url.ts'
import { WordedError } from '../../words/error.ts'
import { one } from '../dom.ts'
import type { Paper } from '../page/paper.ts'
import { type Entries, itemsOf } from './entries.ts'
import type { ListKind } from './html-list.ts'
import { type JsonLists, readJsonList } from './json-lists.ts'
import { timesOf } from './list-times.ts'
import { readSitemap } from './sitemap.ts'

/** The lists of a paper: the markups of its list pages, newest first, and those that it serves as data. */
export interface Lists {
  readonly kinds: readonly ListKind[]
  readonly json?: JsonLists
  /** Its stories are all that its sitemaps name of their own site: nothing else tells them. */
  readonly ofSite?: true
}

/** The first element of a feed, after its declaration and comments. */
const FEED = /^(?:<[?!][^>]*>\s*)*<(?:rss|feed|rdf:RDF)[\s>]/i

const isJson = (text: string): boolean => /^[{[]/.test(text)

/** The elements about the end of a document: of one that is cut off, what they hold may be half of it. */
function atEnd(document: Document): ReadonlySet<Node> {
  const nodes = new Set<Node>()
  for (let node: Node | null = document.lastChild; node !== null; node = node.lastChild) nodes.add(node)
  return nodes
}

/**
 * Reads the lists of a paper: a list page in any markup, a JSON list, a sitemap; told by what it is, not by its address or
 * declared type. Of imitators none is read.
 */
export function listsOf(paper: Paper, { kinds, json, ofSite }: Lists): Pick<Readers, 'readList' | 'kindOfList'> {
  const kindsOf = (document: Document): readonly ListKind[] => kinds.filter((kind) => kind.matches(document))

  function dataIn(text: string, nowMs: number): Entries | null {
    return json === undefined ? null : readJsonList(text, json, timesOf(paper, nowMs))
  }

  function readHtml(body: string, url: string, nowMs: number): Listing | null {
    const tooLarge = htmlTooLarge(body)
    if (tooLarge !== null) throw new WordedError(tooLarge)
    const document = parseHtml(body)
    const found = kindsOf(document)
    if (found.length === 0) return null
    const base = one(document, 'base[href]')?.getAttribute('href') ?? url
    const timeOf = timesOf(paper, nowMs)
    const entries = found.flatMap((kind) => kind.entries(document, timeOf))
    const whole = isEnded(body)
    const half = whole ? new Set<Node>() : atEnd(document)
    const there = entries.filter(({ holder }) => holder === undefined || !half.has(holder))
    return listing({ entries: there, end: whole ? 'whole' : 'cut' }, urlOf(base, url)?.href ?? url)
  }

  function listing(found: Entries | null, url: string): Listing | null {
    return found && { items: itemsOf(found.entries, url, paper.publisher, ofSite), end: found.end }
  }

  return {
    readList({ body, url }, nowMs) {
      if (paper.publisher.isImitator(urlOf(url)?.hostname ?? '')) return null
      const text = body.trimStart()
      if (isJson(text)) return listing(dataIn(text, nowMs), url)
      const sitemap = readSitemap(text, paper)
      if (sitemap !== null) return listing(sitemap, url)
      return FEED.test(text.slice(0, 2000)) ? null : readHtml(text, url, nowMs)
    },
    kindOfList({ body }, nowMs) {
      const text = body.trimStart()
      if (isJson(text)) return dataIn(text, nowMs) === null ? null : 'json'
      if (readSitemap(text, paper) !== null) return 'sitemap'
      const found = htmlTooLarge(body) === null ? kindsOf(parseHtml(body)) : []
      return found.length === 0 ? null : found.map(({ name }) => name).join('+')
    },
  }
}
