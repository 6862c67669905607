import { cutElements } from '../../core/cut.ts'
import type { Tag } from '../../core/cut.ts'
import { parseHtml } from '../../core/html.ts'
import { all } from './dom.ts'

/** An element of a page, as text. */
export interface Part extends Tag {
  readonly outer: string
  readonly inner: string
  /** Place in the page, to compare with that of other parts alone. */
  readonly start: number
  readonly end: number
}

/** A page in hand: what generations ask of it. The DOM is built only where the text cannot be cut safely. */
export interface Page {
  readonly html: string
  readonly url: string
  /** The outermost elements that each test asks for, in order. */
  parts<K extends string>(wanted: Record<K, (tag: Tag) => boolean>): Record<K, Part[]>
}

/** True when the tag carries the class. */
export function hasClass(tag: Tag, name: string): boolean {
  const value = tag.attribute('class')
  return value !== null && value.includes(name) && value.split(/\s+/).includes(name)
}

function tagOf(element: Element): Tag {
  return { name: element.localName, attribute: (name) => element.getAttribute(name) }
}

function domParts<K extends string>(document: Document, wanted: Record<K, (tag: Tag) => boolean>): Record<K, Part[]> {
  const tests = Object.entries<(tag: Tag) => boolean>(wanted) as Array<[K, (tag: Tag) => boolean]>
  const found = Object.fromEntries(tests.map(([key]) => [key, []])) as unknown as Record<K, Part[]>
  const last = new Map<K, Element>()
  for (const [index, element] of all(document, '*').entries()) {
    const tag = tagOf(element)
    for (const [key, test] of tests) {
      if (!test(tag) || last.get(key)?.contains(element) === true) continue
      last.set(key, element)
      const raw = element.localName === 'script' || element.localName === 'title'
      const inner = raw ? element.textContent : element.innerHTML
      const end = index + all(element, '*').length + 1
      found[key].push({ ...tag, outer: element.outerHTML, inner, start: index, end })
    }
  }
  return found
}

/** A page from its text and the address it came from. */
export function pageOf(html: string, url: string): Page {
  let document: Document | undefined
  return {
    html,
    url,
    parts(wanted) {
      const cut = cutElements(html, wanted)
      if (cut !== null) return cut
      document ??= parseHtml(html)
      return domParts(document, wanted)
    },
  }
}

/** The text of a fragment: tags gone, references decoded, white space collapsed. */
export function textOfHtml(html: string): string {
  const text =
    html.includes('<') || html.includes('&') ? parseHtml(`<!DOCTYPE html><body>${html}`).body.textContent : html
  return collapse(text)
}

/** White space as one space, none at the ends; the invisible marks that pages carry are gone. */
export function collapse(text: string): string {
  return text
    .replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
