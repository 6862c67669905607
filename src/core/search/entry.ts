import type { Access, StoryRecord } from '../model.ts'
import { marksOf } from './plan.ts'
import { tokensOf } from './tokens.ts'

/** What the catalogue has of a story, a column each. Absent is `null`. */
export interface Entry {
  path: string
  id: string
  url: string
  title: string
  /** ISO 8601 UTC; `null` where the day alone is known. */
  published: string | null
  updated: string | null
  section: string | null
  publisher: string | null
  lang: string | null
  access: Access
  /** How many pictures it shows. */
  pictures: number
  /** How many texts it has had. */
  revision: number
}

/** A story on its way into the catalogue: with its text, the tokens by which it is found, and when it came out, for the order. */
export interface Indexed {
  entry: Entry
  text: string
  ms: number
  words: { title: string; body: string; author: string; marks: string }
}

/** A record as the catalogue takes it. `path`: of its file; `dayMs`: when its day begins, for a story of no time. */
export function indexed(record: StoryRecord, path: string, dayMs: number): Indexed {
  const { id, url, title, published, updated, section, publisher, lang, access, revision } = record
  const pictures = record.images.length
  return {
    entry: { path, id, url, title, published, updated, section, publisher, lang, access, pictures, revision },
    text: record.text,
    ms: published === null ? dayMs : Date.parse(published),
    words: {
      title: tokensOf(title),
      body: tokensOf(record.text),
      author: tokensOf([record.author ?? '', ...record.bylines].join('\n')),
      marks: marksOf({
        ...{ day: path.slice(0, 10), section, lang, publisher },
        isRevised: revision > 1,
        isForSubscribers: access === 'subscriber',
        hasPicture: pictures > 0,
      }),
    },
  }
}
