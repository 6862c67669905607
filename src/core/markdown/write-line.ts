import { firstChar, lastChar } from './characters.ts'
import { DELIMITERS, liveLiterals, type Piece } from './delimiters.ts'
import { escapeText } from './escape.ts'
import { escapeLineStart, type LineStart } from './escape-line.ts'
import type { Mark } from '../blocks.ts'

/** Where a line stands: only a paragraph's lines begin at the margin, where a word may look like a block. */
export type LinePlace = 'paragraph' | 'item' | 'heading' | 'cell'

/** A bit of the line: text still to be escaped, an edge of a mark, or Markdown. */
export type Bit = TextBit | { mark: Mark; opens: boolean } | string

interface TextBit {
  text: string
  inBrackets: boolean
}

function isText(bit: Bit): bit is TextBit {
  return typeof bit !== 'string' && 'text' in bit
}

function written(bit: Bit | undefined): string {
  if (bit === undefined || typeof bit === 'string') return bit ?? ''
  return 'text' in bit ? bit.text : (DELIMITERS[bit.mark.mark] ?? '')
}

/** By the bit's index, the offsets of its runs of `*`, `_` and `~` that a parser would take for delimiters. */
function findLive(bits: readonly Bit[]): Map<number, Set<number>> {
  const live = new Map<number, Set<number>>()
  if (!bits.some((bit) => isText(bit) && /[*_~]/.test(bit.text))) return live
  const pieces: Piece[] = []
  const open: ('link' | 'image')[] = []
  const places: { bit: number; offset: number }[] = []
  for (const [index, bit] of bits.entries()) {
    if (typeof bit === 'string') pieces.push(markupPiece(bit, open))
    else if ('mark' in bit) pieces.push(bit)
    else pushRuns(bit.text, index, pieces, places)
  }
  for (const id of liveLiterals(pieces)) {
    const { bit, offset } = places[id]!
    live.set(bit, (live.get(bit) ?? new Set()).add(offset))
  }
  return live
}

/** A piece that is Markdown; `open` holds the brackets that are not closed yet. */
function markupPiece(markup: string, open: ('link' | 'image')[]): Piece {
  const bracketOf = markup === '[' ? 'link' : markup === '![' ? 'image' : markup.startsWith('](') ? open.pop() : null
  if (markup.endsWith('[') && (bracketOf === 'link' || bracketOf === 'image')) open.push(bracketOf)
  return { first: firstChar(markup), last: lastChar(markup), bracketOf: bracketOf ?? null }
}

function pushRuns(text: string, bit: number, pieces: Piece[], places: { bit: number; offset: number }[]): void {
  let at = 0
  for (const match of text.matchAll(/\*+|_+|~+/g)) {
    const between = text.slice(at, match.index)
    if (between !== '') pieces.push({ first: firstChar(between), last: lastChar(between) })
    pieces.push({ literal: match[0], id: places.length })
    places.push({ bit, offset: match.index })
    at = match.index + match[0].length
  }
  const rest = text.slice(at)
  if (rest !== '') pieces.push({ first: firstChar(rest), last: lastChar(rest) })
}

/** Lengths of the runs of backticks that would find a partner, in the texts or where code is written. */
function findTicks(bits: readonly Bit[]): Set<number> {
  const seen = new Set<number>()
  const paired = new Set<number>()
  for (const bit of bits) {
    for (const { length } of written(bit).match(/`+/g) ?? []) (seen.has(length) ? paired : seen).add(length)
  }
  // Written code beside a run would make it longer.
  const dangerous = bits.some((bit) => typeof bit === 'string' && bit.startsWith('`')) ? seen : paired
  // Backslashes part a run into single ones, and within code they are none. In brackets each gets its own.
  const isBracketed = bits.some((bit) => isText(bit) && bit.inBrackets && bit.text.includes('`'))
  if (dangerous.size > 0 || isBracketed) dangerous.add(1)
  return dangerous
}

function startOf(place: LinePlace, before: string): LineStart | null {
  if (place !== 'paragraph' && place !== 'item') return null
  if (before === '\n') return 'later'
  return before === '' ? (place === 'item' ? 'item' : 'first') : null
}

const ADDRESS = /(?:https?:\/\/|www\.)[^\s<]+/gi
const MARK_OF_ADDRESS = /(?<=https?):(?=\/\/)|(?<=www)\./gi
/** How many edges of marks may stand in a row. */
const MOST_EDGES = 8

/**
 * What is written behind a bit, as far as edges of marks may reach. A text begins with none, though its first sign may look
 * like one.
 */
function behind(bits: readonly Bit[], index: number): string {
  const next = bits.slice(index + 1, index + MOST_EDGES)
  return next.map((it) => (isText(it) ? it.text.replace(/^[*_~]/, '.') : written(it))).join('')
}

/**
 * A text of which no renderer makes links that would read otherwise than it does: those of GitHub take all up to a space
 * for the address, with the edges of marks, and backslashes as they are. Such an address gets a reference.
 */
function unlinked(escaped: string, bits: readonly Bit[], index: number): string {
  return escaped.replace(ADDRESS, (found, offset: number) => {
    const goesOn = offset + found.length === escaped.length && !/^[*_~]*(?:[\s<]|$)/.test(behind(bits, index))
    if (!goesOn && !/\\|&\S*;/.test(found)) return found
    return found.replace(MARK_OF_ADDRESS, (mark) => `&#${mark.charCodeAt(0)};`)
  })
}

/** The bits as one line of Markdown, every text among them read back as it is. */
export function writeLine(bits: readonly Bit[], place: LinePlace): string {
  const live = findLive(bits)
  const ticks = findTicks(bits)
  const lastTagEnd = bits.findLastIndex((bit) => written(bit).includes('>'))
  // Without tables all cells are one paragraph.
  let opensBracket = place === 'cell'
  let result = ''
  let before = ''
  for (const [index, bit] of bits.entries()) {
    if (!isText(bit)) {
      const markup = written(bit)
      result += markup
      before = markup.slice(-1) || before
      continue
    }
    const after = written(bits[index + 1]).charAt(0)
    const start = startOf(place, before)
    const escaped = escapeText(bit.text, {
      live: live.get(index) ?? new Set(),
      ticks,
      after,
      inBrackets: bit.inBrackets,
      opensBracket,
      closesTag: index < lastTagEnd,
    })
    opensBracket ||= bit.text.includes('[')
    const free = bit.inBrackets ? escaped : unlinked(escaped, bits, index)
    const guarded = start === null ? free : escapeLineStart(free, start, after === '' || after === ' ')
    result += guarded
    before = guarded.slice(-1) || before
  }
  return place === 'heading' ? guardHeadingEnd(result) : result
}

/** A heading whose last words are neither closing hashes nor attributes, which goldmark reads in braces. */
function guardHeadingEnd(line: string): string {
  return line
    .replace(/(^|\s)(#+)$/, String.raw`$1\$2`)
    .replace(/(?<!\\)((?:\\\\)*)\{(?=[^{}]*\}\s*$)/, String.raw`$1\{`)
}

/** A text that stands alone on its line, within brackets. */
export function escapeAlone(text: string): string {
  return writeLine(['[', { text, inBrackets: true }, ']'], 'heading').slice(1, -1)
}
