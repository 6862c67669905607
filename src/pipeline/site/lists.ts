import { getOrMake } from '../../core/get-or-make.ts'
import { chunksOf } from '../../core/chunks.ts'
import { monthsOf } from '../../core/archive/gap.ts'
import { KEYS } from '../../core/reader/script.ts'
import { ICON, STYLE } from '../../core/reader/style.ts'
import { dayPage } from '../../core/reader/day.ts'
import { fileOf } from '../../core/reader/files.ts'
import { listPage, sectionsPage } from '../../core/reader/lists.ts'
import { monthPage } from '../../core/reader/month.ts'
import { monthsPage, ofYear } from '../../core/reader/months.ts'
import { dayRoute, type FeedRoute, listRoute, type StoryList } from '../../core/reader/routes.ts'
import { searchFilesPage } from '../../core/reader/search.ts'
import { pictureBytes } from '../../edge/archive/media.ts'
import { pathsOn } from '../reader/newest.ts'
import { daysBeside, DAYS_COUNTED, feedText, noStoryPage, sectionsIn } from '../reader/pages.ts'
import type { SiteFile } from './folder.ts'
import { sectionPlaces } from '../../sites/publishers.ts'
import { keyOf, type Noted, pageFile, type SiteRun } from './site.ts'

/** Stories of a page of a list, of a feed, at least. */
const ENOUGH = 40

/** How many stories of some day are in a list. */
interface Part {
  day: string
  count: number
}

const FORMATS = ['atom', 'json-feed'] as const

const sizeOf = ({ count }: Part): number => count

/** The lists of sections and papers: how much each has of which day, in order. */
function listsOf({ days }: SiteRun): Map<string, { of: StoryList; parts: Part[] }> {
  const lists = new Map<string, { of: StoryList; parts: Part[] }>()
  for (const [day, { of: counts }] of days) {
    for (const kind of ['section', 'paper'] as const) {
      for (const [name, count] of counts[kind]) {
        if (name === null) continue
        getOrMake(lists, `${kind} ${name}`, () => ({ of: { kind, name }, parts: [] })).parts.push({ day, count })
      }
    }
  }
  return lists
}

/** A page of a list, with the days at which the pages beside it begin. */
interface ListPart {
  of: StoryList
  parts: readonly Part[]
  next: string | null
  before: string | null
}

/**
 * Writes the pages of sections and papers, and all feeds. Pages are full from the oldest stories on, so that those of long ago stay
 * as they are; the first has the newest full one, and what came since.
 */
export async function writeLists(site: SiteRun): Promise<void> {
  const lists = [...listsOf(site).values()]
  await writeFeeds(null, allOf(site), site)
  for (const { of, parts } of lists) await writeFeeds(of, parts, site)
  const pages = lists.flatMap(({ of, parts }): ListPart[] => {
    const { full, rest } = chunksOf(parts, ENOUGH, sizeOf)
    const runs = [...full.slice(0, -1), [...(full.at(-1) ?? []), ...rest]]
    return runs.map((run, n) => {
      const next = n === 0 ? null : (run[0]?.day ?? null)
      return { of, parts: run, next, before: runs[n + 1]?.[0]?.day ?? null }
    })
  })
  // Pages of the same days one behind the other: what was read for one is still known for the next.
  const lastDay = ({ parts }: ListPart): string => parts.at(-1)?.day ?? ''
  for (const page of pages.toSorted((a, b) => (lastDay(a) < lastDay(b) ? 1 : -1))) await writePage(page, site)
}

const allOf = ({ days }: SiteRun): Part[] => [...days].map(([day, { count }]) => ({ day, count }))

const versionsIn = (parts: readonly Part[], { days }: SiteRun): unknown =>
  parts.map(({ day }) => days.get(day)?.version)

async function writePage({ of, parts, next, before }: ListPart, site: SiteRun): Promise<void> {
  const { folder, library } = site
  const { kind, name } = of
  const route = listRoute(kind, name, before)
  const group = fileOf(route) ?? ''
  const key = keyOf(site.paper, next, before, versionsIn(parts, site))
  if (await folder.keep(group, key)) return
  const entries = []
  for (const { day } of parts.toReversed())
    entries.push(...(await library.entries(day, await pathsOn(day, of, library))))
  const values = { kind, name, entries, next, before }
  await folder.put(group, key, [pageFile(route, site, (to) => listPage(values, to))])
}

