import TurndownService from 'turndown'
import { parseHtml } from '../html/html.ts'
import { blockRules } from './block-rules.ts'
import { type Contents, contentsOf } from './contents.ts'
import { placeCaptions } from './captions.ts'
import { escapeAlone } from './write-line.ts'
import { settleHeadings } from './headings.ts'
import { readBlocks } from './read-blocks.ts'
import { sheetOf } from './sheet.ts'
import type { Block } from '../blocks.ts'

function newService(): TurndownService {
  const service = new TurndownService()
  for (const [name, rule] of Object.entries(blockRules)) service.addRule(name, rule)
  // Lines reach turndown as Markdown: what must be escaped is only known where a line is whole.
  service.escape = (text) => text
  return service
}

const service = newService()

/** Makes the elements that are written; none of them becomes part of it. */
let maker: Document | undefined

function write(blocks: readonly Block[]): string {
  maker ??= parseHtml('')
  return blocks.length === 0 ? '' : service.turndown(sheetOf(blocks, maker))
}

/**
 * HTML as Markdown (CommonMark with GFM's tables, strikethrough and task lists), without a newline at its end; empty
 * when nothing in it speaks. `baseUrl` makes links and pictures absolute.
 */
export function toMarkdown(html: string, baseUrl?: string): string {
  // What a fragment begins with would stand in the head: a picture in `noscript` too.
  const document = parseHtml(/^\s*<(?:!doctype|html|head)\b/i.test(html) ? html : `<body>${html}`)
  return write(placeCaptions(readBlocks(document.body, baseUrl ?? null), false))
}

/** A body as Markdown, and what that says and shows. */
export interface MarkdownBody extends Contents {
  /** Without a newline at its end. */
  markdown: string
}

/** Headings of a body start below the story's own, which is a level-2 heading. */
const TOP_HEADING = 3

/** A story's body as Markdown, its highest heading below the story's own headline. Consumes the blocks. */
export function writeBody(blocks: Block[]): MarkdownBody {
  settleHeadings(blocks, TOP_HEADING)
  return { markdown: write(blocks), ...contentsOf(blocks) }
}

/**
 * A headline as it stands within `[...](url)`: on one line, nothing in it read as markup. A bar is a reference, for
 * markdown-it takes a line with an escaped one, above dashes, for a table.
 */
export function escapeInline(text: string): string {
  return escapeAlone(text).replaceAll(String.raw`\|`, '&#124;')
}
