import { constants } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ArchiveError, TryLaterError } from '../../errors.ts'
import { archiveError, makeFolder, makeFolderTree } from './durable.ts'
import { type Flock, loadFlock } from './flock.ts'
import { checkLayout, folderExists, makeLayout } from './layout.ts'
import { message, t } from '../../words/words.ts'

const POLL_MS = 50

export interface LockOptions {
  /** How long to wait for a run that holds the archive; 0: not at all. */
  waitMs: number
  signal: AbortSignal
  /** One line for a person about something damaged. */
  report: (line: string) => void
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The right to write an archive: of one process at a time, gone with that process however it ends. */
export interface Lock {
  /**
   * Throws when the lock is this run's no longer: `ArchiveError` when the archive's folder is gone, `TryLaterError` when
   * the lock file was deleted or another took its place, as another run may hold the archive then.
   */
  check(): Promise<void>
  /** Lets every run that waits at this moment work and end, then takes the lock again. True when one was let in. */
  letOthersIn(): Promise<boolean>
  release(): Promise<void>
}

async function openLockFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o666)
  } catch (error) {
    throw archiveError(error, 'open', path)
  }
}

/** The file may have been deleted between opening and locking: then another start locks another file of that name. */
async function stillThere(handle: FileHandle, path: string): Promise<boolean> {
  const [held, named] = await Promise.all([handle.stat(), stat(path).catch(() => null)])
  return named !== null && named.ino === held.ino && named.dev === held.dev
}

async function tryLock(flock: Flock, path: string): Promise<FileHandle | null> {
  for (;;) {
    const handle = await openLockFile(path)
    try {
      if (!(await flock(handle, 'exclusive', path))) {
        await handle.close()
        return null
      }
      if (await stillThere(handle, path)) return handle
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

/**
 * Takes the archive's lock: a lock of the operating system on `.zaobao/lock`, which holds between containers that share
 * the folder. Throws `TryLaterError` when another run has it and goes on having it for `waitMs`, `ArchiveError` when
 * the file system knows no locks; rejects with the signal's reason when it is aborted.
 */
export async function acquireLock(archive: string, options: LockOptions): Promise<Lock> {
  const flock = loadFlock()
  await checkLayout(archive, options.report)
  await makeFolderTree(archive)
  const folder = await makeFolder(archive, ['.zaobao'])
  const files = { lock: join(folder, 'lock'), waiting: join(folder, 'waiting') }
  let held = await take(flock, files, options)
  if (held === null) {
    const waited = Math.round(options.waitMs / 1000)
    throw new TryLaterError(
      options.waitMs > 0
        ? t`another run holds the archive ${archive} after ${waited} s of waiting; try later, or wait with --wait`
        : t`another run holds the archive ${archive}; try later, or wait with --wait`,
    )
  }
  try {
    await makeLayout(archive)
  } catch (error) {
    await held.close()
    throw error
  }

  return {
    async check() {
      if (held !== null && (await stillThere(held, files.lock))) return
      if (!(await folderExists(archive))) {
        throw new ArchiveError(
          message`cannot write ${archive}: the folder is gone; bring it back (is the disk mounted?)`,
        )
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
      return true
    },
    async release() {
      await held?.close()
      held = null
    },
  }
}
