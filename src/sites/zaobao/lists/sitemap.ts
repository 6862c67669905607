import { decodeEntities } from '../../../core/html/tag-text.ts'
import { readTime } from '../times.ts'
import type { Entry } from './entries.ts'

/** The text of the first element with that name (any prefix) in a stretch of XML; `null` when absent. */
function textOf(xml: string, name: string): string | null {
  const open = new RegExp(`<(?:[\\w-]+:)?${name}(?:\\s[^<>]*)?>`, 'i').exec(xml)
  if (open === null) return null
  const from = open.index + open[0].length
  const raw = xml.slice(from, Math.max(xml.indexOf('</', from), from)).trim()
  const cdata = /^<!\[CDATA\[([\s\S]*)\]\]>$/.exec(raw)
  const text = cdata?.[1] === undefined ? decodeEntities(raw) : cdata[1]
  return text.trim() === '' ? null : text.trim()
}

/** The stretches of XML between `<name>` and `</name>`. */
function* stretches(xml: string, name: string): Generator<string> {
  const open = new RegExp(`<(?:[\\w-]+:)?${name}(?:\\s[^<>]*)?>`, 'gi')
  const close = new RegExp(`</(?:[\\w-]+:)?${name}\\s*>`, 'gi')
  for (let begin = open.exec(xml); begin !== null; begin = open.exec(xml)) {
    close.lastIndex = open.lastIndex
    const end = close.exec(xml)
    yield xml.slice(open.lastIndex, end?.index ?? xml.length)
    if (end === null) return
    open.lastIndex = close.lastIndex
  }
}

/**
 * Entries of a sitemap (`/sitemaps/sitemap-YYYYMM.xml`); `null` when the text is none. `lastmod` tells of the last
 * change, not of publication; only Google's news extension tells that.
 */
export function readSitemap(body: string): Entry[] | null {
  if (!/<(?:[\w-]+:)?urlset[\s>]/i.test(body.slice(0, 4000))) return null
  return Array.from(stretches(body, 'url'), (entry) => ({
    title: textOf(entry, 'title'),
    href: textOf(entry, 'loc'),
    published: readTime(textOf(entry, 'publication_date')),
  }))
}

/** The sitemaps that an index names, as absolute addresses; `null` when the text is no sitemap index. */
export function readSitemapIndex(body: string, url: string): string[] | null {
  if (!/<(?:[\w-]+:)?sitemapindex[\s>]/i.test(body.slice(0, 4000))) return null
  return Array.from(stretches(body, 'sitemap'), (entry) => textOf(entry, 'loc'))
    .filter((loc) => loc !== null && URL.canParse(loc, url))
    .map((loc) => new URL(loc ?? '', url).href)
}
