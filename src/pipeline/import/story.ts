import {
  dayOf,
  inOrder,
  isSameText,
  lastingTexts,
  outlineTaken,
  publishedMs,
  type SourceFile,
  textsOf,
} from '../../core/archive/import.ts'
import type { JournalEntry } from '../../core/archive/journal.ts'
import type { Evidence } from '../../core/archive/clock.ts'
import { headlineOfName, idOfName, ownNameOf, storyPath } from '../../core/archive/path.ts'
import { parseDocument } from '../../core/document/parse.ts'
import { fromOf, titleOf } from '../../core/document/document.ts'
import { keptByAddress } from '../../core/document/pictures-in-html.ts'
import { isPictureOf } from '../../core/media/kept.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import type { WorkerPool } from '../../edge/worker-pool.ts'
import type { FormerFile, SourceFolder } from '../../edge/source-folder.ts'
import { formerIds, identify } from '../../sites/publishers.ts'
import type { importJobs } from './jobs.ts'
import { keepingOf, type KeptFile, type Outcome, place } from './place.ts'
import { unlessLocal } from '../../errors.ts'
import { type Message, message } from '../../words/words.ts'

/** Of what site a file is whose time was put right, and what spoke for another time than `date`. */
export interface TimeEvidence {
  site: string
  evidence: Evidence | 'comment'
}

/** What became of one story's files. */
export interface ImportedStory {
  /** Files that were taken in. */
  taken: number
  outcome: Outcome
  /** Its file in the archive, as it stands now; `null` where there is none, as at a dry run. */
  there: PlacedStory | null
  /** Files whose text was that of the one before. */
  duplicates: number
  /** Former texts of the story that the files hold, no more than are kept of one: all, where another text stands. */
  revisions: number
  /** One for each file whose time was put right. */
  times: TimeEvidence[]
  /** Files that could not be taken in, with the reason. */
  left: { path: string; reason: Message }[]
  /** Former texts of the source that could not be taken in, with the reason. */
  leftFormer: { path: string; reason: Message }[]
  kept: KeptFile[]
}

/** A story's file, its address and its text, and what its source notes of that. */
export interface PlacedStory {
  path: string
  url: string
  text: string
  told: JournalEntry | null
}

interface Context {
  archive: Archive
  source: SourceFolder
  pool: WorkerPool<typeof importJobs>
  wrongClocks: ReadonlyMap<SourceFile, Evidence>
  dryRun: boolean
}

/** Takes in the files of one story. Killed at any instruction and started again, it goes on where it was. */
export async function importStory(files: readonly SourceFile[], context: Context): Promise<ImportedStory> {
  const left: ImportedStory['left'] = []
  const leftFormer: ImportedStory['leftFormer'] = []
  const taken: (TakenText & { former: TakenText[] })[] = []
  for (const file of inOrder(files)) {
    const evidence = context.wrongClocks.get(file) ?? null
    const made = await takeText({ file, path: file.path, evidence }, context)
    if ('why' in made) {
      left.push({ path: file.path, reason: made.why })
      continue
    }
    const former: TakenText[] = []
    for (const kept of await context.source.formerOf(file.path)) {
      const found = await takeFormer(made, kept, context)
      if ('text' in found) former.push(found)
      else leftFormer.push({ path: kept.path, reason: found.why })
    }
    taken.push({ ...made, former })
  }
  const all = taken.flatMap((one) => [...one.former, one])
  const [first] = all
  if (first === undefined) {
    const none = { taken: 0, duplicates: 0, revisions: 0, times: [], kept: [] }
    return { ...none, outcome: 'unchanged', there: null, left, leftFormer }
  }
  const texts = textsOf(taken.map(({ former, text }) => ({ former: former.map((each) => each.text), text })))
  // The day in an address is corrected now and then: the last text's is the one that its file is to stand under.
  const urlDays = [...new Set(all.flatMap(({ file: { day } }) => (day === null ? [] : [day])))]
  const identity = { id: first.file.id, day: urlDays.at(-1) ?? dayOf(first.file, first.evidence !== null) }
  const document = parseDocument(texts[0] ?? '')
  const from = fromOf(document)
  const ids = [...new Set([...taken.map(({ file }) => file.id), identify(from).id, ...formerIds(from)])]
  const names = taken.map(({ file }) => nameOf(file.path)).filter((name) => idOfName(name) === identity.id)
  const title = firstHeadline(identity, titleOf(document), names)
  // What a program writes has an HTML body in the source, and nothing below.
  const own = new Map(all.flatMap(({ file, text, path }) => (file.isOwn ? [[text, path]] : [])))
  const kept: KeptFile[] = []
  const lasting = lastingTexts(texts, [], keepingOf(own, context.archive))
  const placing = { identity, ids, urlDays, title, texts, lasting, own, kept }
  const { outcome, path, text: standing } = await place(placing, context.archive, context.dryRun)
  return {
    taken: taken.length,
    outcome,
    there: path === null ? null : { path, url: from, text: standing, told: await toldOf(standing, taken, context) },
    duplicates: taken.length - new Set(taken.map(({ text }) => text)).size,
    revisions: lasting.length - (lasting.some((one) => isSameText(one, standing)) ? 1 : 0),
    // What was put right by an earlier import is not put right again.
    times: (outcome === 'unchanged' ? [] : taken)
      .filter(({ file, evidence }) => publishedMs(file, evidence !== null) !== file.dateMs)
      .map(({ file, evidence }) => ({ site: file.site, evidence: evidence ?? 'comment' })),
    left,
    leftFormer,
    // A text that came back after another one is kept, too, and stands.
    kept: kept.filter(({ path: of }) => !all.some((one) => one.path === of && isSameText(one.text, standing))),
  }
}

