import { constants, createReadStream, fstatSync, openSync } from 'node:fs'
import { addAbortSignal, type Readable } from 'node:stream'
import { isatty, ReadStream } from 'node:tty'
import { NO_WAIT } from './flags.ts'
import { type Message, message } from '../words/words.ts'
import { errorCode } from './file-errors.ts'

export const MIB = 1024 * 1024

/** What the bytes of `chunks` are together; `null` where they are more than `maxBytes`. */
export async function gathered(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer | null> {
  const held: Uint8Array[] = []
  let size = 0
  // Counted as they come: neither a device nor a pipe says beforehand how many there are.
  for await (const chunk of chunks) {
    held.push(chunk)
    size += chunk.length
    if (size > maxBytes) return null
  }
  return Buffer.concat(held)
}

/** What a file, pipe or device that someone named holds. It throws as `open` does; nothing that waits there outlives `signal`. */
export async function* bytesOf(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  // Opened without waiting for whoever writes: a call that waits ends with no signal.
  const file = openSync(path, constants.O_RDONLY | NO_WAIT)
  yield* addAbortSignal(signal, await streamOf(file))
}

async function streamOf(fd: number): Promise<Readable> {
  if (isatty(fd)) return new ReadStream(fd)
  if (!fstatSync(fd).isFIFO()) return createReadStream('', { fd })
  return new (await import('node:net')).Socket({ fd, readable: true, writable: false })
}

const WHY: Readonly<Record<string, Message>> = {
  ENOENT: message`there is no such file`,
  EISDIR: message`it is a folder, not a file`,
}

/** Why a file that someone named cannot be read. */
export function whyUnread(error: unknown): Message {
  const code = errorCode(error) ?? String(error)
  return WHY[code] ?? message`cannot be read (${code})`
}

/** That what someone named is larger than `maxBytes`, a number of MiB. */
export const tooLarge = (maxBytes: number): Message =>
  message`larger than ${maxBytes / MIB} MiB, which nothing of use here is`
