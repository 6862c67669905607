import { attributesOf, endsWithSlash, passAttributes } from './attributes.ts'
import { RAW_TEXT, VOID } from './elements.ts'

/**
 * The tokenizer of the HTML standard (13.2.5) over text: where tags, comments and raw text begin and end. Nothing is
 * copied but names; what lies between two tokens is text. Each step is linear in the length that it goes over.
 */

export interface TagToken {
  kind: 'start' | 'end'
  /** Lower case. */
  name: string
  /** Offset of `<`, the offset behind the name, and the offset behind `>`. */
  start: number
  attributesAt: number
  end: number
  isSelfClosing: boolean
  /** True for a start tag of an element that has neither content nor end tag. */
  isEmpty: boolean
  /** True for a start tag behind which all is text up to its own end tag, which is then the next token. */
  isRaw: boolean
  /** True within a drawing or a formula, for its outermost tag too. */
  isForeign: boolean
  /** True for a tag of HTML where a drawing is open: it stands in a part that holds HTML, or ends the drawing. */
  isMixed: boolean
}

export type Token =
  | TagToken
  /** A comment, a doctype, a processing instruction, CDATA in a drawing, or what is read as a comment. */
  | { kind: 'comment'; start: number; end: number }
  /** A tag that never ends: parsers drop it, which takes the rest of the text. */
  | { kind: 'unended'; start: number; end: number }

/** True for a tag that has its end. */
export function isTag(token: Token): token is TagToken {
  return token.kind === 'start' || token.kind === 'end'
}

/** Reads one token after the other; `null` behind the last. A tag is the same object each time: it holds until the next. */
export type Tokenizer = () => Token | null

/** Elements of HTML that end a drawing in which they stand (13.2.6.5). */
const BREAKS_OUT: ReadonlySet<string> = new Set(
  `b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol
  p pre ruby s small span strong strike sub sup table tt u ul var`.split(/\s+/),
)
/** Elements of drawings, and of formulas, that hold HTML. */
const HTML_IN_SVG: ReadonlySet<string> = new Set(['foreignobject', 'desc', 'title'])
const HTML_IN_MATH: ReadonlySet<string> = new Set(['mi', 'mo', 'mn', 'ms', 'mtext'])

/** Real drawings nest some ten deep. */
const MAX_FOREIGN = 200

function isLetter(code: number): boolean {
  const lower = code | 32
  return lower >= 97 && lower <= 122
}

/** Until a tag is optimised, patterns go over its letters several times as fast as a loop. */
const NAME = /[^\t\n\f\r />]*/y

/** Past a tag's name that begins at `from`. */
function nameEnd(html: string, from: number): number {
  NAME.lastIndex = from
  NAME.test(html)
  return NAME.lastIndex
}

/** Names in lower case, as they are written: pages repeat some dozen of them thousands of times. */
const names = new Map<string, string>()
const MAX_NAMES = 500
/** What is longer would hold the whole page in memory. */
const MAX_NAME_LENGTH = 12

function nameAt(html: string, from: number, end: number): string {
  const written = html.slice(from, end)
  const known = names.get(written)
  if (known !== undefined) return known
  const name = written.toLowerCase()
  if (written.length <= MAX_NAME_LENGTH && names.size < MAX_NAMES) names.set(written, name)
  return name
}

/** What follows the name of nearly every tag, up to its end: quoted attributes, a space before each. */
const PLAIN = /(?:[\t\n\f\r ][a-z][\w:-]*="[^"]*"){0,50}[\t\n\f\r ]?\/?>/iy

/** The offset of the `>` that ends a tag whose name ends at `from`; -1 when the tag never ends. */
function closeOf(html: string, from: number): number {
  PLAIN.lastIndex = from
  return PLAIN.test(html) ? PLAIN.lastIndex - 1 : passAttributes(html, from)
}

function emptyTag(): TagToken {
  return {
    kind: 'start',
    name: '',
    start: 0,
    attributesAt: 0,
    end: 0,
    isSelfClosing: false,
    isEmpty: false,
    isRaw: false,
    isForeign: false,
    isMixed: false,
  }
}

/** Reads the tag at `start` into `tag`; false when it never ends. */
function readTag(html: string, start: number, foreign: readonly string[], tag: TagToken): boolean {
  const isEnd = html.charCodeAt(start + 1) === 47
  const from = start + (isEnd ? 2 : 1)
  const attributesAt = nameEnd(html, from)
  const close = closeOf(html, attributesAt)
  if (close === -1) return false
  tag.kind = isEnd ? 'end' : 'start'
  tag.name = nameAt(html, from, attributesAt)
  tag.start = start
  tag.attributesAt = attributesAt
  tag.end = close + 1
  tag.isSelfClosing = endsWithSlash(html, attributesAt, close)
  tag.isEmpty = false
  tag.isRaw = false
  tag.isForeign = isWithin(foreign)
  tag.isMixed = false
  return true
}

/** True where the innermost element of a drawing is none that holds HTML. */
function isWithin(foreign: readonly string[]): boolean {
  if (foreign.length === 0) return false
  const innermost = foreign.at(-1) ?? ''
  const isFormula = foreign.lastIndexOf('math') > foreign.lastIndexOf('svg')
  return !(isFormula ? HTML_IN_MATH : HTML_IN_SVG).has(innermost)
}

