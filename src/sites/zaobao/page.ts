import { cutElements } from '../../core/html/cut.ts'
import { compileSelector } from '../../core/html/selector.ts'
import type { Selector, Tag } from '../../core/html/selector.ts'
import { onOneLine } from '../../core/text/headline.ts'
import { parseHtml } from '../../core/html/html.ts'
import { isHidden, isLabel } from '../../core/html/hidden.ts'
import { all } from './dom.ts'

/** An element of a page, as text. */
export interface Part extends Tag {
  readonly outer: string
  readonly inner: string
  /** Place in the page, to compare with that of other parts alone. */
  readonly start: number
  readonly end: number
}

/** Names of parts, and the selectors (of `selector.ts`) that ask for them. */
export type Wanted<K extends string = string> = Readonly<Record<K, string>>

/** Sets of parts that are looked for in one pass over the page. */
export interface Pass {
  readonly sets: readonly Wanted[]
  /** All of them; a name begins with its set's place in `sets`. */
  readonly all: Wanted
}

export function onePass(sets: readonly Wanted[]): Pass {
  const entries = sets.flatMap((set, at) => Object.entries(set).map(([key, list]) => [`${at} ${key}`, list]))
  return { sets, all: Object.fromEntries(entries) }
}

/** A page in hand: what generations ask of it. The DOM is built only where the text cannot be cut safely. */
export interface Page {
  readonly html: string
  readonly url: string
  /** The outermost elements that each selector asks for, in order. */
  parts<K extends string>(wanted: Wanted<K>): Record<K, Part[]>
}

/** True when the tag carries the class. */
export function hasClass(tag: Tag, name: string): boolean {
  const value = tag.attribute('class')
  return value !== null && value.includes(name) && value.split(/\s+/).includes(name)
}

function tagOf(element: Element): Tag {
  return { name: element.localName, attribute: (name) => element.getAttribute(name) }
}

function domParts<K extends string>(document: Document, wanted: Record<K, string>): Record<K, Part[]> {
  const selectors = Object.entries<string>(wanted).map(([key, list]) => [key, compileSelector(list)] as [K, Selector])
  const found = Object.fromEntries(selectors.map(([key]) => [key, []])) as unknown as Record<K, Part[]>
  const reached = new Map<K, number>()
  for (const [index, element] of all(document, '*').entries()) {
    const tag = tagOf(element)
    for (const [key, selector] of selectors) {
      if (index < (reached.get(key) ?? 0) || !selector.matches(tag)) continue
      const end = index + all(element, '*').length + 1
      reached.set(key, end)
      const raw = element.localName === 'script' || element.localName === 'title'
      const inner = raw ? element.textContent : element.innerHTML
      found[key].push({ ...tag, outer: element.outerHTML, inner, start: index, end })
    }
  }
  return found
}

/**
 * A page from its text and the address it came from. The sets of `pass` are looked for at once, when one is asked for.
 * `cut` may be one that refuses all, for a reading by the DOM alone.
 */
export function pageOf(
  html: string,
  url: string,
  pass: Pass | null = null,
  cut: typeof cutElements = cutElements,
): Page {
  let document: Document | undefined
  const found = new Map<Wanted, Record<string, Part[]>>()

  function look<K extends string>(wanted: Wanted<K>): Record<K, Part[]> {
    const parts = cut(html, wanted)
    if (parts !== null) return parts
    document ??= parseHtml(html)
    return domParts(document, wanted)
  }

  function lookForAll({ sets, all: wanted }: Pass): void {
    const parts = look(wanted)
    for (const [at, set] of sets.entries()) {
      found.set(set, Object.fromEntries(Object.keys(set).map((key) => [key, parts[`${at} ${key}`] ?? []])))
    }
  }

  return {
    html,
    url,
    parts<K extends string>(wanted: Wanted<K>) {
      if (pass?.sets.includes(wanted) === true && !found.has(wanted)) lookForAll(pass)
      return (found.get(wanted) as Record<K, Part[]> | undefined) ?? look(wanted)
    },
  }
}

/** Elements that stand in a line; any other parts what is before it from what is behind it. */
const IN_LINE = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q ruby rb rt rtc rp s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)
const UNSEEN = new Set('script style template noscript'.split(' '))

/** The text under a node as a reader sees it; with what is hidden when asked. */
function textUnder(node: Node, withHidden: boolean): string {
  if (node.nodeType === 3) return node.nodeValue ?? ''
  if (node.nodeType !== 1) return ''
  const element = node as Element
  if (UNSEEN.has(element.localName) || (!withHidden && (isLabel(element) || isHidden(element)))) return ''
  const parts: string[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) parts.push(textUnder(child, withHidden))
  return IN_LINE.has(element.localName) ? parts.join('') : `\n${parts.join('')}\n`
}

/** The text of a fragment that a reader sees: tags gone, a space where one breaks the line, white space collapsed. */
export function textOfHtml(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return collapse(html)
  const { body } = parseHtml(`<!DOCTYPE html><body>${html}`)
  return collapse(textUnder(body, false)) || collapse(textUnder(body, true))
}

/** On one line, none but plain spaces; the invisible marks that pages carry are gone. */
export function collapse(text: string): string {
  return onOneLine(text.replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, ''))
}
