import type { Rule } from 'turndown'

/** Attributes of the sheet that turndown lays out; see `sheet.ts`. */
export const TIGHT = 'data-tight'
/** On a list that follows another without a blank line. */
export const JOINED = 'data-joined'
export const MARKER = 'data-marker'
/** Stands in an item that is empty, for turndown leaves blank elements out. */
export const NOTHING = '\u0000'

function apart(content: string, node: Node): string {
  const element = node as Element
  const isTight = element.parentElement?.hasAttribute(TIGHT) === true
  const before = isTight || element.hasAttribute(JOINED) ? '\n' : '\n\n'
  const after = isTight || element.nextElementSibling?.hasAttribute(JOINED) === true ? '\n' : '\n\n'
  return `${before}${content}${after}`
}

function trimLines(content: string): string {
  return content.replace(/^\n+|(?<!\n)\n+$/g, '')
}

const line: Rule = {
  filter: 'p',
  replacement: apart,
}

const quote: Rule = {
  filter: 'blockquote',
  replacement: (content, node) =>
    apart(
      trimLines(content)
        .split('\n')
        .map((text) => (text === '' ? '>' : `> ${text}`))
        .join('\n'),
      node,
    ),
}

const list: Rule = {
  filter: ['ul', 'ol'],
  replacement: (content, node) => apart(trimLines(content), node),
}

const item: Rule = {
  filter: 'li',
  replacement: (content, node) => {
    const marker = (node as Element).getAttribute(MARKER) ?? ''
    const body = trimLines(content)
    const indent = ' '.repeat(marker.trimEnd().length + 1)
    // goldmark loses its place at an item without any words.
    const text = body === NOTHING ? `${marker}&nbsp;` : `${marker}${body.replace(/\n(?=[^\n])/g, `\n${indent}`)}`
    return apart(text, node)
  },
}

export const blockRules: Readonly<Record<string, Rule>> = { line, quote, list, item }
