import { pictureSources } from '../../core/markdown/picture-source.ts'
import { unsigned } from '../../core/signed.ts'
import { isUrl, webUrlOf } from '../../core/url.ts'

/** Which pictures of a page are the story's, and which of them are one. */
export interface PictureRules {
  /** Paths of pictures that stand where there is none, and of pictures of promotion. */
  readonly none?: RegExp
  /** What such pictures are called. */
  readonly noneCalled?: RegExp
  /** Who a picture of the paper's store is, whatever its size and host; `null` where an address tells it as at any site. */
  readonly identity?: (url: URL) => string | null
}

const PICTURE_FILE = /\.(?:jpe?g|png|gif|webp|avif|bmp)$/i

/** The absolute address of the picture that an `img` shows; `null` when it shows none of the story's. */
export function pictureUrl(image: Element, base: string, rules: PictureRules): string | null {
  if (rules.noneCalled?.test(image.getAttribute('alt')?.trim() ?? '') === true) return null
  return pictureSources(image, base).find((url) => isUrl(url) && !isNoPicture(url, base, rules)) ?? null
}

/** True for an address that is no picture of a story: a default, a logo, promotion, or no address of the web at all. */
export function isNoPicture(url: string, base: string, { none }: PictureRules): boolean {
  const parsed = webUrlOf(url, base)
  return parsed === null || none?.test(parsed.pathname) === true
}

/**
 * Who a picture is, whatever its size, host and signature, as the paper tells it; elsewhere its address without signature,
 * without the query when the path names a file.
 */
export function pictureIdentity(url: string, { identity }: PictureRules): string {
  const parsed = new URL(unsigned(url))
  const { host, pathname, search } = parsed
  return identity?.(parsed) ?? `${host}${pathname}${PICTURE_FILE.test(pathname) ? '' : search}`
}

/** True when a link leads to a picture or nowhere: the frame of a picture, not a link of the story. */
export function isPictureLink(href: string, base: string): boolean {
  const url = webUrlOf(href, base)
  return url === null || PICTURE_FILE.test(url.pathname) || url.href.split('#')[0] === base.split('#')[0]
}
