import { idOfName } from '../../core/archive/path.ts'
import { calendarNeighbours } from '../../core/days.ts'
import { HASH_ID } from '../../core/identity.ts'
import { latestOf } from '../../core/latest.ts'
import { isPictureOf } from '../../core/media/kept.ts'
import { ArchiveError, StoryError, unlessLocal } from '../../errors.ts'
import { daysChangedSince, daysOf, openListings, storiesOf } from './listings.ts'
import { createNamer } from './namer.ts'
import { checkLayout, makeLayout } from './version.ts'
import { dropPage, keepPage, type KeptPage, keptPages } from './pages.ts'
import { decodeUtf8, type FileFound, IN_CLOUD } from '../read.ts'
import type { Store } from '../store/store.ts'
import { keepRevision, listRevisions, pruneRevisions, type Revision } from './revisions.ts'
import { openUndated, type Undated } from './undated.ts'
import { message, plural, t } from '../../words/words.ts'

/** Characters of texts that are kept in memory: those of some thousand stories. */
const MAX_REMEMBERED = 8_000_000

const PATH = /^(\d{4}-\d{2}-\d{2})\/([^/\\\0]+\.md)$/i

interface ArchiveOptions {
  /** The caller means to write, and holds the lock: an archive that is not writable is refused at once. */
  write: boolean
  /** Former texts kept of one story; at least 1. */
  keepRevisions: number
  /** One line for a person about something that was found damaged and done without. */
  report: (line: string) => void
  /** Files are read once, as long as all that was read fits `MAX_REMEMBERED`: for one run, which re-reads what changed. */
  readsOnce?: boolean
}

/** The story files of an archive. Paths are relative to it, with `/`. */
export interface Archive {
  /** Where it is kept, for what looks at all that stands there. */
  store: Store
  /** How many former texts are kept of one story, beside those that are for good. */
  keepRevisions: number
  /** The story's file, found by looking into its day's folder; `null` when it is not archived. */
  find(identity: { id: string; day: string | null }): Promise<string | null>
  /** The text of a file. Throws a `StoryError` when it is gone, a link, or not UTF-8. */
  read(path: string): Promise<string>
  /** The same; `null` where the bytes are not UTF-8. */
  readText(path: string): Promise<string | null>
  /**
   * Writes a story's first text, durably; never over anything: `exists` when the story or the path is there. Where the
   * file system refuses the name, its headline is shortened: `find` tells the path.
   */
  create(path: string, text: string): Promise<'written' | 'exists'>
  /**
   * Replaces a story's text in place, its former text kept; returns the number of the new revision. `read`: the text that
   * the file had when it was read (`null`: not UTF-8); where it holds another by now nothing is written: `changed`.
   * `isOwn`: what it holds is someone's own, and is never dropped from the former texts.
   */
  revise(path: string, text: string, from: { read: string | null; isOwn: boolean }): Promise<number | 'changed'>
  /**
   * Writes a story's file anew that says the same in other bytes: no text becomes a former one. `read` as of `revise`; false, and
   * nothing written, where the file holds another text by now.
   */
  rewrite(path: string, text: string, read: string): Promise<boolean>
  /**
   * Keeps a picture at its path, durably. False, and nothing written, where something else stands in its place: a link, a folder,
   * or another picture of that name.
   */
  keepPicture(path: string, bytes: Uint8Array): Promise<boolean>
  /** Keeps a text that the story once had, found elsewhere, among its former ones; `isOwn` as of `revise`. */
  keepFormer(path: string, text: string, isOwn: boolean): Promise<void>
  /** Former texts that are kept, oldest first. */
  revisions(path: string): Promise<Revision[]>
  /** One of them; `null` where it cannot be read. */
  formerText(revision: Revision): Promise<string | null>
  /** Days that have a folder, in order. */
  days(): Promise<string[]>
  /** Those of them in whose folder a name came or went at a time (ms) or later. */
  changedSince(ms: number): Promise<ReadonlySet<string>>
  /** Story files of a day, in order of their names. */
  stories(day: string): Promise<string[]>
  /**
   * Keeps a page or list that no layout read, or that a witness doubts, for a later version; returns where. The oldest go where
   * all together take more than `maxBytes`.
   */
  keepPage(page: KeptPage, maxBytes: number): Promise<string>
  /** The pages that are kept of stories, or the lists, the oldest first. */
  keptPages(what: 'stories' | 'lists'): AsyncGenerator<KeptPage>
  /** Forgets a page, which is read by now. */
  dropPage(id: string): Promise<void>
  /** Writes what was learned for the next run (an index that can be deleted). */
  close(): Promise<void>
}

function split(path: string): { day: string; name: string; id: string } {
  const match = PATH.exec(path)
  const [day = '', name = ''] = match?.slice(1) ?? []
  const id = idOfName(name)
  if (id === null) throw new StoryError(message`is not the path of a story`, path)
  return { day, name, id }
}

/** The days beside a story's under which it may stand: the day in its address is corrected now and then, its number and its file stay. */
function otherDays(id: string, day: string): string[] {
  return HASH_ID.test(id) ? [] : calendarNeighbours(day)
}

/**
 * Opens an archive; makes nothing before something is written. Throws `ArchiveError` when it is a file, of a newer
 * layout, or (when `write` is set) cannot be written.
 */
