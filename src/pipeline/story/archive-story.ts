import type { JournalEntry } from '../../core/archive/journal.ts'
import { type Candidate, changeOf } from '../../core/archive/plan.ts'
import { type Document, fromOf, titleOf, valueOf } from '../../core/document/document.ts'
import type { QueueEntry } from '../../core/archive/queue.ts'
import { GENERIC, OF_NO_LAYOUT, SEE_PROBE } from '../../core/extraction.ts'
import { TOO_MANY_DOUBTS } from '../../core/witness.ts'
import { addressOf, identify, isForeign, storyId } from '../../sites/publishers.ts'
import { type PageResponse, askPage } from './ask-page.ts'
import { storeByName } from './by-name.ts'
import { candidateAt, hasPage, shownOf } from '../candidate.ts'
import { imitatorOf } from '../configured/imitator.ts'
import { betterOf, compareWithFeed, feedAgainst, headlineIn, isFeedEnough, wordsOfReading } from './page-or-feed.ts'
import { MIN_FEED_PARAGRAPHS, readFeedText } from '../reading/read-story.ts'
import type { Run } from '../run.ts'
import { isShownAs } from './names.ts'
import { inItsScript, isOfStory } from './same-story.ts'
import { failed, type Failure, type SourcedReading, note, type Result, store, type StoryInHand } from './store-story.ts'
import { feedEntry } from '../configured/sources.ts'
import { formToRead } from './forms.ts'
import type { Task } from './tasks.ts'
import { lookIntoStored, type StoredFile } from '../records/look-up.ts'
import { type Message, message, said } from '../../words/words.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { isUrl } from '../../core/url.ts'

type Asked = Pick<Task, 'candidate' | 'known' | 'isOfFeed' | 'reason'>

/**
 * Archives one story: its page, else the feed's own text; written, revised or found unchanged. `before` is what is
 * remembered of a try that failed.
 */
export async function archiveStory(task: Asked, before: QueueEntry | null, run: Run): Promise<Result> {
  const { candidate, known } = task
  const imitator = imitatorOf(candidate.url)
  if (imitator !== null) return failed(imitator, true)
  const path = await run.archive.find(candidate)
  if (path === null) return askAndStore(task, null, before, run)
  const there = await lookIntoStored(path, known, run)
  const result = await askAndStore(task, there, before, run)
  if (result.kind !== 'failed') return result
  const { failure } = result
  if (there.kind === 'whole') return { kind: 'failed', failure: { ...failure, isArchived: true } }
  if (failure.ofHost === true) return result
  const damaged = message`its file ${run.shownPath(path)} is damaged (${there.why})`
  return { kind: 'failed', failure: { ...failure, reason: message`${[failure.reason, damaged]}` } }
}

async function askAndStore(
  { candidate: named, known, isOfFeed, reason }: Asked,
  there: StoredFile | null,
  before: QueueEntry | null,
  run: Run,
): Promise<Result> {
  const whole = wholeFile(there)
  const document = whole?.document ?? null
  const written = document === null ? null : titleOf(document)
  const candidate = inItsScript(named, document, known)
  // Of a file that is not the last text its page is had, whatever did not change since then.
  const noted = whole === null || whole.isOlder ? null : known
  const isReread = reason === 'recheck' && candidate.source === undefined
  const isTold = isOfFeedAlone(isReread ? Object.keys(noted?.seen ?? {}) : [candidate.source], run)
  // A page's text is never replaced by a feed's: where an edit is of such a story, the page has it.
  const isOfPage = whole !== null && known?.origin !== 'feed'
  if (isTold && known !== null && whole !== null && (isOfPage || isReread)) return note(candidate, whole, known, run)
  const form = formToRead({ there, known }, run.config.body)
  const asks = hasPage(candidate) && !isTold && !isOfFeed && (isOfPage || !isFeedEnough(candidate, run))
  const ask = (asked: Candidate, last: JournalEntry | null): Promise<PageResponse> =>
    askPage(asked, { known: last, written, before }, form, run)
  const first: PageResponse = asks
    ? await ask(candidate, noted)
    : { kind: 'failed', failure: { reason: message`the feed carries no text of it`, final: true }, mayStandIn: true }
  // A source shows an edit that the page denies: a cache's validators are older than its text. They are left out, once.
  const isStale = first.kind === 'unchanged' && document !== null && showsEdit(candidate, document, known)
  const answer = isStale ? await ask(candidate, null) : first
  const isMissing = answer.kind === 'failed' && answer.isMissing === true
  // Of two addresses that sources name one may be that of a section which the story left.
  const others = isMissing ? [formerAddress(candidate, document, known), candidate.otherUrl] : []
  const [elsewhere] = others.flatMap((url) => (url ? candidateAt(url) : [])).filter(hasPage)
  if (elsewhere !== undefined) {
    const { url, publisher, section } = elsewhere
    const asked = { ...candidate, url, publisher, section }
    const again = await ask(asked, noted)
    if (again.kind === 'found') return storeFound({ candidate: asked, there, known }, again.found, run)
    if (again.kind === 'unchanged' && whole !== null && known !== null) return note(asked, whole, known, run)
  }
  if (answer.kind === 'waiting' || answer.kind === 'left') return answer
  const isOther = there === null || storyId(candidate.url) === null
  if (answer.kind === 'found' && answer.own !== null && isOther)
    return storeAs(answer.own, candidate, answer.found, run)
  const inHand = { candidate, there, known }
  if (answer.kind === 'found')
    return storeByName(
      answer.name,
      inHand,
      toldBy(inHand, answer.found, run),
      (of) => storeFound(of, answer.found, run),
      run,
    )
  if (answer.kind === 'unchanged') {
    return whole !== null && known !== null
      ? note(candidate, whole, known, run)
      : failed(message`the page says 304 unasked`, false)
  }
  const own = answer.mayStandIn ? feedText(inHand, run) : null
  // Of which text a file is, where nothing is noted, the feed's tells.
  const isOfThatFeed = isTold && known === null && own !== null && whole !== null && isOfStory(whole, own)
  if (own === null || (isOfPage && !isOfThatFeed)) {
    return { kind: 'failed', failure: answer.failure }
  }
  const isOwed = asks && !(answer.failure.settled === true && isForeign(candidate.url))
  if (!isOwed && answer.failure.isElsewhere === true) sayElsewhere(candidate, answer.failure.reason, run)
  const owed = isOwed ? answer.failure : null
  return storeByName(answer.name ?? null, inHand, own, (of) => standIn(of, own, owed, run), run)
}

