import { printableUrl } from '../../core/text/printable.ts'
import { sha256 } from '../../core/hash.ts'
import { doubtOfEnding } from '../../core/archive/doubt.ts'
import type { JournalEntry } from '../../core/archive/journal.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import type { QueueEntry } from '../../core/archive/queue.ts'
import { GENERIC, isInDoubt, readBy, REFUSALS, SEE_PROBE } from '../../core/extraction.ts'
import type { FailedRequest, Fetched } from '../../edge/http/http.ts'
import { addressOf, isForeign, siteOfHost, storyId } from '../../sites/publishers.ts'
import { isShownAs, type OtherName, otherName } from './names.ts'
import { keepPage } from './keep-page.ts'
import { knowsPagesOf } from './page-or-feed.ts'
import type { BodyForm, PageReading, Reading } from '../reading/read-story.ts'
import type { Run } from '../run.ts'
import { isRenamed } from './same-story.ts'
import type { Failure, SourcedReading } from './result.ts'
import { challengeOf, count, isRefusing } from '../troubles.ts'
import { type Left, whyLeft } from '../found.ts'
import { type Message, message } from '../../words/words.ts'
import { siteAt } from '../candidate.ts'
import { isUrl, urlOf } from '../../core/url.ts'
import { isFrontPage } from '../../core/web/front-page.ts'

/** What asking for a story's page brought. */
export type PageResponse =
  /**
   * `own`: the address of the story that the page says it is, where its address tells none; else `null`. `name`: see `otherName`.
   */
  | { kind: 'found'; found: SourcedReading; own: string | null; name: OtherName | null }
  | { kind: 'unchanged' }
  | Refused
  | { kind: 'waiting'; until: number; asked: boolean }
  | { kind: 'left'; why: Left }

/** `isMissing`: nothing of the story is at this address. `name`: where it leads, as `otherName` tells it. */
interface Refused {
  kind: 'failed'
  failure: Failure
  mayStandIn: boolean
  isMissing?: boolean
  name?: OtherName | null
}

/**
 * What a page says of its story, in a form, read on whichever core is free. `shown`: what the source showed of it, and the headline
 * that its file has.
 */
export async function readPageOf(
  { body: bytes, contentType, url }: Pick<Fetched, 'body' | 'contentType' | 'url'>,
  storyUrl: string,
  shown: Pick<Candidate, 'title' | 'html'> & { written: string | null },
  form: BodyForm,
  run: Run,
): Promise<PageReading> {
  const readers = await run.readers()
  return readers.do('readPage', { bytes, contentType, url, storyUrl, form, shown })
}

/** What is there of a story whose page is asked for. */
interface There {
  known: JournalEntry | null
  /** The headline of its file. */
  written: string | null
  /** What is remembered of a try that failed. */
  before: QueueEntry | null
}

/** Asks for the page of a story, and reads what comes in a form. */
export async function askPage(candidate: Candidate, there: There, form: BodyForm, run: Run): Promise<PageResponse> {
  const { known, before } = there
  const challenge = challengeOf(candidate.url, run)
  if (challenge !== null) {
    return { kind: 'failed', failure: { reason: challenge, final: false, ofHost: true }, mayStandIn: false }
  }
  const isOfNone = isForeign(candidate.url)
  // What no layout vouches for is read again whole: the page may be the same, and what reads it another.
  const isKnown = known?.origin === 'page' && (isOfNone || !isInDoubt(known))
  const validators = isKnown ? known.validators : null
  const home = isOfNone ? homeOf(candidate, known, run) : null
  const orSite = home === null ? {} : { orSite: siteOfHost(home.hostname) }
  const response = await run.http.get(addressOf(candidate.url), { validators, ofItsSite: isOfNone, ...orSite })
  if (response.kind === 'unchanged') return { kind: 'unchanged' }
  if (response.kind === 'failed' && response.unasked) return { kind: 'left', why: whyLeft(response, candidate.url) }
  const answer =
    response.kind === 'failed'
      ? refusedBy(response, candidate.url, before, run)
      : await pageIn(response, candidate, { ...there, home }, form, run)
  if (answer.kind !== 'failed' || !isOfNone) return answer
  // Where nothing is, or where an address of its own site leads, may be one address for all stories.
  const { led = [], permanentUrl } = response
  const at = led.findIndex((each) => siteAt(each) !== siteAt(candidate.url))
  const isOwn = answer.isMissing !== true && permanentUrl && led.indexOf(permanentUrl) >= at
  const way = { address: null, permanentUrl: isOwn ? (led[at] ?? null) : null, led }
  return { ...answer, name: otherName(candidate.url, way, home) }
}

/** Reads what came when a story's page was asked for. `home`: see `homeOf`; `null` for a story of a paper that is known. */
async function pageIn(
  response: Fetched,
  candidate: Candidate,
  there: There & { home: URL | null },
  form: BodyForm,
  run: Run,
): Promise<PageResponse> {
  const isOfNone = isForeign(candidate.url)
  const asked = storyId(candidate.url)
  const reached = storyId(response.url)
  if (asked !== null && reached !== asked && !isRenamed(candidate.url, response.url)) {
    return anothers(
      reached === null
        ? message`it leads to ${response.url}, which is no story`
        : message`it leads to ${response.url}, which is another story`,
    )
  }
  if (isOfNone && knowsPagesOf(candidate, run) && isFrontPage(response.url) && !isFrontPage(candidate.url))
    return withoutArticle(message`it leads to ${response.url}, which is no story`, candidate, run)
  // Of a paper that nobody knows both texts are compared later.
  const html = isOfNone || candidate.hasSeveralTexts === true ? null : candidate.html
  const shown = { title: candidate.title, html, written: there.written }
  const page = await readPageOf(response, candidate.url, shown, form, run)
  return page.kind === 'story'
    ? storyIn(page, response, candidate, there, run)
    : unreadIn(page, response, candidate, there.before, run)
}

