import { countsOf } from '../../core/groups.ts'
import type { TextLine } from '../../core/html/outline.ts'
import { endsSentence, PROSE_LINKED } from '../../core/text/sentences.ts'
import { isHeading, isHeadlineWithMore, isLink, isSameLine, ownWords, signature } from './blocks.ts'
import { headsOtherStories } from './furniture.ts'
import { dropLinks, holderOf, isStatement, listAround } from './links.ts'
import { headsComments, isFoot, isRest, labelsOf, noticesIn, stepsIn } from './rests.ts'
import { isByline, isSignedTime, isTimeLine } from './time-line.ts'

/**
 * What stands in an article and no reader would call part of it. Each rule has a bound, so that a page on
 * which it is wrong loses a line and not its story; the figures are those of the trial on public pages with truth.
 */

const PROMOTION_WORDS = 30
const PROMOTION =
  /^[\s▶►>•*【[（(|]*(?:(?:for more[\s,:]+)?read (?:more|also|next|our)\b|for more[,:]|related(?: (?:articles?|stories|topics?))?\s*[:：]|see also\b|sign up\b|subscribe\b|follow us\b|click here\b|download (?:the|our)\b|advertisement\b|(?:story|article) continue[sd] below|share (?:this|on)\b|watch\s*[:：]|photos?\s*[:：]|recommended\b|more (?:on|from)\b)/i
/** The same of Chinese and Japanese pages, and who edited, checked or first had a story. */
const PROMOTION_OF_HAN =
  /^[\s▶►>•*【[（(|▪◎※]*(?:最新消息|相关(?:阅读|新闻|文章|报道|链接)|相關(?:閱讀|新聞|文章|報導|連結)|延伸[阅閱][读讀]|推[荐薦](?:[阅閱][读讀]|文章)|往期|更多(?:新[闻聞]|[内內]容|[报報][道導]|精彩)|[点點][击擊](?!率|量)|[长長]按|[扫掃](?:[码碼]|描)|[关關]注(?:我[们們]|微信|公[众眾])|(?:[请請]|[继繼][续續])+往下(?:[阅閱][读讀]|看)|(?:立即|[马馬]上|[欢歡]迎|[请請])?(?:[订訂][阅閱](?:我[们們]|本[报報站]|[：:]|$|[^，。]{0,10}(?:[电電][邮郵子]|[通简簡][讯訊]|[频頻]道))|下[载載](?:[「《“：:]|$|[^，。]{0,8}(?:App|客[户戶]端|[应應]用)))|[广廣]告(?:$|[\s：:】）)])|分享(?:到|至|此)|版[权權](?:[声聲]明|所有)|未[经經](?:授[权權]|[许許]可)|上一篇|下一篇|会員(?:限定|登録)|ログイン|関連記事|(?:特[别別]|免[责責]|本[站网網]|新浪)[声聲]明|(?:[责責]任[编編][辑輯]|[责責][编編]|[编編][辑輯]|校[对對]|撰文|[采採][写寫]|[图圖]片[来來]源|(?:本文|文章)?[来來]源|原[标標][题題]|[标標][签籤]|[热熱][词詞])(?:\s*[：:／/|｜丨】]|$))/
/** How often a page was seen, alone on its line: another figure at each request. */
export const COUNT =
  /^(?:(?:本[文页頁篇站]|[该該此][文页頁]|[已累总總共][计計经經]?|被|有)\s*){0,4}(?:(?:you are )?(?:the )?visitors?|(?:this (?:page|article|story|post) (?:has been|was) )?(?:viewed|read|seen|visited)|(?:page[ -]?)?views?|hits|(?:[浏瀏][览覽]|[点點][击擊]|[阅閱][读讀]|[访訪][问問])(?:[量数數率]|次[数數]|人[数數])?|人[气氣]|閲覧数|アクセス数)\s*[:：#]?\s*(?:number|no\.?|#)?\s*[:：]?\s*\d[\d,. ]*[万萬k]?\+?\s*(?:[次人回]|times)?[.。]?$|^(?:(?:本[文页頁篇站]|[该該此][文页頁]|[已累总總共][计計经經]?|被|有)\s*){0,4}\d[\d,. ]*[万萬k]?\+?\s*(?:次(?:[浏瀏][览覽]|[阅閱][读讀]|[点點][击擊])|(?:page[ -]?)?views?|visitors?|hits|回閲覧|人[阅閱][读讀])[.。]?$/i
/** So many lines of the text its time may stand below: a standfirst. */
const STANDFIRST_LINES = 2
/** What signs a story: an address for letters. */
const MAIL = /^[\w.+-]{1,64}@[\w.-]{1,255}$/
const CREDIT_WORDS = 18
const CREDIT =
  /^[（(【[]?(?:photo(?:graph)?s?|image|picture|[图圖]片?|[摄攝]影|撮影|写真)\s*(?:by|credit|courtesy|：|:|\/)/i
/** Whose a picture is, after a dash or alone: Joshua Roberts / Reuters. */
const AGENCY_CREDIT =
  /(?:^|[/|,(]|\bvia)\s*(?:getty images|ap(?: photo| images)?|reuters|afp|shutterstock|istock(?:photo)?|bloomberg news)[)\]]?$/i
/** An offer of letters, wherever in a line. */
const LETTERS =
  /\b(?:sign up|subscribe)\b[^.!?]{0,60}\b(?:newsletters?|emails?|alerts?|updates)\b|\b(?:our|his|her|free|daily|weekly)\b[^.!?]{0,30}\bnewsletters?\b/i
const REPEATED_WORDS = 6
const REPEATED_TIMES = 3
const TAIL_RUN = 4
const UNDO_SHARE = 0.12

/** What is said over and over, but for the first of copies: what stands once for each width of the window has nothing else between. */
function saidAgain(blocks: readonly TextLine[], times: ReadonlyMap<string, number>): Set<TextLine> {
  const isAgain = ({ text, words }: TextLine) => words >= REPEATED_WORDS && (times.get(text) ?? 0) >= REPEATED_TIMES
  const runs = new Map<string, { blocks: TextLine[]; from: number; to: number }>()
  let others = 0
  for (const block of blocks) {
    if (!isAgain(block)) {
      if (block.isProse) others += 1
      continue
    }
    const run = runs.get(block.text) ?? { blocks: [], from: others, to: others }
    run.blocks.push(block)
    run.to = others
    runs.set(block.text, run)
  }
  const gone = [...runs.values()].flatMap((run) => (run.from === run.to ? run.blocks.slice(1) : run.blocks))
  return new Set(gone)
}

/** Ends what someone says, and no label. */
const SAID = /[.。!！?？…”"」』]$/

/** True for the blocks of a diary, or of a report day by day: lines of a day stand among its paragraphs. */
function areHeadedByDays(blocks: readonly TextLine[]): boolean {
  const first = blocks.findIndex(({ isProse }) => isProse)
  const last = blocks.findLastIndex(({ isProse }) => isProse)
  return blocks.slice(0, last).findLastIndex(({ text }) => isTimeLine(text)) > first + STANDFIRST_LINES
}

/** An offer to read, follow or subscribe. */
function isPromotion({ text, words, linked }: TextLine): boolean {
  if (words >= PROMOTION_WORDS) return false
  if (PROMOTION.test(text) || PROMOTION_OF_HAN.test(text)) return true
  return (linked > 0 || words < CREDIT_WORDS) && LETTERS.test(text)
}

/** Whose a picture is. */
function isCredit({ text, words }: TextLine): boolean {
  return words < CREDIT_WORDS && (CREDIT.test(text) || AGENCY_CREDIT.test(text))
}

/** Blocks that are told by themselves: the headline again, promotion, credits, what is said over and over. */
function dropTold(blocks: readonly TextLine[], headline: string | null): Set<TextLine> {
  const times = countsOf(blocks.map(({ text }) => text))
  const notices = noticesIn(blocks)
  const first = blocks.findIndex(({ isProse }) => isProse)
  const last = blocks.findLastIndex((block) => block.isProse && !notices.has(block))
  const hasDays = areHeadedByDays(blocks)
  const isLabel = ({ kind, text, words }: TextLine): boolean =>
    kind === 'div' && words < REPEATED_WORDS && (times.get(text) ?? 0) > 1 && !SAID.test(text)
  /** When and by whom it was written, above the text or at its end. */
  const isSigned = (block: TextLine, index: number): boolean => {
    const { kind, text } = block
    const isStandfirst = index <= first + STANDFIRST_LINES
    if ((index <= first && isByline(block)) || (isStandfirst && isSignedTime(block))) return true
    if (!hasDays && (index < first || (isStandfirst && kind === 'div')) && isTimeLine(text)) return true
    return (index < first || index > last) && MAIL.test(text)
  }
  const isHeadline = (block: TextLine, index: number): boolean =>
    headline !== null && (isSameLine(block.text, headline) || (index < first && isHeadlineWithMore(block, headline)))
  const isAtEnd = (index: number): boolean => index > last || index <= first + 1
  const told = blocks.filter(
    (block, index) =>
      isPromotion(block) ||
      isCredit(block) ||
      isLabel(block) ||
      isSigned(block, index) ||
      isHeadline(block, index) ||
      COUNT.test(block.text) ||
      isRest(block) ||
      (isAtEnd(index) && isFoot(block)),
  )
  return new Set([...saidAgain(blocks, times), ...stepsIn(blocks), ...notices, ...told])
}

/** A list of other stories is no more than this part of an article that it was taken into. */
const OTHER_STORIES_SHARE = 0.5

/** What may go of an article, unless that is most of it; then nothing. */
function unlessMost(rest: readonly TextLine[], blocks: readonly TextLine[]): Set<TextLine> {
  return ownWords(rest) < OTHER_STORIES_SHARE * ownWords(blocks) ? new Set(rest) : new Set()
}

/** Where the links that begin at `from` are over. */
function behindLinks(blocks: readonly TextLine[], from: number): number {
  const behind = blocks.findIndex((block, at) => at >= from && !isLink(block))
  return behind === -1 ? blocks.length : behind
}

/**
 * Where the article goes on below the heading of a list, or ends: with the paragraphs of sentences that stand in the element that held
 * those above. Two of them, since a link may have a teaser below it; one right behind two links or more, if no link follows it; what
 * stands between a list that is one element (`ul`, `ol`) and the next of them, too.
 */
function goesOn(blocks: readonly TextLine[], heading: number): number {
  const above = blocks.slice(0, heading).filter(({ isProse }) => isProse)
  const holders = new Set(above.map(holderOf))
  const isOwn = (block: TextLine | undefined) => block !== undefined && block.isProse && holders.has(holderOf(block))
  const behind = behindLinks(blocks, heading + 1)
  const next = blocks[behind]
  if (behind > heading + 1 && next !== undefined) {
    const lists = new Set(blocks.slice(heading + 1, behind).map(listAround))
    const [list] = lists
    const isClosed = lists.size === 1 && list !== null && listAround(next) !== list
    const after = blocks[behind + 1]
    const isBehindSeveral = behind - heading > 2 && (after === undefined || !isLink(after))
    if (isClosed ? blocks.slice(behind).some(isOwn) : isOwn(next) && isBehindSeveral) return behind
  }
  const on = blocks.findIndex((block, at) => at > heading && isOwn(block) && isOwn(blocks[at + 1]))
  return on === -1 ? blocks.length : on
}

/** From the heading of a list of other stories to where the article goes on, where a link to one follows the heading. */
function dropOtherStories(blocks: readonly TextLine[]): Set<TextLine> {
  const from = blocks.findIndex(headsOtherStories)
  return unlessMost(from === -1 ? [] : blocks.slice(from, goesOn(blocks, from)), blocks)
}

/** What readers wrote, from its heading to the end: not where a line of the article stands right below that, or where it goes on. */
function dropComments(blocks: readonly TextLine[]): Set<TextLine> {
  const from = blocks.findIndex(headsComments)
  const below = from === -1 ? undefined : blocks[from + 1]
  if (below === undefined || goesOn(blocks, from) < blocks.length) return new Set()
  const isPart = blocks.slice(0, from).some((block) => block.isProse && holderOf(block) === holderOf(below))
  return unlessMost(isPart ? [] : blocks.slice(from), blocks)
}

/** A note of who reported and where: （记者林甲青石镇报道）, Lin Jia contributed to this report. */
const NOTE = /^[（(【][^）)】]*[）)】]$|\bcontributed (?:reporting|to this (?:report|story|article))/

/** True for a statement, or a line without links, that the page sets as it does a paragraph of the story beside it: a signature. */
function isLikeParagraph(block: TextLine, paragraph: TextLine): boolean {
  if (holderOf(block) !== holderOf(paragraph) || signature(block) !== signature(paragraph)) return false
  return block.linked === 0 || isStatement(block)
}

/** What stands before the first and after the last prose, but a heading right above it, sentences, lists and tables. */
function dropEnds(blocks: readonly TextLine[]): Set<TextLine> {
  const gone = new Set<TextLine>()
  const first = blocks.findIndex(({ isProse }) => isProse)
  const last = blocks.findLastIndex(({ isProse }) => isProse)
  if (first === -1) return gone
  const hasDays = areHeadedByDays(blocks)
  for (const [index, block] of blocks.slice(0, first).entries()) {
    const heading = index === first - 1 && (isHeading(block) || (hasDays && isTimeLine(block.text)))
    const sentence = (endsSentence(block.text) || NOTE.test(block.text)) && block.linked < PROSE_LINKED
    if (!heading && !sentence && block.kind !== 'figure') gone.add(block)
  }
  const tail = blocks.slice(last + 1)
  if (tail.length >= TAIL_RUN && tail.every((block) => block.linked < PROSE_LINKED)) {
    const isOver = (block: TextLine) => isHeading(block) && listAround(block) === null && !SAID.test(block.text)
    return new Set([...gone, ...tail.slice(-1).filter(isOver)])
  }
  const like = blocks[last]
  for (const block of tail) {
    if (like !== undefined && isLikeParagraph(block, like)) continue
    if (!/^(?:td|th|li|figure|blockquote)$/.test(block.kind) && !NOTE.test(block.text)) gone.add(block)
  }
  return gone
}

/** The blocks of an article without what is furniture, promotion or link list. `headline` is the story's, which stands elsewhere. */
export function cleaned(blocks: readonly TextLine[], headline: string | null): TextLine[] {
  const drops = [dropTold(blocks, headline), dropLinks(blocks), dropOtherStories(blocks), dropComments(blocks)]
  const told = new Set(drops.flatMap((each) => [...each]))
  for (const label of labelsOf(told, blocks)) told.add(label)
  const left = blocks.filter((block) => !told.has(block))
  const ends = dropEnds(left)
  return ownWords(ends) <= UNDO_SHARE * ownWords(left) ? left.filter((block) => !ends.has(block)) : left
}
