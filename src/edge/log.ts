import { accessSync, appendFileSync, closeSync, constants, openSync, statSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { NO_WAIT } from './flags.ts'
import { UsageError } from '../errors.ts'
import { errorCode } from './file-errors.ts'
import { type Message, message, said, t } from '../words/words.ts'

/**
 * What lines are appended to: a file by its name, which may stand for another one tomorrow, or a pipe, opened once for its one reader.
 * Throws where it cannot be written, as far as a look tells.
 */
function targetOf(file: string): string | number {
  const there = statSync(file, { throwIfNoEntry: false })
  if (there === undefined) {
    accessSync(dirname(file), constants.W_OK)
    return file
  }
  // Without waiting for a pipe's reader: nothing ends a call that waits.
  const opened = openSync(file, constants.O_WRONLY | NO_WAIT)
  if (there.isFIFO()) return opened
  closeSync(opened)
  return file
}

/** A pipe that is full is tried so often again, each time after so long (ms): its reader may be slow. */
const TRIES = 500
const TRY_MS = 10

function append(target: string | number, text: string): void {
  if (typeof target === 'string') return appendFileSync(target, text)
  const bytes = Buffer.from(text)
  for (let at = 0, tries = 0; at < bytes.length;) {
    try {
      at += writeSync(target, bytes, at)
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN' || tries === TRIES) throw error
      tries += 1
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TRY_MS)
    }
  }
}

const WHY: Readonly<Record<string, Message>> = {
  ENXIO: message`no program reads from it`,
  EAGAIN: message`its reader stands still`,
}

/** Why lines cannot be appended to it. */
function whyNot(error: unknown): Message {
  const code = errorCode(error) ?? String(error)
  return WHY[code] ?? message`cannot be written (${code})`
}

/**
 * What appends lines to a file, each at once: a run that dies leaves what it said. It never fails a run, nor holds it for long:
 * that the file cannot be written, or that the reader of a pipe stands still, is reported once, at the beginning where it can be
 * told, and the lines after that are lost. With `isNeeded` it throws `UsageError` at the beginning.
 */
export function openLog(
  path: string,
  cwd: string,
  { report, isNeeded }: { report: (line: string) => void; isNeeded: boolean },
): (line: string) => void {
  const file = resolve(cwd, path)
  let target: string | number | null = null
  const fail = (error: unknown): void => {
    target = null
    report(`${file}: ${t`${said(whyNot(error))}; the run goes on`}`)
  }
  try {
    target = targetOf(file)
  } catch (error) {
    if (isNeeded) throw new UsageError(`${file}: ${said(whyNot(error))}`)
    fail(error)
  }
  return (line) => {
    if (target === null) return
    try {
      append(target, `${line}\n`)
    } catch (error) {
      fail(error)
    }
  }
}
