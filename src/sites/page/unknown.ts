import { inSimplified } from '../../core/language.ts'
import { addressesOf } from '../../core/identity.ts'
import { present } from '../../core/present.ts'
import { isOfAnotherMatter } from '../../core/witness.ts'
import { isEditOf, isSameLine } from '../generic/blocks.ts'
import { isAt } from '../generic/marks.ts'
import { type GenericBody, PARAGRAPH_WORDS, readGeneric } from '../generic/index.ts'
import { wordsIn } from '../../core/text/sentences.ts'
import { textOfHtml, withoutElements } from '../text.ts'
import { extractOf, ownArticle } from './extract.ts'
import { isCutOff } from './parts.ts'
import { whose } from './own-data.ts'
import type { Part } from './page.ts'
import { isOfAny, type LinkedData, type PageExtract, type Sheet } from './paper.ts'
import { firstDay } from './times.ts'
import { bylinesOf } from './unknown-bylines.ts'
import { PARTS_OF_TIME, toldAround } from './unknown-times.ts'

const PARTS = {
  heading: 'h2, h3',
  ...PARTS_OF_TIME,
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

/** What a page does not show. */
const UNSEEN = ['script', 'style', 'noscript', 'template']

/** True where the page says, shows or carries in its head that the rest of its story is for subscribers. */
function isTeaser({ html, head, paper }: Sheet, named: readonly Part[]): boolean {
  if (isCutOff(named.filter(({ inner }) => textOfHtml(inner) !== ''))) return true
  if (head.meta('article:content_tier') === 'locked') return true
  const seen = inSimplified(withoutElements(html, UNSEEN))
  return FOR_SUBSCRIBERS.test(seen) || paper.forSubscribers?.test(seen) === true
}

/** What pages say that want a login, a consent or a browser instead of showing the story whose headline they have. */
const WALL_WORDS = /cookie|小型文本文件|隐私|同意|合作伙伴|登录|登入|帐号|账号|浏览器|脚本|机器人|拒绝全部|接受全部/gi
const WALL_WORDS_LEAST = 3

function isWall({ title, body }: PageExtract): boolean {
  const text = body.textContent
  return new Set(inSimplified(text).match(WALL_WORDS)).size >= WALL_WORDS_LEAST && isOfAnotherMatter(title, text)
}

const FIGURE = /<figure\b[^<>]{0,1000}>[^]{0,10000}?<\/figure>/gi

/** The pictures that stand above a body and not in it; other images there are faces of authors, and buttons. */
function leadIn(above: string, body: string): string[] {
  return (above.match(FIGURE) ?? []).filter((figure) => {
    const source = /<img\b[^<>]*?\ssrc\s*=\s*["']?([^"'\s<>?#]+)/i.exec(figure)?.[1]
    return source === undefined || !body.includes(source)
  })
}

/** A story read without knowing its layout. `certain`: the page holds so much prose that it is an article. */
interface Unknown {
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

/** True where one of some headings is a headline: one with a link to elsewhere is that of another page. */
function isHeadedBy(title: string, headings: readonly Part[], { url }: Sheet): boolean {
  return headings.some(({ inner }) => {
    if (!isSameLine(textOfHtml(inner), title)) return false
    const href = /<a\b[^<>]{0,1000}?\shref\s*=\s*["']?([^"'\s<>]*)/i.exec(inner)?.[1]
    return href === undefined || isAt(href, url)
  })
}

/** What a page says of which story it is, and under which headline. */
interface Claim {
  article: LinkedData | null
  /** It says that it is the story asked for. */
  isNamed: boolean
  /** Its headline is the one that the source showed. */
  isListed: boolean
  title: string | null
}

/** What a page says of whose it is; `null` where that is not the story asked for. */
function claimOf(page: Sheet, { h1, heading }: Record<'h1' | 'heading', Part[]>, listed: string | null): Claim | null {
  const shown = h1.map(({ inner }) => inner)
  const article = ownArticle(page, shown)
  // A page that someone hands in, at an address that numbers no story, may say nothing of itself: its prose is enough.
  const isListedIn = (headings: readonly Part[]): boolean =>
    listed !== null && isOfAny(page.paper) && isHeadedBy(listed, headings, page)
  const isShown = isListedIn(heading)
  const isNamed = isShown || isOfStory(page, article, listed, shown)
  if (!isNamed && (listed !== null || addressesOf([page.paper.publisher]).storyId(page.url) !== null)) return null
  const named = article?.headline ?? page.head.headline
  // A heading and its source say the same, whatever its head and its data have; but an h1 and the source may both have the paper's name.
  const isLonger = listed !== null && named !== null && named.length > listed.length && !named.includes(listed)
  const isListed = isShown || (isListedIn(h1) && !(isLonger && isHeadedBy(named, [...h1, ...heading], page)))
  return { article, isNamed, isListed, title: isListed ? listed : (named ?? listed) }
}

/** Whether a body of so much prose is a story, and of the page's own; `isLong`: of so much that nothing else is. */
function isStory({ html, heading, words }: GenericBody, isNamed: boolean, isLong: boolean): boolean {
  if (words >= PARAGRAPH_WORDS) return isNamed || isLong || wordsIn(heading ?? '') >= HEADLINE_WORDS
  // A line below a headline is a story where it tells of that; a wall or a notice does not.
  const text = textOfHtml(html).trim()
  return isNamed && heading !== null && !isOfAnotherMatter(heading, text) && !GOES_ON.test(text)
}

/**
 * The story of a page of the paper that has none of the layouts known; `null` where there is none, or where the page
 * does not say that it is the story's. `listed` is the headline that the story's source showed.
 */
export function readUnknown(page: Sheet, listed: string | null): Unknown | null {
  const { head, html, paper, url } = page
  const parts = page.parts(PARTS)
  const claim = claimOf(page, parts, listed)
  if (claim === null) return null
  const { article, isNamed, isListed, title } = claim
  // What a page shows to subscribers alone is not looked for in its data.
  const open = article?.subscriber !== true
  const body = readGeneric({
    html,
    url,
    headline: title,
    description: head.meta('og:description') ?? head.meta('description'),
    articleBody: open ? (article?.articleBody ?? null) : null,
    scripts: open ? parts.script.map((script) => script.inner) : [],
  })
  if (body === null) return null
  const isLong = body.prose >= CERTAIN_PROSE && body.words >= CERTAIN_WORDS
  if (!isStory(body, isNamed, isLong)) return null
  const published = article?.published ?? []
  const titles = [title ?? '', listed ?? '', body.heading ?? '']
  const told = toldAround(page, parts, { start: body.start, last: body.last, titles, published })
  const shown = parts.h1.map(({ inner }) => inner)
  const extract = extractOf(page, {
    titles: [isListed ? body.heading : null, article?.headline, body.heading, head.headline, ...shown],
    lead: leadIn(told.above, body.html),
    body: body.html,
    published: told.published,
    updated: told.updated,
    subscriber: isTeaser(page, parts.named),
  })
  if (extract === 'empty' || isWall(extract)) return null
  const isNamedSo = head.canonical !== null && whose([head.canonical], page) === 'own'
  const day = extract.published === null ? firstDay([...published, ...told.days()], paper) : null
  const bylines = bylinesOf(page, { title: title ?? '', told: article?.authors ?? [], above: told.above, text: body })
  return { extract: { ...extract, bylines, ...present({ day }) }, certain: isNamedSo || isLong }
}
