import { keptPicture } from '../media/kept.ts'
import { attribute, pictureSources } from './picture-source.ts'
import { collapseString } from './space.ts'
import type { Image } from '../blocks.ts'
import { cleanUrl } from './url.ts'

const FILE_NAME =
  /^(?:[^\s/]*|[^/]*[\w)\]-])\.(?:jpe?g|png|gif|webp|svg|bmp|avif|tiff?|heic|jfif)$|^(?:IMG|DSC|DSCN|PXL|MVIMG|Screenshot|WhatsApp Image|image|photo|file)[-_ ]?[\d][\w.\- ]*$|^[0-9a-f]{16,}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The words of an attribute; empty for the name of a file, which says nothing to a reader. */
export function words(value: string): string {
  const collapsed = collapseString(value)
  return FILE_NAME.test(collapsed) ? '' : collapsed
}

/** Reads an `<img>`; `null` when it shows none. */
export function readPicture(img: Element, base: string | null): Image | null {
  // What a page, which has an address, calls so is none of ours.
  const kept = base === null ? keptPicture(attribute(img, 'src'), attribute(img, 'title')) : null
  const alt = words(attribute(img, 'alt'))
  if (kept !== null) return { ...kept, kind: 'image', url: cleanUrl(kept.url, null) ?? kept.url, alt, captioned: false }
  const [url] = pictureSources(img, base)
  if (url === undefined) return null
  const holder = img.parentElement?.tagName === 'PICTURE' ? img.parentElement : null
  const title = words(attribute(img, 'title'))
  const bound = words(attribute(img, 'data-caption')) || words(holder?.getAttribute('title') ?? '')
  const caption = bound || (alt === '' && title !== '' ? title : null)
  const shown = caption === null && title !== alt ? title : ''
  return { kind: 'image', url, alt: caption ?? alt, title: shown, captioned: caption !== null }
}
