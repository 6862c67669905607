import { isObject } from '../shape.ts'
import type { Addresses } from '../identity.ts'
import type { Listing } from '../model.ts'
import { present } from '../present.ts'
import { type LooseJson, parseLoosely } from '../text/json.ts'
import { absoluteUrl, type Candidates, type FeedContext, zoneOf, toItems } from './item.ts'
import { collapse, htmlOfText, markup, textIn, withPicturesBelow } from './text.ts'

/**
 * The items of a JSON Feed (jsonfeed.org, 1.x); null when the text is JSON, or almost, but no feed. A feed that is cut
 * off or broken in places gives every item that is whole.
 */
export function readJsonFeed(
  text: string,
  feedUrl: string | null,
  maxItems: number,
  addresses: Addresses,
): Listing | null {
  const { value: feed, whole } = read(text)
  const items = isObject(feed) ? feed['items'] : null
  if (!isObject(feed) || !Array.isArray(items)) return null
  if (!isFeed(feed, items)) return null
  const lang = textIn(feed['language'])
  const own = feedUrl ?? absoluteUrl(textIn(feed['feed_url']) ?? '', null)
  const home = absoluteUrl(textIn(feed['home_page_url']) ?? '', own)
  const context = {
    base: home ?? own,
    home,
    zone: zoneOf(lang, [own, home], addresses),
  }
  const objects = items.filter(isObject)
  const found = objects.slice(0, maxItems).map((item) => candidates(item, context))
  return {
    items: toItems(found, context),
    end: objects.length > maxItems ? 'beyond' : whole ? 'whole' : 'cut',
    ...present({ home, lang }),
  }
}

function isFeed(feed: Record<string, unknown>, items: unknown[]): boolean {
  if (/jsonfeed\.org/i.test(textIn(feed['version']) ?? '')) return true
  const fields = ['url', 'title', 'content_html', 'content_text', 'external_url']
  return items.some((item) => isObject(item) && fields.some((field) => textIn(item[field]) !== null))
}

/** The items are read although what stands before them is broken. */
function read(text: string): LooseJson {
  const found = parseLoosely(text)
  const start = found.value === undefined ? /"items"\s{0,99}:\s{0,99}\[/.exec(text) : null
  return start === null ? found : parseLoosely(`{${text.slice(start.index)}`)
}

function candidates(item: Record<string, unknown>, feed: FeedContext): Candidates {
  const urls = [textIn(item['url']), textIn(item['external_url']), identifier(item)]
  const updates = date(item, 'date_modified')
  const plain = textIn(item['content_text']) ?? textIn(item['summary'])
  return {
    title: collapse(textIn(item['title']) ?? ''),
    urls: urls.filter((url) => url !== null).map((href) => ({ href, base: null })),
    dates: [...date(item, 'date_published'), ...updates],
    updates,
    html: withPicturesBelow(
      markup(textIn(item['content_html']) ?? '') ?? markup(htmlOfText(plain ?? '')),
      picturesOf(item, feed.base),
    ),
    guid: idOf(item),
    lang: textIn(item['language']),
  }
}

/** A date as it is written, where there is one; some are numbers. */
function date(item: Record<string, unknown>, key: string): string[] {
  const value = item[key]
  const text = typeof value === 'number' ? String(value) : textIn(value)
  return text === null ? [] : [text]
}

/** The pictures that an item names beside its text. */
function picturesOf(item: Record<string, unknown>, base: string | null): string[] {
  const attachments = Array.isArray(item['attachments']) ? item['attachments'].filter(isObject) : []
  const files = attachments.filter((file) => /^image\//i.test(textIn(file['mime_type']) ?? ''))
  return [textIn(item['image']), ...files.map((file) => textIn(file['url']))].flatMap(
    (url) => absoluteUrl(url ?? '', base) ?? [],
  )
}

/** Feeds write numbers too, which the standard has read as text. */
function idOf({ id }: Record<string, unknown>): string | null {
  return typeof id === 'number' ? String(id) : typeof id === 'string' ? collapse(id) : null
}

function identifier(item: Record<string, unknown>): string | null {
  const id = textIn(item['id'])
  return id !== null && /^https?:\/\//i.test(id) ? id : null
}
