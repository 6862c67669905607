import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { MEMBER } from '../../core/warc/member.ts'
import { CHUNK_BYTES } from './files.ts'
import { type Found, type Part, scan, type Scanning, WHOLE } from './scan.ts'

/** A compressed file that is larger is read in parts, so many of them at a time. */
const PART_BYTES = 4 * 1024 * 1024
const LANES = 16

/** What a file holds from an offset on. */
function readFrom(file: string, start: number): AsyncIterable<Uint8Array> {
  return createReadStream(file, { start, highWaterMark: CHUNK_BYTES })
}

/** The parts of a file: one, unless it is compressed and large. */
async function partsOf(file: string, bytes: number): Promise<Part[]> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const first = Buffer.alloc(MEMBER.length)
    if (size > bytes) await handle.read(first, 0, first.length, 0)
    if (!first.equals(MEMBER)) return [WHOLE]
    const count = Math.ceil(size / bytes)
    return Array.from({ length: count }, (_, n) => ({
      begin: n * bytes,
      end: n === count - 1 ? WHOLE.end : (n + 1) * bytes,
      isAtRecord: n === 0,
    }))
  } finally {
    await handle.close()
  }
}

/** What a part of a compressed file holds, and from where to where it was read; `null` where it must be read from its beginning. */
export type ScannedPart = { from: number; to: number; found: Found[] } | null

/** What a thread does of `scanFile`. */
export async function scanPart(
  file: string,
  part: Part,
  looking: Pick<Scanning, 'wants' | 'pictures'>,
): Promise<ScannedPart> {
  const found: Found[] = []
  const tell = (one: Found): void => void found.push(one)
  const span = await scan(readFrom(file, part.begin), part, { ...looking, file, keep: null, tell })
  return span === null ? null : { ...span, found }
}

/**
 * Looks through a file, its parts side by side. What was found in a part counts where it begins at the very record at which the part
 * before it ended; else it is looked through again from there: bytes of a picture may look like a record.
 */
export async function scanFile(
  file: string,
  lookThrough: (part: Part) => Promise<ScannedPart>,
  scanning: Scanning,
  partBytes = PART_BYTES,
): Promise<void> {
  const parts = await partsOf(file, partBytes)
  if (parts.length === 1) return void (await scan(readFrom(file, 0), WHOLE, scanning))
  const ahead: Promise<ScannedPart>[] = []
  const waiting = parts.values()
  let at = 0
  for (const part of parts) {
    for (const next of waiting) {
      const scanned = lookThrough(next)
      // It is looked at when it is its turn, or never.
      scanned.catch(() => undefined)
      if (ahead.push(scanned) === LANES) break
    }
    const scanned = await ahead.shift()!
    if (at >= part.end) continue
    if (scanned?.from === at) {
      for (const found of scanned.found) scanning.tell(found)
      at = scanned.to
    } else {
      const again = { begin: at, end: scanned === null ? WHOLE.end : part.end, isAtRecord: true }
      at = (await scan(readFrom(file, at), again, scanning))?.to ?? WHOLE.end
    }
  }
}
