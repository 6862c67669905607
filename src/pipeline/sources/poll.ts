import { type FeedWindow, windowOf } from '../../core/archive/feed-window.ts'
import { wordOf } from '../../core/archive/list-places.ts'
import type { Item, Validators } from '../../core/model.ts'
import { isGuided, tellApart } from '../../core/feed/apart.ts'
import { type Candidate, fingerprint, guidMark } from '../../core/archive/plan.ts'
import { present } from '../../core/present.ts'
import { hidesSecret, printableUrl } from '../../core/text/printable.ts'
import type { SourceState } from '../../core/archive/state.ts'
import { isAskedAgain } from '../../core/archive/turns.ts'
import { type Left, whyLeft } from '../found.ts'
import { AHEAD_MS, DAY_MS, isoTime, startOfDay } from '../../core/time.ts'
import type { FailedRequest, Fetched, Http } from '../../edge/http/http.ts'
import { type Message, message, ofAddress } from '../../words/words.ts'
import { addresses, addressOf, identify, storyId, zoneOf } from '../../sites/publishers.ts'
import { candidateAt, type Declared, declaredOf } from '../candidate.ts'
import { imitatorOf } from '../configured/imitator.ts'
import type { Source } from '../configured/sources.ts'
import { faultOf, readItems } from './read-items.ts'
import { wordsOf } from '../../words/error.ts'

/** What one look at a source brought. */
export type Poll = { source: Source } &
  /** `fault`: one line where the source is cut off; then no validators are kept of it. */
  (
    | {
        kind: 'items'
        items: Item[]
        lang?: string
        /** The address of its site, where it names one. */
        home?: string
        validators: Validators
        permanentUrl: string | null
        fault: Message | null
        /** Of all its items, those that are not followed too; left out where it has none. */
        window?: FeedWindow
      }
    | { kind: 'unchanged'; permanentUrl: string | null; validators: Validators }
    /** It had no turn in this run. */
    | { kind: 'left'; why: Left }
    | Failed
  )

interface Failed {
  kind: 'failed'
  detail: Message
  waitUntil: number | null
  gone: boolean
  /** When it was met (ms), if it had been gone before: by the end of a run the day on which it is asked again may have begun. */
  metMs?: number
  /** What could not be read as the list that it should be; else `null`. */
  came: Fetched | null
}

/** Asks a source for what it has now. An empty list where there never is one is a fault. */
export async function poll(source: Source, before: SourceState | undefined, http: Http, nowMs: number): Promise<Poll> {
  const known = before?.url === printableUrl(source.url) ? before : undefined
  if (known?.ended && !isAskedAgain(known.ended, known.polled, nowMs)) return goneSince(source, known.ended, nowMs)
  const moved = addressToAsk(source, known?.permanentUrl ?? null)
  const validators = isTrustedStill(known, nowMs) ? known?.validators : null
  // A redirect that was a mistake must not hold for ever: where it led is asked while that answers, until the day ends.
  if (moved !== source.url && known?.polled?.slice(0, 10) === isoTime(nowMs).slice(0, 10)) {
    const answer = await ask(source, moved, http, nowMs, known, validators)
    if (answer.kind === 'left' || (answer.kind === 'failed' && answer.waitUntil !== null)) return answer
    if (answer.kind !== 'failed') return { ...answer, permanentUrl: answer.permanentUrl ?? moved }
  }
  return ask(source, source.url, http, nowMs, known, moved === source.url ? validators : null)
}

function goneSince(source: Source, ended: string, metMs: number): Poll {
  const detail = message`it is gone for good since ${ended.slice(0, 10)} (410), and is asked again now and then; take it out of the configuration`
  return failedPoll(source, detail, { gone: true, metMs })
}

function failedPoll(source: Source, detail: Message, more: Partial<Failed>): Poll {
  return { source, kind: 'failed', detail, waitUntil: null, gone: false, came: null, ...more }
}

