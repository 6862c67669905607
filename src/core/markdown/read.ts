import { parseHtml } from '../html/html.ts'
import type { Picture } from '../model.ts'
import { readBlocks } from './read-blocks.ts'
import { pictureOf } from './read-figure.ts'
import { renderMarkdown } from './render.ts'
import type { Block, Image, Inline } from './tree.ts'

function blocksOf(markdown: string): Block[] {
  return readBlocks(parseHtml(renderMarkdown(markdown)).body, null)
}

/** The words of a line; a picture within it speaks by its caption. */
function words(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind === 'text' || inline.kind === 'code') return inline.text
      if (inline.kind === 'break') return '\n'
      return inline.kind === 'image' ? inline.alt : words(inline.children)
    })
    .join('')
}

function linesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block, index): string[] => {
    switch (block.kind) {
      case 'paragraph': {
        const caption = pictureOf(block)?.alt
        const next = blocks[index + 1]
        const isRepeated = caption !== undefined && next?.kind === 'paragraph' && words(next.inlines) === caption
        return isRepeated ? [] : [words(block.inlines)]
      }
      case 'heading':
        return [words(block.inlines)]
      case 'quote':
        return linesOf(block.blocks)
      case 'list':
        return block.items.flatMap((item) => linesOf(item.blocks))
      case 'code-block':
        return [block.text]
      case 'table':
        return block.rows.map((row) => row.map(words).join('\t').trim())
      default:
        return []
    }
  })
}

function textIn(blocks: readonly Block[]): string {
  return linesOf(blocks)
    .filter((line) => line.trim() !== '')
    .join('\n\n')
}

function imagesIn(inlines: readonly Inline[]): Image[] {
  return inlines.flatMap((inline) => {
    if (inline.kind === 'image') return [inline]
    return inline.kind === 'link' || inline.kind === 'mark' ? imagesIn(inline.children) : []
  })
}

function pictures(blocks: readonly Block[]): Image[] {
  return blocks.flatMap((block): Image[] => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return imagesIn(block.inlines)
      case 'quote':
        return pictures(block.blocks)
      case 'list':
        return block.items.flatMap((item) => pictures(item.blocks))
      case 'table':
        return block.rows.flat().flatMap(imagesIn)
      default:
        return []
    }
  })
}

/** What a Markdown body says and shows. */
export interface Contents {
  /**
   * Blocks separated by a blank line, no markup. A caption stands in it once, though it is both in the picture's
   * brackets and in the paragraph below.
   */
  text: string
  /** In their order. `caption` is null where the brackets are empty. */
  images: Picture[]
}

/** Reads a Markdown body back. */
export function readMarkdown(markdown: string): Contents {
  const blocks = blocksOf(markdown)
  const images = pictures(blocks).map(({ url, alt }) => ({ url, caption: alt === '' ? null : alt }))
  return { text: textIn(blocks), images }
}

/** CommonMark replaces U+0000, and so does HTML; a private character stands in for it on the way. */
function standIn(text: string): string {
  let code = 0xe000
  while (text.includes(String.fromCharCode(code))) code += 1
  return String.fromCharCode(code)
}

const MAY_BE_MARKUP = /[\\*_~`[\]<&|$!{\u0000\r\n]/

/** A headline's inline Markdown as plain text, white space as it stands: the inverse of `escapeInline`. */
export function plainInline(markdown: string): string {
  if (!MAY_BE_MARKUP.test(markdown)) return markdown
  const nul = standIn(markdown)
  const source = markdown.replaceAll('\u0000', nul)
  const bracketed = parseHtml(renderMarkdown(`[${source}](x)`)).body.firstElementChild
  const isWhole = bracketed?.childNodes.length === 1 && bracketed.firstElementChild?.getAttribute('href') === 'x'
  const text = isWhole ? bracketed.textContent : parseHtml(renderMarkdown(source)).body.textContent?.trim()
  return (text ?? '').replaceAll(nul, '\u0000')
}
