import { isProse, wordsIn } from '../text/sentences.ts'
import {
  endsParagraph,
  HEADING,
  holdsItems,
  IMPLIED,
  IN_TEXT,
  isBlock,
  like,
  RAW_TEXT,
  stopsEnd,
  TABLE_PARTS,
} from './elements.ts'
import { isHidden, isLabel, isShownAsBlock } from './hidden.ts'
import type { StartTag } from './selector.ts'
import { decodeEntities, tagOf } from './tag.ts'
import { isTag, type TagToken, tokenizer } from './tokenize.ts'

/** A page as boxes and the blocks of text in them, read by the tokenizer alone: a tenth of what a DOM costs. */

type Opening = Pick<TagToken, 'name' | 'start' | 'attributesAt' | 'end'>

/** An element that is no part of a line. */
export class Box {
  readonly localName: string
  readonly parentElement: Box | null
  readonly depth: number
  /** Its place among all boxes of the page; those in it follow, up to `behind`. */
  readonly at: number
  behind: number
  /** The place of the first block in it, and of the block behind its last. */
  readonly firstBlock: number
  behindBlocks: number
  /** Where its start tag begins and ends, where its end tag begins and ends; the same where it has none. */
  readonly start: number
  readonly inner: number
  innerEnd: number
  end: number
  private readonly tag: StartTag
  private named: string | undefined

  constructor(html: string, tag: Opening, parent: Box | null, at: number, firstBlock: number) {
    this.localName = tag.name
    this.parentElement = parent
    this.depth = parent === null ? 0 : parent.depth + 1
    this.at = at
    this.behind = at + 1
    this.firstBlock = firstBlock
    this.behindBlocks = firstBlock
    this.start = tag.start
    this.inner = tag.end
    this.innerEnd = html.length
    this.end = html.length
    this.tag = tagOf(html, tag)
  }

  getAttribute(wanted: string): string | null {
    return this.tag.attribute(wanted)
  }

  /** Its class and id. */
  get names(): string {
    this.named ??= `${this.getAttribute('class') ?? ''} ${this.getAttribute('id') ?? ''}`
    return this.named
  }

  /** True for what its own attributes hide. */
  get isHidden(): boolean {
    return isHidden(this) || isLabel(this)
  }
}

/** A line of text: what stands between two tags of boxes or line breaks. */
export interface TextLine {
  readonly box: Box
  /** Its place among all blocks of the page. */
  readonly at: number
  readonly start: number
  readonly end: number
  /** That of `kindIn` its box. */
  readonly kind: string
  /** White space collapsed. */
  readonly text: string
  /** Latin words and six tenths of each Chinese, Japanese or Korean character. */
  readonly words: number
  /** How much of the text is in links, 0 to 1. */
  readonly linked: number
  /** True for a paragraph of sentences, in no figure. */
  readonly isProse: boolean
  /** Where its first link leads. */
  readonly href: string | null
}

export interface Outline {
  readonly html: string
  /** The first is the whole page. */
  readonly boxes: readonly Box[]
  readonly blocks: readonly TextLine[]
}

const INLINE = new Set([...IN_TEXT, ...'img label picture source svg'.split(' ')])
const OUTER_KINDS = /^(?:blockquote|h[1-6])$/
const KINDS = new Set('h1 h2 h3 h4 h5 h6 li dd dt td th caption figure blockquote pre p'.split(' '))
const AROUND_ALL = new Set('html head body'.split(' '))
/** Of markup that never closes its elements no more are remembered. */
const MAX_DEPTH = 200

/** How deep in a table a part of it stands: parts begin in groups, rows in those, cells in rows. */
function rankOf(name: string): number {
  if (name === 'td' || name === 'th') return 2
  if (name === 'tr') return 1
  return TABLE_PARTS.has(name) ? 0 : 3
}

/** The nearest element that says what stands in a box: `p`, `h2`, `li`, `td`, `figure`, `blockquote`; else `div`. */
export function kindIn(inner: Box): string {
  let kind = 'div'
  for (let box: Box | null = inner; box !== null; box = box.parentElement) {
    if (box.localName === 'figure') return box.localName
    if (kind === 'div' ? KINDS.has(box.localName) : OUTER_KINDS.test(box.localName)) kind = box.localName
  }
  return kind
}

