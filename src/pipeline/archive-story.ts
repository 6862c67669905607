import { createHash } from 'node:crypto'
import { addressOf, identify, storyId } from '../core/identity.ts'
import { doubtOf } from '../core/archive/doubt.ts'
import type { JournalEntry } from '../core/archive/journal.ts'
import { type Candidate, changeOf } from '../core/archive/plan.ts'
import { type Document, valueOf } from '../core/document/document.ts'
import type { QueueEntry } from '../core/archive/queue.ts'
import type { Failed } from '../edge/http/http.ts'
import { imitatorOf } from './imitator.ts'
import { hasPage } from './poll.ts'
import { type BodyForm, type Reading, readFeedText } from './read-story.ts'
import type { Run } from './run.ts'
import { type Failure, type Found, note, type Result, store, type There } from './store-story.ts'
import { lookIntoStored } from './stored.ts'
import { challenged, challengeOf } from './troubles.ts'

type Answer =
  /** `own`: the address of the story that the page says it is, where its address tells none; else `null`. */
  | { kind: 'found'; found: Found; own: string | null }
  | { kind: 'unchanged' }
  /** `isMissing`: nothing of the story is at this address. */
  | { kind: 'failed'; failure: Failure; mayStandIn: boolean; isMissing?: boolean }
  | { kind: 'waiting'; until: number }
  | { kind: 'left'; reason: string }

/** Fewer paragraphs are a teaser, which does not stand in for a page. */
const MIN_FEED_PARAGRAPHS = 2

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
  const damaged = `its file ${run.shownPath(path)} is damaged (${there.stored.why})`
  return { kind: 'failed', failure: { ...failure, reason: `${failure.reason}; ${damaged}` } }
}

async function askAndStore(
  candidate: Candidate,
  there: There | null,
  known: JournalEntry | null,
  before: QueueEntry | null,
  run: Run,
): Promise<Result> {
  const document = there?.stored.kind === 'whole' ? there.stored.document : null
  const first = hasPage(candidate.url)
    ? await askPage(candidate, document === null ? null : known, before, run)
    : ({
        kind: 'failed',
        failure: { reason: 'the feed carries no text of it', final: true },
        mayStandIn: true,
      } satisfies Answer)
  // A source shows an edit that the page denies: a cache's validators are older than its text. They are left out, once.
  const isStale = first.kind === 'unchanged' && document !== null && showsEdit(candidate, document, known)
  const answer = isStale ? await askPage(candidate, null, before, run) : first
  const former =
    answer.kind === 'failed' && answer.isMissing === true ? formerAddress(candidate, document, known) : null
  if (former !== null) {
    const asked = { ...candidate, url: former }
    const again = await askPage(asked, document === null ? null : known, before, run)
    if (again.kind === 'found') return store(asked, again.found, there, known, null, run)
    if (again.kind === 'unchanged' && there !== null && document !== null && known !== null)
      return note(asked, { path: there.path, document }, known, run)
  }
  if (answer.kind === 'waiting' || answer.kind === 'left') return answer
  if (answer.kind === 'found' && answer.own !== null) return storeAs(answer.own, candidate, answer.found, run)
  if (answer.kind === 'found') return store(candidate, answer.found, there, known, null, run)
  if (answer.kind === 'unchanged') {
    return there !== null && document !== null && known !== null
      ? note(candidate, { path: there.path, document }, known, run)
      : { kind: 'failed', failure: { reason: 'the page says 304 unasked', final: false } }
  }
  const own = answer.mayStandIn ? feedText(candidate, run.config.body) : null
  // A page's text is never replaced by a feed's.
  if (own === null || (document !== null && known?.origin !== 'feed')) {
    return { kind: 'failed', failure: answer.failure }
  }
  return store(candidate, own, there, known, hasPage(candidate.url) ? answer.failure : null, run)
}

