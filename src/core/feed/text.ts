import { decodeHTMLStrict } from 'entities/decode'
import { escapeHtml } from '../html/escape.ts'
import { onOneLine } from '../text/headline.ts'
import { mendReferences } from '../text/references.ts'

/** The references that nearly all of an escaped text consists of. */
const MARKUP = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
  ['&quot;', '"'],
])

/** No headline is longer; what is beyond is cut off. */
const LONGEST_TITLE = 10_000

/** Elements that stand in headlines. Other tags in a headline (`List<T>`) are its text. */
const INLINE =
  /^(?:a|abbr|b|bdi|big|cite|code|del|em|font|i|ins|mark|q|rb|rp|rt|ruby|s|small|span|strong|sub|sup|tt|u)$/

/** What stands on lines of its own. */
const LINE = /^(?:div|h[1-6]|li|p)$/

const VOID = /^(?:br|hr|img|wbr)$/

/** What a tag among words is to them: a line's end where it parts lines, else nothing. */
export function seamOf(name: string): string {
  return LINE.test(name) || (VOID.test(name) && name !== 'wbr') ? '\n' : ''
}

/**
 * Character references as characters: XML's, numeric ones and HTML's named ones, each once. A name without its
 * semicolon stays as it is: `?a=1&copy=2` is an address.
 */
export function decodeReferences(text: string): string {
  return mendReferences(text).replace(
    /&(?:#x?[0-9a-f]{1,8}|[a-z][a-z0-9]{1,31});/gi,
    (reference) => MARKUP.get(reference) ?? decodeHTMLStrict(reference),
  )
}

/** A value that is a text with something in it; null for any other. */
export function textIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** On one line, ends trimmed; null when nothing is left. */
export function collapse(text: string): string | null {
  const words = onOneLine(text)
  return words === '' ? null : words
}

/** A headline that may be HTML as plain text. Only tags of a pair, and those that need none, are taken out. */
export function plainText(html: string): string | null {
  const source = html.trimStart().slice(0, LONGEST_TITLE)
  return collapse(decodeReferences(source.includes('<') ? withoutTags(source) : source))
}

function withoutTags(html: string): string {
  const closed = new Set(
    Array.from(html.matchAll(/<\/([a-z][a-z0-9]{0,9})\s{0,9}>/gi), (match) => match[1]!.toLowerCase()),
  )
  return html
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<(script|style)(?:\s[^<>]*)?>[^]*?<\/\1\s{0,9}>/gi, '')
    .replace(/<(\/?)([a-z][a-z0-9]{0,9})((?:[\s/][^<>]*)?)>/gi, (tag, _slash: string, name: string) => {
      const element = name.toLowerCase()
      const isTaken = VOID.test(element) || ((INLINE.test(element) || LINE.test(element)) && closed.has(element))
      return isTaken ? seamOf(element) : tag
    })
}

/** Plain text as HTML that shows it: quotes stay, since texts that were read before have them so. */
export function htmlOfText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** HTML that was escaped once more than a feed asks for: from its first character to its last, and nothing beside. */
const ESCAPED = /^&lt;(p|div|section|article|figure|blockquote|ul|ol|table|h[1-6])(?:\s(?:(?!&lt;)[^<>])*?)?&gt;/i

function isEscaped(html: string): boolean {
  const name = ESCAPED.exec(html)?.[1]
  return name !== undefined && !/<[a-z/!]/i.test(html) && /&lt;\/[a-z][a-z\d]{0,9}&gt;$/i.test(html)
}

/** HTML of an item; null when it has nothing in it. */
export function markup(html: string): string | null {
  const trimmed = html.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').trim()
  if (trimmed === '') return null
  return isEscaped(trimmed) ? decodeReferences(trimmed) : trimmed
}

/** The HTML of an item, with the pictures that its feed has beside it below it; as it is where it shows some itself. */
export function withPicturesBelow(html: string | null, pictures: readonly string[]): string | null {
  if (html === null || /<img\b/i.test(html)) return html
  const shown = [...new Set(pictures)].map((url) => `\n<p><img src="${escapeHtml(url)}"></p>`)
  return html + shown.join('')
}
