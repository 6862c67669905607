import { all, childElements, childNodes, closest, one, renamed, replace } from '../../core/html/dom.ts'
import { collapse } from '../text.ts'
import { unseenPictures } from '../../core/markdown/picture-source.ts'
import {
  attributeCaption,
  blockOf,
  type Caption,
  isCaption,
  summarise,
  type Summary,
  takeCaption,
} from './picture-block.ts'
import { isPictureLink, pictureIdentity, type PictureRules, pictureUrl } from './picture-url.ts'

/**
 * Every picture of a body becomes `<figure><img src alt><figcaption>`, whatever wrapped it: the caption beside it, in
 * its wrapper, in a title or in `alt`, once. A picture shown twice is kept where it stands first.
 */

function storyLink(image: Element, block: Element, base: string): string | null {
  const link = closest(image, 'a')
  const href = link?.getAttribute('href') ?? null
  if (href === null || image === block || !block.contains(link)) return null
  return isPictureLink(href, base) ? null : new URL(href, base).href
}

function figureOf(document: Document, url: string, caption: Caption, href: string | null): Element {
  const figure = document.createElement('figure')
  const image = document.createElement('img')
  image.setAttribute('src', url)
  image.setAttribute('alt', caption.text)
  if (href === null) figure.appendChild(image)
  else {
    const anchor = document.createElement('a')
    anchor.setAttribute('href', href)
    anchor.appendChild(image)
    figure.appendChild(anchor)
  }
  if (caption.text !== '') figure.appendChild(elementOf(document, 'figcaption', caption.content))
  return figure
}

function elementOf(document: Document, name: string, content: readonly Node[]): Element {
  const element = document.createElement(name)
  for (const node of content) element.appendChild(node)
  return element
}

interface Shown {
  figure: Element
  caption: Caption
}

/** Places a picture seen before: nothing that the page shows is lost but the repetition. */
function repeated(block: Element, caption: Caption, first: Shown): void {
  const document = block.ownerDocument
  const isNew = !first.caption.text.includes(caption.text)
  if (isNew && caption.text.includes(first.caption.text)) {
    const url = one(first.figure, 'img')?.getAttribute('src') ?? ''
    const figure = figureOf(document, url, caption, one(first.figure, 'a')?.getAttribute('href') ?? null)
    replace(first.figure, [figure])
    first.figure = figure
    first.caption = caption
  } else if (isNew && caption.isShown) {
    replace(block, [elementOf(document, 'p', caption.content)])
    return
  }
  block.remove()
}

function inlinePicture(image: Element, url: string): void {
  const caption = attributeCaption(image)
  for (const name of image.getAttributeNames()) image.removeAttribute(name)
  image.setAttribute('src', url)
  image.setAttribute('alt', caption)
}

/** The lists that hold a figure, the outer before the inner: pages have many lists, few of them with pictures. */
function listsOfFigures(root: Element): Set<Element> {
  const lists = new Set<Element>()
  for (const figure of all(root, 'figure')) {
    const around: Element[] = []
    for (let list = closest(figure, 'ul', 'ol'); list !== null && !lists.has(list);) {
      around.unshift(list)
      list = list.parentElement && closest(list.parentElement, 'ul', 'ol')
    }
    for (const list of around) lists.add(list)
  }
  return lists
}

/** Lists that hold pictures alone are galleries. */
function openGalleries(root: Element): void {
  for (const list of listsOfFigures(root)) {
    const pictures = childElements(list).every((item) =>
      childElements(item).every((each) => each.localName === 'figure'),
    )
    if (pictures && !hasLooseText(list)) replace(list, all(list, 'figure'))
  }
}

function hasLooseText(list: Element): boolean {
  return childElements(list).some((item) =>
    childNodes(item).some((each) => each.nodeType === 3 && collapse(each.nodeValue ?? '') !== ''),
  )
}

/** What is left of wrappers: a figure of figures is no figure, a caption without its picture is a paragraph. */
function settle(root: Element): void {
  for (const figure of all(root, 'figure')) {
    if (one(figure, 'figure') === null && one(figure, 'img') !== null) continue
    renamed(figure, 'div')
  }
  for (const element of all(root, '*')) {
    if (!isCaption(element) || element.parentElement?.localName === 'figure') continue
    if (collapse(element.textContent) === '' && one(element, 'img') === null) element.remove()
    else if (element.localName === 'figcaption') renamed(element, one(element, 'p') === null ? 'p' : 'div')
  }
}

/** The pictures that are the story's, with their addresses. All others go, and so do the twins of lazy pictures. */
function settlePictures(root: Element, base: string, rules: PictureRules): Map<Element, string> {
  const noscripts = all(root, 'noscript')
  const unseen = noscripts.map((noscript) => unseenPictures(noscript, base))
  const images = all(root, 'img').filter((image) => closest(image, 'noscript') === null)
  const addresses = [...images, ...unseen.flat()].map((image) => [image, pictureUrl(image, base, rules)] as const)
  for (const [index, noscript] of noscripts.entries()) replace(noscript, unseen[index] ?? [])
  const urls = new Map<Element, string>()
  for (const [image, url] of addresses) {
    if (url === null) image.remove()
    else urls.set(image, url)
  }
  return urls
}

/** Arranges the pictures under `root`, in place. `base` is the page's address. */
export function arrangePictures(root: Element, base: string, rules: PictureRules): void {
  const urls = settlePictures(root, base, rules)
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
    const identity = pictureIdentity(url, rules)
    const first = shown.get(identity)
    if (first === undefined) {
      const figure = figureOf(root.ownerDocument, url, caption, href)
      replace(block, [figure])
      shown.set(identity, { figure, caption })
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
