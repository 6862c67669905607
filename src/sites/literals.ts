import { isObject, type Json, parseJson } from './json.ts'

/** Literals of JavaScript, read from the text of a script without running it. */

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' }

/** Past the closing quote of the string literal that begins at `from`; -1 when it never ends. */
export function literalEnd(text: string, from: number): number {
  const stop = new RegExp(`[\\\\${text[from] ?? '"'}]`, 'g')
  stop.lastIndex = from + 1
  for (let match = stop.exec(text); match !== null; match = stop.exec(text)) {
    if (match[0] !== '\\') return stop.lastIndex
    stop.lastIndex += 1
  }
  return -1
}

/** The value of a JavaScript string literal: JSON's escapes, and those that JSON has not. */
export function literalValue(literal: string): string {
  if (literal.startsWith('"')) {
    try {
      return String(JSON.parse(literal))
    } catch {
      // Escapes of JavaScript alone, or raw control characters.
    }
  }
  return literal
    .slice(1, -1)
    .replace(/\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|[\s\S]))/gi, (_, long, four, two, char) => {
      const hex: string | undefined = long ?? four ?? two
      if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff))
      return char === '\n' || char === '\r\n' ? '' : (ESCAPES[char] ?? String(char))
    })
}

/** Past the brace that closes the object literal beginning at `from`; -1 when it never does. */
function objectEnd(text: string, from: number): number {
  const mark = /["{}]/g
  mark.lastIndex = from
  let depth = 0
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    if (match[0] === '"') {
      const end = literalEnd(text, match.index)
      if (end === -1) return -1
      mark.lastIndex = end
    } else depth += match[0] === '{' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return -1
}

const TRIED_MAX = 50

/**
 * The object that a page's scripts keep under a name, `window.name = {…}`: an object literal of JSON, or `JSON.parse` of a
 * string literal, read from the text without running it. `undefined` when there is none that parses.
 */
export function assignedObject(html: string, name: string): Json | undefined {
  const assigned = new RegExp(`^${name}["'\\]\\s]*=\\s*(?:JSON\\s*\\.\\s*parse\\s*\\(\\s*)?(?=["'\`{])`)
  let tried = 0
  for (let found = html.indexOf(name); found !== -1; found = html.indexOf(name, found + name.length)) {
    tried += 1
    if (tried > TRIED_MAX) return undefined
    const match = assigned.exec(html.slice(found, found + 200))
    if (match === null) continue
    const from = found + match.index + match[0].length
    const object = html[from] === '{'
    const end = object ? objectEnd(html, from) : literalEnd(html, from)
    if (end === -1) return undefined
    const data = parseJson(object ? html.slice(from, end) : literalValue(html.slice(from, end)))
    if (isObject(data)) return data
  }
  return undefined
}
