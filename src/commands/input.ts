import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import type { Io } from '../io.ts'

/** The bytes of a file, or of standard input for `null` and `-`. Throws `UsageError` when it cannot be read. */
export async function readInput(file: string | null, io: Io): Promise<Uint8Array> {
  if (file !== null && file !== '-') {
    try {
      return await readFile(resolve(io.cwd, file))
    } catch (error) {
      throw new UsageError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`)
    }
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of io.stdin()) chunks.push(chunk)
  return Buffer.concat(chunks)
}
