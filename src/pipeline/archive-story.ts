import { createHash } from 'node:crypto'
import { decode } from '../core/text/charset.ts'
import { BODY_TOP_HEADING, contentOf } from '../core/content.ts'
import { type Document, htmlOf, valueOf } from '../core/document/document.ts'
import { type Content, makeDocument, renderDocument, reviseDocument } from '../core/document/render.ts'
import { htmlTooLarge } from '../core/html/bounds.ts'
import { addressOf, sectionOf, storyId } from '../core/identity.ts'
import type { JournalEntry } from '../core/archive/journal.ts'
import { elementToMarkdown } from '../core/markdown/index.ts'
import type { Extract, Validators } from '../core/model.ts'
import { storyPath } from '../core/archive/path.ts'
import type { Candidate } from '../core/archive/plan.ts'
import { seedBody } from '../core/markdown/seed-body.ts'
import { isoTime, singaporeDay } from '../core/time.ts'
import type { Failed } from '../edge/http/http.ts'
import { readContent, readPage } from '../sites/index.ts'
import { PAPER_NAME } from '../sites/zaobao/index.ts'
import { extraKeys } from './extra-keys.ts'
import { imitatorOf } from './imitator.ts'
import { bodyTooLarge } from './page-bounds.ts'
import { hasPage } from './poll.ts'
import type { Run } from './run.ts'
import { readStored } from './stored.ts'

/** What became of one story. */
export type Result =
  | {
      kind: 'written' | 'revised' | 'unchanged'
      path: string
      document: Document
      entry: JournalEntry
      owed: Failure | null
    }
  | { kind: 'failed'; failure: Failure }
  /** The host asked for a pause: no request was made, and none counts as a try. */
  | { kind: 'waiting'; until: number }
  /** The run has no request or no time left: the next run's, as if it had not been named. */
  | { kind: 'left'; reason: string }

/** Why a page could not be had. `final`: asking again is of no use. */
export interface Failure {
  reason: string
  final: boolean
}

/** What a page or a feed gave, with where it came from. */
interface Found {
  extract: Extract
  validators: Validators | null
  origin: JournalEntry['origin']
}

type Answer =
  | { kind: 'found'; found: Found }
  | { kind: 'unchanged' }
  | { kind: 'failed'; failure: Failure; mayStandIn: boolean }
  | { kind: 'waiting'; until: number }
  | { kind: 'left'; reason: string }

const STORY_NAME = /^story\d{8}-\d+$/

/** Fewer paragraphs are a teaser, which does not stand in for a page. */
const MIN_FEED_PARAGRAPHS = 2

/** Archives one story: its page, else the feed's own text; written, revised or found unchanged. */
export async function archiveStory(candidate: Candidate, known: JournalEntry | null, run: Run): Promise<Result> {
  const imitator = imitatorOf(candidate.url)
  if (imitator !== null) return { kind: 'failed', failure: { reason: imitator, final: true } }
  const path = await run.archive.find(candidate)
  const answer = hasPage(candidate.url)
    ? await askPage(candidate, path === null ? null : known, run)
    : ({
        kind: 'failed',
        failure: { reason: 'the feed carries no text of it', final: true },
        mayStandIn: true,
      } as const)
  if (answer.kind === 'waiting' || answer.kind === 'left') return answer
  if (answer.kind === 'unchanged' && path !== null && known !== null) return note(candidate, path, known, run)
  if (answer.kind === 'found') return store(candidate, answer.found, path, known, null, run)
  if (answer.kind === 'unchanged')
    return { kind: 'failed', failure: { reason: 'the page says 304 unasked', final: false } }

  const own = answer.mayStandIn ? feedText(candidate) : null
  // A page's text is never replaced by a feed's.
  if (own === null || (path !== null && known?.origin !== 'feed')) return { kind: 'failed', failure: answer.failure }
  return store(candidate, own, path, known, hasPage(candidate.url) ? answer.failure : null, run)
}

async function askPage(candidate: Candidate, known: JournalEntry | null, run: Run): Promise<Answer> {
  const validators = known?.origin === 'page' ? known.validators : null
  const response = await run.http.get(addressOf(candidate.url), { validators })
  if (response.kind === 'unchanged') return { kind: 'unchanged' }
  if (response.kind === 'failed') return refusedBy(response)
  const failed = (reason: string, mayStandIn: boolean): Answer => ({
    kind: 'failed',
    failure: { reason, final: false },
    mayStandIn,
  })
  const asked = storyId(candidate.url)
  const reached = storyId(response.url)
  if (asked !== null && reached !== asked) {
    return failed(`it leads to ${response.url}, which is ${reached === null ? 'no story' : 'another story'}`, true)
  }
  const html = decode(response.body, response.contentType)
  const tooLarge = htmlTooLarge(html)
  if (tooLarge !== null) return failed(tooLarge, true)
  const page = readPage({ html, url: response.url })
  if (page.kind === 'story') {
    const beyond = bodyTooLarge(page.extract.body)
    if (beyond !== null) return failed(beyond, true)
    return { kind: 'found', found: { extract: page.extract, validators: response.validators, origin: 'page' } }
  }
  const detail = `${page.reason}: ${page.detail}`
  if (page.reason !== 'unclaimed' && page.reason !== 'empty') {
    return failed(detail, page.reason !== 'challenge' && page.reason !== 'login')
  }
  const kept = run.config.dryRun ? '' : `; its bytes are in ${await run.archive.keepPage(candidate.id, response.body)}`
  return failed(`${detail}${kept}`, true)
}

