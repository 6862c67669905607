import { isHidden } from '../../core/html/hidden.ts'
import { elementsUnder } from '../dom.ts'
import { around, sharedDepth } from './around.ts'
import { type Block, wordsOf } from './blocks.ts'

/** Elements that hold controls or what the page has around every story. */
const TAGS = new Set('nav aside footer form button input select textarea time dialog'.split(' '))
const NAMES =
  /(?:^|[-_\s])(?:ads?|credits?|newsletter|related|recommend\w*|promo\w*|shar(?:e|ing)|social|comments?|bio|byline|breadcrumbs?|tags?|sponsor\w*|advert\w*|copyright|pagination|pager|popular|widget|subscribe|toolbar|disclaimer)(?:$|[-_\s\d])/i
const INLINE = /^(?:a|abbr|b|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)$/
/** More of an article is no furniture, whatever its name. */
const MOST = 0.3

const OVERLAY_TAGS = new Set('dialog amp-ad amp-embed amp-sidebar amp-consent amp-user-notification'.split(' '))
const OVERLAY_NAMES = /(?:^|[-_\s])(?:cookies?|consent|gdpr|onetrust)(?:$|[-_\s\d])/i
/** A page of which more were gone has a name for itself. */
const MOST_OF_PAGE = 0.5

function isOverlay(element: Element): boolean {
  if (OVERLAY_TAGS.has(element.localName) || /^(?:alert)?dialog$/.test(element.getAttribute('role') ?? '')) return true
  return OVERLAY_NAMES.test(`${element.getAttribute('class') ?? ''} ${element.id}`) || isHidden(element)
}

/**
 * Takes out of a page what is hidden, lies over it, or is an advertisement by its tag. What holds most of the page may be the
 * story, unless its headline is shown elsewhere.
 */
export function removeOverlays(page: Element, headline: string | null): void {
  const { body } = page.ownerDocument
  let shown: string | null = null
  for (const element of elementsUnder(body)) {
    if (!isOverlay(element)) continue
    shown ??= body.textContent ?? ''
    const text = element.textContent ?? ''
    const isBeside = headline !== null && shown.includes(headline) && !text.includes(headline)
    if (isBeside || text.length < MOST_OF_PAGE * shown.length) element.parentNode?.removeChild(element)
  }
}

function isFurniture(element: Element): boolean {
  if (TAGS.has(element.localName)) return true
  return !INLINE.test(element.localName) && NAMES.test(`${element.getAttribute('class') ?? ''} ${element.id}`)
}

/** What holds so much of a page's prose is no furniture. */
const MOST_OF_PROSE = 0.5

/** Takes away names of furniture, which Readability goes by too, from what holds most of the prose. */
export function withoutFurnitureNames(prose: readonly Block[]): void {
  const words = new Map<Element, number>()
  for (const block of prose) for (const each of around(block)) words.set(each, (words.get(each) ?? 0) + block.words)
  const most = MOST_OF_PROSE * wordsOf(prose)
  for (const [element, sum] of words) {
    if (sum < most || !isFurniture(element)) continue
    element.removeAttribute('class')
    element.removeAttribute('id')
  }
}

/**
 * The blocks of an article that stand in furniture in their page, told by tags, classes and ids below the element that
 * holds the whole article. `origins` are the article's blocks as the page has them; none are named where they would be
 * three tenths of its words or more.
 */
export function inFurniture(origins: readonly Block[]): Set<Block> {
  const lines = origins.map(around)
  const depth = sharedDepth(lines)
  const found = origins.filter((_, index) => lines[index]?.slice(depth).some(isFurniture))
  return wordsOf(found) < MOST * wordsOf(origins) ? new Set(found) : new Set()
}

/** True when a block stands in furniture, as far up as the page goes. */
export function standsInFurniture(block: Block): boolean {
  return around(block).some(isFurniture)
}
