import { doubtOf } from '../../core/extraction.ts'
import { type Document, fromOf, titleOf } from '../../core/document/document.ts'
import { type Content, makeDocument, renderDocument } from '../../core/document/render.ts'
import { outlineOf } from '../../core/document/block-hashes.ts'
import { digestOf, type JournalEntry } from '../../core/archive/journal.ts'
import type { Validators } from '../../core/model.ts'
import { idOfName, placeOfPath, storyPath } from '../../core/archive/path.ts'
import { type Candidate, tellsOfUpdate, isShownAnew } from '../../core/archive/plan.ts'
import { contentBeside, decideStoring, isAlike, outlineBeside } from '../../core/archive/storing.ts'
import { numberAfter } from '../../edge/archive/revisions.ts'
import { addressOf, isForeign } from '../../sites/publishers.ts'
import { fetchedOf } from '../candidate.ts'
import { ownSection } from '../configured/sources.ts'
import type { Reading } from '../reading/read-story.ts'
import type { Tools } from '../run.ts'
import { present } from '../../core/present.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { publishedOf } from '../records/published.ts'
import type { Left } from '../found.ts'
import { brought, formOf, inForm, saysTheSame } from './forms.ts'
import { contentFor, langToNote } from './story-content.ts'
import { lookIntoStored, MAX_LOOKS, type StoredFile } from '../records/look-up.ts'
import { type Message, message, t } from '../../words/words.ts'

/** What became of one story. */
export type Result =
  | {
      kind: 'written' | 'revised' | 'unchanged'
      path: string
      document: Document
      entry: JournalEntry
      /** What was read of the page; `null` where nothing was. */
      body: Reading['body'] | null
      owed: Failure | null
      /** Why the text may not be whole, one line, where that is new. */
      warning?: Message
    }
  | { kind: 'failed'; failure: Failure }
  /** Its page is that of a story which is archived under its own address. */
  | { kind: 'same'; as: string }
  /** Its page names another story of this run: whether it is that is known when that one is stored. */
  | { kind: 'later'; decide: () => Promise<Result> }
  /** The host asked for a pause. `asked`: by the answer to this story's own request, which counts as a try. */
  | { kind: 'waiting'; until: number; asked: boolean }
  /** It had no turn: it is the next run's. */
  | { kind: 'left'; why: Left }

/** Why a page could not be had. `final`: asking again is of no use. */
export interface Failure {
  reason: Message
  final: boolean
  /** Nothing was asked for: its host is left alone until the next run, and the story has not failed. */
  ofHost?: boolean
  /** No page of it was to be had, as it may be of all stories of its site when that is down, blocks, or is being rebuilt. */
  isDenied?: boolean
  /** The page holds no article, or may not be asked for: later it will be so, too. */
  settled?: boolean
  /** Its page is at a host or an address that may not be asked. */
  isElsewhere?: boolean
  /** Its file is there, and whole. */
  isArchived?: boolean
  /** Its file, or its day's folder, could not be read or written: no matter of the site, and not over by itself. */
  isLocal?: boolean
}

/** What a page or a feed gave, with where it came from. */
export interface SourcedReading {
  story: Reading
  validators: Validators | null
  origin: JournalEntry['origin']
  /** The site at which the page is; `null` where it is of no matter. */
  site: string | null
  /** Where the page is kept that no layout read or a witness doubts, relative to the archive; else `null`. */
  kept: string | null
}

/** A story in hand: as sources name it, its file as it was read in this run, and what is noted of it. */
export interface StoryInHand {
  candidate: Candidate
  there: StoredFile | null
  known: JournalEntry | null
}

/** Writes what was found: a new file, the file that is there with a later text, or nothing where they say the same. */
export async function store(of: StoryInHand, given: SourcedReading, owed: Failure | null, run: Tools): Promise<Result> {
  const { candidate, there, known } = of
  const file = there?.document ?? null
  const published = file === null ? null : publishedOf(file, candidate.url, known?.published)
  const { story, day, content } = contentFor(
    given.story,
    candidate,
    there && {
      path: there.path,
      from: file === null ? candidate.url : fromOf(file),
      published,
      title: file === null ? '' : titleOf(file),
      timeTold: known?.timeTold === true,
    },
    run,
  )
  return apply({ ...of, found: { ...given, story }, content, day, owed }, run)
}

