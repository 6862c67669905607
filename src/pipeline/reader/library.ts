import type { JournalEntry } from '../../core/archive/journal.ts'
import { idOfPath } from '../../core/archive/path.ts'
import { readStoredText } from '../../core/archive/stored.ts'
import { fromOf } from '../../core/document/document.ts'
import { inLanes } from '../../core/lanes.ts'
import { latestOf } from '../../core/latest.ts'
import type { StoryRecord } from '../../core/model.ts'
import { type StoryEntry, entryOf } from '../../core/reader/entry.ts'
import { type Archive, openArchive } from '../../edge/archive/archive.ts'
import { journalOf, openJournal } from '../../edge/archive/journal.ts'
import type { Store } from '../../edge/store/store.ts'
import { unlessLocal } from '../../errors.ts'
import type { Io } from '../../io.ts'
import { paperOf, sectionOf, zoneOf } from '../../sites/publishers.ts'
import { authorIn } from '../records/record.ts'
import { recordsIn } from '../records/records.ts'
import { sectionNamed } from '../configured/sections.ts'

/** Stories that are kept in memory as lists show them: those of some days. */
const MAX_ENTRIES = 4_096
/** Stories of which it is kept what they are of. */
const MAX_HEADS = 20_000
/** Folders that are looked at, at once. */
const AT_ONCE = 64
/** What all days hold is looked at no more often: that is a look at thousands of folders. */
const LOOK_MS = 5_000
/** Days of which it is looked of which papers they are, from one end of an archive to the other. */
const DAYS_OF_PAPERS = 32

/** What of a story its file says at once. */
export interface StoryHead {
  section: string | null
  paper: string | null
}

/** An archive to be read from, by whoever comes, while others write. Each answer is of what stands there now. */
export interface Library {
  store: Store
  /** Days that have a folder, in order. */
  days(): Promise<string[]>
  /** How many stories each day has that has any; of a few seconds ago at most. */
  counts(): Promise<ReadonlyMap<string, number>>
  /** The paper whose archive it is, as days all over it tell: see `onlyOf`; of a few seconds ago at most. */
  paper(): Promise<string | null>
  /** What the stories of a day are of, by their paths. */
  heads(day: string): Promise<ReadonlyMap<string, StoryHead>>
  /** The stories of a day, the newest first; of some of its files alone, where they are named. */
  entries(day: string, paths?: readonly string[]): Promise<StoryEntry[]>
  /** The path of a story; `null` where there is none. */
  find(day: string, id: string): Promise<string | null>
  /** What can be read of stories, by their paths; with `former` the texts that they had before, too, the oldest first. */
  records(paths: readonly string[], former: boolean): Promise<StoryRecord[]>
  /** The archive as it stands, opened anew: what it knows of its folders is of this moment. */
  open(): Promise<Archive>
}

/** A look that is made once in a few seconds at most. */
function lately<T>(look: () => Promise<T>, { now }: Pick<Io, 'now'>): () => Promise<T> {
  let last: { at: number; found: Promise<T> } | null = null
  return () => {
    if (last === null || now() - last.at >= LOOK_MS) last = { at: now(), found: look() }
    return last.found
  }
}

