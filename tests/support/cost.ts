import { expect } from 'vitest'

/** How many times the work of a quarter a whole may take: 4 is in proportion, 16 is the square. */
const MOST_TIMES = 9
/** Work below this is too little to be compared: it is counted as this much. */
const LEAST_MS = 10
/**
 * The processor's clock is coarse, a cold cache and a function not yet compiled cost, and the collector's work falls
 * where it will: what is too slow is so each time.
 */
const TRIES = 6

/** The processor's time that `work` took, in milliseconds: a busy machine changes nothing of it. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** Expects that work ends within `most` milliseconds of the processor, once at least. Answers its best. */
export async function expectWithin(most: number, work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let tried = 0; tried < TRIES && best > most; tried += 1) best = Math.min(best, await cpuMs(work))
  expect(best).toBeLessThanOrEqual(most)
  return Math.round(best)
}

/** What work of an input took, in milliseconds of the processor. */
interface Cost {
  whole: number
  /** Its longest; not measured where the whole is too little to be compared. */
  quarter: number
  isInProportion: boolean
}

/** `make(part)` makes an input of that share (1 or 1/4), `work` is given it. */
async function costOf<Input>(make: (part: number) => Input, work: (input: Input) => unknown): Promise<Cost> {
  const [small, large] = [make(1 / 4), make(1)]
  let quarter = LEAST_MS
  let whole = Number.POSITIVE_INFINITY
  for (let tried = 0; tried < TRIES && whole > MOST_TIMES * quarter; tried += 1) {
    whole = Math.min(whole, await cpuMs(() => work(large)))
    if (whole > MOST_TIMES * quarter) quarter = Math.max(quarter, await cpuMs(() => work(small)))
  }
  return { whole: Math.round(whole), quarter: Math.round(quarter), isInProportion: whole <= MOST_TIMES * quarter }
}

/**
 * Expects that work grows no faster than its input: `make(part)` makes an input of that share (1 or 1/4), `work` is given
 * it. Answers the processor's milliseconds of the whole.
 */
export async function expectInProportion<Input>(
  make: (part: number) => Input,
  work: (input: Input) => unknown,
): Promise<number> {
  const { whole, quarter, isInProportion } = await costOf(make, work)
  expect(isInProportion, `${whole} ms; a quarter took ${quarter} ms`).toBe(true)
  return whole
}

/** Those of many inputs whose work grows faster than they do, with figures. */
export async function outOfProportion<Input>(
  inputs: readonly (readonly [name: string, make: (part: number) => Input])[],
  work: (input: Input) => unknown,
): Promise<string[]> {
  const slow: string[] = []
  for (const [name, make] of inputs) {
    const { whole, quarter, isInProportion } = await costOf(make, work)
    if (!isInProportion) slow.push(`${name}: ${whole} ms, a quarter ${quarter} ms`)
  }
  return slow
}
