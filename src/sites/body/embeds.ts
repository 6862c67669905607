import { plain } from '../../core/blocks.ts'
import { attribute, brightcove, frameAddress } from '../../core/markdown/embeds.ts'
import { readWidgetLink, unseenFrames } from '../../core/markdown/widgets.ts'
import { all, replace, textLength } from '../../core/html/dom.ts'
import { webUrlOf } from '../../core/url.ts'

/** Players and frames, made into what a converter shows as links. */

/** Posts that keep their element: readers of a body know them by it. */
const KNOWN = /(?:^|\s)fb-(?:post|video)(?:\s|$)/

function nameOf(element: Element): string {
  return (element.getAttribute('title') ?? element.getAttribute('aria-label') ?? '').trim() || '视频'
}

/** A line that is a link, for the document of an element. */
export function linkLine({ ownerDocument }: Element, href: string, text: string): Element {
  const paragraph = ownerDocument.createElement('p')
  const anchor = ownerDocument.createElement('a')
  anchor.setAttribute('href', href)
  anchor.textContent = text
  paragraph.appendChild(anchor)
  return paragraph
}

function isKnown(element: Element): boolean {
  if (element.getAttribute('data-instgrm-permalink') !== null || KNOWN.test(element.className)) return true
  return element.getAttribute('data-account') !== null && element.localName !== 'amp-brightcove'
}

/**
 * Behind each element that a script would make a player or a post of comes a link, before what no converter knows is
 * dropped: custom elements, and boxes without text. Those of Facebook and Instagram are known further on.
 */
export function linkWidgets(root: Element, base: string): void {
  // Before what is beside them is a link.
  const unseen = all(root, 'noscript').map((noscript) => [noscript, unseenFrames(noscript, base)] as const)
  for (const [noscript, frames] of unseen)
    for (const frame of frames) noscript.parentNode?.insertBefore(frame, noscript)
  // Inner ones first: what one says its holder says no more.
  for (const element of all(root, '*').toReversed()) {
    const found = isKnown(element) ? null : readWidgetLink(element, base)
    if (found === null) continue
    const paragraph = linkLine(element, found.url, plain(found.children))
    if (textLength(element) === 0 && all(element, 'img').length === 0) replace(element, [paragraph])
    else element.appendChild(paragraph)
  }
}

/** Brightcove players become links, lazy frames get their address; those without one go, but for what stands in their own. */
export function arrangeEmbeds(root: Element, base: string): void {
  for (const player of all(root, '*')) {
    const href = brightcove(player)
    if (href !== '') replace(player, [linkLine(player, href, nameOf(player))])
  }
  for (const frame of all(root, 'iframe')) {
    const address = frameAddress(frame).trim()
    const found = address === '' ? null : webUrlOf(address, base)
    if (found !== null) frame.setAttribute('src', found.href)
    else if (attribute(frame, 'srcdoc') === '') frame.remove()
  }
}
