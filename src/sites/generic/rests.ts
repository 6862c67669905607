import type { TextLine } from '../../core/html/outline.ts'
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
