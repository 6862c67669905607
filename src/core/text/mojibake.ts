import { WINDOWS_1252_BYTES } from './single-byte.ts'

/** Fewer characters than this prove nothing about how a text was mangled. */
const LEAST_EVIDENCE = 8

/** Of the pairs of mangled bytes, how many must be everyday Chinese (GB 2312) before the text is put back. */
const CHINESE_SHARE = 0.95

/**
 * Old feeds were GBK, or UTF-8, read as Windows-1252 by some server and sent on as UTF-8: `中国` arrives as `ÖÐ¹ú`.
 * Puts such a text back; returns every other text as it came. Western text is safe: its accented letters stand alone
 * among ASCII, where the bytes of Chinese come in runs.
 */
export function undoMojibake(text: string): string {
  const evidence = mangledBytes(text)
  if (evidence === null) return text
  if (looksLikeGb2312(text)) return new TextDecoder('gb18030').decode(evidence)
  const utf8 = new TextDecoder().decode(evidence)
  return mostlyChinese(utf8) ? utf8 : text
}

/** A character that no byte of Windows-1252 is: nearly every text that needs no look has one, and a pattern finds it fast. */
const OF_NO_BYTE = new RegExp(`[^\\0-\\xff${String.fromCharCode(...WINDOWS_1252_BYTES.keys())}]`)

/** The bytes that the text was before Windows-1252; null when a character has none, or hardly any is beyond ASCII. */
function mangledBytes(text: string): Uint8Array | null {
  if (OF_NO_BYTE.test(text)) return null
  let beyond = 0
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const byte = byteOf(text.charCodeAt(i))
    if (byte >= 0x80) beyond++
    bytes[i] = byte
  }
  return beyond < LEAST_EVIDENCE ? null : bytes
}

/** The byte of a character that has one; 0 for the end of a text. */
function byteOf(unit: number): number {
  return unit <= 0xff ? unit : (WINDOWS_1252_BYTES.get(unit) ?? 0)
}

/**
 * Whether what is beyond ASCII is pairs of GB 2312 (both bytes 0xA1 or above, the first a row that is in use), most of
 * them side by side: Portuguese has such pairs too (`ção`), but one at a time.
 */
function looksLikeGb2312(text: string): boolean {
  let pairs = 0
  let good = 0
  let runs = 0
  let runEnd = -1
  for (let i = 0; i < text.length; i++) {
    const lead = byteOf(text.charCodeAt(i))
    // 0x80 is the euro sign of both, and begins no pair.
    if (lead <= 0x80) continue
    const tail = byteOf(text.charCodeAt(i + 1))
    pairs++
    if (i !== runEnd) runs++
    if (((lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7)) && tail >= 0xa1) good++
    i++
    runEnd = i + 1
  }
  return good >= pairs * CHINESE_SHARE && runs <= pairs / 2
}

function mostlyChinese(text: string): boolean {
  let beyond = 0
  let chinese = 0
  for (const character of text) {
    const point = character.codePointAt(0)!
    if (point < 0x80) continue
    beyond++
    if (/[\p{Script=Han}\u2010-\u2026\u3000-\u303f\uff00-\uffef]/u.test(character)) chinese++
  }
  return chinese >= beyond * CHINESE_SHARE
}
