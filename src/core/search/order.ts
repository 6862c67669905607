/** A story in the order of time: when it came out (ms), and the path of its file. */
export interface Timed {
  ms: number
  path: string
}

/** Stories of a quarter of a minute share one place. */
const PLACE_MS = 15_000

const placeOf = ({ ms }: Timed): number => Math.floor(ms / PLACE_MS)

/** Below 0 where the first comes before the second: by time, then by path. */
export const inOrder = (a: Timed, b: Timed): number => a.ms - b.ms || (a.path < b.path ? -1 : 1)

/**
 * What stands at each place that changes, once what stands at the places `gone` goes and `added` comes; `null`: nothing. `at`: what
 * stands there so far. A story has the place of its time or, where those before it in order take that, the first behind them: the
 * same stories stand at the same places, however they came there (linear probing in the order of keys).
 */
export function placesAfter<T extends Timed>(
  at: (place: number) => T | null,
  gone: readonly number[],
  added: readonly T[],
): Map<number, T | null> {
  const changed = new Map<number, T | null>()
  const now = (place: number): T | null => changed.get(place) ?? (changed.has(place) ? null : at(place))
  // The last first: what moves up comes from behind.
  for (const place of gone.toSorted((a, b) => b - a)) {
    let free = place
    for (;;) {
      const next = now(free + 1)
      if (next === null || placeOf(next) > free) break
      changed.set(free, next)
      free += 1
    }
    changed.set(free, null)
  }
  let behind = Number.NEGATIVE_INFINITY
  for (const one of added.toSorted(inOrder)) {
    let place = Math.max(placeOf(one), behind)
    for (let there = now(place); there !== null && inOrder(there, one) < 0; there = now(place)) place += 1
    behind = place + 1
    for (let moving: T | null = one; moving !== null; place += 1) {
      const there: T | null = now(place)
      changed.set(place, moving)
      moving = there
    }
  }
  return changed
}
