import { IN_TEXT } from './elements.ts'
import { decodeEntities, tagOf } from './tag.ts'
import { isTag, readAll, type TagToken, type TokenReader } from './tokenize.ts'

/** An element around paragraphs. */
export interface Container {
  readonly name: string
  readonly parent: Container | null
  /** How many elements stand above it. */
  readonly depth: number
}

/** A paragraph of a page, wherever it stands, but for furniture. */
export interface ProseParagraph {
  /** White space collapsed. */
  text: string
  /** How much of it is in links, 0 to 1. */
  linked: number
  /** The innermost element around it; `null` at the top of a fragment. */
  place: Container | null
}

const INLINE = new Set([...IN_TEXT, ...'img input label picture source'.split(' ')])
const FURNITURE = new Set(
  'nav aside footer header form figcaption button select option dialog li menu address template noscript svg'.split(
    ' ',
  ),
)
const NAMED =
  /(?:^|[-_\s])(?:caption|credits?|newsletter|related|recommend\w*|further|promo\w*|shar(?:e|ing)|social|comments?|bio|byline|author|breadcrumbs?|tags?|keywords?|summary|sponsor\w*|advert\w*|ads?|copyright|disclaimer|popular|trending|hot|widget|subscribe|cookie|consent|paywall)(?:$|[-_\s\d])/i
const LISTS = new Set('ul ol menu dir'.split(' '))
/** Of markup that never closes its elements no more are remembered. */
const MAX_OPEN = 200

function isFurniture(tag: TagToken, html: string): boolean {
  if (FURNITURE.has(tag.name)) return true
  if (INLINE.has(tag.name) || tag.name === 'html' || tag.name === 'body' || tag.end - tag.attributesAt < 4) return false
  const element = tagOf(html, tag)
  return NAMED.test(`${element.attribute('class') ?? ''} ${element.attribute('id') ?? ''}`)
}

/** Reads the paragraphs of `html` in a pass over its tokens that is made for something else: see `paragraphsOf`. */
export function proseReader(html: string, isPassedOver = isFurniture): TokenReader<ProseParagraph[]> {
  const found: ProseParagraph[] = []
  let place: Container | null = null
  /** The outermost element of furniture that is open, and how many of its name are open in it; of an item how many lists. */
  let furniture = null as { name: string; open: number } | null
  let text = ''
  let linkedLength = 0
  let isLink = false
  let at = 0
  let isRaw = false

  function take(until: number): void {
    if (isRaw || furniture !== null || until <= at) return
    const raw = html.slice(at, until)
    const shown = raw.includes('&') ? decodeEntities(raw) : raw
    text += shown
    if (isLink) linkedLength += shown.trim().length
  }

  function endLine(): void {
    const shown = text.trim() === '' ? '' : text.replace(/\s+/g, ' ').trim()
    if (shown !== '') found.push({ text: shown, linked: Math.min(1, linkedLength / shown.length), place })
    text = ''
    linkedLength = 0
  }

  function close(name: string): void {
    let here = place
    while (here !== null && here.name !== name) here = here.parent
    if (here !== null) place = here.parent
  }

  function open(tag: TagToken): void {
    if (place?.name === 'p') place = place.parent
    if (isPassedOver(tag, html)) furniture = { name: tag.name, open: 1 }
    else if ((place?.depth ?? 0) < MAX_OPEN) place = { name: tag.name, parent: place, depth: (place?.depth ?? 0) + 1 }
  }

  return {
    meet(token) {
      take(token.start)
      at = token.end
      isRaw = token.kind === 'start' && token.isRaw
      if (!isTag(token)) return
      if (furniture !== null) {
        // An item may do without an end tag: the end of its list is its own.
        const isItem = furniture.name === 'li'
        const isItsEnd = isItem && furniture.open === 1 && token.name === 'li' && token.kind === 'end'
        const isCounted = isItem ? LISTS.has(token.name) : token.name === furniture.name
        if ((!isCounted && !isItsEnd) || token.isEmpty) return
        furniture.open += token.kind === 'start' ? 1 : -1
        if (furniture.open > 0) return
        furniture = null
        if (!isItem || isItsEnd) return
      }
      if (token.name === 'a') isLink = token.kind === 'start'
      if (INLINE.has(token.name)) return
      endLine()
      if (token.kind === 'end') close(token.name)
      else if (!token.isEmpty) open(token)
    },
    end() {
      take(html.length)
      endLine()
      return found
    },
  }
}

/**
 * The paragraphs that a page shows, in order, read by the tokenizer alone: no tree is built. What stands in furniture
 * (navigation, a form, a caption, a list of other stories: told by tags, classes and ids) is passed over, or what `isPassedOver` says.
 */
export function paragraphsOf(html: string, isPassedOver?: (tag: TagToken, html: string) => boolean): ProseParagraph[] {
  return readAll(html, proseReader(html, isPassedOver))
}

/** The words of the paragraphs that a page or a part of one shows, a line each. */
export function proseOf(html: string): string {
  return paragraphsOf(html)
    .map(({ text }) => text)
    .join('\n')
}
