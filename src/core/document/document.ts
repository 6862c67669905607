import { WordedError } from '../../words/error.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts'

/**
 * The file of one story, cut where its bytes mean something. Every part keeps its `source`, so that a document that was
 * read writes back byte for byte, whatever others added to it.
 */
export interface Document {
  frontMatter: FrontMatterEntry[]
  stamp: Stamp
  headline: Headline
  /** Everything after the headline's blank line, final newline included: Markdown, or `<div>` … `</div>`. */
  body: string
}

/** One key of the front matter, in file order. */
export interface FrontMatterEntry {
  /** `null` for lines that hold no key: comments, blank lines. */
  key: string | null
  /** As YAML 1.2 reads it. */
  value: unknown
  /** Its line or lines as they stand, line break included. */
  source: string
}

/** Keys that the configuration may add after the seven. */
export const EXTRA_KEYS = ['bylines', 'keywords', 'lang', 'section', 'updated'] as const

/** True for an entry of such a key, whoever wrote it. */
export function isExtra({ key }: FrontMatterEntry): boolean {
  return EXTRA_KEYS.some((name) => name === key)
}

/** The comment under the front matter. */
export interface Stamp {
  /** Milliseconds since 1970; `NaN` where the comment says so. */
  ms: number
  source: string
}

/** The linked headline with its rule and the blank line after it. */
export interface Headline {
  /** Inline Markdown of the headline. */
  text: string
  url: string
  source: string
}

/** Thrown for text that is no document: one line that names the line and, where there is one, the key. */
export class DocumentError extends WordedError {
  override readonly name = 'DocumentError'
}

/** The value of a front matter key; `undefined` when the document has none of that name. */
export function valueOf(document: Document, key: string): unknown {
  return document.frontMatter.find((entry) => entry.key === key)?.value
}

/** The address that its `from` names. */
export function fromOf(document: Document): string {
  return String(valueOf(document, 'from'))
}

/** The headline as its `title` has it. */
export function titleOf(document: Document): string {
  return String(valueOf(document, 'title'))
}

/** What says of which zone a time is: `Z`, `+0800`, `GMT`. */
const ZONED = /(?:\bz|[a-z]{3,4}|\d[z]|:\d{2}(?:\.\d+)?\s*[+-]\d{2}:?\d{2})\)?$/i
const DAY_ALONE = /^\d{4}-\d{2}-\d{2}$/

/** Milliseconds since 1970 of a `date`, UTC where it names no zone, as YAML has it; `NaN` for what is no time. */
export function msOfDate(value: unknown): number {
  const text = String(value).trim()
  if (DAY_ALONE.test(text) || ZONED.test(text)) return Date.parse(text)
  const zoned = Date.parse(/\dT\d/i.test(text) ? `${text}Z` : `${text} UTC`)
  return Number.isNaN(zoned) ? Date.parse(text) : zoned
}

/** Clocks differ by quarters of an hour, and none is further ahead of UTC than this. */
const QUARTER_MS = 15 * MINUTE_MS
const FURTHEST_MS = 14 * HOUR_MS

/**
 * True for a `date` on the clock of a place that it does not name, as site generators write it (`2021-11-10 15:37:00`): it shows the
 * instant of the comment, hours ahead.
 */
export function isOnPlacesClock(document: Document): boolean {
  const text = String(valueOf(document, 'date')).trim()
  if (DAY_ALONE.test(text) || ZONED.test(text)) return false
  const ahead = msOfDate(text) - document.stamp.ms
  // It may leave seconds out.
  const short = (ahead + MINUTE_MS - 1) % QUARTER_MS
  return ahead > QUARTER_MS - MINUTE_MS && ahead <= FURTHEST_MS && short < MINUTE_MS
}

/**
 * When a story was published, in milliseconds since 1970: its `date`; of a day alone its comment, where that is of the day, and
 * of the clock of a place its comment.
 */
export function dateOf(document: Document): number {
  const value = valueOf(document, 'date')
  const ms = msOfDate(value)
  const after = document.stamp.ms - ms
  const isOfDay = DAY_ALONE.test(String(value).trim()) && after > 0 && after < DAY_MS
  return isOfDay || isOnPlacesClock(document) ? document.stamp.ms : ms
}

const HTML_BODY = /^<div>\n?([\s\S]*?)\n?<\/div>\s*$/

/** What stands between the `<div>` and `</div>` of a body kept as HTML; `null` when the body is Markdown. */
export function htmlOf(document: Document): string | null {
  return HTML_BODY.exec(document.body)?.[1] ?? null
}

/** True for a document without text and picture; of a body that was cut within its `<div>` nothing is left. */
export function isEmpty(document: Document): boolean {
  const html = htmlOf(document)
  if (html === null) return '<div>'.startsWith(document.body.trim())
  const words = withoutTags(html).replace(/&nbsp;|\s/g, '')
  return words === '' && !/<(?:img|iframe|video|audio|video-js)\b/i.test(html)
}

/** What stands between the tags of a text; a `<` that nothing closes is text. */
export function withoutTags(html: string): string {
  let text = ''
  let at = 0
  for (let open = html.indexOf('<'); open !== -1; open = html.indexOf('<', at)) {
    const close = html.indexOf('>', open)
    if (close === -1) break
    text += html.slice(at, open)
    at = close + 1
  }
  return text + html.slice(at)
}
