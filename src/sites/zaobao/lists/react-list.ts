import { all, one } from '../../dom.ts'
import { type ListEntry, wholeTitle } from '../../lists/entries.ts'
import { type ListKind, timeAmong } from '../../lists/html-list.ts'
import type { TimeOf } from '../../lists/list-times.ts'

function entryOf(card: Element, timeOf: TimeOf): ListEntry {
  const link = one(card, '.content-header a[href]') ?? one(card, 'a[href]')
  const href = link?.getAttribute('href') ?? null
  const others = all(card, 'span, time, div, p').filter(
    (each) => link === null || (!each.contains(link) && !link.contains(each)),
  )
  return {
    title: wholeTitle(link?.textContent ?? '', link?.getAttribute('title') ?? null),
    href,
    published: timeAmong(others, timeOf, href),
    holder: card,
  }
}

export const reactList = {
  name: 'react',
  era: '2024-08 on',
  matches: (document) => one(document, '.card-listing') !== null,
  entries: (document, timeOf) => all(document, '.card-listing .card').map((card) => entryOf(card, timeOf)),
} satisfies ListKind
