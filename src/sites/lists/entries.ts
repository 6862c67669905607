import type { End, Item } from '../../core/model.ts'
import { mendLink } from '../../core/web/link.ts'
import { timeOfDay } from '../../core/time.ts'
import { addressesOf } from '../../core/identity.ts'
import type { Publisher } from '../../core/publisher.ts'
import { urlOf } from '../../core/url.ts'
import { collapse } from '../text.ts'

/** An entry of a list before its link is looked at. */
export interface ListEntry {
  title: string | null
  href: string | null
  published: string | null
  /** The element of a page that holds all of it. */
  holder?: Element
}

/** The entries of a list as far as it came. */
export interface Entries {
  entries: ListEntry[]
  end: End
}

const ELLIPSIS = /(?:…+|⋯+|\.{3,})$/

/** The whole headline: the `title` attribute where the text is cut. */
export function wholeTitle(text: string, attribute: string | null): string | null {
  const shown = collapse(text)
  const whole = collapse(attribute ?? '')
  const stem = shown.replace(ELLIPSIS, '')
  const title = whole !== '' && (shown === '' || whole.startsWith(stem) || stem !== shown) ? whole : shown
  return title === '' ? null : title
}

/**
 * Items of the entries that are stories of the paper (or of the host that the list itself came from), each once: one
 * that comes again only adds what the first left out. Links to other hosts are passed over. `ofSite`: all that is of the host.
 */
export function itemsOf(entries: Iterable<ListEntry>, base: string, publisher: Publisher, ofSite = false): Item[] {
  const { identify, storyId } = addressesOf([publisher])

  function storyUrl(href: string | null): URL | null {
    const link = mendLink(href?.trim() ?? '', base)
    const url = link === '' ? null : urlOf(link, base)
    if (url === null) return null
    if (storyId(url.href) !== null) return url
    const own = urlOf(base)?.host === url.host && !publisher.isImitator(url.hostname)
    if (ofSite) return own && (url.pathname !== '/' || url.search !== '') ? url : null
    return own && /^https?:$/.test(url.protocol) && publisher.storyAt(url.pathname, url.search) !== null ? url : null
  }

  const items = new Map<string, Item>()
  for (const entry of entries) {
    const url = storyUrl(entry.href)
    if (url === null) continue
    const published = timeOfDay(entry.published, identify(url.href).day, publisher.zone)
    const key = storyId(url.href) ?? (ofSite ? url.href : url.pathname)
    const title = entry.title === null ? null : collapse(entry.title) || null
    const known = items.get(key)
    if (known === undefined) items.set(key, { title, url: url.href, published, html: null })
    else {
      known.title ??= title
      known.published ??= published
    }
  }
  return [...items.values()]
}
