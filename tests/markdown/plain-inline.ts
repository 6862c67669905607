import { parseHtml } from '../../src/core/html/html.ts'
import { renderMarkdown } from '../../src/core/markdown/render.ts'

/** CommonMark replaces U+0000, and so does HTML; a private character stands in for it on the way. */
function standIn(text: string): string {
  let code = 0xe000
  while (text.includes(String.fromCharCode(code))) code += 1
  return String.fromCharCode(code)
}

const MAY_BE_MARKUP = /[\\*_~`[\]<&|$!{\u0000\r\n]/

/** A headline's inline Markdown as plain text, white space as it stands: the inverse of `escapeInline`. */
export function plainInline(markdown: string): string {
  if (!MAY_BE_MARKUP.test(markdown)) return markdown
  const nul = standIn(markdown)
  const source = markdown.replaceAll('\u0000', nul)
  const bracketed = parseHtml(renderMarkdown(`[${source}](x)`)).body.firstElementChild
  const isWhole = bracketed?.childNodes.length === 1 && bracketed.firstElementChild?.getAttribute('href') === 'x'
  const text = isWhole ? bracketed.textContent : parseHtml(renderMarkdown(source)).body.textContent?.trim()
  return (text ?? '').replaceAll(nul, '\u0000')
}
