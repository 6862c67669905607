import { chunksOf } from '../../core/chunks.ts'
import { monthsOf } from '../../core/archive/gap.ts'
import { KEYS } from '../../core/reader/script.ts'
import { ICON, STYLE } from '../../core/reader/style.ts'
import { dayPage } from '../../core/reader/day.ts'
import { fileOf } from '../../core/reader/files.ts'
import { faultPage } from '../../core/reader/frame.ts'
import { listPage, sectionsPage } from '../../core/reader/lists.ts'
import { monthPage } from '../../core/reader/month.ts'
import { monthsPage, ofYear } from '../../core/reader/months.ts'
import { dayRoute, type FeedRoute, listRoute } from '../../core/reader/routes.ts'
import { searchFilesPage } from '../../core/reader/search.ts'
import { t } from '../../words/words.ts'
import { daysBeside, DAYS_COUNTED, feedText, pictureBytes, sectionsIn } from '../reader/pages.ts'
import type { SiteFile } from './folder.ts'
import { keyOf, type Noted, pageFile, type Site } from './site.ts'

/** Stories of a page of a list, of a feed, at least. */
const ENOUGH = 40

/** Stories of some day that are in a list, by their paths. */
interface Part {
  day: string
  paths: string[]
}

const FORMATS = ['atom', 'json-feed'] as const

const sizeOf = ({ paths }: Part): number => paths.length

/** The lists of sections and papers: what each has of which day, in order. */
function listsOf({ days }: Site): Map<string, { of: NonNullable<ListOf>; parts: Part[] }> {
  const lists = new Map<string, { of: NonNullable<ListOf>; parts: Part[] }>()
  for (const [day, { heads }] of days) {
    for (const [path, head] of heads) {
      for (const kind of ['section', 'paper'] as const) {
        const name = head[kind]
        if (name === null) continue
        const list = lists.get(`${kind} ${name}`) ?? { of: { kind, name }, parts: [] }
        lists.set(`${kind} ${name}`, list)
        if (list.parts.at(-1)?.day !== day) list.parts.push({ day, paths: [] })
        list.parts.at(-1)?.paths.push(path)
      }
    }
  }
  return lists
}

type ListOf = { kind: 'section' | 'paper'; name: string } | null

/**
 * Writes the pages of sections and papers, and all feeds. Pages are full from the oldest stories on, so that those of long ago stay
 * as they are; the first has the newest full one, and what came since.
 */
export async function writeLists(site: Site): Promise<void> {
  const all = [...site.days].map(([day, { heads }]) => ({ day, paths: [...heads.keys()] }))
  await writeFeeds(null, all, site)
  for (const { of, parts } of listsOf(site).values()) {
    const { full, rest } = chunksOf(parts, ENOUGH, sizeOf)
    const pages = [...full.slice(0, -1), [...(full.at(-1) ?? []), ...rest]]
    for (const [n, page] of pages.entries()) {
      const next = n === 0 ? null : (page[0]?.day ?? null)
      await writePage(of, page, { next, before: pages[n + 1]?.[0]?.day ?? null }, site)
    }
    await writeFeeds(of, parts, site)
  }
}

const versionsIn = (parts: readonly Part[], { days }: Site): unknown => parts.map(({ day }) => days.get(day)?.version)

async function writePage(
  { kind, name }: NonNullable<ListOf>,
  parts: readonly Part[],
  { next, before }: { next: string | null; before: string | null },
  site: Site,
): Promise<void> {
  const { folder, library } = site
  const route = listRoute(kind, name, before)
  const group = fileOf(route) ?? ''
  const key = keyOf(site.paper, next, before, versionsIn(parts, site))
  if (await folder.keep(group, key)) return
  const entries = []
  for (const { day, paths } of parts.toReversed()) entries.push(...(await library.entries(day, paths)))
  const values = { kind, name, entries, next, before }
  await folder.put(group, key, [pageFile(route, site, (to) => listPage(values, to))])
}

/** Writes the feeds of the newest stories of a list, or of all. */
async function writeFeeds(of: ListOf, parts: readonly Part[], site: Site): Promise<void> {
  const { folder, library, io } = site
  const newest = chunksOf(parts.toReversed(), ENOUGH, sizeOf)
  const wanted = newest.full[0] ?? newest.rest
  const nameOf = (format: FeedRoute['format']): string => fileOf({ kind: 'feed', format, of }) ?? ''
  const [group, key] = [nameOf('atom'), keyOf(versionsIn(wanted, site), wanted.length)]
  if (await folder.keep(group, key)) return
  const records = await library.records(
    wanted.flatMap(({ paths }) => paths),
    false,
  )
  const files: SiteFile[] = []
  for (const format of FORMATS)
    files.push({ name: nameOf(format), content: await feedText(records, { format, of }, io) })
  await folder.put(group, key, files)
}

/** Writes what is of all stories: the newest day, months and years, sections, the search, and what pages look like. */
export async function writeFront(site: Site, searchScript: Uint8Array): Promise<void> {
  const { folder, coverage, days, library } = site
  const newest = [...days.keys()].at(-1)
  const gaps = coverage.gaps.flatMap(({ from, to }) => monthsOf(from, to))
  const months = [...new Set([...[...days.keys()].map((day) => day.slice(0, 7)), ...gaps])]
  const years = [...new Set(months.map((month) => month.slice(0, 4)))]
  const emptyDays = [...new Set(coverage.gaps.flatMap(({ from, to }) => [from, to]))].filter((day) => !days.has(day))
  const entries = newest === undefined ? [] : await library.entries(newest)
  const dayValues = (day: string) => ({ day, section: null, coverage, ...daysBeside(day, coverage.counts) })
  const sections = sectionsIn([...days].slice(-DAYS_COUNTED).map(([day, { heads }]) => [day, heads]))
  const files: SiteFile[] = [
    pageFile({ kind: 'newest' }, site, (to) =>
      newest === undefined
        ? faultPage(t`No story yet`, t`The archive holds no story; fetch brings some.`)
        : dayPage({ ...dayValues(newest), entries, isNewest: true }, to),
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
    pageFile({ kind: 'search', query: '', order: 'newest', before: null }, site, () => searchFilesPage('search.js')),
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
export async function writePictures(site: Site): Promise<void> {
  const { folder, days, library } = site
  const pictures = new Set<string>()
  for (const day of days.keys())
    for (const path of (folder.noted(day) as Noted | null)?.pictures ?? []) pictures.add(path)
  const files = [...pictures].map((name) => ({ name, content: () => pictureBytes(name, library) }))
  await folder.put('media', keyOf([...pictures]), files)
}
