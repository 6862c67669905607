/** The process as values: `main` makes the real one, tests make their own. */
export interface Io {
  /** Data. Resolves when the chunk was taken (back pressure). */
  stdout: (text: string) => Promise<void>
  /** Words for a person. */
  stderr: (text: string) => void
  stdin: () => AsyncIterable<Uint8Array>
  stderrIsTerminal: boolean
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  /** Milliseconds since 1970. */
  now: () => number
  /** Rejects with the signal's reason when it is aborted. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** In [0, 1): for jitter. */
  random: () => number
  /** Aborted by SIGINT and SIGTERM. */
  signal: AbortSignal
}
