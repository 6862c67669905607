import { printableLine } from './core/text/printable.ts'

/** How far long work is. */
export interface Step {
  /** The command. */
  what: string
  done: number
  /** `null` while it is not known how much there is. */
  total: number | null
  /** What is in hand: a headline, a day. */
  label: string
}

/** Why a person or the system ends the run, which is to say what it did so far. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** The process as values: `main` makes the real one, tests make their own. */
export interface Io {
  /** Data. Resolves when the chunk was taken (back pressure). */
  stdout: (data: string | Uint8Array) => Promise<void>
  /** Words for a person. */
  stderr: (text: string) => void
  stdin: () => AsyncIterable<Uint8Array>
  stderrIsTerminal: boolean
  /** Columns of the terminal on stderr. */
  columns: () => number
  /** Columns of the terminal on stdout; `null` where it is none. */
  outputColumns: () => number | null
  /** Told how far long work is, as often as one likes; a person may be watching. */
  progress: (step: Step) => void
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  /** How this program was called: the interpreter and the script, absolute. */
  invocation: readonly [string, string]
  /** The version of V8. */
  v8: string
  /** Milliseconds since 1970. */
  now: () => number
  /** Rejects with the signal's reason when it is aborted. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** In [0, 1): for jitter. */
  random: () => number
  /** Aborted by SIGINT and SIGTERM. */
  signal: AbortSignal
}

/** Says a line of words to a person: on stderr, without what would move a terminal's cursor. */
export function sayingTo(io: Pick<Io, 'stderr'>): (line: string) => void {
  return (line) => io.stderr(`${printableLine(line)}\n`)
}
