import { escapeHtml, withoutLiquid } from '../html/escape.ts'
import type { CodeBlock } from '../blocks.ts'

function fenceFor(code: string): string {
  const longest = (code.match(/^ *`{3,}/gm) ?? []).reduce((most, run) => Math.max(most, run.trimStart().length), 2)
  return '`'.repeat(longest + 1)
}

function asHtml({ text, language }: CodeBlock): string {
  const safe = withoutLiquid(text.replace(/[&<>]/g, escapeHtml))
  const name = language === '' ? '' : ` class="language-${escapeHtml(language)}"`
  return `<pre><code${name}>${safe}\n</code></pre>`
}

/** A fenced block; as HTML where Liquid would read the code, for no escape works within a fence. */
export function writeCodeBlock(block: CodeBlock): string {
  if (/\{[{%]/.test(block.text + block.language))
    return asHtml({ ...block, language: block.language.replace(/[{}%]/g, '') })
  const fence = fenceFor(block.text)
  return `${fence}${block.language}\n${block.text}\n${fence}`
}
