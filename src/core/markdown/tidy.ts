import { collapseSpace } from './space.ts'
import { type Inline, type Link, type Mark, type MarkKind, markOf, text } from '../blocks.ts'

/** The order in which marks over the same text are nested: the one that CommonMark reads out of `***`. */
const ORDER: readonly MarkKind[] = ['em', 'strong', 'del', 'sub', 'sup']

type Wrapper = Mark | Link

/** Takes white space and line breaks off an edge: the beginning, or the end for -1. */
function takeEdge(children: Inline[], side: 0 | -1): Inline[] {
  const taken: Inline[] = []
  for (let edge = children.at(side); edge !== undefined; edge = children.at(side)) {
    if (edge.kind === 'break') taken.push(edge)
    else if (edge.kind === 'text') {
      const { length } = edge.text
      const rest = side === 0 ? edge.text.trimStart() : edge.text.trimEnd()
      const space = side === 0 ? edge.text.slice(0, length - rest.length) : edge.text.slice(rest.length)
      if (space !== '') taken.push(text(space))
      edge.text = rest
      if (rest !== '') break
    } else break
    if (side === 0) children.shift()
    else children.pop()
  }
  return side === 0 ? taken : taken.toReversed()
}

/** White space and line breaks at a wrapper's edges belong outside it. */
export function takeEdges(children: Inline[]): { lead: Inline[]; trail: Inline[] } {
  return { lead: takeEdge(children, 0), trail: takeEdge(children, -1) }
}

function isSameMark(a: Inline | undefined, b: Inline): boolean {
  return a?.kind === 'mark' && b.kind === 'mark' && a.mark === b.mark
}

function append(target: Inline[], inline: Inline): void {
  const last = target.at(-1)
  if (inline.kind === 'text') {
    if (inline.text === '') return
    if (last?.kind === 'text') last.text += inline.text
    else target.push(inline)
  } else if (inline.kind === 'code' && last?.kind === 'code') {
    last.text += inline.text
  } else if (inline.kind === 'mark' && last !== undefined && isSameMark(last, inline)) {
    for (const child of inline.children) append((last as Mark).children, child)
  } else target.push(inline)
}

/** Marks over the very same words: each once, in their order. */
function inOrder(mark: Mark): Mark {
  const kinds = new Set<MarkKind>()
  let inner: Inline = mark
  let children: Inline[] = []
  while (inner.kind === 'mark') {
    kinds.add(inner.mark)
    children = inner.children
    const [only, more]: Inline[] = children
    if (only === undefined || more !== undefined) break
    inner = only
  }
  const [outermost = mark.mark, ...rest] = ORDER.filter((kind) => kinds.has(kind))
  const within = rest.reduceRight<Inline[]>((held, kind) => [{ ...markOf(kind), children: held }], children)
  return { ...mark, mark: outermost, children: within }
}

/** Emphasis within emphasis says something (CommonMark's `*a *b* c*`); a link in a link, or two lines through, do not. */
function isNeedless(name: string, active: readonly string[]): boolean {
  const count = active.filter((it) => it === name).length
  return count > (name === 'em' || name === 'strong' ? 1 : 0)
}

function simplifyWrapper(wrapper: Wrapper, active: readonly string[], target: Inline[]): void {
  const name = wrapper.kind === 'mark' ? wrapper.mark : 'link'
  if (isNeedless(name, active)) {
    simplifyInto(wrapper.children, active, target)
    return
  }
  const children: Inline[] = []
  simplifyInto(wrapper.children, [...active, name], children)
  const { lead, trail } = takeEdges(children)
  for (const inline of lead) append(target, inline)
  if (children.length > 0) {
    append(target, wrapper.kind === 'mark' ? inOrder({ ...wrapper, children }) : { ...wrapper, children })
  }
  for (const inline of trail) append(target, inline)
}

function simplifyInto(inlines: readonly Inline[], active: readonly string[], target: Inline[]): void {
  for (const inline of inlines) {
    if (inline.kind === 'mark' || inline.kind === 'link') simplifyWrapper(inline, active, target)
    else append(target, inline)
  }
}

/** Marks and links in canonical form, white space within them apart. The nodes given are used up. */
export function simplify(inlines: readonly Inline[]): Inline[] {
  const simple: Inline[] = []
  simplifyInto(inlines, [], simple)
  return simple
}

/** The same content in its one canonical form: no mark empty, doubled, nested in itself, or with space at its edges. */
export function tidy(inlines: Inline[]): Inline[] {
  collapseSpace(inlines)
  const simple = simplify(inlines)
  takeEdges(simple)
  return simple
}
