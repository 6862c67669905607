import type { Config } from '../../config/keys.ts'
import { countsOf } from '../../core/groups.ts'
import type { StoryRecord } from '../../core/model.ts'
import { changesPage } from '../../core/reader/changes.ts'
import { dayPage, pageAt, pagesOfDay } from '../../core/reader/day.ts'
import type { StoryEntry } from '../../core/reader/entry.ts'
import { faultPage, type ReaderPage } from '../../core/reader/frame.ts'
import { listPage, sectionsPage, type SectionsValues } from '../../core/reader/lists.ts'
import { monthPage } from '../../core/reader/month.ts'
import { type Coverage, monthsPage, ofYear } from '../../core/reader/months.ts'
import {
  type DayRoute,
  dayRoute,
  type FeedRoute,
  type Links,
  type Route,
  type StoryList,
} from '../../core/reader/routes.ts'
import { KEYS, LIVE } from '../../core/reader/script.ts'
import { statusPage } from '../../core/reader/status.ts'
import { storyPage, type StoryValues, type Version } from '../../core/reader/story.ts'
import { ICON, STYLE } from '../../core/reader/style.ts'
import { dayIn, minuteIn } from '../../core/time.ts'
import { pictureBytes } from '../../edge/archive/media.ts'
import { readState } from '../../edge/archive/state.ts'
import { unlessLocal } from '../../errors.ts'
import type { Io } from '../../io.ts'
import { zoneOf } from '../../sites/publishers.ts'
import { t } from '../../words/words.ts'
import { type StoryHead, type Library, ofRecord } from './library.ts'
import { newestOf } from './newest.ts'
import { feedOf } from '../records/publish.ts'
import type { Search } from './search.ts'
import { standingOf } from '../standing.ts'

/** The last days of which sections and papers are counted. */
export const DAYS_COUNTED = 30

/** What pages are made of. */
export interface PageTools {
  library: Library
  config: Pick<Config, 'archive' | 'section' | 'sources' | 'feed'>
  search: Search
  say: (line: string) => void
  io: Pick<Io, 'now' | 'signal'>
}

/** A page to be said in the language of who asked, and what pictures it may show; bytes as they are; or nothing. */
export type Made =
  | { page: (to: Links) => ReaderPage; remote?: boolean; isWaiting?: boolean }
  | { bytes: string | Uint8Array; extension: string; isForEver?: boolean }
  | null

/** What an address asks for; `null` where there is nothing. */
export async function makePage(route: Route, options: PageTools): Promise<Made> {
  const { library } = options
  switch (route.kind) {
    case 'newest': {
      const day = await newestDay(library)
      if (day !== null) return makeDay(dayRoute(day), options)
      return { page: noStoryPage }
    }
    case 'day':
      return makeDay(route, options)
    case 'month': {
      const coverage = await coverageOf(options)
      return { page: (to) => monthPage(route.month, coverage, to) }
    }
    case 'months': {
      const coverage = await coverageOf(options)
      return { page: (to) => monthsPage(coverage, null, to) }
    }
    case 'year': {
      const coverage = ofYear(await coverageOf(options), route.year)
      if (coverage.counts.size + coverage.gaps.length === 0) return null
      return { page: (to) => monthsPage(coverage, route.year, to) }
    }
    case 'sections':
      return makeSections(library)
    case 'section':
    case 'paper':
      return makeList(route, library)
    case 'story':
    case 'changes':
    case 'file':
      return makeStory(route, library)
    case 'search':
      return options.search.page(route)
    case 'feed':
      return makeFeed(route, options)
    case 'status':
      return makeStatus(options)
    case 'picture':
      return pictureAt(route.path, library)
    case 'style':
      return { bytes: STYLE, extension: 'css' }
    case 'script':
      return { bytes: KEYS + LIVE, extension: 'js' }
    default:
      return { bytes: ICON, extension: 'svg' }
  }
}

/** The page of an archive that holds no story. */
export function noStoryPage(): ReaderPage {
  return faultPage(t`No story yet`, t`The archive holds no story; fetch brings some.`)
}

export async function coverageOf({ library, say }: Pick<PageTools, 'library' | 'say'>): Promise<Coverage> {
  return { counts: await library.counts(), gaps: (await unlessLocal(readState(library.store, say), null))?.gaps ?? [] }
}

/** The last day that has a story; the last that has a folder, where none has. */
async function newestDay(library: Library): Promise<string | null> {
  const days = await library.days()
  for (const day of days.toReversed()) if ((await library.heads(day)).size > 0) return day
  return days.at(-1) ?? null
}

async function makeDay(route: DayRoute, options: PageTools): Promise<Made> {
  const coverage = await coverageOf(options)
  const entries = await options.library.entries(route.day)
  if (route.page > pagesOfDay(route, entries).length) return null
  const values = { route, coverage, entries, ...daysBeside(route.day, coverage.counts) }
  return { page: (to) => dayPage({ ...values, isNewest: values.after === null }, to) }
}

/** The nearest days that have stories, before a day and behind it. */
export function daysBeside(day: string, counts: Coverage['counts']): { before: string | null; after: string | null } {
  const days = [...counts.keys()].toSorted()
  return { before: days.findLast((each) => each < day) ?? null, after: days.find((each) => each > day) ?? null }
}

async function makeSections(library: Library): Promise<Made> {
  const days: [string, HeadCounts][] = []
  for (const day of (await library.days()).slice(-DAYS_COUNTED))
    days.push([day, headCounts((await library.heads(day)).values())])
  const values = sectionsIn(days)
  return { page: (to) => sectionsPage(values, to) }
}

/** How many stories there are of each section and of each paper; under `null` those of none. */
export type HeadCounts = Readonly<Record<keyof StoryHead, ReadonlyMap<string | null, number>>>

