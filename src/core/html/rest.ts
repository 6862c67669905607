import { IN_TEXT, STRUCTURAL } from './elements.ts'
import { tagOf } from './tag.ts'
import { isTag, type TagToken, type Tokenizer, tokenizer } from './tokenize.ts'

/**
 * The rest of a body that an end tag too many cuts off: a browser shows it in its place, though it stands behind the
 * body's element, or behind what holds that.
 */

/** What may follow a body's end for more to be looked for: text, a paragraph, or a tag that the body has too. */
const GOES_ON =
  /(?:\s|<!--(?:(?!-->)[^])*-->|<\/[a-z\d]+\s*>){1,2000}(?:<(?:p|h[2-6]|blockquote|figure|br|strong|b|em)[\s>]|(<[a-z][^>]{0,200}>)|[^<\s])/iy
/** Elements that stand in text anywhere; all others only where the body has their like, but for these. */
const ANYWHERE = new Set([...IN_TEXT, ...'br hr picture source img iframe script style noscript'.split(' ')])
const USUAL = ['p ', 'blockquote ', 'figure ', 'figcaption ']

/** Structural elements that are open, the outermost first. */
class OpenElements {
  readonly names: string[] = []
  /** How many of each: one that is open nowhere is not looked for. */
  private readonly counts = new Map<string, number>()

  begin(name: string): void {
    this.names.push(name)
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }

  /** Ends the innermost of a name, and what is open in it; false where none is open. */
  end(name: string): boolean {
    const isOpen = (this.counts.get(name) ?? 0) > 0
    const at = isOpen ? this.names.lastIndexOf(name) : this.names.length
    for (const ended of this.names.splice(at)) this.counts.set(ended, (this.counts.get(ended) ?? 0) - 1)
    return isOpen
  }
}

/** The tags of structural elements. */
function* structuralTags(html: string): Generator<TagToken> {
  const next = tokenizer(html)
  for (let token = next(); token !== null; token = next()) {
    if (isTag(token) && STRUCTURAL.has(token.name)) yield token
  }
}

/** How many more end tags than start tags of each structural element a page has. */
function surplusOf(html: string): Map<string, number> {
  const surplus = new Map<string, number>()
  for (const { kind, name } of structuralTags(html)) {
    surplus.set(name, (surplus.get(name) ?? 0) + (kind === 'end' ? 1 : -1))
  }
  return surplus
}

/** A kind of element: its name and class. */
function kindOf(html: string, token: TagToken): string {
  return `${token.name} ${tagOf(html, token).attribute('class') ?? ''}`
}

function kindsIn(body: string): Set<string> {
  const kinds = new Set(USUAL)
  const next = tokenizer(body)
  for (let token = next(); token !== null; token = next()) if (token.kind === 'start') kinds.add(kindOf(body, token))
  return kinds
}

/** The structural elements that are open at the end of a text, the outermost first. */
function openIn(html: string): string[] {
  const open = new OpenElements()
  for (const { kind, name } of structuralTags(html)) {
    if (kind === 'start') open.begin(name)
    else open.end(name)
  }
  return open.names
}

/** What the slot of an ad is made of. */
const IN_SLOT = /^(?:div|section|aside|ins|span|script|style)$/

/** True when the element that begins holds nothing to read, as the slot of an ad does not; its tokens are read by `next`. */
function isSlot(html: string, { name, end, isEmpty }: TagToken, next: Tokenizer): boolean {
  let at = end
  let isRaw = false
  for (let open = isEmpty || !IN_SLOT.test(name) ? 0 : 1; open > 0;) {
    const token = next()
    if (token === null || token.kind === 'unended' || (!isRaw && html.slice(at, token.start).trim() !== ''))
      return false
    at = token.end
    isRaw = token.kind === 'start' && token.isRaw
    if (token.kind === 'comment') continue
    if (!IN_SLOT.test(token.name)) return false
    if (token.name === name) open += token.kind === 'start' ? 1 : -1
  }
  return at > end
}

/**
 * The prose that follows behind end tags of which a page has too many, and where it ends; empty where the first it meets is
 * none.
 */
function restOf(
  rest: string,
  surplus: Map<string, number>,
  kinds: ReadonlySet<string>,
): { prose: string; end: number } {
  const parts: string[] = []
  const open = new OpenElements()
  const next = tokenizer(rest)
  let at = 0
  let behind = rest.length
  for (let token = next(); token !== null; token = next()) {
    if (token.kind === 'comment') continue
    behind = token.start
    if (token.kind === 'unended') break
    const { name, start, end } = token
    if (token.kind === 'start') {
      if (!ANYWHERE.has(name) && !kinds.has(kindOf(rest, token))) {
        if (!isSlot(rest, token, next)) break
      } else if (STRUCTURAL.has(name)) open.begin(name)
    } else if (STRUCTURAL.has(name) && !open.end(name)) {
      const left = surplus.get(name) ?? 0
      if (left === 0) break
      surplus.set(name, left - 1)
      parts.push(rest.slice(at, start))
      at = end
    } else if (/^(?:body|html|td)$/.test(name)) break
    behind = rest.length
  }
  return { prose: parts.length === 0 ? '' : [...parts, rest.slice(at, behind)].join(''), end: behind }
}

/**
 * A body's HTML as a page has it, and the rest of it behind end tags too many, up to the end of what holds it or to an
 * element of which the body has no like.
 */
export function withRest(html: string, body: string): string {
  const at = body.trim() === '' ? -1 : html.indexOf(body)
  if (at < 0) return body
  GOES_ON.lastIndex = at + body.length
  const [found, tag = ''] = GOES_ON.exec(html) ?? []
  if (found === undefined || !body.includes(tag)) return body
  const behind = html.slice(at + body.length)
  const kinds = kindsIn(body)
  const { prose } = restOf(behind, surplusOf(html), kinds)
  if (prose !== '') return body + prose
  // Where another element was left open the numbers agree: then the end tag of what holds the body follows a second of its own.
  const [holder = '', own = ''] = openIn(html.slice(0, at)).slice(-2)
  const other = restOf(behind, new Map([[own, 1]]), kinds)
  const ends = new RegExp(`^</${own}\\s*>\\s*</${holder}\\s*>`, 'i')
  return holder !== own && ends.test(behind.slice(other.end)) ? body + other.prose : body
}
