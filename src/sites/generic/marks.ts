import type { TextLine, Box, Outline } from '../../core/html/outline.ts'
import { urlOf } from '../../core/url.ts'
import { isSameLine } from './blocks.ts'

/** What holds more of a page is its story, whatever its name. */
export const MOST = 0.5
export const ALL = 0.8
/** A card without a heading has no more lines. */
export const CARD_BLOCKS = 5

/** What a page says its story is. */
export interface Own {
  /** As the page's head has it. */
  readonly headline: string | null
  readonly url: string
  /** Its description, and its text as its data have it. */
  readonly told: string
}

/** Boxes of a page that are not its story, with all in them. */
export class Others {
  private readonly marked: Uint8Array

  constructor({ boxes }: Outline) {
    this.marked = new Uint8Array(boxes.length)
  }

  add(box: Box): void {
    this.marked.fill(1, box.at, box.behind)
  }

  has(box: Box): boolean {
    return this.marked[box.at] === 1
  }

  hold({ box }: TextLine): boolean {
    return this.has(box)
  }
}

/** Tells of a box of the page what the blocks in it are worth together; without one, those of the whole page. */
export function sumsIn(
  { boxes, blocks }: Outline,
  worth: (block: TextLine) => number,
): (box: Box | undefined) => number {
  const sums = new Float64Array(boxes.length)
  const add = (box: Box, sum: number): void => {
    sums[box.at] = (sums[box.at] ?? 0) + sum
  }
  for (const block of blocks) add(block.box, worth(block))
  for (const { at, parentElement } of boxes.toReversed()) if (parentElement !== null) add(parentElement, sums[at] ?? 0)
  return (box) => sums[box?.at ?? 0] ?? 0
}

/** Tells of a box how many words of prose are in it that stand in no other story. */
export function proseIn(outline: Outline, others: Others): (box: Box | undefined) => number {
  return sumsIn(outline, (block) => (block.isProse && !others.hold(block) ? block.words : 0))
}

export function isNamed({ text }: TextLine, { headline }: Own): boolean {
  return headline !== null && isSameLine(text, headline)
}

export function isHeadline(block: TextLine, own: Own): boolean {
  return block.kind === 'h1' || isNamed(block, own)
}

/** True where an address leads to the page at `url`, whatever its query. */
export function isAt(href: string | null, url: string): boolean {
  const [there, here] = [urlOf(href ?? '', url)?.pathname, urlOf(url)?.pathname]
  return there !== undefined && there.replace(/\/$/, '') === here?.replace(/\/$/, '')
}
