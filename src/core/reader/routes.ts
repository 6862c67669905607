import { ID } from '../identity.ts'
import { decoded } from '../web/escapes.ts'
import { MEDIA_PATH } from '../media/kept.ts'
import { isDay, isMonth } from '../time.ts'

/** A page of the reader, by what its address says. */
export type Route =
  | { kind: 'newest' | 'months' | 'sections' | 'status' | 'style' | 'script' | 'icon' }
  | DayRoute
  | { kind: 'year'; year: string }
  | { kind: 'month'; month: string }
  /** `before`: stories of earlier days alone; `null`: from the newest on. */
  | (StoryList & { before: string | null })
  /** `remote`: its pictures are shown from where they stand. */
  | { kind: 'story'; day: string; id: string; remote: boolean }
  | { kind: 'file'; day: string; id: string }
  /** What changed in a text, by its number; `null`: in the last one. */
  | { kind: 'changes'; day: string; id: string; number: number | null }
  | { kind: 'picture'; path: string }
  | SearchRoute
  | FeedRoute

/** A section, or a paper. */
export interface StoryList {
  kind: 'section' | 'paper'
  name: string
}

/** A day. `section`: of which alone its stories are shown; `page`: from 1, where it has more than stand on one. */
export interface DayRoute {
  kind: 'day'
  day: string
  section: string | null
  page: number
}

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
  if (isDay(path.slice(1))) return dayOf(path.slice(1), searchParams)
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
  of: StoryList | { kind: 'query'; name: string } | null
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

function dayOf(day: string, params: URLSearchParams): DayRoute {
  const page = params.get('page') ?? ''
  return { kind: 'day', day, section: params.get('section'), page: /^[1-9]\d*$/.test(page) ? Number(page) : 1 }
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

/** The address of a page as links have it; `null` where there is no such page. */
export type Links = (route: Route) => string | null

/** The address at which a page is served, which `routeOf` reads. */
export function servedAt(route: Route): string {
  switch (route.kind) {
    case 'day':
      return `/${route.day}${asked({ section: route.section, page: route.page === 1 ? null : route.page })}`
    case 'year':
      return `/${route.year}`
    case 'month':
      return `/${route.month}`
    case 'section':
    case 'paper':
      return `/${route.kind}/${route.name.split('/').map(encodeURIComponent).join('/')}${asked({ before: route.before })}`
    case 'story':
      return `/${route.day}/${route.id}${asked({ pictures: route.remote ? 'remote' : null })}`
    case 'file':
      return `/${route.day}/${route.id}.txt`
    case 'changes':
      return `/${route.day}/${route.id}/changes${route.number === null ? '' : `/${route.number}`}`
    case 'picture':
      return `/${route.path}`
    case 'search': {
      const { query: q, order, before } = route
      return `/search${asked({ q: q === '' ? null : q, order: order === 'best' ? order : null, before })}`
    }
    case 'feed': {
      const { format, of } = route
      const place = format === 'atom' ? '/feed.atom' : '/feed.json'
      return of === null ? place : `${place}${asked({ [of.kind === 'query' ? 'q' : of.kind]: of.name })}`
    }
    default:
      return Object.keys(FIXED).find((path) => FIXED[path]?.kind === route.kind) ?? '/'
  }
}

/** The query of an address, of what has a value. */
function asked(params: Readonly<Record<string, string | number | null>>): string {
  const pairs = Object.entries(params).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** A day with all its stories, from the newest on, or a further page of them. */
export const dayRoute = (day: string, page = 1): DayRoute => ({ kind: 'day', day, section: null, page })

/** A story, its pictures as the archive has them. */
export const storyRoute = ({ day, id }: { day: string; id: string }): Route & { kind: 'story' } => {
  return { kind: 'story', day, id, remote: false }
}

/** What changed in a text of a story. */
export const changesRoute = ({ day, id }: { day: string; id: string }, number: number | null = null): Route => {
  return { kind: 'changes', day, id, number }
}

/** The newest stories of a section or a paper. */
export function listRoute(kind: StoryList['kind'], name: string, before: string | null = null): Route {
  return { kind, name, before }
}
