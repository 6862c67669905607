import { parseHtml } from '../../core/html/html.ts'
import { all, childrenOf, one, replace } from './dom.ts'
import { dropChrome } from './drop.ts'
import { arrangeEmbeds } from './embeds.ts'
import { collapse } from './page.ts'
import { arrangePictures } from './pictures.ts'
import { restoreOrder } from './shuffle.ts'

/** A story's body, cleaned, and the same as the page has it. */
export interface Body {
  body: Element
  source: string
}

const PLAYER_LINK = 'a[href^="https://players.brightcove.net/"]'
/** Posts of social networks of which the page holds the address alone. */
const WIDGET = '[data-instgrm-permalink], .fb-post, .fb-video'
const CONTENT = `img, iframe, video, audio, embed, object, hr, table, a[href], ${WIDGET}`

const MAY_BE_EMPTY = new Set('p h1 h2 h3 h4 h5 h6 li ul ol blockquote figcaption div section center'.split(' '))

/** A document of its own for each piece: what one leaves open does not reach into the next. */
function bodyElement(html: string): Element {
  return parseHtml(`<!DOCTYPE html><body>${html}`).body
}

/** The indent that pages set with full-width spaces, and the blanks they leave at the end. */
function trimParagraph(paragraph: Element): void {
  const first = paragraph.firstChild
  const last = paragraph.lastChild
  if (first?.nodeType === 3) first.nodeValue = (first.nodeValue ?? '').trimStart()
  if (last?.nodeType === 3) last.nodeValue = (last.nodeValue ?? '').trimEnd()
}

function dropEmpty(root: Element): void {
  for (const element of all(root, '*').toReversed()) {
    if (!MAY_BE_EMPTY.has(element.localName)) continue
    if (collapse(element.textContent) === '' && !element.matches(WIDGET) && one(element, CONTENT) === null)
      element.remove()
    else if (element.localName === 'p') trimParagraph(element)
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

/** Paragraphs of plain text: parted by empty lines, or lines of Chinese that end with their sentence. */
function paragraphed(html: string): string {
  if (!html.includes('\n') || /<[a-z!/]/i.test(html)) return html
  const paragraphs = html
    .split(/\r?\n[^\S\n]*\r?\n\s*|(?<=[。！？…；][”」』）]?[^\S\n]*)\r?\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
  return paragraphs.length < 2 ? html : paragraphs.map((each) => `<p>${each}</p>`).join('')
}

function isPlayer(element: Element): boolean {
  return element.localName === 'p' && one(element, PLAYER_LINK) !== null
}

/** Of what stands before the body only pictures and players are kept: the rest is headline, byline, time. */
function picturesAlone(lead: Element): void {
  const kept = all(lead, 'figure, iframe, video, audio, p').filter((each) => each.localName !== 'p' || isPlayer(each))
  while (lead.firstChild !== null) lead.removeChild(lead.firstChild)
  for (const each of kept) lead.appendChild(each)
}

/**
 * Puts a body together: leading pictures, then the text, each piece parsed on its own, shuffled paragraphs in order,
 * chrome dropped, embeds and pictures in plain form. `null` when nothing is left. The order matters: shuffled ads hold
 * places among the paragraphs; a picture's caption can only be told once chrome is gone.
 */
export function bodyOf(leads: readonly string[], given: string, base: string): Body | null {
  const html = paragraphed(given)
  const root = bodyElement(html)
  const lead = root.ownerDocument.createElement('main')
  for (const piece of leads) for (const node of childrenOf(bodyElement(piece))) lead.appendChild(node)
  root.insertBefore(lead, root.firstChild)
  const shuffled = html.includes('data-s') && one(root, '[data-s]') !== null
  if (shuffled) restoreOrder(root)
  const source = shuffled ? root.innerHTML.replace(/^<main>|<\/main>/, '') : [...leads, html].join('')
  dropChrome(root)
  arrangeEmbeds(root, base)
  arrangePictures(root, base)
  picturesAlone(lead)
  dropEmpty(root)
  if (!holdsSomething(root, lead)) return null
  replace(lead, childrenOf(lead))
  return { body: root, source: source.trim() }
}
