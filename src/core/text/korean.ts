/**
 * EUC-KR as the encoding standard has it: with all syllables of Hangul. Those that KS X 1001 lacks stand in the order of
 * Unicode on the pairs of bytes that it leaves free; ICU, so Node, reads KS X 1001 alone.
 */

const FIRST_SYLLABLE = 0xac00
const SYLLABLES = 11_172
const FIRST_LEAD = 0x81
/** From here on trail bytes of 0xA1 and above are those of KS X 1001. */
const SHORT_LEAD = 0xa1

/** The rest of a row: trail bytes 0x41 to 0x5A, 0x61 to 0x7A, 0x81 to 0xFE, of short rows to 0xA0. */
const LONG_ROW = 178
const SHORT_ROW = 84

let missing: string | undefined

/** The syllables that KS X 1001 lacks: its own stand in the rows 0xB0 to 0xC8. */
function missingSyllables(): string {
  const rows = Array.from({ length: 25 * 94 }, (_, at) => [0xb0 + Math.floor(at / 94), 0xa1 + (at % 94)])
  const known = new Set(new TextDecoder('euc-kr').decode(Uint8Array.from(rows.flat())))
  const all = Array.from({ length: SYLLABLES }, (_, at) => String.fromCharCode(FIRST_SYLLABLE + at))
  return all.filter((syllable) => !known.has(syllable)).join('')
}

/** Where in its row a pair of bytes stands by its second; null for one that ends none. */
function columnOf(trail: number): number | null {
  if (trail >= 0x41 && trail <= 0x5a) return trail - 0x41
  if (trail >= 0x61 && trail <= 0x7a) return trail - 0x61 + 26
  return trail >= 0x81 && trail <= 0xfe ? trail - 0x81 + 52 : null
}

/** The syllable, or later sign, of two bytes that are none of KS X 1001; empty where they are, or stand for nothing. */
function syllableOf(lead: number, trail: number): string {
  if (lead === 0xa2 && trail === 0xe6) return '€'
  if (lead === 0xa2 && trail === 0xe7) return '®'
  if (lead >= SHORT_LEAD && trail > 0xa0) return ''
  const column = columnOf(trail)
  if (column === null) return ''
  const short = Math.max(0, lead - SHORT_LEAD)
  missing ??= missingSyllables()
  return missing.charAt((lead - FIRST_LEAD - short) * LONG_ROW + short * SHORT_ROW + column)
}

/** The text of bytes in EUC-KR; throws where `fatal` and they are none. */
export function decodeKorean(bytes: Uint8Array, fatal: boolean): string {
  const decoder = new TextDecoder('euc-kr', { fatal })
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0
    if (lead < FIRST_LEAD) continue
    const syllable = syllableOf(lead, bytes[at + 1] ?? 0)
    if (syllable !== '') {
      parts.push(decoder.decode(bytes.subarray(from, at)), syllable)
      from = at + 2
    }
    at += 1
  }
  return [...parts, decoder.decode(bytes.subarray(from))].join('')
}
