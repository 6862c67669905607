import type { Identity } from '../model.ts'

/** A list of a few stories has no tail of two. */
const SHORT_LIST = 5

/** Where more neighbours than this share stand the wrong way round, a list is not ordered newest first. */
const MAX_DISORDER = 0.4
/** The same where so few neighbours are known that a story or two that moved up weigh much. */
const MAX_DISORDER_OF_FEW = 0.75
const FEW_NEIGHBOURS = 12

/** A story in a list as one word, by which it is remembered: `2026-11-20-9700001`; the id alone where no day is known. */
export function wordOf({ id, day }: Identity): string {
  return day === null ? id : `${day}-${id}`
}

/** The story that `wordOf` wrote down. */
export function identityOfWord(word: string): Identity {
  const [, day = null, id = word] = /^(\d{4}-\d{2}-\d{2})-(.+)$/.exec(word) ?? []
  return { id, day }
}

/** One place of a list. */
export interface ListPlace {
  /** The story there, as `wordOf` writes it. */
  word: string
  /** It may be younger than all that the list showed before. */
  isNews: boolean
}

/**
 * True when everything that came onto a list since it showed `before` stands in what it shows `now`: below the news is
 * a stretch of the former list, in its order, and more of it than is absent from above. A story that is pinned on top,
 * or that an edit moved up, stands above what came before it, or alone: it is no such stretch. Both newest first.
 */
export function continues(now: readonly ListPlace[], before: readonly string[]): boolean {
  const isOrdered = areNewestFirst([now.map(({ word }) => word), before])
  const [list, former] = isOrdered
    ? [now, before]
    : [now.toSorted((a, b) => newerFirst(a.word, b.word)), before.toSorted(newerFirst)]
  const ranks = new Map(former.map((word, rank) => [word, rank]))
  const stretch: number[] = []
  for (const { word, isNews } of list.toReversed()) {
    const rank = ranks.get(word)
    if (isNews || (rank !== undefined && rank >= (stretch.at(-1) ?? former.length))) break
    if (rank !== undefined) stretch.push(rank)
  }
  const shown = new Set(list.map(({ word }) => word))
  const absent = former.slice(0, stretch[0] ?? 0).filter((word) => !shown.has(word))
  const least = list.length < SHORT_LIST ? 1 : 2
  return stretch.length >= least && absent.length < stretch.length
}

/** True where lists are ordered newest first, but for some stories. */
function areNewestFirst(lists: readonly (readonly string[])[]): boolean {
  let pairs = 0
  let wrong = 0
  for (const list of lists) {
    for (const [at, word] of list.slice(1).entries()) {
      pairs += 1
      if (newerFirst(list[at] ?? '', word) > 0) wrong += 1
    }
  }
  return wrong <= pairs * (pairs < FEW_NEIGHBOURS ? MAX_DISORDER_OF_FEW : MAX_DISORDER)
}

/** Compares by day and number: a higher number was begun later. */
export function newerFirst(a: string, b: string): number {
  const [one, two] = [identityOfWord(a), identityOfWord(b)].map(
    ({ id, day }) => `${day ?? ''} ${id.padStart(20, '0')}`,
  ) as [string, string]
  return one < two ? 1 : one > two ? -1 : 0
}
