import { sha256 } from './hash.ts'
import { remembered } from './remembered.ts'
import type { Identity } from './model.ts'
import type { Publisher, StoryPath } from './publisher.ts'
import { CHINESE_ZONE, type Zone } from './time.ts'
import { decoded } from './web/escapes.ts'
import { FORMER_SPELLINGS, spelledNow } from './web/spelling.ts'
import { isFormerTracking, isIdle, withoutTwin } from './web/twins.ts'
import { urlOf, webUrlOf, withoutCredentials } from './url.ts'

/**
 * Every id: a story's number at the paper whose numbers stand alone, ten hex digits of a hash, or a publisher's name, a stop
 * and its number.
 */
export const ID = /^(?:\d{1,20}|[0-9a-f]{10}|[a-z]{2,12}\.[0-9a-z]{1,20})$/
/** The ids that hold all that is known of a story without a number. */
export const HASH_ID = /^[0-9a-f]{10}$/
/** Those of stories whose addresses need not name their day. */
export const UNDATED_ID = /^(?:[0-9a-f]{10}|[a-z]{2,12}\.[0-9a-z]{1,20})$/

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/
/** Zero-width characters and marks of direction, as they are copied out of chats. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g
/** Slashes, and white space and invisible characters that came with a copied address, as they stand in a URL. */
const END_OF_PATH = /(?:\/|%(?:20|09|0[AD]|C2%A[0D]|E2%80%8[0-F]|E2%81%A0|E3%80%80|EF%BB%BF))$/i
const LONGEST_END = '%E3%80%80'.length

/** How an address is made canonical. */
interface Form {
  spelled: (part: string) => string
  /** Of its publisher, beside what tells of readers at any site. */
  tracking: RegExp | undefined
  trimmed?: (path: string) => string
  /** As earlier versions had it, to whom an AMP page was another story. */
  isFormer?: boolean
}

/** Of a longer guid the beginning tells. */
const LONGEST_GUID = 500

function bare(host: string): string {
  return host.toLowerCase().replace(/\.$/, '')
}

/** True for names and literals (of IPv6 with brackets or without) of this machine: where a local mirror of a paper answers. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOST.test(host.toLowerCase())
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

/** What the first versions took from the end of a path. */
const withoutSlashes = (path: string): string => path.replace(/(?<!\/)\/+$/, '')

