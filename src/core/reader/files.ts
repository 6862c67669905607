import { sha256 } from '../hash.ts'
import { type Links, type Route, servedAt, type StoryList } from './routes.ts'

/**
 * The file of a static site that holds a page; `null` for what such a site does without. Names are of small letters, digits, `-`
 * and `.`, none of them one that Windows keeps for itself.
 */
export function fileOf(route: Route): string | null {
  switch (route.kind) {
    case 'newest':
      return 'index.html'
    case 'months':
    case 'sections':
    case 'search':
      return `${route.kind}.html`
    case 'day':
      return route.section === null ? `${route.day}${route.page === 1 ? '' : `-page-${route.page}`}.html` : null
    case 'year':
      return `${route.year}.html`
    case 'month':
      return `${route.month}.html`
    case 'section':
    case 'paper':
      return `${listName(route)}${route.before === null ? '' : `-before-${route.before}`}.html`
    case 'story':
      return route.remote ? null : `${storyName(route)}.html`
    case 'file':
      return `${storyName(route)}.txt`
    case 'changes':
      return `${storyName(route)}-changes${route.number === null ? '' : `-${route.number}`}.html`
    case 'picture':
      return route.path
    case 'feed': {
      const { of } = route
      const end = route.format === 'atom' ? 'atom' : 'json'
      if (of?.kind === 'query') return null
      return of === null ? `feed.${end}` : `${listName(of)}.${end}`
    }
    case 'style':
    case 'script':
    case 'icon':
      return servedAt(route).slice(1)
    default:
      return null
  }
}

/** Ids hold no `-`. */
const storyName = ({ day, id }: { day: string; id: string }): string => `${day}/${id.replace('.', '-')}`

/** What cannot stand in a name as it is is told by a hash. */
function listName({ kind, name }: StoryList): string {
  if (/^[a-z]{1,40}$/.test(name)) return `${kind}-${name}`
  const like = name.replace(/[^a-z\d]+/g, '-').slice(0, 40)
  const hash = sha256(name).slice(0, 10)
  return `${kind}-${like}-${hash}`.replace(/-{2,}/g, '-')
}

/** Links from a file of a static site, relative, so that it may stand below any path. */
export function linksFrom(file: string): Links {
  const up = '../'.repeat(file.split('/').length - 1)
  return (route) => {
    const name = fileOf(route)
    return name === null ? null : `${up}${name}`
  }
}