/** What an address of a source has now. */
async function ask(
  source: Source,
  address: string,
  http: Http,
  nowMs: number,
  known: SourceState | undefined,
  validators: Validators | null = null,
): Promise<Poll> {
  const response = await http.get(address, { validators, userNamed: source.userNamed })
  if (response.kind === 'unchanged') {
    const { permanentUrl, validators: renewed } = response
    return { source, kind: 'unchanged', permanentUrl, validators: renewed }
  }
  if (response.kind === 'failed' && response.unasked) return { source, kind: 'left', why: whyLeft(response, address) }
  if (response.kind === 'failed' && response.reason === 'gone' && known?.ended)
    return goneSince(source, known.ended, nowMs)
  if (response.kind === 'failed') return failure(source, address, response)
  const imitator = imitatorOf(response.url)
  if (imitator !== null) return unread(source, imitator, response)
  try {
    const listing = await readItems(response, source.kind, nowMs)
    const { end, home } = listing
    const items = tellApart(listing.items, addresses)
    const { permanentUrl } = response
    const fault = faultOf(listing)
    // What was not read, or cannot be archived, may be had later: the answer is not remembered as whole.
    const kept = end === 'whole' && items.every(hasLink) ? response.validators : { etag: null, lastModified: null }
    const window = end === 'whole' ? windowOf(items.flatMap((item) => timeOf(item, nowMs))) : null
    if (items.length > 0)
      return {
        source,
        kind: 'items',
        items: wanted(items, source),
        ...declaredOf(listing),
        ...present({ home, window }),
        validators: kept,
        permanentUrl,
        fault,
      }
    const empty =
      known?.newest != null
        ? message`it is empty, though it had stories before: it looks new`
        : message`it is empty, which it never should be`
    return unread(source, fault ?? empty, response)
  } catch (error) {
    const fault = wordsOf(error)
    const isMeantAsList = source.kind === 'feed' && (await isList(response, nowMs))
    const detail = isMeantAsList
      ? message`${[fault, message`it is a list of stories: give its address as a section`]}`
      : fault
    return unread(source, detail, response)
  }
}

/** The items that are followed: the first of them, of those whose headlines have the words that are asked for. */
function wanted(items: readonly Item[], { entry = { feed: '' } }: Source): Item[] {
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase()
  const hasWord = ({ title }: Item, words: readonly string[]): boolean =>
    words.some((word) => plain(title ?? '').includes(plain(word)))
  const { only, exclude = [], limit = items.length } = entry
  return items.filter((item) => (only === undefined || hasWord(item, only)) && !hasWord(item, exclude)).slice(0, limit)
}

/** Of lists alone a later version may read more. */
function unread(source: Source, detail: Message, response: Fetched): Poll {
  return failedPoll(source, detail, source.kind === 'list' ? { came: response } : {})
}

/** A cache may say for ever that nothing changed: once a day a source is asked without validators. */
function isTrustedStill(known: SourceState | undefined, nowMs: number): boolean {
  const age = nowMs - Date.parse(known?.listed ?? '')
  return age >= 0 && age < DAY_MS
}

/** A list is not read as a feed that the user named: robots.txt is heeded for lists. */
async function isList(response: Fetched, nowMs: number): Promise<boolean> {
  const listing = await readItems(response, 'list', nowMs).catch(() => null)
  return listing !== null && listing.items.length > 0
}

/** An address with credentials is asked as configured, wherever it moved: nothing that is remembered holds any. */
function addressToAsk({ url }: Source, permanentUrl: string | null): string {
  return permanentUrl === null || hidesSecret(permanentUrl) || printableUrl(url) !== url ? url : permanentUrl
}

function failure(source: Source, address: string, { detail, notBefore, reason }: FailedRequest): Poll {
  const words = address === source.url ? detail : ofAddress(printableUrl(address), detail)
  return failedPoll(source, words, { waitUntil: reason === 'wait' ? notBefore : null, gone: reason === 'gone' })
}

/**
 * The stories that polls name, each once, in the order of the sources. Times of lists go before those of feeds; the
 * first headline and the first body win.
 */
export function merge(polls: readonly Poll[]): Candidate[] {
  const candidates = new Map<string, Candidate>()
  for (const answer of polls) {
    if (answer.kind !== 'items') continue
    for (const item of answer.items)
      add(candidates, item, answer.source, { ...declaredOf(answer), ...declaredOf({ ...item, toldDay: item.day }) })
  }
  return [...candidates.values()]
}

/** The stories that items name, each once; no source remembers that it showed them. */
export function candidatesOf(items: readonly Item[]): Candidate[] {
  const candidates = new Map<string, Candidate>()
  for (const item of items) add(candidates, item, null)
  return [...candidates.values()]
}

/** True for an item with an address to be known and asked by. */
export function hasLink(item: Item): item is Item & { url: string } {
  return item.url !== null && /^https?:/i.test(item.url)
}

