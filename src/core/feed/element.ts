import type { Scan, MarkupPiece } from './scan.ts'
import { decodeReferences, htmlOfText, seamOf } from './text.ts'

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/

/** Elements by their names, those of one name in order. */
export type ElementsByName = Map<string, Element[]>

/** The elements that have one of these names, in the order of the names. */
export function elementsNamed(fields: ElementsByName, names: readonly string[]): Element[] {
  return names.flatMap((name) => fields.get(name) ?? [])
}

/** A tag of a scanned document, by its index. */
export interface Tagged {
  document: Scan
  index: number
}

/** One element of a scanned document: its tag and what stands before its end (or, where that is missing, before the next tag). */
export interface Element extends Tagged {
  /** Index of the first tag that is not inside it. */
  after: number
}

export function elementAt(document: Scan, index: number): Element {
  const tag = document.tags[index]!
  if (tag.kind === 'empty') return { document, index, after: index + 1 }
  if (tag.match !== -1) return { document, index, after: tag.match }
  let after = index + 1
  while (document.tags[after]?.kind === 'cdata' || document.tags[after]?.kind === 'skip') after++
  return { document, index, after }
}

/** An element's attributes by name in lower case, values decoded. The first of a name counts. */
export function attributesOf({ document, index }: Tagged): Map<string, string> {
  return attributesIn(document, document.tags[index]!)
}

/** A tag's attributes, in the same way. */
export function attributesIn(document: Scan, tag: MarkupPiece): Map<string, string> {
  const found = new Map<string, string>()
  const source = document.text.slice(tag.start + 1 + tag.name.length, tag.end - 1)
  const pairs = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g
  for (const [, name, double, single, bare] of source.matchAll(pairs)) {
    const key = name!.toLowerCase()
    const value = double ?? single ?? bare
    if (value !== undefined && !found.has(key)) found.set(key, decodeReferences(value))
  }
  return found
}

export function hasMarkup({ document, index, after }: Element): boolean {
  for (let i = index + 1; i < after; i++) {
    const kind = document.tags[i]!.kind
    if (kind === 'open' || kind === 'empty' || kind === 'close') return true
  }
  return false
}

/** The element's characters: references decoded, CDATA unwrapped, tags left out: a line's end where one parts lines. */
export function textOf(element: Element): string {
  return pieces(element, { text: decodeReferences, cdata: (text) => text, tag: (_, { name }) => seamOf(name) })
}

/** What was read as HTML and written anew has the text of a link behind it: `<link/>https://example.org/a`. Empty elsewhere. */
export function textBehind({ document, index }: Tagged): string {
  const { kind, end } = document.tags[index]!
  return kind === 'empty' ? document.text.slice(end, document.tags[index + 1]?.start) : ''
}

/** The element's HTML where it was put into the feed without escaping, broken or not. */
export function rawMarkup(element: Element): string {
  return pieces(element, {
    text: (text) => text.replaceAll(']]>', ''),
    cdata: (text) => text,
    tag: (source) => source,
  })
}

/** XHTML content as HTML: prefixes of its namespace dropped, empty elements written so that HTML closes them. */
export function xhtmlMarkup(element: Element): string {
  return pieces(element, { text: (text) => text, cdata: htmlOfText, tag: htmlTag })
}

function htmlTag(source: string, tag: MarkupPiece): string {
  const local = tag.name.slice(tag.name.indexOf(':') + 1)
  const start = tag.kind === 'close' ? '</' : '<'
  const rest = source.slice(start.length + tag.name.length)
  if (tag.kind !== 'empty') return VOID.test(local) && tag.kind === 'close' ? '' : start + local + rest
  const open = `<${local}${rest.slice(0, -2).trimEnd()}>`
  return VOID.test(local) ? open : `${open}</${local}>`
}

interface Writers {
  text: (text: string) => string
  cdata: (text: string) => string
  tag: (source: string, tag: MarkupPiece) => string
}

function pieces({ document, index, after }: Element, write: Writers): string {
  const { text, tags } = document
  if (tags[index]!.kind === 'empty') return ''
  const parts: string[] = []
  let at = tags[index]!.end
  for (let i = index + 1; i < after; i++) {
    const tag = tags[i]!
    parts.push(write.text(text.slice(at, tag.start)))
    if (tag.kind === 'cdata') parts.push(write.cdata(text.slice(tag.start + 9, tag.end - 3)))
    else if (tag.kind !== 'skip') parts.push(write.tag(text.slice(tag.start, tag.end), tag))
    at = tag.end
  }
  parts.push(write.text(text.slice(at, tags[after]?.start ?? text.length)))
  return parts.join('')
}
