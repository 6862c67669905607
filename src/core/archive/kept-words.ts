import { type Message, english, isMessage, message, withTexts } from '../../words/words.ts'

/** No more is kept of what is said; an address in it is cut before the words about it are. */
const MAX_UNITS = 500
const MAX_TEXT_UNITS = 200

/**
 * What a file keeps of an object: the message at `key` in English, which people and earlier versions read, and at
 * `keyWords` as what can be said again in any language.
 */
export function withEnglish<K extends string>(value: Readonly<Record<K, Message | null>>, key: K): object {
  const words = value[key]
  if (words === null) return value
  const kept = shortened(words)
  const isText = kept.template === '{0}' && typeof kept.holes[0] === 'string'
  return { ...value, [key]: english(kept), ...(isText ? {} : { [`${key}Words`]: kept }) }
}

/** The object again. A text of an earlier version is said as it is, and so is one that was written without its words. */
export function withWords(value: Readonly<Record<string, unknown>>, key: string): object {
  const { [`${key}Words`]: words, ...rest } = value
  const text = value[key]
  if (typeof text !== 'string') return rest
  return { ...rest, [key]: isMessage(words) && english(words) === text ? words : message`${text}` }
}

function shortened(words: Message): Message {
  if (english(words).length <= MAX_UNITS) return words
  const cut = withTexts(words, (text) => text.slice(0, MAX_TEXT_UNITS))
  const text = english(cut)
  return text.length <= MAX_UNITS ? cut : message`${text.slice(0, MAX_UNITS)}`
}
