import type { Entry } from './entry.ts'
import { type Excerpt, excerptOf, type Place, placesOf } from './places.ts'
import { phrasesOf } from './plan.ts'
import type { Query } from './query.ts'

/** A story that was found, with the places that were looked for: `hit-schema.ts` says what is printed of it. */
export interface Hit extends Entry {
  /** Where the headline has what was asked for. */
  places: Place[]
  /** The part of the text that has most of it. */
  excerpt: Excerpt
  /** Version of this form. */
  schema: 1
}

/** So much of a text is shown, in UTF-16 units. */
const EXCERPT = 120

/** The hit that a story with its text is for a query. */
export function hitOf(entry: Entry, text: string, query: Query): Hit {
  const excerpt = excerptOf(text, placesOf(text, phrasesOf(query, 'text')), EXCERPT)
  return { ...entry, places: placesOf(entry.title, phrasesOf(query, 'title')), excerpt, schema: 1 }
}
