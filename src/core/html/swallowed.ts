import { getOrMake } from '../get-or-make.ts'
import { type ProseParagraph, paragraphsOf } from './prose.ts'
import { readAll, type TokenReader } from './tokenize.ts'

/** Where an element of a name begins: pages have many of the same few. */
const begins = new Map<string, RegExp>()

function beginOf(name: string): RegExp {
  return getOrMake(begins, name, () => new RegExp(`<${name}[\\s/>]`, 'i'))
}

/** Reads what is swallowed in `html` in a pass over its tokens that is made for something else: see `swallowedIn`. */
export function swallowedReader(html: string): TokenReader<ProseParagraph[]> {
  const found: ProseParagraph[] = []
  let raw: { name: string; from: number } | null = null
  const take = (inner: string): void => void found.push(...paragraphsOf(inner))

  return {
    meet(token) {
      if (raw !== null) {
        const inner = html.slice(raw.from, token.start)
        if (beginOf(raw.name).test(inner)) take(inner)
        raw = null
      }
      if (token.kind === 'start' && token.isRaw) raw = { name: token.name, from: token.end }
      else if (token.kind === 'comment' && html.startsWith('<!--', token.start)) {
        const inner = html.slice(token.start + 4, token.end)
        if (inner.includes('<!--') || !/--!?>$/.test(html.slice(token.end - 4, token.end))) take(inner)
      }
    },
    end() {
      if (raw !== null) take(html.slice(raw.from))
      return found
    },
  }
}

/**
 * The paragraphs of HTML that stand in raw text or a comment which goes on over the beginning of another of its kind, or up
 * to the end: whose own end is missing. No browser shows them.
 */
export function swallowedIn(html: string): ProseParagraph[] {
  return readAll(html, swallowedReader(html))
}