export async function openArchive(store: Store, options: ArchiveOptions): Promise<Archive> {
  let present = await checkLayout(store, options.report)
  if (options.write) await store.checkWritable()
  let madeLayout = false
  let undated: Promise<Undated> | null = null
  const listings = openListings(store)
  /** Stories that are being written, `day id`: two sources that bring one at once write it once. */
  const writing = new Set<string>()
  const takeName = createNamer()
  const texts = latestOf<string>(MAX_REMEMBERED, ({ length }) => length)

  async function prepare(): Promise<void> {
    if (!options.write) throw new ArchiveError(message`the archive ${store.place()} was opened for reading`)
    if (madeLayout) return
    // An archive that was there and is gone is a disk that was unmounted: making it anew would hide that.
    if (present && !(await store.exists())) {
      throw new ArchiveError(
        message`cannot write ${store.place()}: the folder is gone; bring it back (is the disk mounted?)`,
      )
    }
    await store.make()
    await makeLayout(store)
    present = true
    madeLayout = true
  }

  function undatedIndex(): Promise<Undated> {
    undated ??= openUndated(store, options.report)
    return undated
  }

  async function find(identity: { id: string; day: string | null }): Promise<string | null> {
    const day = identity.day ?? (await (await undatedIndex()).dayOf(identity.id))
    if (day === null) return null
    const name = (await listings.of(day)).stories.get(identity.id)
    if (name !== undefined) return `${day}/${name}`
    for (const near of otherDays(identity.id, day)) {
      const moved = (await unlessLocal(listings.of(near), null))?.stories.get(identity.id)
      if (moved !== undefined) return `${near}/${moved}`
    }
    return null
  }

  async function readFile(path: string): Promise<FileFound> {
    split(path)
    const found = await store.get(path)
    if (found.kind === 'absent') throw new StoryError(message`is gone`, path)
    if (found.kind === 'odd') throw new StoryError(found.why, path)
    return found
  }

  async function readText(path: string): Promise<string | null> {
    const known = texts.get(path)
    if (known !== undefined) return known
    const text = decodeUtf8((await readFile(path)).bytes)
    if (options.readsOnce === true && text !== null) texts.set(path, text)
    return text
  }

  async function create(path: string, text: string): Promise<'written' | 'exists'> {
    const { day, name, id } = split(path)
    await prepare()
    const { odd } = await listings.fresh(day)
    if (odd.has(name)) throw new StoryError(message`is a link or a folder; move it away`, path)
    if ([day, ...otherDays(id, day)].some((each) => writing.has(`${each} ${id}`))) return 'exists'
    const key = `${day} ${id}`
    writing.add(key)
    try {
      if ((await find({ id, day })) !== null) return 'exists'
      const taken = await takeName(name, async (short) => {
        const isNew = await store.putIfAbsent(`${day}/${short}`, text)
        ;(await listings.of(day)).stories.set(id, short)
        return isNew
      })
      if (taken === null) return 'exists'
    } finally {
      writing.delete(key)
    }
    ;(await undated?.catch(() => null))?.add(id, day)
    return 'written'
  }

  /** A file that is to be written over; `null` where it holds another text by now than was `read`. */
  async function fileAsRead(path: string, read: string | null): Promise<FileFound | null> {
    split(path)
    await prepare()
    const file = await readFile(path)
    texts.delete(path)
    return decodeUtf8(file.bytes) === read ? file : null
  }

  async function revise(path: string, text: string, { read, isOwn }: Parameters<Archive['revise']>[2]) {
    const place = split(path)
    const file = await fileAsRead(path, read)
    if (file === null) return 'changed' as const
    const former = await keepRevision(store, place, file, isOwn)
    // Keeping the former text took its time: what someone wrote meanwhile is not replaced either.
    if (!(await store.replace(path, text, file))) return 'changed' as const
    await pruneRevisions(store, place, options.keepRevisions)
    return former + 1
  }

  async function rewrite(path: string, text: string, read: string): Promise<boolean> {
    const file = await fileAsRead(path, read)
    return file !== null && store.replace(path, text, file)
  }

  async function keepPicture(path: string, bytes: Uint8Array): Promise<boolean> {
    await prepare()
    const there = await store.get(path)
    if (there.kind === 'odd') return there.why === IN_CLOUD
    if (there.kind === 'absent') return (await store.putIfAbsent(path, bytes)) || keepPicture(path, bytes)
    if (there.bytes.equals(bytes)) return true
    // What was damaged is written anew; of two that share a name the first stands.
    return !isPictureOf(path, there.bytes) && store.replace(path, bytes, there)
  }

  return {
    store,
    keepRevisions: Math.max(1, options.keepRevisions),
    find,
    create,
    revise,
    rewrite,
    keepPicture,
    readText,
    async read(path) {
      const text = await readText(path)
      if (text === null) throw new StoryError(message`is not UTF-8`, path)
      return text
    },
    async keepFormer(path, text, isOwn) {
      const place = split(path)
      await prepare()
      const { mode = null } = (await store.stat(path)) ?? {}
      await keepRevision(store, place, { bytes: Buffer.from(text), mode }, isOwn)
      await pruneRevisions(store, place, options.keepRevisions)
    },
    revisions: async (path) => listRevisions(store, split(path)),
    async formerText(revision) {
      const found = await store.get(revision.path)
      return found.kind === 'file' ? decodeUtf8(found.bytes) : null
    },
    days: () => daysOf(store),
    changedSince: (ms) => daysChangedSince(store, ms),
    stories: (day) => storiesOf(store, day),
    async keepPage(page, maxBytes) {
      await prepare()
      const { path, dropped } = await keepPage(store, page, maxBytes)
      const went = plural(
        dropped,
        t`the oldest of the kept pages went: keepPages allows no more`,
        t`the ${dropped} oldest of the kept pages went: keepPages allows no more`,
      )
      if (dropped > 0) options.report(went)
      return path
    },
    keptPages: (what) => keptPages(store, what, options.report),
    async dropPage(id) {
      if (options.write) await dropPage(store, id)
    },
    async close() {
      const index = options.write && present ? await undated?.catch(() => null) : null
      await index?.save()
    },
  }
}
