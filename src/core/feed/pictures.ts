import { attributesOf, type Element, type ElementsByName, elementsNamed } from './element.ts'
import { absoluteUrl } from './item.ts'
import { urlOf } from '../url.ts'

/** A group of renditions has no more tags before one of them. */
const MOST_BEFORE = 200
/** What in the query of a picture says how large it is to be, and signs that. */
const OF_SIZE = /^(?:w|width|h|height|s|sig|size|resize|fit|crop|q|quality|dpr|auto|format)$/i

interface Picture {
  address: string
  width: number
}

/** Where the group of renditions around an element begins (Media RSS, `media:group`); `null` where none is around it. */
function groupAround({ document, index }: Element): number | null {
  const { tags } = document
  for (let at = index - 1; at >= Math.max(0, index - MOST_BEFORE); at -= 1) {
    const tag = tags[at]!
    if (tag.kind === 'open' && /(?:^|:)group$/.test(tag.name) && tag.match > index) return at
    if (tag.kind === 'open' && /(?:^|:)(?:item|entry)$/.test(tag.name)) return null
  }
  return null
}

function withoutSize(address: string): string {
  const url = urlOf(address)
  if (url === null) return address
  for (const name of new Set(url.searchParams.keys())) if (OF_SIZE.test(name)) url.searchParams.delete(name)
  return url.href
}

/**
 * The addresses of the pictures that stand beside an item's text: notes of Mastodon have theirs there. Of one in several sizes it is
 * the widest.
 */
export function picturesOf(fields: ElementsByName, base: string | null): string[] {
  const files = elementsNamed(fields, ['media:content', 'enclosure', 'link', 'atom:link'])
  const found = new Map<string, Picture>()
  for (const file of files) {
    const attributes = attributesOf(file)
    const isFile = attributes.get('rel') === undefined || attributes.get('rel') === 'enclosure'
    const isPicture = attributes.get('medium') === 'image' || /^image\//i.test(attributes.get('type') ?? '')
    const address = absoluteUrl(attributes.get('url') ?? attributes.get('href') ?? '', base)
    if (!isFile || !isPicture || address === null) continue
    const group = groupAround(file)
    const mark = group === null ? withoutSize(address) : `group ${group}`
    const width = Number(attributes.get('width')) || 0
    if (width > (found.get(mark)?.width ?? -1)) found.set(mark, { address, width })
  }
  return Array.from(found.values(), ({ address }) => address)
}
