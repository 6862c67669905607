import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { MEMBER } from '../../core/warc/member.ts'
import { readAt } from '../read.ts'
import { CHUNK_BYTES } from './files.ts'
import { damagedAt } from './records.ts'
import { type ScannedCapture, type SourcePart, scan, type Scanning, WHOLE } from './scan.ts'
import type { Region } from './zip.ts'

/** A compressed file that is larger is read in parts, so many of them at a time. */
const PART_BYTES = 4 * 1024 * 1024
const LANES = 16

/** What a file holds from an offset on, up to another one. */
function readFrom(file: string, start: number, limit: number): Readable {
  return createReadStream(file, { start, end: limit - 1, highWaterMark: CHUNK_BYTES })
}

/** The parts of a region: one, unless it is compressed and large. */
async function partsOf(file: string, { begin, end: limit }: Region, bytes: number): Promise<SourcePart[]> {
  const handle = await open(file)
  try {
    const size = Math.min(limit, (await handle.stat()).size) - begin
    const isSplit = size > bytes && MEMBER.equals(await readAt(handle, begin, MEMBER.length))
    const count = isSplit ? Math.ceil(size / bytes) : 1
    return Array.from({ length: count }, (_, n) => ({
      begin: begin + n * bytes,
      end: n === count - 1 ? limit : begin + (n + 1) * bytes,
      limit,
      at: n === 0 ? 'source' : 'anything',
    }))
  } finally {
    await handle.close()
  }
}

/** What a part of a compressed file holds, and from where to where it was read; `null` where it must be read from its beginning. */
export type ScannedPart = { from: number; to: number; found: ScannedCapture[] } | null

/** What a part of a file holds, as a thread finds it for `scanRegion`. */
export async function scanPart(
  file: string,
  part: SourcePart,
  looking: Pick<Scanning, 'wants' | 'pictures'>,
): Promise<ScannedPart> {
  const found: ScannedCapture[] = []
  const tell = (one: ScannedCapture): void => void found.push(one)
  const span = await scan(readFrom(file, part.begin, part.limit), part, { ...looking, file, keep: null, tell })
  return span === null ? null : { ...span, found }
}

/**
 * Looks through a region of a file, its parts side by side. What was found in a part counts where it begins at the very record at which
 * the part before it ended; else it is looked through again from there: bytes of a picture may look like a record.
 */
export async function scanRegion(
  file: string,
  region: Region,
  lookThrough: (part: SourcePart) => Promise<ScannedPart>,
  scanning: Scanning,
  partBytes = PART_BYTES,
): Promise<void> {
  const { begin, end: limit } = region
  if (region.isDeflated) {
    const inflating = createInflateRaw()
    pipeline(readFrom(file, begin, limit), inflating, () => undefined)
    try {
      return void (await scan(inflating, WHOLE, { ...scanning, file: null }))
    } catch (error) {
      return scanning.tell(damagedAt(begin, error))
    }
  }
  const parts = await partsOf(file, region, partBytes)
  const again = async (part: SourcePart): Promise<number> =>
    (await scan(readFrom(file, part.begin, limit), part, scanning))?.to ?? limit
  if (parts.length === 1) return void (await again(parts[0]!))
  const ahead: Promise<ScannedPart>[] = []
  const waiting = parts.values()
  let at = begin
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
    } else
      at = await again({
        begin: at,
        end: scanned === null ? limit : part.end,
        limit,
        at: at === begin ? 'source' : 'record',
      })
  }
}
