import { attributesOf, elementAt, type Element, hasMarkup, rawMarkup, textOf, xhtmlMarkup } from './element.ts'
import { collapse, htmlOfText, markup, plainText } from './text.ts'

/** RSS has no types: a headline is text that may hold HTML, a description is HTML. */
export function rssTitle(field: Element): string | null {
  return plainText(textOf(field))
}

export function rssHtml(field: Element): string | null {
  return markup(hasMarkup(field) ? rawMarkup(field) : textOf(field))
}

/** Atom (RFC 4287, 3.1) says of each text what it is; where it does not, feeds are read as they are meant. */
export function atomTitle(field: Element): string | null {
  const kind = kindOf(field)
  if (kind === 'other') return plainText(unpacked(field) ?? textOf(field))
  return kind === 'text' || kind === 'xhtml' ? collapse(textOf(field)) : plainText(characters(field))
}

export function atomHtml(field: Element): string | null {
  const kind = kindOf(field)
  if (kind === 'xhtml') return markup(xhtmlMarkup(onlyDiv(field)))
  if (kind === 'html') return markup(characters(field))
  if (kind === 'text') return markup(htmlOfText(textOf(field)))
  const text = kind === 'other' ? unpacked(field) : characters(field)
  if (text === null) return null
  return markup(/<\/?[a-z][^<>]*>|&(?:[a-z]+|#\d+);/i.test(text) ? text : htmlOfText(text))
}

/** What is in no text. */
const BINARY = /[\u0000-\u0008\ufffd]/

type Kind = 'text' | 'html' | 'xhtml' | 'untold' | 'other'

function kindOf(field: Element): Kind {
  const type = attribute(field, 'type')?.trim().toLowerCase() ?? ''
  if (attribute(field, 'src') !== undefined) return 'other'
  if (hasMarkup(field)) return 'xhtml'
  if (type === 'html' || type === 'text/html' || type.includes('xhtml')) return 'html'
  if (type === 'text' || type === 'text/plain') return 'text'
  return type === '' || type.startsWith('text/') ? 'untold' : 'other'
}

function attribute(field: Element, name: string): string | undefined {
  return attributesOf(field).get(name)
}

/** The text of a field; Atom 0.3 may send it in base64. */
function characters(field: Element): string {
  const isPacked = attribute(field, 'mode')?.toLowerCase() === 'base64'
  return (isPacked ? unpacked(field) : null) ?? textOf(field)
}

/** The text that a field has in base64, as Atom 1.0 has all that is neither text nor XML; `null` where it has none. */
function unpacked(field: Element): string | null {
  const packed = textOf(field).replace(/\s+/g, '')
  if (packed === '' || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed) || packed.length % 4 !== 0) return null
  const text = new TextDecoder().decode(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)))
  return BINARY.test(text) ? null : text
}

/** The `div` that wraps XHTML content, alone but for comments, is no part of it, unless it says what links are relative to. */
function onlyDiv(field: Element): Element {
  const { document, index, after } = field
  const { tags, text } = document
  let div: number | null = null
  let from = tags[index]!.end
  for (let at = index + 1; at <= after; at += 1) {
    const tag = tags[at]
    if (text.slice(from, tag?.start).trim() !== '') return field
    if (at === after || tag === undefined) break
    const isDiv = /^(?:[^:]+:)?div$/.test(tag.name) && tag.match > at && tag.match < after
    if (div === null && isDiv && !attributesOf({ document, index: at }).has('xml:base')) {
      div = at
      at = tag.match
    } else if (tag.kind !== 'skip') return field
    from = tags[at]!.end
  }
  return div === null ? field : elementAt(document, div)
}
