import { constants, crc32, inflateRawSync } from 'node:zlib'
import { gzipHeaderLength } from '../web/coding.ts'

/** How every gzip member begins whose method is deflate. */
export const MEMBER = Buffer.from([0x1f, 0x8b, 0x08])
/** No record is taken whose member inflates to more. */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024
/** Bytes from which a record's head can be told, as a rule. */
const PEEK_BYTES = 2048
const TRAILER_BYTES = 8

/** `short`: it goes on behind the bytes at hand. `large`: it holds more than any record that is taken. */
export type Member = { kind: 'whole'; bytes: Buffer; length: number } | { kind: 'short' | 'large' | 'damaged' }

/** True for bytes that begin as a gzip member does. */
export function isMember(bytes: Buffer): boolean {
  return MEMBER.equals(bytes.subarray(0, MEMBER.length))
}

/** The member with which bytes begin, inflated; whole where its length and checksum say so. */
export function readMember(bytes: Buffer): Member {
  const begin = isMember(bytes) ? gzipHeaderLength(bytes) : 0
  if (begin === 0) return { kind: bytes.length < MEMBER.length ? 'short' : 'damaged' }
  try {
    const { buffer, engine } = inflateRawSync(bytes.subarray(begin), {
      info: true,
      maxOutputLength: MAX_RECORD_BYTES,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
    const end = begin + engine.bytesWritten
    if (end + TRAILER_BYTES > bytes.length) return { kind: 'short' }
    const isWhole = bytes.readUInt32LE(end) === crc32(buffer) && bytes.readUInt32LE(end + 4) === buffer.length >>> 0
    return isWhole ? { kind: 'whole', bytes: buffer, length: end + TRAILER_BYTES } : { kind: 'damaged' }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return { kind: code === 'Z_BUF_ERROR' ? 'short' : code === 'ERR_BUFFER_TOO_LARGE' ? 'large' : 'damaged' }
  }
}

/** What the member with which bytes begin inflates to at first: of `most` of its bytes; nothing where it cannot be told. */
export function peekMember(bytes: Buffer, most = PEEK_BYTES): Buffer {
  const begin = isMember(bytes) ? gzipHeaderLength(bytes) : 0
  if (begin === 0) return Buffer.alloc(0)
  try {
    return inflateRawSync(bytes.subarray(begin, begin + most), { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return Buffer.alloc(0)
  }
}

const BEGINNING = /^WARC\/\d\.\d/

/** True where a member begins that holds a record: bytes of a picture or a page may look like a member, too. */
export function beginsRecord(bytes: Buffer): boolean {
  return BEGINNING.test(peekMember(bytes, 128).toString('latin1', 0, 8))
}
