import { parseLoosely } from '../../../core/text/json.ts'
import { at, isObject, listAt, textAt } from '../../json.ts'
import { readTime } from '../times.ts'
import type { Entries, Entry } from './entries.ts'
import { listTime } from './list-times.ts'

/** Names under which lists of the paper, its apps and its crawlers keep the same things. */
const TITLES = ['title', 'headline', 'newsHeadline', 'longHeadline', '标题']
const LINKS = ['href', 'url', 'link', 'newsHeadlineUrl', '时间']
const TIMES = ['timestamp', 'publicationDate', 'publicationTime', 'published', 'pubDate', 'create_time', 'newsNtime']

function first(row: unknown, names: readonly string[]): string | null {
  for (const name of names) {
    const value = textAt(row, name)
    if (value !== null) return value
  }
  return null
}

function timeOf(row: unknown, now: number, href: string | null): string | null {
  for (const name of TIMES) {
    const value = at(row, name)
    const time = typeof value === 'string' ? listTime(value, now, href) : readTime(value)
    if (time !== null) return time
  }
  return null
}

/** Entries of rows of objects, whatever the names they use. */
export function entriesOfRows(rows: readonly unknown[], now: number): Entry[] {
  return rows
    .filter(isObject)
    .map((row) => ({ row, href: first(row, LINKS) }))
    .map(({ row, href }) => ({ title: first(row, TITLES), href, published: timeOf(row, now, href) }))
}

/**
 * The arrays in which known answers keep their rows: `_plat/api/v2/page-content` (`response.articles`, or
 * `response.pageContentList[].articles`), `trending` (`response.dailyTopArticles`, `weeklyTopArticles`),
 * `/more/sitemap` (`result.data`), and rows that crawlers saved. `null` when there is none.
 */
function rowsOf(data: unknown): unknown[] | null {
  if (Array.isArray(data)) return data
  const response = at(data, 'response')
  const lists = [
    at(response, 'articles'),
    ...listAt(response, 'pageContentList').map((part) => at(part, 'articles')),
    at(response, 'dailyTopArticles'),
    at(response, 'weeklyTopArticles'),
    at(data, 'result', 'data'),
    at(data, 'data'),
    at(data, 'articles'),
  ].filter((list) => Array.isArray(list))
  if (lists.length > 0) return lists.flat()
  return Array.isArray(at(response, 'pageContentList')) ? [] : null
}

/** Entries of a JSON list; `null` when the text is no JSON list of a known kind. */
export function readJsonList(body: string, now: number): Entries | null {
  const { value, whole } = parseLoosely(body)
  const rows = rowsOf(value)
  if (rows === null) return null
  const entries = entriesOfRows(rows, now)
  return rows.length > 0 && entries.every((entry) => entry.href === null)
    ? null
    : { entries, end: whole ? 'whole' : 'cut' }
}
