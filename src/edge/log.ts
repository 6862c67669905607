import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { t } from '../words/words.ts'

/**
 * What appends lines to a file, each at once: a run that dies leaves what it said. It never fails a run: that the file
 * cannot be written is reported once, and the lines after that are lost.
 */
export function openLog(path: string, cwd: string, report: (line: string) => void): (line: string) => void {
  const file = resolve(cwd, path)
  let broken = false
  return (line) => {
    if (broken) return
    try {
      appendFileSync(file, `${line}\n`)
    } catch (error) {
      broken = true
      report(
        `${file}: ${t`cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}); the run goes on`}`,
      )
    }
  }
}
