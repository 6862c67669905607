import { once } from 'node:events'
import { addAbortSignal } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { EXIT, type ExitCode } from './errors.ts'
import { Interrupted, type Io } from './io.ts'
import { run } from './program.ts'
import { t } from './words/words.ts'
import { present } from './core/present.ts'

const stop = new AbortController()
const aborted = once(stop.signal, 'abort')

function onSignal(code: ExitCode): () => void {
  return () => {
    // The second time the user means it: what is durable is durable already.
    if (stop.signal.aborted) process.exit(code)
    process.exitCode = code
    stop.abort(new Interrupted('interrupted'))
  }
}
process.on('SIGINT', onSignal(EXIT.interrupted))
process.on('SIGTERM', onSignal(EXIT.terminated))

// A reader that went away (`| head -1`) ends the run quietly; the archive is whole at every moment.
let outputEnded: ExitCode | null = null
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (outputEnded !== null) return
  const isLeft = error.code === 'EPIPE'
  outputEnded = isLeft ? EXIT.done : EXIT.storiesFailed
  if (!isLeft) process.stderr.write(`zaobao-archiver: ${t`the output cannot be written (${error.code ?? ''})`}\n`)
  // What is printed last may fail after all is done.
  if (process.exitCode === EXIT.done) process.exitCode = outputEnded
  stop.abort(isLeft ? new Error('the output ended') : new Interrupted('the output ended'))
})
process.stderr.on('error', () => undefined)

const io: Io = {
  async stdout(data) {
    if (outputEnded !== null) return
    // Written, or failed: an error of the stream is known, and dealt with above, before the caller goes on.
    await new Promise<void>((resolve) => {
      if (!process.stdout.write(data, () => resolve())) void aborted.then(() => resolve())
    })
  },
  stderr: (text) => void process.stderr.write(text),
  stdin: () => addAbortSignal(stop.signal, process.stdin),
  stderrIsTerminal: process.stderr.isTTY,
  columns: () => process.stderr.columns || 80,
  outputColumns: () => (process.stdout.isTTY ? process.stdout.columns || 80 : null),
  progress: () => undefined,
  env: process.env,
  cwd: workingFolder(),
  invocation: [process.execPath, fileURLToPath(new URL('../bin/zaobao-archiver.js', import.meta.url))],
  v8: process.versions.v8,
  now: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, present({ signal })),
  random: Math.random,
  signal: stop.signal,
}

/** A shell may stand in a folder that was removed under it. */
function workingFolder(): string {
  try {
    return process.cwd()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    process.stderr.write(
      `zaobao-archiver: ${t`the working folder cannot be used (${code ?? ''}); change into one that is there`}\n`,
    )
    process.exit(EXIT.usage)
  }
}

const code = await run(process.argv.slice(2), io)
// A signal's own code stands, whatever the interrupted work answered.
process.exitCode ??= outputEnded ?? code
