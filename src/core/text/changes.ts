import { diffComm } from 'node-diff3'
import { neighboursOf } from '../groups.ts'

/** A piece of a text: in both texts, or in one of them alone. */
export interface ChangePiece {
  kind: 'same' | 'removed' | 'added'
  text: string
}

/** A paragraph of two texts compared: in both as it is, in one alone, or in both with what differs within it. */
export interface Compared {
  kind: ChangePiece['kind'] | 'changed'
  pieces: ChangePiece[]
}

/** Where more pairs would have to be compared, all that differs counts as one change. */
const MAX_PAIRS = 400_000

/** Longer paragraphs are not compared word by word, and no more of one text in all (UTF-16 units). */
const MAX_UNITS = 3_000
const MAX_ALL_UNITS = 60_000

/** Paragraphs that share less of their letters are two, not one that was changed. */
const LEAST_ALIKE = 0.35

/** What is the same between two changes is shown as changed where it is no longer than this: single letters cannot be read. */
const SHORT_UNITS = 1

type Hunk<T> = { same: T[] } | { removed: T[]; added: T[] }

/** Two lists as runs that are in both, and runs that differ. */
function hunksOf(before: readonly string[], after: readonly string[]): Hunk<string>[] {
  let start = 0
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1
  let [endBefore, endAfter] = [before.length, after.length]
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore -= 1
    endAfter -= 1
  }
  const [removed, added] = [before.slice(start, endBefore), after.slice(start, endAfter)]
  const between = removed.length * added.length > MAX_PAIRS ? [{ removed, added }] : runsOf(removed, added)
  const hunks: Hunk<string>[] = [{ same: before.slice(0, start) }, ...between, { same: before.slice(endBefore) }]
  return hunks.filter((hunk) => ('same' in hunk ? hunk.same.length > 0 : hunk.removed.length + hunk.added.length > 0))
}

/** The same however many pairs have to be compared; no run is empty. */
export function runsOf(before: string[], after: string[]): Hunk<string>[] {
  return diffComm(before, after).map(({ common, buffer1 = [], buffer2 = [] }) =>
    common === undefined ? { removed: buffer1, added: buffer2 } : { same: common },
  )
}

/**
 * Two texts of a story compared, paragraph by paragraph; those that were changed, word by word, as the language has words.
 * The work is bounded whatever the texts are: what is too long to compare counts as removed and added.
 */
export function comparedTexts(before: readonly string[], after: readonly string[], lang: string | null): Compared[] {
  const words = wordsIn(lang)
  let units = MAX_ALL_UNITS
  const whole = (kind: ChangePiece['kind'], text: string): Compared => ({ kind, pieces: [{ kind, text }] })
  return hunksOf(before, after).flatMap((hunk) => {
    if ('same' in hunk) return hunk.same.map((text) => whole('same', text))
    return pairsOf(hunk.removed, hunk.added).map(([old, next]) => {
      if (old === null) return whole('added', next ?? '')
      if (next === null) return whole('removed', old)
      units -= old.length + next.length
      if (units < 0)
        return { kind: 'changed', pieces: [...whole('removed', old).pieces, ...whole('added', next).pieces] }
      return { kind: 'changed', pieces: comparedWords(words(old), words(next)) }
    })
  })
}

