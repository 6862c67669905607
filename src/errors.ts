import { WordedError, wordsOf } from './words/error.ts'
import { type Message, message } from './words/words.ts'

/** Exit codes: `product` terms. Where several hold, the first of 2, 4, 75, 3, 1 wins. */
export const EXIT = {
  done: 0,
  storiesFailed: 1,
  usage: 2,
  noSource: 3,
  archive: 4,
  tryLater: 75,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What a caller can act on: one clear line, and the exit code that goes with it. */
abstract class CommandError extends WordedError {
  abstract readonly exitCode: ExitCode

  constructor(words: Message | string, options?: ErrorOptions) {
    super(typeof words === 'string' ? message`${words}` : words, options)
  }
}

/** Wrong usage or configuration: the message names what, where and what is allowed. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'
  readonly exitCode = EXIT.usage
}

/** No source could be read. */
export class SourceError extends CommandError {
  override readonly name = 'SourceError'
  readonly exitCode = EXIT.noSource
}

/** The archive cannot be used: not writable, full, a file, of a newer layout. */
export class ArchiveError extends CommandError {
  override readonly name = 'ArchiveError'
  readonly exitCode = EXIT.archive
  /** One file or one day's folder of the archive is at fault: what concerns others may go on. */
  readonly isLocal: boolean
  /** What of a name the storage does not take; `null` where the name is not at fault. */
  readonly refusedName: 'length' | 'characters' | null

  constructor(
    words: Message,
    options: { cause?: unknown } & Partial<Pick<ArchiveError, 'isLocal' | 'refusedName'>> = {},
  ) {
    super(words, { cause: options.cause })
    this.isLocal = options.isLocal ?? false
    this.refusedName = options.refusedName ?? null
  }
}

/** Another run holds the archive, or the site said to wait. */
export class TryLaterError extends CommandError {
  override readonly name = 'TryLaterError'
  readonly exitCode = EXIT.tryLater
}

/** The document in hand is no article or cannot be read as what was asked for. */
export class StoryError extends CommandError {
  override readonly name = 'StoryError'
  readonly exitCode = EXIT.storiesFailed
  /** What is wrong, without the path. */
  readonly why: Message

  constructor(why: Message, path: string | null = null) {
    super(path === null ? why : message`${path} ${why}`)
    this.why = why
  }
}

/** True where one story of several is at fault, and the others may go on. */
export function isOfOneStory(error: unknown): boolean {
  return error instanceof ArchiveError ? error.isLocal : error instanceof StoryError
}

/** What was asked for; `instead`, where one file or one day's folder is at fault: `tell` is told what is wrong with it. */
export async function unlessLocal<T, I>(
  asked: Promise<T>,
  instead: I,
  tell: (why: Message) => void = () => undefined,
): Promise<T | I> {
  try {
    return await asked
  } catch (error) {
    if (!isOfOneStory(error)) throw error
    tell(wordsOf(error))
    return instead
  }
}

/** True for the errors above, whose message is meant for the user as it stands. */
export function isCommandError(error: unknown): error is CommandError {
  return error instanceof CommandError
}

/** True for what ends a run: an archive that cannot be used, or is another run's. Anything else is the failure of the story in hand. */
export function isFatal(error: unknown): boolean {
  return error instanceof ArchiveError ? !error.isLocal : error instanceof TryLaterError
}
