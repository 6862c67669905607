import { all, someAround } from '../../../core/html/dom.ts'
import { isObject, listAt, parseJson } from '../../json.ts'
import { type ListEntry, wholeTitle } from '../../lists/entries.ts'
import { entryOf, type ListKind, timeAmong } from '../../lists/html-list.ts'
import { entriesOfRows } from '../../lists/json-lists.ts'
import type { TimeOf } from '../../lists/list-times.ts'
import { jsonLists } from './json.ts'

const ISLAND = 'astro-island[component-url*="LoadMoreList"]'

/** Astro writes properties as `[0, value]` and `[1, [values]]`. */
function unpack(value: unknown, depth = 0): unknown {
  if (depth > 12) return null
  if (Array.isArray(value)) {
    const [kind, inner] = value as [unknown, unknown]
    if (kind === 1 && Array.isArray(inner)) return inner.map((each) => unpack(each, depth + 1))
    return kind === 0 ? unpackFields(inner, depth) : null
  }
  return unpackFields(value, depth)
}

function unpackFields(value: unknown, depth: number): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpack(each, depth + 1)]))
}

/** What the button for more is given: the next entries, with exact times. */
function loadMore(document: Document, timeOf: TimeOf): ListEntry[] {
  return all(document, ISLAND).flatMap((island) => {
    const props = unpack(parseJson(island.getAttribute('props') ?? ''))
    const rows = listAt(props, 'list').length > 0 ? listAt(props, 'list') : listAt(props, 'data', 'list')
    return entriesOfRows(rows, jsonLists.fields, timeOf)
  })
}

function articleLinks(document: Document, timeOf: TimeOf): ListEntry[] {
  return all(document, 'a.article-link[href]').map((link) => {
    const article = link.closest('article')
    const spans = article === null ? [] : all(article, 'span, time').filter((each) => !link.contains(each))
    const entry = entryOf(link, timeOf)
    return { ...entry, published: timeAmong(spans, timeOf, entry.href), holder: article ?? link }
  })
}

/** True when an element stands in a side list: those are not the section's. */
function isAside(element: Element): boolean {
  return someAround(
    element,
    (each) => each.localName === 'astro-island' && /HotNews/i.test(each.getAttribute('component-url') ?? ''),
  )
}

/** `/realtime`, all sections: the time and the headline stand in the link. */
function realtimeLinks(document: Document, timeOf: TimeOf): ListEntry[] {
  return all(document, 'a[href] > article')
    .filter((article) => !isAside(article))
    .flatMap((article) => {
      const link = article.parentElement
      if (link === null) return []
      const spans = all(link, 'span').filter((span) => !article.contains(span))
      return [
        {
          title: wholeTitle(article.textContent, link.getAttribute('title') ?? article.getAttribute('title')),
          href: link.getAttribute('href'),
          published: timeAmong(spans, timeOf, link.getAttribute('href')),
          holder: link,
        },
      ]
    })
}

export const astroList = {
  name: 'astro',
  era: '2025-07-30 on',
  matches: (document) =>
    all(document, `[data-testid="article-list"], ${ISLAND}, a.article-link, a[href] > article`).length > 0,
  entries: (document, timeOf) => {
    const more = loadMore(document, timeOf)
    const exact = new Map(more.map((entry) => [entry.href, entry.published]))
    const shown = [...articleLinks(document, timeOf), ...realtimeLinks(document, timeOf)]
    return [...shown.map((entry) => ({ ...entry, published: exact.get(entry.href) ?? entry.published })), ...more]
  },
} satisfies ListKind
