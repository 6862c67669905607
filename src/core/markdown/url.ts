import { isFormerTracking } from '../web/twins.ts'
import { urlOf } from '../url.ts'

const IGNORED_IN_SCHEMES = /[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffd\\]/g
const UNSAFE_SCHEME =
  /^(?:[a-z][a-z0-9+.-]*:)*(?:javascript|vbscript|livescript|jscript|mocha|data|blob|filesystem|about|jar|file|view-source|ms-its|mhtml):/i
const NAMED_DISGUISES: Record<string, string> = { colon: ':', tab: '', newline: '', nbsp: '' }

function decodeReferences(text: string): string {
  return text
    .replace(/&#x0*([0-9a-f]{1,6});?/gi, (whole, hex: string) => codePoint(Number.parseInt(hex, 16), whole))
    .replace(/&#0*(\d{1,7});?/g, (whole, digits: string) => codePoint(Number(digits), whole))
    .replace(/&(colon|tab|newline|nbsp);/gi, (_, name: string) => NAMED_DISGUISES[name.toLowerCase()] ?? '')
}

function codePoint(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise
}

function decodePercent(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** True for an address that runs something or carries its own content, however its scheme is disguised. */
export function isUnsafeUrl(url: string): boolean {
  const head = url.slice(0, 2000)
  if (!/[:%&]/.test(head)) return false
  return [head, decodeReferences(head), decodePercent(decodeReferences(head))].some((form) =>
    UNSAFE_SCHEME.test(form.replace(IGNORED_IN_SCHEMES, '')),
  )
}

function withoutTracking(url: string): string {
  const [, path, query, fragment] = /^([^?#]*)\?([^#]*)(.*)$/s.exec(url) ?? []
  const pairs = query?.split('&') ?? []
  const kept = pairs.filter((pair) => !isFormerTracking(pair.split('=')[0] ?? ''))
  if (kept.length === pairs.length) return url
  return `${path}${kept.length > 0 ? `?${kept.join('&')}` : ''}${fragment}`
}

/**
 * An address as it may stand in Markdown: absolute when the base is known, without what tracks. `null` when it is
 * empty or would run something.
 */
export function cleanUrl(address: string, base: string | null): string | null {
  // The URL standard drops tabs and line breaks anywhere, and controls and spaces at both ends.
  const trimmed = address.replace(/[\t\n\r]+/g, '').replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '')
  if (trimmed === '' || isUnsafeUrl(trimmed)) return null
  // It takes a backslash for a slash, too, in addresses of the web.
  const written = trimmed.replace(/^(https?:)[\\/]{2}[^?#]*/i, (path) => path.replaceAll('\\', '/'))
  const absolute =
    base !== null && !/^[a-z][a-z0-9+.-]*:/i.test(written) ? (urlOf(written, base)?.href ?? written) : written
  const clean = encodeUrl(withoutTracking(absolute))
  return isUnsafeUrl(clean) ? null : clean
}

/** Percent-encodes what CommonMark's renderers encode, so that a rendered address comes back the same. */
function encodeUrl(url: string): string {
  return url
    .toWellFormed()
    .replace(/[^!#$%&-;=?-Z_a-z~]+/g, (run) => encodeURIComponent(run))
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
}

/** True for a link within the page. */
export function isFragment(address: string): boolean {
  return /^\s*#/.test(address)
}

/** A link's destination in Markdown: `(`, `)` and what looks like a character reference made harmless. */
export function destination(url: string): string {
  const plain = url.replace(/&(?=#?\w{1,40};)/g, '&amp;')
  return areParenthesesBalanced(plain) ? plain : plain.replace(/[()]/g, String.raw`\$&`)
}

function areParenthesesBalanced(url: string): boolean {
  let depth = 0
  for (const char of url) {
    if (char === '(') depth += 1
    if (char === ')') depth -= 1
    if (depth < 0 || depth > 8) return false
  }
  return depth === 0
}
