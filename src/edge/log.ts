import { appendFileSync } from 'node:fs'
import { t } from '../words/words.ts'

/**
 * What appends lines to a file, each at once: a run that dies leaves what it said. It never fails a run: that the file
 * cannot be written is reported once, and the lines after that are lost.
 */
export function openLog(path: string, report: (line: string) => void): (line: string) => void {
  let broken = false
  return (line) => {
    if (broken) return
    try {
      appendFileSync(path, `${line}\n`)
    } catch (error) {
      broken = true
      report(
        `${path}: ${t`cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}); the run goes on`}`,
      )
    }
  }
}
