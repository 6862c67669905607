import { createRequire } from 'node:module'
import type { Readability as Reader } from '@mozilla/readability'

/** 350 ms and 30 MB that only a page without a layout is worth; at once, since the library answers without a promise. */
const load = createRequire(import.meta.url)

/** Fewer letters are no article. Readability counts them with tags of inline markup left out. */
const MIN_LETTERS = 80

/**
 * The HTML of the part of a whole page that Mozilla's Readability takes for its article, with the classes of its elements;
 * `null` where it finds none. It is less strict about what may be one until it has `least` letters. Scripts do not run, and
 * what they hold is not looked at.
 */
export function mainContent(html: string, least = MIN_LETTERS): string | null {
  const { parseHTML } = load('linkedom') as typeof import('linkedom')
  const { Readability } = load('@mozilla/readability') as { Readability: typeof Reader }
  try {
    const { document } = parseHTML(html)
    const options = { keepClasses: true, charThreshold: least, disableJSONLD: true }
    return new Readability(document, options).parse()?.content ?? null
  } catch {
    // Both call themselves, or pass thousands of nodes as arguments: pages made for it exhaust the stack.
    return null
  }
}
