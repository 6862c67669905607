import type { FileHandle } from 'node:fs/promises'
import { beginsRecord, MEMBER, readMember } from '../../core/warc/member.ts'

const WINDOW_BYTES = 1024 * 1024

/** Where the whole records of a file end: behind it stands what a dead run left half, if anything. `size`: of the file. */
export async function endOfWhole(handle: FileHandle, size: number): Promise<number> {
  // From the end: records are appended, so that before one which is whole all are.
  let tail = Buffer.alloc(0)
  for (let begin = size; begin > 0;) {
    const length = Math.min(WINDOW_BYTES, begin)
    const window = Buffer.alloc(length)
    await handle.read(window, 0, length, begin - length)
    begin -= length
    tail = Buffer.concat([window, tail])
    let at = Math.min(length, tail.length - 1)
    while ((at = at < 0 ? -1 : tail.lastIndexOf(MEMBER, at)) !== -1) {
      const member = beginsRecord(tail.subarray(at)) ? readMember(tail.subarray(at)) : null
      if (member?.kind === 'whole') return begin + at + member.length
      at -= 1
    }
  }
  return 0
}
