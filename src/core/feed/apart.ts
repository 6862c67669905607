import { type Addresses, withGuid } from '../identity.ts'
import type { Item } from '../model.ts'

/** An item that its guid may have to tell apart from others of its link: a story of the paper has its number. */
export interface Guided extends Item {
  url: string
  guid: string
}

export function isGuided(item: Item, storyId: Addresses['storyId']): item is Guided {
  const { url, guid } = item
  return url !== null && guid !== undefined && guid !== url && /^https?:/i.test(url) && storyId(url) === null
}

/** A feed's items, those that share one link under different guids with addresses of their own: see `withGuid`. */
export function tellApart(items: readonly Item[], { canonicalUrl, storyId }: Addresses): Item[] {
  const guids = new Map<string, Set<string>>()
  for (const item of items.filter((each) => isGuided(each, storyId))) {
    const link = canonicalUrl(item.url)
    guids.set(link, (guids.get(link) ?? new Set()).add(item.guid))
  }
  return items.map((item) => {
    const isShared = isGuided(item, storyId) && guids.get(canonicalUrl(item.url))!.size > 1
    return isShared ? { ...item, url: withGuid(item.url, item.guid) } : item
  })
}
