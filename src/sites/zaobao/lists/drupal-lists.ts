import { all, one } from '../dom.ts'
import type { ListKind } from './html-list.ts'
import { entryOf } from './html-list.ts'
import { compactClock } from './list-times.ts'

const TEASER = '.post-item, .node-teaser, .view-mode-teaser'
const REALTIME = '.view-mode-realtime_listing'
const DRUPAL_8 = '.article-type, .on-listing-pages'

/** Drupal 7, and the sister sites that kept its teasers. The home page lists the last stories by their clock alone. */
export const drupal7List = {
  name: 'drupal7',
  era: '2013 to 2019',
  matches: (document) => one(document, `${TEASER}, ${REALTIME}`) !== null,
  entries: (document, now) => [
    ...all(document, REALTIME).map((node) => {
      const entry = entryOf(node, now, { title: 'a > span' })
      return { ...entry, published: compactClock(one(node, 'a > em')?.textContent ?? '', now, entry.href) }
    }),
    ...all(document, TEASER)
      .filter((node) => one(node, TEASER) === null)
      .map((node) => entryOf(node, now, { title: '.title, h2, h3', time: '.datestamp' })),
  ],
} satisfies ListKind

export const drupal8List = {
  name: 'drupal8',
  era: '2019-10 to 2024-06',
  matches: (document) => one(document, `.article-list, ${DRUPAL_8}, div.col.col-lg-12 > a[href*="/story2"]`) !== null,
  entries: (document, now) => [
    ...all(document, 'a.article-type-link').map((link) => {
      const holder = link.closest('.article-type') ?? link
      return {
        ...entryOf(link, now, {}),
        published: entryOf(holder, now, { time: '.meta-published-date, .datestamp' }).published,
        holder,
      }
    }),
    ...all(document, '.on-listing-pages, .article-type')
      .filter((node) => one(node, 'a.article-type-link') === null)
      .map((node) => entryOf(node, now, { time: '.meta-published-date, .datestamp' })),
    ...all(document, 'div.col.col-lg-12 > a').map((link) =>
      entryOf(link, now, { time: '.meta-published-date, .datestamp' }),
    ),
  ],
} satisfies ListKind