function hashOf(canonical: string): string {
  return sha256(canonical).slice(0, 10)
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

/** What addresses tell of stories, once it is known which papers there are. */
export interface Addresses {
  /**
   * The paper of an address: by its host; on this machine, where mirrors are, by what its path is a story's of, else the
   * first paper. `null` for every other host, and for what is no address of the web.
   */
  publisherOf: (url: string) => Publisher | null
  /** The paper whose a host is; `null` for every other host, and for this machine. */
  ownerOf: (host: string) => Publisher | null
  /** The paper that a host imitates; `null` for every other host. */
  imitatedBy: (host: string) => Publisher | null
  /**
   * The form of a URL that identity is taken from: https, host in lower case without `www.`, no fragment (but a guid: see
   * `withGuid`), no trailing slash, no tracking parameter or session in the path, escapes in one spelling; an AMP page and one
   * for phones are their twin. For identity alone: it need not be an address that answers. A string that is no URL comes
   * back trimmed.
   */
  canonicalUrl: (url: string) => string
  /**
   * A story's id by its number, whatever the host (of its paper, or of a mirror on this machine), scheme, section or query,
   * and whatever a text left behind the number (a stop, a bracket, white space, Chinese letters); at a paper without numbers
   * by its path. `null` when the URL is no story's of a paper that is known.
   */
  storyId: (url: string) => string | null
  /** Which of several renderings of its story an address leads to: see `StoryPath`; `null` where it does not say. */
  variantOf: (url: string) => string | null
  /** A story's key, from its URL alone; under the id by which it is `known`, where an earlier version gave it that. */
  identify: (url: string, known?: string | null) => Identity
  /**
   * Other ids under which an earlier version, which took each spelling of an address for another and knew fewer papers, may
   * have archived the story of a URL; none for most.
   */
  formerIds: (url: string) => string[]
  /**
   * Whether an earlier version gave this id to this very address, also where its number was hidden by what stood behind it:
   * then neither was damaged.
   */
  wasId: (url: string, id: string) => boolean
  /**
   * The address kept in `from`: https for papers that are known, host and section as given, no query, no fragment for their
   * stories, and nothing behind the number. Throws a `TypeError` for what is no URL.
   */
  addressOf: (url: string) => string
  /** The URL's path before the story and its day, `realtime/china`; `null` when nothing stands there. */
  sectionOf: (url: string) => string | null
  /** The clock of a story's days: its paper's, else that of Chinese papers. */
  zoneOf: (url: string) => Zone
  /** The author, tag and category of a story: its paper; of one that is not known the host. */
  paperOf: (url: string) => string
}

type Addressed = Readonly<{ publisher: Publisher; story: StoryPath }>

/** So many addresses are remembered: on its way to its file each story's is asked for dozens of times. */
const MAX_KNOWN = 1000

/** Knows the addresses of these papers. `publishers` may grow: it is read at each question. */
export function addressesOf(publishers: readonly Publisher[]): Addresses {
  const ownerOf = (host: string): Publisher | null => publishers.find((one) => one.owns(bare(host))) ?? null

  /** A story's address in its parts, with its publisher; `null` where it is no story's. */
  const storyAt = remembered(
    (url: string): Addressed | null => {
      const parsed = webUrlOf(url)
      if (parsed === null) return null
      const owner = ownerOf(parsed.hostname)
      if (owner === null && !isLoopbackHost(parsed.hostname)) return null
      const [path, query] = [parsed.pathname, parsed.search].map((part) => decoded(part).replace(INVISIBLE, ''))
      for (const publisher of owner === null ? publishers : [owner]) {
        const story = publisher.storyAt(path!, query)
        if (story !== null) return { publisher, story }
      }
      return null
    },
    { most: MAX_KNOWN, basis: publishers },
  )

  function storyId(url: string): string | null {
    const found = storyAt(url)
    return found === null ? null : idOf(found)
  }

  function idOf({ publisher, story }: Addressed): string {
    if (story.number !== null) return `${publisher.idPrefix}${story.number}`
    const own = new URL(`https://${publisher.site}`)
    own.pathname = story.path
    return hashOf(canonicalUrl(own.href))
  }

  function canonical(url: string, { spelled, tracking, trimmed = withoutEnd, isFormer = false }: Form): string {
    const parsed = urlOf(url)
    if (parsed === null) return url.trim()
    if (!/^https?:$/.test(parsed.protocol)) return parsed.href
    const kept = spelled(parsed.search.slice(1))
      .split('&')
      .filter((pair) => {
        const [name = ''] = pair.split('=')
        const isKnown = isFormer ? isFormerTracking(name) : isIdle(pair)
        return pair !== '' && !isKnown && tracking?.test(name) !== true
      })
    const own = parsed.host.replace(/^www\./, '').replace(/\.(?=:|$)/, '')
    const whole = { host: own, path: trimmed(spelled(parsed.pathname)) }
    const { host, path } = isFormer ? whole : withoutTwin(whole.host, whole.path)
    const query = kept.length > 0 ? `?${kept.join('&')}` : ''
    return `https://${host.replace(/:(?:80|443)$/, '')}${path}${query}${parsed.hash.startsWith(GUID) ? parsed.hash : ''}`
  }

  const ownerAt = (url: string): Publisher | null => ownerOf(urlOf(url)?.hostname ?? '')
  const trackingOf = (url: string): RegExp | undefined => ownerAt(url)?.tracking

  const canonicalUrl = (url: string): string => canonical(url, { spelled: spelledNow, tracking: trackingOf(url) })

  function formerHashes(url: string): string[] {
    const found = storyAt(url)
    const urls = [url, ...(found?.publisher.formerUrls?.(url, found.story) ?? [])]
    const forms = [...new Set([undefined, trackingOf(url)])].flatMap((tracking) =>
      FORMER_SPELLINGS.flatMap((spelled) =>
        [withoutEnd, withoutSlashes].map((trimmed): Form => ({ spelled, tracking, trimmed, isFormer: true })),
      ),
    )
    // Nearly all addresses have one form: they are compared before they are hashed.
    return [...new Set(urls.flatMap((each) => forms.map((form) => canonical(each, form))))].map(hashOf)
  }

  function formerIds(url: string): string[] {
    const found = storyAt(url)
    if (found !== null && found.publisher.formerUrls === undefined) return []
    const own = found === null ? hashOf(canonicalUrl(url)) : idOf(found)
    return formerHashes(url).filter((id) => id !== own)
  }

  function publisherOf(url: string): Publisher | null {
    const parsed = webUrlOf(url)
    if (parsed === null) return null
    if (!isLoopbackHost(parsed.hostname)) return ownerOf(parsed.hostname)
    return storyAt(url)?.publisher ?? publishers[0] ?? null
  }
  /** On this machine stories alone are a paper's: what else it serves is of none. */
  const paperAt = (url: string): Publisher | null => storyAt(url)?.publisher ?? ownerAt(url)

  return {
    publisherOf,
    ownerOf,
    imitatedBy: (host) => publishers.find((one) => one.isImitator(bare(host))) ?? null,
    canonicalUrl,
    storyId,
    variantOf: (url) => storyAt(url)?.story.variant ?? null,
    identify(url, known = null) {
      const found = storyAt(url)
      const id = found === null ? hashOf(canonicalUrl(url)) : idOf(found)
      const isFormer = known !== null && known !== id && formerIds(url).includes(known)
      return isFormer ? { id: known, day: null } : { id, day: found?.story.day ?? null }
    },
    formerIds,
    wasId: (url, id) => HASH_ID.test(id) && formerHashes(url).includes(id),
    addressOf(url) {
      const parsed = withoutCredentials(new URL(url))
      if (!parsed.hash.startsWith(GUID)) parsed.hash = ''
      const found = storyAt(url)
      if (found !== null) parsed.pathname = found.story.path
      const owner = ownerOf(parsed.hostname)
      if (owner !== null) {
        parsed.protocol = 'https:'
        parsed.search = ''
        const host = parsed.hostname.replace(/\.+$/, '')
        parsed.hostname = owner.mainHost?.(host) ?? host
        if (parsed.port === '80') parsed.port = ''
      }
      return parsed.href
    },
    sectionOf(url) {
      const found = storyAt(url)
      if (found !== null) return found.story.section
      const parts = (urlOf(url)?.pathname ?? '').split('/').filter((part) => part !== '')
      const last = parts.slice(0, -1).findLastIndex((part) => !/^\d+$/.test(part))
      return parts.slice(0, last + 1).join('/') || null
    },
    zoneOf: (url) => paperAt(url)?.zone ?? CHINESE_ZONE,
    paperOf: (url) => paperAt(url)?.paper ?? new URL(url).hostname,
  }
}
