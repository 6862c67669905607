import { isHidden, isLabel } from '../../core/html/hidden.ts'
import { all, childNodes, closest, isWithin, replace, tagOf, textLength } from '../../core/html/dom.ts'
import { wordsInDrawing } from '../../core/markdown/drawing.ts'
import { compileSelector } from '../../core/html/selector.ts'
import { lettersIn } from '../../core/witness.ts'
import type { TakeBack } from './unended.ts'

/**
 * What stands in a body and is no part of the story: ads, promotion, paywall boxes, navigation, chrome. Told by what an
 * element is, never by a word in its text.
 */

/** The rule by which an element is no part of a story, as a selector where it is one; `null` for what may be part of it. */
type DropList = (element: Element) => string | null

/** What a paper's bodies hold beside its stories. */
export interface Chrome {
  /** Of what is no part of a story wherever it stands, in a page of any layout. */
  readonly drop: DropList
  /** What is no part of a story but for pictures in it: above the body any, in the body those that `pictures` finds. */
  readonly islands?: { readonly holders: string; readonly pictures: string }
  /** What is made to hold one picture, beside `figure` and `picture`. */
  readonly figures?: string
}

/** What is no part of a story at any paper. */
const EVERYWHERE =
  'script, style, link, meta, base, template, noembed, noframes, form, input, select, textarea, svg, .adsbygoogle, .google-ad, .dfp-tag-wrapper, [id^=dfp-ad-], #outbrain-wrapper'
const AD_FRAME = /doubleclick\.net|googlesyndication\.com|googletagmanager\.com|facebook\.com\/plugins\/like/i
const BLOCK_OF_TEXT = /^(?:P|LI|TD|TH|H[1-6]|FIGCAPTION|BLOCKQUOTE|DD|DT)$/

const FIGURES = 'figure, picture'

const ELEMENT = 1
const TEXT = 3

/**
 * The drop list of a paper: `selectors` (of `core/html/selector.ts`), what is dropped everywhere, and links to where
 * `promotion` says.
 */
export function dropList(selectors: string, promotion: RegExp | null = null): DropList {
  // Of most papers a run reads no page.
  let compiled: ReturnType<typeof compileRules> | undefined
  return (element) => {
    compiled ??= compileRules(`${EVERYWHERE}, ${selectors}`)
    const { named, others } = compiled
    const { id, localName } = element
    if (localName === 'input' && isTask(element)) return null
    if (id !== '' && named.has(`#${id}`)) return `#${id}`
    if (named.has(localName)) return localName
    const classes = element.getAttribute('class')?.split(/\s+/) ?? []
    const found = classes.find((each) => named.has(`.${each}`))
    if (found !== undefined) return `.${found}`
    const tag = tagOf(element)
    const other = others.find(({ selector }) => selector.matches(tag))
    if (other !== undefined) return other.rule
    if (localName === 'a') return promotion !== null && isPromotion(element, promotion) ? 'a (promotion)' : null
    return localName === 'iframe' && AD_FRAME.test(element.getAttribute('src') ?? '') ? 'iframe (ads)' : null
  }
}

