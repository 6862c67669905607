/** String literals of JavaScript, read from the text of a script without running it. */

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
