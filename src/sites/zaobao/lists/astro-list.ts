import { all } from '../dom.ts'
import { at, listAt, parseJson } from '../../json.ts'
import type { Entry } from './entries.ts'
import { wholeTitle } from './entries.ts'
import type { ListKind } from './html-list.ts'
import { isAside, timeAmong } from './html-list.ts'
import { entriesOfRows } from './json-lists.ts'

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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpack(each, depth + 1)]))
}

/** What the button for more is given: the next entries, with exact times. */
function loadMore(document: Document, now: number): Entry[] {
  return all(document, ISLAND).flatMap((island) => {
    const props = unpack(parseJson(island.getAttribute('props') ?? ''))
    return entriesOfRows(
      listAt(props, 'list').length > 0 ? listAt(props, 'list') : listAt(at(props, 'data'), 'list'),
      now,
    )
  })
}

function articleLinks(document: Document, now: number): Entry[] {
  return all(document, 'a.article-link[href]').map((link) => {
    const article = link.closest('article')
    const spans = article === null ? [] : all(article, 'span, time').filter((each) => !link.contains(each))
    return {
      title: wholeTitle(link.textContent, link.getAttribute('title')),
      href: link.getAttribute('href'),
      published: timeAmong(spans, now, link.getAttribute('href')),
      holder: article ?? link,
    }
  })
}

/** `/realtime`, all sections: the time and the headline stand in the link. */
function realtimeLinks(document: Document, now: number): Entry[] {
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
          published: timeAmong(spans, now, link.getAttribute('href')),
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
  entries: (document, now) => {
    const more = loadMore(document, now)
    const exact = new Map(more.map((entry) => [entry.href, entry.published]))
    const shown = [...articleLinks(document, now), ...realtimeLinks(document, now)]
    return [...shown.map((entry) => ({ ...entry, published: exact.get(entry.href) ?? entry.published })), ...more]
  },
} satisfies ListKind
