import type { StoryRecord } from '../model.ts'
import { isDay } from '../time.ts'
import type { Phrase } from './places.ts'
import type { TextField } from './fields.ts'
import type { Query } from './query.ts'
import { markToken, phraseTokens } from './tokens.ts'

/** The columns of the index in which words are looked for. */
const COLUMNS: Readonly<Record<TextField, string>> = { any: '{title body}', title: 'title', author: 'author' }

/** Every story has it. */
const ALL = markToken('all')

/** The days that have a token: of the beginnings of `20211110` those with so many digits. */
const STEPS = [1, 2, 3, 4, 6, 8]

/** So many parts of a section's path are marked, each run of them: sections have two or three, hostile addresses hundreds. */
const MOST_PARTS = 6

/** By what a story is marked in the index, beside its words; the day is that of its file's `path`. */
type Marked = Pick<StoryRecord, 'section' | 'lang' | 'publisher' | 'access' | 'revision'> & {
  path: string
  pictures: number
}

const digitsOf = (day: string): string => day.replaceAll('-', '')
const dayToken = (digits: string): string => markToken('day', digits)

/** The tokens of a story that are no words of its text, with blanks between them. */
export function marksOf(story: Marked): string {
  const digits = digitsOf(story.path.slice(0, 10))
  const marks = [ALL, ...STEPS.map((step) => dayToken(digits.slice(0, step)))]
  const parts = story.section?.split('/').slice(0, MOST_PARTS) ?? []
  for (let from = 0; from < parts.length; from += 1) {
    for (let to = from + 1; to <= parts.length; to += 1)
      marks.push(markToken('section', parts.slice(from, to).join('/')))
  }
  if (story.lang !== null) {
    marks.push(markToken('lang', story.lang))
    if (story.lang.includes('-')) marks.push(markToken('lang', story.lang.replace(/-.*/, '')))
  }
  if (story.publisher !== null) marks.push(markToken('publisher', story.publisher))
  if (story.revision > 1) marks.push(markToken('is', 'revised'))
  if (story.access === 'subscriber') marks.push(markToken('is', 'subscriber'))
  if (story.pictures > 0) marks.push(markToken('has', 'picture'))
  return marks.join(' ')
}

/** The fewest beginnings of `20211110` that all days of a span have, and no others. */
function daysIn(from: string, to: string, begun = ''): string[] {
  const first = `${begun.padEnd(4, '0')}0101`.slice(0, 8)
  const last = `${begun.padEnd(4, '9')}1231`.slice(0, 8)
  const [low, high] = begun.length <= 4 ? [first, last] : [begun.padEnd(8, '01'), begun.padEnd(8, '31')]
  if (low > to || high < from) return []
  if (low >= from && high <= to) return [begun]
  const [least, most, digits] = begun.length < 4 ? [0, 9, 1] : begun.length === 4 ? [1, 12, 2] : [1, 31, 2]
  const more = Array.from({ length: most - least + 1 }, (_, n) => String(least + n).padStart(digits, '0'))
  return more.flatMap((part) => daysIn(from, to, begun + part))
}

/** The digits of a day; of the last one of a month those of a 31st, with which the month is whole. */
function endOf(day: string): string {
  const next = String(Number(day.slice(8)) + 1).padStart(2, '0')
  return isDay(day.slice(0, 8) + next) ? digitsOf(day) : `${digitsOf(day).slice(0, 6)}31`
}

const marked = (tokens: readonly string[]): string => `marks : (${tokens.map((token) => `"${token}"`).join(' OR ')})`

const EVERY = marked([ALL])

/**
 * The query in the language of SQLite's FTS5, for an index whose columns are `title`, `body`, `author`, of `tokensOf`, and
 * `marks`, of `marksOf`.
 */
export function matchOf(query: Query): string {
  switch (query.kind) {
    case 'words':
      return `${COLUMNS[query.field]} : "${phraseTokens(query.pieces).join(' ')}"${query.isOpen ? ' *' : ''}`
    case 'mark':
      return marked([markToken(query.mark, query.value)])
    case 'days': {
      const { from, to } = query
      const days = daysIn(from === null ? '00000000' : digitsOf(from), to === null ? '99999999' : endOf(to))
      if (days.length === 0) return `(${EVERY} NOT ${EVERY})`
      return days[0] === '' ? EVERY : marked(days.map(dayToken))
    }
    case 'or':
      return `(${query.parts.map(matchOf).join(' OR ')})`
    case 'not':
      return `(${EVERY} NOT ${matchOf(query.part)})`
    case 'and': {
      const wanted = query.parts.filter((part) => part.kind !== 'not').map(matchOf)
      const others = query.parts.flatMap((part) => (part.kind === 'not' ? [matchOf(part.part)] : []))
      const all = wanted.length === 0 ? EVERY : `(${wanted.join(' AND ')})`
      return others.length === 0 ? all : `(${all} NOT (${others.join(' OR ')}))`
    }
  }
}

/** The phrases that a query wants in a headline, or in a text: what is to be marked there. */
export function phrasesOf(query: Query, where: 'title' | 'text'): Phrase[] {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.flatMap((part) => phrasesOf(part, where))
  if (query.kind !== 'words') return []
  return query.field === 'any' || query.field === where ? [{ pieces: query.pieces, isOpen: query.isOpen }] : []
}
