import { sha256 } from '../hash.ts'
import { both, byName, isCount, isText, isTime, listOf, type Of, oneOf, orAbsent, orNull, shaped } from '../shape.ts'
import { present } from '../present.ts'
import { DAY_MS, isoTime } from '../time.ts'
import { urlOf } from '../url.ts'
import { isGap } from './gap.ts'
import { isKeptMessage, withEnglish, withWords } from './kept-words.ts'
import { isPagesRead } from './new-pages.ts'
import { isFailure, type QueueEntry } from './queue.ts'
import { isTrouble } from './trouble.ts'
import { isTurns, type Turns } from './turns.ts'
import { isValidators } from './validators.ts'

const isWholeTexts = shaped({
  /** Pages in a row that had no word more than the feed; below 0 where one had. */
  pages: isCount,
  /** When the last one was compared. */
  at: isTime,
  /** Of what site they were. Absent in what earlier versions wrote. */
  site: orAbsent(isText),
})

/** Whether the texts that a feed carries are whole, as far as pages were compared. */
export type WholeTexts = Of<typeof isWholeTexts>

const isSource = shaped({
  /** Of the last body each of whose items is archived or queued; `null` before there was one. */
  validators: orNull(isValidators),
  /** The address as configured, without credentials: what is remembered of another address counts for nothing. */
  url: isText,
  /** Where a permanent redirect sent it (301, 308), without credentials; `null` when none did. */
  permanentUrl: orNull(isText),
  /** Time of the newest story that it ever showed. */
  newest: orNull(isTime),
  lastOk: orNull(isTime),
  /** When it was last asked. Absent in what older versions wrote. */
  polled: orAbsent(isTime),
  /** When a run last had no turn left for it. Absent once it was asked. */
  waits: orAbsent(isTime),
  /** When it last showed its items, not only that nothing changed. Absent in what older versions wrote. */
  listed: orAbsent(isTime),
  /** Why the last poll failed; `null` when it did not. */
  lastError: orNull(isKeptMessage),
  failingSince: orNull(isTime),
  /** The address of its site, as a feed names it, without credentials. Absent where it names none. */
  home: orAbsent(isText),
  /** The sections of which the stories are that it showed last. Absent in what older versions wrote. */
  sections: orAbsent(listOf(isText)),
  /**
   * The stories that it showed when all of it was archived or queued last, in their order, as `wordOf` writes them: the
   * first of them, where they are many. Absent in what older versions wrote.
   */
  shown: orAbsent(listOf(isText)),
  /** Ids of the links that several of its items shared at some time. Absent where none did. */
  shared: orAbsent(listOf(isText)),
  /** Ids of its stories by the marks of their guids, the latest. Absent where none has any. */
  guids: orAbsent(byName(isText)),
  /** Absent before a page was compared with its text in the feed. */
  wholeTexts: orAbsent(isWholeTexts),
  /** When the server said that it is gone for good (410): it is asked again seldom, for that may have been a mistake. */
  ended: orNull(isTime),
})

/** What is known of a source between runs. */
export type SourceState = Of<typeof isSource>

const isServer = shaped({
  /** When it was last asked for anything. */
  asked: isTime,
  /** Not to be asked before that time. */
  notBefore: orAbsent(isTime),
})

/** What is remembered of a server that was asked. */
export type ServerState = Of<typeof isServer>

const isRun = shaped({
  command: isText,
  started: isTime,
  ended: isTime,
  exitCode: isCount,
  written: isCount,
  revised: isCount,
  unchanged: isCount,
  failed: isCount,
  /** Stories that failed before, and did again: that is not said when it happens. Absent in what older versions wrote. */
  failedAgain: orAbsent(isCount),
})

/** How the last run went. */
export type RunState = Of<typeof isRun>

/** A story that waits, as it stands in the file: the feed's text of it is kept in a file of its own. */
const isQueued = shaped({
  id: isText,
  url: isText,
  day: orNull(isText),
  title: orNull(isText),
  published: orNull(isTime),
  html: orAbsent(orNull(isText)),
  lang: orAbsent(isText),
  toldDay: orAbsent(isText),
  source: isText,
})

const isState = shaped({
  version: oneOf(1),
  lastRun: orNull(isRun),
  sources: byName(isSource),
  /** By host: not to be asked before that time. */
  hosts: byName(shaped({ notBefore: isTime })),
  queue: listOf(both(isQueued, isFailure)),
  /** Pictures that are to be asked for again, or never: of the file that `source` names. Absent before one failed. */
  pictures: orAbsent(listOf(both(isQueued, isFailure))),
  /** Since then stories may have been stored whose pictures stand in no queue. Absent where none are. */
  unpictured: orAbsent(isTime),
  /** Days that are still to be looked up. */
  gaps: listOf(isGap),
  /** What is not as it should be, and was said or is to be. Absent before there was any. */
  troubles: orAbsent(listOf(isTrouble)),
  /** By site, new stories in a row that were asked for in vain. */
  inVain: orAbsent(byName(isCount)),
  /** Pages that were read since the first one of late that no layout vouches for. Absent before there was any. */
  pages: orAbsent(isPagesRead),
  /** The version whose rules read the pages of the last run. Absent in what older versions wrote. */
  rules: orAbsent(isText),
  /** By server, under each of its names and addresses. Absent before one was asked. */
  servers: orAbsent(byName(isServer)),
  /** What each of those who ask had of turns that are too few. Absent while there are enough. */
  turns: orAbsent(isTurns),
  /** By the id that an address has, the one under which its story is archived: its page names another address. */
  names: orAbsent(byName(isText)),
  /** When all that the journal names was last looked for in its day's folder. Absent before the first time. */
  surveyed: orAbsent(isTime),
})

