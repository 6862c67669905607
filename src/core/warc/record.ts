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

/** Bytes in base 32, without what would fill up the end. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.replace(/.{1,5}/g, (five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '')
}

/** The SHA-1 of bytes as records name it. */
export function sha1(bytes: Uint8Array): string {
  return `sha1:${base32(createHash('sha1').update(bytes).digest())}`
}
