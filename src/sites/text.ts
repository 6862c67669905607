import { IN_TEXT } from '../core/html/elements.ts'
import { isHidden, isLabel } from '../core/html/hidden.ts'
import { onOneLine } from '../core/text/headline.ts'
import { bodyElement } from '../core/html/dom.ts'

const UNSEEN = new Set('script style template noscript'.split(' '))

/** The text under a node as a reader sees it; with what is hidden when asked. */
function textUnder(node: Node, withHidden: boolean): string {
  if (node.nodeType === 3) return node.nodeValue ?? ''
  if (node.nodeType !== 1) return ''
  const element = node as Element
  if (UNSEEN.has(element.localName) || (!withHidden && (isLabel(element) || isHidden(element)))) return ''
  const parts: string[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) parts.push(textUnder(child, withHidden))
  return IN_TEXT.has(element.localName) ? parts.join('') : `\n${parts.join('')}\n`
}

/** A tag that stands in a line and hides nothing; a name that is longer does not begin one. */
const PLAIN_TAG =
  /<\/?(?:a|b|em|font|i|small|span|strong|sub|sup|time|u)(?:\s+(?:class="(?![^"]*(?:hidden|invisible|reader|sr-only))[^"]*"|(?:href|id|rel|target|title|datetime)="[^"]*"))*\s*>/gi

/** The text of a fragment that a reader sees: tags gone, a space where one breaks the line, white space collapsed. */
export function textOfHtml(html: string): string {
  // Most need no tree.
  const plain = /[&\0]/.test(html) ? html : html.replace(PLAIN_TAG, '')
  if (!/[<&]/.test(plain)) return collapse(plain)
  const body = bodyElement(html)
  return collapse(textUnder(body, false)) || collapse(textUnder(body, true))
}

/** On one line, none but plain spaces; the invisible marks that pages carry are gone. */
export function collapse(text: string): string {
  return onOneLine(text.replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, ''))
}

/** HTML without elements of these names, and what they hold; they do not stand in one another. */
export function withoutElements(html: string, names: readonly string[]): string {
  const [start, end] = [`<(?=(?:${names.join('|')})\\b)`, `</(?:${names.join('|')})\\b`].map(
    (each) => new RegExp(each, 'i'),
  )
  const [before, ...pieces] = html.split(start!)
  const behind = pieces.map((piece) => {
    const at = piece.search(end!)
    return at === -1 ? '' : piece.slice(at)
  })
  return [before, ...behind].join('')
}
