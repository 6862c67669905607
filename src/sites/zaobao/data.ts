import { at, isObject, type Json, listAt, parseJson, textAt } from '../json.ts'
import { assignedObject } from '../literals.ts'
import { type NamedPage, ownOf, whose } from '../page/own-data.ts'
import type { Part } from '../page/page.ts'
import type { Mention, PageData, Sheet } from '../page/paper.ts'

const SEARCHED_MAX = 5000

function valuesOf(value: unknown): unknown[] {
  return isObject(value) ? Object.values(value) : []
}

function isArticle(value: unknown): value is Json {
  return isObject(value) && ('body_cn' in value || ('headline' in value && 'create_time' in value))
}

/** What the data say of a story. */
interface Article extends Mention {
  readonly data: Json
  /** Where the routes keep the story of the page. */
  readonly isInPlace: boolean
}

const ADDRESS_KEY = /url|href|link|path|canonical/i

function described(data: Json, isInPlace: boolean): Article {
  const addresses = Object.entries(data).flatMap(([key, value]) =>
    typeof value === 'string' && ADDRESS_KEY.test(key) ? [value] : [],
  )
  return { data, isInPlace, addresses, headline: textAt(data, 'headline') }
}

/** The stories among the data of the page's routes: those where the page's own is kept first. */
function articlesIn(data: unknown): Article[] {
  const routes = valuesOf(at(data, 'loaderData'))
  const paths = [['context', 'payload', 'article'], ['payload', 'article'], ['data', 'article'], ['article']]
  const inPlace = paths.flatMap((path) => routes.map((route) => at(route, ...path)).filter(isArticle))
  const deeper = deeperArticles(data).filter((article) => !inPlace.includes(article))
  return [...inPlace.map((article) => described(article, true)), ...deeper.map((article) => described(article, false))]
}

/** The data of the page's own story; `null` where there are none. Those in their place need no proof, if none is against them. */
export function articleIn(page: Sheet, headlines: NamedPage['headlines']): Json | null {
  const articles = articlesIn(page.data())
  const possible = articles.filter(({ addresses }) => whose(addresses, page) !== 'another')
  const found =
    ownOf(possible, { url: page.url, paper: page.paper, headlines }) ??
    possible.find(({ isInPlace }) => isInPlace) ??
    (possible.length === 1 ? possible[0] : null)
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
function errorIn(data: unknown): number | null {
  const errors = valuesOf(at(data, 'errors'))
  return errors.map((error) => at(error, 'status')).find((value) => typeof value === 'number') ?? null
}

/** The script in which Drupal keeps its settings. */
export const SETTINGS = 'script[data-drupal-selector=drupal-settings-json]'

/** What Drupal's settings tell of a story: `created` and `changed`, Unix seconds as text. From 2023-02 the page shows no other. */
export function detailsOf(settings: readonly Part[]): unknown {
  return settings.map((script) => at(parseJson(script.inner), 'articleDetails')).find((each) => each !== undefined)
}

const PUBDATE = /["']?pubdate["']?\s*[:=]\s*["']([^"']{8,40})["']/

/** What the router of the React site left in the page for its scripts, and what pages before it tell theirs. */
export const data = {
  in: (html) => assignedObject(html, '__staticRouterHydrationData'),
  holdStory: (found) => articlesIn(found).length > 0,
  status: errorIn,
  told(page, headlines) {
    const article = articleIn(page, headlines)
    return {
      headline: textAt(article, 'headline'),
      times: {
        data: [at(article, 'create_time'), at(article, 'publication_date')],
        settings: [at(detailsOf(page.parts({ settings: SETTINGS }).settings), 'created')],
        script: [PUBDATE.exec(page.html)?.[1]],
      },
      bodyHtml: textAt(article, 'body_cn'),
      pictures: article === null ? null : listAt(article, 'images').length,
    }
  },
} satisfies PageData
