import { ofHongKong } from './hong-kong.ts'

/** What Windows-1252 has from 0x80 to 0x9F (encoding.spec.whatwg.org, index windows-1252). */
const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** The byte of each character that Windows-1252 has where Latin-1 has controls. */
export const WINDOWS_1252_BYTES: ReadonlyMap<number, number> = new Map(
  C1.split('').map((character, index) => [character.charCodeAt(0), 0x80 + index]),
)

/** The character of Windows-1252 for a control of Latin-1 (0x80 to 0x9F): what was meant wherever one is written. */
export function ofWindows1252(control: number): string {
  return C1.charAt(control - 0x80)
}

/** What ISO-8859-16 has from 0xA0 on: Node 20 and 22 do not know it. */
const ROMANIAN =
  '\u00a0ĄąŁ€„Š§š©Ș«Ź\u00adźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ'

/** The text of bytes in ISO-8859-16. */
export function decodeRomanian(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte < 0xa0 ? String.fromCharCode(byte) : ROMANIAN.charAt(byte - 0xa0))).join('')
}

/** What Node's own decoders get wrong, by the name of the encoding, with the character that is meant. */
const REPAIRS: Readonly<Record<string, [RegExp, (wrong: string) => string]>> = {
  // Node 20 and 22 read it as Latin-1.
  'windows-1252': [/[\u0080-\u009f]/g, (control) => ofWindows1252(control.charCodeAt(0))],
  // ICU has private characters for those of Hong Kong, which nobody could see.
  big5: [/[\u0080\ue000-\uf8ff]/g, ofHongKong],
  // ICU's KOI8-U has two box drawings where the standard has letters.
  'koi8-u': [/[╝╬]/g, (box) => (box === '╝' ? 'ў' : 'Ў')],
  // What the standard has no character for.
  'euc-jp': [/[\u0080-\u009f]/g, () => '\ufffd'],
  'euc-kr': [/[\u0080-\u009f]/g, () => '\ufffd'],
  'windows-874': [/[\ue000-\uf8ff]/g, () => '\ufffd'],
  'windows-1253': [/ª/g, () => '\ufffd'],
}

/** A text that Node decoded from an encoding, as the standard decodes it. */
export function asStandard(text: string, encoding: string): string {
  const repair = REPAIRS[encoding]
  return repair === undefined ? text : text.replace(...repair)
}
