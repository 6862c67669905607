import { createHash } from 'node:crypto'
import type { Gap } from './gap.ts'
import type { Validators } from '../model.ts'
import { isObject } from '../object.ts'
import type { PagesRead } from './new-pages.ts'
import type { QueueEntry } from './queue.ts'
import type { Trouble } from './trouble.ts'
import type { Turns } from './turns.ts'
import { withEnglish, withWords } from './kept-words.ts'
import { urlOf } from '../web/url.ts'
import type { Message } from '../../words/words.ts'

/** What is known of a source between runs. Times are ISO 8601 UTC. */
export interface SourceState {
  /** Of the last body each of whose items is archived or queued; `null` before there was one. */
  validators: Validators | null
  /** The address as configured, without credentials: what is remembered of another address counts for nothing. */
  url: string
  /** Where a permanent redirect sent it (301, 308), without credentials; `null` when none did. */
  permanentUrl: string | null
  /** Time of the newest story that it ever showed. */
  newest: string | null
  lastOk: string | null
  /** When it was last asked. Absent in what older versions wrote. */
  polled?: string
  /** When a run last had no turn left for it. Absent once it was asked. */
  waits?: string
  /** When it last showed its items, not only that nothing changed. Absent in what older versions wrote. */
  listed?: string
  /** Why the last poll failed; `null` when it did not. */
  lastError: Message | null
  failingSince: string | null
  /** The sections of which the stories are that it showed last. Absent in what older versions wrote. */
  sections?: string[]
  /**
   * The stories that it showed when all of it was archived or queued last, in their order, as `wordOf` writes them: the
   * first of them, where they are many. Absent in what older versions wrote.
   */
  shown?: string[]
  /** Ids of the links that several of its items shared at some time. Absent where none did. */
  shared?: string[]
  /** When the server said that it is gone for good (410): it is asked again seldom, for that may have been a mistake. */
  ended: string | null
}

/** What is remembered of a server that was asked. Times are ISO 8601 UTC. */
export interface ServerState {
  /** When it was last asked for anything. */
  asked: string
  /** Not to be asked before that time. */
  notBefore?: string
}

/** How the last run went. */
export interface RunState {
  command: string
  started: string
  ended: string
  exitCode: number
  written: number
  revised: number
  unchanged: number
  failed: number
  /** Stories that failed before, and did again: that is not said when it happens. Absent in what older versions wrote. */
  failedAgain?: number
}

/** What the program remembers between runs. Losing it costs requests, never a story. */
export interface State {
  version: 1
  lastRun: RunState | null
  sources: Record<string, SourceState>
  /** By host: not to be asked before that time. */
  hosts: Record<string, { notBefore: string }>
  queue: QueueEntry[]
  /** Days that are still to be looked up. */
  gaps: Gap[]
  /** What is not as it should be, and was said or is to be. Absent before there was any. */
  troubles?: Trouble[]
  /** Pages that were read since the first one of late that no layout vouches for. Absent before there was any. */
  pages?: PagesRead
  /** The version whose rules read the pages of the last run. Absent in what older versions wrote. */
  rules?: string
  /** By server, under each of its names and addresses. Absent before one was asked. */
  servers?: Record<string, ServerState>
  /** What each of those who ask had of turns that are too few. Absent while there are enough. */
  turns?: Turns | undefined
  /** When all that the journal names was last looked for in its day's folder. Absent before the first time. */
  surveyed?: string
}

export const EMPTY_STATE: State = { version: 1, lastRun: null, sources: {}, hosts: {}, queue: [], gaps: [] }

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isTextOrNull: Check = (value) => value === null || isText(value)
const isCount: Check = (value) => Number.isSafeInteger(value)
const isAmount: Check = (value) => typeof value === 'number' && value >= 0
const isTime: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))
const isTimeOrNull: Check = (value) => value === null || isTime(value)

function shaped(checks: Readonly<Record<string, Check>>): Check {
  return (value) => isObject(value) && Object.entries(checks).every(([key, check]) => check(value[key]))
}

function orNull(check: Check): Check {
  return (value) => value === null || check(value)
}

function orAbsent(check: Check): Check {
  return (value) => value === undefined || check(value)
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check)
}

function byName(check: Check): Check {
  return (value) => isObject(value) && Object.values(value).every(check)
}

const isTexts = listOf(isText)

const isSource = shaped({
  validators: orNull(shaped({ etag: isTextOrNull, lastModified: isTextOrNull })),
  url: isText,
  permanentUrl: isTextOrNull,
  newest: isTimeOrNull,
  lastOk: isTimeOrNull,
  polled: orAbsent(isTime),
  waits: orAbsent(isTime),
  listed: orAbsent(isTime),
  lastError: isTextOrNull,
  failingSince: isTimeOrNull,
  sections: orAbsent(isTexts),
  shown: orAbsent(isTexts),
  shared: orAbsent(isTexts),
  ended: isTimeOrNull,
})

const isRun = shaped({
  command: isText,
  started: isTime,
  ended: isTime,
  exitCode: isCount,
  written: isCount,
  revised: isCount,
  unchanged: isCount,
  failed: isCount,
  failedAgain: orAbsent(isCount),
})

const isQueueEntry = shaped({
  id: isText,
  url: isText,
  day: isTextOrNull,
  title: isTextOrNull,
  published: isTimeOrNull,
  html: orAbsent(isTextOrNull),
  source: isText,
  tries: isCount,
  firstFailed: isTime,
  nextTry: isTimeOrNull,
  reason: isText,
  lastReported: isTime,
  saidToWait: orAbsent((value) => value === true),
})

