import type { Entry } from './entry.ts'
import { type Excerpt, excerptOf, type Place, placesOf } from './places.ts'
import { phrasesOf } from './plan.ts'
import type { Query } from './query.ts'

/** A story that was found, with the places that were looked for: `hit-schema.ts` says what is printed of it. */
export interface Hit extends Entry {
  /** Where the headline has what was asked for. */
  places: Place[]
  /** The part of the text that has most of it; `null` where its file cannot be read. */
  excerpt: Excerpt | null
  /** Version of this form. */
  schema: 1
}

/** So much of a text is shown, in UTF-16 units. */
const EXCERPT = 120

/** The hit that a story is for a query; `text`: its text, `null` where it cannot be read. */
export function hitOf(entry: Entry, text: string | null, query: Query): Hit {
  const excerpt = text === null ? null : excerptOf(text, placesOf(text, phrasesOf(query, 'text')), EXCERPT)
  return { ...entry, places: placesOf(entry.title, phrasesOf(query, 'title')), excerpt, schema: 1 }
}
