import type { Block } from './tree.ts'

/** Signs that mean nothing in Markdown, wherever they stand behind a letter or a sign of Chinese. */
const LETTERS = String.raw`\p{Script=Han}a-zA-Z0-9，。、；：？！“”‘’《》（）「」『』…—·％,.%:;?/()`
const PLAIN = new RegExp(String.raw`^[\p{Script=Han}“‘《（「『…—](?:[${LETTERS}]| (?=[${LETTERS}]))*$`, 'u')
/** What may reach beyond a blank line, or be meant elsewhere: HTML, fences, definitions. */
const REACHES_FAR = /[<`~\r]|\]:/
const MAX_OTHERS = 100

/** A part of a body: what is known to be said in it, or Markdown that is to be read. */
export type Part = { block: Block } | { markdown: string }

/**
 * The parts of a body: paragraphs of text alone, of which most stories are made, can be read as they stand; what is between
 * them is Markdown by itself.
 */
export function partsOf(markdown: string): Part[] {
  if (REACHES_FAR.test(markdown)) return [{ markdown }]
  const parts: Part[] = []
  let others = 0
  // A paragraph, and the blank lines behind it.
  for (const [whole, text = ''] of markdown.matchAll(/((?:[^\n]+\n)*?[^\n]+|)(?:\n{2,}|\n?$)/g)) {
    const last = parts.at(-1)
    if (PLAIN.test(text)) {
      parts.push({ block: { kind: 'paragraph', inlines: [{ kind: 'text', text }], explicit: true, caption: null } })
    } else {
      if (last !== undefined && 'markdown' in last) last.markdown += whole
      else parts.push({ markdown: whole })
      if ((others += 1) > MAX_OTHERS) return [{ markdown }]
    }
  }
  return parts
}
