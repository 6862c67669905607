import { collapseSpace } from './space.ts'
import { type Inline, type Link, type Mark, type MarkKind, text } from '../blocks.ts'

/** The order in which marks over the same text are nested: the one that CommonMark reads out of `***`. */
const ORDER: readonly MarkKind[] = ['em', 'strong', 'del', 'sub', 'sup']

type Wrapper = Mark | Link

interface Edges {
  lead: Inline[]
  trail: Inline[]
}

/** White space and line breaks at a wrapper's edges belong outside it. */
export function takeEdges(children: Inline[]): Edges {
  const lead: Inline[] = []
  const trail: Inline[] = []
  for (let first = children[0]; first !== undefined; first = children[0]) {
    if (first.kind === 'break') {
      lead.push(first)
    } else if (first.kind === 'text') {
      const rest = first.text.trimStart()
      if (rest.length < first.text.length) lead.push(text(first.text.slice(0, first.text.length - rest.length)))
      first.text = rest
      if (rest !== '') break
    } else break
    children.shift()
  }
  for (let last = children.at(-1); last !== undefined; last = children.at(-1)) {
    if (last.kind === 'break') {
      trail.unshift(last)
    } else if (last.kind === 'text') {
      const rest = last.text.trimEnd()
      if (rest.length < last.text.length) trail.unshift(text(last.text.slice(rest.length)))
      last.text = rest
      if (rest !== '') break
    } else break
    children.pop()
  }
  return { lead, trail }
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
  const within = rest.reduceRight<Inline[]>(
    (held, kind) => [{ kind: 'mark', mark: kind, tag: false, children: held }],
    children,
  )
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
