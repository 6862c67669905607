import type { Config } from '../config-keys.ts'
import { clockIn, type Entry } from '../core/reader/entry.ts'
import { type Answer, type Asked, typeOf } from '../core/reader/answer.ts'
import { changesPage } from '../core/reader/changes.ts'
import { dayPage } from '../core/reader/day.ts'
import { documentOf, faultPage, type Page, type Site } from '../core/reader/frame.ts'
import { listPage, sectionsPage } from '../core/reader/lists.ts'
import { monthPage } from '../core/reader/month.ts'
import { type Coverage, monthsPage } from '../core/reader/months.ts'
import { cookieIn, HEADERS, isSame, isServed, languageFor, policyOf } from '../core/reader/policy.ts'
import { type Route, routeOf, type SearchRoute } from '../core/reader/routes.ts'
import { SCRIPT } from '../core/reader/script.ts'
import { statusPage } from '../core/reader/status.ts'
import { storyPage, type Version } from '../core/reader/story.ts'
import { ICON, STYLE } from '../core/reader/style.ts'
import type { StoryRecord } from '../core/model.ts'
import { CHINESE_ZONE, dayIn } from '../core/time.ts'
import { urlOf } from '../core/web/url.ts'
import { readState } from '../edge/archive/state.ts'
import { unlessLocal } from '../errors.ts'
import type { Io } from '../io.ts'
import { zoneOf } from '../sites/publishers.ts'
import { saidIn, spoken, t, tongueOf } from '../words/words.ts'
import { type Library, ofRecord } from './library.ts'
import type { SearchMade } from './reader-search.ts'
import { standingOf } from './standing.ts'

/** Stories on a page of a section, at least, where there are so many; days that are looked at for it. */
const LEAST_STORIES = 40
const MOST_DAYS = 60
/** The last days of which sections and papers are counted. */
const DAYS_COUNTED = 30

export interface ReaderOptions {
  library: Library
  config: Pick<Config, 'archive' | 'section' | 'sources' | 'feed'>
  search: (asked: SearchRoute) => Promise<SearchMade>
  /** The host that is listened at. */
  host: string
  /** What a browser has to bring; `null` where this machine alone can ask. */
  token: string | null
  /** The name of the cookie that holds it. */
  cookie: string
  say: (line: string) => void
  io: Pick<Io, 'now' | 'signal'>
}

/** A page to be said in the language of who asked, and what pictures it may show; bytes as they are; or nothing. */
type Made =
  | { page: () => Page; remote?: boolean; isWaiting?: boolean }
  | { bytes: string | Uint8Array; extension: string; isForEver?: boolean }
  | null

