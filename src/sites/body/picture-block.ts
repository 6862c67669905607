import { all, childNodes, closest, one, replace, someAround } from '../../core/html/dom.ts'
import { isIcon } from '../../core/markdown/picture-source.ts'
import { words } from '../../core/markdown/pictures.ts'
import { collapse } from '../text.ts'

/** What belongs to a picture: the wrappers that hold it alone, and its caption. */

/**
 * `photo-caption`, `image-credit`: a word of a class. `has-caption` is what holds one, `tag-credit` what a story is about, and a
 * credit card is none.
 */
const CAPTION_CLASS =
  /(?:^|\s)(?:(?!(?:has|no|with|tag|category|topic)-)[\w-]*[-_])?(?:captions?|credits?)(?![-_](?:cards?|union|scores?|on|off|none)(?:$|[\s_-]))(?:$|[\s_-])|(?:^|\s)article-pic-title(?:$|\s)/i
const WRAPPERS = new Set('a article aside center div figure picture section span p button noscript'.split(' '))
const NO_CAPTION = 'li h1 h2 h3 h4 h5 h6 table blockquote pre iframe video audio dl'.split(' ')
const BLOCKS = new Set(['p', ...NO_CAPTION])
/** Loose text after a picture is its caption where something says so, up to this length. */
const CAPTION_MAX_LENGTH = 400
/** What it shows, and whose it is; more stand in a figure that is not ended. */
const CAPTION_LINES = 2
const MORE_THAN_CAPTION = NO_CAPTION.join(', ')
const NO_CAPTION_NODES = new Set(NO_CAPTION.map((name) => name.toUpperCase()))

/** What an element holds. */
export interface Summary {
  images: number
  /** Characters of text that stands in no caption. */
  loose: number
  /** Paragraphs with text, tables, players: more than a picture. */
  blocks: number
}

/** True for an element that captions are written in. */
export function isCaption(node: Node | null): node is Element {
  if (node === null || node.nodeType !== 1) return false
  const element = node as Element
  if (element.localName === 'figcaption') return true
  const classes = element.getAttribute('class')
  return classes !== null && element.localName !== 'img' && CAPTION_CLASS.test(classes) && isShort(element)
}

/** True for an element that holds no more than a caption does: looks at so many nodes in it at most. */
function isShort(element: Element): boolean {
  let [length, nodes] = [0, 0]
  const queue: Node[] = [element]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    nodes += 1
    if (node.nodeType === 3) length += collapse(node.nodeValue ?? '').length
    const isMore = nodes > CAPTION_MAX_LENGTH || length > CAPTION_MAX_LENGTH || NO_CAPTION_NODES.has(node.nodeName)
    if (isMore) return false
    for (let child = node.firstChild; child !== null; child = child.nextSibling) queue.push(child)
  }
  return true
}

