import { childElements } from './dom.ts'
import { collapseString } from './space.ts'
import type { Image } from './tree.ts'
import { cleanUrl } from './url.ts'

/** Where lazy loaders keep the real address, the commonest first. */
const LAZY_SOURCES = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-actualsrc',
  'data-url',
  'data-hi-res-src',
  'data-full-src',
]
const LAZY_SETS = ['data-srcset', 'data-lazy-srcset', 'srcset']
const PLACEHOLDER =
  /(?:^|[/_-])(?:blank|spacer|pixel|placeholder|transparent|loading|loader|lazy(?:load)?|1x1|grey|gray|empty|dummy)(?:[._-]\w*)*\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)/i
const FILE_NAME =
  /^(?:[^\s/]*|[^/]*[\w)\]-])\.(?:jpe?g|png|gif|webp|svg|bmp|avif|tiff?|heic|jfif)$|^(?:IMG|DSC|DSCN|PXL|MVIMG|Screenshot|WhatsApp Image|image|photo|file)[-_ ]?[\d][\w.\- ]*$|^[0-9a-f]{16,}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const DESCRIPTOR = /^(\d+(?:\.\d+)?)[wx],?$/
/** Longer lists of sources than this are no list. */
const MAX_SRCSET = 100_000

function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? ''
}

/** The words of an attribute; empty for the name of a file, which says nothing to a reader. */
export function words(value: string): string {
  const collapsed = collapseString(value)
  return FILE_NAME.test(collapsed) ? '' : collapsed
}

function isPlaceholder(url: string): boolean {
  return url === '' || /^\s*(?:data|blob|about|javascript):/i.test(url) || PLACEHOLDER.test(url)
}

/** The biggest picture of a `srcset` (HTML, 4.8.4.2.2: a candidate's URL holds no space and ends in no comma). */
function biggest(srcset: string): string {
  const tokens = srcset.length > MAX_SRCSET ? [] : (srcset.match(/\S+/g) ?? [])
  let best = ''
  let bestSize = 0
  for (const [index, token] of tokens.entries()) {
    const url = token.replace(/^,/, '')
    if (url === '' || DESCRIPTOR.test(url) || isPlaceholder(url)) continue
    const size = Number.parseFloat(url.endsWith(',') ? '1' : (DESCRIPTOR.exec(tokens[index + 1] ?? '')?.[1] ?? '1'))
    if (size <= bestSize) continue
    best = url.endsWith(',') ? url.slice(0, -1) : url
    bestSize = size
  }
  return best
}

function candidates(element: Element): string[] {
  return [
    ...LAZY_SOURCES.map((name) => attribute(element, name)),
    ...LAZY_SETS.slice(0, 2).map((name) => biggest(attribute(element, name))),
  ]
}

function pictureSources(img: Element): string[] {
  const parent = img.parentElement
  if (parent?.tagName !== 'PICTURE') return []
  return childElements(parent)
    .filter((child) => child.tagName === 'SOURCE')
    .flatMap((source) => LAZY_SETS.map((name) => biggest(attribute(source, name))))
}

function address(img: Element): string {
  const src = attribute(img, 'src')
  const all = [...candidates(img), src, biggest(attribute(img, 'srcset')), ...pictureSources(img)]
  return all.find((url) => !isPlaceholder(url.trim())) ?? ''
}

function isPixel(img: Element): boolean {
  return ['width', 'height'].every((name) => /^\s*[01](?:px)?\s*$/.test(attribute(img, name)))
}

/** Reads an `<img>`; `null` for a placeholder, a pixel that counts readers, or an address that is none. */
export function readPicture(img: Element, base: string | null): Image | null {
  if (isPixel(img)) return null
  const found = address(img)
  const url = cleanUrl(found, base)
  if (url === null) return null
  const holder = img.parentElement?.tagName === 'PICTURE' ? img.parentElement : null
  const title = words(attribute(img, 'title'))
  const alt = words(attribute(img, 'alt'))
  const bound = [words(attribute(img, 'data-caption')), words(holder?.getAttribute('title') ?? '')].find(
    (it) => it !== '',
  )
  const caption = bound ?? (alt === '' && title !== '' ? title : null)
  const shown = caption === null && title !== alt ? title : ''
  return { kind: 'image', url, alt: caption ?? alt, title: shown, captioned: caption !== null }
}

/** True for an `<img>` whose own address is a stand-in. */
export function isLazy(img: Element): boolean {
  return address(img) === ''
}
