import type { CatalogueEntry } from './entry.ts'
import { type Excerpt, excerptOf, type TextSpan, placesOf } from './places.ts'
import { phrasesOf } from './plan.ts'
import type { Query } from './query.ts'

/** A story that was found, with the places that were looked for: `hit-schema.ts` says what is printed of it. */
export interface Hit extends CatalogueEntry {
  /** Where the headline has what was asked for. */
  places: TextSpan[]
  /** The part of the text that has most of it. */
  excerpt: Excerpt
  /** Version of this form. */
  schema: 1
}

/** So much of a text is shown, in UTF-16 units. */
const EXCERPT = 120

/** What is shown of a story's headline and text for a query. */
export function shownOf(title: string, text: string, query: Query): Pick<Hit, 'places' | 'excerpt'> {
  return {
    places: placesOf(title, phrasesOf(query, 'title')),
    excerpt: excerptOf(text, placesOf(text, phrasesOf(query, 'text')), EXCERPT),
  }
}

/** The hit that a story with its text is for a query. */
export function hitOf(entry: CatalogueEntry, text: string, query: Query): Hit {
  return { ...entry, ...shownOf(entry.title, text, query), schema: 1 }
}
