import {
  dayOf,
  distinctTexts,
  inOrder,
  mergeTexts,
  publishedMs,
  type SourceFile,
  withPictures,
} from '../../core/archive/import.ts'
import type { Evidence } from '../../core/archive/clock.ts'
import { parseDocument } from '../../core/document/parse.ts'
import { valueOf } from '../../core/document/document.ts'
import { storyPath } from '../../core/archive/path.ts'
import { keptByAddress } from '../../core/document/pictures-in-html.ts'
import { isPictureOf } from '../../core/media/kept.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import type { WorkerPool } from '../../edge/worker-pool.ts'
import type { SourceFolder } from '../../edge/source-folder.ts'
import { formerIds, identify } from '../../sites/publishers.ts'
import type { importJobs } from './jobs.ts'
import { MAX_LOOKS } from '../records/look-up.ts'
import { StoryError, unlessLocal } from '../../errors.ts'
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
  outcome: 'written' | 'revised' | 'unchanged'
  /** Its file in the archive, as it stands now; `null` where there is none, as at a dry run. */
  there: PlacedStory | null
  /** Files whose text was that of the one before. */
  duplicates: number
  /** Former texts of the story that the files hold. */
  revisions: number
  /** One for each file whose time was put right. */
  times: TimeEvidence[]
  /** Files that could not be taken in, with the reason. */
  left: { path: string; reason: Message }[]
  /** Files that someone may have written into, of whose story another text stands, and where theirs is kept for good. */
  kept: { path: string; kept: string }[]
}

/** A story's file, its address and its text. */
export interface PlacedStory {
  path: string
  url: string
  text: string
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
  const { archive, source, pool, wrongClocks, dryRun } = context
  const left: ImportedStory['left'] = []
  const taken: { file: SourceFile; text: string }[] = []
  for (const file of inOrder(files)) {
    const read = await source.read(file.path)
    const clockIsWrong = wrongClocks.has(file)
    const made =
      'why' in read
        ? read
        : await pool.do('convert', {
            file,
            text: read.text,
            clockIsWrong,
            kept: await takePictures(file, read.text, context),
          })
    if ('text' in made) taken.push({ file, text: made.text })
    else left.push({ path: file.path, reason: made.why })
  }
  const [first] = taken
  if (first === undefined)
    return { taken: 0, outcome: 'unchanged', there: null, duplicates: 0, revisions: 0, times: [], left, kept: [] }
  const texts = distinctTexts(taken.map(({ text }) => text))
  const identity = { id: first.file.id, day: dayOf(first.file, wrongClocks.has(first.file)) }
  const document = parseDocument(texts[0] ?? '')
  const from = String(valueOf(document, 'from'))
  const ids = [...new Set([...taken.map(({ file }) => file.id), identify(from).id, ...formerIds(from)])]
  const title = String(valueOf(document, 'title'))
  // What a program writes has an HTML body in the source, and nothing below.
  const own = new Map(taken.flatMap(({ file, text }) => (file.isOwn ? [[text, file.path]] : [])))
  const kept: ImportedStory['kept'] = []
  const placing = { identity, ids, urlDay: first.file.day, title, texts, own, kept }
  const { outcome, at } = await place(placing, archive, dryRun)
  return {
    taken: taken.length,
    outcome,
    there: at === null ? null : { ...at, url: from },
    duplicates: taken.length - texts.length,
    revisions: texts.length - 1,
    // What was put right by an earlier import is not put right again.
    times: (outcome === 'unchanged' ? [] : taken)
      .filter(({ file }) => publishedMs(file, wrongClocks.has(file)) !== file.dateMs)
      .map(({ file }) => ({ site: file.site, evidence: wrongClocks.get(file) ?? 'comment' })),
    left,
    kept,
  }
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

interface Placing {
  identity: { id: string; day: string }
  /** Its id, and those under which an earlier version may have archived it. */
  ids: readonly string[]
  /** The day in its address. */
  urlDay: string | null
  /** Of its first text. */
  title: string
  texts: readonly string[]
  /** Those of them that someone may have written into, with the file that each is of. */
  own: ReadonlyMap<string, string>
  /** What was kept of these is added here. */
  kept: ImportedStory['kept']
}

interface Placed {
  outcome: ImportedStory['outcome']
  at: Omit<PlacedStory, 'url'> | null
}

async function place(placing: Placing, archive: Archive, dryRun: boolean, looks = 1): Promise<Placed> {
  const { identity, ids, urlDay, title } = placing
  const known = await findAny(ids, urlDay, archive)
  if (known === null) {
    const { texts } = placing
    const path = storyPath(identity, title)
    if (dryRun) return { outcome: 'written', at: null }
    await archive.create(path, texts[0] ?? '')
    const made = (await archive.find(identity)) ?? path
    await reviseBy(made, texts[0] ?? '', texts.slice(1), placing, archive)
    return { outcome: 'written', at: { path: made, text: texts.at(-1) ?? '' } }
  }
  const read = await archive.read(known)
  const kept = new Map([...placing.texts, read].flatMap((text) => [...keptByAddress(text)]))
  const current = withPictures(read, kept)
  const texts = placing.texts.map((text) => withPictures(text, kept))
  const own = new Map(Array.from(placing.own, ([text, path]) => [withPictures(text, kept), path]))
  const { revisions, former } = mergeTexts(texts, current, await formerTexts(known, archive))
  if (!dryRun) {
    for (const text of former) {
      await archive.keepFormer(known, text, own.has(text))
      await noteKept(known, text, { ...placing, own }, archive)
    }
    const isShown = current === read || (await archive.rewrite(known, current, read))
    const isDone = isShown && (await reviseBy(known, current, revisions, { ...placing, own }, archive))
    if (!isDone && looks === MAX_LOOKS) throw new StoryError(message`another program keeps writing into it`, known)
    if (!isDone) return place(placing, archive, dryRun, looks + 1)
  }
  const outcome = revisions.length + former.length > 0 ? 'revised' : 'unchanged'
  return { outcome, at: dryRun ? null : { path: known, text: revisions.at(-1) ?? current } }
}

/** Makes each text the story's in turn; false where someone else wrote into the file meanwhile. */
async function reviseBy(
  path: string,
  current: string,
  texts: readonly string[],
  placing: Placing,
  archive: Archive,
): Promise<boolean> {
  let read = current
  for (const text of texts) {
    if ((await archive.revise(path, text, { read, isOwn: placing.own.has(read) })) === 'changed') return false
    await noteKept(path, read, placing, archive)
    read = text
  }
  return true
}

/** Notes where a text that someone may have written into was kept just now. */
async function noteKept(path: string, text: string, { own, kept }: Placing, archive: Archive): Promise<void> {
  const file = own.get(text)
  if (file !== undefined) kept.push({ path: file, kept: (await archive.revisions(path)).at(-1)?.path ?? '' })
}

/** The day is that of the first id: no version knew one of the others. */
async function findAny(ids: readonly string[], day: string | null, archive: Archive): Promise<string | null> {
  for (const [at, id] of ids.entries()) {
    const path = await archive.find({ id, day: at === 0 ? day : null })
    if (path !== null) return path
  }
  return null
}

async function formerTexts(path: string, archive: Archive): Promise<string[]> {
  const revisions = await archive.revisions(path)
  return Promise.all(revisions.map(async (revision) => (await archive.formerText(revision)) ?? ''))
}
