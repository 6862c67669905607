import type { Wrapper } from './flow.ts'
import { type MarkKind, markOf } from '../blocks.ts'

const MARKS: Readonly<Record<string, MarkKind>> = {
  B: 'strong',
  STRONG: 'strong',
  I: 'em',
  EM: 'em',
  VAR: 'em',
  S: 'del',
  STRIKE: 'del',
  DEL: 'del',
  SUB: 'sub',
  SUP: 'sup',
}
/** Word has properties of its own that end like these. */
const STYLES: ReadonlyArray<readonly [MarkKind, RegExp]> = [
  ['em', /(?<![\w-])font-style\s*:\s*(?:italic|oblique)\b/i],
  ['strong', /(?<![\w-])font-weight\s*:\s*(?:bold|bolder|[6-9]00)\b/i],
  ['del', /(?<![\w-])text-decoration(?:-line)?\s*:[^;]{0,100}line-through/i],
]
const PLAIN: ReadonlyArray<readonly [MarkKind, RegExp]> = [
  ['em', /(?<![\w-])font-style\s*:\s*normal\b/i],
  ['strong', /(?<![\w-])font-weight\s*:\s*(?:normal|lighter|[1-5]00)\b/i],
]

const saidBy = (styles: typeof STYLES, style: string) =>
  styles.flatMap(([mark, said]) => (said.test(style) ? mark : []))

/**
 * What is open within an element of a name, `path` being open around it: its marks are told by its name and its style, which
 * may also end those around it. `path` itself where it means nothing.
 */
export function pathWithin(path: readonly Wrapper[], element: Element, name: string): readonly Wrapper[] {
  const style = element.getAttribute('style') ?? ''
  const named = MARKS[name]
  if (style === '') return named === undefined ? path : [...path, markOf(named)]
  const ended = saidBy(PLAIN, style)
  const marks = new Set([...(named === undefined ? [] : [named]), ...saidBy(STYLES, style)])
  const around = path.filter((it) => it.kind !== 'mark' || !ended.includes(it.mark))
  const own = [...marks].filter((mark) => !ended.includes(mark))
  return [...around, ...own.map(markOf)]
}
