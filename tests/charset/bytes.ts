export const utf8 = (text: string) => new TextEncoder().encode(text)
export const latin1 = (text: string) => Uint8Array.from(Array.from(text), (character) => character.charCodeAt(0))

/** UTF-16 or UTF-32. */
export function wide(text: string, width: 2 | 4, littleEndian: boolean): Uint8Array {
  const units =
    width === 2 ? text.split('').map((unit) => unit.charCodeAt(0)) : Array.from(text, (one) => one.codePointAt(0)!)
  const view = new DataView(new ArrayBuffer(units.length * width))
  for (const [index, unit] of units.entries()) {
    if (width === 2) view.setUint16(index * 2, unit, littleEndian)
    else view.setUint32(index * 4, unit, littleEndian)
  }
  return new Uint8Array(view.buffer)
}

/** Windows-1252 from 0x80 on, by its standard: Node 20 decodes it as Latin-1. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** What a server makes of bytes that it takes for Windows-1252. */
export const asWestern = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => (byte >= 0x80 && byte < 0xa0 ? WESTERN[byte - 0x80] : String.fromCharCode(byte))).join('')

export const western = (text: string) =>
  Uint8Array.from(Array.from(text), (one) => {
    const index = WESTERN.indexOf(one)
    return index === -1 ? one.charCodeAt(0) : 0x80 + index
  })
