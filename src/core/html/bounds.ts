import { beginsTag, markupEnd, RAW_TEXT, rawTextEnd, readTag, type Tag, VOID } from './tags.ts'

/** Real pages nest some 60 deep; parsing costs the square of the depth, and what walks a tree recurses. */
const MAX_DEPTH = 140
/** Open formatting elements are opened again in every later paragraph (the standard's "reconstruct"). */
const MAX_FORMATTING = 16
const MAX_ATTRIBUTES = 256
/** Real pages have some 3,000 tags. Reading one of so many still takes seconds; beyond, time and memory get out of hand. */
const MAX_TAGS = 100_000

/** Why HTML is not to be made a DOM at all; `null` when it may be. */
export function htmlTooLarge(html: string): string | null {
  const tags = /<[a-z]/gi
  for (let count = 0; tags.test(html); count += 1) {
    if (count === MAX_TAGS) return `the page has more than ${MAX_TAGS} tags`
  }
  return null
}

const FORMATTING = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '))
/** Closed by their like without an end tag, so they add no depth of their own. */
const IMPLIED = new Set(
  'p li dd dt option optgroup tr td th tbody thead tfoot caption colgroup html head body'.split(' '),
)
/** Elements that an end tag of an ordinary element does not reach across (13.2.4.2, the commonest of "special"). */
const SPECIAL =
  /^(?:address|applet|article|aside|blockquote|button|center|details|dir|div|dl|fieldset|figcaption|figure|footer|form|frameset|h[1-6]|header|hgroup|main|marquee|menu|nav|object|ol|pre|search|section|select|summary|table|template|ul|listing)$/
/** Elements that no end tag reaches across but their own. */
const SCOPE = /^(?:applet|marquee|object|table|template)$/

interface Open {
  name: string
  /** Of a table: the formatting elements that were open before its cell; `null` outside of cells. */
  beforeCell: number | null
}

interface Scan {
  stack: Open[]
  formatting: number
  /** Start tags taken out, by name, whose end tags are still to be taken out. */
  dropped: Map<string, number>
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
  if (table !== undefined) table.beforeCell = scan.formatting
}

/** True when the start tag may stay. */
function meetStart(scan: Scan, name: string): boolean {
  if (VOID.has(name)) return true
  if (IMPLIED.has(name)) {
    if (name.startsWith('t')) meetTablePart(scan, name, false)
    return true
  }
  if (FORMATTING.has(name)) {
    if (scan.formatting >= MAX_FORMATTING) return drop(scan, name)
    scan.formatting += 1
    return true
  }
  if (scan.stack.length >= MAX_DEPTH) return drop(scan, name)
  scan.stack.push({ name, beforeCell: null })
  return true
}

/** True when the end tag may stay. */
function meetEnd(scan: Scan, name: string): boolean {
  if (takeDropped(scan, name)) return false
  if (IMPLIED.has(name)) {
    if (name.startsWith('t')) meetTablePart(scan, name, true)
    return true
  }
  if (FORMATTING.has(name)) {
    scan.formatting = Math.max(0, scan.formatting - 1)
    return true
  }
  const isSpecial = SPECIAL.test(name)
  for (let at = scan.stack.length - 1; at >= 0; at -= 1) {
    const above = scan.stack[at]?.name ?? ''
    if (above === name) {
      if (name === 'table') leaveCell(scan)
      scan.stack.length = at
      return true
    }
    if (isSpecial ? SCOPE.test(above) : SPECIAL.test(above)) return true
  }
  return true
}

function kept(html: string, tag: Tag): string {
  const beyond = tag.attributes[MAX_ATTRIBUTES]
  return beyond === undefined ? html.slice(tag.start, tag.end) : `${html.slice(tag.start, beyond.start)}>`
}

/**
 * The same HTML, but for tags beyond what any page needs: elements nested too deep, formatting elements never closed,
 * attributes without number. No text is lost. One pass, linear in the input.
 */
export function bounded(html: string): string {
  const scan: Scan = { stack: [], formatting: 0, dropped: new Map() }
  const parts: string[] = []
  let written = 0
  let at = html.indexOf('<')
  while (at >= 0) {
    const tag = readTag(html, at)
    if (tag === null) {
      // A tag that never ends takes the rest of the page with it, whatever stands there.
      if (beginsTag(html, at)) return [...parts, html.slice(written, at)].join('')
      const end = markupEnd(html, at)
      at = html.indexOf('<', end < 0 ? at + 1 : end)
      continue
    }
    const stays = tag.isEnd ? meetEnd(scan, tag.name) : meetStart(scan, tag.name)
    if (!stays || tag.attributes.length > MAX_ATTRIBUTES) {
      parts.push(html.slice(written, tag.start), stays ? kept(html, tag) : '')
      written = tag.end
    }
    if (!tag.isEnd && tag.name === 'plaintext') break
    const isRaw =
      !tag.isEnd && RAW_TEXT.has(tag.name) && !scan.stack.some(({ name }) => name === 'svg' || name === 'math')
    at = html.indexOf('<', isRaw ? rawTextEnd(html, tag.name, tag.end) : tag.end)
  }
  if (parts.length === 0) return html
  parts.push(html.slice(written))
  return parts.join('')
}
