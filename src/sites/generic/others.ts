import { urlOf } from '../../core/web/url.ts'
import { all, elementsUnder } from '../dom.ts'
import { around, sharedDepth } from './around.ts'
import { type Block, isLink, isProse, isSameLine, wordsOf } from './blocks.ts'

/** What a page says its story is. */
export interface Own {
  /** As the page's head has it. */
  headline: string | null
  url: string
}

/** The heading of a list of other stories: 相关新闻, Related stories. */
const OTHER_STORIES_HEADING =
  /^[\s▶►>•*【[（(|]*(?:related|recommended|more (?:on|from|stories|news)|read (?:more|also|next)|you (?:may|might) also|most (?:read|popular)|trending|相关|相關|延伸(?:阅读|閱讀)|推荐|推薦|更多(?:新闻|新聞|报道|報導|文章|内容|精彩)|热门|熱門|猜你喜欢|(?:您|你)可能|大家(?:都)?在看|最新(?:新闻|文章)|関連記事)/i

export function headsOtherStories(text: string): boolean {
  return OTHER_STORIES_HEADING.test(text)
}

const isHeading = ({ kind }: Block): boolean => /^h[1-6]$/.test(kind)

const isHeadline = (block: Block, { headline }: Own): boolean =>
  block.kind === 'h1' || (headline !== null && isSameLine(block.text, headline))

/** An author, a section or a topic has a shorter name than a story. */
const HEADLINE_WORDS = 3

function addressOf({ nodes: [node] }: Block): string | null {
  const element = node?.nodeType === 1 ? (node as Element) : (node?.parentElement ?? null)
  return (element?.closest('a') ?? element?.querySelector('a[href]'))?.getAttribute('href') ?? null
}

function isAt(href: string | null, url: string): boolean {
  const [there, here] = [urlOf(href ?? '', url)?.pathname, urlOf(url)?.pathname]
  return there !== undefined && there.replace(/\/$/, '') === here?.replace(/\/$/, '')
}

/** A heading that leads to another page is another story's. */
function leadsElsewhere(block: Block, own: Own): boolean {
  if (!isHeading(block) || !isLink(block) || block.words < HEADLINE_WORDS) return false
  return !(own.headline !== null && isSameLine(block.text, own.headline)) && !isAt(addressOf(block), own.url)
}

/** The highest element around a block that holds none of the blocks before it. */
function branchOf(block: Block, before: ReadonlySet<Element>): Element | null {
  return around(block).find((element) => !before.has(element)) ?? null
}

const kindOf = (element: Element): string => `${element.localName}.${element.getAttribute('class') ?? ''}`

/**
 * The page without other stories below its own: what stands apart from the story, in one element with a heading that
 * leads to another page, or in an element like the one that holds the story's headline, with a headline like it.
 */
export function withoutOthers(page: readonly Block[], isOwn: (block: Block) => boolean, own: Own): readonly Block[] {
  const first = page.findIndex((block) => isOwn(block) && isProse(block))
  if (first === -1) return page
  const headline = page.slice(0, first).findLast((block) => isHeadline(block, own))
  const likeIts = new Set(headline === undefined ? [] : around(headline).map(kindOf))
  const others = new Set<Element>()
  const before = new Set<Element>()
  for (const block of page.slice(first)) {
    const holders = around(block)
    if (holders.some((element) => others.has(element))) continue
    const elsewhere = leadsElsewhere(block, own)
    const branch = elsewhere || block.kind === headline?.kind ? branchOf(block, before) : null
    if (branch !== null && (elsewhere || (isHeading(block) && likeIts.has(kindOf(branch))))) others.add(branch)
    else if (isOwn(block) && isProse(block)) for (const element of holders) before.add(element)
  }
  return others.size === 0 ? page : page.filter((block) => !around(block).some((element) => others.has(element)))
}

const MIN_CARDS = 3
const MOST_CARDS = 0.5

/** True for a list of cards, a link and a teaser each: its first prose and most of it stand right below a link. */
function isListOfCards(origins: ReadonlySet<Block>, page: readonly Block[], { url }: Own): boolean {
  const prose = page.filter((block) => origins.has(block) && isProse(block))
  const below = prose.filter((block) => {
    const above = page[page.indexOf(block) - 1]
    return above !== undefined && isLink(above) && !isAt(addressOf(above), url)
  })
  return below[0] === prose[0] && below.length >= MIN_CARDS && below.length >= MOST_CARDS * prose.length
}

const NAMED_OTHER_STORIES = /(?:^|[-_\s])(?:newsletter|related|recommend\w*|comments?|popular)(?:$|[-_\s\d])/i

function isNamedOthers(element: Element): boolean {
  return NAMED_OTHER_STORIES.test(`${element.getAttribute('class') ?? ''} ${element.id}`)
}

function holdsOtherStories(element: Element): boolean {
  return /^(?:nav|aside|footer)$/.test(element.localName) || isNamedOthers(element)
}

/** True when a block stands among comments or other stories, as far up as the page goes. */
export function standsAmongOthers(block: Block): boolean {
  return around(block).some(holdsOtherStories)
}

/** Says of an element what is around or in it, not what it is: `has-comments`. */
const STATE = /^(?:has|with|no)-/

/** Takes away names that Readability goes by and that mislead it: those of states, and of what holds a headline. */
export function withoutMisleadingNames(page: Element): void {
  for (const element of elementsUnder(page)) {
    const names = element.getAttribute('class') ?? ''
    if (!/has-|with-|no-/.test(names)) continue
    const left = names.split(/\s+/).filter((name) => !STATE.test(name))
    element.setAttribute('class', left.join(' '))
  }
  for (const headline of all(page, 'h1')) {
    for (let here: Element | null = headline.parentElement; here !== null; here = here.parentElement) {
      if (!isNamedOthers(here)) continue
      here.removeAttribute('class')
      here.removeAttribute('id')
    }
  }
}

/** Between the headline and the story there may be a box of others: with less prose than this part of the story. */
const BOX_SHARE = 0.2
/** Further above its text no headline stands: who wrote it, when, and buttons are between. */
const LINES_BELOW_HEADLINE = 10

/** True where the nearest heading above an article is that of other stories, and not in a box below the page's headline. */
function isBelowOthers(origins: readonly Block[], page: readonly Block[], own: Own): boolean {
  // A short line may stand in a menu as well.
  const first = origins.find(isProse) ?? origins[0]
  const above = page.slice(0, page.findIndex((block) => block === first) + 1)
  const at = above.findLastIndex(isHeading)
  const heading = above[at]
  if (heading === undefined || above.length - at > LINES_BELOW_HEADLINE) return false
  if (!(headsOtherStories(heading.text) || leadsElsewhere(heading, own))) return false
  const headline = above.slice(0, at + 1).findLastIndex((block) => isHeadline(block, own))
  return headline === -1 || wordsOf(above.slice(headline, at).filter(isProse)) >= BOX_SHARE * wordsOf(origins)
}

/**
 * True when all of an article stands among other stories or comments, or under their heading, or is a list of them: it
 * is not the page's own.
 */
export function isOtherStory(origins: readonly Block[], page: readonly Block[], own: Own): boolean {
  if (origins.length === 0) return false
  if (isBelowOthers(origins, page, own) || isListOfCards(new Set(origins), page, own)) return true
  const lines = origins.map(around)
  const headlines = new Set(page.filter((block) => isHeadline(block, own)).flatMap(around))
  const holders = lines[0]?.slice(0, sharedDepth(lines)) ?? []
  return holders.some((element) => holdsOtherStories(element) && !headlines.has(element))
}

/** The innermost element around all blocks; `null` for none, and for a page's own body. */
export function elementAround(blocks: readonly Block[]): Element | null {
  const lines = blocks.map(around)
  const element = lines[0]?.[sharedDepth(lines) - 1] ?? null
  return element === null || element.localName === 'body' || element.localName === 'html' ? null : element
}
