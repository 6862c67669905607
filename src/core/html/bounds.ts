import { attributesOf } from './attributes.ts'
import { FORMATTING, OPTIONAL_END, RAW_TEXT, STRUCTURAL } from './elements.ts'
import { type TagToken, tokenizer } from './tokenize.ts'
import { type Message, message } from '../../words/words.ts'

/** Real pages nest some 60 deep; parsing costs the square of the depth, and what walks a tree recurses. */
const MAX_DEPTH = 140
/** Open formatting elements are opened again in every later paragraph (the standard's "reconstruct"). */
const MAX_FORMATTING = 16
/** Of those written alike no more are (its "Noah's Ark clause"). */
const MAX_ALIKE = 3
const MAX_ATTRIBUTES = 256
/** Real pages have some 10,000 in all; each costs as much as a tag. */
const MAX_ALL_ATTRIBUTES = 150_000
/** Real pages have some 3,000 tags. Reading one of so many still takes seconds; beyond, time and memory get out of hand. */
const MAX_TAGS = 100_000

/** Why HTML is not to be made a DOM at all; `null` when it may be. */
export function htmlTooLarge(html: string): Message | null {
  // No tag is shorter than two.
  if (html.length < 2 * MAX_TAGS) return null
  const tags = /<[a-z]/gi
  for (let count = 0; tags.test(html); count += 1) {
    if (count === MAX_TAGS) return message`the page has more than ${MAX_TAGS} tags`
  }
  return null
}

/** Elements that an end tag of an ordinary element does not reach across (13.2.4.2, the commonest of "special"). */
const SPECIAL = new Set([...STRUCTURAL, 'frameset', 'select', 'template'].filter((name) => name !== 'dialog'))
/** Elements that show what they are, not what stands in them, and those that only a script gives a meaning to. */
const HOLDERS = /^(?:form|button|video|audio|object|canvas|select|datalist|progress|meter|dialog|template)$|-/
/** What a caption that was never ended does not hold. */
const AFTER_CAPTION = /^(?:p|div|h[1-6]|ul|ol|dl|table|blockquote|section|figure|hr)$/
/** Elements that no end tag reaches across but their own. */
const SCOPE = /^(?:applet|marquee|object|table|template)$/

interface Open {
  name: string
  /** Of a table: the formatting elements that were open before its cell; `null` outside of cells. */
  beforeCell: Formatting[] | null
  /** Of a holder, or a caption that holds blocks: which part is its end tag, if it turns out to have none; else `null`. */
  endAt: number | null
}

interface Formatting {
  name: string
  written: string
}

interface Scan {
  stack: Open[]
  /** The HTML as it is kept, up to the tag that is met. */
  parts: string[]
  /** The formatting elements that are open, or opened again. */
  formatting: Formatting[]
  /** Start tags taken out, by name, whose end tags are still to be taken out. */
  dropped: Map<string, number>
  /** Attributes that tags may still have. */
  attributes: number
}

function drop(scan: Scan, name: string): false {
  scan.dropped.set(name, (scan.dropped.get(name) ?? 0) + 1)
  return false
}

function takeDropped(scan: Scan, name: string): boolean {
  const count = scan.dropped.get(name) ?? 0
  if (count > 0) scan.dropped.set(name, count - 1)
  return count > 0
}

function leaveCell(scan: Scan): void {
  const table = scan.stack.findLast(({ name }) => name === 'table')
  if (table === undefined || table.beforeCell === null) return
  scan.formatting = table.beforeCell
  table.beforeCell = null
}

function meetTablePart(scan: Scan, name: string, isEnd: boolean): void {
  leaveCell(scan)
  if (isEnd || (name !== 'td' && name !== 'th')) return
  const table = scan.stack.findLast((open) => open.name === 'table')
  if (table === undefined) return
  table.beforeCell = scan.formatting
  scan.formatting = [...scan.formatting]
}

/**
 * Ends the elements above a depth, whose end tags never came, at an end tag: what follows a holder does not stand in it,
 * nor in a figure without an end what follows its caption.
 */
