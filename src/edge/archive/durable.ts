import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import { platform } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { ArchiveError, isCommandError } from '../../errors.ts'
import { type Message, message } from '../../words/words.ts'

/** What went wrong and what to do about it, by the system's name for it. */
const REASONS: Readonly<Record<string, Message>> = {
  ENOSPC: message`no space or no inodes are left on the disk; free some, then run again`,
  EDQUOT: message`the disk quota is used up; free some space, then run again`,
  EFBIG: message`the file system takes no file of that size`,
  EROFS: message`the file system is read-only; mount it writable, then run again`,
  EACCES: message`permission denied; give this user the right to read and write there`,
  EPERM: message`not permitted; give this user the right to read and write there`,
  ENOTDIR: message`a file stands where a folder belongs; move it away, or choose another --archive`,
  EISDIR: message`a folder stands where a file belongs; move it away`,
  EEXIST: message`something else stands in its place; move it away, or choose another --archive`,
  ENOENT: message`the folder is gone; bring it back (is the disk mounted?), then run again`,
  EIO: message`the disk reports an input/output error; check the disk, then run again`,
  ENXIO: message`the device is gone; bring it back, then run again`,
  ENODEV: message`the device is gone; bring it back, then run again`,
  ESTALE: message`the network file system lost the folder; mount it again, then run again`,
  ELOOP: message`a symbolic link stands in its place, and links are not followed there; replace it by what it points to`,
  ENAMETOOLONG: message`the path is too long for the file system; choose an --archive nearer the root`,
  EMFILE: message`too many files are open in this process; raise the limit (ulimit -n)`,
  ENFILE: message`too many files are open on this machine`,
  EBUSY: message`another program holds it; close that program, then run again`,
}

/** What cannot be done. */
const DOING = {
  read: message`read`,
  write: message`write`,
  'write into': message`write into`,
  'make the folder': message`make the folder`,
  'look at': message`look at`,
  use: message`use`,
  'set aside': message`set aside`,
  remove: message`remove`,
  open: message`open`,
  move: message`move`,
  clean: message`clean`,
}

/** Errors of the disk, the device or this process; all others concern the file or folder at which they are met. */
const OF_ALL = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'ENXIO', 'ENODEV', 'ESTALE', 'EMFILE', 'ENFILE'])

const TEMPORARY = /^\.zaobao-([0-9a-f]{12})-[0-9a-z]+\.tmp$/

/** Tells this process's temporaries from those of a run that died: a process id does not, between containers. */
const runToken = randomBytes(6).toString('hex')
let temporaries = 0

/** The system's error code, `ENOSPC`; `null` when the error is of another kind. */
export function errorCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' ? code : null
}

/** The system's error as one clear line; errors of the program itself come back as they are. */
export function archiveError(error: unknown, doing: keyof typeof DOING, path: string): unknown {
  const code = errorCode(error)
  if (code === null || isCommandError(error)) return error
  const reason = REASONS[code] ?? message`the operating system refused`
  return new ArchiveError(message`cannot ${DOING[doing]} ${path}: ${reason} (${code})`, {
    cause: error,
    isLocal: !OF_ALL.has(code),
  })
}

/** True for the name of a temporary file of this program. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name)
}

/** Folders that are being made durable, and the turn after it, which serves all who ask meanwhile. */
const syncing = new Map<string, { done: Promise<void>; next: Promise<void> | null }>()

/** Makes the names in a folder durable. Windows has no such call, some network file systems refuse it. */
export function syncFolder(path: string): Promise<void> {
  const running = syncing.get(path)
  if (running === undefined) return startSync(path)
  // What runs may have begun before the caller's name was there: it waits for the next.
  running.next ??= running.done.catch(() => undefined).then(() => startSync(path))
  return running.next
}

function startSync(path: string): Promise<void> {
  const turn = { done: syncNow(path).finally(() => syncing.delete(path)), next: null }
  syncing.set(path, turn)
  return turn.done
}

async function syncNow(path: string): Promise<void> {
  if (platform() === 'win32') return
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await handle.sync()
  } catch (error) {
    if (errorCode(error) !== 'EINVAL') throw error
  } finally {
    await handle.close()
  }
}

/** Makes a folder and those above it that are missing, each of them durable. */
export async function makeFolderTree(path: string): Promise<void> {
  try {
    await makeTree(resolve(path))
  } catch (error) {
    throw archiveError(error, 'make the folder', path)
  }
}

