import type { Addresses } from '../identity.ts'
import type { Item } from '../model.ts'
import { CHINESE_ZONE, isPossible, UTC, type Zone } from '../time.ts'
import { type First, firstIn, parseDay, parseTime } from '../time/parse.ts'
import { firstOf } from '../first.ts'
import { present } from '../present.ts'
import { mendLink } from '../web/link.ts'
import { collapse } from './text.ts'
import { urlOf, webUrlOf, withoutCredentials } from '../url.ts'

/** What is known of the feed as a whole while its items are read. */
export interface FeedContext {
  /** What relative addresses of items are relative to; null when nothing tells. */
  base: string | null
  /** The address of the site; `null` where the feed names none. */
  home: string | null
  /** Of a clock that names none. */
  zone: Zone
}

/** What a reader found of one item, best candidate first, before addresses and dates are made sense of. */
export interface Candidates {
  title: string | null
  urls: { href: string; base: string | null }[]
  dates: string[]
  /** Those of `dates` that are of its last change. */
  updates: string[]
  html: string | null
  guid: string | null
  /** Of an item that declares one of its own. */
  lang?: string | null
}

/** The items of a feed: which of `10/11/2021` is the month some tell for all. */
export function toItems(found: readonly Candidates[], feed: FeedContext): Item[] {
  const first = firstIn(found.flatMap(({ dates }) => dates))
  return found.map((each) => toItem(each, feed, first))
}

function toItem(found: Candidates, feed: FeedContext, first: First | null): Item {
  const published = firstOf(found.dates, (date) => possible(parseTime(date, feed.zone, first)))
  const updated = firstOf(found.updates, (date) => possible(parseTime(date, feed.zone, first)))
  const day = published === null ? firstOf(found.dates, (date) => parseDay(date, first)) : null
  return {
    title: found.title,
    url: addressOf(found, feed) ?? unresolved(found, feed),
    published,
    ...present({ day, updated }),
    html: found.html,
    ...present({ guid: found.guid, lang: found.lang }),
  }
}

/** The beginning of 1970 means none: another of the item's dates is asked. */
function possible(time: string | null): string | null {
  return time !== null && isPossible(Date.parse(time), Number.POSITIVE_INFINITY) ? time : null
}

/** The first address that is one; a site's home page, to which all items of some feeds link, is the last resort. */
function addressOf({ urls }: Candidates, feed: FeedContext): string | null {
  const found = urls.flatMap(({ href, base }) => absoluteUrl(href, base ?? feed.base) ?? [])
  return found.find((url) => !/^https?:\/\/[^/?#]*\/?(?:index\.html?)?$/i.test(url)) ?? found[0] ?? null
}

/** A relative address that nothing tells the base of, as the source wrote it: better half an address than none. */
function unresolved({ urls }: Candidates, { base }: FeedContext): string | null {
  if (base !== null) return null
  return firstOf(urls, ({ href }) => (/^[a-z][a-z\d+.-]*:/i.test(href.trim()) ? null : collapse(href)))
}

/** An http address without credentials, made absolute where it is relative; as the source wrote it where it needs no repair. */
export function absoluteUrl(href: string, base: string | null): string | null {
  const text = mendLink(href.replace(/[\u0000-\u001f\u007f]/g, '').trim(), base)
  if (text === '') return null
  const absolute = /^https?:\/\//i.test(text) ? urlOf(text) : null
  const url = absolute ?? (base === null ? null : webUrlOf(text, base))
  if (url === null) return null
  if (url === absolute && url.username + url.password === '' && !/[\s\u0080-\uffff"<>]/.test(text)) return text
  return withoutCredentials(url).href
}

/** The zone of a feed's clock: its paper's; else +08:00 where its language is Chinese, else UTC. */
export function zoneOf(language: string | null, urls: (string | null)[], { ownerOf }: Addresses): Zone {
  // Not `publisherOf`: what this machine serves may be of any paper, and of none.
  const [paper] = urls.flatMap((url) => ownerOf(urlOf(url ?? '')?.hostname ?? '') ?? [])
  if (paper !== undefined) return paper.zone
  return /^zh\b/i.test(language?.trim() ?? '') ? CHINESE_ZONE : UTC
}
