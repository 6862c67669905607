import type { FileHandle } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { ArchiveError } from '../../../errors.ts'
import { type Message, message } from '../../../words/words.ts'
import { errorCode } from '../../file-errors.ts'

/** Takes a lock of the operating system on an open file (flock, LockFileEx); true when taken, false when another has it. */
export type Flock = (handle: FileHandle, mode: 'exclusive' | 'shared', path: string) => Promise<boolean>

const HELD = new Set(['EAGAIN', 'EWOULDBLOCK', 'EACCES', 'EBUSY'])

/** What flock(1) of util-linux and of busybox ends with when another has the lock. */
const HELD_EXIT = 1

function refused(path: string, why: Message | string, cause?: unknown): ArchiveError {
  return new ArchiveError(
    message`cannot lock ${path}: this file system has no file locks (${why}); keep the archive on a local disk, or mount the share with locks`,
    { cause },
  )
}

/** The lock by the command flock(1): what it locks is the file that both processes have open, and stays when it ends. */
export const flockByCommand: Flock = async (handle, mode, path) => {
  const { spawn } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    const child = spawn('flock', ['-n', mode === 'shared' ? '-s' : '-x', '3'], {
      stdio: ['ignore', 'ignore', 'ignore', handle.fd],
    })
    child.on('error', (cause) =>
      reject(
        new ArchiveError(
          message`cannot lock ${path}: neither the add-on fs-ext-extra-prebuilt, which has binaries for Node 20 to 25, nor the command flock works on this system; use one of these, or install the command flock (util-linux)`,
          { cause },
        ),
      ),
    )
    child.on('exit', (code) => {
      if (code === 0 || code === HELD_EXIT) resolve(code === 0)
      else reject(refused(path, message`flock ended with ${code ?? ''}`))
    })
  })
}

/** The lock by the add-on, or by the command where its binary does not load, as with the C library of Alpine. */
export function loadFlock(): Flock {
  try {
    // `import` would look for the names that it exports, which takes longer than all the rest of taking the lock.
    const addon = createRequire(import.meta.url)('fs-ext-extra-prebuilt') as typeof import('fs-ext-extra-prebuilt')
    return async (handle, mode, path) => {
      try {
        addon.flockSync(handle.fd, mode === 'shared' ? 'shnb' : 'exnb')
        return true
      } catch (error) {
        const code = errorCode(error)
        if (code !== null && HELD.has(code)) return false
        throw refused(path, code ?? message`unknown error`, error)
      }
    }
  } catch {
    return flockByCommand
  }
}
