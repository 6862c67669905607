import { type Message, english, message } from '../../words/words.ts'
import type { Candidate } from './plan.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * How long after a failure a story is tried again: by the next run, which cron starts about 10 minutes later, then after
 * 1 hour, 6 hours, and daily, seven times.
 */
const DELAYS_MS: readonly number[] = [0, HOUR_MS, 6 * HOUR_MS, ...Array<number>(7).fill(DAY_MS)]

/** A story that was given up is remembered so long: a list that still names it does not bring it back. */
const REMEMBER_MS = 60 * DAY_MS

/** So many stories are remembered as given up, beside those that wait. */
const MAX_ENTRIES = 20_000

/** A headline is not remembered longer. */
const MAX_TITLE_UNITS = 500

/** What is needed to archive a story later, when its source shows it no more. */
export interface QueuedItem extends Pick<Candidate, 'id' | 'url' | 'day' | 'title' | 'published' | 'html'> {
  /** Name of the source that brought it. */
  source: string
}

/** A story that failed. Times are ISO 8601 UTC. */
export interface QueueEntry extends QueuedItem {
  /** Failures so far, and answers to wait; 0 for a story whose host asked for a pause before it was asked for. */
  tries: number
  firstFailed: string
  /** `null`: given up. */
  nextTry: string | null
  /** Why the last try failed. */
  reason: Message
  /** When it was last named on stderr. */
  lastReported: string
  /** The last answer to its own request was to wait. Absent for all others. */
  saidToWait?: true
}

/** `first` and `given-up` are to be said aloud. */
export interface Failure {
  queue: QueueEntry[]
  entry: QueueEntry
  outcome: 'first' | 'again' | 'given-up'
}

/** The queue after a story failed at `now` (ms). `final`: asking again is of no use. */
export function failed(
  queue: readonly QueueEntry[],
  item: QueuedItem,
  reason: Message,
  now: number,
  final = false,
): Failure {
  const known = queue.find((entry) => entry.id === item.id)
  const tries = (known?.tries ?? 0) + 1
  const delayMs = final ? undefined : DELAYS_MS[tries - 1]
  const outcome = delayMs === undefined ? 'given-up' : tries === 1 ? 'first' : 'again'
  const at = new Date(now).toISOString()
  const entry: QueueEntry = {
    ...merged(item, known),
    tries,
    firstFailed: known?.firstFailed ?? at,
    nextTry: delayMs === undefined ? null : new Date(now + delayMs).toISOString(),
    reason,
    lastReported: outcome === 'again' && known !== undefined ? known.lastReported : at,
  }
  return { queue: [...others(queue, item.id, now), entry], entry, outcome }
}

/** The queue after a story was set back until `until` (ms) before it was asked for: no try is counted. */
export function setBack(
  queue: readonly QueueEntry[],
  item: QueuedItem,
  until: number,
  now: number,
  reason = message`the site asked for a pause`,
): QueueEntry[] {
  const known = queue.find((entry) => entry.id === item.id)
  const at = new Date(now).toISOString()
  const fresh = { tries: 0, firstFailed: at, reason, lastReported: at }
  const entry = { ...fresh, ...known, ...merged(item, known), nextTry: new Date(until).toISOString() }
  return [...others(queue, item.id, now), entry]
}

/**
 * The queue after the answer to a story's own request was to wait until `until` (ms): a try, after which it is left alone
 * as after a failure, for a page that says so each time must not stop all others. `null` when no try is left.
 */
export function toldToWait(
  queue: readonly QueueEntry[],
  item: QueuedItem,
  until: number,
  now: number,
): QueueEntry[] | null {
  const tries = (queue.find(({ id }) => id === item.id)?.tries ?? 0) + 1
  const delayMs = DELAYS_MS[tries - 1]
  if (delayMs === undefined) return null
  return setBack(queue, item, Math.max(until, now + delayMs), now).map((entry) =>
    entry.id === item.id ? { ...entry, tries, reason: message`its page said to wait`, saidToWait: true } : entry,
  )
}

/** What the source says now; what it says no more is kept from when it did. */
function merged(item: QueuedItem, known: QueueEntry | undefined): QueuedItem {
  return {
    ...item,
    title: (item.title ?? known?.title ?? null)?.slice(0, MAX_TITLE_UNITS) ?? null,
    published: item.published ?? known?.published ?? null,
    html: item.html ?? known?.html ?? null,
  }
}

/** Times of the queue are written in one form, so that their order is that of the texts: reading each takes too long. */
function others(queue: readonly QueueEntry[], replaced: string, now: number): QueueEntry[] {
  const since = new Date(now - REMEMBER_MS).toISOString()
  return queue.filter(({ id, nextTry, firstFailed }) => id !== replaced && (nextTry !== null || firstFailed > since))
}

/** Those that were given up first are forgotten where there are too many; what waits never is. */
function bounded(queue: readonly QueueEntry[]): QueueEntry[] {
  const givenUp = queue
    .filter(({ nextTry }) => nextTry === null)
    .toSorted((a, b) => (a.firstFailed < b.firstFailed ? -1 : 1))
  const dropped = new Set(givenUp.slice(0, Math.max(0, queue.length - MAX_ENTRIES)).map(({ id }) => id))
  return queue.filter(({ id }) => !dropped.has(id))
}

/** The queue while a run works: what it holds of one story is had, and changed, without looking at the others. */
export interface OpenQueue {
  get(id: string): QueueEntry | undefined
  failed(item: QueuedItem, reason: Message, now: number, final: boolean): Failure['outcome']
  setBack(item: QueuedItem, until: number, now: number, reason?: Message): void
  /** False when no try is left. */
  toldToWait(item: QueuedItem, until: number, now: number): boolean
  succeeded(id: string): void
  /** As it is remembered. */
  entries(now: number): QueueEntry[]
}

/** Opens what is remembered. */
export function openQueue(queue: readonly QueueEntry[]): OpenQueue {
  const entries = new Map(queue.map((entry) => [entry.id, entry]))
  const alone = (id: string): QueueEntry[] => [entries.get(id)].filter((entry) => entry !== undefined)
  const put = (entry: QueueEntry | undefined): void => {
    if (entry === undefined) return
    entries.delete(entry.id)
    entries.set(entry.id, entry)
  }
  return {
    get: (id) => entries.get(id),
    failed(item, reason, now, final) {
      const { entry, outcome } = failed(alone(item.id), item, reason, now, final)
      put(entry)
      return outcome
    },
    setBack: (item, until, now, reason) => put(setBack(alone(item.id), item, until, now, reason)[0]),
    toldToWait(item, until, now) {
      const [entry] = toldToWait(alone(item.id), item, until, now) ?? []
      put(entry)
      return entry !== undefined
    },
    succeeded: (id) => void entries.delete(id),
    entries: (now) => bounded(others([...entries.values()], '', now)),
  }
}

/** Refusals of a page that another version may be able to read: a reason begins with its name. */
const UNREAD = /^(?:unclaimed|empty):/

/** True for a story whose page was had, and which nothing could read. */
export function isUnread({ reason }: Pick<QueueEntry, 'reason'>): boolean {
  return UNREAD.test(english(reason))
}

/** The entries whose time has come, the longest due first. */
export function due(queue: readonly QueueEntry[], now: number): QueueEntry[] {
  return queue
    .filter(({ nextTry }) => nextTry !== null && Date.parse(nextTry) <= now)
    .toSorted((a, b) => Date.parse(a.nextTry ?? '') - Date.parse(b.nextTry ?? ''))
}
