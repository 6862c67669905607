import { undoMojibake } from './mojibake.ts'
import { decodeKorean } from './korean.ts'
import { asStandard, decodeRomanian } from './single-byte.ts'

/** How far into a document its own word on its encoding is looked for: HTML asks for 1,024; real pages run over. */
const DECLARATION_BYTES = 4096

/** Of the characters beyond ASCII, how many may be broken before bytes count as no UTF-8 at all. */
const BROKEN_UTF8_SHARE = 0.2

/** Of the pairs of bytes of a Chinese text, how many are everyday characters at least. */
const EVERYDAY_SHARE = 0.7

/** One in seven pairs of GBK is valid UTF-8: more of them in a row than this are no accident. */
const MOST_ACCIDENTS = 8

/**
 * Bytes of a feed or page as text. In this order: byte order mark, `charset` of the Content-Type header, the document's
 * own declaration (XML, `meta`), UTF-8 where the bytes are valid UTF-8, gb18030 where they look Chinese, windows-1252. A
 * label that the bytes disprove is passed over, so a wrong one costs nothing. Never throws; what no encoding explains becomes U+FFFD.
 *
 * @param contentType The whole header value, or null when the server sent none.
 */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  const wide = decodeWide(bytes)
  if (wide !== null) return withoutMark(wide)
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null
  const labels = [mark, headerCharset(contentType), declaredCharset(bytes)].filter((label) => label !== null)
  return undoMojibake(withoutMark(decodeNarrow(bytes, labels)))
}

function decodeNarrow(bytes: Uint8Array, labels: string[]): string {
  const utf8 = attempt(bytes, 'utf-8')
  if (utf8 !== null) {
    const other = otherThanUtf8(bytes, labels, utf8)
    return other === undefined ? utf8 : decodeBy(other, bytes, false)
  }
  const broken = new TextDecoder('utf-8').decode(bytes)
  if (isMostlyUtf8(broken)) return broken
  const others = labels.filter((label) => !isUtf8(label))
  for (const label of others) {
    const text = attempt(bytes, label)
    if (text !== null) return text
  }
  if (others.length > 0) return decodeBy(others[0]!, bytes, false)
  if (looksLikeGb(bytes)) return decodeBy('gb18030', bytes, false)
  return labels.length > 0 ? broken : decodeBy('windows-1252', bytes, false)
}

/** A few broken characters among many make no other encoding of it. */
function isMostlyUtf8(text: string): boolean {
  let beyond = 0
  let broken = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    beyond++
    if (unit === 0xfffd) broken++
  }
  return broken <= beyond * BROKEN_UTF8_SHARE
}

/**
 * Whether bytes that are no UTF-8 are Chinese in GB 18030: most of their pairs are its everyday characters (rows 0xB0 to
 * 0xD7) and marks. The accented letters of Western texts stand alone, or before a letter of ASCII.
 */
function looksLikeGb(bytes: Uint8Array): boolean {
  let pairs = 0
  let everyday = 0
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!
    // 0x80 is the euro sign of both, and begins no pair.
    if (lead <= 0x80) continue
    pairs++
    i++
    const tail = bytes[i] ?? 0
    const isMark = lead === 0xa1 || lead === 0xa3
    if ((isMark || (lead >= 0xb0 && lead <= 0xd7)) && tail >= 0xa1) everyday++
  }
  return everyday > pairs * EVERYDAY_SHARE
}

/** Decodes as the WHATWG's standard does; throws where `fatal` and the bytes are none of the encoding. */
function decodeBy(label: string, bytes: Uint8Array, fatal: boolean): string {
  if (label === 'iso-8859-16') return decodeRomanian(bytes)
  if (label === 'euc-kr') return asStandard(decodeKorean(bytes, fatal), label)
  // By the standard GBK is read as gb18030; ICU has a table of its own for it, with private characters.
  const text = new TextDecoder(label === 'gbk' ? 'gb18030' : label, { fatal }).decode(bytes)
  return asStandard(text, label)
}

/**
 * The label that explains bytes better than UTF-8 does, though they are valid UTF-8 and read as `utf8`: that of ASCII bytes
 * which escape sequences turn into other characters (ISO-2022-JP), or, where no label says UTF-8, of a short East Asian
 * text whose byte pairs happen to be two-byte UTF-8 (`学习` in GBK).
 */
