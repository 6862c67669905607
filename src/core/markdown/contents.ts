import type { Picture } from '../model.ts'
import { says } from './captions.ts'
import { isEmbedName } from './providers.ts'
import { pictureOf } from './read-figure.ts'
import { type Block, innerBlocks, type Image, type Inline, plain } from '../blocks.ts'

/** What is said of a picture among the words around it: its caption, or nothing. */
type Said = (image: Image) => string

/** The words of a line, in which a picture that is not told of leaves no empty line. */
function lineOf(inlines: readonly Inline[], said: Said | undefined): string {
  return plain(inlines, said)
    .replace(/\n{2,}/g, '\n')
    .replace(/^\n|\n$/g, '')
}

/** True for a link to a player that has no name but the one given here: no words of the page. */
function isNamelessEmbed(inlines: readonly Inline[]): boolean {
  const [only] = inlines
  return inlines.length === 1 && only?.kind === 'link' && isEmbedName(plain(only.children))
}

function linesOf(blocks: readonly Block[], said?: Said): string[] {
  return blocks
    .flatMap((block, index): string[] => {
      switch (block.kind) {
        case 'paragraph': {
          if (isNamelessEmbed(block.inlines)) return []
          const caption = pictureOf(blocks[index - 1])?.alt
          // A caption below its picture is what is said of that.
          return caption !== undefined && says(block, caption) ? [] : [lineOf(block.inlines, said)]
        }
        case 'heading':
          return [lineOf(block.inlines, said)]
        case 'quote':
          return linesOf(block.blocks, said)
        case 'list':
          return block.items.flatMap((item) => linesOf(item.blocks, said))
        case 'code-block':
          return [block.text]
        case 'table':
          return block.rows.map((row) =>
            row
              .map((cell) => lineOf(cell, said))
              .join('\t')
              .trim(),
          )
        default:
          return []
      }
    })
    .filter((line) => line.trim() !== '')
}

function imagesIn(inlines: readonly Inline[]): Image[] {
  return inlines.flatMap((inline) => {
    if (inline.kind === 'image') return [inline]
    return inline.kind === 'link' || inline.kind === 'mark' ? imagesIn(inline.children) : []
  })
}

function pictures(blocks: readonly Block[]): Image[] {
  return blocks.flatMap((block) => {
    const lines = 'inlines' in block ? [block.inlines] : block.kind === 'table' ? block.rows.flat() : []
    return [...lines.flatMap(imagesIn), ...pictures(innerBlocks(block))]
  })
}

/** What a Markdown body says and shows. */
export interface Contents {
  /**
   * Blocks separated by a blank line, no markup. No part of it are the captions, which `images` have, of a story that is more
   * than its pictures; nor what a player is called that the page does not name.
   */
  text: string
  /** In their order. `caption` is null where the brackets are empty. */
  images: Picture[]
}

/** The captions of pictures, those that are no part of the text. */
function captionsIn(images: readonly Picture[]): string[] {
  return images.map(({ caption }) => caption).filter((caption) => caption !== null)
}

/** All words of a story: its text, and the captions that are no part of it, a paragraph each. */
export function wordsOf({ text, images }: Contents): string {
  const lines = text === '' ? [] : text.split('\n\n')
  const told = new Set(lines)
  return [...lines, ...captionsIn(images).filter((caption) => !told.has(caption))].join('\n\n')
}

/** The lines that blocks say, with the captions of pictures in their places. */
export function linesWithCaptions(blocks: readonly Block[]): string[] {
  return linesOf(blocks, ({ alt }) => alt)
}

/** What blocks say and show: what is read back of the Markdown that they are written as is the same. */
export function contentsOf(blocks: readonly Block[]): Contents {
  const images = pictures(blocks).map(({ url, alt, path = null }) => ({ url, caption: alt === '' ? null : alt, path }))
  const lines = linesOf(blocks)
  return { text: (lines.length === 0 ? captionsIn(images) : lines).join('\n\n'), images }
}
