import { isLoopbackHost, isZaobaoHost } from '../../core/identity.ts'
import { PAPER } from './paper.ts'

/** The paper's name, which stands as author, tag and category of each of its stories. */
export const PAPER_NAME = PAPER.name

/** The author, tag and category of a story: the paper, for its own addresses and mirrors on this machine; else the host. */
export function paperOf(url: string): string {
  const { hostname } = new URL(url)
  return isZaobaoHost(hostname) || isLoopbackHost(hostname) ? PAPER_NAME : hostname
}

export type Edition = 'sg' | 'global'

/** What has pages. */
export interface Pageable {
  kind: 'list' | 'json' | 'rss'
  edition: Edition
  /** Its first page. */
  url: string
}

/** Where stories of a section can be found. */
export interface SectionSource extends Pageable {
  section: string
}

/** The edition that is asked when nothing names another. */
export const DEFAULT_ORIGIN = 'https://www.zaobao.com.sg'

/** Sections by the names that users give, and the path of each in the site and in RSSHub's routes. */
export const SECTIONS: Readonly<Record<string, { path: string; rsshub: string }>> = {
  china: { path: 'realtime/china', rsshub: 'realtime/china' },
  singapore: { path: 'realtime/singapore', rsshub: 'realtime/singapore' },
  world: { path: 'realtime/world', rsshub: 'realtime/world' },
  // `/finance/realtime` answers 404 since July 2026.
  finance: { path: 'realtime/finance', rsshub: 'realtime/zfinance' },
  sea: { path: 'news/sea', rsshub: 'znews/sea' },
  sports: { path: 'news/sports', rsshub: 'znews/sports' },
}

/** `/more/sitemap/{id}` of the global site: the number that its pages give a section. */
const MORE_IDS: Readonly<Record<string, number>> = { china: 3 }
const MORE_PAGE_SIZE = 9

function pathOf(section: string): string {
  return SECTIONS[section]?.path ?? section.replace(/^\/+|\/+$/g, '')
}

/**
 * The sources of a section, best first: the list page, the JSON list, and RSSHub's route where an instance is given
 * (`https://rsshub.example`). A section is one of `SECTIONS`, or a path of the site (`news/china`). `origin` is that of
 * an edition, or of a mirror of one.
 */
export function sourcesFor(section: string, options: { origin?: string; rsshub?: string } = {}): SectionSource[] {
  const origin = options.origin ?? DEFAULT_ORIGIN
  const edition = editionOf(new URL(origin).hostname)
  const path = pathOf(section)
  const sources: SectionSource[] = [{ kind: 'list', section, edition, url: `${origin}/${path}` }]
  const more = MORE_IDS[section]
  if (edition === 'sg') {
    sources.push({ kind: 'json', section, edition, url: `${origin}/_plat/api/v2/page-content/${path}?page=0` })
  } else if (more !== undefined) {
    const url = `${origin}/more/sitemap/${more}?pageNo=1&pageSize=${MORE_PAGE_SIZE}`
    sources.push({ kind: 'json', section, edition, url })
  }
  if (options.rsshub !== undefined) {
    const route = SECTIONS[section]?.rsshub ?? path
    sources.push({ kind: 'rss', section, edition, url: `${options.rsshub.replace(/\/+$/, '')}/zaobao/${route}` })
  }
  return sources
}

/** The source that a list page or JSON list is, given by its address alone. */
export function sourceAt(url: string): Pageable {
  const { hostname, pathname } = new URL(url)
  const kind = /^\/(?:_plat|more\/sitemap)\//.test(pathname) ? 'json' : 'list'
  return { kind, edition: editionOf(hostname), url }
}

/**
 * The address of page `n` (from 0) of a source; `null` where it has no more pages: a feed, a list page of the global
 * site.
 */
export function pageUrl(source: Pageable, n: number): string | null {
  if (n === 0) return source.url
  const url = new URL(source.url)
  if (source.kind === 'rss' || (source.kind === 'list' && source.edition === 'global')) return null
  if (url.searchParams.has('pageNo')) url.searchParams.set('pageNo', String(n + 1))
  else url.searchParams.set('page', String(n))
  return url.href
}

/** The sitemap of a month (`2026-09`), which names every story published in it. From 2016-01. */
export function sitemapUrl(month: string, origin: string = DEFAULT_ORIGIN): string {
  return `${origin}/sitemaps/sitemap-${month.replace('-', '')}.xml`
}

/** The index of all sitemaps. */
export function sitemapIndexUrl(origin: string): string {
  return `${origin}/sitemap.xml`
}

/** The edition that a host serves: `zaobao.com` the global one, every other (a mirror, too) Singapore's. */
export function editionOf(host: string): Edition {
  return /(?:^|\.)zaobao\.com\.?$/i.test(host) ? 'global' : 'sg'
}
