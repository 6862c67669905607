/** What tells sentences from headings, labels and links, in Latin and in Chinese, Japanese and Korean writing. */

const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu
const WORDS = /[\p{L}\p{N}]+/gu
const IDEOGRAPH_WORTH = 0.6

/** How many words a text has: Latin ones, and six tenths of each Chinese, Japanese or Korean character. */
export function wordsIn(text: string): number {
  const ideographs = text.match(IDEOGRAPHS)?.length ?? 0
  const words = (ideographs === 0 ? text : text.replace(IDEOGRAPHS, ' ')).match(WORDS)?.length ?? 0
  return words + IDEOGRAPH_WORTH * ideographs
}

const SENTENCE_END = /[.!?。！？…:：;；][”’」』）)\]】"']*$|[”’」』"']$/
const PROSE_WORDS = 9
/** A full stop that no heading or link ends with: seven characters before it are a sentence. */
const FULL_STOP = /[。！？][”’」』）]*$/
const FULL_STOP_WORDS = 4
const LONG_PROSE_WORDS = 28
/** A text of which more is in links is a list of links. */
export const PROSE_LINKED = 0.6

/** A note behind the last sentence: （译者：甲/核稿：乙）, (Reuters). */
const NOTE_AT_END = /\s*[（(【][^（(【）)】]{0,60}[）)】]$/
/** What is looked at of a text's end. */
const END_LENGTH = 80

const endOf = (text: string): string => text.slice(-END_LENGTH)
const withoutNote = (end: string): string => (/[）)】]$/.test(end) ? end.replace(NOTE_AT_END, '') : end)

export function endsSentence(text: string): boolean {
  const end = endOf(text)
  return SENTENCE_END.test(end) || SENTENCE_END.test(withoutNote(end))
}

/** True for a paragraph of sentences, or of so many words that it can be nothing else. `linked`: how much is in links, 0 to 1. */
export function isProse(text: string, words: number, linked: number): boolean {
  if (linked >= PROSE_LINKED || words < FULL_STOP_WORDS) return false
  if (words >= LONG_PROSE_WORDS || FULL_STOP.test(withoutNote(endOf(text)))) return true
  return words >= PROSE_WORDS && endsSentence(text)
}
