/**
 * Of the texts that a story had before, oldest first, those that stay where so many are kept: the first, which is what was
 * published, and the newest of the others. Those that are kept for good stay beside them, and do not count.
 */
export function stayingOf<T>(former: readonly T[], keep: number, isForGood: (text: T) => boolean): T[] {
  const counted = former.filter((text) => !isForGood(text))
  const first = keep > 1 ? 1 : 0
  const tooMany = Math.max(0, counted.length - Math.max(1, keep))
  const dropped = new Set(counted.slice(first, first + tooMany))
  return former.filter((text) => isForGood(text) || !dropped.has(text))
}
