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
  const wide = wideEncoding(bytes)
  if (wide !== null) return withoutMark(wide)
  const labels = [headerCharset(contentType), declaredCharset(bytes)].filter((label) => label !== null)
  return undoMojibake(withoutMark(decodeNarrow(bytes, labels)))
}

function decodeNarrow(bytes: Uint8Array, labels: string[]): string {
  const utf8 = attempt(bytes, 'utf-8')
  if (utf8 !== null && !labels.some((label) => contradictsUtf8(bytes, label, utf8))) return utf8
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
  return beyond > broken && broken <= beyond * BROKEN_UTF8_SHARE
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
    if (lead < 0x80) continue
    pairs++
    const tail = bytes[i + 1] ?? 0
    if (tail >= 0x40) i++
    const isMark = lead === 0xa1 || lead === 0xa3
    if ((isMark || (lead >= 0xb0 && lead <= 0xd7)) && tail >= 0xa1) everyday++
  }
  return everyday > pairs * EVERYDAY_SHARE
}

/** Decodes as the WHATWG's standard does; throws where `fatal` and the bytes are none of the encoding. */
function decodeBy(label: string, bytes: Uint8Array, fatal: boolean): string {
  if (label === 'iso-8859-16') return decodeRomanian(bytes)
  if (label === 'euc-kr') return decodeKorean(bytes, fatal)
  // By the standard GBK is read as gb18030; ICU has a table of its own for it, with private characters.
  const text = new TextDecoder(label === 'gbk' ? 'gb18030' : label, { fatal }).decode(bytes)
  return asStandard(text, label)
}

/**
 * Valid UTF-8 is UTF-8 whatever its label says, but for two kinds: ASCII bytes that escape sequences turn into other
 * characters (ISO-2022-JP), and short East Asian texts whose byte pairs happen to be two-byte UTF-8.
 */
function contradictsUtf8(bytes: Uint8Array, label: string, utf8: string): boolean {
  if (isUtf8(label)) return false
  if (label === 'iso-2022-jp') return bytes.includes(0x1b)
  const doubleByte = /^(?:gb|big5|euc-|shift_jis)/.test(label)
  if (!doubleByte || /[\u0800-\uffff]/.test(utf8)) return false
  const pairs = utf8.match(/[\u0080-\u07ff]/g)?.length ?? 0
  return pairs > 0 && pairs <= MOST_ACCIDENTS && attempt(bytes, label) !== null
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
    const bare = label.trim().replace(/^x-(?=gb|big5|sjis)/i, '')
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

/** UTF-16 and UTF-32, told by their mark or, without one, by the zero bytes that no other encoding has. */
function wideEncoding(bytes: Uint8Array): string | null {
  const [a = 1, b = 1, c = 1, d = 1] = bytes
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (startsMarkup(a) && b === 0 && c === 0 && d === 0)) {
    return decodeUtf32(bytes, true)
  }
  if ((a === 0 && b === 0 && c === 0xfe && d === 0xff) || (a === 0 && b === 0 && c === 0 && startsMarkup(d))) {
    return decodeUtf32(bytes, false)
  }
  const label = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : wideWithoutMark(bytes)
  return label === null ? null : new TextDecoder(label).decode(bytes)
}

function startsMarkup(byte: number): boolean {
  return byte === 0x3c || byte === 0x7b || byte === 0x20 || byte === 0x0a || byte === 0x0d
}

/** Of the bytes of a UTF-16 text in ASCII half are zero; of one in Chinese a few, but then it is no UTF-8. */
const ZERO_SHARE = 0.2

/** Which UTF-16 gives a text of Chinese or ASCII: the other way round its letters are of no script that is in use here. */
function wideWithoutMark(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, DECLARATION_BYTES)
  const zeros = head.filter((byte) => byte === 0).length
  if (zeros === 0 || (zeros < ZERO_SHARE * head.length && attempt(bytes, 'utf-8') !== null)) return null
  const known = (label: string): number => {
    const text = new TextDecoder(label).decode(head)
    return (text.match(/[\t\n\r -~\u2014-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/g)?.length ?? 0) / text.length
  }
  return ['utf-16le', 'utf-16be'].find((label) => known(label) > EVERYDAY_SHARE) ?? null
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian)
    const scalar = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
    parts.push(String.fromCodePoint(scalar ? point : 0xfffd))
  }
  return parts.join('')
}
