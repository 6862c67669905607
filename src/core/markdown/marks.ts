import { charClass, firstChar, lastChar } from './characters.ts'
import { lostMarks, type Piece } from './delimiters.ts'
import { deepText, peel } from './peel.ts'
import { simplify, takeEdges } from './tidy.ts'
import { type Inline, type Link, type Mark, text } from '../blocks.ts'

/** Rounds after which what still does not parse is written as tags. */
const ROUNDS = 6

function edgeOf(inline: Inline): { first: string; last: string } {
  switch (inline.kind) {
    case 'text':
      return { first: firstChar(inline.text), last: lastChar(inline.text) }
    case 'code':
      return { first: '`', last: '`' }
    case 'image':
      return { first: '!', last: ')' }
    case 'link':
      return { first: '[', last: ')' }
    case 'break':
      return inline.tag ? { first: '<', last: '>' } : { first: ' ', last: ' ' }
    default:
      return { first: '<', last: '>' }
  }
}

function isTagged(mark: Mark): boolean {
  return mark.tag || mark.mark === 'sub' || mark.mark === 'sup'
}

function piecesOf(inlines: readonly Inline[], pieces: Piece[]): void {
  for (const inline of inlines) {
    if (inline.kind !== 'mark') {
      pieces.push(edgeOf(inline))
      continue
    }
    const tag = edgeOf(inline)
    pieces.push(isTagged(inline) ? tag : { mark: inline, opens: true })
    piecesOf(inline.children, pieces)
    pieces.push(isTagged(inline) ? tag : { mark: inline, opens: false })
  }
}

interface Outer {
  before: string
  after: string
}

/** A link at a mark's edge takes the mark into itself: inside its brackets delimiters always parse. */
function pushIntoLinks(mark: Mark): Inline[] | null {
  const { children } = mark
  const first = children[0]
  const last = children.at(-1)
  const leads = first?.kind === 'link'
  const trails = last?.kind === 'link' && children.length > 1
  if (!leads && !trails) return null
  const middle = children.slice(leads ? 1 : 0, trails ? -1 : undefined)
  const into = (link: Link): Link => ({ ...link, children: [{ ...mark, children: link.children }] })
  return [...(leads ? [into(first)] : []), ...splitEdges(mark, middle), ...(trails ? [into(last)] : [])]
}

function splitEdges(mark: Mark, middle: readonly Inline[]): Inline[] {
  const children = middle.map((it) => (it.kind === 'text' ? text(it.text) : it))
  const { lead, trail } = takeEdges(children)
  return children.length === 0 ? [...lead, ...trail] : [...lead, { ...mark, children }, ...trail]
}

function fails(inner: string, outer: string): boolean {
  return charClass(inner) !== 'letter' && charClass(outer) !== 'space' && charClass(outer) !== 'punctuation'
}

function sidesOf(mark: Mark, before: string, after: string): { lead: boolean; trail: boolean } {
  return {
    lead: fails(firstChar(deepText(mark.children, 0)), before),
    trail: fails(lastChar(deepText(mark.children, -1)), after),
  }
}

function rewrite(mark: Mark, before: string, after: string): Inline[] {
  const pushed = pushIntoLinks(mark)
  if (pushed !== null) return pushed
  const peeled = peel(mark, sidesOf(mark, before, after))
  if (peeled !== null) return [...peeled.before, ...splitEdges(mark, peeled.inside), ...peeled.after]
  return [{ ...mark, tag: true }]
}

function mergeText(inlines: readonly Inline[]): Inline[] {
  const merged: Inline[] = []
  for (const inline of inlines) {
    const last = merged.at(-1)
    if (inline.kind === 'text' && last?.kind === 'text') merged[merged.length - 1] = text(last.text + inline.text)
    else merged.push(inline)
  }
  return merged
}

function rewriteAll(inlines: readonly Inline[], lost: ReadonlySet<Mark>, isLast: boolean, outer: Outer): Inline[] {
  const result = inlines.flatMap((inline, index): Inline[] => {
    if (inline.kind !== 'mark') return [inline]
    const previous = inlines[index - 1]
    const next = inlines[index + 1]
    const before = previous === undefined ? outer.before : edgeOf(previous).last
    const after = next === undefined ? outer.after : edgeOf(next).first
    const inner = { before: index === 0 ? before : '*', after: index === inlines.length - 1 ? after : '*' }
    if (lost.has(inline) && isLast) return [{ ...inline, tag: true }]
    // What fails within may be all that fails, unless both stand over the same words.
    const isOwnFault = inline.children.length === 1 || !inline.children.some((it) => holdsLost(it, lost))
    if (lost.has(inline) && isOwnFault) return rewrite(inline, before, after)
    return [{ ...inline, children: rewriteAll(inline.children, lost, isLast, inner) }]
  })
  return mergeText(result)
}

