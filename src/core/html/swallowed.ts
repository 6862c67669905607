import { type Paragraph, paragraphsOf } from './prose.ts'
import { tokenizer } from './tokenize.ts'

const MARKS = /<(\/?)(script|style|textarea|title|xmp|iframe|noembed|noframes|noscript)(?=[\s/>])|<!--|--!?>/gi

/** True where some raw text or comment may begin more often than it ends: a cheap look at the text. */
function mayLackEnds(html: string): boolean {
  const open = new Map<string, number>()
  for (const [mark, slash, name] of html.matchAll(MARKS)) {
    const kind = name === undefined ? '' : name.toLowerCase()
    const isEnd = name === undefined ? mark !== '<!--' : slash === '/'
    open.set(kind, (open.get(kind) ?? 0) + (isEnd ? -1 : 1))
  }
  return [...open.values()].some((count) => count > 0)
}

/**
 * The paragraphs of HTML that stand in raw text or a comment which goes on over the beginning of another of its kind, or up
 * to the end: whose own end is missing. No browser shows them.
 */
export function swallowedIn(html: string): Paragraph[] {
  if (!mayLackEnds(html)) return []
  const found: Paragraph[] = []
  const next = tokenizer(html)
  let from = 0
  let name = ''
  const end = (to: number): void => {
    const inner = html.slice(from, to)
    const beginsAgain = name === '!--' ? inner.includes('<!--') : new RegExp(`<${name}[\\s/>]`, 'i').test(inner)
    if (beginsAgain || to === html.length) found.push(...paragraphsOf(inner))
  }
  for (let token = next(); token !== null; token = next()) {
    if (name !== '') end(token.start)
    name = ''
    if (token.kind === 'comment' && html.startsWith('<!--', token.start)) {
      from = token.start + 4
      name = '!--'
      end(token.end)
      name = ''
    } else if (token.kind === 'start' && token.isRaw) {
      from = token.end
      name = token.name
    }
  }
  if (name !== '') end(html.length)
  return found
}
