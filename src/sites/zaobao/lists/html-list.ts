import { one } from '../dom.ts'
import { collapse } from '../page.ts'
import type { Entry } from './entries.ts'
import { wholeTitle } from './entries.ts'
import { listTime } from './list-times.ts'

/** The markup that list pages had for a time. */
export interface ListKind {
  readonly name: string
  /** When it was served, as far as is known. */
  readonly era: string
  /** True where the page has a list of this kind, entries or not. */
  matches(document: Document): boolean
  entries(document: Document, now: number): Entry[]
}

function linkOf(element: Element): Element | null {
  return element.localName === 'a' ? element : one(element, 'a[href]')
}

/** An entry from its element: the link's address and headline, and the time that `time` finds. */
export function entryOf(element: Element, now: number, parts: { title?: string; time?: string }): Entry {
  const link = linkOf(element)
  const titled = parts.title === undefined ? link : (one(element, parts.title) ?? link)
  const shown = parts.time === undefined ? null : one(element, parts.time)
  const href = link?.getAttribute('href') ?? null
  const attribute = titled?.getAttribute('title') ?? link?.getAttribute('title') ?? null
  return {
    title: wholeTitle(titled?.textContent ?? '', attribute),
    href,
    published: shown === null ? null : listTime(shown.textContent, now, href),
    holder: element,
  }
}

/** The first text among elements that `listTime` can read as the time of day of the story at `href`. */
export function timeAmong(elements: readonly Element[], now: number, href: string | null): string | null {
  for (const element of elements) {
    const text = collapse(element.textContent)
    const time = text.length <= 40 ? listTime(text, now, href) : null
    if (time !== null) return time
  }
  return null
}

/** True when an element stands in a side list: those are not the section's. */
export function isAside(element: Element): boolean {
  for (let here: Element | null = element; here !== null; here = here.parentElement) {
    if (here.localName === 'astro-island' && /HotNews/i.test(here.getAttribute('component-url') ?? '')) return true
  }
  return false
}
