import { inSimplified } from '../../core/language.ts'
import { addressesOf } from '../../core/identity.ts'
import { isOfAnotherMatter } from '../../core/witness.ts'
import { isEditOf, isSameLine } from '../generic/blocks.ts'
import { isAt } from '../generic/others.ts'
import { PARAGRAPH_WORDS, readGeneric } from '../generic/index.ts'
import { wordsIn } from '../../core/text/sentences.ts'
import { textOfHtml } from '../text.ts'
import { isCutOff } from './access.ts'
import {
  datedIn,
  dayLines,
  extractOf,
  holds,
  isInPlace,
  ownArticle,
  publishedIn,
  timeShown,
  timesIn,
} from './extract.ts'
import { whose } from './own-data.ts'
import type { Part } from './page.ts'
import { isOfAny, type LinkedData, type PageExtract, type Sheet, withoutSiteName } from './paper.ts'
import { dayInPath, firstDay } from './times.ts'

const PARTS = {
  h1: 'h1',
  heading: 'h2, h3',
  article: 'article',
  aside: 'aside',
  time: 'time',
  /** Of microdata, of RDFa as Drupal 7 writes it, of hAtom. */
  dated: '[itemprop*=datePublished], [property*=dc:date], [property*=dc:created], abbr[title]',
  script: 'script',
  named: '[class*=paywall], [id*=paywall], [data-testid*=paywall]',
}

/** Less is what a login, a consent or an error page has of prose, unless it names the story as its own address. */
const CERTAIN_PROSE = 3
const CERTAIN_WORDS = 100

/** A shorter heading is that of a page about the site. */
const HEADLINE_WORDS = 6

const GOES_ON = /(?:…|\.{3})$/

/** What papers write below the beginning of a text that subscribers alone may read. */
const FOR_SUBSCRIBERS =
  /请登[录入]或订[阅购]|(?:继续|方式)[，,]?阅读全文|(?:订阅|订购|订户|会员|登录|登入|注册)[^。<>]{0,6}[，,]?[^。<>]{0,6}(?:继续阅读|阅读(?:全文|完整|余下|剩余))|(?:本文|此文|本篇|这篇)[^。<>]{0,8}(?:订户|会员)(?:专享|专属|独享)|subscribe (?:now )?to (?:continue|keep) reading|to (?:read|continue reading) (?:the (?:rest|full)|this)|already a (?:subscriber|member)\?/i

/** True where the page says, shows or carries in its head that the rest of its story is for subscribers. */
function isTeaser({ html, head, paper }: Sheet, named: readonly Part[]): boolean {
  if (isCutOff(named.filter(({ inner }) => textOfHtml(inner) !== ''))) return true
  if (head.meta('article:content_tier') === 'locked') return true
  const seen = inSimplified(withoutUnseen(html))
  return FOR_SUBSCRIBERS.test(seen) || paper.forSubscribers?.test(seen) === true
}

/** HTML without what its scripts, styles and templates hold. */
function withoutUnseen(html: string): string {
  const pieces = html.split(/<(?=(?:script|style|noscript|template)\b)/i)
  const seen = pieces.map((piece, at) => {
    const end = at === 0 ? 0 : piece.search(/<\/(?:script|style|noscript|template)\b/i)
    return end === -1 ? '' : piece.slice(end)
  })
  return seen.join('')
}

/** What pages say that want a login, a consent or a browser instead of showing the story whose headline they have. */
const WALL_WORDS = /cookie|小型文本文件|隐私|同意|合作伙伴|登录|登入|帐号|账号|浏览器|脚本|机器人|拒绝全部|接受全部/gi
const WALL_WORDS_LEAST = 3

function isWall({ title, body }: PageExtract): boolean {
  const text = body.textContent ?? ''
  return new Set(inSimplified(text).match(WALL_WORDS)).size >= WALL_WORDS_LEAST && isOfAnotherMatter(title, text)
}

const ABOVE_MAX_LENGTH = 20_000

/** Where something stands in a page's HTML. */
type Place = Pick<Part, 'start' | 'end'>

