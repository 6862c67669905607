import { expect } from 'vitest'

/** How many times the work of a quarter a whole may take: 4 is in proportion, 16 is the square. */
const MOST_TIMES = 9
/** Work below this is too little to be compared: it is counted as this much. */
const LEAST_MS = 10
/** The processor's clock is coarse, and the collector's work falls where it will. */
const TRIES = 6

/** The processor's time that `work` took, in milliseconds: a busy machine changes nothing of it. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/**
 * Expects that work grows no faster than its input: `make(part)` makes an input of that share (1 or 1/4), `work` is given
 * it. Answers the processor's milliseconds of the whole.
 */
export async function expectInProportion<Input>(
  make: (part: number) => Input,
  work: (input: Input) => unknown,
): Promise<number> {
  const [small, large] = [make(1 / 4), make(1)]
  let quarter = LEAST_MS
  let whole = Number.POSITIVE_INFINITY
  for (let tried = 0; tried < TRIES && whole > MOST_TIMES * quarter; tried += 1) {
    quarter = Math.max(quarter, await cpuMs(() => work(small)))
    whole = Math.min(whole, await cpuMs(() => work(large)))
  }
  expect(whole, `a quarter took ${Math.round(quarter)} ms`).toBeLessThanOrEqual(MOST_TIMES * quarter)
  return Math.round(whole)
}