function endAbove(scan: Scan, depth: number, by: string): void {
  let figure = ''
  for (const { name, endAt } of scan.stack.splice(depth)) {
    if (name === 'figure') figure = '</figure>'
    if (endAt === null) continue
    if (name !== 'figcaption') scan.parts[endAt] = `</${name}>`
    else if (by !== 'figure') scan.parts[endAt] = `</figcaption>${figure}`
  }
}

function endFormatting(scan: Scan, name: string): void {
  const at = scan.formatting.findLastIndex((open) => open.name === name)
  if (at >= 0) scan.formatting.splice(at, 1)
}

/** True when the start tag of a formatting element may stay: that of a link always, since it ends the link before it. */
function meetFormatting(scan: Scan, name: string, written: string): boolean {
  if (name === 'a') endFormatting(scan, name)
  else if (
    scan.formatting.length >= MAX_FORMATTING ||
    scan.formatting.filter((open) => open.written === written).length >= MAX_ALIKE
  )
    return drop(scan, name)
  scan.formatting.push({ name, written })
  return true
}

/** True when the start tag may stay. */
function meetStart(scan: Scan, { name, isRaw, isEmpty, isForeign, start, end }: TagToken, html: string): boolean {
  if (name === 'frameset') return false
  if (isRaw || isEmpty) return true
  // Closed by their like: they add no depth of their own.
  if (OPTIONAL_END.has(name) && !isForeign) {
    if (name.startsWith('t')) meetTablePart(scan, name, false)
    return true
  }
  if (FORMATTING.has(name)) return meetFormatting(scan, name, html.slice(start, end))
  if (scan.stack.length >= MAX_DEPTH) return drop(scan, name)
  scan.stack.push({ name, beforeCell: null, endAt: null })
  return true
}

/** True when the end tag may stay. */
function meetEnd(scan: Scan, { name, isForeign }: TagToken): boolean {
  if (name === 'frameset' || takeDropped(scan, name)) return false
  if (OPTIONAL_END.has(name) && !isForeign) {
    if (name.startsWith('t')) meetTablePart(scan, name, true)
    return true
  }
  if (FORMATTING.has(name)) {
    endFormatting(scan, name)
    return true
  }
  const isSpecial = SPECIAL.has(name)
  for (let at = scan.stack.length - 1; at >= 0; at -= 1) {
    const above = scan.stack[at]?.name ?? ''
    if (above === name) {
      if (name === 'table') leaveCell(scan)
      endAbove(scan, at + 1, name)
      scan.stack.length = at
      return true
    }
    if (isSpecial ? SCOPE.test(above) : SPECIAL.has(above)) return true
  }
  return true
}

/** A tag as it stays: without attributes beyond number, and without the slash at which the parser would lose raw text. */
function kept(html: string, tag: TagToken): string {
  const written = html.slice(tag.start, tag.end)
  // An attribute takes two characters.
  if (written.length > 2 * MAX_ATTRIBUTES) {
    const beyond = attributesOf(html, tag)[MAX_ATTRIBUTES]
    if (beyond !== undefined) return `${html.slice(tag.start, beyond.start)}>`
  }
  if (!RAW_TEXT.has(tag.name) || tag.isForeign) return written
  return `${tag.isSelfClosing ? `${written.slice(0, -2)}>` : written}${tag.isEmpty ? `</${tag.name}>` : ''}`
}

/** True for a start tag whose attributes are beyond what a page may have in all. */
function isBeyond(scan: Scan, html: string, tag: TagToken): boolean {
  if (tag.kind === 'end' || tag.end - tag.attributesAt < 3) return false
  if (tag.isSelfClosing && (tag.isForeign || RAW_TEXT.has(tag.name))) return false
  if (scan.attributes > 0) scan.attributes -= attributesOf(html, tag).length
  return scan.attributes <= 0
}

