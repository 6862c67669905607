import { parseHtml } from '../html/html.ts'
import { charClass } from './characters.ts'
import { escapeEach } from './escape-line.ts'

/** Where a text stands, and what the whole line tells about its characters. */
interface TextPlace {
  /** Offsets of the runs of `*`, `_` and `~` that would be read as emphasis. */
  live: ReadonlySet<number>
  /** Lengths of the runs of backticks that would find a partner. */
  ticks: ReadonlySet<number>
  /** What is written after the text; empty at the end of the line. */
  after: string
  inBrackets: boolean
  /** True where a `[` stands before the text. */
  opensBracket: boolean
  /** True where a `>` stands behind the text. */
  closesTag: boolean
}

const MAY_MATTER = /[\\*_~`[\]<&|${!]/
const CHARACTERS = /\\|\*+|_+|~+|`+|[[\]<|!]|&(?=#?\w{1,40};)|\$\$|\{+%?/g

/** A mail's address within `<` and `>` (CommonMark 6.5); at the end of a text the next one may go on with it. */
const MAIL = /<[\w.!#$%&'*+/=?^`{|}~-]+@|<[\w.!#$%&'*+/=?^`{|}~-]*$/y
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/iy

/** True when a name is one of HTML's: then nothing of it is left, though the parser also reads `&copy` in `&copyx;`. */
function isNamed(reference: string): boolean {
  return parseHtml(`<body>${reference}`).body.textContent.length <= 2
}

/** Liquid's `{{` and `{%`, kramdown's `{:` and `{#`. */
function escapeBraces(found: string, next: string): string {
  const braces = found.replace('%', '')
  const first = braces.length === 1 && (next === ':' || next === '#') ? String.raw`\{` : '{'
  return `${first}${String.raw`\{`.repeat(braces.length - 1)}${found.endsWith('%') ? '&#37;' : ''}`
}

function followsAsPunctuation(next: string): boolean {
  return next !== '' && next < '\u0080' && charClass(next) === 'punctuation'
}

/**
 * Text as Markdown that is read back as the same text: a backslash only where something would be read into it. `<` is a
 * reference: some renderers know no `\\<`, and an address that they make a link of swallows the backslash.
 * `{{` and `{%` are split for Liquid; kramdown knows no `\\%`, so that one is a reference, which all read.
 */
export function escapeText(value: string, place: TextPlace): string {
  if (!MAY_MATTER.test(value)) return value
  const lastGreater = value.lastIndexOf('>')
  const firstBracket = value.indexOf('[')
  const named = new Map<string, boolean>()

  function bracket(char: string, next: string, offset: number): string {
    // marked takes the backslashes off within brackets and looks again; it leaves a reference alone.
    if (place.inBrackets) return char === ']' && next === '(' ? '&#93;' : `\\${char}`
    const isOpen = place.opensBracket || (firstBracket >= 0 && firstBracket < offset)
    return char === ']' && next === '(' && isOpen ? String.raw`\]` : char
  }

  function isReference(offset: number): boolean {
    REFERENCE.lastIndex = offset
    const found = REFERENCE.exec(value)?.[0]
    if (found === undefined || found.startsWith('&#')) return found !== undefined
    const known = named.get(found) ?? isNamed(found)
    named.set(found, known)
    return known
  }

  function isMarkup(next: string, offset: number): boolean {
    MAIL.lastIndex = offset
    return /[a-z/!?]/i.test(next) || ((place.closesTag || offset < lastGreater) && MAIL.test(value))
  }

  function escapeOne(found: string, next: string, offset: number, isEnd: boolean): string {
    switch (found.charAt(0)) {
      case '\\':
        return next === '\n' || followsAsPunctuation(next) ? String.raw`\\` : found
      case '*':
      case '_':
      case '~':
        return place.live.has(offset) ? escapeEach(found) : found
      case '`':
        // marked makes no link of brackets that a lone one stands in.
        return place.inBrackets || place.ticks.has(found.length) ? escapeEach(found) : found
      case '[':
      case ']':
        return bracket(found, next, offset)
      case '!':
        return isEnd && next === '[' ? String.raw`\!` : found
      case '<':
        return isMarkup(next, offset) ? '&lt;' : found
      case '&':
        if (!isReference(offset)) return found
        // cmark reads a reference in a title before it reads the backslash.
        return place.inBrackets ? '&amp;' : String.raw`\&`
      case '{':
        return escapeBraces(found, next)
      default:
        return `\\${found}`
    }
  }

  return value.replace(CHARACTERS, (found: string, offset: number) => {
    const end = offset + found.length
    return escapeOne(found, value.charAt(end) || place.after, offset, end === value.length)
  })
}
