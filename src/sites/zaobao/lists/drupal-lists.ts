import { all, one } from '../../../core/html/dom.ts'
import { entryOf, type ListKind } from '../../lists/html-list.ts'
import type { TimeOf } from '../../lists/list-times.ts'

const TEASER = '.post-item, .node-teaser, .view-mode-teaser'
const REALTIME = '.view-mode-realtime_listing'
const DRUPAL_8 = '.article-type, .on-listing-pages'
const DRUPAL_8_TIME = '.meta-published-date, .datestamp'

/** The clock of four digits that Drupal 7 showed, `2324`; elsewhere four digits may count anything. */
export function compactClock(text: string, timeOf: TimeOf, href: string | null): string | null {
  const [, hour, minute] = /^(\d{2})(\d{2})$/.exec(text.trim()) ?? []
  return hour === undefined ? null : timeOf(`${hour}:${minute}`, href)
}

/** Drupal 7, and the sister sites that kept its teasers. The home page lists the last stories by their clock alone. */
export const drupal7List = {
  name: 'drupal7',
  era: '2013 to 2019',
  matches: (document) => one(document, `${TEASER}, ${REALTIME}`) !== null,
  entries: (document, timeOf) => [
    ...all(document, REALTIME).map((node) => {
      const entry = entryOf(node, timeOf, { title: 'a > span' })
      return { ...entry, published: compactClock(one(node, 'a > em')?.textContent ?? '', timeOf, entry.href) }
    }),
    ...all(document, TEASER)
      .filter((node) => one(node, TEASER) === null)
      .map((node) => entryOf(node, timeOf, { title: '.title, h2, h3', time: '.datestamp' })),
  ],
} satisfies ListKind

export const drupal8List = {
  name: 'drupal8',
  era: '2019-10 to 2024-06',
  matches: (document) => one(document, `.article-list, ${DRUPAL_8}, div.col.col-lg-12 > a[href*="/story2"]`) !== null,
  entries: (document, timeOf) => [
    ...all(document, 'a.article-type-link').map((link) => {
      const holder = link.closest('.article-type') ?? link
      return {
        ...entryOf(link, timeOf),
        published: entryOf(holder, timeOf, { time: DRUPAL_8_TIME }).published,
        holder,
      }
    }),
    ...all(document, '.on-listing-pages, .article-type')
      .filter((node) => one(node, 'a.article-type-link') === null)
      .map((node) => entryOf(node, timeOf, { time: DRUPAL_8_TIME })),
    ...all(document, 'div.col.col-lg-12 > a').map((link) => entryOf(link, timeOf, { time: DRUPAL_8_TIME })),
  ],
} satisfies ListKind
