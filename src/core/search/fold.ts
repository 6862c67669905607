import { getOrMake } from '../get-or-make.ts'
import { textOfUnits } from '../text/utf16.ts'
import { lettersOfScripts } from '../language.ts'
import { FOR_RARE, RARE, SIMPLIFIED, TRADITIONAL } from './scripts.ts'

/** Stands in a folded text for what counts for nothing: accents, joiners, marks of direction, controls. */
export const NOTHING = '\u0001'

/** Signs that people type for one another, beside those whose forms of other widths Unicode tells. */
const SIGNS: Readonly<Record<string, string>> = {
  '"': '“”„‟「」『』«»〝〞',
  "'": '‘’‚‛`´',
  '-': '‐‑‒–—―−─',
  '~': '〜∼',
  '·': '•‧・∙',
}

/** What a character folds to, where letters or signs stand for one another; made when it is first wanted. */
let known: Map<string, string> | undefined

function pairs(): Map<string, string> {
  const common = lettersOfScripts()
  const map = new Map<string, string>()
  const add = (from: string, to: string): void => {
    const all = Array.from(to)
    for (const [at, character] of Array.from(from).entries()) map.set(character, all[at] ?? character)
  }
  add(common.traditional, common.simplified)
  add(TRADITIONAL, SIMPLIFIED)
  add(RARE, FOR_RARE)
  for (const [sign, others] of Object.entries(SIGNS)) for (const other of others) map.set(other, sign)
  return map
}

/** Scripts whose letters are the same with an accent and without. */
const ACCENTED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}+$/u
const WITHOUT_MEANING = /^[\p{Cc}\p{Cf}\u0300-\u036f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u

const PLAIN_SIGNS = Array.from('—‘’“”…、。〈〉《》「」『』【】', (sign) => sign.charCodeAt(0))
/**
 * Letters of Chinese, and the signs beside them, that Unicode has as they are: most of what texts hold. Nothing beside `known` folds them,
 * and the patterns that ask what others are take longer to make than a search's texts to read.
 */
export const isOfChinese = (code: number): boolean => (code >= 0x4e00 && code <= 0x9fff) || PLAIN_SIGNS.includes(code)

/** What one character (a code point) folds to: one of no more UTF-16 units. */
function foldCharacter(character: string): string {
  const code = character.charCodeAt(0)
  const ascii = code > 0xff00 && code < 0xff5f ? code - 0xfee0 : code
  if (isOfChinese(code) || (ascii > 0x20 && ascii < 0x7f)) {
    const small = (ascii === code ? character : String.fromCharCode(ascii)).toLowerCase()
    return (known ??= pairs()).get(small) ?? small
  }
  if (/[\n\v\f\r\u0085\u2028\u2029]/.test(character)) return '\n'
  if (/\s/.test(character)) return ' '
  if (WITHOUT_MEANING.test(character)) return NOTHING
  if (!character.isWellFormed()) return '\ufffd'
  known ??= pairs()
  const wide = character.normalize('NFKD')
  const plain = ACCENTED.test(wide) ? (Array.from(wide)[0] ?? character) : wide
  const small = (Array.from(plain).length === 1 ? plain : character).toLowerCase()
  const folded = known.get(small) ?? small
  return folded.length > character.length ? character : folded
}

/** Units of UTF-16 by what they fold to; 0: not known yet. Texts repeat few of them. */
const units = new Uint16Array(0x10000)
const others = new Map<string, string>()

function foldRare(character: string): string {
  return getOrMake(others, character, () => foldCharacter(character).padEnd(character.length, NOTHING))
}

/**
 * The text as it is compared, unit for unit as long as the given one, so that a place in it is a place in the text:
 * simplified letters for traditional ones, half width for full, small letters without accents, one sign for those that
 * people type for one another, `\n` and blanks for all that breaks lines and words.
 */
export function fold(text: string): string {
  const codes = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    let folded = units[code] ?? 0
    if (folded === 0) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
      if (character.length === 2) {
        const rare = foldRare(character)
        codes[at] = rare.charCodeAt(0)
        codes[(at += 1)] = rare.charCodeAt(1)
        continue
      }
      folded = foldCharacter(character).charCodeAt(0)
      // A unit that may be the first of two is looked at each time.
      if (code < 0xd800 || code > 0xdbff) units[code] = folded
    }
    codes[at] = folded
  }
  return textOfUnits(codes)
}
