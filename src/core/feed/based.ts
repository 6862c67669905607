import { escapeHtml } from '../html/escape.ts'
import { attributesOf } from '../html/attributes.ts'
import { decodeEntities } from '../html/tag.ts'
import { tokenizer } from '../html/tokenize.ts'
import { urlOf, webUrlOf, withoutCredentials } from '../url.ts'

const ADDRESS = /^(?:href|src|poster|cite|data-(?:src|original|lazy-src))$/
const ADDRESSES = /^(?:data-)?srcset$/
/** A longer one would stand before each of a text's links, which may be thousands. */
const MAX_BASE_LENGTH = 2000
/** What is read anew before an address: none of these is relative. */
const IS_ABSOLUTE = /^\s*(?:[a-z][a-z\d+.-]*:|#|$)/i

/**
 * The HTML of a feed with the addresses in it absolute that are relative to `told`, or to the `xml:base` of an element around them; as
 * it is where neither is there.
 */
export function withBase(html: string, told: string | null): string {
  const base = told === null ? null : usable(told, null)
  if (base === null && !html.includes('xml:base')) return html
  const bases: { name: string; base: string | null; open: number }[] = []
  const parts: string[] = []
  const next = tokenizer(html)
  let at = 0
  for (let token = next(); token !== null; token = next()) {
    if (token.kind !== 'start' && token.kind !== 'end') continue
    const around = bases.at(-1)
    if (around?.name === token.name && !token.isEmpty) {
      around.open += token.kind === 'start' ? 1 : -1
      if (around.open === 0) bases.pop()
    }
    if (token.kind === 'end') continue
    const attributes = attributesOf(html, token)
    const outer = around === undefined ? base : around.base
    const declared = attributes.find(({ name }) => name === 'xml:base')?.value
    const own = declared === undefined ? outer : (usable(decodeEntities(declared), outer) ?? outer)
    if (declared !== undefined && !token.isEmpty) bases.push({ name: token.name, base: own, open: 1 })
    for (const { name, value, start, end } of own === null ? [] : attributes) {
      const read = ADDRESS.test(name) ? absolute : ADDRESSES.test(name) ? absoluteSet : null
      const decoded = decodeEntities(value)
      const found = read === null ? decoded : read(decoded, own)
      if (found === decoded) continue
      parts.push(html.slice(at, start), `${name}="${escapeHtml(found)}"`)
      at = end
    }
  }
  return parts.length === 0 ? html : parts.join('') + html.slice(at)
}

/** A base as an address without credentials; `null` where it is none of the web, or too long. */
function usable(base: string, outer: string | null): string | null {
  const url = webUrlOf(base, outer ?? undefined)
  if (url === null || url.href.length > MAX_BASE_LENGTH) return null
  return withoutCredentials(url).href
}

/** An address, absolute; as it is where it is none that is relative, or where nothing tells to what. */
function absolute(address: string, base: string | null): string {
  return IS_ABSOLUTE.test(address) || base === null ? address : (urlOf(address.trim(), base)?.href ?? address)
}

/** Addresses of a set, each with its size behind it. */
function absoluteSet(set: string, base: string | null): string {
  return set.replace(/\S+/g, (part) => {
    if (/^[\d.]+[wx],?$/.test(part)) return part
    const end = part.endsWith(',') ? ',' : ''
    return absolute(part.slice(0, part.length - end.length), base) + end
  })
}
