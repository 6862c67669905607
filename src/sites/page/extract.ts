import { withRest } from '../../core/html/rest.ts'
import { startOfDay } from '../../core/time.ts'
import { nameOfAddress, urlOf } from '../../core/url.ts'
import { bodyOf } from '../body/body.ts'
import { all } from '../../core/html/dom.ts'
import { textOfHtml } from '../text.ts'
import { unique } from './bylines.ts'
import { ownOf } from './own-data.ts'
import { isCutOff } from './parts.ts'
import { type LinkedData, type PageExtract, type Sheet, withoutSiteName } from './paper.ts'
import { dayInPath, firstTime, isNearDay } from './times.ts'

/** What a generation finds, before the parts that all share. */
export interface LayoutExtract {
  /** Headlines, best first: HTML of the element, or text. */
  titles: Array<string | null | undefined>
  /** HTML of pictures that stand before the body. */
  lead: readonly string[]
  body: string
  /** Times after ld+json's, in the order of trust. */
  published: readonly unknown[]
  updated?: readonly unknown[]
  bylines?: readonly string[]
  keywords?: readonly string[]
  /** Told by other signs than the boxes of `paper.paywall`. */
  subscriber?: boolean
}

/** A `<` that begins no tag: data hold headlines as text as well as HTML. */
const STRAY = /<(?!!--|\/?[a-z][a-z\d]*(?:\s[^<>]*)?\/?>)/gi

/** What the ld+json say of the page's own story: `titles` are the headlines that its layout found. */
export function ownArticle(page: Sheet, titles: LayoutExtract['titles']): LinkedData | null {
  const headlines = [...titles, page.head.headline].filter((title) => title !== null && title !== undefined)
  return ownOf(page.head.articles, { url: page.url, paper: page.paper, headlines })
}

function titleOf(page: Sheet, titles: LayoutExtract['titles'], article: LinkedData | null): string | null {
  for (const title of [...titles, article?.headline, page.head.headline]) {
    const text =
      title === null || title === undefined ? '' : withoutSiteName(textOfHtml(title.replace(STRAY, '&lt;')), page.paper)
    if (text !== '') return text
  }
  return null
}

/** Links are resolved against the story's address later, which is not what a page with a `base` means. */
function makeAbsolute(body: Element, base: string): void {
  for (const link of all(body, 'a[href]')) {
    const href = link.getAttribute('href')?.trim() ?? ''
    const found = href.startsWith('#') ? null : urlOf(href, base)
    if (found !== null) link.setAttribute('href', found.href)
  }
}

/** Names under which pages tell machines when a story was published. */
const PUBLISHED_META = [
  ...['article:published_time', 'datepublished', 'publishdate', 'publish_date', 'pubdate'],
  ...['publish-date', 'publish_time', 'published_time', 'pub_date', 'pubtime', 'publication_date', 'og:published_time'],
  ...['rnews:datepublished', 'originalpublicationdate', 'parsely-pub-date', 'sailthru.date', 'apub:time'],
  ...['bytedance:published_time', 'weibo: article:create_at', 'cxenseparse:recs:publishtime'],
  ...['dc.date.issued', 'dcterms.issued', 'dc.date.issue', 'article:published', 'article:published_date'],
  ...['og:article:published_time', 'date_published', 'published_date', 'published-date', 'vr:published_time'],
  ...['published', 'displaydate'],
]

/** Names of a time that may be that of an edit, or of the request: what a page shows goes before it. */
const DATED_META = ['dcterms.created', 'dc.date.created', 'dcterms.date', 'dc.date', 'date']

/** What the head tells under these names, where the address does not name another day. */
function toldByMeta({ head, url, paper }: Sheet, names: readonly string[]): string[] {
  const told = names.flatMap((name) => head.meta(name) ?? [])
  const day = told.length === 0 ? null : dayInPath(url)
  return told.filter((time) => isNearDay(time, day, paper))
}

/** When a page's head says that it was published, in each way in which heads say it. */
export function publishedIn(page: Sheet): string[] {
  return toldByMeta(page, PUBLISHED_META)
}

/** The times of a page's head of which it does not say what happened then. */
export function datedIn(page: Sheet): string[] {
  return toldByMeta(page, DATED_META)
}

/** Makes the extract of a story from what a generation found: ld+json's time first, then the generation's own. */
export function extractOf(page: Sheet, found: LayoutExtract): PageExtract | 'empty' {
  const article = ownArticle(page, found.titles)
  const title = titleOf(page, found.titles, article) ?? nameOfAddress(page.url)
  const made = bodyOf(found.lead, withRest(page.html, found.body), page.head.base, page.paper.body, page)
  if (made === null) return 'empty'
  if (page.head.base !== page.url) makeAbsolute(made.body, page.head.base)
  const { day, paper } = page
  const published = firstTime(
    [...(article?.published ?? []), ...found.published, ...publishedIn(page), ...datedIn(page)],
    paper,
    day,
  )
  const updated = firstTime(
    [article?.updated, ...(found.updated ?? []), page.head.meta('article:modified_time')],
    paper,
  )
  const bylines = unique(found.bylines ?? [])
  const keywords = unique(found.keywords ?? [])
  return {
    title,
    published,
    updated: isLater(updated, published, page) ? updated : null,
    bylines: bylines.length > 0 ? bylines : unique(article?.authors ?? []),
    keywords: keywords.length > 0 ? keywords : unique(article?.keywords ?? []),
    access: found.subscriber === true || isCutOff(page.walls) || article?.subscriber === true ? 'subscriber' : 'public',
    ...made,
  }
}

/** Whether the time of an update follows the publication, or is at least not before the day in the address. */
function isLater(updated: string | null, published: string | null, { day, paper }: Sheet): boolean {
  if (updated === null) return false
  if (published !== null) return Date.parse(updated) > Date.parse(published)
  return day === null || Date.parse(updated) >= (startOfDay(paper.publisher.zone, day) ?? 0)
}
