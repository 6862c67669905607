import manifest from '../../../package.json' with { type: 'json' }
import type { StoryRecord } from '../../core/model.ts'
import { dayPage, pageAt, pagesOfDay } from '../../core/reader/day.ts'
import type { StoryEntry } from '../../core/reader/entry.ts'
import { documentOf, type ReaderPage } from '../../core/reader/frame.ts'
import { fileOf, linksFrom } from '../../core/reader/files.ts'
import type { Coverage } from '../../core/reader/months.ts'
import { OWN_POLICY } from '../../core/reader/policy.ts'
import { changesRoute, dayRoute, type Links, type Route, storyRoute } from '../../core/reader/routes.ts'
import { storyPage } from '../../core/reader/story.ts'
import { changesPage } from '../../core/reader/changes.ts'
import { type Archive } from '../../edge/archive/archive.ts'
import { journalOf, openJournal } from '../../edge/archive/journal.ts'
import { idsWithRevisions, listRevisions } from '../../edge/archive/revisions.ts'
import type { Store } from '../../edge/store/store.ts'
import { unlessLocal } from '../../errors.ts'
import type { Io } from '../../io.ts'
import { said, spoken, t } from '../../words/words.ts'
import { type Library, newestFirst, ofRecord, onlyOf } from '../reader/library.ts'
import { coverageOf, daysBeside, type HeadCounts, headCounts, valuesOf, versionsOf } from '../reader/pages.ts'
import { readIn, recordOfText } from '../records/records.ts'
import { hashOf, type SiteFile, type SiteFolder } from './folder.ts'

/** The archive whose site is written, and what the run has found of it. */
export interface SiteRun {
  library: Library
  archive: Archive
  folder: SiteFolder
  io: Pick<Io, 'now' | 'signal' | 'progress'>
  /** Says a line, once. */
  say: (line: string) => void
  coverage: Coverage
  /** The paper whose archive it is; `null` where it has stories of several, or none. */
  paper: string | null
  days: ReadonlyMap<string, Day>
  /** Stories that could not be read. */
  unread: Set<string>
}

/** A day that has stories. */
interface Day {
  /** What the system tells of its files, and of what is noted of them: the same where nothing was written. */
  marks: string
  /** What is in them: the same in a copy too. */
  version: string
  /** How many stories it has, and of what. */
  count: number
  of: HeadCounts
}

/** What is noted of a day in the folder of the site. */
export interface Noted extends Pick<Day, 'marks' | 'version'> {
  /** Absent in what older versions wrote. */
  of?: Readonly<Record<keyof HeadCounts, readonly [string | null, number][]>>
  /** The pictures that its stories show. */
  pictures: readonly string[]
}

/** What tells of what something is made: of these, by this version, in this language. */
export function keyOf(...parts: readonly unknown[]): string {
  return hashOf([manifest.version, spoken(), ...parts])
}

/** Looks at an archive, and at what the site has of it. */
export async function surveyOf(
  about: Pick<SiteRun, 'library' | 'archive' | 'folder' | 'io' | 'say'>,
): Promise<SiteRun> {
  const { library, archive, folder } = about
  const coverage = await coverageOf(about)
  const days = new Map<string, Day>()
  for (const day of [...coverage.counts.keys()].toSorted()) {
    const paths = await unlessLocal(archive.stories(day), [])
    const noted = folder.noted(day) as Noted | null
    const { marks, version } = await lookAt(day, paths, library.store, noted)
    const of =
      noted?.version === version && noted.of !== undefined
        ? { section: new Map(noted.of.section), paper: new Map(noted.of.paper) }
        : headCounts((await library.heads(day)).values())
    const count = [...of.paper.values()].reduce((sum, each) => sum + each, 0)
    days.set(day, { marks, version, count, of })
  }
  const paper = onlyOf(new Set([...days.values()].flatMap(({ of }) => [...of.paper.keys()])))
  return { ...about, coverage, paper, days, unread: new Set() }
}

/** A day's files, which are read where the system tells that they are other than they were. */
async function lookAt(
  day: string,
  paths: readonly string[],
  store: Store,
  noted: Noted | null,
): Promise<Pick<Day, 'marks' | 'version'>> {
  const names = [...paths, journalOf(day), ...(await unlessLocal(formerOf(day, store), []))]
  const found = names.map(async (name) => (await unlessLocal(store.stat(name), null))?.version ?? null)
  const marks = hashOf([names, await Promise.all(found)])
  if (noted?.marks === marks) return noted
  const texts: unknown[] = []
  for (const name of names) {
    const file = await unlessLocal(store.get(name), null)
    texts.push(file?.kind === 'file' ? hashOf(file.bytes.toString('latin1')) : null)
  }
  return { marks, version: hashOf([names, texts]) }
}

/** The paths of the former texts of a day's stories. */
async function formerOf(day: string, store: Store): Promise<string[]> {
  const ids = [...(await idsWithRevisions(store, day))].toSorted()
  const texts = await Promise.all(ids.map((id) => listRevisions(store, { day, id })))
  return texts.flat().map(({ path }) => path)
}

