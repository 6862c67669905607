import { randomBytes } from 'node:crypto'
import { constants, openSync } from 'node:fs'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { addAbortSignal } from 'node:stream'
import { promisify } from 'node:util'
import { NO_WAIT } from './flags.ts'
import { ArchiveError, UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { archiveError, errorCode } from './file-errors.ts'
import { t } from '../words/words.ts'

/** Looked for so often (ms). */
const READER_MS = 100

/** A pipe into which is written from when something reads it. Nothing that waits for that outlives `signal`. */
async function openPipe(path: string, { sleep, signal }: Pick<Io, 'sleep' | 'signal'>) {
  for (;;) {
    try {
      // A call that waits ends with no signal.
      const fd = openSync(path, constants.O_WRONLY | NO_WAIT)
      const pipe = addAbortSignal(signal, new Socket({ fd, readable: false, writable: true }))
      // Whoever writes is told, too.
      pipe.on('error', () => undefined)
      return {
        writeFile: promisify((chunk: string | Uint8Array, done: (error?: Error | null) => void) =>
          pipe.write(chunk, done),
        ),
        sync: async () => undefined,
        close: promisify((done: () => void) => pipe.end(done)),
      }
    } catch (error) {
      if (errorCode(error) !== 'ENXIO') throw error
    }
    await sleep(READER_MS, signal)
  }
}

/**
 * Writes a file, which is there when it is whole: what stood there before is replaced at the end, or stays. A device or a pipe is
 * written into, and ends quietly where the reader of a pipe goes away, as standard output does. Throws `UsageError` where nothing can be
 * written, `ArchiveError` where not all can.
 */
export async function writeOutput(
  chunks: AsyncIterable<string | Uint8Array> | readonly string[],
  path: string,
  io: Pick<Io, 'cwd' | 'sleep' | 'signal'>,
): Promise<void> {
  const output = await openOutput(path, io)
  try {
    for await (const chunk of chunks) await output.write(chunk)
    await output.end()
  } catch (error) {
    await output.abandon()
    if (!(error instanceof ArchiveError) || errorCode(error.cause) !== 'EPIPE') throw error
  }
}

async function openOutput(path: string, { cwd, ...io }: Pick<Io, 'cwd' | 'sleep' | 'signal'>) {
  const given = resolve(cwd, path)
  try {
    const target = await realpath(given).catch(() => given)
    const there = await stat(target).catch(() => null)
    const isDirect = there !== null && !there.isFile()
    const name = isDirect ? target : join(dirname(target), `.zaobao-${randomBytes(6).toString('hex')}.tmp`)
    const handle = there?.isFIFO() ? await openPipe(name, io) : await open(name, isDirect ? 'w' : 'wx', there?.mode)
    const writing = async (act: () => Promise<unknown>): Promise<void> => {
      try {
        await act()
      } catch (error) {
        throw archiveError(error, 'write', given)
      }
    }
    return {
      write: (chunk: string | Uint8Array) => writing(() => handle.writeFile(chunk)),
      /** What was written is whole. */
      end: () =>
        writing(async () => {
          if (!isDirect) await handle.sync()
          await handle.close()
          if (!isDirect) await rename(name, target)
        }),
      /** It is not: what was there before stays. */
      async abandon() {
        await handle.close().catch(() => undefined)
        if (!isDirect) await rm(name, { force: true })
      },
    }
  } catch (error) {
    const code = errorCode(error)
    if (code === null) throw error
    if (code === 'EISDIR') throw new UsageError(`${given}: ${t`it is a folder; name a file in it`}`)
    if (code === 'ENOENT') throw new UsageError(`${given}: ${t`the folder ${dirname(given)} is not there`}`)
    throw new UsageError(`${given}: ${t`cannot be written (${code})`}`)
  }
}
