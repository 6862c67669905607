import { type Cut, cutElements } from '../../core/html/cut.ts'
import { compileAll, listsFor } from '../../core/html/selector.ts'
import { endsRoot, isEnded } from '../../core/html/end.ts'
import { parseHtml } from '../../core/html/html.ts'
import { type ProseParagraph, proseReader } from '../../core/html/prose.ts'
import { swallowedReader } from '../../core/html/swallowed.ts'
import { type Tokenizer, tokenizer } from '../../core/html/tokenize.ts'
import { all, tagOf } from '../../core/html/dom.ts'
import { type LinkOn, linksOnReader } from './next-page.ts'

/** An element of a page, as text. Its place is to be compared with that of other parts alone. */
export type Part = Cut

/** Names of parts, and the selectors (of `selector.ts`) that ask for them. */
export type PartSelectors<K extends string = string> = Readonly<Record<K, string>>

/** Sets of parts that are looked for in one pass over the page. */
export interface Pass {
  readonly sets: readonly PartSelectors[]
  /** All of them; a name begins with its set's place in `sets`. */
  readonly all: PartSelectors
}

export function onePass(sets: readonly PartSelectors[]): Pass {
  const entries = sets.flatMap((set, at) => Object.entries(set).map(([key, list]) => [`${at} ${key}`, list]))
  return { sets, all: Object.fromEntries(entries) }
}

/**
 * A page in hand: what generations ask of it. Its text is gone over once for nearly all of it; the DOM is built only where the
 * text cannot be cut safely.
 */
export interface Page {
  readonly html: string
  readonly url: string
  /** The outermost elements that each selector asks for, in order. */
  parts<K extends string>(wanted: PartSelectors<K>): Record<K, Part[]>
  /** The paragraphs that it shows: see `paragraphsOf`. */
  prose(): readonly ProseParagraph[]
  /** The paragraphs that no browser shows: see `swallowedIn`. */
  swallowed(): readonly ProseParagraph[]
  /** Those of its links that may lead to another page of the story. */
  linksOn(): readonly LinkOn[]
  /** False where it ends before its time: see `isEnded`. */
  isEnded(): boolean
}

function domParts<K extends string>(document: Document, wanted: Record<K, string>): Record<K, Part[]> {
  const compiled = compileAll(wanted)
  const found = listsFor<K, Part>(compiled)
  const reached = new Map<K, number>()
  for (const [index, element] of all(document, '*').entries()) {
    const tag = tagOf(element)
    for (const [key, selector] of compiled.selectors) {
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
  const found = new Map<PartSelectors, Record<string, Part[]>>()
  const prose = proseReader(html)
  const swallowed = swallowedReader(html)
  const links = linksOnReader(html)
  let hasEnd = false
  const next = tokenizer(html)
  /** The first pass over the page finds on the way what is asked of it besides parts. */
  const readOn: Tokenizer = () => {
    const token = next()
    if (token === null) return null
    prose.meet(token)
    swallowed.meet(token)
    hasEnd ||= endsRoot(token)
    links.meet(token)
    return token
  }
  let first: Tokenizer | undefined = readOn

  let met: { prose: ProseParagraph[]; swallowed: ProseParagraph[]; linksOn: LinkOn[] } | undefined

  /** Goes over what is left to the first pass; what was met on it. */
  function finish(): NonNullable<typeof met> {
    first = undefined
    while (readOn() !== null);
    return (met ??= { prose: prose.end(), swallowed: swallowed.end(), linksOn: links.end() })
  }

  function look<K extends string>(wanted: PartSelectors<K>): Record<K, Part[]> {
    const parts = cut(html, wanted, first)
    first = undefined
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
    parts<K extends string>(wanted: PartSelectors<K>) {
      if (pass?.sets.includes(wanted) === true && !found.has(wanted)) lookForAll(pass)
      return (found.get(wanted) as Record<K, Part[]> | undefined) ?? look(wanted)
    },
    prose: () => finish().prose,
    swallowed: () => finish().swallowed,
    linksOn: () => finish().linksOn,
    isEnded() {
      finish()
      return hasEnd || isEnded(html)
    },
  }
}