/** A page as a file. */
export function pageFile(route: Route, { paper }: Pick<SiteRun, 'paper'>, page: (to: Links) => ReaderPage): SiteFile {
  const name = fileOf(route) ?? ''
  const to = linksFrom(name)
  return { name, content: documentOf(page(to), { paper, to, policy: OWN_POLICY }) }
}

/** A story that was read. */
interface StoryRead {
  record: StoryRecord
  entry: StoryEntry
  /** What it was before, the oldest first. */
  former: readonly StoryRecord[]
  /** Its file as it stands. */
  text: string
}

/** The stories of a day; `revisions`: with what they were before. */
export async function storiesOf(day: string, site: SiteRun, revisions: boolean): Promise<StoryRead[]> {
  const { library, archive, io, say, unread } = site
  const asked = { what: await unlessLocal(archive.stories(day), []), revisions }
  const stories: StoryRead[] = []
  let former: StoryRecord[] = []
  const found = readIn(archive, openJournal(library.store, say), asked, io, (text, notes, isFormer) => {
    return { ...recordOfText(text, notes, isFormer), text, isFormer }
  })
  for await (const one of found) {
    if ('record' in one && one.isFormer) former.push(one.record)
    if (one.isFormer) continue
    if ('record' in one) stories.push({ record: one.record, entry: ofRecord(one.record), former, text: one.text })
    else {
      unread.add(one.path)
      say(`${library.store.shown(one.path)}: ${said(one.why)}`)
    }
    former = []
  }
  return stories
}

/** Writes the pages of days and of their stories, the newest day first. Two days are in memory, however many there are. */
export async function writeDays(site: SiteRun): Promise<void> {
  const { folder, days, io, coverage, library } = site
  let read: { day: string; stories: StoryRead[] } | null = null
  const storiesOn = async (day: string): Promise<StoryRead[]> =>
    read?.day === day ? read.stories : storiesOf(day, site, true)
  const oldestOn = async (day: string | null): Promise<StoryEntry | null> =>
    day === null ? null : ((await library.entries(day)).at(-1) ?? null)
  let written: { day: string; oldest: StoryEntry | null } | null = null
  let done = 0
  for (const [day, { marks, version, of }] of [...days].toReversed()) {
    io.signal.throwIfAborted()
    const { before, after } = daysBeside(day, coverage.counts)
    const beside = [before, after].map((near) => [near, days.get(near ?? '')?.version])
    const key = keyOf(site.paper, version, beside)
    const counts = { section: [...of.section], paper: [...of.paper] }
    const { pictures = [] } = (folder.noted(day) as Noted | null) ?? {}
    const noted: Noted = { marks, version, of: counts, pictures }
    if (!(await folder.keep(day, key, noted))) {
      const stories = await storiesOn(day)
      read = before === null ? null : { day: before, stories: await storiesOn(before) }
      const newer = written?.day === after ? written.oldest : await oldestOn(after)
      const ends = { older: entriesOf(read?.stories ?? [])[0] ?? null, newer }
      const files = [...dayFiles(day, stories, { before, after, ...ends }, site)]
      const shown = stories.flatMap(({ record }) => record.images.flatMap(({ path }) => path ?? []))
      await folder.put(day, key, files, { ...noted, pictures: [...new Set(shown)] })
      written = { day, oldest: entriesOf(stories).at(-1) ?? null }
    }
    io.progress({ what: t`site`, done: (done += 1), total: days.size, label: day })
  }
}

function entriesOf(stories: readonly StoryRead[]): StoryEntry[] {
  return stories.map(({ entry }) => entry).toSorted(newestFirst)
}

interface Beside {
  before: string | null
  after: string | null
  older: StoryEntry | null
  newer: StoryEntry | null
}

function* dayFiles(
  day: string,
  stories: readonly StoryRead[],
  { before, after, older, newer }: Beside,
  site: SiteRun,
): Generator<SiteFile> {
  const entries = entriesOf(stories)
  const route = dayRoute(day)
  for (const n of pagesOfDay(route, entries).keys()) {
    const own = { ...route, page: n + 1 }
    const values = { route: own, entries, before, after, isNewest: after === null, coverage: null }
    yield pageFile(own, site, (to) => dayPage(values, to))
  }
  const places = new Map(entries.map((entry, at) => [entry, at]))
  for (const { record, entry, former, text } of stories) {
    const at = places.get(entry) ?? 0
    const place = { page: pageAt(at), before: entries[at + 1] ?? older, after: entries[at - 1] ?? newer }
    yield pageFile(storyRoute(entry), site, (to) => storyPage(valuesOf(record, place, false), to))
    yield { name: fileOf({ ...storyRoute(entry), kind: 'file' }) ?? '', content: text }
    if (entry.changes === 0) continue
    const versions = versionsOf([...former, record])
    for (const [n, shown] of versions.entries()) {
      const shows = { entry, versions, shown, before: versions[n - 1] ?? null }
      yield pageFile(changesRoute(entry, shown.number), site, (to) => changesPage(shows, to))
      if (n === versions.length - 1) yield pageFile(changesRoute(entry), site, (to) => changesPage(shows, to))
    }
  }
}
