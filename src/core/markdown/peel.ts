import { charClass, firstChar, lastChar } from './characters.ts'
import { type Inline, type Mark, text } from './tree.ts'

const CLOSERS: Readonly<Record<string, string>> = {
  '“': '”',
  '‘': '’',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
  '（': '）',
  '【': '】',
  '〔': '〕',
  '［': '］',
  '｛': '｝',
  '〖': '〗',
}
const OPENERS: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(CLOSERS).map(([a, b]) => [b, a]))

function leadingPunctuation(value: string): string {
  let end = 0
  for (const char of value) {
    if (char < '\u0080' || charClass(char) !== 'punctuation') break
    end += char.length
  }
  // White space behind it would stand at the mark's edge.
  return end === 0 ? '' : value.slice(0, value.length - value.slice(end).trimStart().length)
}

function trailingPunctuation(value: string): string {
  let start = value.length
  while (start > 0) {
    const char = lastChar(value.slice(0, start))
    if (char < '\u0080' || charClass(char) !== 'punctuation') break
    start -= char.length
  }
  return start === value.length ? '' : value.slice(value.slice(0, start).trimEnd().length)
}

/** What is left of a mark: what moved before it, what stays in it, what moved behind. */
export interface Peeled {
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

/**
 * Full-width punctuation at a mark's edges, moved outside of it: `**“中文”**` becomes `“**中文**”`, and both quotes of
 * a pair go together. `null` when there is none, or nothing else.
 */
export function peel(mark: Mark, sides: { lead: boolean; trail: boolean }): Peeled | null {
  const head = leadingPunctuation(deepText(mark.children, 0))
  const tail = trailingPunctuation(deepText(mark.children, -1))
  const first = firstChar(head)
  const last = lastChar(tail)
  const lead = head !== '' && (sides.lead || (sides.trail && OPENERS[last] === first)) ? head : ''
  const trail = tail !== '' && (sides.trail || (lead !== '' && CLOSERS[first] === last)) ? tail : ''
  if (lead === '' && trail === '') return null
  const inside = cut(cut(mark.children, 0, lead.length), -1, trail.length)
  const hasWords = inside.length > 0 && deepText(inside, 0) !== ''
  if (!hasWords || deepText(mark.children, 0).length + deepText(mark.children, -1).length <= lead.length + trail.length)
    return null
  return { before: lead === '' ? [] : [text(lead)], inside, after: trail === '' ? [] : [text(trail)] }
}
