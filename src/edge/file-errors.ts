import { ArchiveError, isCommandError } from '../errors.ts'
import { type Message, message } from '../words/words.ts'

/** What went wrong and what to do about it, by the system's name for it. */
const REASONS: Readonly<Record<string, Message>> = {
  ENOSPC: message`no space or no inodes are left on the disk; free some, then run again`,
  EDQUOT: message`the disk quota is used up; free some space, then run again`,
  EFBIG: message`the file system takes no file of that size`,
  EROFS: message`the file system is read-only; mount it writable, then run again`,
  EACCES: message`permission denied; give this user the right to read and write there`,
  EPERM: message`not permitted; give this user the right to read and write there`,
  ENOTDIR: message`a file stands where a folder belongs; move it away, or choose another folder`,
  EISDIR: message`a folder stands where a file belongs; move it away`,
  EEXIST: message`something else stands in its place; move it away, or choose another folder`,
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
  remove: message`remove`,
  open: message`open`,
  move: message`move`,
}

/** What file systems answer to a name that is too long, or has characters that they do not know. */
const REFUSED_NAMES: Readonly<Record<string, 'length' | 'characters'>> = {
  ENAMETOOLONG: 'length',
  EINVAL: 'characters',
  EILSEQ: 'characters',
}

/** Errors of the disk, the device or this process; all others concern the file or folder at which they are met. */
const OF_ALL = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'ENXIO', 'ENODEV', 'ESTALE', 'EMFILE', 'ENFILE'])

/** The system's error code, `ENOSPC`; `null` when the error is of another kind. */
export function errorCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' ? code : null
}

/** True where the system says that nothing stands at a path. */
export function isOfNothing(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** The system's error as one clear line; errors of the program itself come back as they are. */
export function archiveError(error: unknown, doing: keyof typeof DOING, path: string): unknown {
  const code = errorCode(error)
  return code === null || isCommandError(error) ? error : refusal(code, doing, path, error)
}

/** What the system's code means for what was to be done at a path. */
export function refusal(code: string, doing: keyof typeof DOING, path: string, cause?: unknown): ArchiveError {
  const reason = REASONS[code] ?? message`the operating system refused`
  return new ArchiveError(message`cannot ${DOING[doing]} ${path}: ${reason} (${code})`, {
    cause,
    isLocal: !OF_ALL.has(code),
    refusedName: REFUSED_NAMES[code] ?? null,
  })
}
