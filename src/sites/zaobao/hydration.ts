import { at, isObject, listAt, parseJson, textAt } from '../json.ts'
import type { Json } from '../json.ts'
import { literalEnd, literalValue } from '../literals.ts'
import { type About, type Named, ownOf, whose } from './own.ts'

const MARK = '__staticRouterHydrationData'
const ASSIGNED = /^__staticRouterHydrationData["'\]\s]*=\s*(?:JSON\s*\.\s*parse\s*\(\s*)?(?=["'`{])/
const SEARCHED_MAX = 5000
const TRIED_MAX = 50

/** Past the brace that closes the object beginning at `from`; -1 when it never does. */
function objectEnd(text: string, from: number): number {
  const mark = /["{}]/g
  mark.lastIndex = from
  let depth = 0
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    if (match[0] === '"') {
      const end = literalEnd(text, match.index)
      if (end === -1) return -1
      mark.lastIndex = end
    } else depth += match[0] === '{' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return -1
}

/**
 * The data that React's static router left in the page for its scripts: an object literal, or `JSON.parse` of a string
 * literal, read from the text without running it. `undefined` when there is none that parses.
 */
export function hydrationData(html: string): unknown {
  let tried = 0
  for (let found = html.indexOf(MARK); found !== -1; found = html.indexOf(MARK, found + MARK.length)) {
    tried += 1
    if (tried > TRIED_MAX) return undefined
    const match = ASSIGNED.exec(html.slice(found, found + 200))
    if (match === null) continue
    const from = found + match.index + match[0].length
    const object = html[from] === '{'
    const end = object ? objectEnd(html, from) : literalEnd(html, from)
    if (end === -1) return undefined
    const data = parseJson(object ? html.slice(from, end) : literalValue(html.slice(from, end)))
    if (isObject(data)) return data
  }
  return undefined
}

function valuesOf(value: unknown): unknown[] {
  return isObject(value) ? Object.values(value) : []
}

function isArticle(value: unknown): value is Json {
  return isObject(value) && ('body_cn' in value || ('headline' in value && 'create_time' in value))
}

/** What the data say of a story. */
export interface HydratedArticle extends About {
  readonly data: Json
  /** Where the routes keep the story of the page. */
  readonly isInPlace: boolean
}

const ADDRESS_KEY = /url|href|link|path|canonical/i

function described(data: Json, isInPlace: boolean): HydratedArticle {
  const addresses = Object.entries(data).flatMap(([key, value]) =>
    typeof value === 'string' && ADDRESS_KEY.test(key) ? [value] : [],
  )
  return { data, isInPlace, addresses, headline: textAt(data, 'headline') }
}

/** The stories among the data of the page's routes: those where the page's own is kept first. */
export function hydratedArticles(data: unknown): HydratedArticle[] {
  const routes = valuesOf(at(data, 'loaderData'))
  const paths = [['context', 'payload', 'article'], ['payload', 'article'], ['data', 'article'], ['article']]
  const inPlace = paths.flatMap((path) => routes.map((route) => at(route, ...path)).filter(isArticle))
  const deeper = deeperArticles(data).filter((article) => !inPlace.includes(article))
  return [...inPlace.map((article) => described(article, true)), ...deeper.map((article) => described(article, false))]
}

/** The data of the page's own story; `null` where there are none. Those in their place need no proof, if none is against them. */
export function hydratedArticle(data: unknown, page: Named): Json | null {
  const articles = hydratedArticles(data)
  const possible = articles.filter(({ addresses }) => whose(addresses, page.url) !== 'another')
  const found =
    ownOf(possible, page) ?? possible.find(({ isInPlace }) => isInPlace) ?? (possible.length === 1 ? possible[0] : null)
  return found?.data ?? null
}

/** Every object that holds a body, nearest first. */
function deeperArticles(data: unknown): Json[] {
  const queue: unknown[] = [data]
  for (let index = 0; index < queue.length && index < SEARCHED_MAX; index += 1) {
    const value = queue[index]
    if (isObject(value)) queue.push(...Object.values(value))
    else if (Array.isArray(value)) queue.push(...(value as unknown[]).slice(0, 100))
  }
  return queue
    .slice(0, SEARCHED_MAX)
    .filter(isObject)
    .filter((value) => typeof value['body_cn'] === 'string')
}

/** The HTTP status of the error that the router rendered instead of a page; `null` when it rendered none. */
export function hydratedError(data: unknown): number | null {
  const errors = valuesOf(at(data, 'errors'))
  const status = errors.map((error) => at(error, 'status')).find((value) => typeof value === 'number')
  return typeof status === 'number' ? status : null
}

/** Names in a list of strings or of objects with a name. */
export function namesAt(value: unknown, ...path: string[]): string[] {
  const found = at(value, ...path)
  if (typeof found === 'string') return [found]
  return listAt(value, ...path).flatMap((each) => {
    const name = typeof each === 'string' ? each : at(each, 'name')
    return typeof name === 'string' ? [name] : []
  })
}
