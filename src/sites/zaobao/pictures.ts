import { all, childrenOf, elementsOf, one, replace } from './dom.ts'
import { collapse } from './page.ts'
import type { Summary } from './picture-block.ts'
import { attributeCaption, blockOf, isCaption, summarise, takeCaption } from './picture-block.ts'
import { isPictureLink, pictureIdentity, pictureUrl } from './picture-url.ts'

/**
 * Every picture of a body becomes `<figure><img src alt><figcaption>`, whatever wrapped it: the caption beside it, in
 * its wrapper, in a title or in `alt`, once. A picture shown twice is kept where it stands first.
 */

function storyLink(image: Element, block: Element, base: string): string | null {
  const href = image.closest('a')?.getAttribute('href') ?? null
  if (href === null || image === block || !block.contains(image.closest('a'))) return null
  return isPictureLink(href, base) ? null : new URL(href, base).href
}

function figureOf(document: Document, url: string, caption: string, href: string | null): Element {
  const figure = document.createElement('figure')
  const image = document.createElement('img')
  image.setAttribute('src', url)
  image.setAttribute('alt', caption)
  if (href === null) figure.appendChild(image)
  else {
    const anchor = document.createElement('a')
    anchor.setAttribute('href', href)
    anchor.appendChild(image)
    figure.appendChild(anchor)
  }
  if (caption !== '') {
    const text = document.createElement('figcaption')
    text.textContent = caption
    figure.appendChild(text)
  }
  return figure
}

interface Shown {
  figure: Element
  caption: string
}

/** Places a picture seen before: nothing is lost but the repetition. */
function repeated(block: Element, caption: string, first: Shown): void {
  if (first.caption.includes(caption)) {
    block.remove()
    return
  }
  if (caption.includes(first.caption)) {
    const url = one(first.figure, 'img')?.getAttribute('src') ?? ''
    const figure = figureOf(block.ownerDocument, url, caption, one(first.figure, 'a')?.getAttribute('href') ?? null)
    replace(first.figure, [figure])
    block.remove()
    first.figure = figure
    first.caption = caption
    return
  }
  const paragraph = block.ownerDocument.createElement('p')
  paragraph.textContent = caption
  replace(block, [paragraph])
}

function inlinePicture(image: Element, url: string): void {
  const caption = attributeCaption(image)
  for (const { name } of Array.from(image.attributes)) image.removeAttribute(name)
  image.setAttribute('src', url)
  image.setAttribute('alt', caption)
}

/** The lists that hold a figure, the outer before the inner: pages have many lists, few of them with pictures. */
function listsOfFigures(root: Element): Set<Element> {
  const lists = new Set<Element>()
  for (const figure of all(root, 'figure')) {
    const around: Element[] = []
    for (let list = figure.closest('ul, ol'); list !== null && !lists.has(list);) {
      around.unshift(list)
      list = list.parentElement?.closest('ul, ol') ?? null
    }
    for (const list of around) lists.add(list)
  }
  return lists
}

/** Lists that hold pictures alone are galleries. */
function openGalleries(root: Element): void {
  for (const list of listsOfFigures(root)) {
    const pictures = elementsOf(list).every((item) => elementsOf(item).every((each) => each.localName === 'figure'))
    if (pictures && !hasLooseText(list)) replace(list, all(list, 'figure'))
  }
}

function hasLooseText(list: Element): boolean {
  return elementsOf(list).some((item) =>
    childrenOf(item).some((each) => each.nodeType === 3 && collapse(each.nodeValue ?? '') !== ''),
  )
}

/** What is left of wrappers: a figure of figures is no figure, a caption without its picture is a paragraph. */
function settle(root: Element): void {
  for (const figure of all(root, 'figure')) {
    if (one(figure, 'figure') === null && one(figure, 'img') !== null) continue
    rename(figure, 'div')
  }
  for (const element of all(root, '*')) {
    if (!isCaption(element) || element.parentElement?.localName === 'figure') continue
    if (collapse(element.textContent) === '' && one(element, 'img') === null) element.remove()
    else if (element.localName === 'figcaption') rename(element, one(element, 'p') === null ? 'p' : 'div')
  }
}

function rename(element: Element, name: string): void {
  const other = element.ownerDocument.createElement(name)
  while (element.firstChild !== null) other.appendChild(element.firstChild)
  replace(element, [other])
}

/** The twin of a lazy picture beside it says nothing new; a picture that only `noscript` holds is the story's. */
function settleTwins(root: Element, urls: Map<Element, string>): void {
  for (const noscript of all(root, 'noscript')) {
    const isTwin = [noscript.previousElementSibling, noscript.nextElementSibling].some(
      (beside) => beside !== null && [beside, ...all(beside, 'img')].some((image) => urls.has(image)),
    )
    if (!isTwin) {
      replace(noscript, childrenOf(noscript))
      continue
    }
    for (const image of all(noscript, 'img')) urls.delete(image)
    noscript.remove()
  }
}

/** Arranges the pictures under `root`, in place. `base` is the page's address. */
export function arrangePictures(root: Element, base: string): void {
  const urls = new Map<Element, string>()
  for (const image of all(root, 'img')) {
    const url = pictureUrl(image, base)
    if (url === null) image.remove()
    else urls.set(image, url)
  }
  settleTwins(root, urls)
  const summaries = summarise(root)
  const shown = new Map<string, Shown>()
  for (const [image, url] of urls) {
    const block = blockOf(image, root, summaries)
    const parent = summaries.get(block.parentNode ?? block)
    if (block === image && block.parentElement?.localName !== undefined && isInline(image, root, parent)) {
      inlinePicture(image, url)
      continue
    }
    const href = storyLink(image, block, base)
    const caption = takeCaption(image, block)
    const first = shown.get(pictureIdentity(url))
    if (first === undefined) {
      const figure = figureOf(root.ownerDocument, url, caption, href)
      replace(block, [figure])
      shown.set(pictureIdentity(url), { figure, caption })
    } else repeated(block, caption, first)
  }
  openGalleries(root)
  settle(root)
}

/** A picture amid the words of a paragraph, a heading, a cell or a link. */
function isInline(image: Element, root: Element, parent: Summary | undefined): boolean {
  const holder = image.parentElement
  if (holder === null || holder === root || parent === undefined) return false
  return parent.loose > 0 && /^(?:p|h[1-6]|td|th|li|a|span|em|strong|b|i)$/.test(holder.localName)
}
