import { decoded, ID } from '../identity.ts'
import { MEDIA_PATH } from '../media/kept.ts'
import { isDay, isMonth } from '../time.ts'

/** A page of the reader, by what its address says. */
export type Route =
  | { kind: 'newest' | 'months' | 'sections' | 'status' | 'style' | 'script' | 'icon' }
  | { kind: 'day'; day: string; section: string | null }
  | { kind: 'year'; year: string }
  | { kind: 'month'; month: string }
  /** `before`: stories of earlier days alone; `null`: from the newest on. */
  | { kind: 'section' | 'paper'; name: string; before: string | null }
  /** `remote`: its pictures are shown from where they stand. */
  | { kind: 'story'; day: string; id: string; remote: boolean }
  | { kind: 'file'; day: string; id: string }
  /** What changed in a text, by its number; `null`: in the last one. */
  | { kind: 'changes'; day: string; id: string; number: number | null }
  | { kind: 'picture'; path: string }
  | SearchRoute
  | FeedRoute

/** A search. `before`: from this place of the newest on, where the page before it ended; `null`: from the first on. */
export interface SearchRoute {
  kind: 'search'
  query: string
  order: 'newest' | 'best'
  before: number | null
}

const FIXED: Readonly<Record<string, Route>> = {
  '/': { kind: 'newest' },
  '/months': { kind: 'months' },
  '/sections': { kind: 'sections' },
  '/status': { kind: 'status' },
  '/style.css': { kind: 'style' },
  '/script.js': { kind: 'script' },
  '/icon.svg': { kind: 'icon' },
}

const STORY = /^\/(\d{4}-\d{2}-\d{2})\/([0-9a-z.]+?)(?:(\.txt)|\/changes(?:\/([1-9]\d{0,8}))?)?$/

/** The page at an address; `null` where there is none. */
export function routeOf({ pathname, searchParams }: URL): Route | null {
  const path = decoded(pathname)
  const before = searchParams.get('before')
  const named = /^\/(section|paper)\/(.+)$/s.exec(path)
  const [, day = '', id = '', file, number] = STORY.exec(path) ?? []
  if (Object.hasOwn(FIXED, path)) return FIXED[path] ?? null
  if (path === '/search') return searchOf(searchParams)
  if (path === '/feed.atom') return feedOf('atom', searchParams)
  if (path === '/feed.json') return feedOf('json-feed', searchParams)
  if (isDay(path.slice(1))) return { kind: 'day', day: path.slice(1), section: searchParams.get('section') }
  if (/^\/\d{4}$/.test(path)) return { kind: 'year', year: path.slice(1) }
  if (isMonth(path.slice(1))) return { kind: 'month', month: path.slice(1) }
  if (named !== null)
    return {
      kind: named[1] === 'paper' ? 'paper' : 'section',
      name: named[2] ?? '',
      before: before !== null && isDay(before) ? before : null,
    }
  if (MEDIA_PATH.test(path.slice(1))) return { kind: 'picture', path: path.slice(1) }
  if (!isDay(day) || !ID.test(id)) return null
  if (file !== undefined) return { kind: 'file', day, id }
  if (/\/changes/.test(path)) return { kind: 'changes', day, id, number: number === undefined ? null : Number(number) }
  return { kind: 'story', day, id, remote: searchParams.get('pictures') === 'remote' }
}

/** A feed of the newest stories: of all, of a section, of a paper, or of those that a query finds. */
export interface FeedRoute {
  kind: 'feed'
  format: 'atom' | 'json-feed'
  of: { kind: 'section' | 'paper' | 'query'; name: string } | null
}

function feedOf(format: FeedRoute['format'], params: URLSearchParams): FeedRoute {
  const names = { section: params.get('section'), paper: params.get('paper'), query: params.get('q') }
  const kind = (['section', 'paper', 'query'] as const).find((each) => names[each] !== null)
  return {
    kind: 'feed',
    format,
    of: kind === undefined ? null : { kind, name: names[kind]?.slice(0, MAX_QUERY_UNITS) ?? '' },
  }
}

/** Where the feed of the same stories is, of either kind. */
export function placeOfFeed(format: FeedRoute['format'], of: FeedRoute['of']): string {
  const place = format === 'atom' ? '/feed.atom' : '/feed.json'
  return of === null ? place : `${place}?${of.kind === 'query' ? 'q' : of.kind}=${encodeURIComponent(of.name)}`
}

/** Longer queries are none that a person writes. */
const MAX_QUERY_UNITS = 1_000

function searchOf(params: URLSearchParams): SearchRoute {
  const before = params.get('before') ?? ''
  return {
    kind: 'search',
    query: (params.get('q') ?? '').trim().slice(0, MAX_QUERY_UNITS),
    order: params.get('order') === 'best' ? 'best' : 'newest',
    before: /^\d{1,15}$/.test(before) ? Number(before) : null,
  }
}

/** Where a search is answered. */
export function placeOfSearch({ query, order, before }: Omit<SearchRoute, 'kind'>): string {
  const rest = [...(order === 'best' ? ['order=best'] : []), ...(before === null ? [] : [`before=${before}`])]
  return `/search?${[`q=${encodeURIComponent(query)}`, ...rest].join('&')}`
}

/** Where a story is shown. */
export const placeOf = ({ day, id }: { day: string; id: string }): string => `/${day}/${id}`

/** Where the newest stories of a section or a paper are shown. */
export function placeOfList(kind: 'section' | 'paper', name: string, before: string | null = null): string {
  return `/${kind}/${name.split('/').map(encodeURIComponent).join('/')}${before === null ? '' : `?before=${before}`}`
}
