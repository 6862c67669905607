import { sha256 } from '../hash.ts'
import { withOriginals } from '../media/kept.ts'
import { withoutSignatures } from '../signed.ts'
import { type Document, type FrontMatterEntry, isExtra } from './document.ts'

/** Two paragraphs of one story are taken for one another once in 2^36 pairs. */
const HASH_LENGTH = 6

/**
 * A short hash of a line or a paragraph, without the white space behind it and the signatures of its pictures, wherever these
 * are kept.
 */
export function hashOf(text: string): string {
  return sha256(withoutSignatures(withOriginals(text.trimEnd())), 'base64url').slice(0, HASH_LENGTH)
}

/** True for a body in the form of HTML, not Markdown. */
export function isHtml(body: string): boolean {
  return body.startsWith('<div>\n')
}

const AFTER_HTML_BLOCK = /(?<=\n|<\/(?:p|div|h[1-6]|ul|ol|li|table|figure|blockquote|section)>)(?=[^\n])/
const AFTER_BLANK_LINE = /(?<=\n[ \t]*\n)(?=[^\n])/

/** The paragraphs of a body, each with the white space behind it. */
export function blocksOf(body: string): string[] {
  return body.split(isHtml(body) ? AFTER_HTML_BLOCK : AFTER_BLANK_LINE)
}

/**
 * What a page said when its file was written, as short hashes: of the lines of the head, a full stop, of the paragraphs; where the
 * configuration adds keys, another full stop, of their lines. Enough to tell later what someone changed in the file from what
 * changed on the page.
 */
export function outlineOf({ frontMatter, stamp, headline, body }: Document): string {
  const linesOf = (entries: FrontMatterEntry[]): string[] => entries.map(({ source }) => source)
  const head = linesOf(frontMatter.filter((entry) => !isExtra(entry)))
  const extra = linesOf(frontMatter.filter(isExtra))
  const parts = [[...head, stamp.source, headline.text], blocksOf(body), ...(extra.length === 0 ? [] : [extra])]
  return parts.map((lines) => lines.map(hashOf).join('')).join('.')
}

/** The hashes of an outline; those of added keys stand with the head. */
export function readOutline(outline: string): { head: string[]; body: string[] } {
  const [head, body, extra] = outline.split('.').map((part) => part.match(/.{6}/gs) ?? [])
  return { head: [...(head ?? []), ...(extra ?? [])], body: body ?? [] }
}

/** An outline without what the configuration adds. */
export function withoutExtra(outline: string): string {
  return outline.split('.', 2).join('.')
}
