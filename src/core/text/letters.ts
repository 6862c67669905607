const LETTER = /[\p{L}\p{N}]/u
const [YES, NO] = [1, 2]
/** What each character of one code unit is: texts repeat few of them. 0: not looked at yet. */
const known = new Uint8Array(65_536)

function kindOf(code: number): number {
  return (known[code] ||= LETTER.test(String.fromCharCode(code)) ? YES : NO)
}

const isSurrogate = (code: number): boolean => code >= 0xd8_00 && code < 0xe0_00

/** The letters and digits of a text, one behind the other. */
export function lettersOf(text: string): string {
  let letters = ''
  let from = 0
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    const character = isSurrogate(code) ? String.fromCodePoint(text.codePointAt(at) ?? 0) : null
    const next = at + (character?.length ?? 1)
    const isLetter = character === null ? kindOf(code) === YES : LETTER.test(character)
    if (!isLetter) {
      letters += text.slice(from, at)
      from = next
    }
    at = next
  }
  return letters + text.slice(from)
}

/** The letters and digits of a text, small. */
export const smallLettersOf = (text: string): string => lettersOf(text).toLowerCase()
