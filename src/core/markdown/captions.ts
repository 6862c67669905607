import { pictureOf } from './read-figure.ts'
import { type Block, type Inline, paragraph, plain, text } from '../blocks.ts'

function captionOf(block: Block, everyAlt: boolean): Inline[] | null {
  const image = pictureOf(block)
  if (image === null || block.kind !== 'paragraph') return null
  if (block.caption !== null) return block.caption
  return (everyAlt || image.captioned) && image.alt !== '' ? [text(image.alt)] : null
}

const solid = (words: string): string => words.replace(/\s+/g, '')

/** True for a paragraph of these words and no others, however its lines are broken. */
export function says(block: Block | undefined, words: string): boolean {
  return block?.kind === 'paragraph' && solid(plain(block.inlines)) === solid(words)
}

/**
 * Puts each picture's caption behind it as a paragraph, unless one that says the same stands there already.
 * `everyAlt` also takes the words of a picture that has no caption of its own.
 */
export function placeCaptions(blocks: readonly Block[], everyAlt: boolean): Block[] {
  return blocks.flatMap((block, index): Block[] => {
    if (block.kind === 'quote') return [{ ...block, blocks: placeCaptions(block.blocks, everyAlt) }]
    if (block.kind === 'list') {
      const items = block.items.map((item) => ({ ...item, blocks: placeCaptions(item.blocks, everyAlt) }))
      return [{ ...block, items }]
    }
    const caption = captionOf(block, everyAlt)
    if (caption === null || says(blocks[index + 1], plain(caption).trim())) return [block]
    return [block, paragraph(caption, true)]
  })
}
