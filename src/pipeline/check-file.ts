import { idOfName } from '../core/archive/path.ts'
import { type Problem, type ProblemKind, unnamedFile, writeAnew } from '../core/archive/verify.ts'
import type { Archive } from '../edge/archive/archive.ts'
import { decodeUtf8 } from '../edge/read.ts'
import { ArchiveError, StoryError } from '../errors.ts'
import { addresses } from '../sites/publishers.ts'
import { type Message, message } from '../words/words.ts'

/** The text of a Markdown file in a day's folder, or why it is not to be checked. */
export async function readOrProblem(path: string, archive: Archive): Promise<string | Problem> {
  try {
    if (idOfName(path.slice(11)) === null) {
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

/** A problem, of which nothing is mended and which is no note, unless `more` says so. */
export function problemOf(
  path: string,
  problem: ProblemKind,
  detail: Message,
  more: Partial<Pick<Problem, 'severity' | 'fixed'>> = {},
): Problem {
  return { path, problem, severity: 'problem', detail, fixed: null, ...more }
}

/** The problem that a temporary file is; `fixed`: what was done about it. */
export function leftoverAt(path: string, fixed: Message | null = null): Problem {
  return problemOf(path, 'leftover', message`a temporary file of a run that died`, { fixed })
}
