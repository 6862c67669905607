import { type Check, isText } from '../shape.ts'
import { type Message, english, isMessage, message, withTexts } from '../../words/words.ts'
import { present } from '../present.ts'

/** In a file a message is its English, until `withWords` makes it one again. */
export const isKeptMessage = isText as Check<unknown> as Check<Message>

/** No more is kept of what is said; an address in it is cut before the words about it are. */
const MAX_UNITS = 500
const MAX_TEXT_UNITS = 200

type Objects = Readonly<Record<string, unknown>>

/** The parts of a state in which messages stand. */
interface Parts {
  sources: Readonly<Record<string, object>>
  queue: readonly object[]
  pictures?: readonly object[] | undefined
  gaps: readonly object[]
}

/**
 * What a file keeps of a state: each message in English, which people and earlier versions read, and beside it as what can
 * be said again in any language.
 */
export function withEnglish(state: Parts): object {
  return mapped(state, inEnglishToo)
}

/**
 * The state again, of what has the form of one. A text of an earlier version is said as it is, and so is one that was written
 * without its words.
 */
export function withWords(kept: Parts): object {
  return mapped(kept, worded)
}

function mapped(state: Parts, change: (value: object, key: string) => object): object {
  const { sources, queue, pictures, gaps } = state
  const ofReason = (entry: object): object => change(entry, 'reason')
  return {
    ...state,
    sources: Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, change(source, 'lastError')])),
    queue: queue.map(ofReason),
    ...present({ pictures: pictures?.map(ofReason) }),
    gaps: gaps.map(ofReason),
  }
}

function inEnglishToo(value: object, key: string): object {
  const words = (value as Objects)[key]
  if (!isMessage(words)) return value
  const kept = shortened(words)
  const isPlain = kept.template === '{0}' && typeof kept.holes[0] === 'string'
  return { ...value, [key]: english(kept), ...(isPlain ? {} : { [`${key}Words`]: kept }) }
}

function worded(value: object, key: string): object {
  const { [`${key}Words`]: words, ...rest } = value as Objects
  const text = rest[key]
  if (typeof text !== 'string') return rest
  return { ...rest, [key]: isMessage(words) && english(words) === text ? words : message`${text}` }
}

function shortened(words: Message): Message {
  if (english(words).length <= MAX_UNITS) return words
  const cut = withTexts(words, (text) => text.slice(0, MAX_TEXT_UNITS))
  const text = english(cut)
  return text.length <= MAX_UNITS ? cut : message`${text.slice(0, MAX_UNITS)}`
}