/** The rules of a list: those that are a name, a class or an id, and the others. */
function compileRules(list: string) {
  const rules = list.split(',').map((each) => each.trim())
  const named = new Set(rules.filter((rule) => /^[.#]?[\w-]+$/.test(rule)))
  const others = rules.filter((rule) => !named.has(rule)).map((rule) => ({ rule, selector: compileSelector(rule) }))
  return { named, others }
}

/** True for the box of a task in a list. */
function isTask(input: Element): boolean {
  return input.getAttribute('type')?.toLowerCase() === 'checkbox' && closest(input, 'li') !== null
}

/** A link of promotion, unless it is part of a sentence: words of the story are not taken out of it. */
function isPromotion(link: Element, promotion: RegExp): boolean {
  if (!promotion.test(link.getAttribute('href') ?? '')) return false
  const parent = link.parentNode
  if (parent === null || !BLOCK_OF_TEXT.test(parent.nodeName)) return true
  return !childNodes(parent).some((each) => each.nodeType === TEXT && (each.textContent ?? '').trim() !== '')
}

const IN_LINE = /^(?:a|abbr|b|em|font|i|ins|mark|s|span|strong|u)$/

/** True for words within a sentence, whatever a class or id calls them: a reader sees the sentence whole. */
function isInSentence({ localName, parentNode, previousSibling, nextSibling }: Element, rule: string): boolean {
  if (!/^[.#]/.test(rule) || !IN_LINE.test(localName) || parentNode === null) return false
  const [before, after] = [previousSibling, nextSibling].map((node) => (node?.nodeType === TEXT ? node.nodeValue : ''))
  return (
    BLOCK_OF_TEXT.test(parentNode.nodeName) && /[\p{L}\p{N}]$/u.test(before ?? '') && /^[\p{L}\p{N}]/u.test(after ?? '')
  )
}

function picturesOf(island: Element, pictures: string): Element[] {
  return outermost(all(island, closest(island, 'main') === null ? pictures : 'img'))
}

/** A button is chrome, unless it holds the one picture of its figure, or pictures that stand in no figure. */
function withoutButton(button: Element, figures: string): void {
  const images = all(button, 'img')
  const figure = button.closest(figures)
  const beside = figure === null ? 0 : all(figure, 'img').length - images.length
  replace(button, beside > 0 ? [] : images)
}

/** domino's selectors know no class that another character than a space sets apart. */
function spaceClasses(element: Element): void {
  const classes = element.getAttribute('class')
  if (classes !== null && /[\t\n\f\r]/.test(classes)) element.setAttribute('class', classes.replace(/\s+/g, ' '))
}

/** What is looked at, which stays where it is hidden: a slide, a picture that a script would show. */
const SHOWN = new Set('img picture figure iframe video audio video-js'.split(' '))

/** Takes the text out of an element that no reader sees; pictures and players in it stay. */
function withoutText(element: Element): void {
  replace(element, outermost(all(element, '*').filter((each) => SHOWN.has(each.localName))))
}

/** The outermost of some elements in the order of the document. */
function outermost(elements: readonly Element[]): Element[] {
  const found: Element[] = []
  for (const element of elements) {
    const last = found.at(-1)
    if (last === undefined || !isWithin(element, last)) found.push(element)
  }
  return found
}

/**
 * Drops text that no reader sees. Where most of a body is hidden a script would show it: then it is the story.
 */
function dropHidden(root: Element, note: Note, takeBack: TakeBack): void {
  for (const label of outermost(all(root, '*').filter(isLabel))) {
    takeBack(label, 'sr-only (label)')
    note('sr-only (label)', label)
    withoutText(label)
  }
  const hidden = outermost(all(root, '*').filter((each) => !SHOWN.has(each.localName) && isHidden(each)))
  for (const each of hidden) takeBack(each, 'hidden')
  if (hidden.length === 0) return
  const length = hidden.reduce((sum, each) => sum + textLength(each), 0)
  if (length * 2 >= textLength(root)) return
  for (const each of hidden) {
    note('hidden', each)
    withoutText(each)
  }
}

/** Letters that `dropChrome` takes out of a body, by the rule that does: 0 where it is an element without any. */
export function droppedFrom(root: Element, chrome: Chrome): ReadonlyMap<string, number> {
  const dropped = new Map<string, number>()
  const note: Note = (rule, node) => {
    dropped.set(rule, (dropped.get(rule) ?? 0) + lettersIn(node.textContent ?? ''))
  }
  dropChrome(root, chrome, { note })
  return dropped
}

/**
 * Takes custom elements that are no part of a story out of a body, but for pictures in islands: without their tags nothing
 * would tell their words from the story's. True where there was one.
 */
export function dropIslands(root: Element, { drop, islands }: Chrome, note: Note = () => {}): boolean {
  let isChanged = false
  for (const element of all(root, '*').filter(({ localName }) => localName.includes('-'))) {
    const holds = islands !== undefined && element.matches(islands.holders)
    const rule = holds ? islands.holders : drop(element)
    if (rule === null) continue
    note(rule, element)
    replace(element, holds ? picturesOf(element, islands.pictures) : [])
    isChanged = true
  }
  return isChanged
}

/** Told of what is taken out, before it is. */
type Note = (rule: string, node: Node) => void

/** Removes from a body what is no part of the story. Comments go too. `takeBack` is asked of each box before it goes. */
export function dropChrome(
  root: Element,
  chrome: Chrome,
  { note = () => {}, takeBack = () => {} }: { note?: Note; takeBack?: TakeBack },
): void {
  const { drop, figures } = chrome
  for (const drawing of all(root, 'svg')) {
    const words = wordsInDrawing(drawing)
    if (words !== '') replace(drawing, [root.ownerDocument.createTextNode(words)])
  }
  const isNoPart = (node: Node): boolean => {
    if (node.nodeType !== ELEMENT) return node.nodeType !== TEXT
    const element = node as Element
    spaceClasses(element)
    const rule = drop(element)
    if (rule === null || isInSentence(element, rule)) return false
    takeBack(element, rule)
    note(rule, element)
    return true
  }
  const dropUnder = (parent: Node): void => {
    for (let node = parent.firstChild; node !== null;) {
      const isGone = isNoPart(node)
      if (!isGone) dropUnder(node)
      // What is taken back stands behind the box that held it.
      const next: ChildNode | null = node.nextSibling
      if (isGone) parent.removeChild(node)
      node = next
    }
  }
  dropUnder(root)
  dropHidden(root, note, takeBack)
  dropIslands(root, chrome, note)
  for (const element of all(root, '*')) {
    if (element.localName.includes('-') && element.localName !== 'video-js') replace(element, childNodes(element))
  }
  for (const button of all(root, 'button')) {
    note('button', button)
    withoutButton(button, figures === undefined ? FIGURES : `${FIGURES}, ${figures}`)
  }
}