/** Archives what was found at an address without a number as the story that its page says it is, unless that is there. */
async function storeAs(url: string, candidate: Candidate, found: Found, run: Run): Promise<Result> {
  const named = { ...candidate, ...identify(url), url }
  if ((await run.archive.find(named)) !== null) return { kind: 'same', as: url }
  return store(named, found, null, null, null, run)
}

/** Where a story that is there was had before, if that is elsewhere: a source may name an address that is not yet. */
function formerAddress({ id, url }: Candidate, document: Document | null, known: JournalEntry | null): string | null {
  const from = document === null ? null : String(valueOf(document, 'from'))
  const former = [known?.url, from].find((one) => one && URL.canParse(one) && identify(one).id === id)
  return former && hasPage(former) && addressOf(former) !== addressOf(url) ? former : null
}

function showsEdit(candidate: Candidate, document: Document, known: JournalEntry | null): boolean {
  if (known === null) return false
  return changeOf(candidate, { title: String(valueOf(document, 'title')), seen: known.seen }) === 'changed'
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
  if (response.kind === 'failed') return refusedBy(response)
  const failed = (reason: string, mayStandIn: boolean): Extract<Answer, { kind: 'failed' }> => ({
    kind: 'failed',
    failure: { reason, final: false },
    mayStandIn,
  })
  const asked = storyId(candidate.url)
  const reached = storyId(response.url)
  if (asked !== null && reached !== asked) {
    const elsewhere = `it leads to ${response.url}, which is ${reached === null ? 'no story' : 'another story'}`
    return { ...failed(elsewhere, true), isMissing: true }
  }
  const readers = await run.readers()
  const page = await readers.do('readPage', {
    bytes: response.body,
    contentType: response.contentType,
    url: response.url,
    storyUrl: candidate.url,
    form: run.config.body,
  })
  if (page.kind === 'story') {
    run.report.detail(`${response.url}: read by the layout ${page.generation}`)
    const doubt = doubtOf(page.ending, markOf(page.story), before)
    if (doubt !== null) return failed(doubt, true)
    const own =
      asked === null ? [response.url, page.address].find((one) => one !== null && storyId(one) !== null) : null
    const found: Found = { story: page.story, validators: response.validators, origin: 'page' }
    return { kind: 'found', found, own: own ?? null }
  }
  if (page.reason === 'challenge') challenged(candidate.url, run)
  if (page.reason === 'too-large') return failed(page.detail, true)
  const detail = `${page.reason}: ${page.detail}`
  if (page.reason !== 'unclaimed' && page.reason !== 'empty') {
    const isMissing = page.reason === 'not-found' || page.reason === 'home'
    return { ...failed(detail, page.reason !== 'challenge' && page.reason !== 'login'), isMissing }
  }
  const kept = run.config.dryRun ? '' : `; its bytes are in ${await run.archive.keepPage(candidate.id, response.body)}`
  return failed(`${detail}${kept}`, true)
}

/** A short name of what a page says. */
function markOf({ title, body }: Reading): string {
  return createHash('sha256')
    .update(JSON.stringify([title, body]))
    .digest('hex')
    .slice(0, 8)
}

function refusedBy({ reason, detail, notBefore, ofHost }: Failed): Answer {
  if (reason === 'budget') return { kind: 'left', reason: detail }
  if (reason === 'wait' && notBefore !== null) return { kind: 'waiting', until: notBefore }
  const isMissing = reason === 'missing' || reason === 'gone'
  return { kind: 'failed', failure: { reason: detail, final: reason === 'gone', ofHost }, mayStandIn: true, isMissing }
}

/** The text that the feed carries, where it can stand for the story. */
function feedText({ url, html, title, published }: Candidate, form: BodyForm): Found | null {
  if (html === null || title === null || title === '') return null
  const story = readFeedText({ url, html, title, published }, hasPage(url) ? MIN_FEED_PARAGRAPHS : 0, form)
  return story === null ? null : { story, validators: null, origin: 'feed' }
}
