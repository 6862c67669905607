import { idOfPath } from '../../core/archive/path.ts'
import { inLanes } from '../../core/lanes.ts'
import type { Catalogue } from '../../edge/catalogue/catalogue.ts'
import { journalOf } from '../../edge/archive/journal.ts'
import { revisionsOfDay } from '../../edge/archive/revisions.ts'
import type { DayChange, FileMark } from '../../edge/catalogue/take-over.ts'
import { openWorkerPool, type WorkerPool } from '../../edge/worker-pool.ts'
import { isOfOneStory } from '../../errors.ts'
import { wordsOf } from '../../words/error.ts'
import { ofAddress, said, t } from '../../words/words.ts'
import { type RefreshIo, settled, type CatalogueSource } from './source.ts'
import { catalogueJobs } from './jobs.ts'
import { readIn } from '../records/records.ts'

/** So many units of UTF-16 of tokens are taken over at once: they are in memory, and are made again after a kill. */
const MAX_TOKENS = 2_000_000
/** Files of one day that are read before they are taken over: some archives hold years in one folder. */
const MAX_FILES = 500
/** Days that are read at once. */
const DAYS_AT_ONCE = 3

type Pool = WorkerPool<typeof catalogueJobs>

/** Looks into the folders of days, and has the catalogue take over what is other in them than it knows. */
export async function readDays(
  looks: readonly ChangedDay[],
  catalogue: Catalogue,
  source: CatalogueSource,
  io: RefreshIo,
): Promise<void> {
  let batch: DayChange[] = []
  let waiting = 0
  const flush = (): void => {
    if (batch.length > 0) catalogue.apply(batch)
    batch = []
    waiting = 0
  }
  const pool = openWorkerPool(catalogueJobs, io.v8)
  let done = 0
  try {
    await inLanes(looks, DAYS_AT_ONCE, async (look) => {
      for await (const change of changesOf(look, catalogue, source, pool, io)) {
        batch.push(change)
        for (const { story } of change.files) waiting += story?.words.body.length ?? 0
        if (waiting >= MAX_TOKENS) flush()
      }
      io.progress({ what: t`catalogue`, done: (done += 1), total: looks.length, label: look.day })
    })
    flush()
  } finally {
    await pool.close()
  }
}

/** A day that is looked at: what the catalogue has of its folder, and what it is to have. */
export type ChangedDay = Pick<DayChange, 'day' | 'before' | 'modified'>

/** What is other in a day's folder than the catalogue has it, in parts; nothing where it is all the same. */
async function* changesOf(
  look: ChangedDay,
  catalogue: Catalogue,
  source: CatalogueSource,
  pool: Pool,
  io: RefreshIo,
): AsyncGenerator<DayChange> {
  const { day, modified } = look
  let { before } = look
  const known = catalogue.files(day)
  const found = await filesOf(day, source, io)
  if (found === null) return
  const gone = [...known.keys()].filter((path) => !found.has(path))
  const others = [...found].filter(([path, mark]) => !isSame(known.get(path), mark))
  if (gone.length === 0 && others.length === 0 && before === modified) return
  for (let at = 0; at === 0 || at < others.length; at += MAX_FILES) {
    const files = await read(others.slice(at, at + MAX_FILES), source, pool, io)
    const isLast = at + MAX_FILES >= others.length
    yield { day, before, modified: isLast ? modified : null, files, gone: at === 0 ? gone : [] }
    before = null
  }
}

function isSame(known: FileMark | undefined, mark: FileMark): boolean {
  return known !== undefined && known.changed !== null && known.changed === mark.changed && known.size === mark.size
}

/** The files of a day; `null` where its folder cannot be read, which is told. */
async function filesOf(
  day: string,
  { archive, say }: CatalogueSource,
  io: RefreshIo,
): Promise<Map<string, FileMark> | null> {
  try {
    // Notes and former texts come after the file, and may come alone: a story is other with them.
    const noted = (await archive.store.stat(journalOf(day)))?.changedMs ?? 0
    const former = await archive.store.folders(revisionsOfDay(day))
    const marks = (await archive.stories(day)).map(async (path): Promise<[string, FileMark]> => {
      const found = await archive.store.stat(path)
      const changedMs = Math.max(found?.changedMs ?? 0, noted, former.get(idOfPath(path) ?? '') ?? 0)
      return [path, { changed: settled(changedMs, io.now()), size: found?.size ?? 0 }]
    })
    return new Map(await Promise.all(marks))
  } catch (error) {
    if (!isOfOneStory(error)) throw error
    say(said(ofAddress(archive.store.shown(day), wordsOf(error))))
    return null
  }
}

async function read(
  files: readonly [string, FileMark][],
  source: CatalogueSource,
  pool: Pool,
  io: RefreshIo,
): Promise<DayChange['files']> {
  const { archive, journal, say } = source
  const made: DayChange['files'] = []
  const marks = new Map(files)
  const found = readIn(archive, journal, { what: [...marks.keys()] }, io, async (text, notes) => {
    return { path: notes.path, isFormer: false, ...(await pool.do('index', { text, notes })) }
  })
  for await (const one of found) {
    const mark = marks.get(one.path)
    if ('why' in one) say(said(ofAddress(archive.store.shown(one.path), one.why)))
    if (mark !== undefined && !one.isFormer)
      made.push({ path: one.path, mark, story: 'story' in one ? one.story : null })
  }
  return made
}
