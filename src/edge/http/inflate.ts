import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import {
  type Coding,
  codingOf,
  codingsNamed,
  gzipHeaderLength,
  looksLikeText,
  unreadableCoding,
} from '../../core/web/coding.ts'
import { MAX_ENCODINGS } from './limits.ts'
import { type Message, message } from '../../words/words.ts'

/** What is offered. Not zstd: Node 20 cannot read it, and all versions shall behave the same. */
export const ACCEPT_ENCODING = 'gzip, deflate, br'

type BodyFault = 'too-large' | 'truncated' | 'encoding'

type BodyOutcome = { body: Uint8Array } | { fault: BodyFault; detail: Message }

export interface BodyBounds {
  maxBytes: number
  /** Whether a larger body is a fault, or is cut at the bound. */
  overflow: 'fail' | 'cut'
}

const DECODERS: Readonly<Record<Coding, () => Transform>> = {
  gzip: createGunzip,
  zlib: createInflate,
  deflate: createInflateRaw,
  br: createBrotliDecompress,
}

interface Inflated {
  body: Uint8Array
  /** Bytes that were read for it. */
  read: number
  /** What ended it before its time; `null` when nothing did. */
  error: unknown
}

/** At most one byte more than `maxBytes`: what inflates is counted as it comes out. */
async function inflate(body: Uint8Array, coding: Coding, maxBytes: number): Promise<Inflated> {
  const decoder = DECODERS[coding]()
  const parts: Buffer[] = []
  let room = maxBytes + 1
  let fault: unknown = null
  try {
    decoder.end(body)
    for await (const part of decoder as AsyncIterable<Buffer>) {
      parts.push(part.subarray(0, room))
      room -= part.length
      if (room <= 0) break
    }
  } catch (error) {
    fault = error
  }
  const { buffer, byteOffset, length } = Buffer.concat(parts)
  const { bytesWritten: read } = decoder as Transform & { bytesWritten: number }
  return { body: new Uint8Array(buffer, byteOffset, length), read, error: fault }
}

/** Members of a gzip body that are looked at one by one. */
const MAX_MEMBERS = 1000

/** What zlib says of bytes behind the end that are neither zeros nor another member. */
const IS_NO_HEADER = /^(?:incorrect header check|unknown compression method|unknown header flags set)$/

/** Gzip with anything behind its end, which is not ours to judge: its members' own checksums say whether they are whole. */
async function inflateMembers(body: Uint8Array, whole: Inflated, maxBytes: number): Promise<Inflated> {
  if (!IS_NO_HEADER.test((whole.error as Error | null)?.message ?? '')) return whole
  let end = 0
  for (let members = 0; members < MAX_MEMBERS && codingOf(body.subarray(end), null) === 'gzip'; members += 1) {
    const begin = end + gzipHeaderLength(body.subarray(end))
    const { read, error } = await inflate(body.subarray(begin), 'deflate', maxBytes)
    if (error !== null) break
    end = begin + read + 8
  }
  return inflate(body.subarray(0, end), 'gzip', maxBytes)
}

export const moreThan = (maxBytes: number): Message => message`more than ${maxBytes} bytes`

function tooLarge(maxBytes: number): BodyOutcome {
  return { fault: 'too-large', detail: moreThan(maxBytes) }
}

/**
 * What the bytes of a body, as they came, are once they are inflated: by the header's word and their own. What is no
 * text and not what its header says, or a compressed body that was cut, is a fault, never half a text.
 */
export async function inflateBody(
  wire: Uint8Array,
  contentEncoding: string,
  { maxBytes, overflow }: BodyBounds,
): Promise<BodyOutcome> {
  const named = codingsNamed(contentEncoding)
  const mayBeCut = overflow === 'cut'
  let body = wire
  for (let layer = 0; ; layer += 1) {
    const coding = codingOf(body, named[0] ?? null)
    if (coding === null) break
    if (layer === MAX_ENCODINGS)
      return { fault: 'encoding', detail: message`it is compressed more than ${MAX_ENCODINGS} times` }
    named.shift()
    const all = await inflate(body, coding, maxBytes)
    const inflated = coding === 'gzip' ? await inflateMembers(body, all, maxBytes) : all
    if (inflated.body.length > maxBytes && !mayBeCut) return tooLarge(maxBytes)
    if (inflated.error === null || (mayBeCut && wire.length >= maxBytes)) {
      body = inflated.body.subarray(0, maxBytes)
      continue
    }
    // A short text cannot be told from what is compressed before that was tried.
    if (looksLikeText(body)) break
    return (inflated.error as { code?: unknown }).code === 'Z_BUF_ERROR'
      ? { fault: 'truncated', detail: message`the compressed body ends before its time` }
      : { fault: 'encoding', detail: message`the body is broken: it cannot be inflated as ${coding}` }
  }
  const unreadable = unreadableCoding(body)
  if (unreadable === null) return body.length > maxBytes && !mayBeCut ? tooLarge(maxBytes) : { body }
  return {
    fault: 'encoding',
    detail: message`it is compressed by ${unreadable}, which cannot be read here and was not asked for`,
  }
}

/** What the chunks of a body are once inflated. `contentEncoding`: `null` for bytes that are of no use but to the connection. */
export async function bodyOf(
  chunks: readonly Uint8Array[],
  contentEncoding: string | null,
  bounds: BodyBounds,
): Promise<BodyOutcome> {
  const { buffer, byteOffset, length } = Buffer.concat(chunks)
  if (length > bounds.maxBytes && bounds.overflow === 'fail') return tooLarge(bounds.maxBytes)
  const wire = new Uint8Array(buffer, byteOffset, Math.min(length, bounds.maxBytes))
  return contentEncoding === null ? { body: wire } : inflateBody(wire, contentEncoding, bounds)
}