/** Answers what browsers ask: pages of an archive, as it stands at that moment. */
export function createReader(options: ReaderOptions): (asked: Asked) => Promise<Answer> {
  const { library, token, cookie, host } = options

  async function paged(page: () => Page, asked: Asked, status: number, remote = false): Promise<Answer> {
    const tongue = await tongueOf(languageFor(asked.headers['accept-language'], spoken()))
    const site = await siteOf(library)
    const body = saidIn(tongue, () => documentOf(page(), site))
    const headers = {
      'content-language': tongue.language,
      vary: 'accept-language',
      'content-security-policy': policyOf(remote),
    }
    return { status, headers: { ...HEADERS, ...headers, 'content-type': typeOf('html') }, body }
  }

  const refused = (status: number, words: string, headers: Record<string, string> = {}): Answer => {
    return { status, headers: { ...HEADERS, ...headers, 'content-type': typeOf('txt') }, body: `${words}\n` }
  }

  /** Why a request is not answered, or is led on; `null` where it is answered. */
  function gate({ method, headers }: Asked, url: URL | null): Answer | null {
    if (!isServed(headers.host, host)) return refused(421, t`This is no address of the reader.`)
    if (method !== 'GET' && method !== 'HEAD')
      return refused(405, t`The reader is for reading.`, { allow: 'GET, HEAD' })
    if (url === null) return refused(400, t`This is no address.`)
    if (token === null) return null
    const given = url.searchParams.get('token')
    if (given !== null && isSame(given, token)) {
      url.searchParams.delete('token')
      const kept = `${cookie}=${token}; Path=/; HttpOnly; SameSite=Lax`
      return refused(303, t`Led on.`, { location: url.pathname + url.search, 'set-cookie': kept })
    }
    return isSame(cookieIn(headers.cookie, cookie) ?? '', token)
      ? null
      : refused(403, t`Open the address that the reader printed when it was started: it holds a token.`)
  }

  return async (asked) => {
    const url = asked.target.startsWith('/') ? urlOf(`http://reader.invalid${asked.target}`) : null
    const stopped = gate(asked, url)
    if (stopped !== null || url === null) return stopped ?? refused(400, '')
    const route = routeOf(url)
    const made = route === null ? null : await makePage(route, options)
    if (made === null)
      return paged(() => faultPage(t`Nothing is here`, t`The archive has nothing at this address.`), asked, 404)
    if ('page' in made) {
      const answer = await paged(made.page, asked, 200, made.remote)
      return made.isWaiting === true ? { ...answer, headers: { ...answer.headers, refresh: '3' } } : answer
    }
    const { bytes, extension, isForEver = false } = made
    const kept = isForEver ? { 'cache-control': 'private, max-age=31536000, immutable' } : {}
    const type = { 'content-type': typeOf(extension), 'content-security-policy': "default-src 'none'; sandbox" }
    return { status: 200, headers: { ...HEADERS, ...kept, ...type }, body: bytes }
  }
}

/** The paper whose archive it is, as its newest day tells. */
async function siteOf(library: Library): Promise<Site> {
  const newest = (await library.days()).at(-1)
  const heads = newest === undefined ? [] : [...(await library.heads(newest)).values()]
  const papers = new Set(heads.map(({ paper }) => paper))
  return { paper: papers.size === 1 ? ([...papers][0] ?? null) : null }
}

