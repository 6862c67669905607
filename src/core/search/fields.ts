/** Where words are looked for: `any` is headline and text. */
export type TextField = 'any' | 'title' | 'author'
/** What a story is marked by in the index. */
export type MarkField = 'section' | 'lang' | 'publisher' | 'is' | 'has'

/** What may stand before a colon. */
export type QueryField = TextField | MarkField | 'date' | 'after' | 'before'

/** A map, since every object has a `constructor`. */
const namesOf = <T>(names: Readonly<Record<string, T>>): ReadonlyMap<string, T> => new Map(Object.entries(names))

/** What users may write before a colon, folded, by what it means. */
export const FIELDS: ReadonlyMap<string, QueryField> = namesOf({
  title: 'title',
  标题: 'title',
  author: 'author',
  作者: 'author',
  section: 'section',
  栏目: 'section',
  lang: 'lang',
  语言: 'lang',
  publisher: 'publisher',
  媒体: 'publisher',
  date: 'date',
  日期: 'date',
  after: 'after',
  之后: 'after',
  before: 'before',
  之前: 'before',
  is: 'is',
  是: 'is',
  has: 'has',
  有: 'has',
})

/** What users may write behind `is:` and `has:`, folded, by what the index has. */
export const MARKS: Readonly<Record<'is' | 'has', ReadonlyMap<string, string>>> = {
  is: namesOf({ revised: 'revised', 修订: 'revised', subscriber: 'subscriber', 订阅: 'subscriber' }),
  has: namesOf({ picture: 'picture', 图片: 'picture', 图: 'picture' }),
}
