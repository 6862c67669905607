import { printable } from '../core/text/printable.ts'
import type { Io, Step } from '../io.ts'

export interface Tally {
  written: number
  revised: number
  unchanged: number
  failed: number
  /** Stories that wait for a host that asked for a pause. */
  waiting: number
}

/** Words for a person, on stderr; nothing of the network reaches it with control characters. */
export interface Reporter {
  tally: Tally
  /** One line a failure; shown with `--quiet` too. */
  problem(line: string): void
  /** What a person would want to know, and `--quiet` leaves out. */
  notice(line: string): void
  /** What `--verbose` adds. */
  detail(line: string): void
  /** So many more stories are to be dealt with. */
  expect(what: string, more: number): void
  /** So many more are dealt with, the last of them of this headline. */
  advance(by: number, label: string): void
  /** The one line at the end of a run that did something. */
  summary(what: string): void
}

export function createReporter(config: { quiet: boolean; verbose: boolean }, io: Io): Reporter {
  const say = (line: string) => io.stderr(`${printable(line)}\n`)
  const tally: Tally = { written: 0, revised: 0, unchanged: 0, failed: 0, waiting: 0 }
  const step: Step = { what: '', done: 0, total: null, label: '' }
  return {
    tally,
    expect: (what, more) => void Object.assign(step, { what, total: (step.total ?? 0) + more }),
    advance(by, label) {
      Object.assign(step, { done: step.done + by, label })
      if (step.total !== null) io.progress(step)
    },
    problem: say,
    notice: (line) => void (config.quiet || say(line)),
    detail: (line) => void (config.verbose && say(line)),
    summary(what) {
      const { written, revised, failed, waiting } = tally
      if (config.quiet || written + revised + failed + waiting === 0) return
      const parts = [
        `${written} written`,
        ...(revised > 0 ? [`${revised} revised`] : []),
        ...(failed > 0 ? [`${failed} failed, queued for the next run`] : []),
        ...(waiting > 0 ? [`${waiting} waiting for the site`] : []),
      ]
      say(`${what}: ${parts.join(', ')}`)
    },
  }
}
