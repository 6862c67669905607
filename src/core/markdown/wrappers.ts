import type { Wrapper } from './flow.ts'
import type { MarkKind } from './tree.ts'

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
const STYLED = new Set([
  'SPAN',
  'FONT',
  'B',
  'STRONG',
  'I',
  'EM',
  'U',
  'INS',
  'MARK',
  'SMALL',
  'BIG',
  'LABEL',
  'CITE',
  'DFN',
])

function styledAs(style: string): MarkKind | null {
  if (/font-weight\s*:\s*(?:bold|bolder|[6-9]00)\b/i.test(style)) return 'strong'
  if (/font-style\s*:\s*(?:italic|oblique)\b/i.test(style)) return 'em'
  return /text-decoration(?:-line)?\s*:[^;]{0,100}line-through/i.test(style) ? 'del' : null
}

/** What the style of a block means for all the words in it; `null` where it means nothing. */
export function blockWrapperOf(element: Element): Wrapper | null {
  const mark = styledAs(element.getAttribute('style') ?? '')
  return mark === null ? null : { kind: 'mark', mark, tag: false }
}

/** What an inline element means: by its name, unless its style says otherwise. `null` for a mere span. */
export function wrapperOf(element: Element, name: string): Wrapper | null {
  const style = STYLED.has(name) ? (element.getAttribute('style') ?? '') : ''
  const named = MARKS[name] ?? null
  if (style !== '') {
    if (named === 'strong' && /font-weight\s*:\s*(?:normal|lighter|[1-5]00)\b/i.test(style)) return null
    if (named === 'em' && /font-style\s*:\s*normal\b/i.test(style)) return null
  }
  const mark = named ?? (style === '' ? null : styledAs(style))
  return mark === null ? null : { kind: 'mark', mark, tag: false }
}
