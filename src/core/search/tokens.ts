import { remembered } from '../remembered.ts'
import { textOfUnits } from '../text/utf16.ts'
import { decoded } from '../web/escapes.ts'
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

const CODES = Uint16Array.from(WRITTEN, (text) => text.charCodeAt(0))

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

/** What is being written, unit by unit: a string that grows piece by piece takes four times as long. */
const SHARED = new Uint16Array(0x10000)
let units = SHARED
/** A piece is written alone and in two pairs, with three blanks and two joints. */
const [TIMES, SIGNS_BESIDE] = [3, 5]

/** Writes a text at a place; returns the place behind it. */
function put(part: string, at: number): number {
  for (let n = 0; n < part.length; n += 1) units[at + n] = part.charCodeAt(n)
  return at + part.length
}

/** The unit that is the token of a piece; 0 for a longer one. */
function unitOf(pieces: Pieces, at: number): number {
  const { folded, kinds, starts, ends } = pieces
  const start = starts[at]!
  if (kinds[at] === BREAK) return 0
  if (ends[at]! - start === 1) {
    const code = folded.charCodeAt(start)
    return CODES[code] ?? code
  }
  const token = isWord(pieces, at) ? '' : tokenOf(pieces, at)
  return token.length === 1 ? token.charCodeAt(0) : 0
}

function putToken(pieces: Pieces, at: number, end: number): number {
  const unit = unitOf(pieces, at)
  if (unit === 0) return put(tokenOf(pieces, at), end)
  units[end] = unit
  return end + 1
}

/**
 * The tokens of a text, with blanks between them: each piece alone, once, words and numbers as often as they stand there; then
 * each piece with the one behind it, so that a phrase of such pairs is the text that it was made of, and no other.
 */
export function tokensOf(source: string): string {
  const pieces = piecesOf(fold(source))
  const { folded, count, kinds } = pieces
  const most = TIMES * folded.length + SIGNS_BESIDE * count
  units = most > SHARED.length ? new Uint16Array(most) : SHARED
  text = (text + 1) >>> 0
  let end = 0
  for (let at = 0; at < count; at += 1) {
    const unit = unitOf(pieces, at)
    if (kinds[at] === BREAK || met[unit] === text) continue
    if (unit > 0x7f) met[unit] = text
    end = put(' ', putToken(pieces, at, end))
  }
  for (let at = 0; at < count; at += 1) {
    if (kinds[at] === BREAK) end = put(LINE_END, end)
    else if (at + 1 < count && kinds[at + 1] !== BREAK) {
      end = put(jointBehind(pieces, at), putToken(pieces, at, end))
      end = put(' ', putToken(pieces, at + 1, end))
    }
  }
  return textOfUnits(units.subarray(0, end))
}

/** The tokens, one behind the other, of which a phrase is in a text where they are; none of a phrase without a piece. */
export function phraseTokens(pieces: Pieces): string[] {
  if (pieces.count === 1) return [tokenOf(pieces, 0)]
  return Array.from({ length: Math.max(0, pieces.count - 1) }, (_, at) => pair(pieces, at))
}

/** A mark as it is written; so many are remembered: a day's stories share most of theirs. */
const writtenMark = remembered((said) => Array.from(fold(decoded(said)), written).join(''), { most: 1000 })

/** A word of a kind of its own: `section／china`. Letters and signs are folded as in texts; escapes of an address are read first. */
export function markToken(kind: string, value = ''): string {
  return writtenMark(value === '' ? kind : `${kind}/${value}`)
}
