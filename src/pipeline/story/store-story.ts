import { fromOf, titleOf } from '../../core/document/document.ts'
import { type Content, makeDocument, renderDocument } from '../../core/document/render.ts'
import { outlineOf } from '../../core/document/block-hashes.ts'
import { idOfName, placeOfPath, storyPath } from '../../core/archive/path.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import { contentBeside, decideStoring, isAlike, outlineBeside, type Storing } from '../../core/archive/storing.ts'
import { numberAfter } from '../../edge/archive/revisions.ts'
import type { Tools } from '../run.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { publishedOf } from '../records/published.ts'
import { type Bringing, brought, type Forms, formOf, inForm, saysTheSame } from './forms.ts'
import { note, noteStored } from './noting.ts'
import {
  type Failure,
  failed,
  type Result,
  type SourcedReading,
  type StoredResult,
  type StoryInHand,
} from './result.ts'
import { contentFor } from './story-content.ts'
import { lookIntoStored, MAX_LOOKS, type StoredFile } from '../records/look-up.ts'
import { message, t } from '../../words/words.ts'

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
  const { found, there, known, owed } = given
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
  if (storing.action === 'leave') return { ...(await leave(storing, there.path, given, run)), owed }
  if (storing.action === 'note') {
    const outline = known!.outline ?? outlineOf(makeDocument(shown))
    const entry = { ...known!, validators: found.validators ?? known!.validators, outline }
    return { ...(await note(given.candidate, { path: there.path, document: storing.document }, entry, run)), owed }
  }
  const result = await bring(storing, { content, shown }, there, given, run)
  if (result !== 'changed') return result
  if (looks === MAX_LOOKS) return failed(message`another program keeps writing into its file`, false)
  return apply({ ...given, there: await lookIntoStored(there.path, known, run) }, run, looks + 1)
}

/** The file stays, and its notes: the page says what it said before, or its beginning alone. */
async function leave(
  { reason, document }: Extract<Storing, { action: 'leave' }>,
  path: string,
  { candidate, known }: Given,
  run: Tools,
): Promise<StoredResult> {
  const isCopy = reason === 'former copy'
  if (isCopy)
    run.report.detail(`${printableUrl(candidate.url)}: ${t`a former text, as a cache has it; the later one stays`}`)
  // A list that shows an edit, or tells of an update, still does when the cache has it.
  const asked = isCopy ? { ...candidate, seen: known!.seen } : candidate
  return note(asked, { path, document }, known!, run, !isCopy || candidate.capturedAt !== undefined)
}

/** Brings the file to what it is to be, if that is another text; `changed` where someone wrote into it since it was read. */
async function bring(
  storing: Bringing,
  { content, shown }: Forms,
  { path, text: read }: StoredFile,
  given: Given,
  run: Tools,
): Promise<Result | 'changed'> {
  const { candidate, there, known } = given
  const { document, lost, said } = await brought(storing, { content, shown }, { id: candidate.id, there, known }, run)
  if (storing.action !== 'rewrite' && isAlike(document, storing.document)) {
    const { document: own } = storing
    const revision = Math.max(known?.revision ?? 1, numberAfter(await run.archive.revisions(path)))
    const last = known?.outline ?? null
    const fresh = makeDocument(shown)
    const same = storing.action === 'keep' ? { ...fresh, body: own.body } : fresh
    const outline = storing.reason === 'closed' ? last : outlineBeside(own, same, last)
    return noteStored('unchanged', { path, document: own, text: renderDocument(own), revision, outline }, given, run)
  }
  const text = renderDocument(document)
  const isOwn = lost || (storing.action === 'rewrite' && read !== '')
  const revision = await run.archive.revise(path, text, { read, isOwn })
  if (revision === 'changed') return 'changed'
  if (storing.action === 'rewrite') {
    const anew = t`was damaged (${storing.why}); written anew, what it held is kept in .zaobao/revisions/`
    run.report.problem(`${run.shownPath(path)}: ${anew}`)
  }
  if (lost) {
    const where = run.shownPath((await run.archive.revisions(path)).at(-1)?.path ?? '')
    const both = t`its text and the page both changed in one place; the page's is written, the former is kept in ${where}`
    run.report.problem(`${run.shownPath(path)}: ${both}`)
  }
  return noteStored('revised', { path, document, text, revision, outline: outlineOf(makeDocument(said)) }, given, run)
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
  return noteStored('written', { path, document, text, revision, outline: outlineOf(document) }, given, run)
}

/** A story whose file is gone comes back under the name that it had. */
function formerPlaceOf({ id, formerPath }: Candidate, day: string): string | null {
  if (formerPath === undefined) return null
  const place = placeOfPath(formerPath)
  return place.day === day && idOfName(place.name) === id ? formerPath : null
}
