import { createHash } from 'node:crypto'
import { doubtOfEnding } from '../core/archive/doubt.ts'
import type { JournalEntry } from '../core/archive/journal.ts'
import { type Candidate, changeOf } from '../core/archive/plan.ts'
import { type Document, valueOf } from '../core/document/document.ts'
import type { QueueEntry } from '../core/archive/queue.ts'
import { GENERIC, OF_NO_LAYOUT, readBy, REFUSALS, SEE_PROBE } from '../core/extraction.ts'
import { refusesAll } from '../core/web/server.ts'
import { TOO_MANY_DOUBTS } from '../core/witness.ts'
import type { Failed } from '../edge/http/http.ts'
import { addressOf, identify, storyId } from '../sites/publishers.ts'
import { candidateAt, hasPage } from './candidate.ts'
import { imitatorOf } from './imitator.ts'
import { keepPage } from './keep-page.ts'
import { type BodyForm, MIN_FEED_PARAGRAPHS, type Reading, readFeedText } from './read-story.ts'
import type { Run } from './run.ts'
import { inItsScript, isRenamed, isShownAs } from './same-story.ts'
import { type Failure, type Found, note, type Result, store, type There } from './store-story.ts'
import { lookIntoStored } from './stored.ts'
import { challenged, challengeOf } from './troubles.ts'
import { type Left, whyLeft } from './turns.ts'
import { type Message, message } from '../words/words.ts'
import { isUrl } from '../core/web/url.ts'

type Answer =
  /** `own`: the address of the story that the page says it is, where its address tells none; else `null`. */
  | { kind: 'found'; found: Found; own: string | null }
  | { kind: 'unchanged' }
  /** `isMissing`: nothing of the story is at this address. */
  | { kind: 'failed'; failure: Failure; mayStandIn: boolean; isMissing?: boolean }
  | { kind: 'waiting'; until: number; asked: boolean }
  | { kind: 'left'; why: Left }

/**
 * Archives one story: its page, else the feed's own text; written, revised or found unchanged. `before` is what is
 * remembered of a try that failed.
 */
export async function archiveStory(
  candidate: Candidate,
  known: JournalEntry | null,
  before: QueueEntry | null,
  run: Run,
): Promise<Result> {
  const imitator = imitatorOf(candidate.url)
  if (imitator !== null) return { kind: 'failed', failure: { reason: imitator, final: true } }
  const path = await run.archive.find(candidate)
  if (path === null) return askAndStore(candidate, null, known, before, run)
  const there = { path, stored: await lookIntoStored(path, known, run.archive) }
  const result = await askAndStore(candidate, there, known, before, run)
  if (there.stored.kind === 'whole' || result.kind !== 'failed') return result
  const { failure } = result
  if (failure.ofHost === true) return result
  const damaged = message`its file ${run.shownPath(path)} is damaged (${there.stored.why})`
  return { kind: 'failed', failure: { ...failure, reason: message`${[failure.reason, damaged]}` } }
}

async function askAndStore(
  named: Candidate,
  there: There | null,
  known: JournalEntry | null,
  before: QueueEntry | null,
  run: Run,
): Promise<Result> {
  const document = there?.stored.kind === 'whole' ? there.stored.document : null
  const candidate = inItsScript(named, document, known)
  const first = hasPage(candidate)
    ? await askPage(candidate, document === null ? null : known, before, run)
    : ({
        kind: 'failed',
        failure: { reason: message`the feed carries no text of it`, final: true },
        mayStandIn: true,
      } satisfies Answer)
  // A source shows an edit that the page denies: a cache's validators are older than its text. They are left out, once.
  const isStale = first.kind === 'unchanged' && document !== null && showsEdit(candidate, document, known)
  const answer = isStale ? await askPage(candidate, null, before, run) : first
  const isMissing = answer.kind === 'failed' && answer.isMissing === true
  const elsewhere = isMissing ? (formerAddress(candidate, document, known) ?? otherAddress(candidate)) : null
  if (elsewhere !== null) {
    const { url, publisher, section } = elsewhere
    const asked = { ...candidate, url, publisher, section }
    const again = await askPage(asked, document === null ? null : known, before, run)
    if (again.kind === 'found') return storeFound(asked, again.found, there, known, run)
    if (again.kind === 'unchanged' && there !== null && document !== null && known !== null)
      return note(asked, { path: there.path, document }, known, run)
  }
  if (answer.kind === 'waiting' || answer.kind === 'left') return answer
  const isOther = there === null || storyId(candidate.url) === null
  if (answer.kind === 'found' && answer.own !== null && isOther)
    return storeAs(answer.own, candidate, answer.found, run)
  if (answer.kind === 'found') return storeFound(candidate, answer.found, there, known, run)
  if (answer.kind === 'unchanged') {
    return there !== null && document !== null && known !== null
      ? note(candidate, { path: there.path, document }, known, run)
      : { kind: 'failed', failure: { reason: message`the page says 304 unasked`, final: false } }
  }
  const own = answer.mayStandIn ? feedText(candidate, run.config.body) : null
  // A page's text is never replaced by a feed's.
  if (own === null || (document !== null && known?.origin !== 'feed')) {
    return { kind: 'failed', failure: answer.failure }
  }
  return store(candidate, own, there, known, hasPage(candidate) ? answer.failure : null, run)
}

