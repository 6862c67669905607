import type { Rule } from 'turndown'

/** Attributes of the sheet that turndown lays out; see `sheet.ts`. */
export const TIGHT = 'data-tight'
export const MARKER = 'data-marker'
/** Stands in an item that is empty, for turndown leaves blank elements out. */
export const NOTHING = '\u0000'

function gap(node: Node): string {
  return (node.parentNode as Element | null)?.hasAttribute(TIGHT) === true ? '\n' : '\n\n'
}

function apart(content: string, node: Node): string {
  return `${gap(node)}${content}${gap(node)}`
}

function trimLines(content: string): string {
  return content.replace(/^\n+|\n+$/g, '')
}

const line: Rule = {
  filter: ['p', 'table', 'pre'],
  replacement: apart,
}

const heading: Rule = {
  filter: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  replacement: (content, node) => apart(`${'#'.repeat(Number(node.nodeName.charAt(1)))} ${content}`, node),
}

const quote: Rule = {
  filter: 'blockquote',
  replacement: (content, node) =>
    apart(
      trimLines(content)
        .replace(/^(?=.)/gm, '> ')
        .replace(/^$/gm, '>'),
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
    const text = body === NOTHING ? marker.trimEnd() : `${marker}${body.replace(/\n(?=[^\n])/g, `\n${indent}`)}`
    return apart(text, node)
  },
}

/** Asterisks, for a line of dashes would end front matter, or make a heading of the line above. */
const rule: Rule = {
  filter: 'hr',
  replacement: (_, node) => apart('***', node),
}

export const blockRules: Readonly<Record<string, Rule>> = { line, heading, quote, list, item, rule }