/** Notes what a tag is where it stands: in a drawing, out of it, with raw text behind it. `foreign`: what is open there. */
function place(html: string, tag: TagToken, foreign: string[]): void {
  const { name } = tag
  if (tag.kind === 'end') {
    if (foreign.length === 0) return
    const at = foreign.lastIndexOf(name)
    tag.isForeign = at >= 0
    tag.isMixed = at < 0
    // It is taken for that of an element around the drawing, which ends with it.
    foreign.length = Math.max(at, 0)
    return
  }
  if (tag.isForeign && (BREAKS_OUT.has(name) || (name === 'font' && hasFontAttribute(html, tag)))) {
    while (isWithin(foreign)) foreign.pop()
    tag.isForeign = false
    tag.isMixed = true
  }
  tag.isForeign ||= name === 'svg' || name === 'math'
  tag.isMixed ||= !tag.isForeign && foreign.length > 0
  tag.isEmpty = tag.isForeign ? tag.isSelfClosing : VOID.has(name)
  if (!tag.isForeign) tag.isRaw = RAW_TEXT.has(name)
  else if (!tag.isEmpty && foreign.length < MAX_FOREIGN) foreign.push(name)
}

function hasFontAttribute(html: string, tag: TagToken): boolean {
  return attributesOf(html, tag).some(({ name }) => name === 'color' || name === 'face' || name === 'size')
}

function commentEnd(html: string, start: number): number {
  if (html.startsWith('>', start + 4)) return start + 5
  if (html.startsWith('->', start + 4)) return start + 6
  const end = /--!?>/g
  end.lastIndex = start + 4
  return end.exec(html) === null ? html.length : end.lastIndex
}

/** Past a comment, a declaration or what is read as a comment, which begins at `start`; -1 when none does. */
function markupEnd(html: string, start: number, isForeign: boolean): number {
  const next = html.charAt(start + 1)
  if (html.startsWith('<!--', start)) return commentEnd(html, start)
  if (next !== '!' && next !== '?' && (next !== '/' || start + 2 >= html.length)) return -1
  const close = isForeign && html.startsWith('<![CDATA[', start) ? ']]>' : '>'
  const end = html.indexOf(close, start + 2)
  return end < 0 ? html.length : end + close.length
}

/** True where what follows a start tag of raw text without an end may be no text of the page: a script, a style sheet. */
function holdsRest(html: string, tag: TagToken): boolean {
  if (tag.name === 'script') return !attributesOf(html, tag).some(({ name }) => name === 'src')
  return tag.name === 'style' || tag.name === 'plaintext'
}

/** The offset of the end tag that ends an element of raw text opened before `from`. */
function rawTextEnd(html: string, name: string, from: number): number {
  if (name === 'plaintext') return html.length
  const close = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi')
  close.lastIndex = from
  const end = close.exec(html)?.index ?? html.length
  return name === 'script' && html.slice(from, end).includes('<!--') ? escapedScriptEnd(html, from) : end
}

/** Within `<!--`, a script that holds `<script` is not ended by the first end tag (13.2.5.15 to 31). */
function escapedScriptEnd(html: string, from: number): number {
  const steps = /<!--|-->|<(\/?)script(?=[\t\n\f\r />])/gi
  steps.lastIndex = from
  let isEscaped = false
  let isDouble = false
  for (let step = steps.exec(html); step !== null; step = steps.exec(html)) {
    const [found, slash] = step
    if (found === '<!--') isEscaped = true
    else if (found === '-->') isEscaped = isDouble = false
    else if (slash === '') isDouble = isEscaped
    else if (isDouble) isDouble = false
    else return step.index
    // The dashes of `<!-->` end what they begin.
    if (found === '<!--') steps.lastIndex -= 2
  }
  return html.length
}

/**
 * A tokenizer over `html`. It follows drawings and formulas as far as telling raw text and CDATA takes. In one thing it
 * is milder than a browser: raw text with no end tag behind it is empty, but for scripts and style sheets that hold
 * their own; it would hide all that follows.
 */
export function tokenizer(html: string): Tokenizer {
  const foreign: string[] = []
  const tag = emptyTag()
  /** Names of raw text of which no end tag is left. */
  const endless = new Set<string>()
  let at = 0

  function behind(): number {
    if (!tag.isRaw) return tag.end
    const end = endless.has(tag.name) ? html.length : rawTextEnd(html, tag.name, tag.end)
    if (end < html.length) return end
    endless.add(tag.name)
    if (!tag.isSelfClosing && holdsRest(html, tag)) return end
    tag.isRaw = false
    tag.isEmpty = true
    return tag.end
  }

  return () => {
    for (let start = html.indexOf('<', at); start >= 0; start = html.indexOf('<', start + 1)) {
      const code = html.charCodeAt(start + 1)
      if (isLetter(code) || (code === 47 && isLetter(html.charCodeAt(start + 2)))) {
        at = html.length
        if (!readTag(html, start, foreign, tag)) return { kind: 'unended', start, end: html.length }
        place(html, tag, foreign)
        at = behind()
        return tag
      }
      const end = markupEnd(html, start, isWithin(foreign))
      if (end < 0) continue
      at = end
      return { kind: 'comment', start, end }
    }
    at = html.length
    return null
  }
}

/** Takes the tokens of a text, one after the other, and has what it read of them at the end. */
export interface TokenReader<T> {
  meet(token: Token): void
  end(): T
}

/** What a reader reads of `html`, in a pass of its own. */
export function readAll<T>(html: string, reader: TokenReader<T>): T {
  const next = tokenizer(html)
  for (let token = next(); token !== null; token = next()) reader.meet(token)
  return reader.end()
}
