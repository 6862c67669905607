/** Fewer items are no window: they tell too little of how often a feed has new ones. */
const MIN_ITEMS = 3
/** Items that were written within less are of the request, or of an edition that was put out at once. */
const MIN_SPAN_MS = 60_000

/** The times of the items that a feed shows, oldest first, ISO 8601 UTC. */
export type FeedWindow = readonly string[]

/**
 * The window of a feed whose items are of these times, in its order; `null` where they are few, or all of one time: that may be the
 * time of the request. In a feed that is ordered newest first, what stands above the newest item is pinned there, and tells nothing.
 */
export function windowOf(times: readonly string[]): FeedWindow | null {
  const newest = times.toSorted().at(-1) ?? ''
  const pinned = times.indexOf(newest)
  const below = times.slice(pinned)
  const isOrdered = below.every((time, at) => at === 0 || time <= (below[at - 1] ?? ''))
  const own = (isOrdered && below.length > 2 * pinned ? below : times).toSorted()
  const spanMs = Date.parse(newest) - Date.parse(own[0] ?? '')
  return own.length < MIN_ITEMS || spanMs < MIN_SPAN_MS ? null : own
}
