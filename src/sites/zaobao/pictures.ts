import { all, childrenOf, elementsOf, one, replace } from './dom.ts'
import { collapse } from './page.ts'
import { isFileName, isPictureLink, pictureIdentity, pictureUrl } from './picture-url.ts'

/**
 * Every picture of a body becomes `<figure><img src alt><figcaption>`, whatever wrapped it: the caption beside it, in
 * its wrapper, in a title or in `alt`, once. A picture shown twice is kept where it stands first.
 */

const CAPTION_CLASSES = new Set(
  'figure-caption article-pic-title caption image-caption img-caption photo-caption carousel-caption'.split(' '),
)
const WRAPPERS = new Set('a article aside center div figure picture section span p button noscript'.split(' '))
const BLOCKS = new Set('p li h1 h2 h3 h4 h5 h6 table blockquote pre iframe video audio dl'.split(' '))
/** Loose text after a picture in its own wrapper is its caption, up to this length. */
const CAPTION_MAX_LENGTH = 400

interface Summary {
  images: number
  /** Characters of text that stands in no caption. */
  loose: number
  /** Paragraphs with text, tables, players: more than a picture. */
  blocks: number
}

function isCaption(node: Node | null): node is Element {
  if (node === null || node.nodeType !== 1) return false
  const element = node as Element
  if (element.localName === 'figcaption') return true
  const classes = element.getAttribute('class')
  return (
    classes !== null && element.localName !== 'img' && classes.split(/\s+/).some((each) => CAPTION_CLASSES.has(each))
  )
}

function ownSummary(node: Node): Summary {
  if (node.nodeType === 3) return { images: 0, loose: collapse(node.nodeValue ?? '').length, blocks: 0 }
  return { images: node.nodeName === 'IMG' ? 1 : 0, loose: 0, blocks: 0 }
}

/** What each element holds, in one walk from the leaves up. */
function summarise(root: Element): Map<Node, Summary> {
  const found = new Map<Node, Summary>()
  const order: Node[] = []
  const queue: Node[] = [root]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    order.push(node)
    if (isCaption(node) && one(node, 'img') === null) continue
    for (let child = node.firstChild; child !== null; child = child.nextSibling) queue.push(child)
  }
  for (const node of order.toReversed()) {
    const sum = ownSummary(node)
    if (!isCaption(node) || one(node, 'img') !== null) {
      for (let child = node.firstChild; child !== null; child = child.nextSibling) {
        const inner = found.get(child)
        if (inner === undefined) continue
        sum.images += inner.images
        sum.loose += inner.loose
        sum.blocks += inner.blocks
      }
    }
    const element = node.nodeName.toLowerCase()
    if (BLOCKS.has(element) && (sum.loose > 0 || /^(?:iframe|video|audio)$/.test(element))) sum.blocks += 1
    found.set(node, sum)
  }
  return found
}

/** True when no text stands before the picture in its wrapper. */
function leads(image: Node, wrapper: Element): boolean {
  for (let node = image; node !== wrapper && node.parentNode !== null; node = node.parentNode) {
    for (let before = node.previousSibling; before !== null; before = before.previousSibling) {
      if (!isCaption(before) && collapse(before.textContent ?? '') !== '') return false
    }
  }
  return true
}

const SLIDE = /(?:^|\s)(?:item|carousel-item|carousel-inner|swiper-slide|slide|[\w-]+-slide)(?:\s|$)/

/** True in a slide of a gallery, whose text is the picture's own (global site, 2020-25). */
function isSlide(wrapper: Element): boolean {
  for (let here: Element | null = wrapper; here !== null; here = here.parentElement) {
    if (SLIDE.test(here.getAttribute('class') ?? '')) return true
  }
  return false
}

/** True when the loose text in a picture's wrapper is its caption: after the picture, short, and no other than its own. */
function isCaptioned(image: Element, wrapper: Element, sum: Summary): boolean {
  if (sum.blocks > 0 || sum.loose > CAPTION_MAX_LENGTH || wrapper.localName === 'p' || !leads(image, wrapper))
    return false
  if (isSlide(wrapper)) return true
  const own = attributeCaption(image)
  const text = looseText(wrapper)
  return text.includes(own) || own.includes(text)
}

/** The outermost element that holds this picture, its caption, and nothing else. */
function blockOf(image: Element, root: Element, summaries: Map<Node, Summary>): Element {
  let block = image
  for (let parent = image.parentElement; parent !== null && parent !== root; parent = parent.parentElement) {
    const sum = summaries.get(parent)
    if (sum === undefined || sum.images !== 1 || !WRAPPERS.has(parent.localName)) break
    if (sum.loose > 0 ? !isCaptioned(image, parent, sum) : sum.blocks > 0) break
    block = parent
  }
  return block
}

function captionsIn(block: Element): string[] {
  const texts: string[] = []
  for (const element of all(block, '*')) {
    if (isCaption(element) && !texts.includes(collapse(element.textContent))) texts.push(collapse(element.textContent))
  }
  return texts.filter((text) => text !== '')
}

function looseText(block: Element): string {
  const copy = block.cloneNode(true) as Element
  for (const element of all(copy, '*')) if (isCaption(element)) element.remove()
  return collapse(copy.textContent)
}

/** A caption that the picture's own attributes give: title, `data-caption`, `alt` unless it names a file. */
function attributeCaption(image: Element): string {
  const picture = image.parentElement?.localName === 'picture' ? image.parentElement.getAttribute('title') : null
  const values = [picture, ...['title', 'data-caption', 'alt'].map((name) => image.getAttribute(name))]
  return values.map((value) => collapse(value ?? '')).find((value) => value !== '' && !isFileName(value)) ?? ''
}

function nextCaption(block: Element): Element | null {
  let node = block.nextSibling
  while (node !== null && node.nodeType === 3 && collapse(node.nodeValue ?? '') === '') node = node.nextSibling
  return isCaption(node) && one(node, 'img') === null ? node : null
}

function takeCaption(image: Element, block: Element): string {
  const inside = block === image ? [] : [...captionsIn(block), looseText(block)].filter((text) => text !== '')
  const beside = nextCaption(block)
  const besideText = beside === null ? '' : collapse(beside.textContent)
  if (beside !== null && (inside.length === 0 || inside.includes(besideText))) {
    beside.remove()
    if (inside.length === 0 && besideText !== '') return besideText
  }
  return inside.length > 0 ? inside.join(' ') : attributeCaption(image)
}

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

/** Lists that hold pictures alone are galleries. */
function openGalleries(root: Element): void {
  for (const list of all(root, 'ul, ol')) {
    if (one(list, 'figure') === null) continue
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

/** Arranges the pictures under `root`, in place. `base` is the page's address. */
export function arrangePictures(root: Element, base: string): void {
  const urls = new Map<Element, string>()
  for (const image of all(root, 'img')) {
    const url = pictureUrl(image, base)
    if (url === null) image.remove()
    else urls.set(image, url)
  }
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
