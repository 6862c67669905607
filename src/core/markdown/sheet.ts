import { JOINED, MARKER, NOTHING, TIGHT } from './block-rules.ts'
import { canFollow, isTight } from './tightness.ts'
import type { Block, List, ListItem, Quote } from '../blocks.ts'
import { writeCodeBlock } from './write-code.ts'
import { writeInlines } from './write-inline.ts'
import { writeTable } from './write-table.ts'

const MAX_NUMBER = 999_999_999
const BOXES = { true: '[x] ', false: '[ ] ' } as const

type Bullet = '-' | '+' | '.' | ')'

function bullet(list: List, avoid: Bullet | null): Bullet {
  if (list.start === null) return avoid === '-' ? '+' : '-'
  return avoid === '.' ? ')' : '.'
}

interface Sheet {
  document: Document
  /** True within a quote, however deep. */
  isQuoted: boolean
}

function itemElement(sheet: Sheet, { checked, blocks }: ListItem, marker: string, own: Bullet): Element {
  const element = sheet.document.createElement('li')
  const isTask = checked !== null && blocks[0]?.kind === 'paragraph'
  const box = isTask ? BOXES[`${checked}`] : ''
  element.setAttribute(MARKER, `${marker} `)
  fill(sheet, element, blocks, own, box)
  if (blocks.length === 0) element.appendChild(sheet.document.createTextNode(NOTHING))
  return element
}

function listElement(sheet: Sheet, list: List, own: Bullet): Element {
  const element = sheet.document.createElement(list.start === null ? 'ul' : 'ol')
  const tight = isTight(list)
  if (tight) element.setAttribute(TIGHT, '')
  const start = Math.min(list.start ?? 0, MAX_NUMBER - list.items.length)
  for (const [index, item] of list.items.entries()) {
    const child = itemElement(sheet, item, list.start === null ? own : `${start + index}${own}`, own)
    if (tight) child.setAttribute(TIGHT, '')
    element.appendChild(child)
  }
  return element
}

/** The lines of a block that holds no others. */
function linesOf(block: Exclude<Block, List | Quote>, lead: string, beginsItem: boolean): string {
  switch (block.kind) {
    case 'paragraph':
      return lead + writeInlines(block.inlines, beginsItem ? 'item' : 'paragraph')
    case 'heading':
      return `${'#'.repeat(block.level)} ${writeInlines(block.inlines, 'heading')}`
    case 'code-block':
      return writeCodeBlock(block)
    case 'table':
      return writeTable(block)
    default:
      // Asterisks, for a line of dashes would end front matter, or make a heading of the line above.
      return '***'
  }
}

function blockElement(sheet: Sheet, block: Exclude<Block, List>, lead: string, beginsItem: boolean): Element {
  const element = sheet.document.createElement(block.kind === 'quote' ? 'blockquote' : 'p')
  if (block.kind === 'quote') fill({ ...sheet, isQuoted: true }, element, block.blocks, null, '')
  else element.appendChild(sheet.document.createTextNode(linesOf(block, lead, beginsItem)))
  return element
}

function fill(sheet: Sheet, target: Element, blocks: readonly Block[], around: Bullet | null, lead: string): void {
  // Two lists in a row, or one that begins an item, take another bullet: `- - -` would be a rule.
  let last: Bullet | null = around
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'list') {
      last = bullet(block, last)
      const list = listElement(sheet, block, last)
      const before = blocks[index - 1]
      // micromark takes a blank line between two lists in a quote for one within the first.
      if (before?.kind === 'list' && canFollow(before, block)) list.setAttribute(JOINED, '')
      target.appendChild(list)
    } else {
      last = null
      const element = blockElement(sheet, block, index === 0 ? lead : '', index === 0 && around !== null)
      // And one between a list and a quote, both in a quote.
      if (sheet.isQuoted && block.kind === 'quote' && blocks[index - 1]?.kind === 'list')
        element.setAttribute(JOINED, '')
      target.appendChild(element)
    }
  }
}

/**
 * The blocks as the elements that turndown lays out, each line already Markdown. The root is a `<pre>`, within which
 * turndown leaves white space alone.
 */
export function sheetOf(blocks: readonly Block[], document: Document): HTMLElement {
  const root = document.createElement('pre')
  fill({ document, isQuoted: false }, root, blocks, null, '')
  return root
}
