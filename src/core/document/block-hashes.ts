import { sha256 } from '../hash.ts'
import { withOriginals } from '../media/kept.ts'
import { withoutSignatures } from '../signed.ts'
import type { Document, FrontMatterEntry } from './document.ts'
import { makeEntry, MARKS, SEVEN } from './render.ts'

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

/** The paragraphs of a body, each with the white space behind it. `inHtml`: it is in the form of HTML. */
export function blocksOf(body: string, inHtml = isHtml(body)): string[] {
  return body.split(inHtml ? AFTER_HTML_BLOCK : AFTER_BLANK_LINE)
}

/**
 * What a page said when its file was written, as short hashes: of the lines of the head, a full stop, of the paragraphs.
 * Enough to tell later what someone changed in the file from what changed on the page.
 */
export function outlineOf({ frontMatter, stamp, headline, body }: Document): string {
  const head = [...frontMatter.map(({ source }) => source), stamp.source, headline.text]
  return `${head.map(hashOf).join('')}.${blocksOf(body).map(hashOf).join('')}`
}

/** The hashes of an outline. */
export function readOutline(outline: string): { head: string[]; body: string[] } {
  const [head, body] = outline.split('.').map((part) => part.match(/.{6}/gs) ?? [])
  return { head: head ?? [], body: body ?? [] }
}

const HTML_BEGINS = hashOf('<div>')

/** True for the outline of a body in the form of HTML: someone's note may stand above it now. */
export function wasHtml(outline: string): boolean {
  return readOutline(outline).body[0] === HTML_BEGINS
}

/** Whether the hashes of an outline (`written`) hold an entry, in whatever spelling a formatter left it. */
export function isWritten({ key, value, source }: FrontMatterEntry, written: ReadonlySet<string>): boolean {
  const own = makeEntry(String(key), Array.isArray(value) ? value.map(String) : String(value))
  return written.has(hashOf(source)) || written.has(hashOf(own.source))
}

/** Comment and headline, which stand behind the keys. */
const AFTER_KEYS = 2

/** The outline of a page without the keys that the configuration added: these stand between the seven and the marks. */
export function withoutExtra(outline: string): string {
  const { head, body } = readOutline(outline)
  const marks = new Set(MARKS.map(({ source }) => hashOf(source)))
  const said = head.filter((hash, at) => at < SEVEN.length || at >= head.length - AFTER_KEYS || marks.has(hash))
  return `${said.join('')}.${body.join('')}`
}
