import { all, bodyElement, childNodes, one, replace, textLength } from '../../core/html/dom.ts'
import type { Message } from '../../words/words.ts'
import { type Chrome, dropChrome, dropIslands } from './drop.ts'
import { arrangeEmbeds, linkWidgets } from './embeds.ts'
import type { PictureRules } from './picture-url.ts'
import { arrangePictures } from './pictures.ts'
import { collapse } from '../text.ts'
import { swallowedFrom, takingBack } from './unended.ts'
import { swallowedIn } from '../../core/html/swallowed.ts'
import type { ProseParagraph } from '../../core/html/prose.ts'

/** What of a paper's bodies is no story's, and how they are put in order. */
export interface BodyRules extends Chrome {
  readonly pictures: PictureRules
  /** Of a site that serves the children of a body shuffled: what they carry, and what puts those under an element back. */
  readonly shuffled?: { readonly by: string; readonly restore: (root: Element) => void }
}

/** A tag of a custom element. */
const CUSTOM = /<[a-z][a-z\d]{0,40}-/i

/**
 * A story's body, cleaned, and the same as the page has it, but for words above it and custom elements that are no part of
 * it.
 */
interface CleanBody {
  body: Element
  source: string
  /** What its own markup says against its text, a line each. */
  doubts: readonly Message[]
}

const PLAYER_LINK = 'a[href^="https://players.brightcove.net/"]'
/** Posts of social networks of which the page holds the address alone. */
const WIDGET = '[data-instgrm-permalink], .fb-post, .fb-video'
const CONTENT = `img, iframe, video, audio, embed, object, hr, table, a[href], ${WIDGET}`

const MAY_BE_EMPTY = new Set('p h1 h2 h3 h4 h5 h6 li ul ol blockquote figcaption div section center'.split(' '))

const IN_LINE = new Set('a abbr b bdi cite code del em font i ins mark q s small span strong sub sup time u'.split(' '))

/** The indent that pages set with full-width spaces, and the blanks they leave at the end. */
function trimParagraph(paragraph: Element): void {
  const first = paragraph.firstChild
  const last = paragraph.lastChild
  if (first?.nodeType === 3) first.nodeValue = (first.nodeValue ?? '').trimStart()
  if (last?.nodeType === 3) last.nodeValue = (last.nodeValue ?? '').trimEnd()
}

/** So many blank nodes beside an empty element are looked behind. */
const MOST_BLANK = 4

/** True for words in a line that is no element's own, blank nodes before them passed over. */
function isLoose(node: Node | null, step: 'previousSibling' | 'nextSibling'): boolean {
  let here = node
  for (let blank = 0; blank < MOST_BLANK && here !== null && collapse(here.textContent ?? '') === ''; blank += 1) {
    here = here[step]
  }
  return here !== null && (here.nodeType === 3 || IN_LINE.has((here as Element).localName))
}

/** True for an element that parts two lines, though it is empty. */
function partsLines({ previousSibling, nextSibling }: Element): boolean {
  return isLoose(previousSibling, 'previousSibling') && isLoose(nextSibling, 'nextSibling')
}

function dropEmpty(root: Element): void {
  for (const element of all(root, '*').toReversed()) {
    if (!MAY_BE_EMPTY.has(element.localName)) continue
    if (collapse(element.textContent) === '' && !element.matches(WIDGET) && one(element, CONTENT) === null) {
      if (!partsLines(element)) element.remove()
    } else if (element.localName === 'p') trimParagraph(element)
  }
}

function shows(root: Element): boolean {
  return /[\p{L}\p{N}]/u.test(root.textContent) || one(root, `img, iframe, video, audio, ${WIDGET}`) !== null
}

/**
 * True when a story says or shows something. One picture above a body that is not there is a page cut off; a gallery or
 * a player is a story.
 */
function holdsSomething(root: Element, lead: Element): boolean {
  root.removeChild(lead)
  const text = shows(root)
  root.insertBefore(lead, root.firstChild)
  return text || all(lead, 'img').length > 1 || one(lead, `iframe, video, audio, ${PLAYER_LINK}`) !== null
}

