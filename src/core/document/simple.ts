/** A plain word that means itself in YAML, whatever stands around it in a line: no number, no `null`, no sign of its own. */
const WORD = String.raw`(?!(?:null|Null|NULL|true|True|TRUE|false|False|FALSE)(?:[\s,\]]|$))[\p{Script=Han}A-Za-z][\p{Script=Han}\w./:%?=+-]*(?<!:)`
const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`
const LINE = new RegExp(
  `^([A-Za-z]+): (?:"([^"\\\\\\p{Cc}\u2028\u2029\ufeff]*)"|(${WORD}|${TIME})|\\[ (${WORD}) \\])\n$`,
  'u',
)

/**
 * The keys and values of front matter whose lines are of the forms that this program writes, as YAML has them; `null` for any
 * other, which YAML itself must read. It takes a tenth of the time.
 */
export function readSimple(parts: readonly string[]): Record<string, unknown> | null {
  const values: Record<string, unknown> = {}
  for (const part of parts) {
    const [, key, quoted, word, listed] = LINE.exec(part) ?? []
    if (key === undefined || key in values) return null
    values[key] = listed === undefined ? (quoted ?? word) : [listed]
  }
  return values
}