/** Opens an archive to be read from. Throws `ArchiveError` where it cannot be used. */
export function openLibrary(store: Store, say: (line: string) => void, io: Pick<Io, 'now' | 'signal'>): Library {
  const open = (): Promise<Archive> => openArchive(store, { write: false, keepRevisions: 1, report: say })
  const counted = new Map<string, { version: string; count: number }>()
  const heads = latestOf<{ version: string; head: StoryHead }>(MAX_HEADS)
  const stories = latestOf<{ version: string; entry: StoryEntry }>(MAX_ENTRIES)

  async function versionOf(name: string): Promise<string> {
    return (await unlessLocal(store.stat(name), null))?.version ?? ''
  }

  async function countAll(): Promise<ReadonlyMap<string, number>> {
    const archive = await open()
    const days = await archive.days()
    await inLanes(days, AT_ONCE, async (day) => {
      const version = await versionOf(day)
      if (counted.get(day)?.version === version) return
      counted.set(day, { version, count: (await unlessLocal(archive.stories(day), [])).length })
    })
    const all = days.map((day): [string, number] => [day, counted.get(day)?.count ?? 0])
    return new Map(all.filter(([, count]) => count > 0))
  }

  async function headsOf(day: string): Promise<ReadonlyMap<string, StoryHead>> {
    const archive = await open()
    const found = new Map<string, StoryHead>()
    const noted = await versionOf(journalOf(day))
    let notes: ReadonlyMap<string, JournalEntry> | null = null
    for (const path of await unlessLocal(archive.stories(day), [])) {
      const version = `${await versionOf(path)} ${noted}`
      const known = heads.get(path)
      if (known?.version === version) found.set(path, known.head)
      else {
        notes ??= await unlessLocal(openJournal(store, say).latest(day), new Map())
        const text = (await unlessLocal(archive.readText(path), null)) ?? ''
        const head = headOf(text, notes.get(idOfPath(path) ?? '')?.section)
        heads.set(path, { version, head })
        found.set(path, head)
      }
    }
    return found
  }

  async function paperOfAll(): Promise<string | null> {
    const days = (await (await open()).days()).toReversed()
    const step = Math.ceil(days.length / DAYS_OF_PAPERS)
    const papers = new Set<string | null>()
    for (let at = 0; at < days.length && papers.size < 2; at += step)
      for (const { paper } of (await headsOf(days[at] ?? '')).values()) papers.add(paper)
    return onlyOf(papers)
  }

  async function entriesOf(day: string, named?: readonly string[]): Promise<StoryEntry[]> {
    const archive = await open()
    const paths = named ?? (await unlessLocal(archive.stories(day), []))
    // Former texts are counted in a story's number, notes tell its section and its times.
    const around = `${await versionOf(journalOf(day))} ${await versionOf(`.zaobao/revisions/${day}`)}`
    const versions = await Promise.all(paths.map(async (path) => `${await versionOf(path)} ${around}`))
    const isKnown = (path: string, at: number): boolean => stories.get(path)?.version === versions[at]
    const asked = paths.filter((path, at) => !isKnown(path, at))
    const versionsOf = new Map(paths.map((path, at) => [path, versions[at] ?? '']))
    for (const record of await read(archive, asked, false)) {
      const path = record.path ?? ''
      stories.set(path, { version: versionsOf.get(path) ?? '', entry: ofRecord(record) })
    }
    const entries = paths.flatMap((path, at) => (isKnown(path, at) ? (stories.get(path)?.entry ?? []) : []))
    return entries.toSorted(newestFirst)
  }

  /** What cannot be read is for `verify` to name. */
  async function read(archive: Archive, what: readonly string[], revisions: boolean): Promise<StoryRecord[]> {
    const records: StoryRecord[] = []
    if (what.length === 0) return records
    for await (const found of recordsIn(archive, openJournal(store, say), { what, revisions }, io))
      if ('record' in found) records.push(found.record)
    return records
  }

  return {
    store,
    open,
    days: async () => (await open()).days(),
    counts: lately(countAll, io),
    paper: lately(paperOfAll, io),
    heads: headsOf,
    entries: entriesOf,
    find: async (day, id) => unlessLocal((await open()).find({ id, day }), null),
    records: async (paths, former) => read(await open(), paths, former),
  }
}

/** The paper whose archive it is, of those that it has stories of; `null` where they are several, or none. */
export function onlyOf(papers: ReadonlySet<string | null>): string | null {
  return papers.size === 1 ? ([...papers][0] ?? null) : null
}

/** A record as lists show it. */
export function ofRecord(record: StoryRecord): StoryEntry {
  const { section, url, path } = record
  const day = (path ?? '').replace(/^\.zaobao\/revisions\//, '').slice(0, 10)
  return entryOf(record, day, section === null ? null : sectionNamed(section, url), zoneOf(url))
}

export function newestFirst(a: StoryEntry, b: StoryEntry): number {
  const [of, other] = [a.published ?? a.day, b.published ?? b.day]
  return of === other ? b.id.length - a.id.length || (a.id < b.id ? 1 : -1) : of < other ? 1 : -1
}

/** What a file says of its story; nothing where it cannot be read, which is for `verify` to name. */
function headOf(text: string, noted: string | undefined): StoryHead {
  const { document } = readStoredText(text, null)
  if (document === null) return { section: null, paper: null }
  const url = fromOf(document)
  const path = noted ?? sectionOf(url)
  return { section: path === null ? null : sectionNamed(path, url), paper: authorIn(document) ?? paperOf(url) }
}
