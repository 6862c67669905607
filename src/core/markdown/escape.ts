import { charClass, firstChar, lastChar } from './characters.ts'

/** What the whole line tells about its characters: whether a delimiter in the text could find a partner. */
export interface Dangers {
  star: boolean
  underscore: boolean
  tilde: boolean
  backtick: boolean
}

/** Where a text stands: what is written before and after it, and in which construct. */
export interface Place {
  dangers: Dangers
  before: string
  after: string
  inBrackets: boolean
  inTable: boolean
}

const MAY_MATTER = /[\\*_~`[\]<&|${!]/
const CHARACTERS = /\\|\*+|_+|~+|`+|[[\]<|!]|&(?=#?\w{1,40};)|\$\$|\{+%?/g

/** Liquid's `{{` and `{%`, kramdown's `{:` and `{#`. */
function escapeBraces(found: string, next: string): string {
  const braces = found.replace('%', '')
  const first = braces.length === 1 && (next === ':' || next === '#') ? String.raw`\{` : '{'
  return `${first}${String.raw`\{`.repeat(braces.length - 1)}${found.endsWith('%') ? '&#37;' : ''}`
}

function followsAsPunctuation(next: string): boolean {
  return next !== '' && next < '\u0080' && charClass(next) === 'punctuation'
}

function each(run: string): string {
  return run.replace(/./g, String.raw`\$&`)
}

function bracket(char: string, next: string, place: Place): string {
  if (place.inBrackets) return `\\${char}`
  return char === ']' && next === '(' ? String.raw`\]` : char
}

function escapeOne(found: string, next: string, isEnd: boolean, place: Place): string {
  const { dangers } = place
  switch (found.charAt(0)) {
    case '\\':
      return next === '\n' || followsAsPunctuation(next) ? String.raw`\\` : found
    case '*':
      return dangers.star ? each(found) : found
    case '_':
      return dangers.underscore ? each(found) : found
    case '~':
      return dangers.tilde ? each(found) : found
    case '`':
      return dangers.backtick ? each(found) : found
    case '[':
    case ']':
      return bracket(found, next, place)
    case '!':
      return isEnd && next === '[' ? String.raw`\!` : found
    case '<':
      return /[A-Za-z/!?]/.test(next) ? String.raw`\<` : found
    case '|':
      return String.raw`\|`
    case '{':
      return escapeBraces(found, next)
    default:
      return `\\${found}`
  }
}

/**
 * Text as Markdown that is read back as the same text: a backslash only where something would be read into it.
 * `{{` and `{%` are split for Liquid; kramdown knows no `\\%`, so that one is a reference, which all read.
 */
export function escapeText(value: string, place: Place): string {
  if (!MAY_MATTER.test(value)) return value
  return value.replace(CHARACTERS, (found: string, offset: number) => {
    const end = offset + found.length
    return escapeOne(found, value.charAt(end) || place.after, end === value.length, place)
  })
}

const LINE_STARTS: readonly [RegExp, string][] = [
  [/^([*+-])(?=\s|$)/, String.raw`\$1`],
  [/^(#{1,6})(?=\s|$)/, String.raw`\$1`],
  [/^>/, String.raw`\>`],
  [/^(\d{1,9})([.)])(?=\s|$)/, String.raw`$1\$2`],
  [/^(-)(?=(?:\s*\1){2,}\s*$)/, String.raw`\$1`],
  [/^(?:=+|:?-+:?)\s*$/, String.raw`\$&`],
  [/^:(?=\s)/, String.raw`\:`],
  [/^\[(?=[^\]]*\]:)/, String.raw`\[`],
  [/^\*(?=\[[^\]]*\]:)/, String.raw`\*`],
  [/^\[(?=[ xX]\](?:\s|$))/, String.raw`\[`],
]

/**
 * Guards a line's first text, already escaped within, against being read as a block. `isWholeLine` is false when
 * something else follows it on the line.
 */
export function escapeLineStart(line: string, isWholeLine: boolean): string {
  // The whole run: what is left of one could be a delimiter of emphasis.
  if (/^(?:`{3}|~{3})/.test(line)) return line.replace(/^(?:`+|~+)/, each)
  if (isWholeLine && /^([*_])(?:\s*\1){2,}\s*$/.test(line)) return line.replace(/^(?:\*+|_+)/, each)
  if (!/^[*+\-#>\d_=~:[]/.test(line)) return line
  const guarded = isWholeLine ? line : `${line}\u0001`
  for (const [pattern, replacement] of LINE_STARTS) {
    if (pattern.test(guarded)) return line.replace(pattern, replacement)
  }
  return line
}

interface Stretch {
  value: string
  before: string
  after: string
}

function pairs(stretches: readonly Stretch[], char: string, intraword: boolean): boolean {
  let opened = false
  for (const { value, before, after } of stretches) {
    if (!value.includes(char)) continue
    for (const match of value.matchAll(char === '*' ? /\*+/g : char === '_' ? /_+/g : /~+/g)) {
      const left = charClass(match.index === 0 ? before : lastChar(value.slice(0, match.index)))
      const end = match.index + match[0].length
      const right = charClass(end === value.length ? after : firstChar(value.slice(end, end + 2)))
      const isWithin = left === 'letter' && right === 'letter'
      const canOpen = right !== 'space' && (intraword || !isWithin)
      const canClose = left !== 'space' && (intraword || !isWithin)
      if (opened && canClose) return true
      opened ||= canOpen
    }
  }
  return false
}

/** Looks over a line's texts for delimiters that could pair with each other, or with those that are written. */
export function findDangers(
  stretches: readonly Stretch[],
  written: { star: boolean; tilde: boolean; code: boolean },
): Dangers {
  const all = stretches.map(({ value }) => value)
  const has = (char: string): boolean => all.some((value) => value.includes(char))
  const ticks = has('`') ? all.reduce((sum, value) => sum + (value.match(/`+/g)?.length ?? 0), 0) : 0
  return {
    star: has('*') && (written.star || pairs(stretches, '*', true)),
    underscore: has('_') && pairs(stretches, '_', false),
    tilde: has('~') && (written.tilde || pairs(stretches, '~', true)),
    backtick: ticks > 1 || (ticks > 0 && written.code),
  }
}
