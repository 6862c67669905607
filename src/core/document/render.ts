import type { GENERIC } from '../extraction.ts'
import { escapeInline } from '../markdown/index.ts'
import { isUnsafeUrl } from '../markdown/url.ts'
import type { Access } from '../model.ts'
import { jsonEscape, jsonText } from '../text/printable.ts'
import { isoTime, startOfDay, type Zone } from '../time.ts'
import type { Document, FrontMatterEntry, Headline } from './document.ts'

/** What a new document says. Times are instants; the caller knows the story's day. */
export interface Content {
  title: string
  /** The address kept in `from` and in the link. */
  url: string
  /** ISO 8601 UTC, or `null` when the day alone is known: then `date` is 00:00 of `day`. */
  published: string | null
  /** `YYYY-MM-DD`, on the clock of `zone`. */
  day: string
  zone: Zone
  author: string
  tags: readonly string[]
  categories: readonly string[]
  access: Access
  /** Set where no layout read the page. */
  extraction?: typeof GENERIC | undefined
  /** Keys after the seven, as the configuration's `keys` asks: name and value. */
  extra: readonly (readonly [string, string | readonly string[]])[]
  /** Markdown, or HTML in the seed's form. */
  body: { markdown: string } | { html: string }
}

/** The keys of every document, in order. */
export const SEVEN = ['layout', 'title', 'date', 'author', 'from', 'tags', 'categories'] as const

/** Writes a document: the bytes of a document that was read come back as they were. */
export function renderDocument(document: Document): string {
  const keys = document.frontMatter.map((part) => part.source).join('')
  return `---\n${keys}---\n${document.stamp.source}${document.headline.source}${document.body}`
}

/** A new document in the seed's format. */
export function makeDocument(content: Content): Document {
  const ms = instantOf(content)
  const frontMatter = [
    makeEntry('layout', 'post'),
    makeEntry('title', content.title),
    makeEntry('date', isoTime(ms)),
    makeEntry('author', content.author),
    makeEntry('from', content.url),
    makeEntry('tags', content.tags),
    makeEntry('categories', content.categories),
    ...content.extra.map(([key, value]) => makeEntry(key, value)),
    ...markEntries(content),
  ]
  return { frontMatter, stamp: stamp(ms), headline: headline(content.title, content.url), body: bodyText(content.body) }
}

/**
 * The same file with a later text: title, times, access, extra keys and body are the new ones; address, order, keys that
 * others added and everything that did not change stay as they stand.
 */
export function reviseDocument(document: Document, content: Content): Document {
  const ms = instantOf(content)
  const fresh = new Map<string | null, FrontMatterEntry>()
  fresh.set('title', makeEntry('title', content.title))
  fresh.set('date', makeEntry('date', isoTime(ms)))
  for (const [key, value] of content.extra) fresh.set(key, makeEntry(key, value))
  for (const mark of markEntries(content)) fresh.set(mark.key, mark)
  const kept = document.frontMatter
    .filter(({ key }) => !MARKS.some((mark) => mark.key === key) || fresh.has(key))
    .map((old) => {
      const next = fresh.get(old.key)
      if (next === undefined) return old
      fresh.delete(old.key)
      return same(old.value, next.value) ? old : next
    })
  const sameTitle = document.frontMatter.some((old) => old.key === 'title' && old.value === content.title)
  return {
    frontMatter: [...kept, ...fresh.values()],
    stamp: document.stamp.ms === ms ? document.stamp : stamp(ms),
    headline: sameTitle ? document.headline : headline(content.title, document.headline.url),
    body: bodyText(content.body),
  }
}

/**
 * The same document in the format's own form where formatters and producers left it: title escaped, keys in order, no
 * blank lines beside the comment, headline underlined. Values, other keys and the body stay as they are.
 */
