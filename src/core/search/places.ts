import { fold } from './fold.ts'
import { pieceAt, type Pieces, piecesOf } from './pieces.ts'

/** A phrase that is looked for: pieces one behind the other; `isOpen`: its last word may go on. */
export interface Phrase {
  pieces: Pieces
  isOpen: boolean
}

/** True where each text that has the phrase `whole` has `begun` too, which it begins with: as one is typed that becomes the other. */
export function isPartOf(begun: Phrase, whole: Phrase): boolean {
  const more = whole.pieces.count - begun.pieces.count
  if (more < 0 || (more === 0 && whole.isOpen && !begun.isOpen)) return false
  return standAt(whole.pieces, 0, textsOf(begun.pieces), begun.isOpen)
}

/** The texts of pieces, one behind the other. */
const textsOf = (pieces: Pieces): string[] => Array.from({ length: pieces.count }, (_, at) => pieceAt(pieces, at))

/** True where these parts stand among pieces from one of them on; `isOpen`: the last of them may go on. */
function standAt(pieces: Pieces, at: number, parts: readonly string[], isOpen: boolean): boolean {
  return parts.every((part, n) => {
    const piece = pieceAt(pieces, at + n)
    return piece === part || (isOpen && n === parts.length - 1 && piece.startsWith(part))
  })
}

/** From where to where in a text, in UTF-16 units; the end is not included. */
export type TextSpan = [start: number, end: number]

/** The places of a text at which one of the phrases stands, in order; those that meet are one. */
export function placesOf(text: string, phrases: readonly Phrase[]): TextSpan[] {
  const wanted = phrases.map(({ pieces, isOpen }) => {
    const parts = textsOf(pieces)
    return { parts, isOpen, units: parts.map((part) => part.charAt(0)) }
  })
  const found: TextSpan[] = []
  let start = 0
  // A phrase stands in one line, and few lines have the beginnings of all its parts.
  for (const line of fold(text).split('\n')) {
    let pieces: Pieces | null = null
    for (const { parts, isOpen, units } of wanted) {
      if (units.every((unit) => line.includes(unit)))
        found.push(...placesIn((pieces ??= piecesOf(line)), start, parts, isOpen))
    }
    start += line.length + 1
  }
  return joined(found)
}

/** Where the pieces of a line, which begins at `offset` of its text, are these one behind the other. */
function placesIn(pieces: Pieces, offset: number, parts: readonly string[], isOpen: boolean): TextSpan[] {
  const { folded, count, starts, ends } = pieces
  const found: TextSpan[] = []
  const first = parts[0]?.charCodeAt(0)
  for (let at = 0; at + parts.length <= count; at += 1) {
    // A piece is cut out of its text only where it may be the one.
    if (folded.charCodeAt(starts[at]!) === first && standAt(pieces, at, parts, isOpen))
      found.push([offset + starts[at]!, offset + ends[at + parts.length - 1]!])
  }
  return found
}

function joined(places: TextSpan[]): TextSpan[] {
  const made: TextSpan[] = []
  for (const [start, end] of places.toSorted((a, b) => a[0] - b[0])) {
    const before = made.at(-1)
    if (before !== undefined && start <= before[1]) before[1] = Math.max(before[1], end)
    else made.push([start, end])
  }
  return made
}

/** A text cut at its places: what is between them, and, marked, what stands at them. */
export function partsOf(text: string, places: readonly TextSpan[]): { text: string; isMarked: boolean }[] {
  const starts = [0, ...places.map(([, end]) => end)]
  const parts = starts.flatMap((start, at) => {
    const [from, to] = places[at] ?? [text.length, text.length]
    return [
      { text: text.slice(start, from), isMarked: false },
      { text: text.slice(from, to), isMarked: true },
    ]
  })
  return parts.filter((part) => part.text !== '')
}

/** A part of a text, with the places in it. */
export interface Excerpt {
  text: string
  places: TextSpan[]
}

/** An excerpt begins and ends here rather than within a clause. */
const PAUSE = /[\n。！？；，、,.!?;：:]/

/**
 * The part of a text, of some `length` UTF-16 units on one line, in which most of the `places` are, the first of such; its
 * beginning where there are none. What is left out stands as `…`.
 */
export function excerptOf(text: string, places: readonly TextSpan[], length: number): Excerpt {
  const first = bestOf(places, length)
  let start = Math.max(0, (places[first]?.[0] ?? 0) - Math.floor(length / 4))
  for (let at = start; start > 0 && at < (places[first]?.[0] ?? 0); at += 1) {
    if (PAUSE.test(text.charAt(at))) {
      start = at + 1
      break
    }
  }
  if (isWithin(text, start)) start -= 1
  let end = Math.min(text.length, start + length)
  if (isWithin(text, end)) end -= 1
  const lead = start > 0 ? '…' : ''
  const shown = text.slice(start, end).replace(/[\n\r\u2028\u2029]/g, ' ')
  const within = places.filter(([from, to]) => from >= start && to <= end)
  return {
    text: `${lead}${shown}${end < text.length ? '…' : ''}`,
    places: within.map(([from, to]) => [from - start + lead.length, to - start + lead.length]),
  }
}

/** True between the two units of one character. */
const isWithin = (text: string, at: number): boolean => {
  return /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1))
}

function bestOf(places: readonly TextSpan[], length: number): number {
  let best = 0
  let most = 0
  for (let at = 0, end = 0; at < places.length; at += 1) {
    while (end < places.length && (places[end]?.[1] ?? 0) <= (places[at]?.[0] ?? 0) + (length * 3) / 4) end += 1
    if (end - at > most) [best, most] = [at, end - at]
  }
  return best
}
