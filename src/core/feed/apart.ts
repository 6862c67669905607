import { getOrMake } from '../get-or-make.ts'
import { type Addresses, withGuid } from '../identity.ts'
import type { Item } from '../model.ts'

/** An item that its guid may have to tell apart from others of its link: a story of the paper has its number. */
interface Guided extends Item {
  url: string
  guid: string
}

/** True for an item whose guid tells more than its link, which is no story's of a paper that is known. */
export function isGuided(item: Item, storyId: Addresses['storyId']): item is Guided {
  const { url, guid } = item
  return url !== null && guid !== undefined && guid !== url && /^https?:/i.test(url) && storyId(url) === null
}

/** True for such an item with a text of its own. Of those that share a link, the others are the story of the link's page. */
export function isApart(item: Item, storyId: Addresses['storyId']): item is Guided {
  return isGuided(item, storyId) && item.html !== null
}

/**
 * An item; one that has no guid but its link has the place in the page to which that leads for its guid: each note in a list
 * of changes has one.
 */
export function withPlace(item: Item): Item {
  const { url, guid = url } = item
  const place = guid === url ? /#(.+)$/s.exec(url ?? '')?.[1] : undefined
  return place === undefined ? item : { ...item, guid: place }
}

/**
 * A feed's items, those that share one link and say different things under different guids with addresses of their own: see
 * `withGuid`.
 */
export function tellApart(items: readonly Item[], { canonicalUrl, storyId }: Addresses): Item[] {
  const said = new Map<string, Map<string, string>>()
  for (const item of items) {
    if (!isApart(item, storyId)) continue
    const guids = getOrMake(said, canonicalUrl(item.url), () => new Map<string, string>())
    guids.set(item.guid, `${item.title}\n${item.html}`)
  }
  const shared = new Set([...said].flatMap(([link, guids]) => (new Set(guids.values()).size > 1 ? [link] : [])))
  return items.map((item) => {
    const isShared = isApart(item, storyId) && shared.has(canonicalUrl(item.url))
    return isShared ? { ...item, url: withGuid(item.url, item.guid) } : item
  })
}