/** Writes the feeds of the newest stories of a list, or of all. */
async function writeFeeds(of: StoryList | null, parts: readonly Part[], site: SiteRun): Promise<void> {
  const { folder, library, io } = site
  const newest = chunksOf(parts.toReversed(), ENOUGH, sizeOf)
  const wanted = newest.full[0] ?? newest.rest
  const nameOf = (format: FeedRoute['format']): string => fileOf({ kind: 'feed', format, of }) ?? ''
  const [group, key] = [nameOf('atom'), keyOf(versionsIn(wanted, site), wanted.length)]
  if (await folder.keep(group, key)) return
  const paths: string[] = []
  for (const { day } of wanted) paths.push(...(await pathsOn(day, of, library)))
  const records = await library.records(paths, false)
  const files: SiteFile[] = []
  for (const format of FORMATS)
    files.push({ name: nameOf(format), content: await feedText(records, { format, of }, io) })
  await folder.put(group, key, files)
}

/** Writes what is of all stories: the newest day, months and years, sections, the search, and what pages look like. */
export async function writeFront(site: SiteRun, searchScript: Uint8Array): Promise<void> {
  const { folder, coverage, days, library } = site
  const newest = [...days.keys()].at(-1)
  const gaps = coverage.gaps.flatMap(({ from, to }) => monthsOf(from, to))
  const months = [...new Set([...[...days.keys()].map((day) => day.slice(0, 7)), ...gaps])]
  const years = [...new Set(months.map((month) => month.slice(0, 4)))]
  const emptyDays = [...new Set(coverage.gaps.flatMap(({ from, to }) => [from, to]))].filter((day) => !days.has(day))
  const entries = newest === undefined ? [] : await library.entries(newest)
  const dayValues = (day: string) => ({ route: dayRoute(day), coverage, ...daysBeside(day, coverage.counts) })
  const sections = sectionsIn([...days].slice(-DAYS_COUNTED).map(([day, { of }]) => [day, of]))
  const files: SiteFile[] = [
    pageFile({ kind: 'newest' }, site, (to) =>
      newest === undefined ? noStoryPage() : dayPage({ ...dayValues(newest), entries, isNewest: true }, to),
    ),
    ...emptyDays.map((day) =>
      pageFile(dayRoute(day), site, (to) => dayPage({ ...dayValues(day), entries: [], isNewest: false }, to)),
    ),
    pageFile({ kind: 'months' }, site, (to) => monthsPage(coverage, null, to)),
    ...years.map((year) =>
      pageFile({ kind: 'year', year }, site, (to) => monthsPage(ofYear(coverage, year), year, to)),
    ),
    ...months.map((month) => pageFile({ kind: 'month', month }, site, (to) => monthPage(month, coverage, to))),
    pageFile({ kind: 'sections' }, site, (to) => sectionsPage(sections, to)),
    pageFile({ kind: 'search', query: '', order: 'newest', before: null }, site, () =>
      searchFilesPage('search.js', sectionPlaces()),
    ),
    { name: 'style.css', content: STYLE },
    { name: 'script.js', content: KEYS },
    { name: 'search.js', content: searchScript },
    { name: 'icon.svg', content: ICON },
    // GitHub would have Jekyll look at what begins with an underscore.
    { name: '.nojekyll', content: '' },
  ]
  await folder.put('front', '', files)
}

/** Writes the pictures that stories show. */
export async function writePictures(site: SiteRun): Promise<void> {
  const { folder, days, library } = site
  const pictures = new Set<string>()
  for (const day of days.keys())
    for (const path of (folder.noted(day) as Noted | null)?.pictures ?? []) pictures.add(path)
  const files = [...pictures].map((name) => ({ name, content: () => pictureBytes(name, library.store) }))
  await folder.put('media', keyOf([...pictures]), files)
}
