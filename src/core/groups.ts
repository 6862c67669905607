import { getOrMake } from './get-or-make.ts'

/** The items of each key together, in the order of the first of each. */
export function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) getOrMake(groups, keyOf(item), () => []).push(item)
  return [...groups.values()]
}
