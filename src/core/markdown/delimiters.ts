import { type CharClass, charClass } from './characters.ts'
import type { Mark } from '../blocks.ts'

/**
 * A piece of a line as CommonMark's emphasis sees it: an edge of a mark that is written with delimiters, a run of the
 * same characters in the text (`id` is the caller's), or anything else, of which only the first and the last character
 * matter. The brackets of a link or picture are white space to one parser when it reads what stands in them.
 */
export type Piece =
  | { mark: Mark; opens: boolean }
  | { literal: string; id: number }
  | { first: string; last: string; bracketOf?: 'link' | 'image' | null }

export const DELIMITERS: Readonly<Record<string, string>> = { em: '*', strong: '**', del: '~~' }

/** One delimiter run: the edges that it is made of, in order; `mark` is `null` where the text has the characters. */
interface Run {
  char: string
  edges: { mark: Mark | null; opens: boolean; length: number }[]
  literals: number[]
  length: number
  left: number
  right: number
  canOpen: boolean
  canClose: boolean
}

/**
 * How a parser reads: what it counts as punctuation, whether its "rule of 3" looks at what is left of a run, and whether
 * a run beside another delimiter character opens or closes whatever else is there (micromark does both).
 */
interface Reading {
  punctuation: ReadonlySet<CharClass>
  countsRest: boolean
  clings: boolean
}

const READINGS: readonly Reading[] = [
  { punctuation: new Set<CharClass>(['punctuation', 'symbol', 'astral']), countsRest: false, clings: false },
  { punctuation: new Set<CharClass>(['punctuation', 'symbol']), countsRest: true, clings: true },
  { punctuation: new Set<CharClass>(['punctuation']), countsRest: false, clings: false },
]

function isDelimiter(char: string): boolean {
  return char === '*' || char === '_' || char === '~'
}

function flanks(innerChar: string, outerChar: string, reading: Reading): boolean {
  const inner = charClass(innerChar)
  const outer = charClass(outerChar)
  if (inner === 'space') return false
  return !reading.punctuation.has(inner) || outer === 'space' || reading.punctuation.has(outer)
}

/** The delimiters of a piece; empty where it has none. */
function delimitersOf(piece: Piece): string {
  if ('mark' in piece) return DELIMITERS[piece.mark.mark] ?? ''
  return 'literal' in piece ? piece.literal : ''
}

function firstOf(piece: Piece | undefined): string {
  if (piece === undefined) return ''
  return 'first' in piece ? piece.first : delimitersOf(piece).charAt(0)
}

function add(run: Run, piece: Piece): void {
  const { length } = delimitersOf(piece)
  run.length += length
  if ('mark' in piece) run.edges.push({ mark: piece.mark, opens: piece.opens, length })
  else run.edges.push({ mark: null, opens: false, length })
  if ('literal' in piece) run.literals.push(piece.id)
}

/** Whether a run may open and close: 6.2's rules, that for `_` within words among them. */
function settleSides(run: Run, before: string, after: string, reading: Reading): void {
  const opens = flanks(after, before, reading)
  const closes = flanks(before, after, reading)
  const isPunctuation = (char: string): boolean => reading.punctuation.has(charClass(char))
  const isWithin = run.char === '_' && opens && closes
  run.canOpen = (opens && (!isWithin || isPunctuation(before))) || (reading.clings && isDelimiter(after))
  run.canClose = (closes && (!isWithin || isPunctuation(after))) || (reading.clings && isDelimiter(before))
  run.right = run.length
}

function runsOf(pieces: readonly Piece[], reading: Reading): Run[] {
  const runs: Run[] = []
  let before = ''
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at]!
    if ('first' in piece) {
      before = piece.last
      continue
    }
    const char = firstOf(piece)
    const run: Run = { char, edges: [], literals: [], length: 0, left: 0, right: 0, canOpen: false, canClose: false }
    for (let next: Piece | undefined = piece; next !== undefined && delimitersOf(next).startsWith(char);) {
      add(run, next)
      at += 1
      next = pieces[at]
    }
    settleSides(run, before, firstOf(pieces[at]), reading)
    at -= 1
    runs.push(run)
    before = char
  }
  return runs
}

/** The edge that holds exactly the characters from `from` to `to` of a run. */
function edgeAt(run: Run, from: number, to: number): Run['edges'][number] | null {
  let at = 0
  for (const edge of run.edges) {
    if (at === from) return at + edge.length === to ? edge : null
    at += edge.length
  }
  return null
}

function lengthOf(run: Run, reading: Reading): number {
  return reading.countsRest ? run.right - run.left : run.length
}

/** Of tildes in the text one parser wants the same number, another takes two out of more. */
function holdsText(opener: Run, closer: Run): boolean {
  return opener.literals.length + closer.literals.length > 0 && opener.length > 1 && closer.length > 1
}