/** True for the end tag of a paragraph within a drawing that was not closed. */
function endsDrawing({ kind, name, isMixed }: TagToken): boolean {
  return isMixed && kind === 'end' && (name === 'p' || name === 'br')
}

/** What is read of `noscript`: the twins of lazy pictures and players. */
const TWINS = new Set('img picture source iframe video audio'.split(' '))

/** The end tags of elements that are open, the outermost first. */
function endTags(open: readonly string[]): string {
  return open
    .toReversed()
    .map((name) => `</${name}>`)
    .join('')
}

/** The content of `noscript`: its text, and of its elements those that say where a picture or a player is, each closed. */
function twins(html: string): string {
  const parts: string[] = []
  const open: string[] = []
  const next = tokenizer(html)
  let at = 0
  for (let token = next(); token !== null; token = next()) {
    parts.push(html.slice(at, token.start))
    at = token.kind === 'unended' ? html.length : token.end
    if (token.kind === 'end') {
      const depth = open.lastIndexOf(token.name)
      if (depth >= 0) parts.push(endTags(open.splice(depth)))
    } else if (token.kind === 'start' && TWINS.has(token.name) && open.length < MAX_FORMATTING) {
      parts.push(kept(html, token))
      if (!token.isEmpty) open.push(token.name)
    }
  }
  return [...parts, html.slice(at), endTags(open)].join('')
}

/**
 * The same HTML, but for tags beyond what any page needs: elements nested too deep, formatting elements never closed,
 * attributes without number. No text is lost. What the parser in use reads otherwise than a browser is written so that it
 * cannot: it looks for no end tag of raw text that was opened as `<script/>`, takes that of `noscript` for markup
 * (which pictures are read from, but must not hold what is around it), and does not end a drawing at `</p>`;
 * a page of frames would have no body. In one thing it is milder than a browser: a form, a player or a custom element
 * that is never ended is empty, and a caption ends with its line, for what is dropped or moved must not take what follows
 * with it. One pass, linear in the input.
 */
export function bounded(html: string): string {
  const parts: string[] = []
  const scan: Scan = { stack: [], parts, formatting: [], dropped: new Map(), attributes: MAX_ALL_ATTRIBUTES }
  // An attribute and the space before it take two characters.
  const mayHaveMany = html.length > 2 * MAX_ALL_ATTRIBUTES
  let written = 0
  let end = html.length
  const next = tokenizer(html)

  /** Makes room for an end tag. */
  function slot(at: number): number {
    parts.push(html.slice(written, at), '')
    written = at
    return parts.length - 1
  }

  for (let token = next(); token !== null; token = next()) {
    if (token.kind === 'comment') continue
    // A tag that never ends takes the rest of the page with it, whatever stands there.
    if (token.kind === 'unended') {
      end = token.start
      break
    }
    const caption = scan.stack.at(-1)
    if (caption?.name === 'figcaption' && caption.endAt === null && AFTER_CAPTION.test(token.name)) {
      if (token.kind === 'start') caption.endAt = slot(token.start)
    }
    const stays = token.kind === 'end' ? meetEnd(scan, token) : meetStart(scan, token, html)
    const isBare = stays && mayHaveMany && isBeyond(scan, html, token)
    const own = isBare ? `<${token.name}>` : stays ? kept(html, token) : ''
    const tag = endsDrawing(token) ? `</svg></math>${own}` : own
    if (tag.length !== token.end - token.start) {
      parts.push(html.slice(written, token.start), tag)
      written = token.end
    }
    const holder = token.kind === 'start' && stays && HOLDERS.test(token.name) ? scan.stack.at(-1) : undefined
    if (holder?.name === token.name && !token.isForeign) holder.endAt = slot(token.end)
    if (token.isRaw && token.name === 'noscript') {
      const from = token.end
      const text = html.slice(from, next()?.start)
      parts.push(html.slice(written, from), twins(text))
      written = from + text.length
    }
  }
  endAbove(scan, 0, '')
  if (parts.length === 0 && end === html.length) return html
  parts.push(html.slice(written, end))
  return parts.join('')
}
