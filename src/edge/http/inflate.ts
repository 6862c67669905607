import { Transform, Writable, pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { MAX_ENCODINGS } from './limits.ts'

/** What is offered. Not zstd: Node 20 cannot read it, and all versions shall behave the same. */
export const ACCEPT_ENCODING = 'gzip, deflate, br'

export type BodyFault = 'too-large' | 'truncated' | 'encoding'

export type BodyOutcome = { body: Uint8Array } | { fault: BodyFault }

export interface BodySink {
  /** False: wait for `onDrain` before the next chunk. */
  write(chunk: Uint8Array): boolean
  end(): void
  destroy(): void
}

export interface BodyBounds {
  maxBytes: number
  /** Whether a larger body is a fault, or is cut at the bound. */
  overflow: 'fail' | 'cut'
}

class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/** `deflate` means zlib's format (RFC 9110, 8.4.1.2), yet some servers send it bare: the first two bytes tell. */
function createAnyInflate(): Transform {
  let held: Buffer = Buffer.alloc(0)
  let inflate: Transform | null = null
  const start = (out: Transform): Transform => {
    const header = held.length < 2 ? 0 : held.readUInt16BE(0)
    const started = (header & 0x0f00) === 0x0800 && header % 31 === 0 ? createInflate() : createInflateRaw()
    started.on('data', (chunk: Buffer) => out.push(chunk)).on('error', (error) => out.destroy(error))
    return started
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      held = inflate === null ? Buffer.concat([held, chunk]) : chunk
      if (held.length < 2) return done()
      inflate ??= start(this)
      inflate.write(held, () => done())
    },
    flush(done) {
      inflate ??= start(this)
      inflate.once('end', () => done()).end(held.length < 2 ? held : undefined)
    },
    destroy(error, done) {
      inflate?.destroy()
      done(error)
    },
  })
}

const DECODERS: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createAnyInflate],
  ['br', createBrotliDecompress],
])

/** Stops the stream where more than `maxBytes` came out of it: what inflates must be counted after it was inflated. */
function createBound(maxBytes: number): Transform {
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > maxBytes) done(new TooLarge())
      else done(null, chunk)
    },
  })
}

/** In the order of decoding; `null` when one is not understood or there are too many. */
function decodersOf(contentEncoding: string): (() => Transform)[] | null {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  const decoders = names.toReversed().flatMap((name) => DECODERS.get(name) ?? [])
  return decoders.length < names.length || names.length > MAX_ENCODINGS ? null : decoders
}

function faultOf(error: unknown): BodyFault {
  if (error instanceof TooLarge) return 'too-large'
  return (error as { code?: unknown }).code === 'Z_BUF_ERROR' ? 'truncated' : 'encoding'
}

/**
 * Takes a body as it comes and hands over what it inflates to, or what is wrong with it, once. `null` when the content
 * encoding is not understood.
 */
export function createBodySink(
  contentEncoding: string,
  bounds: BodyBounds,
  onDrain: () => void,
  onOutcome: (outcome: BodyOutcome) => void,
): BodySink | null {
  const decoders = decodersOf(contentEncoding)
  if (decoders === null) return null
  const kept: Buffer[] = []
  let size = 0
  let wireBytes = 0
  const outcome = (): BodyOutcome => {
    const { buffer, byteOffset, length } = Buffer.concat(kept)
    return { body: new Uint8Array(buffer, byteOffset, length) }
  }
  const collector = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const room = bounds.maxBytes - size
      kept.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
      size += chunk.length
      done(size > bounds.maxBytes ? new TooLarge() : null)
    },
  })
  // What comes between two decoders is bounded too, so that no nesting multiplies.
  const stages = decoders.flatMap((create, index) =>
    index === decoders.length - 1 ? [create()] : [create(), createBound(bounds.maxBytes)],
  )
  const entry = new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) }).on('drain', onDrain)
  pipeline([entry, ...stages, collector], (error) => {
    // An encoded body of no bytes is an empty body: servers send it with the header all the same.
    if (!error || wireBytes === 0) return onOutcome(outcome())
    const fault = faultOf(error)
    onOutcome(fault === 'too-large' && bounds.overflow === 'cut' ? outcome() : { fault })
  })
  return {
    write: (chunk) => {
      wireBytes += chunk.length
      return entry.write(chunk)
    },
    end: () => void entry.end(),
    destroy: () => void entry.destroy(),
  }
}