function holdsLost(inline: Inline, lost: ReadonlySet<Mark>): boolean {
  return inline.kind === 'mark' && (lost.has(inline) || inline.children.some((it) => holdsLost(it, lost)))
}

function settleOnce(inlines: readonly Inline[], outer: Outer): Inline[] {
  let settled = [...inlines]
  for (let round = 0; round <= ROUNDS + 1; round += 1) {
    const pieces: Piece[] = [{ first: outer.before, last: outer.before }]
    piecesOf(settled, pieces)
    pieces.push({ first: outer.after, last: outer.after })
    const lost = lostMarks(pieces)
    if (lost.size === 0) break
    settled = round > ROUNDS ? allTagged(settled) : rewriteAll(settled, lost, round === ROUNDS, outer)
  }
  return settled
}

/** goldmark parses no delimiter around a link that holds a picture. */
function holdsLinkedPicture(inlines: readonly Inline[]): boolean {
  return inlines.some((it) =>
    it.kind === 'link' ? holdsPicture(it.children) : it.kind === 'mark' && holdsLinkedPicture(it.children),
  )
}

function holdsPicture(inlines: readonly Inline[]): boolean {
  return inlines.some((it) => it.kind === 'image' || (it.kind === 'mark' && holdsPicture(it.children)))
}

/** A copy with every mark to be written with delimiters that may be. */
function withoutTags(inlines: readonly Inline[]): Inline[] {
  return inlines.map((it) => {
    if (it.kind === 'mark') {
      return { ...it, tag: holdsLinkedPicture(it.children), children: withoutTags(it.children) }
    }
    return it.kind === 'link' ? { ...it, children: withoutTags(it.children) } : { ...it }
  })
}

function isSame(some: readonly Inline[], others: readonly Inline[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others)
}

/** One run of neighbouring marks. */
function settleRun(marks: readonly Inline[], outer: Outer, rounds: number): Inline[] {
  const settled = settleOnce(marks, outer)
  if (rounds === 0 || settled.every((inline, index) => inline === marks[index])) return settled
  // What moved may have made a tag needless, or left marks out of order: settled again, until the line is what it would
  // be when read back.
  const bare = simplify(withoutTags(settled))
  return isSame(bare, settled) || isSame(bare, withoutTags(marks)) ? settled : settleRuns(bare, outer, rounds - 1)
}

/** What stands between marks parts them: whatever opens in a run of neighbours closes in it. */
function settleRuns(inlines: readonly Inline[], outer: Outer, rounds: number): Inline[] {
  const settled: Inline[] = []
  for (let at = 0; at < inlines.length; at += 1) {
    const first = at
    while (inlines[at]?.kind === 'mark') at += 1
    const before = inlines[first - 1]
    const next = inlines[at]
    if (at > first) {
      const edges = {
        before: before === undefined ? outer.before : edgeOf(before).last,
        after: next === undefined ? outer.after : edgeOf(next).first,
      }
      for (const inline of settleRun(inlines.slice(first, at), edges, rounds)) settled.push(inline)
    }
    if (next !== undefined) settled.push(next)
  }
  return mergeText(settled)
}

/**
 * The same line with every mark in a form that parses: delimiters where they do, else full-width punctuation moved out
 * of the mark or the mark moved into a link, else a tag.
 */
export function settleMarks(inlines: readonly Inline[], outer: Outer = { before: '', after: '' }): Inline[] {
  const line = holdsLinkedPicture(inlines) ? withoutTags(inlines) : inlines
  return settleRuns(line, outer, ROUNDS).map(settleLinks)
}

function allTagged(inlines: readonly Inline[]): Inline[] {
  return inlines.map((it) => (it.kind === 'mark' ? { ...it, tag: true, children: allTagged(it.children) } : it))
}

function settleLinks(inline: Inline): Inline {
  if (inline.kind === 'link') return { ...inline, children: settleMarks(inline.children, { before: '[', after: ']' }) }
  return inline.kind === 'mark' ? { ...inline, children: inline.children.map(settleLinks) } : inline
}
