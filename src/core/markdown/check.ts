import { parseHtml } from '../html/html.ts'
import { lostText, textRuns } from '../html/page-words.ts'
import { placeCaptions } from './captions.ts'
import { hasTwin, pictureSources } from './picture-source.ts'
import { readBlocks } from './read-blocks.ts'
import { renderMarkdown } from './render.ts'
import { type Block, type Inline, plain } from '../blocks.ts'
import { message } from '../../words/words.ts'

/** The names of what can differ; in English the codes themselves. */
export const DIFFERENCES = {
  text: message`text`,
  link: message`link`,
  picture: message`picture`,
  structure: message`structure`,
}

/** One thing in which a Markdown body and its source differ. `null` stands where one of them has nothing. */
export interface Difference {
  kind: keyof typeof DIFFERENCES
  source: string | null
  markdown: string | null
}

interface Summary {
  text: string
  links: string[]
  pictures: string[]
  structure: string[]
}

const AROUND = 12

function visitInlines(inlines: readonly Inline[], summary: Summary): void {
  for (const inline of inlines) {
    if (inline.kind === 'image') summary.pictures.push(`${inline.url} ${inline.alt}`.trim())
    else if (inline.kind === 'link') summary.links.push(`${inline.url} ${bare(plain(inline.children))}`.trim())
    if (inline.kind === 'link' || inline.kind === 'mark') visitInlines(inline.children, summary)
  }
}

function bare(words: string): string {
  return words.replace(/\s+/g, '')
}

function line(inlines: readonly Inline[], summary: Summary): void {
  summary.text += bare(plain(inlines))
  visitInlines(inlines, summary)
}

function visitBlock(block: Block, summary: Summary): void {
  summary.structure.push(block.kind === 'heading' ? `heading ${block.level}` : block.kind)
  if ('inlines' in block) line(block.inlines, summary)
  else if (block.kind === 'quote') visit(block.blocks, summary)
  else if (block.kind === 'code-block') summary.text += bare(block.text)
  else if (block.kind === 'list') {
    for (const item of block.items) {
      summary.structure.push('item')
      visit(item.blocks, summary)
    }
  } else if (block.kind === 'table') {
    for (const row of block.rows) {
      summary.structure.push(`row of ${row.length}`)
      for (const cell of row) line(cell, summary)
    }
  }
}

function visit(blocks: readonly Block[], summary: Summary): void {
  for (const block of blocks) visitBlock(block, summary)
}

function summarise(html: string, base: string | null): Summary {
  const summary: Summary = { text: '', links: [], pictures: [], structure: [] }
  visit(placeCaptions(readBlocks(parseHtml(html).body, base), false), summary)
  return summary
}

function firstTextDifference(source: string, markdown: string): Difference[] {
  if (source === markdown) return []
  let at = 0
  while (source[at] === markdown[at]) at += 1
  const excerpt = (text: string): string | null => text.slice(Math.max(0, at - AROUND), at + AROUND) || null
  return [{ kind: 'text', source: excerpt(source), markdown: excerpt(markdown) }]
}

function firstListDifference(
  kind: Difference['kind'],
  source: readonly string[],
  markdown: readonly string[],
): Difference[] {
  const length = Math.max(source.length, markdown.length)
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [source[at] ?? null, markdown[at] ?? null]
    if (one !== other) return [{ kind, source: one, markdown: other }]
  }
  return []
}

/** What the parser lost of a page's own words, as the tokenizer reads them. */
export function checkTree(html: string): Difference[] {
  const lost = lostText(html)
  return lost === null ? [] : [{ kind: 'text', source: lost, markdown: null }]
}

/** What is shorter is a stand-in: a blurred copy, an empty drawing. */
const LEAST_PICTURE = 2000

/** Pictures that stand in the page itself (`data:`) and nowhere else: no address of them can be kept. */
export function checkPictures(html: string, base: string | null): Difference[] {
  if (!html.includes('data:image/')) return []
  const images = Array.from(parseHtml(html).getElementsByTagName('img'))
  return images.flatMap((image): Difference[] => {
    const own = image.getAttribute('src') ?? ''
    if (own.length < LEAST_PICTURE || !/^\s*data:image\//i.test(own)) return []
    if (pictureSources(image, base).length > 0 || hasTwin(image, base)) return []
    const source = `${own.slice(0, 2 * AROUND)} ${image.getAttribute('alt') ?? ''}`.trim()
    return [{ kind: 'picture', source, markdown: null }]
  })
}

/** Where two readings of one page differ in their text. */
export function checkText(html: string, other: string): Difference[] {
  return firstTextDifference(textRuns(html).join(''), textRuns(other).join(''))
}

/**
 * Parses a Markdown body again and compares it with the HTML that it was made from: words (those of the HTML's text, which
 * a parser may have lost), links, pictures, and the blocks in their order. The first difference of each kind; none when
 * the body is faithful. Heading levels count as `toMarkdown` writes them.
 */
export function checkMarkdown(html: string, markdown: string, baseUrl?: string): Difference[] {
  const source = summarise(html, baseUrl ?? null)
  const back = summarise(renderMarkdown(markdown), baseUrl ?? null)
  const lost = checkTree(html)
  return [
    ...(lost.length > 0 ? lost : firstTextDifference(source.text, back.text)),
    ...firstListDifference('link', source.links, back.links),
    ...firstListDifference('picture', source.pictures, back.pictures),
    ...firstListDifference('structure', source.structure, back.structure),
  ]
}
