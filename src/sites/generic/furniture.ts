import { type Block, isLink, isProse, isSameLine } from './blocks.ts'

/** Elements that hold controls or what the page has around every story. */
const TAGS = new Set('nav aside footer form button input select textarea time dialog'.split(' '))
const NAMES =
  /(?:^|[-_\s])(?:credits?|newsletter|related|recommend\w*|promo\w*|shar(?:e|ing)|social|comments?|bio|byline|breadcrumbs?|tags?|sponsor\w*|advert\w*|copyright|pagination|pager|popular|widget|subscribe|toolbar|disclaimer)(?:$|[-_\s\d])/i
const INLINE = /^(?:a|abbr|b|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)$/
/** More of an article is no furniture, whatever its name. */
const MOST = 0.2

function isFurniture(element: Element): boolean {
  if (TAGS.has(element.localName)) return true
  return !INLINE.test(element.localName) && NAMES.test(`${element.getAttribute('class') ?? ''} ${element.id}`)
}

/** The elements around a block, the outermost first. */
function around(block: Block): Element[] {
  const found: Element[] = []
  for (let here = block.nodes[0]?.parentElement ?? null; here !== null; here = here.parentElement) found.unshift(here)
  return found
}

function sharedDepth(lines: ReadonlyArray<readonly Element[]>): number {
  const [first = []] = lines
  let depth = 0
  while (depth < first.length && lines.every((line) => line[depth] === first[depth])) depth += 1
  return depth
}

/**
 * The blocks of an article that stand in furniture in their page, told by tags, classes and ids below the element that
 * holds the whole article. `origins` are the article's blocks as the page has them; none are named where they would be
 * more than a fifth of its words.
 */
export function inFurniture(origins: readonly Block[]): Set<Block> {
  const lines = origins.map(around)
  const depth = sharedDepth(lines)
  const found = origins.filter((_, index) => lines[index]?.slice(depth).some(isFurniture))
  const words = (blocks: readonly Block[]) => blocks.reduce((sum, block) => sum + block.words, 0)
  return words(found) < MOST * words(origins) ? new Set(found) : new Set()
}

const NAMED_OTHER_STORIES = /(?:^|[-_\s])(?:newsletter|related|recommend\w*|comments?|popular)(?:$|[-_\s\d])/i

function holdsOtherStories(element: Element): boolean {
  if (/^(?:nav|aside|footer)$/.test(element.localName)) return true
  return NAMED_OTHER_STORIES.test(`${element.getAttribute('class') ?? ''} ${element.id}`)
}

/** The heading of a list of other stories: 相关新闻, Related stories. */
const OTHER_STORIES_HEADING =
  /^[\s▶►>•*【[（(|]*(?:related|recommended|more (?:on|from|stories|news)|read (?:more|also|next)|you (?:may|might) also|most (?:read|popular)|trending|相关|相關|延伸(?:阅读|閱讀)|推荐|推薦|更多(?:新闻|新聞|报道|報導|文章|内容|精彩)|热门|熱門|猜你喜欢|(?:您|你)可能|大家(?:都)?在看|最新(?:新闻|文章)|関連記事)/i

export function headsOtherStories(text: string): boolean {
  return OTHER_STORIES_HEADING.test(text)
}

const isHeading = ({ kind }: Block): boolean => /^h[1-6]$/.test(kind)

/** A heading that leads elsewhere is another story's: a story's own headings lead nowhere. */
export function leadsElsewhere(block: Block, headline: string | null): boolean {
  return isHeading(block) && isLink(block) && (headline === null || !isSameLine(block.text, headline))
}

const MIN_CARDS = 3
const MOST_CARDS = 0.5

/** True for a list of cards, a link and a teaser each: its first prose and most of it stand right below a link. */
function isListOfCards(origins: ReadonlySet<Block>, page: readonly Block[]): boolean {
  const prose = page.filter((block) => origins.has(block) && isProse(block))
  const below = prose.filter((block) => {
    const above = page[page.indexOf(block) - 1]
    return above !== undefined && isLink(above)
  })
  return below[0] === prose[0] && below.length >= MIN_CARDS && below.length >= MOST_CARDS * prose.length
}

/**
 * True when all of an article stands among other stories or comments, or under their heading, or is a list of them: it
 * is not the page's own.
 */
export function isOtherStory(origins: readonly Block[], page: readonly Block[], headline: string | null): boolean {
  const [first] = origins
  if (first === undefined) return false
  const lines = origins.map(around)
  const heading = page.slice(0, page.indexOf(first) + 1).findLast(isHeading)
  if (heading !== undefined && (headsOtherStories(heading.text) || leadsElsewhere(heading, headline))) return true
  if (isListOfCards(new Set(origins), page)) return true
  return lines[0]?.slice(0, sharedDepth(lines)).some(holdsOtherStories) ?? false
}

/** The innermost element around all blocks; `null` for none, and for a page's own body. */
export function elementAround(blocks: readonly Block[]): Element | null {
  const lines = blocks.map(around)
  const element = lines[0]?.[sharedDepth(lines) - 1] ?? null
  return element === null || element.localName === 'body' || element.localName === 'html' ? null : element
}

/** True when a block stands in furniture, as far up as the page goes. */
export function standsInFurniture(block: Block): boolean {
  return around(block).some(isFurniture)
}
