import stringWidth from 'string-width'
import { printable } from './core/text/printable.ts'
import { printDuration } from './core/units.ts'
import type { Io, Step } from './io.ts'
import { t } from './words/words.ts'

/** Work that ends sooner shows no bar. */
const DRAW_AFTER_MS = 700
const DRAW_EVERY_MS = 100

const BAR_COLUMNS = 24

/** The rate is that of so many steps before the last. */
const RATE_STEPS = 100
/** What takes longer is not told in time. */
const LONGEST_SECONDS = 1e7

const CLEAR_BEHIND = '\u001B[K'

/** The process with a bar on its terminal, above which everything else is written. */
interface Drawing {
  io: Io
  /** Takes the bar away. */
  stop(): void
}

/**
 * Draws steps that are told to the `io` that it returns. The terminal's modes are left alone: a run that is killed must leave
 * none behind.
 */
export function drawProgress(io: Io): Drawing {
  const began = io.now()
  const past: Past[] = []
  let step: Step | null = null
  let timer: NodeJS.Timeout | undefined
  const draw = (): void => {
    if (step !== null) io.stderr(`\r${line(step, rateOf(past), io)}${CLEAR_BEHIND}`)
  }
  const clear = (): void => {
    if (step !== null) io.stderr(`\r${CLEAR_BEHIND}`)
  }
  const watched: Io = {
    ...io,
    async stdout(text) {
      clear()
      await io.stdout(text)
      draw()
    },
    stderr(text) {
      clear()
      io.stderr(text)
      draw()
    },
    progress(told) {
      const isFirst = step === null
      // Of nothing, all is done: a full bar.
      if (isFirst && (told.total === 0 || io.now() - began < DRAW_AFTER_MS)) return
      step = { ...told }
      past.push({ done: told.done, atMs: io.now() })
      if (past.length > RATE_STEPS) past.shift()
      if (!isFirst) return
      draw()
      timer = setInterval(draw, DRAW_EVERY_MS)
    },
  }
  return {
    io: watched,
    stop() {
      clear()
      clearInterval(timer)
      step = null
    },
  }
}

/** How much was done at a time. */
interface Past {
  done: number
  atMs: number
}

/** Steps a second; no number, or none above 0, while it is not known. */
function rateOf(past: readonly Past[]): number {
  const [first, last] = [past[0], past.at(-1)]
  if (first === undefined || last === undefined) return 0
  return ((last.done - first.done) / (last.atMs - first.atMs)) * 1000
}

function line(step: Step, rate: number, io: Io): string {
  const { what, done, total, label } = step
  const columns = io.columns() - 1
  if (total === null) return fit(`${what} ${done}  ${printable(label)}`, columns)
  const leftSeconds = Math.ceil((total - done) / rate)
  const isKnown = leftSeconds > 0 && leftSeconds <= LONGEST_SECONDS
  const pace = isKnown ? `  ${t`${perTime(rate)}  ${printDuration(leftSeconds * 1000)} left`}` : ''
  const share = total === 0 ? 1 : Math.min(done / total, 1)
  // A narrow terminal has less of a bar, and all of the figures.
  const cells = Math.max(0, Math.min(BAR_COLUMNS, columns - stringWidth(`${what}  ${done}/${total}  `)))
  const full = Math.round(share * cells)
  const bar = '█'.repeat(full) + '░'.repeat(cells - full)
  const text = fit(`${what} ${bar} ${done}/${total}${pace}  ${printable(label)}`, columns)
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
