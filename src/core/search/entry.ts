import { wordsOf } from '../markdown/contents.ts'
import type { StoryRecord } from '../model.ts'
import { marksOf } from './plan.ts'
import { tokensOf } from './tokens.ts'

/** What the catalogue has of a story, a column each: what its record says, and how many pictures it shows. */
export interface CatalogueEntry extends Pick<
  StoryRecord,
  'id' | 'url' | 'title' | 'published' | 'updated' | 'section' | 'publisher' | 'lang' | 'access' | 'revision'
> {
  path: string
  pictures: number
}

/** A story on its way into the catalogue: with its words, the tokens by which it is found, and when it came out, for the order. */
export interface Indexed {
  entry: CatalogueEntry
  text: string
  ms: number
  words: { title: string; body: string; author: string; marks: string }
}

/** A record as the catalogue takes it over. `path`: of its file; `dayMs`: when its day begins, for a story of no time. */
export function indexed(record: StoryRecord, path: string, dayMs: number): Indexed {
  const { id, url, title, published, updated, section, publisher, lang, access, revision } = record
  const pictures = record.images.length
  const entry = { path, id, url, title, published, updated, section, publisher, lang, access, pictures, revision }
  const words = wordsOf(record)
  return {
    entry,
    text: words,
    ms: published === null ? dayMs : Date.parse(published),
    words: {
      title: tokensOf(title),
      body: tokensOf(words),
      author: tokensOf([record.author ?? '', ...record.bylines].join('\n')),
      marks: marksOf(entry),
    },
  }
}
