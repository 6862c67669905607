import { latestOf } from '../../core/latest.ts'

/** Lines that are remembered. */
const MOST = 1_000

/** Says a line as `say` does, but each of the last thousand once: an archive is read many times, and each time its faults are met. */
export function onceEach(say: (line: string) => void): (line: string) => void {
  const said = latestOf<true>(MOST)
  return (line) => {
    if (said.get(line) === undefined) say(line)
    said.set(line, true)
  }
}
