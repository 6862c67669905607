import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { ArchiveError } from '../errors.ts'
import { archiveError, errorCode } from './archive/durable.ts'
import { type Message, message } from '../words/words.ts'

/** No story, index or journal of a day is near this. */
const MAX_FILE_BYTES = 64 * 1024 * 1024

/** What stands at a path: the bytes of a plain file, nothing, or something that must not be read, with the reason. */
export type Found = { kind: 'file'; bytes: Buffer } | { kind: 'absent' } | { kind: 'odd'; why: Message }

/**
 * Reads a file of `maxBytes` at most, without following a link in its place or waiting at a pipe. Throws `ArchiveError`
 * when it cannot.
 */
export async function lookAt(path: string, maxBytes = MAX_FILE_BYTES): Promise<Found> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  try {
    const handle = await open(path, flags)
    try {
      const found = await handle.stat()
      if (!found.isFile()) return { kind: 'odd', why: message`is no plain file; move it away` }
      if (found.size > maxBytes)
        return { kind: 'odd', why: message`is larger than any file of an archive; move it away` }
      return { kind: 'file', bytes: await handle.readFile() }
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return { kind: 'absent' }
    if (code === 'ELOOP') return { kind: 'odd', why: message`is a symbolic link; replace it by the file it points to` }
    throw archiveError(error, 'read', path)
  }
}

/** The bytes of one of the program's own files; `null` when there is none. Throws `ArchiveError` when it is no file. */
export async function readOwnFile(path: string): Promise<Buffer | null> {
  const found = await lookAt(path)
  if (found.kind === 'odd') throw new ArchiveError(message`cannot read ${path}: it ${found.why}`, { isLocal: true })
  return found.kind === 'file' ? found.bytes : null
}

/** UTF-8 as it stands, byte order mark included; `null` when the bytes are none. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
