import { tokenizer } from './tokenize.ts'

/**
 * HTML without the elements of some `names` and without comments, in one pass over its text: less is left to be made a DOM.
 * An element that is never ended stays, and so do all of its name.
 */
export function withoutElements(html: string, names: ReadonlySet<string>): string {
  const next = tokenizer(html)
  const parts: string[] = []
  let from = 0
  let cut = null as { name: string; start: number; open: number } | null
  for (let token = next(); token !== null; token = next()) {
    if (token.kind === 'unended') continue
    if (token.kind === 'comment') {
      if (cut !== null || !html.startsWith('<!--', token.start)) continue
      parts.push(html.slice(from, token.start))
      from = token.end
      continue
    }
    const { name, kind, start, end } = token
    if (cut === null && (kind === 'end' || !names.has(name))) continue
    cut ??= { name, start, open: 0 }
    const isWhole = token.isEmpty || (token.isForeign && token.isSelfClosing)
    if (name === cut.name && !isWhole) cut.open += kind === 'start' ? 1 : -1
    if (cut.open > 0) continue
    parts.push(html.slice(from, cut.start))
    from = end
    cut = null
  }
  if (cut !== null) return withoutElements(html, new Set([...names].filter((name) => name !== cut?.name)))
  parts.push(html.slice(from))
  return parts.join('')
}
