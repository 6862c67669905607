import MarkdownIt from 'markdown-it'
import { renderMarkdown } from '../../src/core/markdown/render.ts'

const markdownIt = new MarkdownIt({ html: true })
// The default refuses some schemes; what is under test is what the Markdown says.
markdownIt.validateLink = () => true

// markdown-it knows no task lists of its own.
markdownIt.core.ruler.after('block', 'tasks', (state) => {
  for (const [index, token] of state.tokens.entries()) {
    const box = /^\[([ xX])\](?=\s)/.exec(token.content)
    const isFirst =
      state.tokens[index - 1]?.type === 'paragraph_open' && state.tokens[index - 2]?.type === 'list_item_open'
    if (token.type !== 'inline' || box === null || !isFirst) continue
    token.content = `<input type="checkbox"${box[1] === ' ' ? '' : ' checked'}>${token.content.slice(3)}`
  }
})

/** Two parsers of CommonMark and GFM's tables and strikethrough, written apart from each other. */
export const RENDERERS: readonly (readonly [string, (markdown: string) => string])[] = [
  ['micromark', renderMarkdown],
  ['markdown-it', (markdown) => markdownIt.render(markdown)],
]
