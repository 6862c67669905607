import { type BigIntStats, constants, fstatSync } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { NO_FOLLOW, NO_WAIT } from './flags.ts'
import { KINDS } from '../core/media/kind.ts'
import { archiveError, errorCode } from './file-errors.ts'
import { type Message, message } from '../words/words.ts'

/** No story, index or journal of a day is near this. */
const MAX_FILE_BYTES = 64 * 1024 * 1024

/** What is known of what stands somewhere without reading it. */
export interface Marks {
  kind: 'file' | 'folder' | 'odd'
  size: number
  /** When its content changed; of a folder, when a name came or went (ms). */
  modifiedMs: number
  /** The same by a clock that nobody sets back, as what restores a backup does with the other. */
  changedMs: number
  /** Another one after each change. */
  version: string
  /** Permission bits; `null` where the storage has none. */
  mode: number | null
}

/** A plain file as it stood when it was read. */
export type FileFound = Marks & { kind: 'file'; bytes: Buffer }

/** What stands at a path: a plain file, nothing, or something that must not be read, with the reason. */
export type PathContent = FileFound | { kind: 'absent' } | { kind: 'odd'; why: Message }

export function kindOf(found: { isFile(): boolean; isDirectory(): boolean }): Marks['kind'] {
  return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'odd'
}

export function marksOf(found: BigIntStats): Marks {
  const { ino, size, mtimeNs, ctimeNs, mode } = found
  return {
    kind: kindOf(found),
    size: Number(size),
    modifiedMs: Number(mtimeNs) / 1e6,
    changedMs: Number(ctimeNs) / 1e6,
    version: `${ino} ${size} ${mtimeNs} ${ctimeNs}`,
    mode: Number(mode) & 0o777,
  }
}

/**
 * Reads a file of `maxBytes` at most, without following a link in its place or waiting at a pipe. Throws `ArchiveError`
 * when it cannot.
 */
export async function lookAt(path: string, maxBytes = MAX_FILE_BYTES): Promise<PathContent> {
  const flags = constants.O_RDONLY | NO_FOLLOW | NO_WAIT
  try {
    const handle = await open(path, flags)
    try {
      // A promise would take longer than this call.
      const found = fstatSync(handle.fd, { bigint: true })
      if (!found.isFile()) return { kind: 'odd', why: message`is no plain file; move it away` }
      if (found.size > maxBytes)
        return { kind: 'odd', why: message`is larger than any file of an archive; move it away` }
      return { ...marksOf(found), kind: 'file', bytes: await readAt(handle, 0, Number(found.size)) }
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return (await isInCloud(path)) ? { kind: 'odd', why: IN_CLOUD } : { kind: 'absent' }
    if (code === 'ELOOP') return { kind: 'odd', why: message`is a symbolic link; replace it by the file it points to` }
    throw archiveError(error, 'read', path)
  }
}

/** The bytes of a file from an offset on: `length` of them, or fewer where it ends before. */
export async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  for (let at = 0; at < length;) {
    const { bytesRead } = await handle.read(bytes, at, length - at, offset + at)
    if (bytesRead === 0) return bytes.subarray(0, at)
    at += bytesRead
  }
  return bytes
}

/** Why a document that iCloud took off the machine cannot be read. */
export const IN_CLOUD = message`is in iCloud alone; have it downloaded, then run again`

/** What iCloud leaves for a document or picture: its name, hidden, with an end of its own. */
const OF_CLOUD = new RegExp(String.raw`^\.(.+\.(?:md|${KINDS.join('|')}))\.icloud$`, 'i')

/** The name of the document or picture for which iCloud left this one (`.NAME.md.icloud`); `null` where it is no such name. */
export function nameInCloud(name: string): string | null {
  return OF_CLOUD.exec(name)?.[1] ?? null
}

async function isInCloud(path: string): Promise<boolean> {
  const left = `.${basename(path)}.icloud`
  if (nameInCloud(left) === null) return false
  return lstat(join(dirname(path), left)).then(
    () => true,
    () => false,
  )
}

/** UTF-8 as it stands, byte order mark included; `null` when the bytes are none. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
