/** The kinds of pictures that are kept: all of them show, and run nothing. */
export const KINDS = ['png', 'jpg', 'gif', 'webp', 'avif'] as const
export type Kind = (typeof KINDS)[number]

/** The media type of pictures of a kind. */
export function mediaTypeOf(kind: string): string {
  return `image/${kind === 'jpg' ? 'jpeg' : kind}`
}

/** What bytes are: a picture by its kind, one that is cut off, or none that is kept. */
type MediaKind = Kind | 'cut' | 'other'

/** Walks the parts of a picture: the offset behind its last one, -1 where it ends before, `null` where it is none. */
type Walk = (bytes: DataView) => number | null

const u16 = (bytes: DataView, at: number): number => (at + 2 > bytes.byteLength ? -1 : bytes.getUint16(at))
const u32 = (bytes: DataView, at: number): number => (at + 4 > bytes.byteLength ? -1 : bytes.getUint32(at))
const u8 = (bytes: DataView, at: number): number => (at >= bytes.byteLength ? -1 : bytes.getUint8(at))
const PNG_HEAD = 0x49484452
const PNG_END = 0x49454e44

/** Chunks: length, name, content, checksum. */
const png: Walk = (bytes) => {
  if (u32(bytes, 4) !== 0x0d0a1a0a || (u32(bytes, 12) !== PNG_HEAD && bytes.byteLength >= 16)) return null
  for (let at = 8; u32(bytes, at + 4) !== -1;) {
    const isEnd = u32(bytes, at + 4) === PNG_END
    at += 12 + u32(bytes, at)
    if (isEnd) return at
  }
  return -1
}

/** Segments by their length; behind the start of a scan, data in which every 0xff has its 0 or is a restart's. */
const jpg: Walk = (bytes) => {
  let at = 2
  for (;;) {
    const marker = u16(bytes, at)
    if (marker === -1) return -1
    if (marker < 0xffc0) return null
    if (marker === 0xffd9) return at + 2
    if (marker === 0xffff) at += 1
    else at += 2 + u16(bytes, at + 2)
    if (marker !== 0xffda) continue
    for (let next = u16(bytes, at); ; next = u16(bytes, at)) {
      if (next === -1) return -1
      const isData = next <= 0xff00 || (next >= 0xffd0 && next <= 0xffd7)
      if (!isData) break
      at += next < 0xff00 ? 1 : 2
    }
  }
}

/** A screen and its colours; blocks of images and extensions, each in parts by their length. */
const gif: Walk = (bytes) => {
  const coloursOf = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1))
  let at = 13 + coloursOf(u8(bytes, 10))
  for (;;) {
    const block = u8(bytes, at)
    if (block === 0x3b) return at + 1
    if (block === -1) return -1
    if (block === 0x2c) at += 11 + coloursOf(u8(bytes, at + 9))
    else if (block === 0x21) at += 2
    else return null
    let size = u8(bytes, at)
    for (; size > 0; size = u8(bytes, at)) at += 1 + size
    if (size === -1) return -1
    at += 1
  }
}

const webp: Walk = (bytes) => {
  if (u32(bytes, 8) !== 0x57454250) return bytes.byteLength < 12 ? -1 : null
  const size = bytes.getUint32(4, true)
  return size < 12 ? null : 8 + size
}

const AVIF_BRANDS: ReadonlySet<number> = new Set([0x61766966, 0x61766973])

const MDAT = 0x6d646174
const META = 0x6d657461
const MOOV = 0x6d6f6f76

/** Boxes by their length; the first names what may read the file. */
const avif: Walk = (bytes) => {
  const brands = Math.min(u32(bytes, 0), bytes.byteLength)
  const isAvif = [8, ...Array.from({ length: 16 }, (_, n) => 16 + 4 * n)].some(
    (at) => at + 4 <= brands && AVIF_BRANDS.has(u32(bytes, at)),
  )
  if (!isAvif) return null
  const seen = new Set<number>()
  let at = 0
  // What is drawn stands in `mdat`, what it is in `meta` (`moov`, where it moves), in any order.
  while (!seen.has(MDAT) || !(seen.has(META) || seen.has(MOOV))) {
    const [size, name] = [u32(bytes, at), u32(bytes, at + 4)]
    if (name === -1) return -1
    seen.add(name)
    // 0: up to the end of the file.
    if (size < 8) return size === 0 && seen.has(MDAT) ? bytes.byteLength : null
    at += size
  }
  return at
}

/** By what the bytes begin with. */
const WALKS: readonly (readonly [Kind, (bytes: DataView) => boolean, Walk])[] = [
  ['png', (bytes) => u32(bytes, 0) === 0x89504e47, png],
  ['jpg', (bytes) => u16(bytes, 0) === 0xffd8 && u8(bytes, 2) === 0xff, jpg],
  ['gif', (bytes) => u32(bytes, 0) === 0x47494638 && [0x3761, 0x3961].includes(u16(bytes, 4)), gif],
  ['webp', (bytes) => u32(bytes, 0) === 0x52494646, webp],
  ['avif', (bytes) => u32(bytes, 4) === 0x66747970, avif],
]

/** What another program might take for markup, where it follows a picture. */
const MARKUP = /<(?:!doctype|html|head|body|script|svg|iframe|object|\?php|\?xml)/i

/** True for a whole picture of a kind that is kept. */
export function isPicture(bytes: Uint8Array): boolean {
  const kind = lookAtPicture(bytes)
  return kind !== 'cut' && kind !== 'other'
}

/** True for bytes that begin as a picture does; a few of its first are enough. */
export function beginsAsPicture(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return WALKS.some(([, begins]) => begins(view))
}

/** What bytes are by their content, whatever anyone calls them: walked from their first part to their last. */
export function lookAtPicture(bytes: Uint8Array): MediaKind {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = WALKS.find(([, begins]) => begins(view))
  const end = found?.[2](view) ?? null
  if (found === undefined || end === null) return 'other'
  if (end < 0 || end > bytes.byteLength) return 'cut'
  return MARKUP.test(Buffer.from(bytes.subarray(end)).toString('latin1')) ? 'other' : found[0]
}
