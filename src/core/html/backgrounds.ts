/** Pictures that are shown as the background of an element that holds nothing else: lazy loaders and galleries do so. */

/** In attributes: nearly every page's style sheets have backgrounds. */
const IN_ATTRIBUTE =
  /[\s"'/]style\s*=\s*(?:"[^"]{0,2000}?background|'[^']{0,2000}?background|[^\s"'>]{0,2000}?background)|data-b(?:g|ackground)|<(?:a|div|figure|section|span)\s[^>]{0,500}data-src/i
const HOLDERS = new Set(['DIV', 'SPAN', 'SECTION', 'FIGURE', 'A', 'P', 'LI', 'HEADER'])
const ADDRESSES = ['data-bg', 'data-bg-src', 'data-bg-image', 'data-background', 'data-background-image']
/** That of a box may be anything, but for one that its class calls a picture. */
const CALLED_PICTURE = /(?:^|[\s_-])(?:image|img|photo|pic|picture)(?:[\s_-]|$)/i
const URL_IN_CSS = String.raw`url\(\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^'")\s]{1,2000}))`
const IN_STYLE = new RegExp(String.raw`background(?:-image)?\s*:[^;]{0,200}?${URL_IN_CSS}`, 'i')
const IN_URL = new RegExp(String.raw`^\s*${URL_IN_CSS}`, 'i')
/** A source set, of which the largest is shown. */
const SET = 'data-bgset'
/** Ornaments and stand-ins are drawings. */
const PHOTO = /\.(?:jpe?g|png|webp|avif)(?:[?#!@]|$)/i
const SMALL = /(?:^|[;\s])(?:width|height)\s*:\s*\d{1,2}px/i
const HOLDS_MORE = 'img, picture, video, audio, iframe, svg, canvas, object, table'

function addressIn(css: string, pattern: RegExp): string | null {
  return (
    pattern
      .exec(css)
      ?.slice(1)
      .find((it) => it !== undefined) ?? null
  )
}

function addressOf(element: Element): string | null {
  const style = element.getAttribute('style') ?? ''
  const values = [
    ...(CALLED_PICTURE.test(element.className) ? ['data-src', ...ADDRESSES] : ADDRESSES)
      .map((name) => element.getAttribute(name) ?? '')
      .map((value) => addressIn(value, IN_URL) ?? (/\S\s+\S/.test(value) ? '' : value.trim())),
    SMALL.test(style) ? '' : (addressIn(style, IN_STYLE) ?? ''),
  ]
  return values.find((value) => PHOTO.test(value) && !/^data:/i.test(value)) ?? null
}

/** True for an element that says nothing, but for the caption of a figure. */
function isBare(element: Element): boolean {
  if (element.querySelector(HOLDS_MORE)) return false
  const captions = Array.from(element.getElementsByTagName('figcaption'))
  const told = captions.reduce((sum, { textContent }) => sum + textContent.trim().length, 0)
  return element.textContent.trim().length === told
}

/** False where HTML surely shows no background as a picture. */
export function mayHoldBackgrounds(html: string): boolean {
  return IN_ATTRIBUTE.test(html)
}

/** Puts an `img` into each element of a document that shows a picture as its background and holds nothing else. */
export function mendBackgrounds(document: Document): void {
  for (const element of Array.from(document.body.getElementsByTagName('*'))) {
    if (!HOLDERS.has(element.tagName) || !element.hasAttributes()) continue
    const set = element.getAttribute(SET)
    const address = set ?? addressOf(element)
    if (address === null || !isBare(element)) continue
    const image = document.createElement('img')
    image.setAttribute(set === null ? 'src' : 'srcset', address)
    image.setAttribute('alt', (element.getAttribute('aria-label') ?? element.getAttribute('title') ?? '').trim())
    element.insertBefore(image, element.firstChild)
  }
}
