import type { FileHandle } from 'node:fs/promises'
import { beginsRecord, MAX_RECORD_BYTES, MEMBER, readMember } from '../../core/warc/member.ts'
import { readAt } from '../read.ts'

const WINDOW_BYTES = 1024 * 1024

/**
 * Where the whole records of a file end: behind it stands what a dead run left half, if anything. `null` where it is something else
 * that stands there. `size`: of the file.
 */
export async function endOfWhole(handle: FileHandle, size: number): Promise<number | null> {
  // From the end: records are appended, so that before one which is whole all are.
  for (let length = Math.min(WINDOW_BYTES, size); ; length = Math.min(2 * length, size)) {
    const tail = await readAt(handle, size - length, length)
    for (let at = tail.lastIndexOf(MEMBER); at !== -1; at = at === 0 ? -1 : tail.lastIndexOf(MEMBER, at - 1)) {
      const member = beginsRecord(tail.subarray(at)) ? readMember(tail.subarray(at)) : null
      if (member?.kind !== 'whole') continue
      const end = at + member.length
      return isHalf(tail.subarray(end)) ? size - length + end : null
    }
    if (length === size) return isHalf(tail) ? 0 : null
    if (length >= MAX_RECORD_BYTES) return null
  }
}

/** What is left of a write that was not finished: the beginning of a record, or the room for it. */
function isHalf(bytes: Buffer): boolean {
  return readMember(bytes).kind === 'short' || bytes.every((byte) => byte === 0)
}
