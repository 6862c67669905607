import { createRequire } from 'node:module'
import type { Readability as Reader } from '@mozilla/readability'

/** 350 ms and 30 MB that only a page without a layout is worth; at once, since the library answers without a promise. */
const load = createRequire(import.meta.url)

/** Fewer letters are no article. Readability counts them with tags of inline markup left out. */
const MIN_LETTERS = 80

/**
 * The HTML of the part of a page that Mozilla's Readability takes for its article, with the classes of its elements;
 * `null` where it finds none. Scripts do not run.
 */
export function mainContent(html: string): string | null {
  const { parseHTML } = load('linkedom') as typeof import('linkedom')
  const { Readability } = load('@mozilla/readability') as { Readability: typeof Reader }
  const { document } = parseHTML(/<html[\s>]/i.test(html) ? html : `<!DOCTYPE html><html><body>${html}</body></html>`)
  const found = new Readability(document, { keepClasses: true, charThreshold: MIN_LETTERS }).parse()
  return found?.content ?? null
}