/** What the program remembers between runs. Losing it costs requests, never a story. Times are ISO 8601 UTC. */
export type State = Omit<Of<typeof isState>, 'queue' | 'pictures' | 'turns' | 'unpictured'> & {
  queue: QueueEntry[]
  pictures?: QueueEntry[] | undefined
  unpictured?: string | undefined
  turns?: Turns | undefined
}

export const EMPTY_STATE: State = { version: 1, lastRun: null, sources: {}, hosts: {}, queue: [], gaps: [] }

/**
 * The state in a file's text; `null` when it is damaged, be it in one letter. Half a state is not trusted: it is as good
 * as none. What older versions wrote has no digest, and the feeds' own text of what waits.
 */
export function parseState(text: string): State | null {
  try {
    const { digest, ...value } = JSON.parse(text) as Record<string, unknown>
    if (!isState(value) || (digest !== undefined && digest !== digestOf(value))) return null
    const state = withWords(value) as State
    const withText = (entry: QueueEntry): QueueEntry => ({ ...entry, html: entry.html ?? null })
    const { queue, pictures } = state
    return { ...state, queue: queue.map(withText), ...present({ pictures: pictures?.map(withText) }) }
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
  return sha256(JSON.stringify(value), 'base64url').slice(0, 16)
}

/** What of a state cannot be had again: what waits for another try, and the days that are still to be looked up. */
export function vitalOf({ queue, gaps }: State): State {
  return { ...EMPTY_STATE, queue, gaps }
}

/** No server is waited for longer. */
const MAX_PAUSE_MS = 7 * DAY_MS

/**
 * The state without what cannot be meant at `nowMs`: a clock that was wrong for one run would hold a story or a host for
 * years.
 */
export function soundState(state: State, nowMs: number): State {
  const isAhead = (time: string, byMs = 0): boolean => Date.parse(time) > nowMs + byMs
  const now = isoTime(nowMs)
  const past = <T extends string | null | undefined>(time: T, byMs = 0): T | null =>
    time && isAhead(time, byMs) ? null : time
  const pastOrNow = (time: string): string => (isAhead(time) ? now : time)
  const sources = Object.entries(state.sources).map(([name, source]): [string, SourceState] => {
    const { newest, lastOk, failingSince, ended } = source
    const sound = { lastOk: past(lastOk), failingSince: failingSince && pastOrNow(failingSince), ended: past(ended) }
    return [name, { ...source, ...sound, newest: past(newest, DAY_MS) }]
  })
  const hosts = Object.fromEntries(
    Object.entries(state.hosts).filter(([, { notBefore }]) => !isAhead(notBefore, MAX_PAUSE_MS)),
  )
  const soundServer = ({ asked, notBefore }: ServerState): ServerState => {
    return { asked: pastOrNow(asked), ...present({ notBefore: past(notBefore, MAX_PAUSE_MS) }) }
  }
  const servers =
    state.servers &&
    Object.fromEntries(Object.entries(state.servers).map(([name, server]) => [name, soundServer(server)]))
  const pauses = { ...hosts, ...servers }
  // A story waits longer than a day for its host alone.
  const mayWait = ({ url, nextTry }: QueueEntry): boolean =>
    nextTry === null ||
    !isAhead(nextTry, DAY_MS) ||
    [urlOf(url)?.host ?? '', url].some((name) => (pauses[name]?.notBefore ?? '') >= nextTry)
  const { surveyed, pictures, ...rest } = state
  const soundEntry = (entry: QueueEntry): QueueEntry => ({
    ...entry,
    firstFailed: pastOrNow(entry.firstFailed),
    lastReported: pastOrNow(entry.lastReported),
    nextTry: mayWait(entry) ? entry.nextTry : now,
  })
  // One that is not there is given up where its story is old, as each is by such a clock.
  const soundPicture = (entry: QueueEntry): QueueEntry =>
    soundEntry(entry.nextTry === null && isAhead(entry.lastReported, DAY_MS) ? { ...entry, nextTry: now } : entry)
  return {
    ...rest,
    sources: Object.fromEntries(sources),
    hosts,
    queue: state.queue.map(soundEntry),
    gaps: state.gaps.map((gap) => ({
      ...gap,
      // Noticed before its first day began: by a clock that was behind.
      noticed: isAhead(gap.noticed) || gap.noticed < gap.from ? now : gap.noticed,
      lastTried: past(gap.lastTried),
    })),
    ...present({ servers, pictures: pictures?.map(soundPicture), surveyed: past(surveyed) }),
  }
}