interface Given extends StoryInHand {
  found: SourcedReading
  content: Content
  day: string
  owed: Failure | null
}

/** Does what is decided. Where someone wrote into the file since it was read, it is read again, and decided anew. */
async function apply(given: Given, run: Tools, looks = 1): Promise<Result> {
  const { candidate, found, there, known, owed } = given
  const file = there?.document ?? null
  const { body: form } = run.config
  const { body } = found.story
  const content = contentBeside(file, inForm(form, given.content, body))
  const shown = contentBeside(file, inForm(formOf(given, body, form), given.content, body))
  const isSameText = await saysTheSame(file, content)
  const former = there?.former ?? []
  const storing = decideStoring({ stored: there, content: shown, known, former, stated: found.story, isSameText })
  if (storing.action === 'create' || there === null) return create({ ...given, content }, run)
  if (storing.action === 'refuse') {
    return storing.reason === 'closed'
      ? failed(message`the page shows its beginning alone now`, true)
      : failed(message`a cache still gives its former text`, false)
  }
  const { path, text: read } = there
  if (storing.action === 'leave') {
    const isCopy = storing.reason === 'former copy'
    if (isCopy)
      run.report.detail(`${printableUrl(candidate.url)}: ${t`a former text, as a cache has it; the later one stays`}`)
    // A list that shows an edit, or tells of an update, still does when the cache has it.
    const asked = isCopy ? { ...candidate, seen: known!.seen } : candidate
    const isRead = !isCopy || candidate.capturedAt !== undefined
    return { ...(await note(asked, { path, document: storing.document }, known!, run, isRead)), owed }
  }
  const fresh = makeDocument(shown)
  if (storing.action === 'note') {
    const outline = known!.outline ?? outlineOf(fresh)
    const entry = { ...known!, validators: found.validators ?? known!.validators, outline }
    return { ...(await note(candidate, { path, document: storing.document }, entry, run)), owed }
  }
  const { document, lost, said } = await brought(storing, { content, shown }, { id: candidate.id, there, known }, run)
  if (storing.action !== 'rewrite' && isAlike(document, storing.document)) {
    const { document: own } = storing
    const revision = Math.max(known?.revision ?? 1, numberAfter(await run.archive.revisions(path)))
    const last = known?.outline ?? null
    const same = storing.action === 'keep' ? { ...fresh, body: own.body } : fresh
    const kept = storing.reason === 'closed' ? last : outlineBeside(own, same, last)
    const noted = { path, document: own, text: renderDocument(own), revision, outline: kept }
    return keep('unchanged', noted, given, run)
  }
  const text = renderDocument(document)
  const isOwn = lost || (storing.action === 'rewrite' && read !== '')
  const revision = await run.archive.revise(path, text, { read, isOwn })
  if (revision === 'changed' && looks === MAX_LOOKS)
    return failed(message`another program keeps writing into its file`, false)
  if (revision === 'changed') {
    const again = await lookIntoStored(path, known, run)
    return apply({ ...given, there: again }, run, looks + 1)
  }
  if (storing.action === 'rewrite') {
    const anew = t`was damaged (${storing.why}); written anew, what it held is kept in .zaobao/revisions/`
    run.report.problem(`${run.shownPath(path)}: ${anew}`)
  }
  if (lost) {
    const where = run.shownPath((await run.archive.revisions(path)).at(-1)?.path ?? '')
    const both = t`its text and the page both changed in one place; the page's is written, the former is kept in ${where}`
    run.report.problem(`${run.shownPath(path)}: ${both}`)
  }
  const outline = outlineOf(makeDocument(said))
  return keep('revised', { path, document, text, revision, outline }, given, run)
}

async function create(given: Given, run: Tools): Promise<Result> {
  const { candidate, found, content, day } = given
  const document = makeDocument(content)
  const text = renderDocument(document)
  const identity = { id: candidate.id, day }
  const fresh = formerPlaceOf(candidate, day) ?? storyPath(identity, found.story.title)
  const made = await run.archive.create(fresh, text)
  const path = await run.archive.find(identity)
  if (made === 'exists' || path === null) return failed(message`another program brought its file meanwhile`, false)
  const revision = numberAfter(await run.archive.revisions(path))
  const outline = outlineOf(document)
  return keep('written', { path, document, text, revision, outline }, given, run)
}

