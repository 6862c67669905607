import { firstOf } from '../../core/first.ts'
import { inSimplified } from '../../core/language.ts'
import { withRest } from '../../core/html/rest.ts'
import { startOfDay } from '../../core/time.ts'
import { urlOf } from '../../core/url.ts'
import { bodyOf } from '../body/body.ts'
import { all } from '../dom.ts'
import { textOfHtml } from '../text.ts'
import { isCutOff } from './access.ts'
import { unique } from './bylines.ts'
import { ownOf } from './own-data.ts'
import type { Page, Part } from './page.ts'
import { type LinkedData, type PageExtract, type Sheet, withoutSiteName } from './paper.ts'
import { eachTime, dayInPath, firstTime, isNearDay } from './times.ts'

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

/** What stands for a headline on a page that has none: the end of its address. */
function lastSegment(url: string): string {
  const path = urlOf(url)?.pathname ?? url
  return path.split('/').findLast((segment) => segment !== '') ?? url
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
  const title = titleOf(page, found.titles, article) ?? lastSegment(page.url)
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

/** The parts that stand before another one and do not hold it. */
export function before(parts: readonly Part[], body: Part): Part[] {
  return parts.filter((part) => part.end <= body.start)
}

/**
 * Of parts that tell something of a story, its own: between its headline and its body, else in the element that holds
 * both. What stands above may be of other stories; where there is no headline, all before the body count.
 */
export function ownParts(parts: readonly Part[], h1: readonly Part[], body: Part, article?: Part): Part[] {
  const above = before(parts, body)
  const headline = before(h1, body).at(-1)
  if (headline === undefined) return above
  const below = above.filter((part) => part.start >= headline.end)
  return below.length > 0 || article === undefined ? below : above.filter((part) => holds(article, part))
}

/** True when a part is cut from the page's text, and its place is one there: that of others is one in a DOM. */
export function isInPlace(page: Page, part: Part): boolean {
  return page.html.startsWith(part.outer, part.start)
}

/** True when one part stands in another. */
export function holds(outer: Part, inner: Part): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** The HTML between a body and the headline above it; `null` without one, or where the page's text does not have the body in its place. */
function belowHeadline(page: Page, h1: readonly Part[], body: Part): string | null {
  const above = before(h1, body).at(-1)
  return above === undefined || !isInPlace(page, body) ? null : page.html.slice(above.end, body.start)
}

/** The HTML from the beginning of the article, or from its headline where no element holds it, to its body. */
export function leadBetween(
  page: Page,
  article: Part | undefined,
  h1: readonly Part[],
  body: Part | undefined,
): string[] {
  if (body === undefined) return []
  if (article !== undefined) return [article.inner.slice(0, Math.max(article.inner.indexOf(body.outer), 0))]
  const above = belowHeadline(page, h1, body)
  return above === null ? [] : [above]
}

const ABOVE_MAX_LENGTH = 10_000

/** The time shown between the headline and the body, where no element is known to hold it. */
export function timeAbove(page: Sheet, h1: readonly Part[], body: Part | undefined): string | null {
  const above = body === undefined ? null : belowHeadline(page, h1, body)
  return above === null ? null : timeShown(page, above)
}

/** The first time that the HTML above a body shows as that of publication. */
export function timeShown(page: Sheet, above: string): string | null {
  const text = textOfHtml(above.slice(0, ABOVE_MAX_LENGTH))
  const { paper, day } = page
  const times = shownTimes([text]).published.flatMap((each) => eachTime(each, paper))
  return firstTime(times, paper, day)
}

/** The headline among a page's `h1`: the last before the body, else the first. */
export function headlineOf(parts: readonly Part[], body: Part | undefined): string | null {
  const filled = parts.filter((part) => textOfHtml(part.inner) !== '')
  const above = body === undefined ? [] : filled.filter((part) => part.start < body.start)
  return (above.at(-1) ?? filled[0])?.inner ?? null
}

const LABEL_MAX_LENGTH = 100

/** What a page calls the time of an update for machines, and how it shows that. */
export const UPDATE_NAME = /modif|updat/i
export const UPDATE =
  /更新|修改|最[后後][编編][辑輯]|(?<![가-힣])(?:최종)?수정|업데이트|อัปเดต|अपडेट|تحديث|به.?روز|עודכן|обновл|оновл|ενημερώθηκε|\b(?:updated|corrected|mise? à jour|zuletzt|laatste update|bijgewerkt|gewijzigd|uppdaterad|oppdatert|opdateret|päivitetty|frissítve|güncelle(?:me|ndi)|diperbarui|cập nhật|stand(?=:))\b|\b(?:last (?:updat|edit|chang|revi)|a[ckt]t?uali[sz]|aggiorna|modifi)[^\s\d:<>]*/i
export const PUBLICATION =
  /发[布表]|입력|등록|نشر|опубл|\b(?:published|posted|veröffentlicht|publié|publicado|pubblicato|gepubliceerd|publicerad|opublikowano|diterbitkan)\b/i

/** Attributes in which elements state for machines what they show: of `<time>`, of microdata and RDFa, of `<abbr>`. */
const STATED_IN = ['datetime', 'content', 'value', 'title']

/** What `<time>` elements and their like say, by attribute and by text, each behind the label that stands before it. */
export function timesIn(page: Page, parts: readonly Part[]): { published: string[]; updated: string[] } {
  const texts = parts.flatMap((part, at) => {
    const from = Math.max(parts[at - 1]?.end ?? 0, part.start - LABEL_MAX_LENGTH)
    const leading = isInPlace(page, part)
      ? page.html.slice(from, part.start).replace(/^(?:[^]*<\/h[1-6]\s*>|[^<>]*>)/i, '')
      : ''
    const label = UPDATE_NAME.test(part.attribute('itemprop') ?? '')
      ? '更新'
      : (LABEL.exec(inSimplified(textOfHtml(leading)))?.[0] ?? '')
    const stated = firstOf(STATED_IN, (name) => part.attribute(name))
    const shown = [stated, textOfHtml(part.inner)].filter((text) => text !== null && text !== '')
    return shown.map((text) => `${label} ${text}`)
  })
  return shownTimes(texts)
}

/** What stands before a time and says which it is: of both, that of publication. */
const LABEL = new RegExp(
  `(?:(?:${PUBLICATION.source})\\W{0,4})?(?:${UPDATE.source}|${PUBLICATION.source})\\D{0,8}$`,
  'i',
)
/** Where the next label begins: a time is near it, and no article before it, nor a label that means both. */
const LABELS = new RegExp(
  `(?<!\\b(?:an?|the)\\s|(?:${PUBLICATION.source})\\W{0,4})(?=(?:${UPDATE.source}|${PUBLICATION.source})\\D{0,24}\\d)`,
  'i',
)

/** The texts of times that a page shows, each from its label on: what follows 更新 or `Updated` is that of an update. */
export function shownTimes(texts: readonly string[]): { published: string[]; updated: string[] } {
  const parts = texts.flatMap((text) => inSimplified(text).split(LABELS))
  const isUpdate = (part: string): boolean => part.search(UPDATE) === 0
  return { published: parts.filter((part) => !isUpdate(part)), updated: parts.filter(isUpdate) }
}
