import { ofWindows1252 } from '../text/single-byte.ts'
import type { Tag } from './selector.ts'
import { attributesOf } from './attributes.ts'
import type { TagToken } from './tokenize.ts'

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }
const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g

function codePoint(value: number): string {
  if (value >= 0x80 && value <= 0x9f) return ofWindows1252(value)
  return value > 0 && value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd'
}

/** Decodes the character references that attribute values are written with: numeric ones, and those of markup. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(ENTITY, (_, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return codePoint(Number(decimal))
    return hex === undefined ? (NAMED[name ?? ''] ?? '') : codePoint(Number.parseInt(hex, 16))
  })
}

/** A start tag with its attributes' values, which are read when the first is asked for. */
export function tagOf(html: string, { name: own, attributesAt }: TagToken): Tag {
  let values: Map<string, string> | undefined
  return {
    name: own,
    attribute(wanted) {
      // Of two attributes of one name the first counts.
      values ??= new Map(
        attributesOf(html, { attributesAt })
          .toReversed()
          .map(({ name, value }) => [name, decodeEntities(value)]),
      )
      return values.get(wanted) ?? null
    },
  }
}
