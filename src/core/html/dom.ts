import { parseHtml } from './html.ts'
import type { StartTag } from './selector.ts'

/**
 * Walks that domino's own lists do not serve: they are not all iterable, and reading `childNodes` (so `textContent`, `contains`) makes every later
 * removal beside it as slow as the list is long.
 */

/** The element children of an element, as they are now. */
export function childElements(element: Element): Element[] {
  const found: Element[] = []
  for (let child = element.firstElementChild; child !== null; child = child.nextElementSibling) found.push(child)
  return found
}

/** The children of a node, as they are now. */
export function childNodes(node: Node): Node[] {
  const found: Node[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child)
  return found
}

/**
 * The innermost element of one of some names that an element is or stands in; `null` for none. domino's own `closest` compiles its
 * selector anew at each step.
 */
export function closest(element: Element, ...names: string[]): Element | null {
  let here: Element | null = element
  while (here !== null && !names.includes(here.localName)) here = here.parentElement
  return here
}

/** Elements by tag name, in the order of the document. */
export function descendants(element: Element, name: string): Element[] {
  return Array.from(element.getElementsByTagName(name))
}

/** The elements under `root`, as they are now. */
function elementsUnder(root: Node, found: Element[] = []): Element[] {
  for (let node = root.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType !== 1) continue
    found.push(node as Element)
    elementsUnder(node, found)
  }
  return found
}

/** The elements under `root` that match, as they are now. */
export function all(root: ParentNode, selector: string): Element[] {
  if (selector === '*') return elementsUnder(root)
  if (!selector.includes(',')) return Array.from(root.querySelectorAll(selector))
  // Of a list of selectors domino looks each find up among all the others.
  return elementsUnder(root).filter((element) => element.matches(selector))
}

/** The first element under `root` that matches. domino answers `undefined` where the DOM answers `null`. */
export function one(root: ParentNode, selector: string): Element | null {
  return root.querySelector(selector) ?? null
}

/** Puts nodes where another one stands. */
export function replace(old: Element, others: readonly Node[]): void {
  const parent = old.parentNode
  if (parent === null) return
  for (const other of others) parent.insertBefore(other, old)
  if (old.parentNode === parent) parent.removeChild(old)
}

/** Puts an element of another name, with its children and no attribute, where one stands. */
export function renamed(element: Element, name: string): Element {
  const other = element.ownerDocument.createElement(name)
  while (element.firstChild !== null) other.appendChild(element.firstChild)
  replace(element, [other])
  return other
}

/** A piece of HTML as the body of a document of its own: what one piece leaves open does not reach into the next. */
export function bodyElement(html: string): Element {
  return parseHtml(`<!DOCTYPE html><body>${html}`).body
}

/** How many characters of text stand under a node, white space apart. */
export function textLength(node: Node): number {
  if (node.nodeType === 3) return (node.nodeValue ?? '').replace(/\s+/g, '').length
  let length = 0
  for (let child = node.firstChild; child !== null; child = child.nextSibling) length += textLength(child)
  return length
}

/** True when a node stands in another one. */
export function isWithin(node: Node, holder: Node): boolean {
  for (let up = node.parentNode; up !== null; up = up.parentNode) if (up === holder) return true
  return false
}

/** True where an element, or one that holds it, passes. */
export function someAround(element: Element, test: (each: Element) => boolean): boolean {
  for (let here: Element | null = element; here !== null; here = here.parentElement) if (test(here)) return true
  return false
}

/** An element as selectors of `core/html/selector.ts` look at it. */
export function tagOf(element: Element): StartTag {
  return { name: element.localName, attribute: (name) => element.getAttribute(name) }
}
