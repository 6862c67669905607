import { lettersIn, sharedSentences } from '../witness.ts'
import { share } from './same.ts'

/** A text in data: the keys down to it, its length, and the part (0 to 1) of its sentences that the story's text has. */
export interface DataText {
  at: string
  letters: number
  shared: number
}

/** Fewer letters are a headline or a summary. */
const LONG_LETTERS = 80
const MOST_TEXTS = 5
/** No story is longer. */
const MAX_LENGTH = 1_000_000
const MOST_KEYS = 200
/** Data of a page have some thousand values. */
const MOST_VALUES = 20_000

/** The longest texts in data, the first of them likely the story's body, where each stands and whether it is the story's. */
export function textsIn(data: unknown, story: string): DataText[] {
  const found: DataText[] = []
  const queue: { value: unknown; at: string }[] = [{ value: data, at: '' }]
  for (let index = 0; index < Math.min(queue.length, MOST_VALUES); index += 1) {
    const { value, at } = queue[index]!
    if (typeof value === 'string') {
      const text = value.slice(0, MAX_LENGTH).replace(/<[^<>]*>/g, '\n')
      const letters = lettersIn(text)
      if (letters >= LONG_LETTERS)
        found.push({
          at: at.slice(0, MOST_KEYS),
          letters,
          shared: share(sharedSentences(text, story)),
        })
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        queue.push({ value: inner, at: Array.isArray(value) ? `${at}[]` : `${at}${at === '' ? '' : '.'}${key}` })
      }
    }
  }
  return found.toSorted((one, other) => other.letters - one.letters).slice(0, MOST_TEXTS)
}
