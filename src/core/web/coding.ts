/** How the bytes of a body are compressed. */
export type Coding = 'gzip' | 'zlib' | 'deflate' | 'br'

/** Bytes that are looked at for marks of text. */
const SAMPLE_BYTES = 512

/** A compressed body of fewer bytes may hold no control character by chance. */
const LEAST_SAMPLE = 128

/** By name, what every body so compressed begins with. */
const UNREADABLE: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['compress', [0x1f, 0x9d]],
]

function beginsWith(body: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => body[index] === byte)
}

/** RFC 1950, 2.2: the method is deflate, and the two bytes are a multiple of 31. */
function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0
}

/** True for bytes that hold no control character but those of text: what is compressed has one in ten. */
export function looksLikeText(body: Uint8Array): boolean {
  const isUtf16 = beginsWith(body, [0xff, 0xfe]) || beginsWith(body, [0xfe, 0xff])
  return (
    isUtf16 ||
    body.subarray(0, SAMPLE_BYTES).every((byte) => byte >= 0x20 || (byte >= 9 && byte <= 13) || byte === 0x1b)
  )
}

/**
 * The codings that a Content-Encoding header names, the outermost first. What is no coding (`none`, `UTF-8`,
 * `aws-chunked`) counts as none: browsers read such a body as it is.
 */
export function codingsNamed(header: string): Coding[] {
  const names = header.toLowerCase().match(/[a-z]+(?:-[a-z]+)*/g) ?? []
  return names.toReversed().flatMap((name): Coding[] => {
    if (name === 'gzip' || name === 'x-gzip') return ['gzip']
    return name === 'deflate' ? ['deflate'] : name === 'br' ? ['br'] : []
  })
}

/**
 * How a body is compressed whose header names a coding, or none (`null`); `null` when it is not. Bytes go before the
 * header where they tell: gzip is gzip, and plain text is text, whatever was announced. `deflate` means zlib's format
 * (RFC 9110, 8.4.1.2), yet some servers send it bare.
 */
export function codingOf(body: Uint8Array, named: Coding | null): Coding | null {
  if (beginsWith(body, [0x1f, 0x8b, 0x08])) return 'gzip'
  if (named === null || body.length === 0) return null
  if (isZlib(body)) return 'zlib'
  if (named === 'gzip' || (body.length >= LEAST_SAMPLE && looksLikeText(body))) return null
  return named
}

/** The name of a compression that cannot be read here; `null` when the body shows none. */
export function unreadableCoding(body: Uint8Array): string | null {
  return UNREADABLE.find(([, magic]) => beginsWith(body, magic))?.[0] ?? null
}

/** The bytes before the compressed data of a gzip body (RFC 1952, 2.3). */
export function gzipHeaderLength(body: Uint8Array): number {
  const flags = body[3] ?? 0
  let at = 10
  if ((flags & 4) !== 0) at += 2 + (body[at] ?? 0) + 256 * (body[at + 1] ?? 0)
  for (const text of [8, 16]) if ((flags & text) !== 0) at = body.indexOf(0, at) + 1
  return (flags & 2) === 0 ? at : at + 2
}
