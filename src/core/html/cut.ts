import { compileProbe, compileSelector } from './selector.ts'
import type { Selector, Tag } from './selector.ts'
import { declarationEnd, isLetter, nameEnd, rawEnd, tagEnd, tagOf } from './tag-text.ts'

/**
 * Cuts elements out of HTML text without building a DOM: one pass, linear in the length of the text whatever it holds.
 * Follows the tokenizer of HTML Living Standard 13.2.5 (raw text, comments, CDATA, quoted attributes) and, while an
 * element to be cut is open, checks that the structure in it is well nested: what tree construction (13.2.6) would
 * repair is not guessed at, the cut is refused.
 */

/** An element cut out of the text: its tag, the text it takes up, and what stands between its tags. */
export interface Cut extends Tag {
  readonly outer: string
  readonly inner: string
  /** Where `outer` begins in the text. */
  readonly start: number
  readonly end: number
}

interface Target<K> {
  key: K
  tag: Tag
  start: number
  innerStart: number
  /** Structural elements that were open when it began. */
  depth: number
  structural: boolean
  /** Elements of its own name open in it, at its own depth. */
  same: number
}

const RAW = new Set(['script', 'style', 'textarea', 'title', 'iframe', 'xmp', 'noembed', 'noframes'])
const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen'.split(' '),
)
const HEADING = /^h[1-6]$/
const STRUCTURAL = new Set(
  `address applet article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer
  h1 h2 h3 h4 h5 h6 header hgroup listing main marquee menu nav object ol pre search section summary table template
  ul`.split(/\s+/),
)
const BREAKS_OUT_OF_SVG = /^(?:p|div|img|table|ul|ol|dl|span|h[1-6]|body|head|br|center|blockquote|pre|b|i|em|strong)$/
class Untrusted extends Error {}

/**
 * The outermost elements that each selector (see `selector.ts`) asks for, in the order of the text. `null` when one of
 * them cannot be cut out as an HTML parser would see it: then build the DOM.
 */
export function cutElements<K extends string>(html: string, wanted: Record<K, string>): Record<K, Cut[]> | null {
  const compiled = compile(wanted)
  const { selectors } = compiled
  const found = Object.fromEntries(selectors.map(([key]) => [key, []])) as unknown as Record<K, Cut[]>
  try {
    scan(html, compiled, found)
  } catch (error) {
    if (error instanceof Untrusted) return null
    throw error
  }
  for (const [key] of selectors) found[key].sort((a, b) => a.start - b.start)
  return found
}

interface Compiled<K extends string> {
  selectors: ReadonlyArray<readonly [K, Selector]>
  worthTesting: ReturnType<typeof compileProbe>
}

/** A layout's selectors are compiled once, not for each page. */
const compiledOf = new WeakMap<object, Compiled<string>>()

function compile<K extends string>(wanted: Record<K, string>): Compiled<K> {
  const known = compiledOf.get(wanted) as Compiled<K> | undefined
  if (known !== undefined) return known
  const selectors = Object.entries<string>(wanted).map(([key, list]) => [key as K, compileSelector(list)] as const)
  const compiled = { selectors, worthTesting: compileProbe(selectors.map(([, selector]) => selector)) }
  compiledOf.set(wanted, compiled)
  return compiled
}

