import type { Block, Box } from '../../core/html/outline.ts'
import { endsSentence, PROSE_LINKED } from '../../core/text/sentences.ts'
import { isHeading, isHeadlineWithMore, isLink, isSameLine, ownWords, wordsOf } from './blocks.ts'
import { headsOtherStories } from './furniture.ts'

/**
 * What stands in an article and no reader would call part of it. Each rule has a bound, so that a page on
 * which it is wrong loses a line and not its story; the figures are those of the trial on public pages with truth.
 */

const PROMOTION_WORDS = 30
const PROMOTION =
  /^[\s▶►>•*【[（(]*(?:read (?:more|also|next|our)|related(?: (?:articles?|stories|topics?))?\s*[:：]|see also|sign up|subscribe|follow us|click here|download (?:the|our)|advertisement|(?:story|article) continue[sd] below|share (?:this|on)|watch\s*[:：]|photos?\s*[:：]|recommended|more (?:on|from)|最新消息|相关(?:阅读|新闻|文章|报道|链接)|延伸阅读|推荐(?:阅读|文章)|更多(?:新闻|内容|报道|精彩)|点击|扫码|扫描|关注(?:我们|微信|公众号)|订阅|下载|责任编辑|责编|本文来源|来源\s*[:：]|图片来源|编辑\s*[:：]|广告|分享(?:到|至|此)|热词|标签\s*[:：]|版权(?:声明|所有)|未经(?:授权|许可)|上一篇|下一篇|会員|ログイン|関連記事|相關(?:閱讀|新聞|文章|報導|連結)|延伸閱讀|推薦閱讀|更多(?:新聞|內容|報導)|訂閱|下載|責任編輯|圖片來源|廣告)/i
const CREDIT_WORDS = 18
const CREDIT = /^[（(【[]?(?:photo(?:graph)?s?|image|picture|图|图片|摄影|圖)\s*(?:by|credit|courtesy|：|:|\/)/i
const REPEATED_WORDS = 6
const REPEATED_TIMES = 3
const LINKS_IN_A_ROW = 3
/** An article of which more is links is a list of them. */
const MOST_LINKS = 0.75
const TAIL_RUN = 4
const UNDO_SHARE = 0.12

function listAround({ box }: Block): Box | null {
  let here: Box | null = box
  while (here !== null && here.localName !== 'ul' && here.localName !== 'ol') here = here.parentElement
  return here
}

const holderOf = ({ box }: Block): Box | null => box.parentElement

/** A headline has fewer words, or does not end as a sentence does. */
const SENTENCE_WORDS = 12

/** True for a paragraph of the story that is a link as a whole: a sentence between two of its paragraphs. */
function isLinkedProse(at: number, blocks: readonly Block[]): boolean {
  const [before, block, after] = [blocks[at - 1], blocks[at], blocks[at + 1]]
  if (block?.kind !== 'p' || block.words < SENTENCE_WORDS || !endsSentence(block.text)) return false
  const holder = holderOf(block)
  return [before, after].every((each) => each?.isProse === true && holderOf(each) === holder)
}

/** Links on lines of their own, and lists of nothing else, where they are not what the article is. */
function dropLinks(blocks: readonly Block[]): Set<Block> {
  const mixed = new Set(blocks.filter((block) => !isLink(block)).map(listAround))
  const isPart = (block: Block) => block.kind === 'td' || (block.kind === 'li' && mixed.has(listAround(block)))
  const gone = new Set(
    blocks.filter((block, at) => block.linked > 0.95 && !isPart(block) && !isLinkedProse(at, blocks)),
  )
  for (let at = 0; at + LINKS_IN_A_ROW <= blocks.length; at += 1) {
    const run = blocks.slice(at, at + LINKS_IN_A_ROW)
    if (run.every(isLink)) for (const each of run) gone.add(each)
  }
  return wordsOf(gone) < MOST_LINKS * wordsOf(blocks) ? gone : new Set()
}

/** Blocks that are told by themselves: the headline again, promotion, credits, what is said over and over. */
function dropTold(blocks: readonly Block[], headline: string | null): Set<Block> {
  const times = new Map<string, number>()
  for (const { text } of blocks) times.set(text, (times.get(text) ?? 0) + 1)
  const gone = new Set<Block>()
  const first = blocks.findIndex(({ isProse }) => isProse)
  for (const [index, block] of blocks.entries()) {
    const { text, words } = block
    const promoted = words < PROMOTION_WORDS && PROMOTION.test(text)
    const credit = words < CREDIT_WORDS && CREDIT.test(text)
    const again = words >= REPEATED_WORDS && (times.get(text) ?? 0) >= REPEATED_TIMES
    const isAbove = headline !== null && index < first && isHeadlineWithMore(block, headline)
    if (promoted || credit || again || isAbove || (headline !== null && isSameLine(text, headline))) gone.add(block)
  }
  return gone
}

/** A list of other stories is no more than this part of an article that it was taken into. */
const OTHER_STORIES_SHARE = 0.5

/** Where the article goes on below a list: two paragraphs of sentences in the element that held those above. */
function goesOn(blocks: readonly Block[], from: number): number {
  const holders = new Set(
    blocks
      .slice(0, from)
      .filter(({ isProse }) => isProse)
      .map(holderOf),
  )
  const isOwn = (block: Block | undefined) => block !== undefined && block.isProse && holders.has(holderOf(block))
  const on = blocks.findIndex((block, at) => at > from && isOwn(block) && isOwn(blocks[at + 1]))
  return on === -1 ? blocks.length : on
}

/** From the heading of a list of other stories to where the article goes on, where a link to one follows the heading. */
function dropOtherStories(blocks: readonly Block[]): Set<Block> {
  const from = blocks.findIndex(headsOtherStories)
  const rest = from === -1 ? [] : blocks.slice(from, goesOn(blocks, from))
  return ownWords(rest) < OTHER_STORIES_SHARE * ownWords(blocks) ? new Set(rest) : new Set()
}

/** A note of who reported and where: （记者林甲青石镇报道）, Lin Jia contributed to this report. */
const NOTE = /^[（(【][^）)】]*[）)】]$|\bcontributed (?:reporting|to this (?:report|story|article))/

/** What stands before the first and after the last prose, but a heading right above it, sentences, lists and tables. */
function dropEnds(blocks: readonly Block[]): Set<Block> {
  const gone = new Set<Block>()
  const first = blocks.findIndex(({ isProse }) => isProse)
  const last = blocks.findLastIndex(({ isProse }) => isProse)
  if (first === -1) return gone
  for (const [index, block] of blocks.slice(0, first).entries()) {
    const heading = index === first - 1 && isHeading(block)
    const sentence = (endsSentence(block.text) || NOTE.test(block.text)) && block.linked < PROSE_LINKED
    if (!heading && !sentence && block.kind !== 'figure') gone.add(block)
  }
  const tail = blocks.slice(last + 1)
  if (tail.length >= TAIL_RUN && tail.every((block) => block.linked < PROSE_LINKED)) return gone
  // A story may end with a short sentence: “散了。”
  const isOwn = ({ kind, text, linked }: Block, at: number) =>
    kind === 'p' && linked === 0 && endsSentence(text) && holderOf(tail[at]!) === holderOf(blocks[last]!)
  const sentences = tail.findIndex((block, at) => !isOwn(block, at))
  for (const block of tail.slice(sentences === -1 ? tail.length : sentences)) {
    if (!/^(?:td|th|li|figure|blockquote)$/.test(block.kind) && !NOTE.test(block.text)) gone.add(block)
  }
  return gone
}

/** The blocks of an article without what is furniture, promotion or link list. `headline` is the story's, which stands elsewhere. */
export function cleaned(blocks: readonly Block[], headline: string | null): Block[] {
  const told = new Set([...dropTold(blocks, headline), ...dropLinks(blocks), ...dropOtherStories(blocks)])
  const left = blocks.filter((block) => !told.has(block))
  const ends = dropEnds(left)
  return ownWords(ends) <= UNDO_SHARE * ownWords(left) ? left.filter((block) => !ends.has(block)) : left
}
