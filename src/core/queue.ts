const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long after a failure a story is tried again: 10 minutes, 1 hour, 6 hours, then daily, seven times. */
const DELAYS_MS: readonly number[] = [10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, ...Array<number>(7).fill(DAY_MS)]

/** What is needed to archive a story later, when its source shows it no more. */
export interface QueuedItem {
  id: string
  url: string
  /** `YYYY-MM-DD` of the URL; `null` when it names none. */
  day: string | null
  title: string | null
  /** ISO 8601 UTC; `null` when the source told none. */
  published: string | null
  /** The source's own HTML of the story; `null` when it has none. */
  html: string | null
  /** Name of the source that brought it. */
  source: string
}

/** A story that failed. Times are ISO 8601 UTC. */
export interface QueueEntry extends QueuedItem {
  /** Failures so far, from 1. */
  tries: number
  firstFailed: string
  nextTry: string
  /** Why the last try failed, one line. */
  reason: string
  /** When it was last named on stderr. */
  lastReported: string
}

/** `named`: to be said aloud, at the first failure and when it is given up. */
export interface Failure {
  queue: QueueEntry[]
  entry: QueueEntry
  outcome: 'first' | 'again' | 'given-up'
}

/** True when a story of this id waits in the queue. */
export function isQueued(queue: readonly QueueEntry[], id: string): boolean {
  return queue.some((entry) => entry.id === id)
}

/** The queue after a story failed at `now` (ms). Given up, it is in the queue no more. */
export function failed(queue: readonly QueueEntry[], item: QueuedItem, reason: string, now: number): Failure {
  const known = queue.find((entry) => entry.id === item.id)
  const at = new Date(now).toISOString()
  const tries = (known?.tries ?? 0) + 1
  const delayMs = DELAYS_MS[tries - 1]
  const outcome = delayMs === undefined ? 'given-up' : known === undefined ? 'first' : 'again'
  const entry: QueueEntry = {
    id: item.id,
    url: item.url,
    day: item.day,
    title: item.title ?? known?.title ?? null,
    published: item.published ?? known?.published ?? null,
    html: item.html ?? known?.html ?? null,
    source: item.source,
    tries,
    firstFailed: known?.firstFailed ?? at,
    nextTry: new Date(now + (delayMs ?? 0)).toISOString(),
    reason,
    lastReported: outcome === 'again' && known !== undefined ? known.lastReported : at,
  }
  const others = queue.filter((other) => other.id !== item.id)
  return { queue: outcome === 'given-up' ? others : [...others, entry], entry, outcome }
}

/** The entries whose time has come, the longest due first. */
export function due(queue: readonly QueueEntry[], now: number): QueueEntry[] {
  return queue
    .filter((entry) => !(Date.parse(entry.nextTry) > now))
    .toSorted((a, b) => Date.parse(a.nextTry) - Date.parse(b.nextTry))
}

/** The queue without a story that is archived now. */
export function succeeded(queue: readonly QueueEntry[], id: string): QueueEntry[] {
  return queue.filter((entry) => entry.id !== id)
}