/** How many of some stories are of which section and paper. */
export function headCounts(heads: Iterable<StoryHead>): HeadCounts {
  const all = [...heads]
  return { section: countsOf(all.map(({ section }) => section)), paper: countsOf(all.map(({ paper }) => paper)) }
}

/** How often sections and papers were met on days, which are given in order with what their stories are of. */
export function sectionsIn(days: readonly (readonly [string, HeadCounts])[]): SectionsValues {
  const counted = (kind: keyof StoryHead): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const [name, count] of days.flatMap(([, each]) => [...each[kind]]))
      if (name !== null) counts.set(name, (counts.get(name) ?? 0) + count)
    return counts
  }
  return { sections: counted('section'), papers: counted('paper'), since: days[0]?.[0] ?? null }
}

async function makeList(route: Route & { kind: 'section' | 'paper' }, library: Library): Promise<Made> {
  const { kind, name, before } = route
  const { days, next } = await newestOf(library, { kind, name }, before)
  const entries: StoryEntry[] = []
  for (const [day, paths] of days) entries.push(...(await library.entries(day, paths)))
  if (entries.length === 0 && before === null && next === null) return null
  return { page: (to) => listPage({ kind, name, entries, next, before }, to) }
}

async function makeFeed({ format, of }: FeedRoute, { library, search, io }: PageTools): Promise<Made> {
  const paths = of?.kind === 'query' ? await search.paths(of.name) : await pathsOf(of, library)
  if (paths === null) return null
  const records = await library.records(paths, false)
  return { bytes: await feedText(records, { format, of }, io), extension: format }
}

/** The newest stories of a list, by their paths; `null` of a section or paper of which there is none. */
async function pathsOf(list: StoryList | null, library: Library): Promise<string[] | null> {
  const { days, next } = await newestOf(library, list, null)
  return list !== null && days.size === 0 && next === null ? null : [...days.values()].flat()
}

/** A feed of stories. */
export async function feedText(
  records: readonly StoryRecord[],
  { format, of }: Pick<FeedRoute, 'format' | 'of'>,
  { now }: Pick<Io, 'now'>,
): Promise<string> {
  const sections = of?.kind === 'section' ? [of.name] : []
  const parts: string[] = []
  for await (const part of feedOf(records, format, null, { of: of ?? {}, sections, nowMs: now() })) parts.push(part)
  return parts.join('')
}

async function makeStory(route: Route & { kind: 'story' | 'changes' | 'file' }, library: Library): Promise<Made> {
  const { day, id, kind } = route
  const path = await library.find(day, id)
  if (path === null) return null
  if (kind === 'file') {
    const text = await unlessLocal((await library.open()).readText(path), null)
    return text === null ? null : { bytes: text, extension: 'txt' }
  }
  const records = await library.records([path], kind === 'changes')
  const record = records.at(-1)
  if (record === undefined || record.path !== path)
    return { page: () => faultPage(t`This story cannot be read`, t`Its file is damaged; verify says how.`) }
  if (kind === 'changes') {
    const versions = versionsOf(records)
    const shown = route.number === null ? versions.at(-1) : versions.find(({ number }) => number === route.number)
    if (shown === undefined) return null
    const before = versions[versions.indexOf(shown) - 1] ?? null
    return { page: (to) => changesPage({ entry: ofRecord(record), versions, shown, before }, to) }
  }
  const values = valuesOf(record, await placeOf(route, library), route.remote)
  return { page: (to) => storyPage(values, to), remote: route.remote }
}

/** What the page of a story shows. */
export function valuesOf(
  record: StoryRecord,
  place: Pick<StoryValues, 'page' | 'before' | 'after'>,
  remote: boolean,
): StoryValues {
  const [entry, zone] = [ofRecord(record), zoneOf(record.url)]
  const date = record.published === null ? entry.day : dayIn(zone, Date.parse(record.published))
  return { entry, record, zone: zone.name, date, remote, ...place }
}

/** The texts of a story, the oldest first. */
export function versionsOf(records: readonly StoryRecord[]): Version[] {
  return records.map((record, at) => {
    const { revision: number, published, updated, fetched, url } = record
    const time = (at === 0 ? published : null) ?? updated ?? fetched
    const [zone, ms] = [zoneOf(url), Date.parse(time ?? '')]
    return { number, record, time: time === null ? null : { day: dayIn(zone, ms), clock: minuteIn(zone, ms) } }
  })
}

/** The page of a story's day, and the stories before and behind it, of the nearest days where its own has none. */
async function placeOf(
  { day, id }: { day: string; id: string },
  library: Library,
): Promise<Pick<StoryValues, 'page' | 'before' | 'after'>> {
  const entries = await library.entries(day)
  const at = entries.findIndex((each) => each.id === id)
  if (at === -1) return { page: 1, before: null, after: null }
  const days = daysBeside(day, await library.counts())
  const storiesOf = (near: string | null): Promise<StoryEntry[]> | StoryEntry[] =>
    near === null ? [] : library.entries(near)
  return {
    page: pageAt(at),
    before: entries[at + 1] ?? (await storiesOf(days.before))[0] ?? null,
    after: entries[at - 1] ?? (await storiesOf(days.after)).at(-1) ?? null,
  }
}

async function makeStatus({ library, config, say, io }: PageTools): Promise<Made> {
  const { status } = await standingOf(config, await library.open(), say, io)
  return { page: (to) => statusPage(status, to) }
}

async function pictureAt(path: string, library: Library): Promise<Made> {
  const bytes = await pictureBytes(path, library.store)
  return bytes && { bytes, extension: path.slice(path.lastIndexOf('.') + 1), isForEver: true }
}
