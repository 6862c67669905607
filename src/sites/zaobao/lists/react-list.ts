import { all, one } from '../dom.ts'
import type { Entry } from './entries.ts'
import { wholeTitle } from './entries.ts'
import type { ListKind } from './html-list.ts'
import { timeAmong } from './html-list.ts'

function entryOf(card: Element, now: number): Entry {
  const link = one(card, '.content-header a[href]') ?? one(card, 'a[href]')
  const href = link?.getAttribute('href') ?? null
  const others = all(card, 'span, time, div, p').filter(
    (each) => link === null || (!each.contains(link) && !link.contains(each)),
  )
  return {
    title: wholeTitle(link?.textContent ?? '', link?.getAttribute('title') ?? null),
    href,
    published: timeAmong(others, now, href),
    holder: card,
  }
}

export const reactList = {
  name: 'react',
  era: '2024-08 on',
  matches: (document) => one(document, '.card-listing') !== null,
  entries: (document, now) => all(document, '.card-listing .card').map((card) => entryOf(card, now)),
} satisfies ListKind
