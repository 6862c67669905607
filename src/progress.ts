import cliProgress from 'cli-progress'
import stringWidth from 'string-width'
import { printable } from './core/text/printable.ts'
import { printDuration } from './core/units.ts'
import type { Io, Step } from './io.ts'
import { t } from './words/words.ts'

/** Work that ends sooner shows no bar. */
const DRAW_AFTER_MS = 700

const BAR_COLUMNS = 24

/** The process with a bar on its terminal, above which everything else is written. */
export interface Drawing {
  io: Io
  /** Takes the bar away. */
  stop(): void
}

/** Draws steps that are told to the `io` that it returns. */
export function drawProgress(io: Io): Drawing {
  const bar = new cliProgress.SingleBar({
    format: (_, { progress, eta }, step: Step) => line(step, progress, eta, io),
    etaBuffer: 100,
    // What was written above took the bar with it.
    forceRedraw: true,
    stream: terminal(io),
    fps: 10,
    clearOnComplete: true,
    // The terminal's modes are left alone: a run that is killed must leave none behind.
    linewrap: true,
    gracefulExit: false,
  })
  const began = io.now()
  let drawn = false
  const around = <T>(write: () => T): T => {
    if (drawn) io.stderr('\r\u001B[K')
    return write()
  }
  const watched: Io = {
    ...io,
    async stdout(text) {
      await around(() => io.stdout(text))
      if (drawn) bar.render()
    },
    stderr(text) {
      around(() => io.stderr(text))
      if (drawn) bar.render()
    },
    progress(step) {
      // Of nothing, all is done: a full bar.
      if (!drawn && (step.total === 0 || io.now() - began < DRAW_AFTER_MS)) return
      if (!drawn) bar.start(step.total ?? 0, step.done, { ...step })
      drawn = true
      bar.setTotal(step.total ?? 0)
      bar.update(step.done, { ...step })
    },
  }
  return {
    io: watched,
    stop() {
      drawn = false
      bar.stop()
    },
  }
}

/** cli-progress cuts by code units and moves the cursor back to where the bar began: both are left to this file. */
function terminal(io: Io): NodeJS.WritableStream {
  const stream = {
    isTTY: true,
    columns: 10_000,
    write: (text: string) => void (text === SAVE_CURSOR || text === RESTORE_CURSOR || io.stderr(text)),
  }
  return stream as unknown as NodeJS.WritableStream
}

const SAVE_CURSOR = '\u001B7'
const RESTORE_CURSOR = '\u001B8'

/** `etaSeconds` is no number while it is not known. */
function line(step: Step, progress: number, etaSeconds: number, io: Io): string {
  const { what, done, total, label } = step
  const columns = io.columns() - 1
  if (total === null) return fit(`${what} ${done}  ${printable(label)}`, columns)
  const left = typeof etaSeconds === 'number' && etaSeconds > 0 ? etaSeconds : null
  const rate = left === null ? '' : `  ${t`${perTime((total - done) / left)}  ${printDuration(left * 1000)} left`}`
  const full = Math.round(progress * BAR_COLUMNS)
  const bar = '█'.repeat(full) + '░'.repeat(BAR_COLUMNS - full)
  const text = fit(`${what} ${bar} ${done}/${total}${rate}  ${printable(label)}`, columns)
  return io.env['NO_COLOR'] ? text : text.replace(bar, `\u001B[36m${bar}\u001B[0m`)
}

function perTime(perSecond: number): string {
  return perSecond >= 1 ? t`${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s` : t`${(perSecond * 60).toFixed(1)}/min`
}

/** The text within so many columns: a Chinese character takes two. */
export function fit(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text
  let fitting = ''
  let used = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += stringWidth(segment)
    if (used > columns - 1) break
    fitting += segment
  }
  return `${fitting}…`
}
