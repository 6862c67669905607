import type { Kept } from './entry.ts'
import { marksOf } from './plan.ts'
import { tokensOf } from './tokens.ts'

/** The tokens by which a story is found, by the column of the index. */
export type IndexedWords = Record<'title' | 'body' | 'author' | 'marks', string>

/** The tokens by which a story is found, made of what the catalogue keeps of it. */
export function indexWords({ entry, text, author }: Kept): IndexedWords {
  const { path, title, section, lang, publisher, revision, access, pictures } = entry
  return {
    title: tokensOf(title),
    body: tokensOf(text),
    author: tokensOf(author),
    marks: marksOf({
      ...{ day: path.slice(0, 10), section, lang, publisher },
      isRevised: revision > 1,
      isForSubscribers: access === 'subscriber',
      hasPicture: pictures > 0,
    }),
  }
}
