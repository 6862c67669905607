import type { JournalEntry } from '../../core/archive/journal.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import { fromOf, titleOf } from '../../core/document/document.ts'
import type { QueueEntry } from '../../core/archive/queue.ts'
import { addressOf, identify, isForeign, storyId } from '../../sites/publishers.ts'
import { type PageResponse, askPage } from './ask-page.ts'
import { storeByName } from './by-name.ts'
import { candidateAt, hasPage, shownOf } from '../candidate.ts'
import { imitatorOf } from '../configured/imitator.ts'
import { isFeedEnough, isTextOfFeed } from './page-or-feed.ts'
import type { Run } from '../run.ts'
import { inItsScript } from './same-story.ts'
import { feedText, showsEdit, standIn, storeFound, toldBy } from './store-found.ts'
import { note } from './noting.ts'
import { failed, type Result, type SourcedReading, type StoryInHand } from './result.ts'
import { feedEntry } from '../configured/sources.ts'
import { formToRead } from './forms.ts'
import { entryOf, type Task } from './tasks.ts'
import { lookIntoStored, type StoredFile, wholeFile } from '../records/look-up.ts'
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
  const candidate = inItsScript(named, whole?.document ?? null, known)
  const inHand = { candidate, there, known }
  const noted = whole === null || whole.isOlder ? null : known
  const isReread = reason === 'recheck' && candidate.source === undefined
  const isTold = isOfFeedAlone(isReread ? Object.keys(noted?.seen ?? {}) : [candidate.source], run)
  // A page's text is never replaced by a feed's: where an edit is of such a story, the page has it.
  const isOfPage = whole !== null && known?.origin !== 'feed' && !isOfThatFeed(inHand, isTold)
  if (isTold && whole !== null && (isOfPage || isReread))
    return note(candidate, whole, known ?? (await entryOf(candidate, whole.path, whole.text!, run)), run)
  const asks = hasPage(candidate) && !isTold && !isOfFeed && (isOfPage || !isFeedEnough(candidate, run))
  const asking = { ...inHand, noted, before }
  const answer = asks ? await askFor(asking, run) : UNASKED
  if (answer.kind === 'found') return storePage(answer, inHand, run)
  if (answer.kind === 'unchanged') return noteUnchanged(inHand, run)
  if (answer.kind !== 'failed') return answer
  const elsewhere = answer.isMissing === true ? await storeFromElsewhere(asking, run) : null
  if (elsewhere !== null) return elsewhere
  const own = answer.mayStandIn ? feedText(inHand, run) : null
  if (own === null || isOfPage) return { kind: 'failed', failure: answer.failure }
  const isOwed = asks && !(answer.failure.settled === true && isForeign(candidate.url))
  if (!isOwed && answer.failure.isElsewhere === true) sayElsewhere(candidate, answer.failure.reason, run)
  const owed = isOwed ? answer.failure : null
  return storeByName(answer.name ?? null, inHand, own, (of) => standIn(of, own, owed, run), run)
}

/** What stands for the answer where no page is asked for. */
const UNASKED: PageResponse = {
  kind: 'failed',
  failure: { reason: message`the feed carries no text of it`, final: true },
  mayStandIn: true,
}

/** A story whose page is asked for. */
interface Asking extends StoryInHand {
  /** What is noted of its file. Of one that is not the last text nothing is: its page is had, whatever did not change since then. */
  noted: JournalEntry | null
  /** What is remembered of a try that failed. */
  before: QueueEntry | null
}

/**
 * Asks for the page of a story; where a source shows an edit that the page denies, once more without validators: those of a cache may be
 * older than its text.
 */
async function askFor({ candidate, there, known, noted, before }: Asking, run: Run): Promise<PageResponse> {
  const document = wholeFile(there)?.document ?? null
  const written = document === null ? null : titleOf(document)
  const form = formToRead({ there, known }, run.config.body)
  const ask = (last: JournalEntry | null) => askPage(candidate, { known: last, written, before }, form, run)
  const answer = await ask(noted)
  const isStale = answer.kind === 'unchanged' && document !== null && showsEdit(candidate, document, known)
  return isStale ? ask(null) : answer
}

/** Stores what a page gave as the story that it says it is. */
async function storePage(
  { found, own, name }: Extract<PageResponse, { kind: 'found' }>,
  inHand: StoryInHand,
  run: Run,
): Promise<Result> {
  const { candidate, there } = inHand
  const isOther = there === null || storyId(candidate.url) === null
  if (own !== null && isOther) return storeAs(own, candidate, found, run)
  return storeByName(name, inHand, toldBy(inHand, found, run), (of) => storeFound(of, found, run), run)
}

async function noteUnchanged({ candidate, there, known }: StoryInHand, run: Run): Promise<Result> {
  const whole = wholeFile(there)
  if (whole === null || known === null) return failed(message`the page says 304 unasked`, false)
  return note(candidate, whole, known, run)
}

/**
 * Stores what another address gives of a story of which nothing is at its own; `null` where there is none, or nothing there. Of two that
 * sources name one may be that of a section which the story left.
 */
async function storeFromElsewhere(asking: Asking, run: Run): Promise<Result | null> {
  const { candidate } = asking
  const others = [formerAddress(asking), candidate.otherUrl]
  const [elsewhere] = others.flatMap((url) => (url ? candidateAt(url) : [])).filter(hasPage)
  if (elsewhere === undefined) return null
  const { url, publisher, section } = elsewhere
  const moved = { ...asking, candidate: { ...candidate, url, publisher, section } }
  const answer = await askFor(moved, run)
  if (answer.kind === 'found') return storeFound(moved, answer.found, run)
  return answer.kind === 'unchanged' ? noteUnchanged(moved, run) : null
}

/** Whether a file of which nothing tells where its text is from has that of a feed whose pages are not asked for. */
function isOfThatFeed({ candidate: { html }, there, known }: StoryInHand, isTold: boolean): boolean {
  const isUnknown = known === null || known.origin === 'import'
  return isTold && isUnknown && html !== null && there?.kind === 'whole' && isTextOfFeed(there.document, html)
}

/** Whether the configuration says of all sources of a story that they are feeds of which no page is asked for. */
function isOfFeedAlone(sources: readonly (string | undefined)[], { config }: Run): boolean {
  return sources.length > 0 && sources.every((name) => feedEntry(name, config)?.pages === false)
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
function formerAddress({ candidate: { id, url }, there, known }: StoryInHand): string | null {
  const whole = wholeFile(there)
  const from = whole === null ? null : fromOf(whole.document)
  const former = [known?.url, from].find((one) => one && isUrl(one) && identify(one, id).id === id)
  return former && addressOf(former) !== addressOf(url) ? former : null
}