/** The words of a text, and what stands between them. */
function wordsIn(lang: string | null): (text: string) => string[] {
  const segmenter = new Intl.Segmenter(lang ?? 'zh', { granularity: 'word' })
  return (text) => Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** Two lines compared word by word. */
export function comparedLines(before: string, after: string, lang: string | null): ChangePiece[] {
  const words = wordsIn(lang)
  return comparedWords(words(before.slice(0, MAX_UNITS)), words(after.slice(0, MAX_UNITS)))
}

function comparedWords(before: readonly string[], after: readonly string[]): ChangePiece[] {
  const hunks = hunksOf(before, after).map((hunk, at, all) => {
    const isSame = 'same' in hunk
    const [removed, added] = (isSame ? [hunk.same, hunk.same] : [hunk.removed, hunk.added]).map((words) =>
      words.join(''),
    )
    const isBetween = at > 0 && at < all.length - 1
    const isShort = isBetween && removed!.length <= SHORT_UNITS && !/\p{P}/u.test(removed!)
    return { removed, added, isShownSame: isSame && !isShort }
  })
  const pieces = neighboursOf(hunks, ({ isShownSame }) => isShownSame).flatMap((own): ChangePiece[] => {
    const [removed, added] = [own.map((hunk) => hunk.removed).join(''), own.map((hunk) => hunk.added).join('')]
    if (own[0]!.isShownSame) return [{ kind: 'same', text: removed }]
    return [
      { kind: 'removed', text: removed },
      { kind: 'added', text: added },
    ]
  })
  return withWholeSentences(pieces.filter(({ text }) => text !== ''))
}

/** What is added or removed between two marks of the same kind ends with the second of them, not begins with the first. */
function withWholeSentences(pieces: ChangePiece[]): ChangePiece[] {
  for (const [at, { kind, text }] of pieces.entries()) {
    const [before, after] = [pieces[at - 1], pieces[at + 1]]
    const mark = text.charAt(0)
    if (kind === 'same' || before?.kind !== 'same' || after?.kind !== 'same') continue
    if (!/\p{P}/u.test(mark) || !after.text.startsWith(mark)) continue
    pieces[at - 1] = { ...before, text: before.text + mark }
    pieces[at] = { kind, text: text.slice(1) + mark }
    pieces[at + 1] = { ...after, text: after.text.slice(1) }
  }
  return pieces.filter(({ text }) => text !== '')
}

type Pair = [removed: string | null, added: string | null]

/** Which removed paragraph became which added one, in their order: those that are most alike, the others alone. */
function pairsOf(removed: readonly string[], added: readonly string[]): Pair[] {
  const [rows, columns] = [removed.length, added.length]
  const lettersOf = (texts: readonly string[]) => texts.map((text) => (text.length > MAX_UNITS ? null : pairsIn(text)))
  const sum = [...removed, ...added].reduce((total, text) => total + Math.min(text.length, MAX_UNITS), 0)
  if (rows * columns === 0 || sum * Math.max(rows, columns) > 10 * MAX_PAIRS) return alone(removed, added)
  const [old, next] = [lettersOf(removed), lettersOf(added)]
  const likeness = old.map((a) => next.map((b) => alike(a, b)))
  // best[i][j]: of the pairs that the texts from i and from j on may make.
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1))
  const value = (i: number, j: number): number => best[i]?.[j] ?? 0
  const paired = (i: number, j: number): number => (likeness[i]?.[j] ?? 0) + value(i + 1, j + 1)
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) best[i]![j] = Math.max(value(i + 1, j), value(i, j + 1), paired(i, j))
  }
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  while (i < rows && j < columns) {
    if ((likeness[i]?.[j] ?? 0) > 0 && paired(i, j) >= value(i, j)) pairs.push([removed[i++] ?? '', added[j++] ?? ''])
    else if (value(i + 1, j) >= value(i, j + 1)) pairs.push([removed[i++] ?? '', null])
    else pairs.push([null, added[j++] ?? ''])
  }
  return [...pairs, ...alone(removed.slice(i), added.slice(j))]
}

function alone(removed: readonly string[], added: readonly string[]): Pair[] {
  return [...removed.map((text): Pair => [text, null]), ...added.map((text): Pair => [null, text])]
}

/** The pairs of letters in a text. */
function pairsIn(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(1, text.length - 1) }, (_, at) => text.slice(at, at + 2)))
}

/** How much two texts share, 0 where that is too little. */
function alike(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): number {
  if (a === null || b === null) return 0
  let both = 0
  for (const pair of a) if (b.has(pair)) both += 1
  const share = (2 * both) / (a.size + b.size)
  return share < LEAST_ALIKE ? 0 : share
}
