import type { JournalEntry } from '../../core/archive/journal.ts'
import { type Candidate, changeOf } from '../../core/archive/plan.ts'
import { type Document, titleOf, valueOf } from '../../core/document/document.ts'
import { GENERIC, OF_NO_LAYOUT, SEE_PROBE } from '../../core/extraction.ts'
import { TOO_MANY_DOUBTS } from '../../core/witness.ts'
import { isForeign } from '../../sites/publishers.ts'
import { hasPage } from '../candidate.ts'
import { betterOf, compareWithFeed, feedAgainst, headlineIn, wordsOfReading } from './page-or-feed.ts'
import { MIN_FEED_PARAGRAPHS, readFeedText } from '../reading/read-story.ts'
import type { Run } from '../run.ts'
import { isShownAs } from './names.ts'
import { note } from './noting.ts'
import { type Failure, failed, type Result, type SourcedReading, type StoryInHand } from './result.ts'
import { store } from './store-story.ts'
import { formToRead } from './forms.ts'
import { wholeFile } from '../records/look-up.ts'
import { type Message, message } from '../../words/words.ts'

/** Stores what a page gave, unless a better text of the story is there or at hand. */
export async function storeFound(of: StoryInHand, found: SourcedReading, run: Run): Promise<Result> {
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

/** Stores a feed's text for a page. What is there stays until a source shows an edit, or a new one a better text: time and headline differ. */
export async function standIn(of: StoryInHand, own: SourcedReading, owed: Failure | null, run: Run): Promise<Result> {
  const { candidate, known } = of
  const whole = wholeFile(of.there)
  const stands = whole?.isOlder === false && known?.origin === 'feed' && candidate.capturedAt === undefined
  const isNew = Object.keys(candidate.seen).some((source) => known?.seen[source] === undefined)
  const isBetter = isNew && whole !== null && betterOf(whole.document.body, wordsOfReading(own.story)) === 'feed'
  if (stands && !isBetter && !showsEdit(candidate, whole.document, known))
    return { ...(await note(candidate, whole, known, run)), owed }
  return store(of, own, owed, run)
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
export function feedText({ candidate, ...held }: StoryInHand, { config }: Run): SourcedReading | null {
  const { url, html, published } = candidate
  if (html === null) return null
  const title = candidate.title ?? headlineIn(html)
  if (title === '') return null
  const isOfPage = hasPage(candidate) && !isForeign(url)
  const form = formToRead(held, config.body)
  const story = readFeedText({ url, html, title, published }, isOfPage ? MIN_FEED_PARAGRAPHS : 0, form)
  return story === null ? null : { story, validators: null, origin: 'feed', site: null, kept: null }
}

/** What tells whose story was found: its page's text, or its feed's where that is another. */
export function toldBy(of: StoryInHand, found: SourcedReading, run: Run): SourcedReading {
  const own = isForeign(of.candidate.url) ? feedText(of, run) : null
  const isOther = own !== null && betterOf(wordsOfReading(found.story), wordsOfReading(own.story)) === 'feed'
  return isOther ? { ...found, story: own.story } : found
}

/** Whether a source shows something else of a story than what is noted of it. */
export function showsEdit(candidate: Candidate, document: Document, known: JournalEntry | null): boolean {
  if (known === null) return false
  return changeOf(candidate, { title: titleOf(document), seen: known.seen }) === 'changed'
}
