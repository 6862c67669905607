import { all } from './dom.ts'

/** Where a picture really is: past lazy loading, source sets and placeholders. */

/** Pictures that stand where there is none, and pictures of promotion. */
const NO_PICTURE =
  /\/(?:default-img|default-image|social-share|zb_logo|zaobaosg-facebook-share|pic-default)\b[^/]*$|\/icon_news(?:post|mine)_|\/assets\/newspost[^/]*\.svg|\/tag-icon\b|\/freemium_images\//i
const CHROME_ALT = /^(?:expend|expand) icon$|^tag[ -]icon$/i
const LAZY = ['data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'data-url']
const SETS = ['data-srcset', 'srcset', 'data-lazy-srcset']
/** What is longer is no address, but data. */
const URL_MAX_LENGTH = 8000
const SET_MAX_LENGTH = 40_000
const STORE = /\/(?:s3fs-public|s3\/files|sites\/default\/files)\/(.+)$/
const PICTURE_FILE = /\.(?:jpe?g|png|gif|webp|avif|bmp)$/i

/** The largest of a source set, cut as the HTML standard does (4.8.4.2.2), in one pass. */
function largest(set: string): string | null {
  if (set.length > SET_MAX_LENGTH) return null
  let best: string | null = null
  let most = -1
  const address = /[\s,]*(\S+)/y
  const descriptor = /[^,]*/y
  for (let match = address.exec(set); match !== null; match = address.exec(set)) {
    const word = match[1] ?? ''
    descriptor.lastIndex = address.lastIndex
    const size = word.endsWith(',') ? '' : (descriptor.exec(set)?.[0] ?? '').trim()
    address.lastIndex += size === '' ? 0 : Math.max(0, descriptor.lastIndex - address.lastIndex)
    const weight = Number(/^([\d.]+)[wxh]$/.exec(size)?.[1] ?? 1)
    if (weight <= most || /^data:/i.test(word)) continue
    most = weight
    best = word.replace(/(?<!,),+$/, '')
  }
  return best
}

function absolute(url: string | null, base: string): string | null {
  // `&timestamp=` in an address, once decoded as an entity, is left as `×tamp=`; ` 1x` is the tail of a source set.
  if (url === null || url.length > URL_MAX_LENGTH) return null
  const repaired = url
    .trim()
    .replace('×tamp=', '&timestamp=')
    .replace(/\s{1,9}[\d.]{1,9}[wx]$/, '')
  if (repaired === '' || /^(?:data|blob|javascript|about):/i.test(repaired) || !URL.canParse(repaired, base))
    return null
  const parsed = new URL(repaired, base)
  if (!/^https?:$/.test(parsed.protocol) || NO_PICTURE.test(parsed.pathname)) return null
  return parsed.href
}

function candidates(image: Element): Array<string | null> {
  const sources = image.parentElement?.localName === 'picture' ? all(image.parentElement, 'source') : []
  const sets = [image, ...sources].flatMap((each) => SETS.map((name) => largest(each.getAttribute(name) ?? '')))
  return [...LAZY.map((name) => image.getAttribute(name)), image.getAttribute('src'), ...sets]
}

/** True for a picture too small to be seen: it counts readers. */
function isPixel(image: Element): boolean {
  const style = image.getAttribute('style') ?? ''
  return ['width', 'height'].every(
    (name) =>
      /^\s*[01](?:px)?\s*$/.test(image.getAttribute(name) ?? '') ||
      new RegExp(`(?:^|[;\\s])${name}\\s*:\\s*[01](?:px)?\\s*(?:;|$)`, 'i').test(style),
  )
}

/** The absolute address of the picture that an `img` shows; `null` when it shows none of the story's. */
export function pictureUrl(image: Element, base: string): string | null {
  if (isPixel(image) || CHROME_ALT.test(image.getAttribute('alt')?.trim() ?? '')) return null
  const found = candidates(image)
  const promoted = found.some((each) => each !== null && NO_PICTURE.test(each.split(/[?#]/)[0] ?? ''))
  for (const candidate of found) {
    const url = absolute(candidate, base)
    if (url !== null && !promoted) return url
  }
  return null
}

/** True for an address that is no picture of a story: a default, a logo, promotion. */
export function isNoPicture(url: string): boolean {
  return absolute(url, 'https://www.zaobao.com/') === null
}

/**
 * Who a picture is, whatever its size, host and signature: its path in the paper's store without `styles/X/public/` and
 * query. Elsewhere its address, without the query when the path names a file.
 */
export function pictureIdentity(url: string): string {
  const { host, pathname, search } = new URL(url)
  const stored = STORE.exec(pathname)?.[1]
  if (stored !== undefined) return stored.replace(/^styles\/[^/]+\/public\//, '')
  const named = PICTURE_FILE.test(pathname) || /zaobao|sphdigital/.test(host)
  return `${host}${pathname}${named ? '' : search}`
}

/** True when a text is the name of a file, which pages put into `alt`. */
export function isFileName(text: string): boolean {
  return /^\S+\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)$/i.test(text.trim())
}

/** True when a link leads to a picture or nowhere: the frame of a picture, not a link of the story. */
export function isPictureLink(href: string, base: string): boolean {
  if (!URL.canParse(href, base)) return true
  const url = new URL(href, base)
  return (
    !/^https?:$/.test(url.protocol) || PICTURE_FILE.test(url.pathname) || url.href.split('#')[0] === base.split('#')[0]
  )
}
