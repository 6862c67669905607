import { isPartOf, placesOf } from '../../core/search/places.ts'
import type { Query } from '../../core/search/query.ts'
import type { Catalogue } from '../../edge/catalogue/catalogue.ts'

/** A phrase of fewer pieces is found sooner than all of its places are read. */
const LONG = 5

type Phrase = Query & { kind: 'words' }

/** A phrase, and the places of all stories that it is in, newest first, in a catalogue of a version. */
interface Typed {
  phrase: Phrase
  places: readonly number[]
  version: string
}

const typed = new WeakMap<Catalogue, Typed>()

/**
 * The places of the newest stories that a long phrase is in, `most` at most; `null` for other queries. Who types asks for it letter
 * by letter: where the one before is part of it and was in fewer, only its stories are read.
 */
export function placesOfTyped(
  catalogue: Catalogue,
  query: Query,
  match: string,
  most: number,
): readonly number[] | null {
  if (query.kind !== 'words' || query.field === 'author' || query.pieces.count < LONG) return null
  const version = catalogue.version()
  const before = typed.get(catalogue)
  const places =
    before?.version === version && before.phrase.field === query.field && isPartOf(before.phrase, query)
      ? before.places.filter((place) => isIn(catalogue, place, query))
      : catalogue.places(match, { order: 'newest', limit: most, before: null })
  if (places.length < most) typed.set(catalogue, { phrase: query, places, version })
  return places
}

function isIn(catalogue: Catalogue, place: number, phrase: Phrase): boolean {
  const isThere = (text: string): boolean => placesOf(text, [phrase]).length > 0
  if (phrase.field === 'any' && isThere(catalogue.text(place))) return true
  return catalogue.at([place]).some(({ entry }) => isThere(entry.title))
}