function refusedBy({ reason, detail, notBefore }: Failed): Answer {
  if (reason === 'budget') return { kind: 'left', reason: detail }
  if (reason === 'wait' && notBefore !== null) return { kind: 'waiting', until: notBefore }
  return { kind: 'failed', failure: { reason: detail, final: reason === 'gone' }, mayStandIn: true }
}

/** The text that the feed carries, where it can stand for the story. */
function feedText({ url, html, title, published }: Candidate): Found | null {
  if (html === null || htmlTooLarge(html) !== null) return null
  const content = readContent(html, url)
  if (content === null || bodyTooLarge(content.body) !== null) return null
  if (hasPage(url) && paragraphs(content.body) < MIN_FEED_PARAGRAPHS) return null
  const nothing = { updated: null, bylines: [], keywords: [], access: 'public' as const }
  const extract = { title: title ?? '', published, body: content.body, source: content.source, ...nothing }
  return extract.title === '' ? null : { extract, validators: null, origin: 'feed' }
}

function paragraphs(body: Element): number {
  return Array.from(body.querySelectorAll('p')).filter((p) => (p.textContent ?? '').trim() !== '').length
}

async function store(
  candidate: Candidate,
  found: Found,
  path: string | null,
  known: JournalEntry | null,
  owed: Failure | null,
  run: Run,
): Promise<Result> {
  const extract = titled(found.extract, candidate.title)
  const published = extract.published ?? candidate.published
  const day = dayOf(candidate, path, published, run)
  const content = textOf({ ...extract, published }, candidate.url, day, run)
  if (path === null) {
    const document = makeDocument(content)
    const text = renderDocument(document)
    const fresh = storyPath({ id: candidate.id, day }, extract.title)
    await run.archive.create(fresh, text)
    return keep('written', { candidate, found, path: fresh, document, text, revision: 1, owed }, run)
  }
  const old = await readStored(path, run.archive)
  const before = renderDocument(old)
  // A page that was public whole stays whole when the site closes it.
  const closed = known?.origin !== 'feed' && valueOf(old, 'access') !== 'subscriber' && content.access === 'subscriber'
  const document = closed || (await saysTheSame(old, content)) ? old : reviseDocument(old, content)
  const text = renderDocument(document)
  if (text === before) {
    const revision = known?.revision ?? (await run.archive.revisions(path)).length + 1
    return keep('unchanged', { candidate, found, path, document, text, revision, owed }, run)
  }
  const revision = await run.archive.revise(path, text)
  return keep('revised', { candidate, found, path, document, text, revision, owed }, run)
}

/** A page without a headline is named by its address: the headline that a source showed is better. */
function titled(extract: Extract, shown: string | null): Extract {
  return shown !== null && STORY_NAME.test(extract.title) ? { ...extract, title: shown } : extract
}

/** A story's day: in its URL; else that of its file; else that of publication in Singapore; else today. */
function dayOf(candidate: Candidate, path: string | null, published: string | null, run: Run): string {
  return candidate.day ?? path?.slice(0, 10) ?? singaporeDay(published === null ? run.io.now() : Date.parse(published))
}

function textOf(extract: Extract, url: string, day: string, { config }: Run): Content {
  const paper = hasPage(url) ? PAPER_NAME : new URL(url).hostname
  const extra = extraKeys(config.keys, { ...extract, section: sectionOf(url) })
  const body =
    config.body === 'html'
      ? { html: seedBody(extract.source) }
      : { markdown: elementToMarkdown(extract.body, url, { topHeading: BODY_TOP_HEADING }) }
  return contentOf(extract, { url, day, paper, extra, body })
}

/** Two forms of one text, HTML in the file and Markdown now, are no edit. */
async function saysTheSame(old: Document, content: Content): Promise<boolean> {
  const html = htmlOf(old)
  if (html === null || !('markdown' in content.body)) return false
  const sameHead = valueOf(old, 'title') === content.title && (valueOf(old, 'access') ?? 'public') === content.access
  const { markdownOf } = await import('./record.ts')
  return sameHead && markdownOf(html, content.url) === content.body.markdown
}

interface Kept {
  candidate: Candidate
  found: Found
  path: string
  document: Document
  text: string
  revision: number
  owed: Failure | null
}

/** The story is durable: then the journal, so that a dead run leaves a story without notes and never the reverse. */
async function keep(kind: 'written' | 'revised' | 'unchanged', kept: Kept, run: Run): Promise<Result> {
  const { candidate, found, path, document, text, revision, owed } = kept
  const entry: JournalEntry = {
    id: candidate.id,
    path,
    status: kind,
    fetched: isoTime(run.io.now()),
    updated: found.extract.updated,
    bylines: found.extract.bylines,
    keywords: found.extract.keywords,
    revision,
    seen: candidate.seen,
    validators: found.validators,
    origin: found.origin,
    digest: createHash('sha256').update(text).digest('hex'),
  }
  await run.journal.append(entry)
  return { kind, path, document, entry, owed }
}

/** The page did not change: what the sources show now is noted, nothing else. */
async function note(candidate: Candidate, path: string, known: JournalEntry, run: Run): Promise<Result> {
  const entry: JournalEntry = { ...known, status: 'unchanged', fetched: isoTime(run.io.now()), seen: candidate.seen }
  await run.journal.append(entry)
  return { kind: 'unchanged', path, document: await readStored(path, run.archive), entry, owed: null }
}
