/**
 * The items in runs of at least `least`, counted by `sizeOf`, from the first on; what is left over is `rest`. Items that are added
 * behind change no run that is full.
 */
export function chunksOf<T>(
  items: readonly T[],
  least: number,
  sizeOf: (item: T) => number,
): { full: T[][]; rest: T[] } {
  const full: T[][] = []
  let rest: T[] = []
  let size = 0
  for (const item of items) {
    rest.push(item)
    size += sizeOf(item)
    if (size < least) continue
    full.push(rest)
    rest = []
    size = 0
  }
  return { full, rest }
}