const LAID_OUT = /<(?:p|br|pre|table|ul|ol|dl|li|blockquote|h[1-6]|textarea)\b/i
const BLOCK =
  /<\/?(?:div|figure|figcaption|section|article|aside|main|header|footer|center|form|iframe|video|audio|script|style|noscript)\b/i
const EMPTY_LINE = /\r?\n[^\S\n]*\r?\n\s*/
/** Or a line of Chinese that ends with its sentence: looked for from its end, so that no spaces are gone over twice. */
const LINE_OF_TEXT = new RegExp(`${EMPTY_LINE.source}|\\n(?<=[。！？…；：][”」』）》"]{0,3}[^\\S\\n]*\\n)`)

/** Gives text without paragraphs its paragraphs: parted by empty lines; where it has no tag at all, by lines too. */
function paragraphed(html: string): string {
  if (!/[\n\u2028\u2029]/.test(html) || LAID_OUT.test(html)) return html
  const text = html.replace(/[\u2028\u2029]/g, '\n')
  const parts = text
    .split(/<[a-z!/]/i.test(text) ? EMPTY_LINE : LINE_OF_TEXT)
    .map((each) => each.trim())
    .filter((each) => each !== '')
  return parts.length < 2 ? html : parts.map((each) => (BLOCK.test(each) ? each : `<p>${each}</p>`)).join('\n')
}

/** What is kept of what stands before the body, beside players. */
const LEADS = new Set('figure iframe video audio'.split(' '))

function isPlayer(element: Element): boolean {
  return element.localName === 'p' && one(element, PLAYER_LINK) !== null
}

/** Of what stands before the body only pictures and players are kept: the rest is headline, byline, time. */
function picturesAlone(lead: Element): void {
  const kept = all(lead, '*').filter((each) => LEADS.has(each.localName) || isPlayer(each))
  while (lead.firstChild !== null) lead.removeChild(lead.firstChild)
  for (const each of kept) lead.appendChild(each)
}

/** The page of which a body is part. */
interface PageAround {
  readonly html: string
  /** See `swallowedIn`. */
  swallowed(): readonly ProseParagraph[]
}

/**
 * Puts a body together: leading pictures, then the text, each piece parsed on its own, shuffled paragraphs in order,
 * chrome dropped, embeds and pictures in plain form. `null` when nothing is left. The order matters: shuffled ads hold
 * places among the paragraphs; a picture's caption can only be told once chrome is gone. `page` is that in which the
 * body stands, if it is part of one.
 */
export function bodyOf(
  leads: readonly string[],
  given: string,
  base: string,
  rules: BodyRules,
  page: PageAround | null = null,
): CleanBody | null {
  const html = paragraphed(given)
  const root = bodyElement(html)
  const lead = root.ownerDocument.createElement('main')
  for (const piece of leads) for (const node of childNodes(bodyElement(piece))) lead.appendChild(node)
  root.insertBefore(lead, root.firstChild)
  const { shuffled } = rules
  const isShuffled = shuffled !== undefined && html.includes(shuffled.by) && one(root, `[${shuffled.by}]`) !== null
  if (isShuffled) shuffled.restore(root)
  const isOther = (CUSTOM.test(html) && dropIslands(root, rules)) || isShuffled
  root.removeChild(lead)
  const own = isOther ? root.innerHTML : html
  root.insertBefore(lead, root.firstChild)
  linkWidgets(root, base)
  const texts = page === null ? [given] : [given, page.html]
  const doubts: Message[] = []
  dropChrome(root, rules, { takeBack: takingBack(texts, doubts) })
  arrangeEmbeds(root, base)
  arrangePictures(root, base, rules.pictures)
  const told = textLength(lead)
  picturesAlone(lead)
  const shown = textLength(lead) === told ? leads.join('') : lead.innerHTML
  dropEmpty(root)
  if (!holdsSomething(root, lead)) return null
  replace(lead, childNodes(lead))
  const swallowed = swallowedFrom([...swallowedIn(given), ...(page?.swallowed() ?? [])], root)
  if (swallowed !== null) doubts.push(swallowed)
  return { body: root, source: `${shown}${own}`.trim(), doubts }
}
