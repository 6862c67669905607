/** The attributes of a tag in text (HTML standard, 13.2.5.32 to 40). Each step is linear in the length that it goes over. */

export interface Attribute {
  /** Lower case. */
  name: string
  /** As written, quotes apart, references not decoded. */
  value: string
  start: number
  end: number
}

/** White space of HTML. */
function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13 || code === 12
}

function skipSpace(html: string, from: number): number {
  let at = from
  while (isSpace(html.charCodeAt(at))) at += 1
  return at
}

/** Past an attribute's name. It may begin with `=` (13.2.5.32). */
function attributeNameEnd(html: string, from: number): number {
  let at = from + 1
  for (let code = html.charCodeAt(at); at < html.length && code !== 61 && code !== 62 && code !== 47;) {
    if (isSpace(code)) break
    at += 1
    code = html.charCodeAt(at)
  }
  return at
}

/** Past an attribute's value that begins at `at`, its quotes too; -1 when its quote never ends. */
function valueEnd(html: string, from: number): number {
  const quote = html.charAt(from)
  if (quote === '"' || quote === "'") return html.indexOf(quote, from + 1) + 1 || -1
  let at = from
  for (let code = html.charCodeAt(at); at < html.length && code !== 62 && !isSpace(code); code = html.charCodeAt(at)) {
    at += 1
  }
  return at
}

/** Goes over the attributes that begin at `from`. The offset of the `>` behind them; -1 when the tag never ends. */
export function passAttributes(
  html: string,
  from: number,
  meet?: (start: number, nameEnd: number, valueStart: number, end: number) => void,
): number {
  let at = from
  while (at < html.length) {
    const code = html.charCodeAt(at)
    if (code === 62) return at
    if (code === 47 || isSpace(code)) {
      at += 1
      continue
    }
    const named = attributeNameEnd(html, at)
    const equals = skipSpace(html, named)
    if (html.charCodeAt(equals) !== 61) {
      meet?.(at, named, -1, named)
      at = named
      continue
    }
    const value = skipSpace(html, equals + 1)
    const end = valueEnd(html, value)
    if (end === -1) return -1
    meet?.(at, named, value, end)
    at = end
  }
  return -1
}

/** A tag's attributes, all of them, in their order. */
export function attributesOf(html: string, tag: { readonly attributesAt: number }): Attribute[] {
  const found: Attribute[] = []
  passAttributes(html, tag.attributesAt, (start, named, valueStart, end) => {
    const quoted = /["']/.test(html.charAt(valueStart)) ? 1 : 0
    const value = valueStart < 0 ? '' : html.slice(valueStart + quoted, end - quoted)
    found.push({ name: html.slice(start, named).toLowerCase(), value, start, end })
  })
  return found
}

/** True for the slash of `<br/>`, which a slash within an unquoted value is not. */
export function endsWithSlash(html: string, from: number, close: number): boolean {
  if (html.charCodeAt(close - 1) !== 47) return false
  let last = from
  passAttributes(html, from, (_, __, ___, end) => {
    last = end
  })
  return last < close
}