function otherThanUtf8(bytes: Uint8Array, labels: string[], utf8: string): string | undefined {
  if (labels.includes('iso-2022-jp') && bytes.includes(0x1b)) return 'iso-2022-jp'
  if (labels.some(isUtf8) || /[\u0800-\uffff]/.test(utf8)) return undefined
  if ((utf8.match(/[\u0080-\u07ff]/g)?.length ?? 0) > MOST_ACCIDENTS) return undefined
  return labels.find((label) => /^(?:gb|big5|euc-|shift_jis)/.test(label) && attempt(bytes, label) !== null)
}

function isUtf8(label: string): boolean {
  return label === 'utf-8' || label.startsWith('utf-16')
}

function attempt(bytes: Uint8Array, label: string): string | null {
  try {
    return decodeBy(label, bytes, true)
  } catch {
    return null
  }
}

/** Names that servers and old editors give to encodings, beside the labels of the standard. */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^(?:big-?5[-_]?(?:tw|eten|hkscs.*|uao)|(?:cp|ms|windows-)950)$/i, 'big5'],
  [/^(?:(?:cp|ms)-?949|uhc)$/i, 'euc-kr'],
  [/^cp-?932$/i, 'shift_jis'],
  // HTML takes it for this, in a page.
  [/^x-user-defined$/i, 'windows-1252'],
]

/** The label by which the platform knows the encoding; null for one that it does not know. */
function knownLabel(label: string): string | null {
  try {
    const bare = label.replace(/^x-(?=gb|big5|sjis)/i, '')
    if (/^iso-?8859-16$/i.test(bare)) return 'iso-8859-16'
    return new TextDecoder(ALIASES.find(([name]) => name.test(bare))?.[1] ?? bare).encoding
  } catch {
    return null
  }
}

function headerCharset(contentType: string | null): string | null {
  const match = /;\s*charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(contentType ?? '')
  return match === null ? null : knownLabel(match[1]!)
}

/** `<?xml encoding="…"?>`, `<meta charset>`, `<meta http-equiv content="…; charset=…">`. */
function declaredCharset(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, DECLARATION_BYTES))
  const match =
    /<\?xml\s[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{1,40})/i.exec(head) ??
    /<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head)
  return match === null ? null : knownLabel(match[1]!)
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** The text of UTF-16 and UTF-32, told by their mark or, without one, by zero bytes; null where bytes are neither. */
function decodeWide(bytes: Uint8Array): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const littleEndian of [true, false]) {
    if (bytes.length >= 4 && beginsText(view.getUint32(0, littleEndian))) return decodeUtf32(view, littleEndian)
  }
  const mark = bytes.length >= 2 ? view.getUint16(0) : 0
  const label = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : wideWithoutMark(bytes)
  return label === null ? null : new TextDecoder(label).decode(bytes)
}

/** Whether a text in UTF-32 begins with this code point: a mark, or ASCII, whose three zero bytes nothing else has. */
function beginsText(point: number): boolean {
  return point === 0xfeff || (point > 0 && point < 0x80)
}

/** Of the bytes of a UTF-16 text in ASCII half are zero; of one in Chinese a few, but then it is no UTF-8. */
const ZERO_SHARE = 0.2

/** Which UTF-16 gives a text of Chinese or ASCII: the other way round its letters are of no script that is in use here. */
function wideWithoutMark(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, DECLARATION_BYTES)
  if (!head.includes(0)) return null
  const zeros = head.filter((byte) => byte === 0).length
  if (zeros < ZERO_SHARE * head.length && attempt(bytes, 'utf-8') !== null) return null
  // Two small letters in a row are a character of Chinese in UTF-16; of its own bytes such a text has half.
  const ascii = head.filter((byte) => byte >= 0x20 && byte < 0x7f).length
  if (ascii > EVERYDAY_SHARE * head.length) return null
  const known = (label: string): number => {
    const text = new TextDecoder(label).decode(head)
    return (text.match(/[\t\n\r -~\u2014-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/g)?.length ?? 0) / text.length
  }
  return ['utf-16le', 'utf-16be'].find((label) => known(label) > EVERYDAY_SHARE) ?? null
}

function decodeUtf32(view: DataView, littleEndian: boolean): string {
  const parts: string[] = []
  for (let at = 0; at + 4 <= view.byteLength; at += 4) {
    const point = view.getUint32(at, littleEndian)
    const scalar = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
    parts.push(String.fromCodePoint(scalar ? point : 0xfffd))
  }
  return parts.join('')
}
