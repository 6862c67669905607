import { constants, fstatSync, lstatSync, readSync, type Stats } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rmdir, stat, unlink } from 'node:fs/promises'
import { platform } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { NO_FOLLOW } from '../../flags.ts'
import { ArchiveError } from '../../../errors.ts'
import { message } from '../../../words/words.ts'
import { archiveError, errorCode, isOfNothing, refusal } from '../../file-errors.ts'

const TEMPORARY = /^\.zaobao-([0-9a-f]{12})-[0-9a-z]+\.tmp$/

/**
 * Tells this process's temporaries from those of a run that died: a process id does not, between containers. It may be
 * guessed: a temporary is made where nothing is.
 */
const runToken = Math.floor(Math.random() * 2 ** 48)
  .toString(16)
  .padStart(12, '0')
let temporaries = 0

/** Whose temporary file a name is; `null` when it is none. */
export function ownerOfTemporary(name: string): 'this' | 'another' | null {
  const token = TEMPORARY.exec(name)?.[1]
  return token === undefined ? null : token === runToken ? 'this' : 'another'
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
    // The folder above it is there.
    if (errorCode(error) === 'ENOENT')
      throw new ArchiveError(message`cannot make the folder ${path}: the file system takes no folder there (ENOENT)`, {
        cause: error,
        isLocal: true,
      })
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

/** True for a folder, links to one included; false where nothing is. Throws when a file stands there. */
export async function folderExists(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null
    throw archiveError(error, 'use', path)
  })
  if (found !== null && !found.isDirectory()) {
    throw new ArchiveError(message`cannot use ${path}: it is a file, not a folder; choose another --archive`)
  }
  return found !== null
}

/** The user's own path to the archive may hold links. */
async function leadsToFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (isOfNothing(error)) return false
    throw error
  }
}

/**
 * Makes a folder, named by its path below an existing root, durably. A link in place of one of its parts is refused: what
 * is written under the root stays under the root.
 */
export async function makeFolder(root: string, below: string): Promise<void> {
  let path = root
  for (const part of below === '' ? [] : below.split('/')) {
    const parent = path
    path = join(parent, part)
    try {
      if (isFolder(path)) continue
      await mkdir(path).catch(async (error: unknown) => {
        if (errorCode(error) !== 'EEXIST' || !isFolder(path)) throw error
      })
      await syncFolder(parent)
    } catch (error) {
      throw archiveError(error, 'make the folder', path)
    }
  }
}

/** True for a folder, false where nothing is; throws when a link (`ELOOP`) or something else stands there. */
export function isFolder(path: string): boolean {
  const found = standing(path)
  if (found === undefined) return false
  if (found.isDirectory()) return true
  throw refusal(found.isSymbolicLink() ? 'ELOOP' : 'ENOTDIR', 'use', path)
}

/** A promise would take longer than the call that it waits for. */
function standing(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw archiveError(error, 'look at', path)
  }
}

/**
 * Writes a file whole or not at all, in a folder that was found to be one: temporary file, fsync, rename, fsync of the
 * folder. When this returns the file survives a power cut; when it throws, the former file stands as it was or the new one
 * is whole.
 * `mode`: its permission bits; `null` for those that new files have. `mayWrite` is asked at the last moment; where it says
 * no, nothing is written: false.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  mode: number | null,
  mayWrite: () => Promise<boolean>,
): Promise<boolean> {
  const folder = dirname(path)
  temporaries += 1
  const temporary = join(folder, `.zaobao-${runToken}-${temporaries.toString(36)}.tmp`)
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
    if (!isFolder(folder)) throw refusal('ENOENT', 'write into', folder)
    if (!(await mayWrite())) {
      await unlink(temporary)
      return false
    }
    await rename(temporary, path)
    await syncFolder(folder)
    return true
  } catch (error) {
    // What went wrong is told; a temporary that cannot be removed either is swept by the next run.
    await unlink(temporary).catch(() => undefined)
    throw archiveError(error, 'write', path)
  }
}

/**
 * Adds lines to a file, durably; a line that a dead run left torn is closed first, so that it costs itself alone. A file that has
 * another name too, as backups of hard links give it, is written anew: the backup's stays as it is.
 */
export async function appendDurably(path: string, lines: string): Promise<void> {
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | NO_FOLLOW
  try {
    const handle = await open(path, flags, 0o666)
    try {
      const { size, nlink, mode } = fstatSync(handle.fd)
      const added = `${isTorn(handle.fd, size) ? '\n' : ''}${lines}`
      if (nlink > 1) {
        const former = await handle.readFile()
        await writeDurably(path, Buffer.concat([former, Buffer.from(added)]), mode & 0o777, async () => true)
        return
      }
      await handle.appendFile(added)
      await handle.sync()
      if (size === 0) await syncFolder(dirname(path))
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw archiveError(error, 'write', path)
  }
}

/** True for a file of lines whose last has no end. A promise would take longer than the call that it waits for. */
function isTorn(file: number, size: number): boolean {
  const last = Buffer.alloc(1)
  if (size > 0) readSync(file, last, 0, 1, size - 1)
  return size > 0 && last.toString('latin1') !== '\n'
}

/** File systems without such bits refuse to set them. */
async function setMode(handle: FileHandle, mode: number): Promise<void> {
  try {
    if ((fstatSync(handle.fd).mode & 0o777) !== mode) await handle.chmod(mode)
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EINVAL', 'ENOSYS'].includes(errorCode(error) ?? '')) throw error
  }
}

/** Moves a file, durably. */
export async function moveDurably(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
    await syncFolder(dirname(to))
    if (dirname(from) !== dirname(to)) await syncFolder(dirname(from))
  } catch (error) {
    throw archiveError(error, 'move', from)
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

const NOT_EMPTY = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'])

/** Removes a folder where nothing is in it, durably; false where there is, or where no folder is. */
export async function removeEmptyFolder(path: string): Promise<boolean> {
  try {
    await rmdir(path)
    await syncFolder(dirname(path))
    return true
  } catch (error) {
    if (NOT_EMPTY.has(errorCode(error) ?? '')) return false
    throw archiveError(error, 'remove', path)
  }
}