async function makePage(route: Route, options: ReaderOptions): Promise<Made> {
  const { library } = options
  switch (route.kind) {
    case 'newest':
      return makeDay(await newestDay(library), null, options)
    case 'day':
      return makeDay(route.day, route.section, options)
    case 'month': {
      const coverage = await coverageOf(options)
      return { page: () => monthPage(route.month, coverage) }
    }
    case 'months': {
      const coverage = await coverageOf(options)
      return { page: () => monthsPage(coverage) }
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
      return options.search(route)
    case 'status':
      return makeStatus(options)
    case 'picture':
      return pictureAt(route.path, library)
    case 'style':
      return { bytes: STYLE, extension: 'css' }
    case 'script':
      return { bytes: SCRIPT, extension: 'js' }
    default:
      return { bytes: ICON, extension: 'svg' }
  }
}

async function coverageOf({ library, say }: ReaderOptions): Promise<Coverage> {
  return { counts: await library.counts(), gaps: (await unlessLocal(readState(library.store, say), null))?.gaps ?? [] }
}

/** The last day that has a story; the last that has a folder, where none has. */
async function newestDay(library: Library): Promise<string | null> {
  const days = await library.days()
  for (const day of days.toReversed()) if ((await library.heads(day)).size > 0) return day
  return days.at(-1) ?? null
}

async function makeDay(day: string | null, section: string | null, options: ReaderOptions): Promise<Made> {
  const { library } = options
  const coverage = await coverageOf(options)
  if (day === null) return { page: () => faultPage(t`No story yet`, t`The archive holds no story; fetch brings some.`) }
  const days = [...coverage.counts.keys()].toSorted()
  const values = {
    ...{ day, section, coverage },
    entries: await library.entries(day),
    before: days.findLast((each) => each < day) ?? null,
    after: days.find((each) => each > day) ?? null,
  }
  return { page: () => dayPage({ ...values, isNewest: values.after === null }) }
}

async function makeSections(library: Library): Promise<Made> {
  const days = (await library.days()).slice(-DAYS_COUNTED)
  const [sections, papers] = [new Map<string, number>(), new Map<string, number>()]
  const count = (counts: Map<string, number>, name: string | null): void => {
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  for (const day of days) {
    for (const { section, paper } of (await library.heads(day)).values()) {
      count(sections, section)
      count(papers, paper)
    }
  }
  return { page: () => sectionsPage({ sections, papers, since: days[0] ?? null }) }
}

async function makeList(route: Route & { kind: 'section' | 'paper' }, library: Library): Promise<Made> {
  const { kind, name, before } = route
  const days = (await library.days()).filter((day) => before === null || day < before).toReversed()
  const entries: Entry[] = []
  let looked = 0
  for (const day of days) {
    if (entries.length >= LEAST_STORIES || looked >= MOST_DAYS) break
    looked += 1
    const paths = [...(await library.heads(day))].flatMap(([path, head]) => (head[kind] === name ? [path] : []))
    if (paths.length > 0) entries.push(...(await library.entries(day, paths)))
  }
  const next = looked < days.length ? (days[looked - 1] ?? null) : null
  return { page: () => listPage({ kind, name, entries, next, isLater: before !== null }) }
}

async function makeStory(route: Route & { kind: 'story' | 'changes' | 'file' }, library: Library): Promise<Made> {
  const { day, id, kind } = route
  const path = await library.find(day, id)
  if (path === null) return null
  if (kind === 'file') {
    const text = await unlessLocal((await library.open()).readText(path), null)
    return text === null ? null : { bytes: text, extension: 'txt' }
  }
  const records = await library.records(path, kind === 'changes')
  const record = records.at(-1)
  if (record === undefined || record.path !== path)
    return { page: () => faultPage(t`This story cannot be read`, t`Its file is damaged; verify says how.`) }
  const entry = ofRecord(record)
  const zone = zoneOf(record.url)
  if (kind === 'changes') {
    const versions = records.map((each) => versionOf(each, records[0] === each))
    const shown = route.number === null ? versions.at(-1) : versions.find(({ number }) => number === route.number)
    const before = shown === undefined ? null : (versions[versions.indexOf(shown) - 1] ?? null)
    return shown === undefined ? null : { page: () => changesPage({ entry, versions, shown, before }) }
  }
  const entries = await library.entries(day)
  const at = entries.findIndex((each) => each.id === id)
  const values = {
    ...{ entry, record, zone: zone.name, remote: route.remote },
    date: record.published === null ? day : dayIn(zone, Date.parse(record.published)),
    before: at === -1 ? null : (entries[at + 1] ?? null),
    after: entries[at - 1] ?? null,
  }
  return { page: () => storyPage(values), remote: route.remote }
}

function versionOf(record: StoryRecord, isFirst: boolean): Version {
  const { revision: number, published, updated, fetched, url } = record
  const time = (isFirst ? published : null) ?? updated ?? fetched
  const zone = zoneOf(url)
  return {
    number,
    record,
    time: time === null ? null : { day: dayIn(zone, Date.parse(time)), clock: clockIn(zone, time) },
  }
}

async function makeStatus(options: ReaderOptions): Promise<Made> {
  const { library, config, say, io } = options
  const coverage = await coverageOf(options)
  const { status } = await standingOf(config, await library.open(), say, io)
  return { page: () => statusPage({ status, coverage, today: dayIn(CHINESE_ZONE, io.now()) }) }
}

async function pictureAt(path: string, library: Library): Promise<Made> {
  const found = await unlessLocal(library.store.get(path), null)
  if (found?.kind !== 'file') return null
  return { bytes: found.bytes, extension: path.slice(path.lastIndexOf('.') + 1), isForEver: true }
}
