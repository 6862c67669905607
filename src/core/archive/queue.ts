import { type Message, english, message } from '../../words/words.ts'
import { isKeptMessage } from './kept-words.ts'
import type { Candidate } from './plan.ts'
import { isCount, isTime, type Of, oneOf, orAbsent, orNull, shaped } from '../shape.ts'
import { DAY_MS, HOUR_MS, isoTime } from '../time.ts'

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

/** Stands for the source of a story that was named otherwise. */
export const NO_SOURCE = 'queue'

/** What is needed to archive a story later, when its source shows it no more. */
export interface QueuedItem extends Pick<
  Candidate,
  'id' | 'url' | 'day' | 'title' | 'published' | 'html' | 'lang' | 'toldDay'
> {
  /** Name of the source that brought it. */
  source: string
}

/** How it went with a story that failed. */
export const isFailure = shaped({
  /** Failures so far, and answers to wait; 0 for a story whose host asked for a pause before it was asked for. */
  tries: isCount,
  firstFailed: isTime,
  /** `null`: given up. */
  nextTry: orNull(isTime),
  /** Why the last try failed. */
  reason: isKeptMessage,
  /** When it was last named on stderr. */
  lastReported: isTime,
  /** The last answer to its own request was to wait. Absent for all others. */
  saidToWait: orAbsent(oneOf(true)),
})

/** A story that failed. */
export type QueueEntry = QueuedItem & Of<typeof isFailure>

/** What the source says now; what it says no more is kept from when it did. */
function merged(item: QueuedItem, known: QueueEntry | undefined): QueuedItem {
  return {
    ...item,
    title: (item.title ?? known?.title ?? null)?.slice(0, MAX_TITLE_UNITS) ?? null,
    published: item.published ?? known?.published ?? null,
    html: item.html ?? known?.html ?? null,
    source: item.source === NO_SOURCE && known?.nextTry ? known.source : item.source,
  }
}

/**
 * What is remembered of a queue. What was given up is forgotten after a while, and what was given up first where there is
 * too much; what waits never is. Times are written in one form, so that their order is that of the texts: reading each
 * takes too long.
 */
function remembered(all: readonly QueueEntry[], now: number): QueueEntry[] {
  const since = isoTime(now - REMEMBER_MS)
  const queue = all.filter(({ nextTry, firstFailed }) => nextTry !== null || firstFailed > since)
  const givenUp = queue
    .filter(({ nextTry }) => nextTry === null)
    .toSorted((a, b) => (a.firstFailed < b.firstFailed ? -1 : 1))
  const dropped = new Set(givenUp.slice(0, Math.max(0, queue.length - MAX_ENTRIES)).map(({ id }) => id))
  return queue.filter(({ id }) => !dropped.has(id))
}

/** The queue while a run works: what it holds of one story is had, and changed, without looking at the others. Times are ms. */
export interface OpenQueue {
  get(id: string): QueueEntry | undefined
  /** A story failed. `final`: asking again is of no use. `first` and `given-up` are to be said aloud. */
  failed(item: QueuedItem, reason: Message, now: number, final: boolean): 'first' | 'again' | 'given-up'
  /** A story is set back until `until` before it was asked for: no try is counted. */
  setBack(item: QueuedItem, until: number, now: number, reason?: Message): void
  /**
   * The answer to a story's own request was to wait until `until`: a try, after which it is left alone as after a failure,
   * for a page that says so each time must not stop all others. False when no try is left.
   */
  toldToWait(item: QueuedItem, until: number, now: number): boolean
  /** A source shows something else of a story that failed, which waits as it did. */
  showed(item: QueuedItem): void
  succeeded(id: string): void
  /** As it is remembered. */
  entries(now: number): QueueEntry[]
}

/** Opens what is remembered. */
export function openQueue(queue: readonly QueueEntry[]): OpenQueue {
  const entries = new Map(queue.map((entry) => [entry.id, entry]))
  const triesOf = (id: string): number => (entries.get(id)?.tries ?? 0) + 1
  const put = (entry: QueueEntry): void => {
    entries.delete(entry.id)
    entries.set(entry.id, entry)
  }
  const delay = (item: QueuedItem, until: number, now: number, more: Pick<QueueEntry, 'reason'>): void => {
    const known = entries.get(item.id)
    const at = isoTime(now)
    const fresh = { tries: 0, firstFailed: at, lastReported: at, ...known }
    put({ ...fresh, ...more, ...merged(item, known), nextTry: isoTime(until) })
  }
  return {
    get: (id) => entries.get(id),
    failed(item, reason, now, final) {
      const known = entries.get(item.id)
      const tries = triesOf(item.id)
      const delayMs = final ? undefined : DELAYS_MS[tries - 1]
      const outcome = delayMs === undefined ? 'given-up' : tries === 1 ? 'first' : 'again'
      const at = isoTime(now)
      put({
        ...merged(item, known),
        tries,
        firstFailed: known?.firstFailed ?? at,
        nextTry: delayMs === undefined ? null : isoTime(now + delayMs),
        reason,
        lastReported: outcome === 'again' && known !== undefined ? known.lastReported : at,
      })
      return outcome
    },
    setBack(item, until, now, reason = message`the site asked for a pause`) {
      delay(item, until, now, { reason: entries.get(item.id)?.reason ?? reason })
    },
    toldToWait(item, until, now) {
      const tries = triesOf(item.id)
      const delayMs = DELAYS_MS[tries - 1]
      if (delayMs === undefined) return false
      const said = { tries, reason: message`its page said to wait`, saidToWait: true } as const
      delay(item, Math.max(until, now + delayMs), now, said)
      return true
    },
    showed(item) {
      const known = entries.get(item.id)
      if (known !== undefined) entries.set(item.id, { ...known, ...merged(item, known) })
    },
    succeeded: (id) => void entries.delete(id),
    entries: (now) => remembered([...entries.values()], now),
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
