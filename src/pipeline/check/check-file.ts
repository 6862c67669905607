import { idOfName, placeOfPath } from '../../core/archive/path.ts'
import { type Problem, problemOf, unnamedFile, writeAnew } from '../../core/archive/verify.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import type { Mender } from '../../edge/archive/mend.ts'
import { decodeUtf8 } from '../../edge/read.ts'
import { ArchiveError, StoryError } from '../../errors.ts'
import { addresses } from '../../sites/publishers.ts'
import { message } from '../../words/words.ts'

/** Told of each problem. */
export type Tell = (problem: Problem) => Promise<void>

/** The text of a Markdown file in a day's folder, or why it is not to be checked. */
export async function readOrProblem(path: string, archive: Archive): Promise<string | Problem> {
  try {
    if (idOfName(placeOfPath(path).name) === null) {
      const found = await archive.store.get(path)
      return unnamedFile(path, found.kind === 'file' ? decodeUtf8(found.bytes) : null)
    }
    const text = await archive.readText(path)
    return text ?? problemOf(path, 'encoding', message`not UTF-8; ${writeAnew(path, '', addresses)}`)
  } catch (error) {
    if (error instanceof StoryError) return problemOf(path, 'unreadable', error.why)
    if (error instanceof ArchiveError) return problemOf(path, 'unreadable', error.words)
    throw error
  }
}

/** The error, where the system did not give a folder or file: that is no reason to leave out the others. Throws any other. */
export function unreadable(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error
  throw error
}

/** The problem that a temporary file is. */
export function leftoverAt(path: string): Problem {
  return problemOf(path, 'leftover', message`a temporary file of a run that died`)
}

/** Tells that a file could not be mended, where the fault is its own: the others are. Throws any other. */
export async function tellFault(path: string, error: unknown, tell: Tell): Promise<void> {
  if (!(error instanceof ArchiveError) || !error.isLocal) throw error
  await tell(problemOf(path, 'unreadable', message`not mended: ${error.words}`))
}

/** Removes the file that is a problem, and tells that it is removed, or why not. */
export async function removeAndTell(problem: Problem, mender: Mender, tell: Tell): Promise<void> {
  const { path } = problem
  await mender.removeLeftover(path).then(
    () => tell({ ...problem, fixed: message`removed` }),
    (error: unknown) => tellFault(path, error, tell),
  )
}
