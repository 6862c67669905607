import { charClass } from './characters.ts'
import { type Inline, type Mark, plain, text } from '../blocks.ts'

/** What closes each opening quote or bracket. */
const CLOSERS: ReadonlyMap<string, string> = new Map(
  '“” ‘’ 「」 『』 《》 〈〉 （） 【】 〔〕 ［］ ｛｝ 〖〗'.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]),
)
/** A dash and an ellipsis are one sign of two characters. */
const SIGN_FIRST = /^(?:—+|…+|.)/u
const SIGN_LAST = /(?:(?<!—)—+|(?<!…)…+|.)$/u

/** The full-width punctuation at the beginning of a text; at its end for -1. */
function edgeRun(value: string, side: 0 | -1): string {
  const chars = side === 0 ? Array.from(value) : Array.from(value).toReversed()
  const end = chars.findIndex((char) => char < '\u0080' || charClass(char) !== 'punctuation')
  const run = end < 0 ? chars : chars.slice(0, end)
  return (side === 0 ? run : run.toReversed()).join('')
}

/** What is left of a mark: what moved before it, what stays in it, what moved behind. */
interface Peeled {
  before: Inline[]
  inside: Inline[]
  after: Inline[]
}

/** The text at an edge of inline content, within marks too. */
export function deepText(children: readonly Inline[], side: 0 | -1): string {
  const edge = children.at(side)
  if (edge?.kind === 'text') return edge.text
  return edge?.kind === 'mark' ? deepText(edge.children, side) : ''
}

function cut(children: readonly Inline[], side: 0 | -1, length: number): Inline[] {
  const edge = children.at(side)
  if (edge === undefined || length === 0) return [...children]
  const rest = side === 0 ? children.slice(1) : children.slice(0, -1)
  let shorter: Inline | null = null
  if (edge.kind === 'text') {
    const kept = side === 0 ? edge.text.slice(length) : edge.text.slice(0, edge.text.length - length)
    shorter = kept === '' ? null : text(kept)
  } else if (edge.kind === 'mark') {
    const kept = cut(edge.children, side, length)
    shorter = kept.length === 0 ? null : { ...edge, children: kept }
  }
  if (shorter === null) return [...rest]
  return side === 0 ? [shorter, ...rest] : [...rest, shorter]
}

/** How many characters of each run leave a mark: one where its edge fails, and the other quote of a pair with each. */
function leaving(head: string, tail: string, words: string, sides: Sides): { lead: number; trail: number } {
  let lead = sides.lead ? (SIGN_FIRST.exec(head)?.[0].length ?? 0) : 0
  let trail = sides.trail ? (SIGN_LAST.exec(tail)?.[0].length ?? 0) : 0
  for (const [at, opener] of Array.from(head).entries()) {
    const closer = CLOSERS.get(opener) ?? ''
    const from = tail.lastIndexOf(closer)
    // The same closer within belongs to another pair.
    if (closer === '' || from < 0 || words.indexOf(closer) !== words.lastIndexOf(closer)) continue
    if (at >= lead && tail.length - from > trail) continue
    lead = Math.max(lead, at + 1)
    trail = Math.max(trail, tail.length - from)
  }
  return { lead, trail }
}

interface Sides {
  lead: boolean
  trail: boolean
}

/**
 * Full-width punctuation at a mark's edges, moved outside of it, no more than parses: `**“中文”**` becomes `“**中文**”`,
 * both quotes of a pair together, and `**“中文”。**` becomes `**“中文”**。`. `null` when there is none, or nothing else.
 */
export function peel(mark: Mark, sides: Sides): Peeled | null {
  const head = edgeRun(deepText(mark.children, 0), 0)
  const tail = edgeRun(deepText(mark.children, -1), -1)
  const { lead, trail } = leaving(head, tail, plain(mark.children), sides)
  if (lead === 0 && trail === 0) return null
  const inside = cut(cut(mark.children, 0, lead), -1, trail)
  const hasWords = inside.length > 0 && deepText(inside, 0) !== ''
  if (!hasWords || deepText(mark.children, 0).length + deepText(mark.children, -1).length <= lead + trail) return null
  const before = lead === 0 ? [] : [text(head.slice(0, lead))]
  return { before, inside, after: trail === 0 ? [] : [text(tail.slice(tail.length - trail))] }
}
