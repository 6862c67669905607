import type { Tag } from './selector.ts'

/** Where tags, comments and raw text end in HTML text (HTML Living Standard, 13.2.5), each linear in its length. */

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }
const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g
const ATTRIBUTE = /[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y

function codePoint(value: number): string {
  return value > 0 && value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd'
}

/** Decodes the character references that attribute values are written with: numeric ones, and those of markup. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(ENTITY, (_, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return codePoint(Number(decimal))
    return hex === undefined ? (NAMED[name ?? ''] ?? '') : codePoint(Number.parseInt(hex, 16))
  })
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  ATTRIBUTE.lastIndex = 0
  for (let match = ATTRIBUTE.exec(text); match !== null; match = ATTRIBUTE.exec(text)) {
    const name = (match[1] ?? '').toLowerCase()
    if (!found.has(name)) found.set(name, decodeEntities(match[2] ?? match[3] ?? match[4] ?? ''))
  }
  return found
}

/** A tag from its name and the text of its attributes, which is read when it is first asked for. */
export function tagOf(name: string, attributes: string): Tag {
  let parsed: Map<string, string> | undefined
  return {
    name,
    attribute(wanted) {
      parsed ??= attributesOf(attributes)
      return parsed.get(wanted) ?? null
    },
  }
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13 && code !== 11)
}

/** True for the ASCII letter that a tag's name begins with. */
export function isLetter(code: number): boolean {
  const lower = code | 32
  return lower >= 97 && lower <= 122
}

/** Past the value of an attribute that begins at or after `at`; -1 when its quote never ends. */
function valueEnd(html: string, from: number): number {
  let at = from
  while (isSpace(html.charCodeAt(at))) at += 1
  const quote = html[at]
  if (quote === '"' || quote === "'") {
    const end = html.indexOf(quote, at + 1)
    return end === -1 ? -1 : end + 1
  }
  for (let code = html.charCodeAt(at); at < html.length && code !== 62 && !isSpace(code); code = html.charCodeAt(at)) {
    at += 1
  }
  return at
}

/** Past the `>` of a tag whose name ends at `from`; -1 when the text ends before it. */
export function tagEnd(html: string, from: number): number {
  let at = from
  while (at < html.length) {
    const code = html.charCodeAt(at)
    if (code === 62) return at + 1
    if (code === 47 || isSpace(code)) {
      at += 1
      continue
    }
    at += 1
    for (let next = html.charCodeAt(at); at < html.length && next !== 61 && next !== 62 && next !== 47;) {
      if (isSpace(next)) break
      at += 1
      next = html.charCodeAt(at)
    }
    while (isSpace(html.charCodeAt(at))) at += 1
    if (html.charCodeAt(at) !== 61) continue
    at = valueEnd(html, at + 1)
    if (at === -1) return -1
  }
  return -1
}

/** Past a tag's name that begins at `from`. */
export function nameEnd(html: string, from: number): number {
  let at = from
  for (let code = html.charCodeAt(at); at < html.length && code !== 62 && code !== 47 && !isSpace(code);) {
    at += 1
    code = html.charCodeAt(at)
  }
  return at
}

/** Past a comment, a CDATA section, a doctype or what is read as a comment, at `<!` or `<?`. */
export function declarationEnd(html: string, at: number, foreign: boolean): number {
  if (html.startsWith('<!--', at)) {
    const end = /--!?>/g
    end.lastIndex = at + 2
    return end.exec(html) === null ? html.length : end.lastIndex
  }
  const close = foreign && html.startsWith('<![CDATA[', at) ? ']]>' : '>'
  const end = html.indexOf(close, at + 2)
  return end === -1 ? html.length : end + close.length
}

/** Where the end tag of a raw text element begins. `trusted` is false where a script hides a script in a comment. */
export function rawEnd(html: string, name: string, from: number): { at: number; trusted: boolean } {
  const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi')
  close.lastIndex = from
  const at = close.exec(html)?.index ?? html.length
  if (name !== 'script') return { at, trusted: true }
  const comment = html.slice(from, at).lastIndexOf('<!--')
  const hidden = comment !== -1 && /<script[\s/>]/i.test(html.slice(from + comment, at))
  return { at, trusted: !hidden || html.slice(from + comment, at).includes('-->') }
}
