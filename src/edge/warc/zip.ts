import type { FileHandle } from 'node:fs/promises'
import { readAt } from '../read.ts'

/** Where a file stands within a file. `isDeflated`: as raw deflate, else as it is. */
export interface Region {
  begin: number
  end: number
  isDeflated: boolean
}

const END = Buffer.from('PK\u0005\u0006', 'latin1')
const LARGE_END = Buffer.from('PK\u0006\u0007', 'latin1')
const ENTRY = Buffer.from('PK\u0001\u0002', 'latin1')
/** Of the end of a zip file, with the longest comment behind it and what stands before it where the file is large. */
const END_BYTES = 22 + 0xffff + 20
const MAX_DIRECTORY_BYTES = 64 * 1024 * 1024
/** Stands for a number that does not fit and is given in the entry's extra field. */
const IN_EXTRA = 0xffff_ffff
const STORED = 0
const DEFLATED = 8

/** The files of a zip file whose names are of a pattern, in their order; `null` where its directory cannot be read. */
export async function regionsInZip(handle: FileHandle, pattern: RegExp): Promise<Region[] | null> {
  try {
    const { size } = await handle.stat()
    const tail = await readAt(handle, Math.max(0, size - END_BYTES), END_BYTES)
    const end = tail.lastIndexOf(END)
    if (end === -1) return null
    const isLarge = end >= 20 && LARGE_END.equals(tail.subarray(end - 20, end - 16))
    const last = isLarge ? await readAt(handle, bigAt(tail, end - 12), 56) : tail.subarray(end)
    const length = isLarge ? bigAt(last, 40) : last.readUInt32LE(12)
    if (length > MAX_DIRECTORY_BYTES) return null
    const directory = await readAt(handle, isLarge ? bigAt(last, 48) : last.readUInt32LE(16), length)
    const regions: Region[] = []
    for (let at = 0; ENTRY.equals(directory.subarray(at, at + 4));) {
      const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
      const extraEnd = nameEnd + directory.readUInt16LE(at + 30)
      const method = directory.readUInt16LE(at + 10)
      const isEncrypted = (directory.readUInt16LE(at + 8) & 1) === 1
      const isReadable = !isEncrypted && (method === STORED || method === DEFLATED)
      if (isReadable && pattern.test(directory.toString('utf8', at + 46, nameEnd))) {
        const [, packed = 0, place = 0] = numbersOf(directory.subarray(at, extraEnd), nameEnd - at)
        const own = await readAt(handle, place, 30)
        const begin = place + 30 + own.readUInt16LE(26) + own.readUInt16LE(28)
        regions.push({ begin, end: begin + packed, isDeflated: method === DEFLATED })
      }
      at = extraEnd + directory.readUInt16LE(at + 32)
    }
    return regions
  } catch (error) {
    // It ends before what it says that it has.
    if (error instanceof RangeError) return null
    throw error
  }
}

function bigAt(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at))
}

/** Of an entry its size, that in the zip file, and its place there. */
function numbersOf(entry: Buffer, extraAt: number): number[] {
  const numbers = [24, 20, 42].map((at) => entry.readUInt32LE(at))
  let at = extraAt
  while (at + 4 <= entry.length && entry.readUInt16LE(at) !== 1) at += 4 + entry.readUInt16LE(at + 2)
  let next = at + 4
  return numbers.map((number) => (number === IN_EXTRA ? bigAt(entry, (next += 8) - 8) : number))
}