/** What each element holds, but what stands in captions. */
export function summarise(root: Element): Map<Node, Summary> {
  const found = new Map<Node, Summary>()
  const sumOf = (node: Node): Summary => {
    const sum = { images: node.nodeName === 'IMG' ? 1 : 0, loose: 0, blocks: 0 }
    if (node.nodeType === 3) sum.loose = collapse(node.nodeValue ?? '').length
    const isApart = isCaption(node) && one(node, 'img') === null
    for (let child = isApart ? null : node.firstChild; child !== null; child = child.nextSibling) {
      const inner = sumOf(child)
      sum.images += inner.images
      sum.loose += inner.loose
      sum.blocks += inner.blocks
    }
    const element = node.nodeName.toLowerCase()
    if (BLOCKS.has(element) && (sum.loose > 0 || /^(?:iframe|video|audio)$/.test(element))) sum.blocks += 1
    found.set(node, sum)
    return sum
  }
  sumOf(root)
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

/** True in a slide of a gallery, whose text is the picture's own. */
function isSlide(wrapper: Element): boolean {
  return someAround(wrapper, (each) => SLIDE.test(each.getAttribute('class') ?? ''))
}

/**
 * True when the loose text in a picture's wrapper is its caption: behind the picture, short, and the figure or slide is
 * made for it, or the picture's attributes say the same. Any other text below a picture is the story's.
 */
function isCaptioned(image: Element, wrapper: Element, sum: Summary): boolean {
  if (sum.loose > CAPTION_MAX_LENGTH || wrapper.localName === 'p' || !leads(image, wrapper)) return false
  if (wrapper.localName === 'figure')
    return one(wrapper, MORE_THAN_CAPTION) === null && all(wrapper, 'p').length <= CAPTION_LINES
  if (sum.blocks > 0) return false
  return closest(wrapper, 'figure') !== null || isSlide(wrapper) || attributeCaption(image).includes(looseText(wrapper))
}

/** The outermost element that holds this picture, its caption, and nothing else. */
export function blockOf(image: Element, root: Element, summaries: Map<Node, Summary>): Element {
  let block = image
  for (let parent = image.parentElement; parent !== null && parent !== root; parent = parent.parentElement) {
    const sum = summaries.get(parent)
    if (sum === undefined || sum.images !== 1 || !WRAPPERS.has(parent.localName)) break
    if (sum.loose > 0 ? !isCaptioned(image, parent, sum) : sum.blocks > 0) break
    block = parent
  }
  return block
}

function looseText(block: Element): string {
  return collapse(textOutsideCaptions(block))
}

/** Not by a copy of the block without them: domino copies no element whose name a browser takes and a script may not give. */
function textOutsideCaptions(node: Node): string {
  if (node.nodeType === 3) return node.nodeValue ?? ''
  return childNodes(node)
    .map((child) => (isCaption(child) ? '' : textOutsideCaptions(child)))
    .join('')
}

/** A caption that the picture's own attributes give: title, `data-caption`, `alt` unless it names a file. */
export function attributeCaption(image: Element): string {
  const picture = image.parentElement?.localName === 'picture' ? image.parentElement.getAttribute('title') : null
  const values = [picture, ...['title', 'data-caption', 'alt'].map((name) => image.getAttribute(name))]
  return values.map((value) => words(value ?? '')).find((value) => value !== '') ?? ''
}

/** ▲图为旧码头, 资料图：…, （林甲摄）: what a paragraph right behind a picture says of itself to be its caption. */
const SAYS_CAPTION =
  /^(?:[▲△▼↑◤]|[图圖][为為：:]|(?:资料|資料)[图圖])|[（(][^（()）]{1,30}(?:[摄攝]影?|(?<![见見如上下左右附])[图圖])[）)]$|(?:[摄攝]影?|[图圖])\s*[/／|：:]\s*[^，。]{1,20}$/
const SAID_MAX_LENGTH = 120

function saysCaption(node: Node | null): node is Element {
  if (node === null || !/^(?:P|DIV|CENTER)$/.test(node.nodeName) || one(node as Element, 'p, div, table, ul'))
    return false
  const text = collapse(node.textContent ?? '')
  return text.length <= SAID_MAX_LENGTH && SAYS_CAPTION.test(text) && !isOfList(node as Element, text)
}

/** True for the first of several paragraphs that a sign begins. */
function isOfList(paragraph: Element, text: string): boolean {
  const [sign = ''] = /^[▲△▼↑◤]/.exec(text) ?? []
  return sign !== '' && collapse(paragraph.nextElementSibling?.textContent ?? '').startsWith(sign)
}

function nextCaption(block: Element): Element | null {
  let node = block.nextSibling
  while (node !== null && node.nodeType === 3 && collapse(node.nodeValue ?? '') === '') node = node.nextSibling
  return (isCaption(node) || saysCaption(node)) && one(node, 'img') === null ? node : null
}

/** What is said of a picture. */
export interface Caption {
  text: string
  /** The same with its links, marks and line breaks; taken out of the page. */
  content: Node[]
  /** False where the page shows it nowhere: it stands in an attribute. */
  isShown: boolean
}

/** Takes blank nodes and white space off an edge of some nodes, within elements too. */
function trimEdge(nodes: Node[], side: 0 | -1): void {
  for (let edge = nodes.at(side); edge !== undefined; edge = nodes.at(side)) {
    if (collapse(edge.textContent ?? '') !== '') {
      const value = edge.nodeValue ?? ''
      if (edge.nodeType === 3) edge.nodeValue = side === 0 ? value.trimStart() : value.trimEnd()
      else trimEdge(childNodes(edge), side)
      return
    }
    edge.parentNode?.removeChild(edge)
    nodes.splice(side, 1)
  }
}

/** The content of an element, taken out of it, without pictures and without white space at its edges. */
function contentOf(element: Element): Caption {
  for (const image of all(element, 'img')) image.remove()
  const content = childNodes(element)
  trimEdge(content, 0)
  trimEdge(content, -1)
  for (const node of content) element.removeChild(node)
  return { text: collapse(content.map((node) => node.textContent ?? '').join('')), content, isShown: true }
}

function captionsIn(block: Element): Caption[] {
  const found: Caption[] = []
  for (const element of all(block, '*')) {
    if (!isCaption(element)) continue
    const text = collapse(element.textContent)
    if (text !== '' && !found.some((each) => each.text.includes(text))) found.push(contentOf(element))
    else element.remove()
  }
  return [...found, contentOf(block)].filter(({ text }) => text !== '')
}

function joined(document: Document, captions: readonly Caption[]): Caption {
  const content = captions.flatMap((each, index) =>
    index === 0 ? each.content : [document.createTextNode(' '), ...each.content],
  )
  return { text: captions.map((each) => each.text).join(' '), content, isShown: true }
}

/** A picture's caption, once: in its block, beside it, or in its attributes. Its words are taken out of the page. */
export function takeCaption(image: Element, block: Element): Caption {
  const document = image.ownerDocument
  // What an ornament is called is no caption.
  const own = isIcon(image) ? '' : attributeCaption(image)
  const frame = closest(image, 'a')
  if (frame !== null && frame !== block && block.contains(frame)) replace(frame, childNodes(frame))
  const inside = block === image ? [] : captionsIn(block)
  const beside = nextCaption(block)
  const besideText = beside === null ? '' : collapse(beside.textContent)
  if (beside !== null && (inside.length === 0 || inside.some(({ text }) => text === besideText))) {
    beside.remove()
    if (inside.length === 0 && besideText !== '') return contentOf(beside)
  }
  if (inside.length > 0) return joined(document, inside)
  return { text: own, content: own === '' ? [] : [document.createTextNode(own)], isShown: false }
}