/** What tells whose story was found: its page's text, or its feed's where that is another. */
function toldBy(of: StoryInHand, found: SourcedReading, run: Run): SourcedReading {
  const own = isForeign(of.candidate.url) ? feedText(of, run) : null
  const isOther = own !== null && betterOf(wordsOfReading(found.story), wordsOfReading(own.story)) === 'feed'
  return isOther ? { ...found, story: own.story } : found
}

/** Whether the configuration says of all sources of a story that they are feeds of which no page is asked for. */
function isOfFeedAlone(sources: readonly (string | undefined)[], { config }: Run): boolean {
  return sources.length > 0 && sources.every((name) => feedEntry(name, config)?.pages === false)
}

/** Stores a feed's text for a page. What is there stays until a source shows an edit, or a new one a better text: time and headline differ. */
async function standIn(of: StoryInHand, own: SourcedReading, owed: Failure | null, run: Run): Promise<Result> {
  const { candidate, known } = of
  const whole = wholeFile(of.there)
  const stands = whole?.isOlder === false && known?.origin === 'feed' && candidate.capturedAt === undefined
  const isNew = Object.keys(candidate.seen).some((source) => known?.seen[source] === undefined)
  const isBetter = isNew && whole !== null && betterOf(whole.document.body, wordsOfReading(own.story)) === 'feed'
  if (stands && !isBetter && !showsEdit(candidate, whole.document, known))
    return { ...(await note(candidate, whole, known, run)), owed }
  return store(of, own, owed, run)
}

/** The file that a story has, where it can be read. */
function wholeFile(there: StoredFile | null): Extract<StoredFile, { kind: 'whole' }> | null {
  return there?.kind === 'whole' ? there : null
}

/** Says, once for a feed, that its stories' pages are at a host that may not be asked. */
function sayElsewhere({ url, source }: Candidate, reason: Message, run: Run): void {
  const key = `elsewhere ${source}`
  if (run.found.met.some((one) => one.key === key)) return
  const line = `${printableUrl(url)}: ${said(message`${[reason, message`the feed's own text is taken`]}`)}`
  run.found.met.push({ key, line, manner: 'begin' })
}

/** Archives what was found at an address without a number as the story that its page says it is, unless that is there. */
async function storeAs(url: string, candidate: Candidate, found: SourcedReading, run: Run): Promise<Result> {
  const named = candidateAt(url, shownOf(candidate))
  if ((await run.archive.find(named)) !== null) return { kind: 'same', as: url }
  return storeFound({ candidate: named, there: null, known: null }, found, run)
}

/** Where a story that is there was had before, if that is elsewhere: a source may name an address that is not yet. */
function formerAddress({ id, url }: Candidate, document: Document | null, known: JournalEntry | null): string | null {
  const from = document === null ? null : fromOf(document)
  const former = [known?.url, from].find((one) => one && isUrl(one) && identify(one, id).id === id)
  return former && addressOf(former) !== addressOf(url) ? former : null
}

