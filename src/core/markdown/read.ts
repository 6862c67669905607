import { parseHtml } from '../html/html.ts'
import { contentsOf, linesWithCaptions } from './contents.ts'
import type { MarkdownBody } from './index.ts'
import { partsOf } from './plain.ts'
import { readBlocks } from './read-blocks.ts'
import { renderMarkdown } from './render.ts'
import type { Block } from '../blocks.ts'

function blocksOf(markdown: string): Block[] {
  return partsOf(markdown).flatMap((part) => {
    if ('block' in part) return part.block
    return readBlocks(parseHtml('html' in part ? part.html : renderMarkdown(part.markdown)).body, null)
  })
}

/** The paragraphs of a Markdown body as plain text, with the captions of its pictures in their places. */
export function paragraphsOf(markdown: string): string[] {
  return linesWithCaptions(blocksOf(markdown))
}

/** Reads a Markdown body back. */
export function readMarkdown(markdown: string): MarkdownBody {
  return { markdown, ...contentsOf(blocksOf(markdown)) }
}
