import { type CharClass, charClass } from './characters.ts'
import type { Mark } from './tree.ts'

/**
 * A piece of a line as CommonMark's emphasis sees it: an edge of a mark that is written with delimiters, or anything
 * else, of which only the first and the last character matter.
 */
export type Piece = { mark: Mark; opens: boolean } | { first: string; last: string }

export const DELIMITERS: Readonly<Record<string, string>> = { em: '*', strong: '**', del: '~~' }

/** One delimiter run: the edges that it is made of, in order. */
interface Run {
  char: string
  edges: { mark: Mark; opens: boolean; length: number }[]
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

function runsOf(pieces: readonly Piece[], reading: Reading): Run[] {
  const runs: Run[] = []
  let before = ''
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at]
    if (piece === undefined) break
    if (!('mark' in piece)) {
      before = piece.last
      continue
    }
    const char = DELIMITERS[piece.mark.mark]?.charAt(0) ?? ''
    const run: Run = { char, edges: [], length: 0, left: 0, right: 0, canOpen: false, canClose: false }
    let next: Piece | undefined = piece
    for (; next !== undefined && 'mark' in next; at += 1, next = pieces[at]) {
      const delimiter: string = DELIMITERS[next.mark.mark] ?? ''
      if (!delimiter.startsWith(char)) break
      run.edges.push({ mark: next.mark, opens: next.opens, length: delimiter.length })
      run.length += delimiter.length
    }
    at -= 1
    const after = next === undefined ? '' : 'mark' in next ? (DELIMITERS[next.mark.mark]?.charAt(0) ?? '') : next.first
    run.canOpen = flanks(after, before, reading) || (reading.clings && isDelimiter(after))
    run.canClose = flanks(before, after, reading) || (reading.clings && isDelimiter(before))
    run.right = run.length
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

function matches(opener: Run, closer: Run, reading: Reading): boolean {
  if (opener.char !== closer.char) return false
  if (opener.char === '~') return opener.length === closer.length
  const open = lengthOf(opener, reading)
  const close = lengthOf(closer, reading)
  const mayClash = opener.canClose || closer.canOpen
  return !mayClash || (open + close) % 3 !== 0 || (open % 3 === 0 && close % 3 === 0)
}

/** CommonMark 6.2, "process emphasis", over the delimiters that were written: the marks that come out as they went in. */
function parsed(pieces: readonly Piece[], reading: Reading): Set<Mark> {
  const found = new Set<Mark>()
  const openers: Run[] = []
  for (const closer of runsOf(pieces, reading)) {
    while (closer.canClose && closer.left < closer.right) {
      const at = openers.findLastIndex((it) => matches(it, closer, reading))
      const opener = openers[at]
      if (opener === undefined) break
      const size = closer.char === '~' || (opener.right - opener.left >= 2 && closer.right - closer.left >= 2) ? 2 : 1
      const open = edgeAt(opener, opener.right - size, opener.right)
      const close = edgeAt(closer, closer.left, closer.left + size)
      if (open?.opens === true && close?.opens === false && open.mark === close.mark) found.add(open.mark)
      openers.length = at + 1
      opener.right -= size
      closer.left += size
      if (opener.right <= opener.left) openers.pop()
    }
    if (closer.canOpen && closer.left < closer.right) openers.push(closer)
    // What is never closed stays on the stack; this many open at once are already lost.
    if (openers.length > 64) openers.shift()
  }
  return found
}

/** The marks whose delimiters would not be read back as they are written, by one parser or another. */
export function lostMarks(pieces: readonly Piece[]): Set<Mark> {
  const marks = new Set(pieces.flatMap((piece) => ('mark' in piece ? [piece.mark] : [])))
  if (marks.size === 0) return marks
  const found = READINGS.map((reading) => parsed(pieces, reading))
  return new Set([...marks].filter((mark) => !found.every((it) => it.has(mark))))
}
