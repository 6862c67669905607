import { withPlace } from '../../core/feed/apart.ts'
import { withGuid } from '../../core/identity.ts'
import type { Item, Listing } from '../../core/model.ts'
import { isPossible, timeOfDay } from '../../core/time.ts'
import { addresses, DEFAULT_PUBLISHER, identify, zoneOf } from '../../sites/publishers.ts'
import { WordedError } from '../../words/error.ts'
import { type Message, message, pluralOf } from '../../words/words.ts'

/** A sitemap holds no more (sitemaps.org, protocol). */
const MAX_LIST_ITEMS = 50_000

/**
 * The items in a feed, list page or sitemap. A list that was saved to a file (its `url` is empty) is one of the default
 * edition, but for a sitemap, which is of the site that it names. Throws an `Error` whose message is one line when it is neither.
 */
export async function readItems(
  source: { body: Uint8Array; contentType: string | null; url: string },
  kind: 'feed' | 'list' | 'any',
  nowMs: number,
): Promise<Listing> {
  // The readers are loaded when there is something to read: most polls bring a 304.
  const { decode } = await import('../../core/text/charset.ts')
  const body = decode(source.body, source.contentType)
  if (kind !== 'feed') {
    const { firstInSitemap, readList, whatCame } = await import('../../sites/index.ts')
    const url = source.url || firstInSitemap(body) || DEFAULT_PUBLISHER.origin
    const listing = readList({ body, url }, nowMs)
    if (listing !== null) return bounded(listing)
    if (kind === 'list')
      throw new WordedError(
        whatCame({ html: body, url: source.url }, 'list') ?? message`not a list page of a known kind`,
      )
  }
  const { readFeed } = await import('../../core/feed/feed.ts')
  try {
    return inTheirDays(await readFeed(body, source.url, addresses), nowMs)
  } catch (error) {
    const { whatCame } = await import('../../sites/index.ts')
    const fault = whatCame({ html: body, url: source.url }, 'feed')
    throw fault === null ? error : new WordedError(fault)
  }
}

/** A feed may give the time of the request for that of a story. A day that is still to come tells nothing. */
function inTheirDays({ items, ...listing }: Listing, nowMs: number): Listing {
  const timed = items.map(withPlace).map(({ day, ...item }) => {
    const told = day === undefined || !isPossible(Date.parse(day), nowMs) ? item : { ...item, day }
    if (item.url === null) return atHome(told, listing)
    return { ...told, published: timeOfDay(item.published, identify(item.url).day, zoneOf(item.url)) }
  })
  return { ...listing, items: timed }
}

/** An item that has a guid alone, as of podcasts, is one of several at the address of its site. */
function atHome(item: Item, { home }: Pick<Listing, 'home'>): Item {
  return item.guid === undefined || home === undefined ? item : { ...item, url: withGuid(home, item.guid) }
}

function bounded({ items, end }: Listing): Listing {
  return items.length > MAX_LIST_ITEMS ? { items: items.slice(0, MAX_LIST_ITEMS), end: 'beyond' } : { items, end }
}

/** One line on a listing that is cut off, in transfer or where it was made; null for any other. */
export function faultOf({ items, end }: Listing): Message | null {
  if (end !== 'cut') return null
  return items.length === 0
    ? message`it is cut off before its first item is whole`
    : pluralOf(
        items.length,
        message`it is cut off: ${items.length} item of it is whole`,
        message`it is cut off: ${items.length} items of it are whole`,
      )
}
