import { childNodes } from '../html/dom.ts'
import { addBlocks, endLine, type Flow, newFlow, type Wrapper } from './flow.ts'
import { type ReadContext } from './reading.ts'
import { type Block, type Image, type Inline, paragraph, plain, text } from '../blocks.ts'
import { tidy } from './tidy.ts'
import { collapseString } from './space.ts'

/** The picture of a paragraph that holds it alone, linked or not; `null` for any other block. */
export function pictureOf(block: Block | undefined): Image | null {
  if (block?.kind !== 'paragraph' || block.inlines.length !== 1) return null
  const [only] = block.inlines
  const inner = only?.kind === 'link' && only.children.length === 1 ? only.children[0] : only
  return inner?.kind === 'image' ? inner : null
}

/** Every picture on a line of its own: in a figure they are slides, not words of a sentence. */
function apart(block: Block): Block[] {
  if (block.kind !== 'paragraph' || block.inlines.length < 2) return [block]
  const isGallery = plain(block.inlines).trim() === '' && block.inlines.every(({ kind }) => kind !== 'mark')
  if (!isGallery) return [block]
  return block.inlines.filter(({ kind }) => kind === 'image' || kind === 'link').map((it) => paragraph([it], true))
}

/** The paragraphs and headings among blocks as one line, and all the other blocks. */
export function oneLine(blocks: readonly Block[]): { line: Inline[]; rest: Block[] } {
  const lines = blocks.flatMap((block) => ('inlines' in block ? [block.inlines] : []))
  const line = tidy(lines.flatMap((each, index): Inline[] => (index === 0 ? each : [text(' '), ...each])))
  return { line, rest: blocks.filter((block) => !('inlines' in block)) }
}

/**
 * Reads a caption: of the picture before it, when one stands there without a caption; else a paragraph. What is no line,
 * such as a list, stands below.
 */
export function readCaption(element: Element, flow: Flow, reading: ReadContext): void {
  endLine(flow)
  const { line: caption, rest } = oneLine(reading.blocks(element, reading, flow.path))
  const last = flow.blocks.at(-1)
  const image = pictureOf(last)
  if (last?.kind === 'paragraph' && image !== null && last.caption === null && caption.length > 0) {
    image.alt = collapseString(plain(caption))
    image.title = ''
    last.caption = caption
  } else if (caption.length > 0) addBlocks(flow, [paragraph(caption, true)])
  addBlocks(flow, rest)
}

/** Reads a figure: each picture, then the caption that the figure binds to it. */
export function readFigure(element: Element, reading: ReadContext, path: readonly Wrapper[]): Block[] {
  const flow = newFlow(path)
  const first = element.firstElementChild
  const caption = first?.tagName === 'FIGCAPTION' ? first : null
  for (const child of childNodes(element)) if (child !== caption) reading.node(child, flow, reading)
  if (caption !== null) readCaption(caption, flow, reading)
  endLine(flow)
  return flow.blocks.flatMap(apart)
}
