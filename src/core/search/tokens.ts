import { fold } from './fold.ts'
import { BREAK, isWord, pieceAt, type Pieces, piecesOf } from './pieces.ts'

/** Stand for the end of a line and for a blank; no piece is one of them, since both fold to others. */
const LINE_END = '\u0085 '
const BLANK = '\u00a0'
/** Between two words, or a word and a number. */
const JOINT = '·'

/** SQLite's tokenizer `ascii` splits at signs of ASCII: they are written in their full width. */
const WRITTEN = Array.from({ length: 0x7f }, (_, code) => {
  const text = String.fromCharCode(code)
  if (/[a-z\d]/.test(text)) return text
  return text === ' ' ? BLANK : String.fromCharCode(code + 0xfee0)
})

const written = (text: string): string => (text.length === 1 ? (WRITTEN[text.charCodeAt(0)] ?? text) : text)

const tokenOf = (pieces: Pieces, at: number): string => written(pieces.kinds[at] === BREAK ? '' : pieceAt(pieces, at))

/** What stands between a piece and the one behind it. */
const jointBehind = (pieces: Pieces, at: number): string => (isWord(pieces, at) && isWord(pieces, at + 1) ? JOINT : '')

/** The token of a piece and of the one behind it. */
function pair(pieces: Pieces, at: number): string {
  return tokenOf(pieces, at) + jointBehind(pieces, at) + tokenOf(pieces, at + 1)
}

/** Which letters were met in the text in hand: its number, by their codes. */
const met = new Uint32Array(0x10000)
let text = 0

/**
 * The tokens of a text, with blanks between them: each piece alone, once, words and numbers as often as they stand there; then
 * each piece with the one behind it, so that a phrase of such pairs is the text that it was made of, and no other.
 */
export function tokensOf(source: string): string {
  const pieces = piecesOf(fold(source))
  const { count, kinds } = pieces
  text = (text + 1) >>> 0
  let tokens = ''
  let alone = ''
  let piece = count === 0 ? '' : tokenOf(pieces, 0)
  for (let at = 0; at < count; at += 1) {
    const next = at + 1 < count ? tokenOf(pieces, at + 1) : ''
    if (kinds[at] === BREAK) tokens += LINE_END
    else {
      if (next !== '') tokens += piece + jointBehind(pieces, at) + next + ' '
      const code = piece.length === 1 ? piece.charCodeAt(0) : 0
      if (met[code] !== text) alone += `${piece} `
      if (code > 0x7f) met[code] = text
    }
    piece = next
  }
  return alone + tokens
}

/** The tokens, one behind the other, of which a phrase is in a text where they are; none of a phrase without a piece. */
export function phraseTokens(pieces: Pieces): string[] {
  if (pieces.count === 1) return [tokenOf(pieces, 0)]
  return Array.from({ length: Math.max(0, pieces.count - 1) }, (_, at) => pair(pieces, at))
}

/** A word of a kind of its own: `section／china`. Letters of any width and case, and signs, are as in texts. */
export function markToken(kind: string, value = ''): string {
  return Array.from(fold(value === '' ? kind : `${kind}/${value}`), written).join('')
}
