import { type Keeping, lastingTexts, mergeTexts, withPictures } from '../../core/archive/import.ts'
import { storyPath } from '../../core/archive/path.ts'
import { keptByAddress } from '../../core/document/pictures-in-html.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import type { Revision } from '../../edge/archive/revisions.ts'
import { StoryError } from '../../errors.ts'
import { MAX_LOOKS } from '../records/look-up.ts'
import { message } from '../../words/words.ts'

/** What became of a story's file in the archive; `older`: its text stands, and former ones of the story came. */
export type Outcome = 'written' | 'revised' | 'older' | 'unchanged'

/** A file that someone may have written into, of whose story another text stands, and where its own is kept for good. */
export interface KeptFile {
  path: string
  kept: string
}

/** A story that is to have its file in the archive. */
interface Placing {
  identity: { id: string; day: string }
  /** Its id, and those under which an earlier version may have archived it. */
  ids: readonly string[]
  /** The days in its addresses. */
  urlDays: readonly string[]
  /** Of its first text. */
  title: string
  texts: readonly string[]
  /** Those of them that an archive that holds none of it would keep: see `lastingTexts`. */
  lasting: readonly string[]
  /** Those of them that someone may have written into, with the file that each is of. */
  own: ReadonlyMap<string, string>
  /** What was kept of these is added here. */
  kept: KeptFile[]
}

/** `text`: what stands in its file at the end; `path`: that file, `null` where nothing was to be written. */
interface Placed {
  outcome: Outcome
  path: string | null
  text: string
}

/**
 * Makes a story's texts those of its file in the archive, which is made where there is none, one after the other, and those that came
 * before its text former ones. Killed at any instruction and called again, it goes on where it was.
 */
export async function place(placing: Placing, archive: Archive, dryRun: boolean, looks = 1): Promise<Placed> {
  const { identity, ids, urlDays, title, lasting } = placing
  const known = await findAny(ids, urlDays, archive)
  if (known === null) {
    const path = storyPath(identity, title)
    const text = lasting.at(-1) ?? ''
    if (dryRun) return { outcome: 'written', path: null, text }
    await archive.create(path, lasting[0] ?? '')
    const made = (await archive.find(identity)) ?? path
    await reviseBy(made, lasting[0] ?? '', lasting.slice(1), placing, archive)
    return { outcome: 'written', path: made, text }
  }
  const read = await archive.read(known)
  const kept = new Map([...placing.texts, read].flatMap((text) => [...keptByAddress(text)]))
  const current = withPictures(read, kept)
  const texts = placing.texts.map((text) => withPictures(text, kept))
  const own = new Map(Array.from(placing.own, ([text, path]) => [withPictures(text, kept), path]))
  const there = await archive.revisions(known)
  const keeping = keepingOf(own, archive)
  const merge = mergeTexts(texts, current, await formerTexts(there, archive))
  // What was dropped to keep no more than that is not brought again by each import.
  const room = Math.max(0, archive.keepRevisions - there.filter(({ isKept }) => !isKept).length)
  const stays = new Set(lasting.map((text) => withPictures(text, kept)))
  const older = merge.former.filter((text) => stays.has(text))
  const others = older.filter((text) => !own.has(text))
  const dropped = new Set(others.slice(0, Math.max(0, others.length - room)))
  const former = older.filter((text) => !dropped.has(text))
  const before = [...former, current].map((text) => ({ isKept: own.has(text) }))
  const revisions = lastingTexts(merge.revisions, [...there, ...before], keeping)
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
  const outcome = revisions.length > 0 ? 'revised' : former.length > 0 ? 'older' : 'unchanged'
  return { outcome, path: dryRun ? null : known, text: revisions.at(-1) ?? current }
}

/** What someone may have written into is never dropped from the former texts. */
export function keepingOf(own: Placing['own'], { keepRevisions }: Archive): Keeping {
  return { keep: keepRevisions, isForGood: (text) => own.has(text) }
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

/** The days are those of the first id: no version knew one of the others. */
async function findAny(ids: readonly string[], days: readonly string[], archive: Archive): Promise<string | null> {
  for (const [at, id] of ids.entries()) {
    for (const day of at === 0 && days.length > 0 ? days.toReversed() : [null]) {
      const path = await archive.find({ id, day })
      if (path !== null) return path
    }
  }
  return null
}

async function formerTexts(revisions: readonly Revision[], archive: Archive): Promise<string[]> {
  const texts: string[] = []
  for (const revision of revisions) texts.push((await archive.formerText(revision)) ?? '')
  return texts
}