/** What was read of a story's page, unless that says that it is another story's, or may have been cut. */
async function storyIn(
  { story, address, ending }: Extract<PageReading, { kind: 'story' }>,
  response: Fetched,
  candidate: Candidate,
  { before, home }: There & { home: URL | null },
  run: Run,
): Promise<PageResponse> {
  const { url } = candidate
  const isOfNone = isForeign(url)
  run.report.detail(`${printableUrl(response.url)}: ${readBy(story.extraction)}`)
  const asked = storyId(url)
  // A cache may mix up pages; one with the very headline that the source shows has a wrong head alone.
  const says = address === null ? null : storyId(address)
  const isItself = says === null || says === asked || isShownAs(story.title, candidate)
  if (asked !== null && !isItself && !isRenamed(url, address ?? ''))
    return anothers(message`it says that it is ${address ?? ''}, which is another story`)
  const doubt = doubtOfEnding(ending, ending === 'whole' ? '' : markOf(story), before)
  if (doubt !== null) return unread(doubt, true)
  const isOwn = (one: string): boolean =>
    asked === null ? storyId(one) !== null : isRenamed(url, one) && (isItself || one === response.url)
  const own = [response.url, address].find((one) => one !== null && isOwn(one)) ?? null
  // Of a paper that nobody knows no version will read pages by a layout.
  const isDoubtful = (story.extraction === GENERIC && !isOfNone) || story.doubts.length > 0
  const kept = isDoubtful ? await keepPage(candidate, response, run) : null
  const { validators, permanentUrl, led = [response.url] } = response
  const found: SourcedReading = { story, validators, origin: 'page', site: siteAt(response.url), kept }
  const name = isOfNone ? otherName(url, { address, permanentUrl, led }, home) : null
  return { kind: 'found', found, own, name }
}

/** What a page is in which nothing was read: refused, or kept for a version that may read it. */
async function unreadIn(
  { reason, detail: why }: Exclude<PageReading, { kind: 'story' }>,
  response: Fetched,
  candidate: Candidate,
  before: QueueEntry | null,
  run: Run,
): Promise<PageResponse> {
  if (reason === 'challenge') count(candidate.url, run.found.sites.challenges)
  if (reason === 'too-large') return unread(why, true)
  const detail = message`${REFUSALS[reason]}: ${why}`
  if (reason !== 'unclaimed' && reason !== 'empty') {
    const isMissing = reason === 'not-found' || reason === 'home'
    return { ...unread(detail, reason !== 'challenge' && reason !== 'login', true), isMissing }
  }
  if (isForeign(candidate.url)) return withoutArticle(detail, candidate, run)
  if (before === null) run.found.pages.unread += 1
  const kept = message`it is kept in ${await keepPage(candidate, response, run)}`
  return unread(message`${[detail, kept, SEE_PROBE]}`, true)
}

function unread(reason: Message, mayStandIn: boolean, isDenied = false): Refused {
  return { kind: 'failed', failure: { reason, final: false, isDenied }, mayStandIn }
}

/** The page of another story, or of none, in the place of a story's. */
function anothers(reason: Message): Refused {
  return { ...unread(reason, true, true), isMissing: true }
}

/**
 * What a page of a paper that nobody knows brought in which no article is. Where pages of its feed were read, it is a banner, an
 * error or a rebuilding, which passes; else all may be so, as those that a script fills, and the feed's texts are what there is.
 */
function withoutArticle(reason: Message, candidate: Candidate, run: Run): PageResponse {
  const passes = knowsPagesOf(candidate, run)
  return { kind: 'failed', failure: { reason, final: false, settled: !passes, isDenied: passes }, mayStandIn: true }
}

/**
 * The address of the site that a story's feed names as its own, else that of the feed: links of some feeds lead there by way of another;
 * where the feed was at the story's own site, that to which it moved for good. A story that no source shows now may have moved there
 * with a feed that showed it.
 */
function homeOf({ url: own, source: named }: Candidate, known: JournalEntry | null, run: Run): URL | null {
  const source = named ?? Object.keys(known?.seen ?? {}).at(-1) ?? ''
  const { home, url = '', permanentUrl } = run.state.sources[source] ?? {}
  const isOwn = isUrl(url) && siteAt(url) === siteAt(own)
  return urlOf(run.found.homes.get(source) ?? home ?? (isOwn ? permanentUrl : null) ?? url)
}

/** A short name of what a page says. */
function markOf({ title, body }: Reading): string {
  return sha256(JSON.stringify([title, body])).slice(0, 8)
}

/** A page that is gone (410) is given up after so many tries, a day and more: a deploy may say so by mistake. */
const TRIES_OF_GONE = 5

function refusedBy(
  { reason, detail, notBefore, ofHost, status }: FailedRequest,
  url: string,
  before: QueueEntry | null,
  run: Run,
): PageResponse {
  if (reason === 'wait' && notBefore !== null) return { kind: 'waiting', until: notBefore, asked: status !== null }
  const isMissing = reason === 'missing' || reason === 'gone'
  const final = reason === 'gone' && (before?.tries ?? 0) + 1 >= TRIES_OF_GONE && !isRefusing(url, run)
  const isElsewhere = reason === 'refused-host' || reason === 'refused-address'
  const settled = reason === 'robots' || isElsewhere
  const failure = { reason: detail, final, ofHost, isDenied: true, settled, isElsewhere }
  return { kind: 'failed', failure, mayStandIn: reason !== 'challenge', isMissing }
}
