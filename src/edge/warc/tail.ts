import type { FileHandle } from 'node:fs/promises'
import { beginsRecord, MAX_RECORD_BYTES, MEMBER, readMember } from '../../core/warc/member.ts'

const WINDOW_BYTES = 1024 * 1024

/**
 * Where the whole records of a file end: behind it stands what a dead run left half, if anything. `null` where it is something else
 * that stands there. `size`: of the file.
 */
export async function endOfWhole(handle: FileHandle, size: number): Promise<number | null> {
  // From the end: records are appended, so that before one which is whole all are.
  let tail = Buffer.alloc(0)
  let begin = size
  while (begin > 0 && tail.length < MAX_RECORD_BYTES) {
    const length = Math.min(WINDOW_BYTES, begin)
    const window = Buffer.alloc(length)
    await handle.read(window, 0, length, begin - length)
    begin -= length
    tail = Buffer.concat([window, tail])
    let at = Math.min(length, tail.length - 1)
    while ((at = at < 0 ? -1 : tail.lastIndexOf(MEMBER, at)) !== -1) {
      const member = beginsRecord(tail.subarray(at)) ? readMember(tail.subarray(at)) : null
      if (member?.kind === 'whole') return isHalf(tail.subarray(at + member.length)) ? begin + at + member.length : null
      at -= 1
    }
  }
  return begin === 0 && isHalf(tail) ? 0 : null
}

/** What is left of a write that was not finished: the beginning of a record, or the room for it. */
function isHalf(bytes: Buffer): boolean {
  return readMember(bytes).kind === 'short' || bytes.every((byte) => byte === 0)
}