/** Not `mkdir` with `recursive`, which never answers where a file system says ENOENT for good, as `/proc` does. */
async function makeTree(path: string): Promise<void> {
  if (await leadsToFolder(path)) return
  const parent = dirname(path)
  if (parent !== path) await makeTree(parent)
  await mkdir(path).catch(async (error: unknown) => {
    if (errorCode(error) !== 'EEXIST' || !(await leadsToFolder(path))) throw error
  })
  await syncFolder(parent)
}

/** The user's own path to the archive may hold links. */
async function leadsToFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false
    throw error
  }
}

/**
 * Makes the folder `root/part/part...` below an existing root, durably, and returns its path. A link in place of one
 * of the parts is refused: what is written under the root stays under the root.
 */
export async function makeFolder(root: string, parts: readonly string[]): Promise<string> {
  let path = root
  for (const part of parts) {
    const parent = path
    path = join(parent, part)
    try {
      if (await isFolder(path)) continue
      await mkdir(path).catch(async (error: unknown) => {
        if (errorCode(error) !== 'EEXIST' || !(await isFolder(path))) throw error
      })
      await syncFolder(parent)
    } catch (error) {
      throw archiveError(error, 'make the folder', path)
    }
  }
  return path
}

/** True for a folder, false where nothing is; throws when a link (`ELOOP`) or something else stands there. */
export async function isFolder(path: string): Promise<boolean> {
  const found = await lstat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null
    throw archiveError(error, 'look at', path)
  })
  if (found === null) return false
  if (found.isDirectory()) return true
  const code = found.isSymbolicLink() ? 'ELOOP' : 'ENOTDIR'
  throw new ArchiveError(message`cannot ${DOING.use} ${path}: ${REASONS[code] ?? ''} (${code})`, { isLocal: true })
}

/**
 * Writes a file whole or not at all, in an existing folder, which is no link: temporary file, fsync, rename, fsync of
 * the folder. When this returns the file survives a power cut; when it throws, the former file stands as it was or the
 * new one is whole.
 * `mode`: its permission bits; `null` for those that new files have. `mayReplace` is asked at the last moment; where it says
 * no, nothing is written.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  mode: number | null = null,
  mayReplace: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<'written' | 'left'> {
  const folder = dirname(path)
  temporaries += 1
  const temporary = join(folder, `.zaobao-${runToken}-${temporaries.toString(36)}.tmp`)
  await mustBeFolder(folder)
  try {
    const handle = await open(temporary, 'wx')
    try {
      if (mode !== null) await setMode(handle, mode)
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    // A folder may become a link at any time: what is moved then is not found through it.
    await mustBeFolder(folder)
    if (!(await mayReplace())) {
      await unlink(temporary)
      return 'left'
    }
    await rename(temporary, path)
  } catch (error) {
    // What went wrong is told; a temporary that cannot be removed either is swept by the next run.
    await unlink(temporary).catch(() => undefined)
    throw archiveError(error, 'write', path)
  }
  try {
    await syncFolder(folder)
  } catch (error) {
    throw archiveError(error, 'write', path)
  }
  return 'written'
}

async function mustBeFolder(path: string): Promise<void> {
  if (!(await isFolder(path)))
    throw new ArchiveError(message`cannot ${DOING['write into']} ${path}: ${REASONS['ENOENT'] ?? ''}`, {
      isLocal: true,
    })
}

/** The permission bits of a file; `null` where nothing is. */
export async function modeOf(path: string): Promise<number | null> {
  try {
    return (await lstat(path)).mode & 0o777
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw archiveError(error, 'look at', path)
  }
}

/** File systems without such bits refuse to set them. */
async function setMode(handle: FileHandle, mode: number): Promise<void> {
  try {
    if (((await handle.stat()).mode & 0o777) !== mode) await handle.chmod(mode)
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EINVAL', 'ENOSYS'].includes(errorCode(error) ?? '')) throw error
  }
}

/** Removes a file, durably; nothing there is fine. */
export async function removeDurably(path: string): Promise<void> {
  try {
    await unlink(path)
    await syncFolder(dirname(path))
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw archiveError(error, 'remove', path)
  }
}

/**
 * Removes the temporaries that a dead run left in a folder. Only for the holder of the lock: whoever else wrote them
 * is dead then. `names` spares a second listing.
 */
export async function sweep(folder: string, names?: readonly string[]): Promise<void> {
  try {
    for (const name of names ?? (await readdir(folder))) {
      const token = TEMPORARY.exec(name)?.[1]
      if (token !== undefined && token !== runToken) await unlink(join(folder, name))
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw archiveError(error, 'clean', folder)
  }
}