function matches(opener: Run, closer: Run, reading: Reading): boolean {
  if (opener.char !== closer.char) return false
  if (opener.char === '~') return opener.length === closer.length || holdsText(opener, closer)
  const open = lengthOf(opener, reading)
  const close = lengthOf(closer, reading)
  const mayClash = opener.canClose || closer.canOpen
  return !mayClash || (open + close) % 3 !== 0 || (open % 3 === 0 && close % 3 === 0)
}

/** More openers than this are never held: what is never closed stays on the stack. */
const MAX_OPENERS = 64

interface Parse {
  marks: Set<Mark>
  /** Runs of the text that were read as delimiters. */
  literals: Set<number>
}

/** CommonMark 6.2, "process emphasis", over the delimiters that were written: the marks that come out as they went in. */
function parsed(pieces: readonly Piece[], reading: Reading): Parse {
  const found: Parse = { marks: new Set(), literals: new Set() }
  const openers: Run[] = []
  for (const closer of runsOf(pieces, reading)) {
    while (closer.canClose && closer.left < closer.right) {
      const at = openers.findLastIndex((it) => matches(it, closer, reading))
      const opener = openers[at]
      if (opener === undefined) break
      const size = closer.char === '~' || (opener.right - opener.left >= 2 && closer.right - closer.left >= 2) ? 2 : 1
      const open = edgeAt(opener, opener.right - size, opener.right)
      const close = edgeAt(closer, closer.left, closer.left + size)
      if (open?.opens === true && close?.opens === false && open.mark !== null && open.mark === close.mark)
        found.marks.add(open.mark)
      for (const id of [...opener.literals, ...closer.literals]) found.literals.add(id)
      openers.length = at + 1
      opener.right -= size
      closer.left += size
      if (opener.right <= opener.left) openers.pop()
    }
    if (closer.canOpen && closer.left < closer.right) openers.push(closer)
    if (openers.length > MAX_OPENERS) openers.shift()
  }
  return found
}

/** The marks whose delimiters would not be read back as they are written, by one parser or another. */
export function lostMarks(pieces: readonly Piece[]): Set<Mark> {
  const marks = new Set(pieces.flatMap((piece) => ('mark' in piece ? [piece.mark] : [])))
  if (marks.size === 0) return marks
  const found = READINGS.map((reading) => parsed(pieces, reading))
  return new Set([...marks].filter((mark) => !found.every((it) => it.marks.has(mark))))
}

/** The pieces with no other delimiters than these: one parser looks for one kind after the other. */
function only(pieces: readonly Piece[], chars: string): Piece[] {
  return pieces.map((piece) => {
    const char = firstOf(piece)
    return 'first' in piece || chars.includes(char) ? piece : { first: char, last: char }
  })
}

function within(pieces: readonly Piece[], kinds: readonly string[]): Piece[] {
  return pieces.map((piece) =>
    'first' in piece && kinds.includes(piece.bracketOf ?? '') ? { first: '', last: '' } : piece,
  )
}

/** A line as parsers look at it: all at once or a kind of delimiter after the other, whole or within brackets. */
function viewsOf(pieces: readonly Piece[]): (readonly Piece[])[] {
  const isBracketed = pieces.some((piece) => 'first' in piece && (piece.bracketOf ?? null) !== null)
  const views = isBracketed ? [['link'], ['image'], ['link', 'image']].map((kinds) => within(pieces, kinds)) : []
  return [pieces, ...views].flatMap((view) => [view, only(view, '*_'), only(view, '~')])
}

/** The runs of `~` beside a mark's edge: cmark-gfm looks through them when it asks what stands there. */
function tildesBesideMarks(pieces: readonly Piece[]): number[] {
  const isMark = (piece: Piece | undefined): boolean => piece !== undefined && 'mark' in piece
  return pieces.flatMap((piece, at) =>
    'literal' in piece && piece.literal.startsWith('~') && (isMark(pieces[at - 1]) || isMark(pieces[at + 1]))
      ? [piece.id]
      : [],
  )
}

/** The runs of the text that one parser or another would read as delimiters, or that would spoil a mark. */
export function liveLiterals(pieces: readonly Piece[]): Set<number> {
  const all = new Set(pieces.flatMap((piece) => ('literal' in piece ? [piece.id] : [])))
  if (all.size > MAX_OPENERS) return all
  const live = new Set(tildesBesideMarks(pieces))
  for (let size = -1; size < live.size;) {
    size = live.size
    // A run that gets its backslashes is punctuation to its neighbours.
    const rest = pieces.map((piece) =>
      'literal' in piece && live.has(piece.id) ? { first: '\\', last: piece.literal.charAt(0) } : piece,
    )
    for (const view of viewsOf(rest)) {
      for (const reading of READINGS) for (const id of parsed(view, reading).literals) live.add(id)
    }
    if (size === live.size && live.size < all.size && lostMarks(rest).size > 0) return all
  }
  return live
}
