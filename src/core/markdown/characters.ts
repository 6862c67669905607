/**
 * Classes of characters. CommonMark decides emphasis by white space, punctuation and the rest. Parsers before CommonMark
 * 0.31 count Unicode symbols among the rest, and some look at half of an `astral` character (an emoji) only; a writer
 * must suit all of them.
 */
export type CharClass = 'space' | 'punctuation' | 'symbol' | 'astral' | 'letter'

const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/
const WIDE =
  /[\u2e80-\u2fdf\u3000-\u30ff\u3105-\u312f\u3190-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u
const AMBIGUOUS = /[\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u2022]/

export function charClass(char: string): CharClass {
  if (char === '' || /[\t-\r\p{Zs}]/u.test(char)) return 'space'
  if (char < '\u0080') return ASCII_PUNCTUATION.test(char) ? 'punctuation' : 'letter'
  if (!/[\p{P}\p{S}]/u.test(char)) return 'letter'
  if (char.length > 1) return 'astral'
  return /\p{P}/u.test(char) ? 'punctuation' : 'symbol'
}

/** True for a full-width character, or one that Chinese text shares with Latin (quotes, dashes) beside such a one. */
export function isWideSeam(before: string, after: string): boolean {
  const left = WIDE.test(before)
  const right = WIDE.test(after)
  return (left && (right || AMBIGUOUS.test(after))) || (right && AMBIGUOUS.test(before))
}

export function firstChar(text: string): string {
  const code = text.codePointAt(0)
  return code === undefined ? '' : String.fromCodePoint(code)
}

export function lastChar(text: string): string {
  const low = text.charCodeAt(text.length - 1)
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(-2) : text.slice(-1)
}
