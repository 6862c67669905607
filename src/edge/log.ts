import { accessSync, appendFileSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import { errorCode } from './file-errors.ts'
import { t } from '../words/words.ts'

/** Why a file cannot be appended to, as far as a look tells: the code of the system; `null` where nothing speaks against it. */
function faultOf(file: string): string | null {
  try {
    const there = statSync(file, { throwIfNoEntry: false })
    if (there?.isDirectory() === true) return 'EISDIR'
    accessSync(there === undefined ? dirname(file) : file, constants.W_OK)
    return null
  } catch (error) {
    return codeOf(error)
  }
}

const codeOf = (error: unknown): string => errorCode(error) ?? String(error)

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
  const fault = faultOf(file)
  if (fault !== null && isNeeded) throw new UsageError(`${file}: ${t`cannot be written (${fault})`}`)
  let broken = false
  const fail = (code: string): void => {
    broken = true
    report(`${file}: ${t`cannot be written (${code}); the run goes on`}`)
  }
  if (fault !== null) fail(fault)
  return (line) => {
    if (broken) return
    try {
      appendFileSync(file, `${line}\n`)
    } catch (error) {
      fail(codeOf(error))
    }
  }
}