function scan<K extends string>(html: string, { selectors, worthTesting }: Compiled<K>, found: Record<K, Cut[]>): void {
  const stack: string[] = []
  const open: Array<Target<K>> = []
  let foreign = 0

  function close(target: Target<K>, innerEnd: number, end: number): void {
    open.splice(open.indexOf(target), 1)
    found[target.key].push({
      name: target.tag.name,
      attribute: (name) => target.tag.attribute(name),
      outer: html.slice(target.start, end),
      inner: html.slice(target.innerStart, innerEnd),
      start: target.start,
      end,
    })
  }

  function closeOrdinary(at: number, test: (target: Target<K>) => boolean): void {
    for (const target of open.filter((each) => !each.structural && test(each))) close(target, at, at)
  }

  /** What a start tag ends or nests into, among the elements that are open. */
  function settleOpen(name: string, start: number, structural: boolean): void {
    if (HEADING.test(name) && HEADING.test(stack.at(-1) ?? '')) throw new Untrusted()
    closeOrdinary(start, ({ depth, tag }) => {
      if (depth !== stack.length) return false
      return (structural && tag.name === 'p') || (tag.name === name && (name === 'li' || name === 'p'))
    })
    for (const each of open) {
      if (!each.structural && each.depth === stack.length && each.tag.name === name) each.same += 1
    }
  }

  function openWanted(name: string, start: number, attributes: string, end: number, structural: boolean): Target<K>[] {
    const tag = tagOf(name, attributes)
    const begun: Target<K>[] = []
    for (const [key, selector] of selectors) {
      if (open.some((each) => each.key === key) || !selector.matches(tag)) continue
      const target = { key, tag, start, innerStart: end, depth: stack.length, structural, same: 1 }
      open.push(target)
      begun.push(target)
    }
    return begun
  }

  /** Past the start tag, and past the text of an element that holds nothing else. */
  function startTag(name: string, start: number, attributesAt: number, end: number): number {
    const structural = STRUCTURAL.has(name)
    if (open.length > 0) settleOpen(name, start, structural)
    const attributes = html.slice(attributesAt, end - 1)
    const begun = worthTesting(name, attributes) ? openWanted(name, start, attributes, end, structural) : []
    if (open.length > 0 && structural) stack.push(name)
    if (VOID.has(name)) for (const target of begun) close(target, end, end)
    if (foreign > 0 || !RAW.has(name)) return end
    const raw = rawEnd(html, name, end)
    if (!raw.trusted) throw new Untrusted()
    const past = Math.max(tagEnd(html, Math.min(raw.at + 2 + name.length, html.length)), raw.at)
    for (const target of begun) close(target, raw.at, past)
    return past
  }

  function endTag(name: string, start: number, end: number): void {
    if (!STRUCTURAL.has(name)) {
      for (const each of open.filter((one) => one.tag.name === name && one.depth === stack.length)) {
        each.same -= 1
        if (each.same === 0) close(each, start, end)
      }
      return
    }
    closeOrdinary(start, (each) => each.depth === stack.length)
    if (open.length === 0) {
      stack.length = 0
      return
    }
    const top = stack.pop() ?? ''
    if (top !== name && !(HEADING.test(top) && HEADING.test(name))) throw new Untrusted()
    for (const each of open.filter((one) => one.structural && one.depth === stack.length)) close(each, start, end)
    if (open.length === 0) stack.length = 0
  }

  for (let at = html.indexOf('<'); at !== -1;) {
    const code = html.charCodeAt(at + 1)
    let past = at + 1
    if (isLetter(code)) {
      const named = nameEnd(html, at + 1)
      past = tagEnd(html, named)
      if (past === -1) break
      const name = html.slice(at + 1, named).toLowerCase()
      if (name === 'plaintext' || name === 'frameset') throw new Untrusted()
      if (foreign > 0 && BREAKS_OUT_OF_SVG.test(name)) foreign = 0
      if ((name === 'svg' || name === 'math') && html[past - 2] !== '/') foreign += 1
      past = startTag(name, at, named, past)
    } else if (code === 47 && isLetter(html.charCodeAt(at + 2))) {
      const named = nameEnd(html, at + 2)
      past = tagEnd(html, named)
      if (past === -1) break
      // Most of a page stands outside of what is asked for: its end tags need no name.
      if (open.length > 0 || foreign > 0) {
        const name = html.slice(at + 2, named).toLowerCase()
        if (foreign > 0 && (name === 'svg' || name === 'math')) foreign -= 1
        endTag(name, at, past)
      }
    } else if (code === 33 || code === 63 || code === 47) {
      past = declarationEnd(html, at, foreign > 0)
    }
    at = html.indexOf('<', past)
  }
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) close(last, html.length, html.length)
}
