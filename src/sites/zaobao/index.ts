import type { Pageable, Publisher, StoryPath } from '../../core/publisher.ts'
import { CHINESE_ZONE, isDay } from '../../core/time.ts'
import { message } from '../../words/words.ts'
import { rsshubUrl, withoutSlashes } from '../paths.ts'

const HOSTS = /(?:^|\.)zaobao\.com(?:\.sg)?$/
const IMITATORS = /(?:^|\.)(?:zaochenbao|sczaobao)\.com\.?$/

/** What a text leaves behind an address ends it; letters, digits and what joins them would be another address. */
const STORY_PATH = /^(.*)\/story(\d{8})-(\d{1,15})[._\-/]*(?:[^A-Za-z0-9._\-/].*)?$/s
/** The site has stories of the web's years alone. */
const FIRST_DAY = '1995-01-01'
const END = '2100'

/** The edition that is asked when nothing names another. */
const ORIGIN = 'https://www.zaobao.com.sg'
/** The edition that readers in mainland China and Hong Kong are given; all others are led to Singapore's. */
const GLOBAL_ORIGIN = 'https://www.zaobao.com'

const PAGE_CONTENT = '/_plat/api/v2/page-content'

/** Sections by the names that users give, and the path of each in the site and in RSSHub's routes. */
const SECTIONS: Readonly<Record<string, { path: string; rsshub: string }>> = {
  china: { path: 'realtime/china', rsshub: 'realtime/china' },
  singapore: { path: 'realtime/singapore', rsshub: 'realtime/singapore' },
  world: { path: 'realtime/world', rsshub: 'realtime/world' },
  // `/finance/realtime` answers 404 since July 2026.
  finance: { path: 'realtime/finance', rsshub: 'realtime/zfinance' },
  sea: { path: 'news/sea', rsshub: 'znews/sea' },
  sports: { path: 'news/sports', rsshub: 'znews/sports' },
}

/** Paths of which a section has stories, beside those of its list. */
const MORE_PATHS: Readonly<Record<string, readonly string[]>> = { finance: ['finance/realtime'] }

/** `/more/sitemap/{id}` of the global site: the number that its pages give a section. */
const MORE_IDS: Readonly<Record<string, number>> = { china: 3 }
const MORE_PAGE_SIZE = 9

function pathOf(section: string): string {
  return SECTIONS[section]?.path ?? withoutSlashes(section)
}

/** `zaobao.com` serves the global edition, every other host (a mirror, too) Singapore's. */
function isGlobal(url: string): boolean {
  return /(?:^|\.)zaobao\.com\.?$/i.test(new URL(url).hostname)
}

function storyAt(address: string): StoryPath | null {
  const [, before = '', compact = '', digits = ''] = STORY_PATH.exec(address) ?? []
  const day = compact.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  if (!isDay(day) || day < FIRST_DAY || day >= END) return null
  const section = before.replace(/\/{2,}/g, '/')
  return {
    number: digits.replace(/^0+(?=\d)/, ''),
    day,
    section: section.replace(/^\//, '') || null,
    path: `${section}/story${compact}-${digits}`,
  }
}

function sourcesOf(section: string, { origin = ORIGIN, rsshub }: { origin?: string; rsshub?: string }): Pageable[] {
  const path = pathOf(section)
  const sources: Pageable[] = [{ kind: 'list', url: `${origin}/${path}` }]
  const more = MORE_IDS[section]
  if (!isGlobal(origin)) sources.push({ kind: 'json', url: `${origin}${PAGE_CONTENT}/${path}?page=0` })
  else if (more !== undefined)
    sources.push({ kind: 'json', url: `${origin}/more/sitemap/${more}?pageNo=1&pageSize=${MORE_PAGE_SIZE}` })
  if (rsshub !== undefined) {
    sources.push({ kind: 'rss', url: rsshubUrl(rsshub, `zaobao/${SECTIONS[section]?.rsshub ?? path}`) })
  }
  return sources
}

/** Of a feed and of a list page of the global edition there is one page alone. */
function pageOf(source: Pageable, n: number): string | null {
  if (n === 0) return source.url
  const url = new URL(source.url)
  if (source.kind === 'rss' || (source.kind === 'list' && isGlobal(source.url))) return null
  if (url.searchParams.has('pageNo')) url.searchParams.set('pageNo', String(n + 1))
  else url.searchParams.set('page', String(n))
  return url.href
}

/** What breaks under `realtime/x` moves to `news/x`, and readers know one section. */
function sisters(path: string): string[] {
  const name = /^(?:realtime|news)\/(.+)$/.exec(path)?.[1]
  return name === undefined ? [path] : [`realtime/${name}`, `news/${name}`]
}

/** 联合早报: its addresses, editions and sections. How its pages are read: `readers.ts`. */
export const zaobao = {
  name: 'zaobao',
  title: message`Zaobao`,
  paper: '联合早报',
  idPrefix: '',
  /** Singapore's, +08:00 all year since 1982. */
  zone: CHINESE_ZONE,
  site: 'zaobao.com',
  owns: (host) => HOSTS.test(host),
  isImitator: (host) => IMITATORS.test(host),
  /** `?ref=home-top-news`; elsewhere it may name what is read (a branch, an order). */
  tracking: /^ref$/i,
  storyAt,
  urlOf: ({ number, day, section }, origin) =>
    `${origin}/${section ?? ''}/story${(day ?? '').replaceAll('-', '')}-${number}`,
  origin: ORIGIN,
  editions: [ORIGIN, GLOBAL_ORIGIN],
  sections: {
    names: Object.keys(SECTIONS),
    pathsOf: (section) => [...sisters(pathOf(section)), ...(MORE_PATHS[section] ?? [])],
    sisters,
  },
  sourcesOf,
  sourceAt(url) {
    const { pathname } = new URL(url)
    const isJson = /^\/(?:_plat|more\/sitemap)\//.test(pathname)
    return { kind: isJson ? 'json' : 'list', url, path: withoutSlashes(pathname.replace(PAGE_CONTENT, '')) }
  },
  pageOf,
  storyData(url) {
    const { origin, pathname } = new URL(url)
    return isGlobal(url) ? null : `${origin}/_plat/api/v2${pathname}`
  },
  sitemaps: {
    first: '2016-01-01',
    ofMonth: (month, origin) => `${origin}/sitemaps/sitemap-${month.replace('-', '')}.xml`,
    index: (origin) => `${origin}/sitemap.xml`,
  },
} satisfies Publisher
