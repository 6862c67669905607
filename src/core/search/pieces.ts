import { isOfChinese, NOTHING } from './fold.ts'

/**
 * What folded texts are put together of: words of letters, numbers of digits; signs, which are all else, each letter of
 * Chinese among them; blanks between such; ends of lines.
 */
const WORD = 1
const NUMBER = 2
const SIGN = 3
const BLANK = 4
export const BREAK = 5
const NONE = 6

/** The pieces of a text, column by column. */
export interface Pieces {
  /** The folded text. */
  folded: string
  count: number
  kinds: Uint8Array
  /** Where each begins and ends in the text, in UTF-16 units. */
  starts: Uint32Array
  ends: Uint32Array
}

/** Longer words are told by their beginning. */
const MAX_WORD = 40

/** Scripts that write words without blanks between them, or fuse what belongs to them: each letter stands for itself. */
const EACH_ITSELF =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3005-\u3007\u30fc]/u

/** The kinds of units, by their codes; 0: not known yet. */
const known = new Uint8Array(0x10000)

function kindOf(code: number): number {
  if (isOfChinese(code)) return SIGN
  const character = String.fromCharCode(code)
  if (character === '\n') return BREAK
  if (character === ' ') return BLANK
  if (character === NOTHING) return NONE
  if (code < 0x80) return /\d/.test(character) ? NUMBER : /[A-Za-z]/.test(character) ? WORD : SIGN
  if (EACH_ITSELF.test(character)) return SIGN
  if (/\p{Nd}/u.test(character)) return NUMBER
  return /[\p{L}\p{M}]/u.test(character) ? WORD : SIGN
}

/**
 * The pieces of a folded text. Blanks beside words and numbers are none, since people write `使用 5G` and `使用5G`: what
 * stands in one line is alike with them and without.
 */
export function piecesOf(folded: string): Pieces {
  const { length } = folded
  // A blank stands between two signs, so that there are never more pieces than units.
  const kinds = new Uint8Array(length)
  const starts = new Uint32Array(length)
  const ends = new Uint32Array(length)
  let count = 0
  let blank = -1
  let last = BREAK
  const add = (kind: number, start: number, end: number): void => {
    kinds[count] = last = kind
    starts[count] = start
    ends[count] = end
    count += 1
  }
  for (let at = 0; at < length;) {
    const start = at
    const code = folded.charCodeAt(at)
    const kind = (known[code] ||= kindOf(code))
    at += 1
    if (kind === NONE) continue
    if (kind === BLANK) {
      if (blank === -1) blank = start
      continue
    }
    if (kind === SIGN && blank !== -1 && last === SIGN) add(BLANK, blank, start)
    blank = -1
    if (kind === SIGN) {
      if (code >= 0xd800 && code <= 0xdbff && at < length) at += 1
      add(SIGN, start, at)
    } else if (kind === BREAK) {
      if (last !== BREAK) add(BREAK, start, at)
    } else {
      for (; at < length; at += 1) {
        const next = folded.charCodeAt(at)
        const other = (known[next] ||= kindOf(next))
        if (other !== kind && other !== NONE) break
      }
      add(kind, start, at)
    }
  }
  if (last === BREAK && count > 0) count -= 1
  return { folded, count, kinds, starts, ends }
}

/** The text of a piece. */
export function pieceAt({ folded, kinds, starts, ends }: Pieces, at: number): string {
  // However many blanks it is of.
  if (kinds[at] === BLANK) return ' '
  const text = folded.slice(starts[at], ends[at])
  return text.length === 1 ? text : text.replaceAll(NOTHING, '').slice(0, MAX_WORD)
}

/** True for a word or a number. */
export function isWord({ kinds }: Pieces, at: number): boolean {
  return kinds[at] === WORD || kinds[at] === NUMBER
}
