import type { End } from '../model.ts'

/** Tags read of one document; what comes after is left unread, so that memory stays bounded (about 100 bytes a tag). */
const MAX_TAGS = 1_000_000

/** `skip` is what carries no text: comments, processing instructions, document types, stray CDATA marks. */
type TagKind = 'open' | 'close' | 'empty' | 'cdata' | 'skip'

/** One piece of markup. `start` and `end` are offsets in the text, `end` behind the last character. */
export interface MarkupPiece {
  kind: TagKind
  /** Name with prefix, in lower case; empty for `cdata` and `skip`. */
  name: string
  start: number
  end: number
  /** For `open`, the index of the tag that closes it; -1 when nothing does. */
  match: number
}

export interface Scan {
  text: string
  tags: MarkupPiece[]
  /** False where something had to be guessed: a stray or missing tag, a bare `<`, a CDATA section without its end. */
  clean: boolean
  /** The deepest nesting of elements. */
  depth: number
  end: End
}

/** The outermost elements of feeds and sitemaps. */
export const ROOT = /^(?:[\w.-]+:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)$/

const ROOT_END = /<\/(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)\s{0,99}>/gi

/** An item, also one that stands in no feed. */
export const LONE_ITEM = /^(?:[\w.-]+:)?(?:item|entry)$/

/** A document ends with its outermost element; of items without one, with the last of them. */
function endOf(tags: readonly MarkupPiece[]): End {
  const root =
    tags.find(({ kind, name }) => kind === 'open' && ROOT.test(name)) ??
    tags.findLast(({ kind, name }) => kind === 'open' && LONE_ITEM.test(name))
  return root === undefined || root.match !== -1 ? 'whole' : 'cut'
}

/**
 * Finds the markup of an XML or nearly-XML text in linear time and without recursion, whatever the text is. An element
 * that is never closed does not swallow what follows: its `match` is -1 and its children belong to its parent.
 */
export function scan(text: string, maxOpen: { name: RegExp; count: number }): Scan {
  const state: State = { text, tags: [], clean: true, next: new Map(), count: 0, cut: false }
  let isBeyond = false
  let at = text.indexOf('<')
  while (at !== -1 && state.tags.length < MAX_TAGS) {
    const tag = readTag(state, at)
    if (tag === null) {
      state.clean = false
      if (state.cut) break
      at = text.indexOf('<', at + 1)
      continue
    }
    isBeyond = isElement(tag) && maxOpen.name.test(tag.name) && ++state.count > maxOpen.count
    if (isBeyond) break
    state.tags.push(tag)
    at = text.indexOf('<', tag.end)
  }
  const { depth, clean } = pair(state.tags)
  const end = isBeyond || state.tags.length === MAX_TAGS ? 'beyond' : endOf(state.tags)
  return { text, tags: state.tags, clean: clean && state.clean, depth, end }
}

function isElement({ kind }: MarkupPiece): boolean {
  return kind === 'open' || kind === 'empty'
}

interface State {
  text: string
  tags: MarkupPiece[]
  clean: boolean
  count: number
  /** A comment or CDATA section has no end, and neither has the document: what stands in it is no markup. */
  cut: boolean
  /** Where each terminator was last found: searched again only once passed, so that no input makes the scan quadratic. */
  next: Map<string, number>
}

const NEVER = Number.POSITIVE_INFINITY

/** Where an item ends and the next begins. Inside a CDATA section this means that the section's own end is missing. */
const ITEM_SEAM =
  /<\/(?:\w{1,20}:)?(item|entry)\s{0,99}>\s{0,999}(?:<(?:\w{1,20}:)?\1[\s>]|<\/(?:channel|feed|rss)\s{0,99}>)/gi

/**
 * What is searched for, as patterns: `indexOf` has no effect that V8 knows of, so that it may search before it looks whether
 * it is known, each time to the end of the document.
 */
const PATTERNS = new Map(
  ['-->', ']]>', '?>', ']>', '[', '>'].map((what) => [what, new RegExp(what.replace(/[[\]?]/g, '\\$&'), 'g')]),
).set('seam', ITEM_SEAM)

function find(state: State, what: string, from: number): number {
  const known = state.next.get(what)
  if (known !== undefined && known >= from) return known
  const pattern = PATTERNS.get(what)!
  pattern.lastIndex = from
  const found = pattern.exec(state.text)?.index ?? NEVER
  state.next.set(what, found)
  return found
}

