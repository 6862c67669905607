import { ENDED_IN_LISTS, OPTIONAL_END } from './elements.ts'
import { isTag, type Token, tokenizer } from './tokenize.ts'

/** Elements that HTML lets end without a tag. */
const OPTIONAL = new Set([...OPTIONAL_END, ...ENDED_IN_LISTS])

/** True for the end tag of the root, or of its body: a page goes on to its end. */
export function endsRoot(token: Token): boolean {
  return token.kind === 'end' && (token.name === 'html' || token.name === 'body')
}

/**
 * False where a page ends before its time: without the end of its root. Of what has no root (part of a page), where it
 * ends inside a tag or a comment, or with elements open.
 */
export function isEnded(html: string): boolean {
  const next = tokenizer(html)
  const open = new Map<string, number>()
  let hasRoot = false
  let left = 0
  for (let token = next(); token !== null; token = next()) {
    if (token.kind === 'unended') return false
    if (token.kind === 'comment') {
      if (token.end === html.length && !html.endsWith('>')) return false
      continue
    }
    if (endsRoot(token)) return true
    const { name } = token
    const count = open.get(name) ?? 0
    if (token.kind === 'end') {
      left -= count > 0 ? 1 : 0
      open.set(name, Math.max(0, count - 1))
    } else if (token.isRaw) {
      if (next()?.kind !== 'end') return false
    } else if (!token.isEmpty && !token.isSelfClosing && !OPTIONAL.has(name)) {
      left += 1
      open.set(name, count + 1)
    }
    hasRoot ||= name === 'html'
  }
  return left === 0 && !hasRoot
}

/** The names of elements of which a text begins more than it ends. Those that may do without an end tag are not counted. */
export function unendedIn(html: string): ReadonlySet<string> {
  const open = new Map<string, number>()
  const next = tokenizer(html)
  for (let token = next(); token !== null; token = next()) {
    if (!isTag(token) || token.isEmpty || token.isRaw) continue
    const { name, kind } = token
    if (!OPTIONAL.has(name)) open.set(name, Math.max(0, (open.get(name) ?? 0) + (kind === 'start' ? 1 : -1)))
  }
  return new Set([...open].filter(([, count]) => count > 0).map(([name]) => name))
}
