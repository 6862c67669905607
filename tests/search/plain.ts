import { fold, NOTHING } from '../../src/core/search/fold.ts'
import { SIMPLIFIED, TRADITIONAL } from '../../src/core/search/scripts.ts'
import { lettersOfScripts } from '../../src/core/language.ts'
import type { Random } from '../support/invented.ts'

/** A letter of a word, or a digit: what has letters of Chinese and the like beside it ends there. */
const EACH = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`
const LETTER = String.raw`(?![${EACH}])[\p{L}\p{M}]`
const DIGIT = String.raw`\p{Nd}`
/** Between two words, or two numbers, a blank tells them apart. */
const BLANK_BESIDE_WORD = new RegExp(
  `(?<=${LETTER}) (?!${LETTER})|(?<=${DIGIT}) (?!${DIGIT})|(?<!${LETTER}) (?=${LETTER})|(?<!${DIGIT}) (?=${DIGIT})`,
  'gu',
)

/** A folded text as one would write it for a plain search: one line end, one blank, none beside a word. */
export function plain(text: string): string {
  return fold(text)
    .replaceAll(NOTHING, '')
    .replace(/ *\n[ \n]*/g, '\n')
    .replace(/ +/g, ' ')
    .replace(BLANK_BESIDE_WORD, '')
    .replace(/^[ \n]+|[ \n]+$/g, '')
}

/** Whether a plain text holds what is asked, no word and no number being cut: what `search` promises, said otherwise. */
export function holds(asked: string): (text: string) => boolean {
  const inner = asked.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  const border = (sign: string, look: string): string => {
    if (new RegExp(`^${DIGIT}$`, 'u').test(sign)) return `(?${look}${DIGIT})`
    return new RegExp(`^${LETTER}$`, 'u').test(sign) ? `(?${look}${LETTER})` : ''
  }
  const all = Array.from(asked)
  const pattern = new RegExp(border(all[0] ?? '', '<!') + inner + border(all.at(-1) ?? '', '!'), 'u')
  return (text) => text.includes(asked) && pattern.test(text)
}

const pairs = new Map<string, string>()
const common = lettersOfScripts()
for (const [simplified, traditional] of [
  [SIMPLIFIED, TRADITIONAL],
  [common.simplified, common.traditional],
] as const) {
  const all = Array.from(traditional)
  for (const [at, letter] of Array.from(simplified).entries()) pairs.set(letter, all[at] ?? letter)
}

export const inTraditional = (text: string): string =>
  Array.from(text, (letter) => pairs.get(letter) ?? letter).join('')

export const inFullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

/** A text as another person would have typed it: in the other script, in another width, in capitals. */
export function retyped(text: string, random: Random): string {
  const ways = [inTraditional, inFullWidth, (same: string) => same, (same: string) => same.toUpperCase()]
  return (ways[Math.floor(random() * ways.length)] ?? String)(text)
}
