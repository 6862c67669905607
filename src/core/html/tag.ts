import { ofWindows1252 } from '../text/single-byte.ts'
import type { StartTag } from './selector.ts'
import { type Attribute, attributesOf } from './attributes.ts'
import type { TagToken } from './tokenize.ts'

/** Those of markup, and the signs that editors write by name in prose. */
const NAMED: Readonly<Record<string, string>> = Object.fromEntries(
  `amp & lt < gt > quot " apos ' ldquo “ rdquo ” lsquo ‘ rsquo ’ laquo « raquo » mdash — ndash – hellip … middot · bull •
  times × deg ° permil ‰ copy © reg ® trade ™ euro € pound £ yen ¥ nbsp \u00a0 ensp \u2002 emsp \u2003 thinsp \u2009
  shy \u00ad zwnj \u200c zwj \u200d`
    .split(/[ \n]+/)
    .flatMap((name, at, all) => (at % 2 === 0 ? [[name, all[at + 1] ?? '']] : [])),
)
const ENTITY = new RegExp(`&(?:#(\\d{1,7})|#[xX]([\\da-fA-F]{1,6})|(${Object.keys(NAMED).join('|')}));`, 'g')

function codePoint(value: number): string {
  if (value >= 0x80 && value <= 0x9f) return ofWindows1252(value)
  return value > 0 && value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd'
}

/** Decodes the character references that attribute values and prose are written with: numeric ones, and some by name. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(ENTITY, (_, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return codePoint(Number(decimal))
    return hex === undefined ? (NAMED[name ?? ''] ?? '') : codePoint(Number.parseInt(hex, 16))
  })
}

/** How many elements of a name HTML has that was written out of a DOM: each has its start tag, and text no bare `<`. */
export function countElements(html: string, name: string): number {
  return html.match(new RegExp(`<${name}[ >]`, 'g'))?.length ?? 0
}

/** A start tag with its attributes' values, which are read when the first is asked for. */
export function tagOf(html: string, { name: own, attributesAt }: Pick<TagToken, 'name' | 'attributesAt'>): StartTag {
  let attributes: Attribute[] | undefined
  return {
    name: own,
    attribute(wanted) {
      attributes ??= attributesOf(html, { attributesAt })
      // Of two attributes of one name the first counts.
      const found = attributes.find(({ name }) => name === wanted)
      return found === undefined ? null : decodeEntities(found.value)
    },
  }
}
