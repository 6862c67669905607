import { all, one } from '../../../core/html/dom.ts'
import type { ListEntry } from '../../lists/entries.ts'
import { entryOf, type ListKind, timeAmong } from '../../lists/html-list.ts'
import type { TimeOf } from '../../lists/list-times.ts'

function entriesIn(card: Element, timeOf: TimeOf): ListEntry[] {
  const link = one(card, '.content-header a[href]') ?? one(card, 'a[href]')
  if (link === null) return []
  const entry = entryOf(link, timeOf)
  const others = all(card, 'span, time, div, p').filter((each) => !each.contains(link) && !link.contains(each))
  return [{ ...entry, published: timeAmong(others, timeOf, entry.href), holder: card }]
}

export const reactList = {
  name: 'react',
  era: '2024-08 on',
  matches: (document) => one(document, '.card-listing') !== null,
  entries: (document, timeOf) => all(document, '.card-listing .card').flatMap((card) => entriesIn(card, timeOf)),
} satisfies ListKind