/** The boxes and blocks of a page or of a part of one. Text that the markup hides in a line is left out. */
export function outlineOf(html: string): Outline {
  const next = tokenizer(html)
  const page = new Box(html, { name: 'body', start: 0, attributesAt: html.length, end: 0 }, null, 0, 0)
  const boxes = [page]
  const blocks: TextLine[] = []
  let box = page
  let text = ''
  let linkedLength = 0
  let href: string | null = null
  /** The link that is open, and where: it ends with what holds it. */
  let link = null as { box: Box; href: string } | null
  /** What of a line is passed over, a drawing or what is hidden, and how many of its name are open. */
  let unseen = null as { name: string; open: number } | null
  let start = 0
  let at = 0
  let isRaw = false
  /** How many elements of its name are open in a box that is an element of a line, shown as a block by its style. */
  const within = new Map<Box, number>()

  function take(until: number): void {
    if (isRaw || unseen !== null || until <= at) return
    const shown = decodeEntities(html.slice(at, until))
    text += shown
    if (link === null) return
    linkedLength += shown.replace(/\s+/g, ' ').trim().length
    if (shown.trim() !== '') href ??= link.href
  }

  function endBlock(end: number, behind: number): void {
    const shown = text.trim() === '' ? '' : text.replace(/\s+/g, ' ').trim()
    if (shown !== '') {
      const linked = Math.min(1, linkedLength / shown.length)
      const words = wordsIn(shown)
      const around = kindIn(box)
      const prose = around !== 'figure' && isProse(shown, words, linked)
      // Paragraphs in a heading are what stands below one that is not ended.
      const kind = prose && box.localName === 'p' && HEADING.test(around) ? 'p' : around
      blocks.push({ box, at: blocks.length, start, end, text: shown, kind, words, linked, isProse: prose, href })
    }
    text = ''
    linkedLength = 0
    href = null
    start = behind
  }

  function closeTo(outer: Box, innerEnd: number, end: number): void {
    while (box !== outer && box.parentElement !== null) {
      const isOuter = box.parentElement === outer
      box.innerEnd = innerEnd
      box.end = isOuter ? end : innerEnd
      box.behind = boxes.length
      box.behindBlocks = blocks.length
      if (link?.box === box) link = null
      box = box.parentElement
    }
  }

  /** Ends the nearest box of a kind and all in it, unless one stands between that its end does not reach across. */
  function close(
    isWanted: (name: string) => boolean,
    stops: (name: string) => boolean,
    from: number,
    to: number,
  ): void {
    for (let here: Box | null = box; here !== null && here !== page; here = here.parentElement) {
      if (isWanted(here.localName)) return closeTo(here.parentElement ?? page, from, to)
      if (stops(here.localName)) return
    }
  }

  function open(tag: TagToken): void {
    const { name, start: from } = tag
    if (endsParagraph(name)) close((other) => other === 'p', isBlock, from, from)
    if (IMPLIED.has(name) && name !== 'p') {
      const isLike = name === 'li' ? like('li') : (other: string) => other === 'dd' || other === 'dt'
      close(isLike, holdsItems, from, from)
    } else if (TABLE_PARTS.has(name)) {
      const rank = rankOf(name)
      close(
        (other) => rankOf(other) === rank,
        (other) => other === 'table' || rankOf(other) < rank,
        from,
        from,
      )
    }
    if (box.depth >= MAX_DEPTH) return
    const opened = new Box(html, tag, box, boxes.length, blocks.length)
    boxes.push(opened)
    box = opened
  }

  /** Takes a tag of a line; true for one that begins or ends a box all the same. */
  function meetInline(tag: TagToken): boolean {
    const { name, isForeign, isEmpty } = tag
    const inside = isForeign || isEmpty || box.localName !== name ? undefined : within.get(box)
    if (tag.kind === 'end') {
      if (inside === 0) return true
      if (inside !== undefined) within.set(box, inside - 1)
      if (name === 'a') link = null
      return false
    }
    const element = new Box(html, tag, box, 0, 0)
    if (!isForeign && !isEmpty && isShownAsBlock(element)) return true
    if (inside !== undefined) within.set(box, inside + 1)
    const to = name === 'a' ? element.getAttribute('href') : null
    if (name === 'a') link = to === null ? null : { box, href: to }
    if (!isEmpty && (isForeign || element.isHidden)) unseen = { name, open: 1 }
    return false
  }

  for (let token = next(); token !== null; token = next()) {
    take(token.start)
    at = token.end
    isRaw = token.kind === 'start' && token.isRaw
    if (!isTag(token)) continue
    const { name } = token
    if (unseen !== null) {
      if (token.isForeign || INLINE.has(name)) {
        if (name === unseen.name && !token.isEmpty) unseen.open += token.kind === 'start' ? 1 : -1
        if (unseen.open === 0) unseen = null
        continue
      }
      unseen = null
    }
    const isInline = token.isForeign || INLINE.has(name)
    if (isInline && !meetInline(token)) continue
    if (!RAW_TEXT.has(name) && !AROUND_ALL.has(name)) {
      endBlock(token.start, token.end)
      if (token.kind === 'start' && !token.isEmpty) {
        open(token)
        if (box.localName === name && isInline) within.set(box, 0)
      } else if (token.kind === 'end') {
        // The end of a table, and of its parts, ends the cells in it.
        const isOfTable = name === 'table' || TABLE_PARTS.has(name)
        close(like(name), isOfTable ? like('table') : stopsEnd(name), token.start, token.end)
      }
    }
  }
  take(html.length)
  endBlock(html.length, html.length)
  closeTo(page, html.length, html.length)
  page.behind = boxes.length
  page.behindBlocks = blocks.length
  return { html, boxes, blocks }
}

/** True for a box in another one, and for that itself. */
export function isIn(box: Box, outer: Box): boolean {
  return outer.at <= box.at && box.at < outer.behind
}

/** The innermost box of a kind that a box is or stands in; `null` for none. */
export function boxAround(box: Box, isOfKind: (box: Box) => boolean): Box | null {
  let here: Box | null = box
  while (here !== null && !isOfKind(here)) here = here.parentElement
  return here
}

/** The innermost box around both. */
export function sharedBox(one: Box, other: Box): Box {
  let here = one
  while (!isIn(other, here) && here.parentElement !== null) here = here.parentElement
  return here
}
