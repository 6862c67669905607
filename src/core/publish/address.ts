import { withoutGuid } from '../identity.ts'
import { urlOf } from '../url.ts'

/** What no path, query or fragment has as it stands (RFC 3986), and a `%` that begins no escape. */
const UNWRITTEN = /[^\w!$&'()*+,\-./:;=?@~%]+|%(?![0-9a-f]{2})/gi

const PARTS = /^([a-z]+:(?:\/\/[^/?#]*)?)([^#]*)(#?)([^]*)$/

const encoded = (part: string): string => part.replace(UNWRITTEN, (run) => encodeURIComponent(run))

/**
 * A link of a story, absolute and in characters that every reader takes: an address of http, https, mailto or tel. `null` for
 * any other, which might run something.
 */
export function publicAddress(url: string, base: string): string | null {
  const found = urlOf(url, base)
  if (found === null || !/^(?:https?|mailto|tel):$/.test(found.protocol)) return null
  const [, head = '', rest = '', mark = '', fragment = ''] = PARTS.exec(found.href) ?? []
  return head + encoded(rest) + mark + encoded(fragment)
}

/** The public address of a story's page, of the story's URL; `null` where it has none. */
export function pageAddress(url: string): string | null {
  return publicAddress(withoutGuid(url), url)
}

/** The host of an address; `null` where it has none. */
export function hostOf(url: string, base: string): string | null {
  return urlOf(url, base)?.hostname || null
}
