import { accessSync, appendFileSync, closeSync, constants, openSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
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
  const opened = openSync(file, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0))
  if (there.isFIFO()) return opened
  closeSync(opened)
  return file
}

/** Why lines cannot be appended to it. */
function whyNot(error: unknown): Message {
  const code = errorCode(error) ?? String(error)
  return code === 'ENXIO' ? message`no program reads from it` : message`cannot be written (${code})`
}

/**
 * What appends lines to a file, each at once: a run that dies leaves what it said. It never fails a run: that the file
 * cannot be written is reported once, at the beginning where it can be told, and the lines after that are lost. With
 * `isNeeded` it throws `UsageError` at the beginning.
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
      appendFileSync(target, `${line}\n`)
    } catch (error) {
      fail(error)
    }
  }
}