function showsEdit(candidate: Candidate, document: Document, known: JournalEntry | null): boolean {
  if (known === null) return false
  return changeOf(candidate, { title: titleOf(document), seen: known.seen }) === 'changed'
}

/** Stores what a page gave, unless a better text of the story is there or at hand. */
async function storeFound(of: StoryInHand, found: SourcedReading, run: Run): Promise<Result> {
  const { candidate, there, known } = of
  const { doubts, extraction } = found.story
  const whole = wholeFile(there)
  const isInDoubt = extraction === GENERIC || doubts.length > 0
  if (candidate.mustBeBetter && isInDoubt && whole !== null && known !== null)
    return { kind: 'unchanged', path: whole.path, document: whole.document, entry: known, body: null, owed: null }
  if (isForeign(candidate.url)) return storeBetter(of, found, run)
  countPage(found, whole?.document ?? null, known, run)
  if (whole !== null && isWeaker(found, whole.document, known)) {
    // Nothing of that page is in the file, which stays of the time that it was.
    if (known !== null) return note(candidate, whole, known, run, false)
    return failed(message`${[why(found), message`its file stays as it is`]}`, true)
  }
  const own = doubts.length < TOO_MANY_DOUBTS ? null : feedText(of, run)
  if (own !== null && (there === null || known?.origin === 'feed'))
    return standIn(of, own, { reason: why(found), final: false }, run)
  const result = await store(of, found, null, run)
  return found.kept === null ? result : warned(result, [why(found), message`it is kept in ${found.kept}`, SEE_PROBE])
}

/** What became of a story, with why its text may not be whole where it is new. */
function warned(result: Result, lines: readonly Message[]): Result {
  const isNew = result.kind === 'written' || result.kind === 'revised'
  return isNew ? { ...result, warning: message`${lines}` } : result
}

/**
 * Stores what the page of a paper that nobody knows gave, or what its feed did: see `betterOf`. Of a story whose feed is not at
 * hand the file says what that was.
 */
async function storeBetter(of: StoryInHand, found: SourcedReading, run: Run): Promise<Result> {
  const { candidate, known } = of
  const page = wordsOfReading(found.story)
  const own = feedText(of, run)
  const feed = own === null ? '' : wordsOfReading(own.story)
  if (own !== null) compareWithFeed({ page, site: found.site }, feed, candidate, run)
  if (own !== null && betterOf(page, feed) === 'feed') return store(of, own, null, run)
  const whole = wholeFile(of.there)
  // A text that stands in below a headline which no source shows any more may be another story's.
  const isShown = whole !== null && (candidate.title === null || isShownAs(titleOf(whole.document), candidate))
  const isOfFeed = own === null && known?.origin === 'feed' && isShown
  if (isOfFeed && betterOf(page, whole.document.body) === 'feed') return note(candidate, whole, known, run)
  const against = own === null ? null : feedAgainst(page, feed)
  const doubts = against === null ? found.story.doubts : [...found.story.doubts, against]
  const result = await store(of, { ...found, story: { ...found.story, doubts } }, null, run)
  return doubts.length === 0 ? result : warned(result, doubts.map(inDoubt))
}

/** Counts how a page was read, unless it was read so before. */
function countPage(
  { story }: SourcedReading,
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
function why({ story: { extraction, doubts } }: SourcedReading): Message {
  const without = extraction === GENERIC ? [message`${OF_NO_LAYOUT}: read without one`] : []
  return message`${[...without, ...doubts.map(inDoubt)]}`
}

const inDoubt = (doubt: Message): Message => message`in doubt: ${doubt}`

/** A reading without a layout, or in doubt, never replaces one that a layout vouched for. */
function isWeaker({ story }: SourcedReading, file: Document, known: JournalEntry | null): boolean {
  if (known?.origin === 'feed' || valueOf(file, 'extraction') !== undefined) return false
  return story.extraction === GENERIC || (story.doubts.length > 0 && known?.doubt === undefined)
}

/** The text that the feed carries, where it can stand for the story. */
function feedText({ candidate, ...held }: StoryInHand, { config }: Run): SourcedReading | null {
  const { url, html, published } = candidate
  if (html === null) return null
  const title = candidate.title ?? headlineIn(html)
  if (title === '') return null
  const isOfPage = hasPage(candidate) && !isForeign(url)
  const form = formToRead(held, config.body)
  const story = readFeedText({ url, html, title, published }, isOfPage ? MIN_FEED_PARAGRAPHS : 0, form)
  return story === null ? null : { story, validators: null, origin: 'feed', site: null, kept: null }
}
