import { all, childNodes } from '../../core/html/dom.ts'
import { unendedIn } from '../../core/html/end.ts'
import type { ProseParagraph } from '../../core/html/prose.ts'
import { hiddenProse, isProseLike, lettersIn } from '../../core/witness.ts'
import { type Message, message } from '../../words/words.ts'

/** What a body's markup hides of its story because something in it is never ended. */

/** Puts what stands of the story in a box behind it. `rule` names the box. */
export type TakeBack = (box: Element, rule: string) => void

/** Of more boxes that have their end none is looked at, of more that have not none either. */
const MAX_BOXES = 20

/** A sentence of fewer letters tells nothing of a story by itself. */
const LEAST = 8

const textOf = (node: Node): string => node.textContent ?? ''

function kindOf(node: Node): string {
  return node.nodeType === 1
    ? `${(node as Element).localName} ${(node as Element).getAttribute('class') ?? ''}`
    : '#text'
}

function mayBeProse(node: Node): boolean {
  return isProseLike(textOf(node), 0, LEAST)
}

function isProse(node: Node, kinds: ReadonlySet<string>): boolean {
  if (!kinds.has(kindOf(node))) return false
  const links = node.nodeType === 1 ? all(node as Element, 'a') : []
  return isProseLike(textOf(node), lettersOf(links) / Math.max(1, lettersOf([node])), LEAST)
}

const proseIn = (nodes: readonly Node[], kinds: ReadonlySet<string>): Node[] =>
  nodes.filter((node) => isProse(node, kinds))

const lettersOf = (nodes: readonly Node[]): number => nodes.reduce((sum, node) => sum + lettersIn(textOf(node)), 0)

/** Of what kinds the story's paragraphs before a box are, and what stands behind it. */
function around(box: Element): { kinds: ReadonlySet<string>; behind: readonly Node[] } {
  const siblings = box.parentNode === null ? [] : childNodes(box.parentNode)
  const at = siblings.indexOf(box)
  const kinds = new Set(['p ', ...siblings.slice(0, at).filter(mayBeProse).map(kindOf)])
  return { kinds, behind: siblings.slice(at + 1) }
}

/**
 * The nodes of a box from where paragraphs begin that are as the story's around it; none where more of them follow behind the
 * box, which then has its end.
 */
function restOfStory(box: Element, inside: readonly Node[]): Node[] {
  const { kinds, behind } = around(box)
  const prose = proseIn(inside, kinds)
  if (prose[0] === undefined || lettersOf(proseIn(behind, kinds)) >= lettersOf(prose)) return []
  let from = inside.indexOf(prose[0])
  const isShort = (node: Node | undefined) =>
    node !== undefined && kinds.has(kindOf(node)) && /[。！？]$/.test(textOf(node))
  while (isShort(inside[from - 1])) from -= 1
  return inside.slice(from)
}

/** What hides its text from readers, and what stands where a subscriber's text is cut off, hold prose that is no story's. */
const OWN_PROSE = /hidden|label|paywall|subscri|transaction|freemium/
/** A box of fewer paragraphs, letters, or of a smaller share of the text holds a teaser, or a notice. */
const PARAGRAPHS = 2
const LETTERS = 50
const SHARE = 0.2

/** What is said of a box that has its end, where it may have been put around paragraphs of the story; `null` of all others. */
function aroundStory(box: Element, inside: readonly Node[], rule: string): Message | null {
  if (OWN_PROSE.test(rule)) return null
  const prose = proseIn(inside, around(box).kinds)
  const letters = lettersOf(prose)
  if (prose.length < PARAGRAPHS || letters < LETTERS) return null
  if (box.parentNode !== null && letters < SHARE * lettersOf([box.parentNode])) return null
  return message`${rule}, which is left out, holds ${letters} letters of paragraphs as the story's are`
}

/**
 * A `TakeBack` for boxes that `texts` never end: a parser ends them where what holds them ends. It tells `doubts` what it
 * took.
 */
export function takingBack(texts: readonly string[], doubts: Message[]): TakeBack {
  let unended: ReadonlySet<string> | undefined
  const looked = { ended: 0, unended: 0 }
  return (box, rule) => {
    const inside = childNodes(box)
    if (!inside.some(mayBeProse)) return
    unended ??= new Set(texts.flatMap((text) => [...unendedIn(text)]))
    const kind = unended.has(box.localName) ? 'unended' : 'ended'
    if (looked[kind] >= MAX_BOXES) return
    looked[kind] += 1
    if (kind === 'ended') {
      const doubt = aroundStory(box, inside, rule)
      if (doubt !== null) doubts.push(doubt)
      return
    }
    const rest = restOfStory(box, inside)
    const behind = box.nextSibling
    for (const node of rest) box.parentNode?.insertBefore(node, behind)
    if (rest.length > 0)
      doubts.push(message`the page never ends ${rule}: ${lettersOf(rest)} letters in it are taken for the story's`)
  }
}

/** What is said of the story's prose that scripts and comments without an end have `swallowed`; `null` where there is none. */
export function swallowedFrom(swallowed: readonly ProseParagraph[], root: Element): Message | null {
  // A body stands in its page, too.
  const once = new Map(swallowed.map((paragraph) => [paragraph.text, paragraph]))
  return once.size === 0 ? null : hiddenProse([...once.values()], textOf(root))
}