const isGap = shaped({
  source: isText,
  origin: isText,
  sections: isTexts,
  list: orAbsent(isText),
  from: isText,
  to: isText,
  noticed: isTime,
  lastTried: isTimeOrNull,
  reason: isTextOrNull,
  told: orAbsent(byName((value) => isTexts(value) || value === 'missing' || value === 'unread')),
})

const isTrouble = shaped({
  key: isText,
  manner: isText,
  since: isTime,
  runs: isCount,
  metAt: isTime,
  saidAt: isTimeOrNull,
})

const isPages = shaped({ known: isCount, generic: isCount, doubtful: isCount, unread: isCount })

const isServer = shaped({ asked: isTime, notBefore: orAbsent(isTime) })

const isState = shaped({
  version: (value) => value === 1,
  lastRun: orNull(isRun),
  sources: byName(isSource),
  hosts: byName(shaped({ notBefore: isTime })),
  queue: listOf(isQueueEntry),
  gaps: listOf(isGap),
  rules: orAbsent(isText),
  pages: orAbsent(isPages),
  troubles: orAbsent(listOf(isTrouble)),
  servers: orAbsent(byName(isServer)),
  surveyed: orAbsent(isTime),
  turns: orAbsent(shaped({ sources: isAmount, gaps: isAmount, pages: isAmount })),
})

/**
 * The state in a file's text; `null` when it is damaged, be it in one letter. Half a state is not trusted: it is as good
 * as none. What older versions wrote has no digest, and the feeds' own text of what waits.
 */
export function parseState(text: string): State | null {
  try {
    const { digest, ...value } = JSON.parse(text) as Record<string, unknown>
    if (!isState(value) || (digest !== undefined && digest !== digestOf(value))) return null
    const state = withWords(value) as State
    return { ...state, queue: state.queue.map((entry) => ({ ...entry, html: entry.html ?? null })) }
  } catch {
    return null
  }
}

/** The state as it stands in its file. The feeds' own text of what waits does not: it is kept in files of its own. */
export function renderState(state: State): string {
  const value = withEnglish({ ...state, queue: state.queue.map((entry) => ({ ...entry, html: undefined })) })
  return `${JSON.stringify({ ...value, digest: digestOf(value) }, null, 1)}\n`
}

function digestOf(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16)
}

/** What of a state cannot be had again: what waits for another try, and the days that are still to be looked up. */
export function vitalOf({ queue, gaps }: State): State {
  return { ...EMPTY_STATE, queue, gaps }
}

const DAY_MS = 86_400_000

/** No server is waited for longer. */
const MAX_PAUSE_MS = 7 * DAY_MS

function hostOf(url: string): string {
  return urlOf(url)?.host ?? ''
}

/**
 * The state without what cannot be meant at `nowMs`: a clock that was ahead for one run, or behind, would hold a host, a
 * story or a gap for years.
 */
export function soundState(state: State, nowMs: number): State {
  const isAhead = (time: string, byMs = 0): boolean => Date.parse(time) > nowMs + byMs
  const now = new Date(nowMs).toISOString()
  const past = <T extends string | null | undefined>(time: T): T | null => (time && isAhead(time) ? null : time)
  const pastOrNow = (time: string): string => (isAhead(time) ? now : time)
  const sources = Object.entries(state.sources).map(([name, source]): [string, SourceState] => {
    const { newest, lastOk, failingSince, ended } = source
    const sound = { lastOk: past(lastOk), failingSince: failingSince && pastOrNow(failingSince), ended: past(ended) }
    return [name, { ...source, ...sound, newest: newest && isAhead(newest, DAY_MS) ? null : newest }]
  })
  const hosts = Object.fromEntries(
    Object.entries(state.hosts).filter(([, { notBefore }]) => !isAhead(notBefore, MAX_PAUSE_MS)),
  )
  const servers = Object.entries(state.servers ?? {}).map(([name, { asked, notBefore }]) => {
    const pause = notBefore === undefined || isAhead(notBefore, MAX_PAUSE_MS) ? {} : { notBefore }
    return [name, { asked: pastOrNow(asked), ...pause }] as const
  })
  const pauses = { ...hosts, ...Object.fromEntries(servers) }
  // A story waits longer than a day for its host alone.
  const mayWait = ({ url, nextTry }: QueueEntry): boolean =>
    nextTry === null ||
    !isAhead(nextTry, DAY_MS) ||
    [hostOf(url), url].some((name) => (pauses[name]?.notBefore ?? '') >= (nextTry ?? ''))
  const { surveyed, ...rest } = state
  return {
    ...rest,
    sources: Object.fromEntries(sources),
    hosts,
    ...(state.servers === undefined ? {} : { servers: Object.fromEntries(servers) }),
    queue: state.queue.map((entry) => ({
      ...entry,
      firstFailed: pastOrNow(entry.firstFailed),
      lastReported: pastOrNow(entry.lastReported),
      nextTry: mayWait(entry) ? entry.nextTry : now,
    })),
    gaps: state.gaps.map((gap) => ({
      ...gap,
      // Noticed before its last day began: by a clock that was behind.
      noticed: isAhead(gap.noticed) || gap.noticed.slice(0, 10) < gap.from ? now : gap.noticed,
      lastTried: past(gap.lastTried),
    })),
    ...(surveyed === undefined || isAhead(surveyed) ? {} : { surveyed }),
  }
}