function add(candidates: Map<string, Candidate>, item: Item, source: Source | null, more: Declared = {}): void {
  if (!hasLink(item)) return
  const id = item.id ?? identify(item.url).id
  const known = candidates.get(id)
  const seen =
    source === null ? {} : { [source.name]: fingerprint(item) + (isGuided(item, storyId) ? guidMark(item.guid) : '') }
  const { updated = '' } = item
  const told = updated > (known?.updated ?? '') ? { updated } : {}
  if (known === undefined) {
    const { title, published, html } = item
    const by = present({ source: source?.name })
    candidates.set(id, candidateAt(item.url, { id, title, published, html, seen, ...told, ...by, ...more }))
    return
  }
  candidates.set(id, {
    ...known,
    ...told,
    title: known.title ?? item.title,
    published: source?.kind === 'list' ? (item.published ?? known.published) : (known.published ?? item.published),
    html: known.html ?? item.html,
    ...(addressOf(item.url) === addressOf(known.url) ? {} : { otherUrl: item.url }),
    ...(known.html !== null && item.html !== null && known.html !== item.html ? { hasSeveralTexts: true } : {}),
    // One source may show a story twice, under two headlines: the first stands.
    seen: { ...seen, ...known.seen },
  })
}

/**
 * The time of a story that was shown, in its address's day where that names one: a clock without a day may be of any, and
 * a day alone is its beginning. A time far ahead of the clock is no news.
 */
function timeOf({ published, url, day: told }: Item, nowMs: number): string[] {
  const day = url === null ? null : (identify(url).day ?? told ?? null)
  const startMs = url === null || day === null ? null : startOfDay(zoneOf(url), day)
  const shownMs = published === null ? startMs : Date.parse(published)
  const ms = startMs === null || shownMs === null ? shownMs : Math.min(shownMs, startMs + DAY_MS - 1)
  return ms === null || ms > nowMs + AHEAD_MS ? [] : [isoTime(ms)]
}

/** A source whose newest story was no older when it was read shows news; others may be of the years, a few at a time. */
const NEWS_MS = 30 * DAY_MS

/**
 * Up to when a source of news showed stories `before`, ISO 8601 UTC, where all that it shows now was not among them and is older by more
 * than two days: a cache, or another list of its page. `null` for any other.
 */
export function newerBefore(answer: Poll, before: SourceState | undefined, nowMs: number): string | null {
  const { newest = null, shown = [], listed = '' } = before ?? {}
  if (answer.kind !== 'items' || newest === null || before?.url !== printableUrl(answer.source.url)) return null
  const newestMs = Date.parse(newest)
  const isOlder = (item: Item): boolean => timeOf(item, nowMs).some((time) => Date.parse(time) + 2 * DAY_MS < newestMs)
  const isOfNews = shown.length > 0 && Date.parse(listed) - newestMs < NEWS_MS
  const isSuspect = isOfNews && answer.items.length > 0 && answer.items.every(isOlder)
  return isSuspect && !merge([answer]).some((one) => shown.includes(wordOf(one))) ? newest : null
}

/** What is remembered of a source after a poll. `complete`: every item of the body is archived or queued. */
export function remember(before: SourceState | undefined, answer: Poll, complete: boolean, nowMs: number): SourceState {
  const now = isoTime(nowMs)
  const url = printableUrl(answer.source.url)
  const fresh: SourceState = {
    validators: null,
    url,
    permanentUrl: null,
    newest: before?.newest ?? null,
    lastOk: null,
    lastError: null,
    failingSince: null,
    ended: null,
  }
  const { waits: _waits, ...known } = before?.url === url ? before : fresh
  if (answer.kind === 'left') return { ...known, waits: now }
  const base = { ...known, polled: now }
  if (answer.kind === 'failed') {
    const ended = answer.gone ? (base.ended ?? now) : null
    const polled = isoTime(answer.metMs ?? nowMs)
    return { ...base, polled, lastError: answer.detail, failingSince: base.failingSince ?? now, ended }
  }
  const well = { lastOk: now, lastError: null, failingSince: null, ended: null }
  const permanentUrl = answer.permanentUrl === null ? null : printableUrl(answer.permanentUrl)
  // Those of a 304 are of the text that was read, in the server's newest words.
  if (answer.kind === 'unchanged') return { ...base, ...well, permanentUrl, validators: answer.validators }
  const times = answer.items.flatMap((item) => timeOf(item, nowMs))
  const newest = [...times, ...(base.newest === null ? [] : [base.newest])].toSorted().at(-1) ?? null
  return {
    ...base,
    ...well,
    newest,
    permanentUrl,
    listed: now,
    ...present({ home: answer.home && printableUrl(answer.home) }),
    validators: complete ? answer.validators : null,
  }
}