/** Where a text stands last before `start` as all that an element holds; `null` where it does not. The title in the head is none. */
function aloneBefore(html: string, text: string, start: number): Place | null {
  const at = text === '' || start < text.length ? -1 : html.lastIndexOf(text, start - text.length)
  const end = at + text.length
  const isAlone =
    at !== -1 && /^\s*<(?!\/title\b)/i.test(html.slice(end, start)) && html.slice(0, at).trimEnd().endsWith('>')
  return isAlone ? { start: at, end } : null
}

/** Where the headline nearest above the text stands, which begins at `start`: a heading, or one of `titles` alone; `null` without one. */
function headlineAbove({ html }: Sheet, h1: readonly Part[], titles: readonly string[], start: number): Place | null {
  const heading = h1.findLast(({ end }) => end <= start)
  // Below the heading that is the headline it may be said again: of a print, of what is shared.
  if (heading !== undefined && titles.includes(textOfHtml(heading.inner))) return heading
  const found = [heading, ...titles.map((title) => aloneBefore(html, title, start))]
  return found.reduce<Place | null>(
    (last, each) => ((each?.end ?? -1) > (last?.end ?? -1) ? (each ?? null) : last),
    null,
  )
}

const FIGURE = /<figure\b[^<>]{0,1000}>[^]{0,10000}?<\/figure>/gi