/** Archives what was found at an address without a number as the story that its page says it is, unless that is there. */
async function storeAs(url: string, candidate: Candidate, found: Found, run: Run): Promise<Result> {
  const { title, published, html, seen } = candidate
  const named = candidateAt(url, { title, published, html, seen })
  if ((await run.archive.find(named)) !== null) return { kind: 'same', as: url }
  return storeFound(named, found, null, null, run)
}

/** Where a story that is there was had before, if that is elsewhere: a source may name an address that is not yet. */
function formerAddress(
  { id, url }: Candidate,
  document: Document | null,
  known: JournalEntry | null,
): Candidate | null {
  const from = document === null ? null : String(valueOf(document, 'from'))
  const former = [known?.url, from].find((one) => one && isUrl(one) && identify(one, id).id === id)
  return former && addressOf(former) !== addressOf(url) ? pageAt(former) : null
}

/** Another address by which sources name a story: of two one may be that of a section which it left. */
function otherAddress({ otherUrl }: Candidate): Candidate | null {
  return otherUrl === undefined ? null : pageAt(otherUrl)
}

function pageAt(url: string): Candidate | null {
  const candidate = candidateAt(url)
  return hasPage(candidate) ? candidate : null
}

function showsEdit(candidate: Candidate, document: Document, known: JournalEntry | null): boolean {
  if (known === null) return false
  return changeOf(candidate, { title: String(valueOf(document, 'title')), seen: known.seen }) === 'changed'
}

/** Stores what a page gave, unless a better text of the story is there or at hand. */
async function storeFound(
  candidate: Candidate,
  found: Found,
  there: There | null,
  known: JournalEntry | null,
  run: Run,
): Promise<Result> {
  const { doubts } = found.story
  countPage(found, there?.stored.kind === 'whole' ? there.stored.document : null, known, run)
  if (there?.stored.kind === 'whole' && isWeaker(found, there.stored.document, known)) {
    if (known !== null) return note(candidate, { path: there.path, document: there.stored.document }, known, run)
    return {
      kind: 'failed',
      failure: { reason: message`${[why(found), message`its file stays as it is`]}`, final: true },
    }
  }
  const own = doubts.length < TOO_MANY_DOUBTS ? null : feedText(candidate, run.config.body)
  if (own !== null && (there === null || known?.origin === 'feed')) {
    return store(candidate, own, there, known, { reason: why(found), final: false }, run)
  }
  const result = await store(candidate, found, there, known, null, run)
  const isNew = result.kind === 'written' || result.kind === 'revised'
  return isNew && found.kept !== null
    ? { ...result, warning: message`${[why(found), message`it is kept in ${found.kept}`, SEE_PROBE]}` }
    : result
}

/** Counts how a page was read, unless it was read so before. */
function countPage(
  { story }: Found,
  file: Document | null,
  known: JournalEntry | null,
  { found: { pages } }: Run,
): void {
  const former = file === null ? undefined : valueOf(file, 'extraction')
  if (story.extraction === GENERIC) pages.generic += former === GENERIC ? 0 : 1
  else if (story.doubts.length > 0) pages.doubtful += known?.doubt === undefined ? 1 : 0
  else pages.known += 1
}

/** Why a page's reading may not be the whole story and nothing else. */
function why({ story: { extraction, doubts } }: Found): Message {
  const without = extraction === GENERIC ? [message`${OF_NO_LAYOUT}: read without one`] : []
  return message`${[...without, ...doubts.map((doubt) => message`in doubt: ${doubt}`)]}`
}

/** A reading without a layout, or in doubt, never replaces one that a layout vouched for. */
function isWeaker({ story }: Found, file: Document, known: JournalEntry | null): boolean {
  if (known?.origin === 'feed' || valueOf(file, 'extraction') !== undefined) return false
  return story.extraction === GENERIC || (story.doubts.length > 0 && known?.doubt === undefined)
}