function readTag(state: State, at: number): MarkupPiece | null {
  const { text } = state
  const second = text.charCodeAt(at + 1)
  if (second === 0x21 /* ! */) return readDeclaration(state, at)
  if (second === 0x3f /* ? */) return until(state, at, '?>') ?? until(state, at, '>')
  const closing = second === 0x2f /* / */
  const nameStart = closing ? at + 2 : at + 1
  if (!isNameStart(text.charCodeAt(nameStart))) return null
  let nameEnd = nameStart + 1
  while (isName(text.charCodeAt(nameEnd))) nameEnd++
  const end = tagEnd(text, nameEnd)
  if (end === -1) return null
  const name = text.slice(nameStart, nameEnd).toLowerCase()
  const kind = closing ? 'close' : text[end - 2] === '/' ? 'empty' : 'open'
  return { kind, name, start: at, end, match: -1 }
}

/** Whether the document goes on to its end behind `at`. */
function hasEnd(state: State, at: number): boolean {
  let last = state.next.get('root end')
  if (last === undefined) {
    last = -1
    for (const { index } of state.text.matchAll(ROOT_END)) last = index
    state.next.set('root end', last)
  }
  return last > at
}

function readDeclaration(state: State, at: number): MarkupPiece | null {
  if (state.text.startsWith('<!--', at)) {
    const comment = until(state, at, '-->')
    state.cut = comment === null && !hasEnd(state, at)
    return comment
  }
  if (state.text.startsWith('<![CDATA[', at)) return readCdata(state, at)
  return readDoctype(state, at)
}

function readCdata(state: State, at: number): MarkupPiece | null {
  const close = find(state, ']]>', at + 9)
  state.cut = close === NEVER && !hasEnd(state, at)
  if (state.cut) return null
  if (close !== NEVER && find(state, 'seam', at) > close) {
    return { kind: 'cdata', name: '', start: at, end: close + 3, match: -1 }
  }
  state.clean = false
  return { kind: 'skip', name: '', start: at, end: at + 9, match: -1 }
}

/** A document type, with its internal subset where it has one. Nothing that it declares is ever used or fetched. */
function readDoctype(state: State, at: number): MarkupPiece | null {
  const subset = find(state, '[', at)
  const plain = find(state, '>', at)
  if (subset > plain) return until(state, at, '>')
  return until(state, at, ']>') ?? until(state, at, '>')
}

function until(state: State, at: number, what: string): MarkupPiece | null {
  const found = find(state, what, at)
  return found === NEVER ? null : { kind: 'skip', name: '', start: at, end: found + what.length, match: -1 }
}

/** Behind the `>` of a tag whose name ends at `from`; -1 when another `<` comes first. Quoted values may hold `>`. */
function tagEnd(text: string, from: number): number {
  let quote = 0
  let firstEnd = -1
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 0x3c /* < */) return firstEnd
    if (quote !== 0) {
      if (unit === quote) quote = 0
      else if (unit === 0x3e && firstEnd === -1) firstEnd = i + 1
    } else if (unit === 0x3e) {
      return i + 1
    } else if ((unit === 0x22 || unit === 0x27) && isValueStart(text, i)) {
      quote = unit
    }
  }
  return firstEnd
}

function isValueStart(text: string, quote: number): boolean {
  const before = text.charCodeAt(quote - 1)
  return before === 0x3d || before === 0x20 || before === 0x0a || before === 0x09 || before === 0x0d
}

function isNameStart(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x5f || unit >= 0xc0
}

function isName(unit: number): boolean {
  return isNameStart(unit) || (unit >= 0x30 && unit <= 0x3a) || unit === 0x2d || unit === 0x2e
}

/** Joins each opening tag with the one that closes it. An element left open is closed by its parent's end. */
function pair(tags: MarkupPiece[]): { depth: number; clean: boolean } {
  const open: number[] = []
  const openByName = new Map<string, number>()
  let depth = 0
  let clean = true
  for (const [index, tag] of tags.entries()) {
    if (tag.kind === 'open') {
      open.push(index)
      openByName.set(tag.name, (openByName.get(tag.name) ?? 0) + 1)
      depth = Math.max(depth, open.length)
    } else if (tag.kind === 'close') {
      if ((openByName.get(tag.name) ?? 0) === 0) {
        clean = false
        continue
      }
      for (;;) {
        const last = open.pop()!
        const opener = tags[last]!
        openByName.set(opener.name, openByName.get(opener.name)! - 1)
        if (opener.name === tag.name) {
          opener.match = index
          break
        }
        clean = false
      }
    }
  }
  return { depth, clean: clean && open.length === 0 }
}
