import { firstOf } from '../../core/first.ts'
import { one } from '../../core/html/dom.ts'
import { collapse } from '../text.ts'
import { type ListEntry, wholeTitle } from './entries.ts'
import type { TimeOf } from './list-times.ts'

/** The markup that list pages had for a time. */
export interface ListKind {
  readonly name: string
  /** When it was served, as far as is known. */
  readonly era: string
  /** True where the page has a list of this kind, entries or not. */
  matches(document: Document): boolean
  entries(document: Document, timeOf: TimeOf): ListEntry[]
}

/** An entry from its element: the link's address and headline, and the time that `time` finds. */
export function entryOf(element: Element, timeOf: TimeOf, parts: { title?: string; time?: string } = {}): ListEntry {
  const link = element.localName === 'a' ? element : one(element, 'a[href]')
  const titled = parts.title === undefined ? link : (one(element, parts.title) ?? link)
  const shown = parts.time === undefined ? null : one(element, parts.time)
  const href = link?.getAttribute('href') ?? null
  const attribute = titled?.getAttribute('title') ?? link?.getAttribute('title') ?? null
  return {
    title: wholeTitle(titled?.textContent ?? '', attribute),
    href,
    published: shown === null ? null : timeOf(shown.textContent, href),
    holder: element,
  }
}

/** The first text among elements that is the time of the story at `href`. */
export function timeAmong(elements: readonly Element[], timeOf: TimeOf, href: string | null): string | null {
  return firstOf(elements, (element) => {
    const text = collapse(element.textContent)
    return text.length <= 40 ? timeOf(text, href) : null
  })
}
