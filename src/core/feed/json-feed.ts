import type { Item } from '../model.ts'
import { absoluteUrl, type FeedContext, zoneOf, toItem } from './item.ts'
import { collapse, escapeHtml, markup } from './text.ts'

/**
 * The items of a JSON Feed (jsonfeed.org, 1.x); null when the text is JSON, or almost, but no feed. A feed that is cut
 * off or broken in places gives every item that is whole.
 */
export function readJsonFeed(text: string, feedUrl: string | null, maxItems: number): Item[] | null {
  const feed = text.startsWith('{') ? parseLoosely(text) : null
  const items = isObject(feed) ? feed['items'] : null
  if (!isObject(feed) || !Array.isArray(items)) return null
  if (!isFeed(feed, items)) return null
  const home = absoluteUrl(string(feed, 'home_page_url') ?? '', feedUrl)
  const context = {
    base: home ?? feedUrl ?? string(feed, 'feed_url'),
    zone: zoneOf(string(feed, 'language'), [feedUrl, home]),
  }
  return items
    .filter(isObject)
    .slice(0, maxItems)
    .map((item) => readItem(item, context))
}

function isFeed(feed: Record<string, unknown>, items: unknown[]): boolean {
  if (/jsonfeed\.org/i.test(string(feed, 'version') ?? '')) return true
  const fields = ['url', 'title', 'content_html', 'content_text', 'external_url']
  return items.some((item) => isObject(item) && fields.some((field) => string(item, field) !== null))
}

function parseLoosely(text: string): unknown {
  const whole = parse(text)
  if (whole !== null) return whole
  const start = /"items"\s{0,99}:\s{0,99}\[/.exec(text)
  if (start === null) return null
  const begin = start.index + start[0].length
  const head = parse(`${text.slice(0, begin)}]}`)
  return { ...(isObject(head) ? head : {}), items: objectsFrom(text, begin) }
}

/** Null for what is no JSON; control characters inside strings, which JSON forbids, do no harm. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/[\u0000-\u001f]/g, ' '))
  } catch {
    return null
  }
}

/**
 * The objects of a list that is no whole JSON, each read alone, so that a broken one costs no other. By hand: patterns
 * that match strings of megabytes overflow the stack.
 */
function objectsFrom(text: string, begin: number): unknown[] {
  const found: unknown[] = []
  let depth = 0
  let start = begin
  let quoted = false
  for (let i = begin; i < text.length; i++) {
    const mark = text[i]
    if (mark === '\\') i++
    else if (mark === '"') quoted = !quoted
    else if (quoted) continue
    else if (mark === '{' && depth++ === 0) start = i
    else if (mark === '}' && depth > 0 && --depth === 0) found.push(parse(text.slice(start, i + 1)))
  }
  return found
}

function readItem(item: Record<string, unknown>, feed: FeedContext): Item {
  const urls = [string(item, 'url'), string(item, 'external_url'), identifier(item)]
  const dates = [string(item, 'date_published'), string(item, 'date_modified')]
  const plain = string(item, 'content_text') ?? string(item, 'summary')
  return toItem(
    {
      title: collapse(string(item, 'title') ?? ''),
      urls: urls.filter((url) => url !== null).map((href) => ({ href, base: null })),
      dates: dates.filter((date) => date !== null),
      html: markup(string(item, 'content_html') ?? '') ?? markup(escapeHtml(plain ?? '')),
    },
    feed,
  )
}

function identifier(item: Record<string, unknown>): string | null {
  const id = string(item, 'id')
  return id !== null && /^https?:\/\//i.test(id) ? id : null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function string(from: Record<string, unknown>, key: string): string | null {
  const value = Object.hasOwn(from, key) ? from[key] : null
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
