import { createHash } from 'node:crypto'
import type { Identity } from './model.ts'
import { startOfDay } from './time.ts'

const ZAOBAO_HOST = /(?:^|\.)zaobao\.com(?:\.sg)?$/
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/
const STORY_PATH = /\/story(\d{4})(\d{2})(\d{2})-(\d{1,15})\/?$/
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

function storyMatch(url: string): RegExpExecArray | null {
  const parsed = parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return null
  if (!isZaobaoHost(parsed.hostname) && !isLoopbackHost(parsed.hostname)) return null
  return STORY_PATH.exec(parsed.pathname)
}

/**
 * The number in `storyYYYYMMDD-NUMBER`, which identifies a story whatever the host (of Zaobao, or of a mirror on this
 * machine), scheme, section or query. `null` when the URL is no Zaobao story.
 */
export function storyId(url: string): string | null {
  const id = storyMatch(url)?.[4]
  return id === undefined ? null : id.replace(/^0+(?=\d)/, '')
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
  const path = parsed.pathname.replace(/\/+$/, '')
  const query = kept.length > 0 ? `?${kept.join('&')}` : ''
  return `https://${host.replace(/:(?:80|443)$/, '')}${path}${query}${parsed.hash.startsWith(GUID) ? parsed.hash : ''}`
}

/** A story's key, from its URL alone. */
export function identify(url: string): Identity {
  const match = storyMatch(url)
  if (match === null) {
    return { id: createHash('sha256').update(canonicalUrl(url)).digest('hex').slice(0, 10), day: null }
  }
  const day = `${match[1]}-${match[2]}-${match[3]}`
  return { id: storyId(url) ?? '', day: startOfDay(day) === null ? null : day }
}

/** The address kept in `from`: https for Zaobao, host and section as given, no query, no fragment for Zaobao stories. */
export function addressOf(url: string): string {
  const parsed = new URL(url)
  if (!parsed.hash.startsWith(GUID)) parsed.hash = ''
  parsed.username = ''
  parsed.password = ''
  if (isZaobaoHost(parsed.hostname)) {
    parsed.protocol = 'https:'
    parsed.search = ''
    parsed.pathname = parsed.pathname.replace(/(?<=\/story\d{8}-\d+)\/$/, '')
  }
  return parsed.href
}

/** The URL's path before the story, `realtime/china`; `null` when nothing stands there. */
export function sectionOf(url: string): string | null {
  const path = parse(url)?.pathname.split('/').slice(1, -1).join('/')
  return path === undefined || path === '' ? null : path
}
