import { getOrMake } from './get-or-make.ts'

/** The items of each key together, in the order of the first of each. */
export function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) getOrMake(groups, keyOf(item), () => []).push(item)
  return [...groups.values()]
}

/** Neighbours of one key together, in the order of the items. */
export function neighboursOf<T>(items: readonly T[], keyOf: (item: T) => unknown): T[][] {
  const runs: T[][] = []
  for (const item of items) {
    const run = runs.at(-1)
    if (run !== undefined && keyOf(run[0]!) === keyOf(item)) run.push(item)
    else runs.push([item])
  }
  return runs
}

/** How often each of some values is among them, in the order of the first of each. */
export function countsOf<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** What was counted with its counts, the commonest first; of as many in its order. */
export function commonestFirst<T>(counts: ReadonlyMap<T, number>): [T, number][] {
  return [...counts].toSorted(([, a], [, b]) => b - a)
}