/** A story whose file is gone comes back under the name that it had. */
function formerPlaceOf({ id, formerPath }: Candidate, day: string): string | null {
  if (formerPath === undefined) return null
  const place = placeOfPath(formerPath)
  return place.day === day && idOfName(place.name) === id ? formerPath : null
}

/** A story that failed. `final`: asking again is of no use. */
export function failed(reason: Message, final: boolean): Result {
  return { kind: 'failed', failure: { reason, final } }
}

/** A story's file as it stands now. */
interface Kept {
  path: string
  document: Document
  text: string
  revision: number
  outline: string | null
}

/** The story is durable: then the journal, so that a dead run leaves a story without notes and never the reverse. */
async function keep(
  kind: 'written' | 'revised' | 'unchanged',
  { path, document, text, revision, outline }: Kept,
  { candidate, found, known, owed }: Given,
  run: Tools,
): Promise<Result> {
  const doubt = doubtOf(found.story.doubts)
  const entry: JournalEntry = {
    id: candidate.id,
    path,
    url: addressOf(candidate.url),
    status: kind,
    fetched: fetchedOf(candidate, run.io),
    published: found.story.published,
    ...timeToldOf(found.story.published, candidate, known),
    updated: found.story.updated,
    bylines: found.story.bylines,
    keywords: found.story.keywords,
    revision,
    seen: candidate.seen,
    ...(kind === 'unchanged' && known !== null ? idleOf(candidate, known) : {}),
    ...toldUpdateOf(candidate, known),
    validators: found.validators,
    origin: found.origin,
    extraction: found.story.extraction,
    ...present({ doubt, section: ownSection(candidate.source, run.config) }),
    ...langToNote(found.story),
    digest: digestOf(text),
    outline,
  }
  await run.journal.append(entry)
  return { kind, path, document, entry, body: found.story.body, owed }
}

/** What is noted where the page shows nothing of the update that its feed may tell of, or of what its sources show anew. */
function idleOf(candidate: Candidate, known: JournalEntry): Pick<JournalEntry, 'idle' | 'vain'> {
  return {
    ...(tellsOfUpdate(candidate, known) ? { idle: (known.idle ?? 0) + 1 } : {}),
    ...(isShownAnew(candidate, known) ? { vain: (known.vain ?? 0) + 1 } : {}),
  }
}

/** What is noted of a time of publication, where a source told it of a paper that nobody knows. */
function timeToldOf(
  time: string | null | undefined,
  { url, published }: Candidate,
  known: JournalEntry | null,
): Pick<JournalEntry, 'timeTold'> {
  const isTold = published !== null && published === time
  const wasTold = known?.timeTold === true && known.published === time
  return isForeign(url) && (isTold || wasTold) ? { timeTold: true } : {}
}

/** What is noted of the update of which its feed told when the page was read; a captured feed may have told it later. */
function toldUpdateOf(
  { updated, capturedAt }: Candidate,
  known: JournalEntry | null,
): Pick<JournalEntry, 'toldUpdate'> {
  return present({ toldUpdate: capturedAt === undefined ? (updated ?? known?.toldUpdate) : undefined })
}

/**
 * The page did not change: what the sources show now is noted, and when it was read, nothing else. `isRead`: false where what was read
 * is none of its last text.
 */
export async function note(
  candidate: Candidate,
  { path, document }: { path: string; document: Document },
  known: JournalEntry,
  run: Tools,
  isRead = true,
): Promise<Extract<Result, { path: string }>> {
  const read = isRead ? { fetched: fetchedOf(candidate, run.io), ...toldUpdateOf(candidate, known) } : {}
  const shown = { seen: candidate.seen, ...idleOf(candidate, known), ...timeToldOf(known.published, candidate, known) }
  const entry = { ...known, status: 'unchanged' as const, ...shown, ...read }
  await run.journal.append(entry)
  return { kind: 'unchanged', path, document, entry, body: null, owed: null }
}
