import { wordsOf } from '../markdown/contents.ts'
import type { StoryRecord } from '../model.ts'
import type { Timed } from './order.ts'
import { type IndexedWords, indexWords } from './words.ts'

/** What the catalogue has of a story, a column each: what its record says, and how many pictures it shows. */
export interface CatalogueEntry extends Pick<
  StoryRecord,
  'id' | 'url' | 'title' | 'published' | 'updated' | 'section' | 'publisher' | 'lang' | 'access' | 'revision'
> {
  path: string
  pictures: number
}

/** What the catalogue keeps of a story; `ms`: when it came out, for the order; `author`: a line each of those who are named. */
export interface Kept extends Pick<Timed, 'ms'> {
  entry: CatalogueEntry
  text: string
  author: string
}

/** A story on its way into the catalogue, with the tokens by which it is found. */
export interface Indexed extends Kept {
  words: IndexedWords
}

/** A record as the catalogue takes it over. `path`: of its file; `dayMs`: when its day begins, for a story of no time. */
export function indexed(record: StoryRecord, path: string, dayMs: number): Indexed {
  const { id, url, title, published, updated, section, publisher, lang, access, revision } = record
  const pictures = record.images.length
  const kept = {
    entry: { path, id, url, title, published, updated, section, publisher, lang, access, pictures, revision },
    text: wordsOf(record),
    author: [record.author ?? '', ...record.bylines].join('\n'),
    ms: published === null ? dayMs : Date.parse(published),
  }
  return { ...kept, words: indexWords(kept) }
}
