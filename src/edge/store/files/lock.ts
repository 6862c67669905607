import { constants, fstatSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { NO_FOLLOW } from '../../flags.ts'
import { ArchiveError, TryLaterError } from '../../../errors.ts'
import { message, t } from '../../../words/words.ts'
import type { Lock, LockOptions } from '../store.ts'
import { folderExists } from './durable.ts'
import { archiveError } from '../../file-errors.ts'
import { type Flock, loadFlock } from './flock.ts'

const POLL_MS = 50

async function openLockFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDWR | constants.O_CREAT | NO_FOLLOW, 0o666)
  } catch (error) {
    throw archiveError(error, 'open', path)
  }
}

/**
 * The file may have been deleted between opening and locking: then another start locks another file of that name. It is asked
 * before each write, and each promise would take longer than the call that it waits for.
 */
function stillThere(handle: FileHandle, path: string): boolean {
  const held = fstatSync(handle.fd)
  try {
    const named = statSync(path)
    return named.ino === held.ino && named.dev === held.dev
  } catch {
    return false
  }
}

async function tryLock(flock: Flock, path: string): Promise<FileHandle | null> {
  for (;;) {
    const handle = await openLockFile(path)
    try {
      if (!(await flock(handle, 'exclusive', path))) {
        await handle.close()
        return null
      }
      if (stillThere(handle, path)) return handle
      await handle.close()
    } catch (error) {
      await handle.close()
      throw error
    }
  }
}

/** True while some run waits: each of them holds a shared lock on the file. */
async function someoneWaits(flock: Flock, path: string): Promise<boolean> {
  const handle = await openLockFile(path)
  try {
    return !(await flock(handle, 'exclusive', path))
  } finally {
    await handle.close()
  }
}

interface LockFiles {
  lock: string
  waiting: string
}

async function waitForLock(flock: Flock, files: LockFiles, options: LockOptions): Promise<FileHandle | null> {
  const until = options.now() + options.waitMs
  const announcement = await openLockFile(files.waiting)
  let announced = false
  try {
    for (;;) {
      // The holder's look at the file takes it for an instant: announced at the next turn then.
      announced ||= await flock(announcement, 'shared', files.waiting)
      const handle = await tryLock(flock, files.lock)
      if (handle !== null || options.now() >= until) return handle
      await options.sleep(POLL_MS, options.signal)
    }
  } finally {
    await announcement.close()
  }
}

async function take(flock: Flock, files: LockFiles, options: LockOptions): Promise<FileHandle | null> {
  const handle = await tryLock(flock, files.lock)
  return handle !== null || options.waitMs <= 0 ? handle : waitForLock(flock, files, options)
}

export interface HeldLock extends Lock {
  /** Throws `TryLaterError` when the lock was taken away, `ArchiveError` when the archive is gone. */
  check(): Promise<void>
}

/**
 * Takes the lock of the store `root`: a lock of the operating system on the file `lock` of a folder, which holds between
 * containers that share the folder. Throws `TryLaterError` when another run has it and goes on having it for `waitMs`,
 * `ArchiveError` when the file system knows no locks; rejects with the signal's reason when it is aborted. `onTaken` is
 * called each time that it is taken: others may have written before.
 */
export async function acquireLock(
  root: string,
  folder: string,
  options: LockOptions,
  onTaken: () => void,
): Promise<HeldLock> {
  const flock = loadFlock()
  const files = { lock: join(folder, 'lock'), waiting: join(folder, 'lock.waiting') }
  let held = await take(flock, files, options)
  if (held === null) {
    const waited = Math.round(options.waitMs / 1000)
    throw new TryLaterError(
      options.waitMs > 0
        ? t`another run holds the archive ${root} after ${waited} s of waiting; try later, or wait with --wait`
        : t`another run holds the archive ${root}; try later, or wait with --wait`,
    )
  }
  onTaken()
  return {
    async check() {
      if (held !== null && stillThere(held, files.lock)) return
      if (!(await folderExists(root))) {
        throw new ArchiveError(message`cannot write ${root}: the folder is gone; bring it back (is the disk mounted?)`)
      }
      throw new TryLaterError(
        t`${files.lock} was deleted or replaced under this run: another run may hold the archive; nothing more is written, run it again`,
      )
    },
    async letOthersIn() {
      if (held === null || !(await someoneWaits(flock, files.waiting))) return false
      await held.close()
      held = null
      while (await someoneWaits(flock, files.waiting)) await options.sleep(POLL_MS, options.signal)
      held = await take(flock, files, { ...options, waitMs: Number.POSITIVE_INFINITY })
      onTaken()
      return true
    },
    async release() {
      await held?.close()
      held = null
    },
  }
}
