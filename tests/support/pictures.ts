import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const edges = Buffer.alloc(8)
  edges.writeUInt32BE(data.length, 0)
  edges.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([edges.subarray(0, 4), body, edges.subarray(4)])
}

/** A picture of one colour, the `n`th. */
export function pngOf(n: number, side = 2): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 2], 8)
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: side }, () => Buffer.from([n >> 8, n, 7]))])
  const data = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)))
  const parts = [chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}

function box(name: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(8 + data.length)
  return Buffer.concat([size, Buffer.from(name, 'latin1'), data])
}

const quantization = `ffdb004300${'ff'.repeat(64)}`

/** The smallest picture of each kind. */
export const PICTURES = {
  png: pngOf(1),
  jpg: Buffer.from(
    `ffd8ffe000104a46494600010101004800480000${quantization}ffc2000b080001000101011100ffc40014100100000000000000000000000000000000ffda0008010100013f10ffd9`,
    'hex',
  ),
  gif: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  webp: Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64'),
  avif: Buffer.concat([
    box('ftyp', Buffer.from('mif1\0\0\0\0mif1avif', 'latin1')),
    box('meta', Buffer.alloc(40)),
    box('mdat', Buffer.alloc(60, 7)),
  ]),
} as const

/** Where a picture is kept, relative to the archive. */
export function keptAt(bytes: Uint8Array, kind: keyof typeof PICTURES = 'png'): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  return `media/${hash.slice(0, 2)}/${hash}.${kind}`
}
