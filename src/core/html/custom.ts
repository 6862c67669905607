/** Custom elements that a script makes a picture or a player of, by what their names say: `amp-img`, `lazy-image`, `gu-video`. */
const PICTURES = 'img|image|picture|photo|pic|anim'
const PLAYERS = 'video|audio'
const PICTURE = new RegExp(`^(?=.*-)(?:.*-)?(?:${PICTURES})(?:-.*)?$`)
const PLAYER = new RegExp(`^(?=.*-)(?:.*-)?(${PLAYERS})(?:-player)?$`)
/** `<img>` and `<video>` themselves are none. */
const ANY = new RegExp(String.raw`<(?=[a-z\d]{1,40}-)[a-z\d-]{0,60}(?:${PICTURES}|${PLAYERS})`, 'i')
/** What is told of by its own name elsewhere, or counts readers. */
const OTHERS = /^(?:video-js|youtube-video|vimeo-video|amp-pixel)$/
const ADDRESSES = ['src', 'srcset', 'data-src', 'data-srcset', 'data-original', 'data-lazy-src']
/** Layouts of AMP in which width and height say no more than how the sides relate. */
const IN_PROPORTION = /^(?:responsive|fill|intrinsic|fixed-height|flex-item)$/i
const ATTRIBUTE_NAME = /^[a-z_][\w.-]*$/

function hasAddress(element: Element, names: readonly string[]): boolean {
  return names.some((name) => /^(?!\s*(?:data|blob|about):)\s*\S/i.test(element.getAttribute(name) ?? ''))
}

/** True for an element whose width and height are no measure of it. */
export function isInProportion(element: Pick<Element, 'getAttribute'>): boolean {
  return IN_PROPORTION.test(element.getAttribute('layout') ?? '')
}

function plain(element: Element, name: string): Element {
  const made = element.ownerDocument.createElement(name)
  const isSized = !isInProportion(element)
  for (const attribute of element.getAttributeNames()) {
    if (ATTRIBUTE_NAME.test(attribute) && (isSized || !/^(?:width|height)$/.test(attribute)))
      made.setAttribute(attribute, element.getAttribute(attribute) ?? '')
  }
  return made
}

function isStandIn(element: Element): boolean {
  return element.hasAttribute('placeholder') || element.hasAttribute('fallback')
}

/** An `img` before what stands in the element; its twins and stand-ins go. Where it holds a picture of its own, that stays. */
function mendPicture(element: Element): void {
  for (const inner of Array.from(element.querySelectorAll('img'))) {
    if (isStandIn(inner) || (inner.getAttribute('src') ?? '') === element.getAttribute('src')) inner.remove()
  }
  const own = Array.from(element.querySelectorAll('img')).filter((inner) => inner.closest('noscript') === null)
  if (own.some((inner) => hasAddress(inner, ADDRESSES))) return
  for (const twin of Array.from(element.querySelectorAll('noscript'))) twin.remove()
  // In its place, so that a twin beside it is seen to be one.
  for (const node of [plain(element, 'img'), ...Array.from(element.childNodes)]) {
    element.parentNode?.insertBefore(node, element)
  }
  element.remove()
}

/** What a player shows until it plays. */
function isPoster(element: Element): boolean {
  const around = element.parentElement?.localName ?? ''
  return isStandIn(element) && around.includes('-') && !PICTURE.test(around)
}

function mendPlayer(element: Element, name: string): void {
  const sources = Array.from(element.children).filter(({ localName }) => localName === 'source')
  if (!hasAddress(element, ['src', 'data-src']) && !sources.some((source) => hasAddress(source, ['src', 'data-src'])))
    return
  const made = plain(element, name)
  for (const child of Array.from(element.childNodes)) made.appendChild(child)
  element.parentNode?.replaceChild(made, element)
}

/** The element of HTML that a custom picture or player stands for, by its name; `null` for any other. */
export function standsFor(name: string): string | null {
  if (!name.includes('-') || OTHERS.test(name)) return null
  return PLAYER.exec(name)?.[1] ?? (PICTURE.test(name) ? 'img' : null)
}

/** False where HTML surely has no custom picture or player: then no document need be walked for them. */
export function mayHoldCustom(html: string): boolean {
  return ANY.test(html)
}

/**
 * Gives a document's custom pictures and players the elements of HTML that they stand for, once each: nobody runs the
 * script that would. Their words stay.
 */
export function mendCustom(document: Document): void {
  for (const element of Array.from(document.getElementsByTagName('*')).toReversed()) {
    const name = standsFor(element.localName)
    if (name === 'img' && hasAddress(element, ADDRESSES) && !isPoster(element)) mendPicture(element)
    else if (name !== null && name !== 'img') mendPlayer(element, name)
  }
}
