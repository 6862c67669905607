import { at, listAt } from '../../json.ts'
import type { JsonLists } from '../../lists/json-lists.ts'

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

/** Lists as data, of the paper, its apps and its crawlers. */
export const jsonLists = {
  fields: {
    titles: ['title', 'headline', 'newsHeadline', 'longHeadline', '标题'],
    links: ['href', 'url', 'link', 'newsHeadlineUrl', '时间'],
    times: ['timestamp', 'publicationDate', 'publicationTime', 'published', 'pubDate', 'create_time', 'newsNtime'],
  },
  rowsOf,
} satisfies JsonLists
