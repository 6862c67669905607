import { createHash } from 'node:crypto'

/** A field of a head, of a record or of HTTP: each byte of its value a character. */
export type Field = readonly [name: string, value: string]

/** The lines of a head, the first one apart, with the empty line that ends it. */
export function headBytes(first: string, fields: readonly Field[]): Buffer {
  return Buffer.from([first, ...fields.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n'), 'latin1')
}

/** A WARC 1.1 record: its fields, its length, its block. */
export function recordBytes(fields: readonly Field[], block: Uint8Array): Buffer {
  const head = headBytes('WARC/1.1', [...fields, ['Content-Length', String(block.length)]])
  return Buffer.concat([head, block, Buffer.from('\r\n\r\n')])
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The SHA-1 of bytes as records name it: `sha1:` and base 32. */
export function sha1(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha1')
  for (const part of parts) hash.update(part)
  // 20 bytes are 32 digits of five bits, without a rest.
  const bits = Array.from(hash.digest(), (byte) => byte.toString(2).padStart(8, '0')).join('')
  return `sha1:${bits.replace(/.{5}/g, (five) => BASE32[Number.parseInt(five, 2)] ?? '')}`
}
