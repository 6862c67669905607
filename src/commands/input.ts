import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import type { Io } from '../io.ts'

const MIB = 1024 * 1024

/** A page, a feed or a record is not larger; the network brings no more of one either. */
export const MAX_DOCUMENT_BYTES = 16 * MIB
/** A list of all addresses that the site ever had is not larger. */
export const MAX_LIST_BYTES = 64 * MIB

/**
 * The bytes of a file, or of standard input for `null` and `-`. Throws `UsageError` when it cannot be read or is larger
 * than `maxBytes`.
 */
export async function readInput(file: string | null, io: Io, maxBytes: number): Promise<Uint8Array> {
  const isFile = file !== null && file !== '-'
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    // Counted as it comes: neither a device nor a pipe says beforehand how much there is.
    for await (const chunk of isFile ? createReadStream(resolve(io.cwd, file)) : io.stdin()) {
      chunks.push(chunk)
      size += chunk.length
      if (size > maxBytes) break
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (!isFile || io.signal.aborted) throw error
    throw new UsageError(`${file}: cannot be read (${code ?? String(error)})`)
  }
  if (size <= maxBytes) return Buffer.concat(chunks)
  throw new UsageError(
    `${isFile ? file : 'standard input'}: larger than ${maxBytes / MIB} MiB, which nothing of use here is`,
  )
}
