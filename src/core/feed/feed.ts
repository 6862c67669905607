import type { Addresses } from '../identity.ts'
import { mendReferences } from '../text/references.ts'
import { asStandard } from '../text/single-byte.ts'
import type { FeedContext } from './item.ts'
import { readJsonFeed } from './json-feed.ts'
import { feedsNamed } from './discover.ts'
import { isPlainRss, readPlainRss } from './plain-rss.ts'
import { LONE_ITEM, ROOT, scan } from './scan.ts'
import { languageOfFeed, languageOfItem } from './language.ts'
import { contextOf, type FeedOutline, outline, readXmlFeed } from './xml-feed.ts'
import type { Item, Listing } from '../model.ts'
import { present } from '../present.ts'
import { type Message, message } from '../../words/words.ts'
import { WordedError } from '../../words/error.ts'

/** Items read of one feed, from its beginning. What a feed has beyond is left unread. */
export const MAX_FEED_ITEMS = 10_000

/** The source is no feed. The message is one line that says what it is instead. */
export class FeedError extends WordedError {
  override readonly name = 'FeedError'
}

/**
 * What the library's `parseFeed` gives of a decoded feed, guids too, and whether it is all of the feed. Throws `FeedError`
 * where the source is none.
 */
export async function readFeed(source: string, feedUrl: string | null, addresses: Addresses): Promise<Listing> {
  // A search for what is not blank: a run of millions that is matched is more than V8's stack for it may hold.
  const start = source.search(/[^\s\uFEFF\u0000]/)
  const text = asStandard(mendReferences(start === -1 ? '' : source.slice(start)), 'windows-1252')
  if (/^[{[]/.test(text)) {
    const listing = readJsonFeed(text, feedUrl, MAX_FEED_ITEMS, addresses)
    if (listing === null) throw new FeedError(message`JSON, but not a JSON Feed`)
    return listing
  }
  const document = scan(text, { name: /(?:^|:)(?:item|entry)$/, count: MAX_FEED_ITEMS })
  const problem = whyNoFeed(text, document.tags)
  if (problem !== null) {
    const named = feedsNamed(text, feedUrl).slice(0, MOST_NAMED)
    throw new FeedError(named.length === 0 ? problem : message`${[problem, message`its feeds: ${named}`]}`)
  }
  const feed = outline(document, feedUrl)
  const context = contextOf(feed, feedUrl, addresses)
  const items = await readXml(feed, context)
  return { items, end: feed.end, ...present({ home: context.home, lang: languageOfFeed(feed) }) }
}

/** rss-parser reads what it reads well; the tolerant reader everything else. */
async function readXml(feed: FeedOutline, context: FeedContext): Promise<Item[]> {
  const items = (isPlainRss(feed) ? await readPlainRss(feed, context) : null) ?? readXmlFeed(feed, context)
  return items.map((item, place) => {
    const lang = languageOfItem(feed.items[place]!)
    return lang === null ? item : { ...item, lang }
  })
}

/** Documents that are taken for feeds, by the first of their elements that tells. */
const OTHERS: [RegExp, Message][] = [
  [/^(?:html|head|body|frameset)$/, message`an HTML page, not a feed`],
  [/^(?:[\w.-]+:)?(?:urlset|sitemapindex)$/, message`a sitemap, not a feed`],
  [/^opml$/, message`an OPML list of feeds, not a feed`],
  [/^svg$/, message`a picture, not a feed`],
]

/** Of the many feeds that a page may name, those of sections and tags stand last. */
const MOST_NAMED = 3

function whyNoFeed(text: string, tags: FeedOutline['document']['tags']): Message | null {
  if (text.trim() === '') return message`an empty document, not a feed`
  for (const { kind, name } of tags) {
    if (kind !== 'open' && kind !== 'empty') continue
    const other = OTHERS.find(([pattern]) => pattern.test(name))
    if (other !== undefined) return other[1]
    if (ROOT.test(name)) return null
  }
  if (tags.some(({ kind, name }) => kind === 'open' && LONE_ITEM.test(name))) return null
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text.slice(0, 1000))) return message`binary data, not a feed`
  if (/^<!doctype html/i.test(text)) return message`an HTML page, not a feed`
  return tags.length > 0 ? message`markup without a feed in it` : message`plain text, not a feed`
}
