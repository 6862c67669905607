import { whereItLeads } from './redirector.ts'
import { urlOf } from '../url.ts'

const HOST = String.raw`(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,8}[a-z]{2,24}(?::\d{1,5})?`
const WITHOUT_SCHEME = new RegExp(String.raw`^(${HOST})(?=[/?#]|$)`, 'i')
/** A site that was put before an address that had it already: with a slash between the two or none, with its scheme or not. */
const SITE_TWICE = new RegExp(
  String.raw`^(https?://)(?:www\.)?(${HOST})(/{0,2})(?:(https?):/{0,2})?((?:www\.)?\2)(?=[/?#]|$)`,
  'i',
)
const SCHEME_TWICE = /^(?:https?:?\/{0,2})+(?=https?:\/\/)/i

/**
 * A link as it was meant: one without its scheme (`www.example.org/a`), with damaged slashes (`https:/`, `https//`), or
 * with its scheme or site twice (`https://example.orghttps://example.org/a`) is mended, and that of a redirector
 * (`https://www.google.com/url?q=…`) is what it leads to, and a query that was escaped once more than it need be
 * (`?a=1&amp;b=2`) is mended; every other comes back as it is.
 *
 * @param base What it is relative to; a first part that is no `www.` counts as a host only where it is the base's.
 */
export function mendLink(link: string, base: string | null): string {
  return whereItLeads(withSite(withQuery(link), base))
}

function withQuery(link: string): string {
  const at = link.indexOf('?')
  return at === -1 ? link : `${link.slice(0, at)}${link.slice(at).replace(/&(?:amp;)+/g, '&')}`
}

function withSite(link: string, base: string | null): string {
  const text = link.replace(SCHEME_TWICE, '').replace(/^(https?)(?::\/?|:?\/{2,9})(?=[^/:])/i, '$1://')
  const twice = SITE_TWICE.exec(text)
  if (twice !== null) {
    const [all, first, , slash, second, host] = twice
    // A path may begin with a host's name.
    const isPath = slash !== '' && second === undefined && !/^www\./i.test(host!)
    if (!isPath) return `${second === undefined ? first : `${second}://`}${host}${text.slice(all.length)}`
  }
  const glued = /^https?:\/\/[^/?#]{1,253}?(https?:\/\/.*)$/is.exec(text)?.[1]
  if (glued !== undefined) return glued
  const host = WITHOUT_SCHEME.exec(text)?.[1]
  return host !== undefined && isHost(host, base) ? `https://${text}` : text
}

function isHost(host: string, base: string | null): boolean {
  if (/^www\./i.test(host)) return true
  return bare(urlOf(base ?? '')?.host ?? '') === bare(host)
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, '')
}
