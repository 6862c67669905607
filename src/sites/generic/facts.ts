import { type TextLine, type Box, isIn, type Outline } from '../../core/html/outline.ts'
import { urlOf } from '../../core/url.ts'
import { isHeading, isLink, signature } from './blocks.ts'
import { isFurniture, isNamedBeside, isOtherByName, mayHeadOtherStories } from './furniture.ts'

/** What is longer is no box of facts, and is not looked into. */
const MOST_CHARACTERS = 20_000
const MOST_BLOCKS = 60
const LEAST_LINES = 2
const FACTS = /^(?:li|dd|dt|td|th)$/
const CONTROLS = /<(?:form|input|button|select|textarea|iframe|ins)\b/i
const HREF = /\shref\s*=\s*["']?([^"'\s<>]*)/gi
/** What the paper says of itself. */
const OF_THE_PAPER =
  /^(?:advertisement|sponsored|sign up|subscribe|newsletter|follow us|about the (?:author|writer)|download|[广廣]告|[订訂][阅閱]|[关關]注|[扫掃][码碼]|作者[简簡]介|下[载載])/i

/** True where one of a box's links leads to another page of the site. */
function leadsOn(html: string, url: string): boolean {
  const own = urlOf(url)
  return Array.from(html.matchAll(HREF), ([, href = '']) => urlOf(href, url)).some(
    (target) => target !== null && target.host === own?.host && target.pathname !== own.pathname,
  )
}

const isHeaded = ([first]: readonly TextLine[]): boolean => first !== undefined && isHeading(first)
const linesIn = (blocks: readonly TextLine[]): number => blocks.filter(({ kind }) => FACTS.test(kind)).length

/** True for lines of a list or table, for paragraphs below a heading, for several paragraphs. */
function areFacts(blocks: readonly TextLine[]): boolean {
  const prose = blocks.filter(({ isProse, kind }) => isProse && kind !== 'blockquote').length
  return linesIn(blocks) >= LEAST_LINES || prose >= LEAST_LINES || (isHeaded(blocks) && prose > 0)
}

/** True for paragraphs that the story's box holds, in boxes of their own or not, alike and around another box. */
function areAround(before: TextLine | undefined, after: TextLine | undefined, outer: Box): boolean {
  if (before === undefined || after === undefined || signature(before) !== signature(after)) return false
  return [before, after].every(({ box }) => {
    const parent = box.parentElement
    if (!isIn(box, outer) || parent === null) return false
    return parent === outer || (parent.parentElement === outer && parent.behindBlocks - parent.firstBlock === 1)
  })
}

/**
 * The `aside` boxes of a page that are part of its story: figures, what is known, who is who. They stand among its paragraphs, or
 * below the last as a list or table with a heading; they hold no controls, and lead to no other page of the site.
 */
export function factsIn({ html, boxes, blocks }: Outline, url: string): Set<Box> {
  const asides = boxes.filter(({ localName }) => localName === 'aside')
  const found = new Set<Box>()
  if (asides.length === 0) return found
  /** The place of the last paragraph before each block, and of the first behind it. */
  const [last, next] = [new Int32Array(blocks.length + 1).fill(-1), new Int32Array(blocks.length + 1).fill(-1)]
  for (const { at, kind, isProse } of blocks) last[at + 1] = isProse && kind === 'p' ? at : last[at]!
  for (const { at, kind, isProse } of blocks.toReversed()) next[at] = isProse && kind === 'p' ? at : next[at + 1]!
  for (const aside of asides) {
    const own = blocks.slice(aside.firstBlock, Math.min(aside.behindBlocks, aside.firstBlock + MOST_BLOCKS + 1))
    if (own.length > MOST_BLOCKS || aside.end - aside.start > MOST_CHARACTERS || !areFacts(own)) continue
    let outermost = aside
    for (let outer = aside.parentElement; outer !== null; outer = outer.parentElement) {
      if (outer.firstBlock !== aside.firstBlock || outer.behindBlocks !== aside.behindBlocks) break
      outermost = outer
    }
    const outer = outermost.parentElement
    const [before, after] = [blocks[last[aside.firstBlock]!], blocks[next[aside.behindBlocks]!]]
    // Below the last paragraph papers speak of themselves, in sentences.
    const earlier = isHeaded(own) && linesIn(own) >= LEAST_LINES ? blocks[last[before?.at ?? 0]!] : undefined
    if (outer === null || !(areAround(before, after, outer) || areAround(earlier, before, outer))) continue
    const inner = html.slice(aside.inner, aside.innerEnd)
    const isOther = [isOtherByName, isFurniture, isNamedBeside].some((is) => is(aside) || is(outermost))
    const isTold = own.some(({ text }) => OF_THE_PAPER.test(text) || mayHeadOtherStories(text))
    if (isOther || isTold || own.some(isLink) || CONTROLS.test(inner) || leadsOn(inner, url)) continue
    found.add(aside)
  }
  return found
}
