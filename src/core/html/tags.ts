/** A tag as the HTML standard's tokenizer cuts it (13.2.5): names in lower case, attributes as offsets. */
export interface Tag {
  name: string
  isEnd: boolean
  /** Offset of `<`, and the offset behind `>`. */
  start: number
  end: number
  attributes: Attribute[]
}

export interface Attribute {
  name: string
  /** As written, quotes apart, references not decoded. */
  value: string
  start: number
  end: number
}

export const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen'.split(' '),
)
/** Elements whose content is text up to their end tag. */
export const RAW_TEXT = new Set('script style textarea title xmp iframe noembed noframes noscript'.split(' '))

const NAME_END = /[\t\n\f\r />]/g
const TAG_BEGIN = /[a-z]/i

function find(pattern: RegExp, html: string, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(html)?.index ?? html.length
}

const ATTRIBUTE_BEGIN = /[^\t\n\f\r /]/g
const ATTRIBUTE_NAME_END = /[\t\n\f\r />=]/g
const NOT_SPACE = /[^\t\n\f\r ]/g
const UNQUOTED_END = /[\t\n\f\r >]/g

function readAttribute(html: string, start: number): Attribute {
  // A name may begin with `=` (13.2.5.32), so the search for its end begins one further.
  const nameEnd = find(ATTRIBUTE_NAME_END, html, start + 1)
  const name = html.slice(start, nameEnd).toLowerCase()
  const equals = find(NOT_SPACE, html, nameEnd)
  if (html.charAt(equals) !== '=') return { name, value: '', start, end: nameEnd }
  const begin = find(NOT_SPACE, html, equals + 1)
  const quote = html.charAt(begin)
  if (quote === '"' || quote === "'") {
    const close = html.indexOf(quote, begin + 1)
    const end = close < 0 ? html.length : close
    return { name, value: html.slice(begin + 1, end), start, end: Math.min(end + 1, html.length) }
  }
  const end = quote === '>' ? begin : find(UNQUOTED_END, html, begin)
  return { name, value: html.slice(begin, end), start, end }
}

/** True where a tag begins at `start` (a `<`), whether it ends or not. */
export function beginsTag(html: string, start: number): boolean {
  return TAG_BEGIN.test(html.charAt(start + (html.charAt(start + 1) === '/' ? 2 : 1)))
}

/** The tag that begins at `start` (a `<`), or `null` when none begins there or it is never ended. */
export function readTag(html: string, start: number): Tag | null {
  if (!beginsTag(html, start)) return null
  const isEnd = html.charAt(start + 1) === '/'
  const from = start + (isEnd ? 2 : 1)
  const nameEnd = find(NAME_END, html, from)
  const attributes: Attribute[] = []
  let at = find(ATTRIBUTE_BEGIN, html, nameEnd)
  while (at < html.length && html.charAt(at) !== '>') {
    const attribute = readAttribute(html, at)
    attributes.push(attribute)
    at = find(ATTRIBUTE_BEGIN, html, attribute.end)
  }
  if (at >= html.length) return null
  return { name: html.slice(from, nameEnd).toLowerCase(), isEnd, start, end: at + 1, attributes }
}

/** The offset behind a comment, declaration or processing instruction that begins at `start`; -1 when none does. */
export function markupEnd(html: string, start: number): number {
  const next = html.charAt(start + 1)
  if (html.startsWith('<!--', start)) return commentEnd(html, start)
  const isBogus = next === '!' || next === '?' || (next === '/' && !TAG_BEGIN.test(html.charAt(start + 2)))
  if (!isBogus || (next === '/' && start + 2 >= html.length)) return -1
  const end = html.indexOf('>', start + 2)
  return end < 0 ? html.length : end + 1
}

function commentEnd(html: string, start: number): number {
  if (html.startsWith('>', start + 4)) return start + 5
  if (html.startsWith('->', start + 4)) return start + 6
  const plain = html.indexOf('-->', start + 4)
  const bang = html.slice(start + 4, plain < 0 ? undefined : plain).indexOf('--!>')
  if (bang >= 0) return start + 4 + bang + 4
  return plain < 0 ? html.length : plain + 3
}

/** The offset of the end tag that ends an element of raw text opened before `from`. */
export function rawTextEnd(html: string, name: string, from: number): number {
  if (name === 'script') return scriptEnd(html, from)
  return find(new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi'), html, from)
}

/** Within `<!--`, a script that holds `<script` is not ended by the first end tag (13.2.5.15 to 31). */
function scriptEnd(html: string, from: number): number {
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
