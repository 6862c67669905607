import { type Scan, scan } from '../../core/feed/scan.ts'
import { decodeEntities } from '../../core/html/tag.ts'
import type { Paper } from '../page/paper.ts'
import { readTime } from '../page/times.ts'
import type { Entries } from './entries.ts'
import { urlOf } from '../../core/url.ts'

/** A sitemap holds no more (sitemaps.org, protocol). */
const MAX_ENTRIES = 50_000

/** A stretch of a document's tags. */
interface Stretch {
  document: Scan
  /** Index of its first tag, and of the first that is not in it. */
  index: number
  after: number
}

/** The elements of a name, whatever its prefix. Of a document that is cut off, those alone that are closed. */
function elementsOf(document: Scan, name: RegExp): Stretch[] {
  const found: Stretch[] = []
  for (const [index, tag] of document.tags.entries()) {
    if (tag.kind !== 'open' || !name.test(tag.name)) continue
    const last = found.at(-1)
    if (last !== undefined) last.after = Math.min(last.after, index)
    found.push({ document, index, after: tag.match === -1 ? document.tags.length : tag.match })
  }
  const last = found.at(-1)
  return document.end !== 'whole' && last !== undefined && document.tags[last.index]!.match === -1
    ? found.slice(0, -1)
    : found
}

/** The text of the first element in it that has such a name; `null` when there is none, or nothing in it. */
function fieldOf({ document, index, after }: Stretch, name: RegExp): string | null {
  for (let i = index + 1; i < after; i++) {
    const tag = document.tags[i]!
    if (tag.kind !== 'open' || !name.test(tag.name)) continue
    const text = textFrom(document, i).trim()
    return text === '' ? null : text
  }
  return null
}

/** The text behind a tag, up to the next one that is an element's. */
function textFrom({ text, tags }: Scan, index: number): string {
  let found = ''
  let from = tags[index]!.end
  for (let i = index + 1; ; i++) {
    const tag = tags[i]
    found += decodeEntities(text.slice(from, tag?.start))
    if (tag?.kind === 'cdata') found += text.slice(tag.start + 9, tag.end - 3)
    else if (tag?.kind !== 'skip') return found
    from = tag.end
  }
}

function scanned(body: string, root: RegExp, name: RegExp): Scan | null {
  return root.test(body.slice(0, 4000)) ? scan(body, { name, count: MAX_ENTRIES }) : null
}

const URL_NAME = /(?:^|:)url$/
const MAP_NAME = /(?:^|:)sitemap$/
const LOC = /^(?!image:|video:)(?:.*:)?loc$/

/**
 * Entries of a sitemap; `null` when the text is none. `lastmod` tells of the last
 * change, not of publication; only Google's news extension tells that.
 */
export function readSitemap(body: string, paper: Paper): Entries | null {
  const document = scanned(body, /<(?:[\w-]+:)?urlset[\s>]/i, URL_NAME)
  if (document === null) return null
  const entries = elementsOf(document, URL_NAME).map((element) => ({
    title: fieldOf(element, /^(?!image:|video:)(?:.*:)?title$/),
    href: fieldOf(element, LOC),
    published: readTime(fieldOf(element, /(?:^|:)publication_date$/), paper),
  }))
  return { entries, end: document.end }
}

/** The first page that a sitemap names, which is of its site (sitemaps.org, protocol); `null` where the text is none. */
export function firstInSitemap(body: string): string | null {
  const [head = ''] = /^[^]{0,4000}<(?:[\w-]+:)?urlset[\s>][^]{0,4000}/i.exec(body) ?? []
  const first = /<(?:[\w-]+:)?loc>\s*(?:<!\[CDATA\[)?\s*(https?:\/\/[^\s<>\]]+)/i.exec(head)?.[1] ?? ''
  return urlOf(first)?.href ?? null
}

/** The sitemaps that an index names, as absolute addresses; `null` when the text is no sitemap index. */
export function readSitemapIndex(body: string, url: string): string[] | null {
  const document = scanned(body, /<(?:[\w-]+:)?sitemapindex[\s>]/i, MAP_NAME)
  if (document === null) return null
  return elementsOf(document, MAP_NAME)
    .map((element) => fieldOf(element, LOC))
    .flatMap((loc) => (loc === null ? [] : (urlOf(loc, url)?.href ?? [])))
}
