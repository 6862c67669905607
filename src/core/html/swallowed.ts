import { type ProseParagraph, paragraphsOf } from './prose.ts'
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
export function swallowedIn(html: string): ProseParagraph[] {
  if (!mayLackEnds(html)) return []
  const found: ProseParagraph[] = []
  const next = tokenizer(html)
  let raw: { name: string; from: number } | null = null
  const look = (inner: string, begins: RegExp, isEnded: boolean): void => {
    if (!isEnded || begins.test(inner)) found.push(...paragraphsOf(inner))
  }
  for (let token = next(); ; token = next()) {
    if (raw !== null) {
      look(html.slice(raw.from, token?.start), new RegExp(`<${raw.name}[\\s/>]`, 'i'), token !== null)
    }
    if (token === null) return found
    raw = token.kind === 'start' && token.isRaw ? { name: token.name, from: token.end } : null
    if (token.kind === 'comment' && html.startsWith('<!--', token.start)) {
      look(html.slice(token.start + 4, token.end), /<!--/, /--!?>$/.test(html.slice(token.end - 4, token.end)))
    }
  }
}
