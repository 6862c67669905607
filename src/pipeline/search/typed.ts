import { isPartOf, placesOf } from '../../core/search/places.ts'
import type { PhraseQuery, Query } from '../../core/search/query.ts'
import type { Catalogue } from '../../edge/catalogue/catalogue.ts'

/** A phrase of fewer pieces is found sooner than all of its places are read. */
const LONG = 5

/**
 * A phrase, and the places of the newest stories that it is in, newest first, in a catalogue of a version; `isAll`: it is in no others.
 */
interface Typed {
  phrase: PhraseQuery
  places: readonly number[]
  isAll: boolean
  version: string
}

const typed = new WeakMap<Catalogue, Typed>()

/** A story is read in the time in which a pair of letters is looked for in so many pages of a catalogue: measured, see bench/README.md. */
const STORY_IN_PAGES = 4000

/**
 * The places of the newest stories that a long phrase is in, `most` at most; `null` for other queries. Who types asks for it letter
 * by letter: where the one before is part of it, its stories are read, and the index is asked for those behind them, where that takes less,
 * a story taking as long as so many pages (`cost`).
 */
export function placesOfTyped(
  catalogue: Catalogue,
  query: Query,
  match: string,
  most: number,
  cost = STORY_IN_PAGES,
): readonly number[] | null {
  if (query.kind !== 'words' || query.field === 'author' || query.pieces.count < LONG) return null
  const version = catalogue.version()
  const before = typed.get(catalogue)
  const isBegun = before?.version === version && before.phrase.field === query.field && isPartOf(before.phrase, query)
  const known =
    isBegun && pagesFor(before, query, catalogue) >= before.places.length * cost ? before : { places: [], isAll: false }
  const places = known.places.filter((place) => isIn(catalogue, place, query))
  let { isAll } = known
  if (!isAll && places.length < most) {
    const rest = { order: 'newest', limit: most - places.length, before: known.places.at(-1) ?? null } as const
    const more = catalogue.places(match, rest)
    places.push(...more)
    isAll = more.length < rest.limit
  }
  typed.set(catalogue, { phrase: query, places, isAll, version })
  return places
}

/** In how many pages of the catalogue, each as often as the phrase has pairs, it is looked for where its beginning was found. */
function pagesFor({ places, isAll }: Typed, phrase: PhraseQuery, catalogue: Catalogue): number {
  const { pages, oldest } = catalogue.extent()
  const [newest = oldest, last = newest] = [places[0], places.at(-1)]
  const share = isAll ? 1 : (newest - last) / Math.max(1, newest - oldest)
  return pages * share * phrase.pieces.count
}

function isIn(catalogue: Catalogue, place: number, phrase: PhraseQuery): boolean {
  const isThere = (text: string): boolean => placesOf(text, [phrase]).length > 0
  if (phrase.field === 'any' && isThere(catalogue.text(place))) return true
  return catalogue.at([place]).some(({ entry }) => isThere(entry.title))
}
