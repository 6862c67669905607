import { parseHtml } from '../../core/html.ts'
import { all, one, replace } from './dom.ts'
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
const CONTENT = 'img, iframe, video, audio, embed, object, hr, table, a[href]'
const EDGE_SPACE = /^[\s\u00a0\u3000\u200b\ufeff]+|[\s\u00a0\u3000\u200b\ufeff]+$/g

function append(holder: Element, html: string): void {
  // A document of its own for each piece: what one leaves open does not reach into the next.
  const piece = parseHtml(`<!DOCTYPE html><body>${html}`)
  while (piece.body.firstChild !== null) holder.appendChild(piece.body.firstChild)
}

/** The indent that pages set with full-width spaces, and the blanks they leave at the end. */
function trimParagraph(paragraph: Element): void {
  const first = paragraph.firstChild
  const last = paragraph.lastChild
  if (first?.nodeType === 3) first.nodeValue = (first.nodeValue ?? '').replace(/^[\s\u00a0\u3000\u200b\ufeff]+/, '')
  if (last?.nodeType === 3) last.nodeValue = (last.nodeValue ?? '').replace(/[\s\u00a0\u3000\u200b\ufeff]+$/, '')
}

function dropEmpty(root: Element): void {
  for (const element of [...all(root, 'p, h1, h2, h3, h4, h5, h6, li, blockquote, figcaption')].toReversed()) {
    if ((element.textContent ?? '').replace(EDGE_SPACE, '') === '' && one(element, CONTENT) === null) element.remove()
    else if (element.localName === 'p') trimParagraph(element)
  }
}

/** True when a body says or shows something. */
function holdsSomething(root: Element): boolean {
  return collapse(root.textContent ?? '') !== '' || one(root, 'img, iframe, video, audio, a[href]') !== null
}

function isPlayer(element: Element): boolean {
  return element.localName === 'p' && one(element, PLAYER_LINK) !== null
}

/** Of what stands before the body only pictures and players are kept: the rest is headline, byline, time. */
function picturesAlone(lead: Element): void {
  if (lead.parentNode === null) return
  const kept = all(lead, 'figure, iframe, video, audio, p')
  replace(
    lead,
    kept.filter((each) => each.localName !== 'p' || isPlayer(each)),
  )
}

/**
 * Puts a body together: leading pictures, then the text, each piece parsed on its own, shuffled paragraphs in order,
 * chrome dropped, embeds and pictures in plain form. `null` when nothing is left. The order matters: shuffled ads hold
 * places among the paragraphs; a picture's caption can only be told once chrome is gone.
 */
export function bodyOf(lead: readonly string[], text: string, base: string): Body | null {
  const document = parseHtml('<!DOCTYPE html><body>')
  const holder = document.createElement('div')
  document.body.appendChild(holder)
  const leads = lead.map((piece) => {
    const element = document.createElement('div')
    append(element, piece)
    holder.appendChild(element)
    return element
  })
  append(holder, text)
  let source = [...lead, text].join('')
  if (one(holder, '[data-s]') !== null) {
    restoreOrder(holder)
    source = holder.innerHTML
  }
  dropChrome(holder)
  arrangeEmbeds(holder, base)
  arrangePictures(holder, base)
  for (const each of leads) picturesAlone(each)
  dropEmpty(holder)
  return holdsSomething(holder) ? { body: holder, source: source.trim() } : null
}
