import { pictureSources } from '../../core/markdown/picture-source.ts'
import { unsigned } from '../../core/signed.ts'
import { isUrl, urlOf } from '../../core/web/url.ts'

/** Which pictures of a page are the story's, and which of them are one. */

const ORIGIN = 'https://www.zaobao.com/'

/** Pictures that stand where there is none, and pictures of promotion. */
const NO_PICTURE =
  /\/(?:default-img|default-image|social-share|zb_logo|zaobaosg-facebook-share|pic-default)\b[^/]*$|\/icon_news(?:post|mine)_|\/assets\/newspost[^/]*\.svg|\/tag-icon\b|\/freemium_images\//i
const CHROME_ALT = /^(?:expend|expand) icon$|^tag[ -]icon$/i
const STORE = /\/(?:s3fs-public|s3\/files|sites\/default\/files)\/(.+)$/
const PICTURE_FILE = /\.(?:jpe?g|png|gif|webp|avif|bmp)$/i

/** The absolute address of the picture that an `img` shows; `null` when it shows none of the story's. */
export function pictureUrl(image: Element, base: string): string | null {
  if (CHROME_ALT.test(image.getAttribute('alt')?.trim() ?? '')) return null
  return pictureSources(image, base).find((url) => isUrl(url) && !isNoPicture(url)) ?? null
}

/** True for an address that is no picture of a story: a default, a logo, promotion, or no address of the web at all. */
export function isNoPicture(url: string): boolean {
  const parsed = urlOf(url, ORIGIN)
  return parsed === null || !/^https?:$/.test(parsed.protocol) || NO_PICTURE.test(parsed.pathname)
}

/**
 * Who a picture is, whatever its size, host and signature: its path in the paper's store without `styles/X/public/` and
 * query. Elsewhere its address without signature, without the query when the path names a file.
 */
export function pictureIdentity(url: string): string {
  const { host, pathname, search } = new URL(unsigned(url))
  const stored = STORE.exec(pathname)?.[1]
  if (stored !== undefined) return stored.replace(/^styles\/[^/]+\/public\//, '')
  const named = PICTURE_FILE.test(pathname) || /zaobao|sphdigital/.test(host)
  return `${host}${pathname}${named ? '' : search}`
}

/** True when a link leads to a picture or nowhere: the frame of a picture, not a link of the story. */
export function isPictureLink(href: string, base: string): boolean {
  const url = urlOf(href, base)
  return (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    PICTURE_FILE.test(url.pathname) ||
    url.href.split('#')[0] === base.split('#')[0]
  )
}