async function askPage(
  candidate: Candidate,
  known: JournalEntry | null,
  before: QueueEntry | null,
  run: Run,
): Promise<Answer> {
  const challenge = challengeOf(candidate.url, run)
  if (challenge !== null) {
    return { kind: 'failed', failure: { reason: challenge, final: false, ofHost: true }, mayStandIn: false }
  }
  const validators = known?.origin === 'page' ? known.validators : null
  const response = await run.http.get(addressOf(candidate.url), { validators })
  if (response.kind === 'unchanged') return { kind: 'unchanged' }
  if (response.kind === 'failed' && response.unasked) return { kind: 'left', why: whyLeft(response, candidate.url) }
  if (response.kind === 'failed') return refusedBy(response)
  const failed = (reason: Message, mayStandIn: boolean): Extract<Answer, { kind: 'failed' }> => ({
    kind: 'failed',
    failure: { reason, final: false },
    mayStandIn,
  })
  const asked = storyId(candidate.url)
  const reached = storyId(response.url)
  if (asked !== null && reached !== asked && !isRenamed(candidate.url, response.url)) {
    const elsewhere =
      reached === null
        ? message`it leads to ${response.url}, which is no story`
        : message`it leads to ${response.url}, which is another story`
    return { ...failed(elsewhere, true), isMissing: true }
  }
  const readers = await run.readers()
  const page = await readers.do('readPage', {
    bytes: response.body,
    contentType: response.contentType,
    url: response.url,
    storyUrl: candidate.url,
    form: run.config.body,
    shown: { title: candidate.title, html: candidate.hasSeveralTexts === true ? null : candidate.html },
  })
  if (page.kind === 'story') {
    run.report.detail(`${response.url}: ${readBy(page.story.extraction)}`)
    // A cache may mix up pages; one with the very headline that the source shows has a wrong head alone.
    const says = page.address === null ? null : storyId(page.address)
    const isItself = says === null || says === asked || isShownAs(page.story.title, candidate)
    if (asked !== null && !isItself && !isRenamed(candidate.url, page.address ?? '')) {
      const elsewhere = message`it says that it is ${page.address ?? ''}, which is another story`
      return { ...failed(elsewhere, true), isMissing: true }
    }
    const doubt = doubtOfEnding(page.ending, markOf(page.story), before)
    if (doubt !== null) return failed(doubt, true)
    const own = [response.url, page.address].find(
      (one) =>
        one !== null &&
        (asked === null ? storyId(one) !== null : isRenamed(candidate.url, one) && (isItself || one === response.url)),
    )
    const isDoubtful = page.story.extraction === GENERIC || page.story.doubts.length > 0
    const kept = isDoubtful ? await keepPage(candidate, response, run) : null
    const found: Found = { story: page.story, validators: response.validators, origin: 'page', kept }
    return { kind: 'found', found, own: own ?? null }
  }
  if (page.reason === 'challenge') challenged(candidate.url, run)
  if (page.reason === 'too-large') return failed(page.detail, true)
  const detail = message`${REFUSALS[page.reason]}: ${page.detail}`
  if (page.reason !== 'unclaimed' && page.reason !== 'empty') {
    const isMissing = page.reason === 'not-found' || page.reason === 'home'
    return { ...failed(detail, page.reason !== 'challenge' && page.reason !== 'login'), isMissing }
  }
  if (before === null) run.found.pages.unread += 1
  const kept = message`it is kept in ${await keepPage(candidate, response, run)}`
  return failed(message`${[detail, kept, SEE_PROBE]}`, true)
}

/** A short name of what a page says. */
function markOf({ title, body }: Reading): string {
  return createHash('sha256')
    .update(JSON.stringify([title, body]))
    .digest('hex')
    .slice(0, 8)
}

/** What a site answers to all when it is down or blocks us; `null` stands for no answer. */
function isOfSite(status: number | null, reason: Failed['reason']): boolean {
  if (status === null) return /^(?:dns|connect|proxy|tls|timeout|reset|protocol)$/.test(reason)
  return refusesAll(status)
}

function refusedBy({ reason, detail, notBefore, ofHost, status }: Failed): Answer {
  if (reason === 'wait' && notBefore !== null) return { kind: 'waiting', until: notBefore, asked: status !== null }
  const isMissing = reason === 'missing' || reason === 'gone'
  const failure = { reason: detail, final: reason === 'gone', ofHost, ofSite: isOfSite(status, reason) }
  return { kind: 'failed', failure, mayStandIn: true, isMissing }
}

/** The text that the feed carries, where it can stand for the story. */
function feedText(candidate: Candidate, form: BodyForm): Found | null {
  const { url, html, title, published } = candidate
  if (html === null || title === null || title === '') return null
  const story = readFeedText({ url, html, title, published }, hasPage(candidate) ? MIN_FEED_PARAGRAPHS : 0, form)
  return story === null ? null : { story, validators: null, origin: 'feed', kept: null }
}
