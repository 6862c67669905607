/**
 * Where a line begins: a paragraph's first line, its first line behind a list's marker, or a line after a break. What
 * begins a block at the first may be words at the others.
 */
export type LineStart = 'first' | 'item' | 'later'

const ALWAYS: readonly [RegExp, string][] = [
  [/^(#{1,6})(?=\s|$)/, String.raw`\$1`],
  [/^>/, String.raw`\>`],
  [/^:(?=\s)/, String.raw`\:`],
  [/^\[(?=[^\]]*\]:)/, String.raw`\[`],
  [/^\*(?=\[[^\]]*\]:)/, String.raw`\*`],
]
const FIRST: readonly [RegExp, string][] = [
  [/^([*+-])(?=\s|$)/, String.raw`\$1`],
  [/^(\d{1,9})([.)])(?=\s|$)/, String.raw`$1\$2`],
  ...ALWAYS,
]
const STARTS: Readonly<Record<LineStart, readonly [RegExp, string][]>> = {
  first: FIRST,
  // Dashes behind the marker, a dash itself, make a rule.
  item: [[/^\[(?=[ xX]\](?:\s|$))/, String.raw`\[`], [/^-(?=[\s-]*$)/, String.raw`\-`], ...FIRST],
  // An empty item ends no paragraph, and of numbers only 1 does; a line of `=` or `-` makes a heading of the one above.
  later: [
    [/^([*+-])(?=\s+\S)/, String.raw`\$1`],
    [/^(0*1)([.)])(?=\s+\S)/, String.raw`$1\$2`],
    [/^(?:=+|:?-+:?)\s*$/, String.raw`\$&`],
    ...ALWAYS,
  ],
}

/** A backslash before each character. */
export function escapeEach(run: string): string {
  return run.replace(/./g, String.raw`\$&`)
}

const BESIDE_RULE: Readonly<Record<string, RegExp>> = { '*': /[^*\s]/, _: /[^_\s]/, '-': /[^-\s]/ }

/** True for a line of three marks or more, with nothing but blanks between them. Without a group that repeats: V8 has a stack for those. */
function isRule(line: string): boolean {
  const mark = line.charAt(0)
  const others = BESIDE_RULE[mark]
  return others !== undefined && !others.test(line) && line.split(mark, 4).length > 3
}

/**
 * Guards a line's first text, already escaped within, against being read as a block. `isWholeLine` is false when
 * something else follows it on the line.
 */
export function escapeLineStart(line: string, start: LineStart, isWholeLine: boolean): string {
  // The whole run: what is left of one could be a delimiter of emphasis.
  if (/^(?:`{3}|~{3})/.test(line)) return line.replace(/^(?:`+|~+)/, escapeEach)
  if (isWholeLine && isRule(line)) return line.startsWith('-') ? `\\${line}` : line.replace(/^(?:\*+|_+)/, escapeEach)
  if (!/^[*+\-#>\d_=~:[]/.test(line)) return line
  const guarded = isWholeLine ? line : `${line}\u0001`
  for (const [pattern, replacement] of STARTS[start]) {
    if (pattern.test(guarded)) return guarded.replace(pattern, replacement).slice(0, isWholeLine ? undefined : -1)
  }
  return line
}