export function reformDocument(document: Document, isUnescapedTitle: (entry: FrontMatterEntry) => boolean): Document {
  const entries = document.frontMatter.map((entry) =>
    isUnescapedTitle(entry) ? makeEntry('title', String(entry.value)) : entry,
  )
  const isSeven = ({ key }: FrontMatterEntry): boolean => SEVEN.some((name) => name === key)
  const ordered = SEVEN.flatMap((key) => entries.filter((entry) => entry.key === key))
  const { text, url, source } = document.headline
  return {
    ...document,
    frontMatter: entries.map((entry) => (isSeven(entry) ? (ordered.shift() ?? entry) : entry)),
    stamp: { ...document.stamp, source: `${document.stamp.source.trim()}\n` },
    headline: source.startsWith('#') ? underlined(text, url) : document.headline,
  }
}

/** The document with another time of publication, in `date` and in the comment. */
export function withTime(document: Document, ms: number): Document {
  const date = makeEntry('date', isoTime(ms))
  return {
    ...document,
    frontMatter: document.frontMatter.map((entry) => (entry.key === 'date' ? date : entry)),
    stamp: stamp(ms),
  }
}

function instantOf(content: Content): number {
  if (content.published !== null) return Date.parse(content.published)
  return startOfDay(content.zone, content.day) ?? Date.parse(content.day)
}

/** The last keys: what keeps the text from passing for whole, or for one that a layout vouches for. */
function markEntries({ access, extraction }: Pick<Content, 'access' | 'extraction'>): FrontMatterEntry[] {
  return [
    ...(access === 'subscriber' ? [makeEntry('access', access)] : []),
    ...(extraction === undefined ? [] : [makeEntry('extraction', extraction)]),
  ]
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** An entry as the program writes it. */
export function makeEntry(key: string, value: string | readonly string[]): FrontMatterEntry {
  return { key, value, source: `${key}: ${key === 'title' ? doubleQuoted(String(value)) : yamlOf(value)}\n` }
}

function yamlOf(value: string | readonly string[]): string {
  if (typeof value === 'string') return scalar(value)
  return value.length === 0 ? '[]' : `[ ${value.map(scalar).join(', ')} ]`
}

// A plain scalar that YAML 1.1 and 1.2 both read as the same string, inside a flow list too.
const PLAIN = /^[\p{L}\p{N}_/](?:[\p{L}\p{N}\p{M}_./%+~=&?()·：，。、《》“”！？（）;-]|:(?=[^\s,[\]{}])| (?=[^\s#]))*$/u
const NOT_A_STRING = /^(?:true|false|yes|no|on|off|y|n|null|\d[\w.:+-]*)$/i
/** A time as the program writes it. */
export const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function scalar(value: string): string {
  if (ISO_TIME.test(value)) return value
  return PLAIN.test(value) && !NOT_A_STRING.test(value) ? value : doubleQuoted(value)
}

/** A YAML double-quoted scalar on one line: JSON's escapes are a part of YAML's. */
function doubleQuoted(value: string): string {
  return jsonText(value.toWellFormed()).replace(/[\ufffe\uffff]/g, jsonEscape)
}

/** What a later text of the page may take away again. */
export const MARKS: readonly FrontMatterEntry[] = markEntries({ access: 'subscriber', extraction: 'generic' })

function stamp(ms: number): Document['stamp'] {
  return { ms, source: `<!--${ms}-->\n` }
}

function headline(title: string, url: string): Headline {
  return { ...underlined(escapeInline(title), linkDestination(url)), url }
}

/** The headline of this inline Markdown and this address, in the format's own form. */
function underlined(text: string, url: string): Headline {
  return { text, url, source: `[${text}](${url})\n------\n\n` }
}

// What would end or change a link destination, or start a Liquid tag, stands percent-encoded; what runs is no address.
function linkDestination(url: string): string {
  if (isUnsafeUrl(url)) return ''
  return url.replace(/[()<>\\{}\s]|&(?=#?\w+;)/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function bodyText(body: Content['body']): string {
  return 'markdown' in body ? `${body.markdown}\n` : `<div>\n${body.html}\n</div>\n`
}
