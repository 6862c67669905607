import { createHash } from 'node:crypto'
import type { Identity } from './model.ts'
import { startOfDay } from './time.ts'

const ZAOBAO_HOST = /(?:^|\.)zaobao\.com(?:\.sg)?$/
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/
/** What a text leaves behind an address ends it; letters, digits and what joins them would be another address. */
const STORY_PATH = /^(.*)\/story(\d{8})-(\d{1,15})[._\-/]*(?:[^A-Za-z0-9._\-/].*)?$/s
/** Zero-width characters and marks of direction, as they are copied out of chats. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g
/** Slashes, and white space and invisible characters that came with a copied address, as they stand in a URL. */
const END_OF_PATH = /(?:\/|%(?:20|09|0[AD]|C2%A[0D]|E2%80%8[0-F]|E2%81%A0|E3%80%80|EF%BB%BF))$/i
const LONGEST_END = '%E3%80%80'.length
/** The site has stories of the web's years alone. */
const FIRST_DAY = '1995-01-01'
const END = '2100'
const TRACKING = /^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_cid|mc_eid|spm|_ga|ref_src)$/i

/** Of a longer guid the beginning tells. */
const LONGEST_GUID = 500

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null
}

/** True for zaobao.com, zaobao.com.sg and their subdomains: not for imitators such as zaochenbao.com. */
export function isZaobaoHost(host: string): boolean {
  return ZAOBAO_HOST.test(host.toLowerCase().replace(/\.$/, ''))
}

/** True for names and literals of this machine: where a local mirror of Zaobao answers. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOST.test(host.toLowerCase())
}

/** A story's address in its parts: what stands before `/story`, the day, the number. */
interface StoryAddress {
  section: string
  compactDay: string
  day: string
  number: string
}

function storyAddress(url: string): StoryAddress | null {
  const parsed = parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return null
  if (!isZaobaoHost(parsed.hostname) && !isLoopbackHost(parsed.hostname)) return null
  const match = STORY_PATH.exec(decoded(parsed.pathname).replace(INVISIBLE, ''))
  const [, section = '', compactDay = '', number = ''] = match ?? []
  const day = compactDay.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  const isDay = startOfDay(day) !== null && day >= FIRST_DAY && day < END
  return match === null || !isDay ? null : { section: section.replace(/\/{2,}/g, '/'), compactDay, day, number }
}

/** A path with the characters that its escapes stand for; escapes that stand for none are left. */
function decoded(path: string): string {
  return path.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
}

/** Piece by piece, so that no path takes long. */
function withoutEnd(path: string): string {
  let end = path.length
  for (let found = true; found;) {
    const piece = END_OF_PATH.exec(path.slice(Math.max(0, end - LONGEST_END), end))?.[0] ?? ''
    end -= piece.length
    found = piece !== ''
  }
  return path.slice(0, end)
}

/**
 * The number in `storyYYYYMMDD-NUMBER`, which identifies a story whatever the host (of Zaobao, or of a mirror on this
 * machine), scheme, section or query, and whatever a text left behind the number (a stop, a bracket, white space, Chinese
 * letters). `null` when the URL is no Zaobao story.
 */
export function storyId(url: string): string | null {
  return storyAddress(url)?.number.replace(/^0+(?=\d)/, '') ?? null
}

/**
 * True for the name of a query parameter that tells where a reader came from, not what is read. `ref` is one at Zaobao
 * (`?ref=home-top-news`); elsewhere it may name what is read (a branch, an order).
 */
export function isTrackingParameter(name: string, host: string): boolean {
  return TRACKING.test(name) || (name === 'ref' && isZaobaoHost(host))
}

const GUID = '#guid='

/**
 * The address of one of several items that share a link: the link with the guid as its fragment, which no server is sent,
 * and which alone of all fragments tells identities apart.
 */
export function withGuid(link: string, guid: string): string {
  return `${link.replace(/#.*$/s, '')}${GUID}${encodeURIComponent(guid.slice(0, LONGEST_GUID).replace(/\p{Surrogate}/gu, ''))}`
}

/** The link alone. */
export function withoutGuid(url: string): string {
  return url.includes(GUID) ? url.slice(0, url.indexOf(GUID)) : url
}

/**
 * The form of a URL that identity is taken from: https, host in lower case without `www.`, no fragment (but a guid: see
 * `withGuid`), no trailing slash, no tracking parameter. For identity alone: it need not be an address that answers. A string that is no URL
 * comes back trimmed.
 */
export function canonicalUrl(url: string): string {
  const parsed = parse(url)
  if (parsed === null) return url.trim()
  if (!/^https?:$/.test(parsed.protocol)) return parsed.href
  const kept = parsed.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isTrackingParameter(pair.split('=')[0] ?? '', parsed.hostname))
  const host = parsed.host.replace(/^www\./, '').replace(/\.(?=:|$)/, '')
  const path = withoutEnd(parsed.pathname)
  const query = kept.length > 0 ? `?${kept.join('&')}` : ''
  return `https://${host.replace(/:(?:80|443)$/, '')}${path}${query}${parsed.hash.startsWith(GUID) ? parsed.hash : ''}`
}

/** A story's key, from its URL alone. */
export function identify(url: string): Identity {
  const story = storyAddress(url)
  const id = storyId(url) ?? createHash('sha256').update(canonicalUrl(url)).digest('hex').slice(0, 10)
  return { id, day: story?.day ?? null }
}

/**
 * The address kept in `from`: https for Zaobao, host and section as given, no query, no fragment for Zaobao stories, and
 * nothing behind the number.
 */
export function addressOf(url: string): string {
  const parsed = new URL(url)
  if (!parsed.hash.startsWith(GUID)) parsed.hash = ''
  parsed.username = ''
  parsed.password = ''
  const story = storyAddress(url)
  if (story !== null) parsed.pathname = `${story.section}/story${story.compactDay}-${story.number}`
  if (isZaobaoHost(parsed.hostname)) {
    parsed.protocol = 'https:'
    parsed.search = ''
    parsed.hostname = parsed.hostname.replace(/\.+$/, '')
    if (parsed.port === '80') parsed.port = ''
  }
  return parsed.href
}

/** The URL's path before the story, `realtime/china`; `null` when nothing stands there. */
export function sectionOf(url: string): string | null {
  const path = storyAddress(url)?.section ?? parse(url)?.pathname.split('/').slice(0, -1).join('/')
  return path?.replace(/^\//, '') || null
}
