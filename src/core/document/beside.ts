import type { Content } from './render.ts'
import { withFormerSignatures } from '../signed.ts'
import { addressOf, inHtml, keptByAddress, withPlaces } from './pictures-in-html.ts'
import { keptInMarkdown, withOriginals } from '../media/kept.ts'

/** A picture as the program writes it: its brackets, its link, its title. */
const WRITTEN = /(!\[(?:[^[\]\\]|\\.)*\]\()((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))+)(?: "((?:[^"\\\n]|\\.)*)")?\)/g

/**
 * What a page says, its pictures as they stand in the body of its file: where they are kept, and where they differ in their
 * signature alone. What is read here was written by the program: its Markdown need not be parsed.
 */
export function bodyBeside(body: Content['body'], file: string, base: string): Content['body'] {
  const former = withOriginals(file)
  const signed = (text: string): string => withFormerSignatures(text, former)
  const kept = keptByAddress(file)
  if ('html' in body) {
    const html = signed(body.html)
    return { html: kept.size === 0 ? html : withPlaces(html, inHtml(html, base), kept) }
  }
  const markdown = signed(body.markdown)
  if (kept.size === 0) return { markdown }
  return {
    markdown: markdown.replace(WRITTEN, (whole, brackets: string, link: string, title = '') => {
      const path = kept.get(addressOf(link) ?? '')
      return path === undefined ? whole : `${brackets}${keptInMarkdown(path, link, title)})`
    }),
  }
}
