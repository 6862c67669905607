import { ofWindows1252 } from './single-byte.ts'

const HALVES =
  /&#(?:x0{0,9}(d[89ab][0-9a-f]{2})|0{0,9}(5[56]\d{3}));&#(?:x0{0,9}(d[c-f][0-9a-f]{2})|0{0,9}(5[67]\d{3}));/gi
const CONTROL = /&#(?:x0{0,9}([89][0-9a-f])|0{0,9}(1(?:2[89]|[345]\d)));/gi

/**
 * The text with references that name no character as what was meant: the two halves of a character's UTF-16
 * (`&#55357;&#56832;`), which HTML and XML turn into U+FFFD each, and the bytes of Windows-1252 (`&#146;`), which are
 * controls in XML.
 */
export function mendReferences(text: string): string {
  if (!text.includes('&#')) return text
  return text
    .replace(HALVES, (pair, highHex?: string, high?: string, lowHex?: string, low?: string) => {
      const joined = String.fromCharCode(valueOf(highHex, high), valueOf(lowHex, low))
      return joined.codePointAt(0)! > 0xffff ? joined : pair
    })
    .replace(CONTROL, (_, hex?: string, decimal?: string) => ofWindows1252(valueOf(hex, decimal)))
}

function valueOf(hex: string | undefined, decimal: string | undefined): number {
  return hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
}
