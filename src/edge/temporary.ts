import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ArchiveError, isCommandError } from '../errors.ts'
import { message } from '../words/words.ts'
import { errorCode } from './file-errors.ts'

/** What `act` answers, which writes temporary files; an error of the system's is one of the folder that they are in. */
export async function inTemporary<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const code = errorCode(error)
    if (code === null || isCommandError(error)) throw error
    throw new ArchiveError(
      message`temporary files cannot be kept in ${tmpdir()} (${code}); TMPDIR names another folder`,
      { cause: error },
    )
  }
}

/** A new folder for temporary files, whose name begins with `prefix`. */
export function temporaryFolder(prefix: string): Promise<string> {
  return inTemporary(() => mkdtemp(join(tmpdir(), prefix)))
}