/** The pictures that stand above a body and not in it; other images there are faces of authors, and buttons. */
function leadIn(above: string, body: string): string[] {
  return (above.match(FIGURE) ?? []).filter((figure) => {
    const source = /<img\b[^<>]*?\ssrc\s*=\s*["']?([^"'\s<>?#]+)/i.exec(figure)?.[1]
    return source === undefined || !body.includes(source)
  })
}

/**
 * The times that elements state of publication: those before the text, which begins at `start`, the nearest first; and that behind it,
 * where all there state the same. Others are those of other stories, and of what readers say.
 */
function timesAround(page: Sheet, parts: readonly Part[], start: number): { above: string[]; below: string[] } {
  const published = (part: Part): string[] => timesIn(page, [part]).published
  const above = parts.filter(({ end }) => end <= start)
  const below = parts.filter((part) => part.start >= start)
  const stated = new Set(below.map((part) => part.attribute('content') ?? part.attribute('datetime')))
  return { above: above.toReversed().flatMap(published), below: stated.size === 1 ? below.flatMap(published) : [] }
}

/** A story read without knowing its layout. `certain`: the page holds so much prose that it is an article. */
export interface Unknown {
  extract: PageExtract
  certain: boolean
}

/**
 * Whether a page says that it is the story asked for: by an address, as an article, or by the headline that its source
 * showed (`listed`). Walls, notices, lists and pages about the paper have prose as well, and say nothing of the kind.
 */
function isOfStory(page: Sheet, article: LinkedData | null, listed: string | null, shown: readonly string[]): boolean {
  const { head } = page
  const { canonical, headline } = head
  const addresses = [canonical, head.meta('dc.identifier'), ...(article?.addresses ?? [])]
  const named = whose(
    addresses.filter((each) => each !== null),
    page,
  )
  if (named !== null) return named === 'own'
  if (article !== null || head.meta('og:type') === 'article' || head.meta('article:published_time') !== null)
    return true
  const titles = [headline, ...shown.map((html) => textOfHtml(html))].filter((title) => title !== null)
  // Of a paper that nobody knows a page says no more than its headline, and that may be edited since.
  const isEdited = (title: string): boolean => isOfAny(page.paper) && isEditOf(title, listed ?? '')
  return listed !== null && titles.some((title) => isSameLine(title, listed) || isEdited(title))
}

/** True for a heading that is the headline which the source showed: one with a link to elsewhere is that of another page. */
function isHeadline({ inner }: Part, listed: string, { url }: Sheet): boolean {
  if (!isSameLine(textOfHtml(inner), listed)) return false
  const href = /<a\b[^<>]{0,1000}?\shref\s*=\s*["']?([^"'\s<>]*)/i.exec(inner)?.[1]
  return href === undefined || isAt(href, url)
}

/**
 * The story of a page of the paper that has none of the layouts known; `null` where there is none, or where the page
 * does not say that it is the story's. `listed` is the headline that the story's source showed.
 */
export function readUnknown(page: Sheet, listed: string | null): Unknown | null {
  const parts = page.parts(PARTS)
  const { headline, canonical } = page.head
  const shown = parts.h1.map((part) => part.inner)
  const article = ownArticle(page, shown)
  // A page that someone hands in, at an address that numbers no story, may say nothing of itself: its prose is enough.
  const isShown = listed !== null && isOfAny(page.paper) && parts.heading.some((part) => isHeadline(part, listed, page))
  const isNamed = isShown || isOfStory(page, article, listed, shown)
  if (!isNamed && (listed !== null || addressesOf([page.paper.publisher]).storyId(page.url) !== null)) return null
  const title = isShown ? listed : (article?.headline ?? headline ?? listed)
  // What a page shows to subscribers alone is not looked for in its data.
  const open = article?.subscriber !== true
  const body = readGeneric({
    html: page.html,
    url: page.url,
    headline: title,
    description: page.head.meta('og:description') ?? page.head.meta('description'),
    articleBody: open ? (article?.articleBody ?? null) : null,
    scripts: open ? parts.script.map((script) => script.inner) : [],
  })
  if (body === null) return null
  const isLong = body.prose >= CERTAIN_PROSE && body.words >= CERTAIN_WORDS
  if (body.words < PARAGRAPH_WORDS) {
    // A line below a headline is a story where it tells of that; a wall or a notice does not.
    const text = textOfHtml(body.html).trim()
    const isOwn = isNamed && body.heading !== null && !isOfAnotherMatter(body.heading, text)
    if (!isOwn || GOES_ON.test(text)) return null
  } else if (!isNamed && !isLong && wordsIn(body.heading ?? '') < HEADLINE_WORDS) return null
  const isCut = [...parts.h1, ...parts.time, ...parts.dated].every((part) => isInPlace(page, part))
  // Parts of a DOM are not known to stand behind the text: none of them is.
  const start = isCut ? body.start : Infinity
  const named = [title ?? '', listed ?? ''].map((each) => withoutSiteName(each, page.paper))
  const own = headlineAbove(page, isCut ? parts.h1 : [], named, body.start)
  // What stands between the headline and the text.
  const above = own === null ? '' : page.html.slice(own.end, Math.min(body.start, own.end + ABOVE_MAX_LENGTH))
  const between = own === null ? [] : parts.time.filter((part) => part.start >= own.end && part.end <= start)
  const around = parts.article.filter((each) => each.start <= start && start < each.end)
  // Behind the text the time of its article is its own; where none holds the text, one that stands in no aside.
  const isOwnTime = (part: Part): boolean =>
    part.end <= start ||
    (around.length > 0
      ? around.some((each) => holds(each, part))
      : ![...parts.article, ...parts.aside].some((each) => holds(each, part)))
  const times = timesAround(page, parts.time.filter(isOwnTime), start)
  const dated = timesAround(
    page,
    parts.dated.filter((part) => part.end <= start || part.attribute('itemprop') !== null),
    start,
  )
  const extract = extractOf(page, {
    titles: [isShown ? body.heading : null, article?.headline, body.heading, headline, ...shown],
    lead: leadIn(above, body.html),
    body: body.html,
    published: [
      // Of a text that scripts hold, and of parts of a DOM, nobody knows what stands before what.
      ...timesIn(page, isCut && start !== -1 ? between : parts.time).published,
      ...publishedIn(page),
      ...dated.above,
      () => timeShown(page, above),
      ...times.above,
      ...dated.below,
      ...times.below,
    ],
    updated: timesIn(page, parts.time).updated,
    subscriber: isTeaser(page, parts.named),
  })
  if (extract === 'empty' || isWall(extract)) return null
  const isNamedSo = canonical !== null && whose([canonical], page) === 'own'
  const headed = parts.time.findLast(({ end }) => end <= ((isCut ? own : parts.h1.at(-1))?.start ?? start))
  const told = [
    ...[...(article?.published ?? []), ...publishedIn(page), ...dayLines(above), dayInPath(page.url)],
    ...[...(headed === undefined ? [] : timesIn(page, [headed]).published), ...datedIn(page)],
  ]
  const day = extract.published === null ? firstDay(told, page.paper) : null
  return { extract: { ...extract, ...(day === null ? {} : { day }) }, certain: isNamedSo || isLong }
}
