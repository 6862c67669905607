import type { TextLine } from '../../core/html/outline.ts'
import { inSimplified } from '../../core/language.ts'
import { isPersonName } from '../person.ts'
import { isHeading, isLink } from './blocks.ts'

/** What is left among the lines of an article of boxes that were told by nothing else, or are gone. */

/** Keys and values in braces: what a script reads. */
const DATA = [/^[[{]/, /[}\]]$/, /"[\w-]+"\s*:/]
/** A year with whose it is or nothing behind it: one that a sentence goes on from, or that is quoted, is a matter. */
const RIGHTS =
  /^[^\p{L}\p{N}“”"'‘„«]*(?:[Cc]opyright\b|COPYRIGHT\b|©|\([Cc]\))[\s©:]*(?:\([Cc]\)\s*)?(?:19|20)\d\d\b(?!,? (?!(?:all|by)\b)\p{Ll})/u
const LIKE_US = /^\W*(?:like|find|join) us on\b/i
const MORE_GALLERIES = /^(?:like this \w+\? )?you (?:may|might) also (?:like|enjoy|be interested in)\b(?!.*[.!?]$)/i
/** What is said of keys alone, each word of it: View full size image, Hide captions. */
const KEYS =
  /^(?:auto|re)play$|^[^\w“”"'‘„«]*(?:view|show|hide|click|tap|enlarge)(?:\W+(?:on|the|this|all|full|more|larger|size|screen|for|in|to|view|enlarge|images?|photos?|pictures?|captions?|thumbnails?|gallery|galleries|slideshow))+\W*$/i
const NOTICE_WORDS = 40

/** True for what a page says of itself, or holds for its scripts. */
export function isRest(line: TextLine): boolean {
  const { kind, linked, text, words } = line
  if (DATA.every((pattern) => pattern.test(text))) return kind === 'div'
  if (linked === 0 && KEYS.test(text)) return !isHeading(line)
  if (linked > 0 && words < NOTICE_WORDS && LIKE_US.test(text)) return true
  return words < NOTICE_WORDS && [RIGHTS, MORE_GALLERIES].some((pattern) => pattern.test(text))
}

/** What sites of China, Taiwan and Hong Kong say of rights, of the platform, of risks, and of their app, in simplified letters. */
const NOTICE = new RegExp(
  [
    '[未非]经[^。]{0,20}(?:授权|许可|同意|允许)[^。]{0,30}(?:不得|严禁|禁止|请勿|谢绝)[^。]{0,20}(?:[转轉][载載]|复制|摘编|镜像|播送)',
    '(?:不得|严禁|禁止|谢绝|请勿)[^。]{0,10}[转轉][载載]',
    '[转轉][载載][请须需][^。]{0,10}(?:注明|联系|标明|授权)',
    '侵权必究|(?:侵权|侵犯)[^。]{0,30}(?:联系|删除)',
    '文[^。]{0,8}(?:仅|不)代表[^。]{0,4}(?:作者|个人|本人|本[网站报刊号]|平台)',
    '仅提供信息(?:存储|发布|分享)',
    '仅供参考[^。]{0,30}(?:投资|风险|自负|负责)|不构成[^。]{0,8}建议',
    '^更多精彩(?:资讯|内容|新闻)[^。]*下载',
    '^Notice: The content above[^.]*\\b(?:uploaded|posted)\\b',
  ].join('|'),
)
/** How a site begins to speak of its texts. What someone says of texts in a story begins with who says it. */
const OF_SITE =
  /^[^\p{L}]*(?:凡?本(?:[文站网报刊号]|平台|公众号|内容|作品|稿|资讯|信息)|[该此]文|文章|以上|此?内容|素材|图[片源]|来源|原创|特约|版权|[未非]经|[转轉][载載]|如[有需若发]|投资|市场有风险|更多精彩|Notice|[\p{Script=Han}》」]{0,12}(?:声明|提醒您?|提示|说明)[^\p{L}])/u
/** Someone in a story says it. */
const SAID_IN_STORY = /(?<!报)[说称道][，。：“「]|(?<!其)[他她](?![人们])/
const LONGEST_NOTICE = 120
const MOST_NOTICES = 3

function isNotice({ text, words }: TextLine): boolean {
  const said = inSimplified(text)
  return words <= LONGEST_NOTICE && OF_SITE.test(said) && NOTICE.test(said) && !SAID_IN_STORY.test(said)
}

/** The last lines where they are what a site says of its texts, whatever stands below them that is no paragraph; not all there are. */
export function noticesIn(blocks: readonly TextLine[]): Set<TextLine> {
  const prose = blocks.filter(({ isProse }) => isProse)
  const last = prose.findLastIndex((block) => !isNotice(block))
  return new Set(last === -1 ? [] : prose.slice(Math.max(last + 1, prose.length - MOST_NOTICES)))
}

/** What opens the rest of a text, and who reports above it. */
const FOOT = new RegExp(
  [
    String.raw`^(?:打开|展开|阅读|查看|点击|轻触|继续)+(?:App|客户端)?(?:阅读|查看|展开|打开)*(?:全文|原文|更多)[。…>》]*$`,
    '^返回[^，。]{1,8}，查看更多$',
    String.raw`^记者\s?\p{Script=Han}{2,4}[／/]\p{Script=Han}{2,8}报导$`,
  ].join('|'),
  'iu',
)
const CHECKER = String.raw`\p{Script=Han}{0,6}?(?:编辑|校对|[责网]编|编审|审核|审校|监制|美编|排版)|[一初二复三终]审|\p{Script=Han}{2,8}记者(?=\s?[|｜丨])`
/** What stands before the names of those who edited or checked a text, and of others beside them. */
const ROLE = new RegExp(
  String.raw`(?:^|[\s；;，,])(?:${CHECKER}|记者|来源|供稿|作者|摄影)(?:\s?[:：/／|｜丨]\s?|\s)`,
  'gu',
)
const IS_CHECKED = new RegExp(String.raw`(?:^|\s)(?:${CHECKER})[\s:：/／|｜丨]`, 'u')
const FOOT_WORDS = 24

/** True for labels of who edited or checked a text, with names of persons behind them and nothing else. */
function areCheckers(said: string): boolean {
  if (!IS_CHECKED.test(said)) return false
  const [before, ...behind] = said.split(ROLE).map((part) => part.trim())
  const names = behind.flatMap((part) => part.split(/[\s、,，;；]+/))
  return before === '' && names.every((name) => isPersonName(name, false))
}

/** True for a line at the foot of a text, or who reports above it. */
export function isFoot(line: TextLine): boolean {
  const isItem = /^(?:li|t[dh])$/.test(line.kind) && line.box.behindBlocks - line.box.firstBlock === 1
  if (line.words > FOOT_WORDS || isHeading(line) || isItem) return false
  const said = inSimplified(line.text)
  return FOOT.test(said) || areCheckers(said)
}

const STEP = /^(?:\d{1,3}|[<>«»‹›]{1,2})$/
const STEPS = 3

/** True for numbers from one on, with arrows or without: three lines, or two of which one is a link. */
function areSteps(run: readonly TextLine[]): boolean {
  const numbers = run.map(({ text }) => Number(text)).filter((each) => !Number.isNaN(each))
  const isMany = run.length >= STEPS || (run.length === STEPS - 1 && run.some(isLink))
  return isMany && numbers.every((each, at) => each === at + 1)
}

/** What readers turn pages or pictures with, where it stands line by line. */
export function stepsIn(blocks: readonly TextLine[]): Set<TextLine> {
  const gone = new Set<TextLine>()
  let run: TextLine[] = []
  for (const block of [...blocks, null]) {
    if (block !== null && STEP.test(block.text) && !/^(?:td|th|pre)$/.test(block.kind)) run.push(block)
    else {
      if (areSteps(run)) for (const each of run) gone.add(each)
      run = []
    }
  }
  return gone
}

const COMMENTS =
  /^(?:(?:\d{1,5}|(?:about )?(?:reader|visitor|user)s?['’]?) )?(?:comments|opinions)(?: ?\([^()]{1,24}\))?[:：]?$|^(?:网友|網友|读者|讀者|全部|最新|热门|熱門)?(?:评论|評論|留言)(?: ?[(（]\d{1,5}[)）])?$/i

/** True for the heading of readers' letters. */
export function headsComments(block: TextLine): boolean {
  return isHeading(block) && block.linked === 0 && COMMENTS.test(block.text)
}

const LABEL_WORDS = 6
const MORE = /^more (?:about|information)\b/i
/** A heading with one link below it may be that of a part which begins with the next. */
const LINKS_OF_LIST = 2

/** What heads links alone, all of which are among `gone`: what announces them, or has nothing else up to the next heading or the end. */
export function labelsOf(gone: ReadonlySet<TextLine>, blocks: readonly TextLine[]): Set<TextLine> {
  const labels = new Set<TextLine>()
  const isGoneLink = (block: TextLine | undefined) => block !== undefined && gone.has(block) && isLink(block)
  let next: TextLine | undefined
  for (const [at, block] of [...blocks.entries()].toReversed()) {
    if (gone.has(block)) continue
    const below = blocks[at + 1]
    const isAnnouncing = /[:：]$/.test(block.text)
    const isOfLinks = MORE.test(block.text) || (block.kind === 'li' && below?.kind === 'li')
    const isList = blocks.slice(at + 1, at + 1 + LINKS_OF_LIST).every(isGoneLink)
    const isPart =
      isAnnouncing || (isHeading(block) && next !== undefined && isHeading(next) && next.kind <= block.kind)
    const isOver = next === undefined ? isHeading(block) || isAnnouncing || isOfLinks : isList && isPart
    const isLabel = isOver && !block.isProse && block.words <= LABEL_WORDS && isGoneLink(below)
    if (isLabel) labels.add(block)
    else next = block
  }
  return labels
}
