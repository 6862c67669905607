import type { StoryBody } from '../model.ts'
import { placeCaptions } from './captions.ts'
import { readBlocks } from './read-blocks.ts'

/**
 * The body that an element holds, as plain values. A picture that stands alone is followed by its caption as a paragraph. Links
 * are relative to `base`, the story's address; `null` where that is not known. The element may be changed.
 */
export function readBody(element: Element, base: string | null): StoryBody {
  const { innerHTML: html, textContent: text } = element
  return { html, text, blocks: placeCaptions(readBlocks(element, base), true) }
}