/** The headline of a story's first text (`title`), but where no file is named by it: its former texts may be gone. */
function firstHeadline(identity: { id: string; day: string }, title: string, names: readonly string[]): string {
  const own = ownNameOf(names, null)
  if (own === null || names.includes(nameOf(storyPath(identity, title)))) return title
  return headlineOfName(own) ?? title
}

const nameOf = (path: string): string => path.split('/').at(-1) ?? ''

/** What the source notes of a text that is one of these files'; `null` where it notes nothing. */
async function toldOf(text: string, taken: readonly TakenText[], { source }: Context): Promise<JournalEntry | null> {
  for (const { file, path, read, text: own } of taken.toReversed()) {
    const noted = isSameText(own, text) ? await source.notesOf(path) : null
    if (noted !== null) return { ...noted.last, outline: outlineTaken({ file, read, text: own }, noted) }
  }
  return null
}

/** A text of the source: whose it is, where it stands, and what speaks against its clock. */
interface SourceText {
  file: SourceFile
  path: string
  evidence: Evidence | null
}

/** The same as it stands there (`read`) and as it is archived. */
type TakenText = SourceText & { read: string; text: string }

async function takeText(given: SourceText, context: Context): Promise<TakenText | { why: Message }> {
  const { file, path, evidence } = given
  const read = await context.source.read(path)
  if ('why' in read) return read
  const kept = await takePictures(file, read.text, context)
  const clockIsWrong = evidence !== null
  const made = await context.pool.do('convert', { file, text: read.text, clockIsWrong, kept })
  return 'why' in made ? made : { ...given, read: read.text, text: made.text }
}

/** A former text that the source keeps of a file's story. */
async function takeFormer(
  { file, evidence }: SourceText,
  { path, isKept, why }: FormerFile,
  context: Context,
): Promise<TakenText | { why: Message }> {
  if (why !== null) return { why }
  const read = await context.source.read(path)
  if ('why' in read) return read
  const found = await context.pool.do('describe', { path: file.path, text: read.text })
  if ('why' in found) return found
  const { id, story, day } = file
  if (found.story !== story) return { why: message`is a text of another story` }
  return takeText({ file: { ...found, id, story, day, isOwn: isKept }, path, evidence }, context)
}

/** Where the pictures of a file are kept, by their addresses: those that its source keeps beside it are taken in. */
async function takePictures(
  { path }: SourceFile,
  text: string,
  { archive, source, dryRun }: Context,
): Promise<Map<string, string>> {
  const taken = new Map<string, string>()
  for (const [address, picture] of keptByAddress(text)) {
    const bytes = await source.pictureOf(path, picture)
    if (bytes === null || !isPictureOf(picture, bytes)) continue
    if (dryRun || (await unlessLocal(archive.keepPicture(picture, bytes), false))) taken.set(address, picture)
  }
  return taken
}
