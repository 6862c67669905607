import { htmlTooLarge } from '../../core/html/bounds.ts'
import { isEnded } from '../../core/html/end.ts'
import { parseHtml } from '../../core/html/html.ts'
import type { ListSource, Readers } from '../../core/publisher.ts'
import { urlOf } from '../../core/url.ts'
import { WordedError } from '../../words/error.ts'
import { one } from '../../core/html/dom.ts'
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

/** The elements about the end of a document: of one that is cut off, what they hold may be half of it. */
function atEnd(document: Document): ReadonlySet<Node> {
  const nodes = new Set<Node>()
  for (let node: Node | null = document.lastChild; node !== null; node = node.lastChild) nodes.add(node)
  return nodes
}

/** What a source is found to be: the entries of its list, what their links are relative to, and the kinds of list that it is, by name. */
interface Found extends Entries {
  base: string
  kind: string
}

/**
 * Reads the lists of a paper: a list page in any markup, a JSON list, a sitemap; told by what it is, not by its address or
 * declared type. Of imitators none is read.
 */
export function listsOf(paper: Paper, { kinds, json, ofSite }: Lists): Pick<Readers, 'readList' | 'kindOfList'> {
  function listIn({ body, url }: ListSource, nowMs: number): Found | null {
    const text = body.trimStart()
    if (/^[{[]/.test(text)) {
      const data = json === undefined ? null : readJsonList(text, json, timesOf(paper, nowMs))
      return data && { ...data, base: url, kind: 'json' }
    }
    const sitemap = readSitemap(text, paper)
    if (sitemap !== null) return { ...sitemap, base: url, kind: 'sitemap' }
    return FEED.test(text.slice(0, 2000)) ? null : pageIn(text, url, nowMs)
  }

  function pageIn(body: string, url: string, nowMs: number): Found | null {
    const tooLarge = htmlTooLarge(body)
    if (tooLarge !== null) throw new WordedError(tooLarge)
    const document = parseHtml(body)
    const found = kinds.filter((kind) => kind.matches(document))
    if (found.length === 0) return null
    const base = one(document, 'base[href]')?.getAttribute('href') ?? url
    const timeOf = timesOf(paper, nowMs)
    const entries = found.flatMap((kind) => kind.entries(document, timeOf))
    const whole = isEnded(body)
    const half = whole ? new Set<Node>() : atEnd(document)
    return {
      entries: entries.filter(({ holder }) => holder === undefined || !half.has(holder)),
      end: whole ? 'whole' : 'cut',
      base: urlOf(base, url)?.href ?? url,
      kind: found.map(({ name }) => name).join('+'),
    }
  }

  return {
    readList(source, nowMs) {
      if (paper.publisher.isImitator(urlOf(source.url)?.hostname ?? '')) return null
      const found = listIn(source, nowMs)
      return found && { items: itemsOf(found.entries, found.base, paper.publisher, ofSite), end: found.end }
    },
    kindOfList: (source, nowMs) => listIn(source, nowMs)?.kind ?? null,
  }
}
