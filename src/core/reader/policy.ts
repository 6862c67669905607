import { createHash, timingSafeEqual } from 'node:crypto'
import type { Language } from '../../words/words.ts'
import { isLoopbackHost } from '../identity.ts'

/**
 * What a browser may do with a page: show the reader's own style, script and pictures, and send its forms back here. Nothing in a
 * story runs. `remote`: pictures may come from elsewhere.
 */
export function policyOf(remote: boolean): string {
  return `${within(remote ? "'self' https: http:" : "'self'")}; frame-ancestors 'none'`
}

function within(pictures: string): string {
  return `default-src 'none'; script-src 'self'; style-src 'self'; img-src ${pictures}; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`
}

/** The same, as far as a page may say it itself: one that a server hands out which knows nothing of it. */
export const OWN_POLICY = within("'self'")

/** What goes with every answer. */
export const HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

const NUMBERS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i

/**
 * True where a request is meant for this server, by its `Host`: names of other sites that were made to lead here are none.
 * `bound`: the host that the user named. Whoever is asked from other machines is known by numbers, too.
 */
export function isServed(hostHeader: string | undefined, bound: string): boolean {
  const host = /^([^:[\]]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.exec(hostHeader ?? '')?.[1] ?? ''
  if (isLoopbackHost(host)) return true
  if (isLoopbackHost(bound)) return false
  return host.toLowerCase() === bound.toLowerCase() || NUMBERS.test(host)
}

/** Whether two secrets are the same, in a time that does not tell how much of them is. */
export function isSame(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}

/** The value of a cookie in the field of a head; `null` where it has none of the name. */
export function cookieIn(field: string | undefined, name: string): string | null {
  const pairs = (field ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null
}

/** The language of a page for a reader whose browser says that it `accepts` these; `own` where it names none of ours. */
export function languageFor(accepts: string | undefined, own: Language): Language {
  const ranges = (accepts ?? '').split(',').flatMap((range, at) => {
    const [, tag = '', q = '1'] = /^\s*([a-z*]+)[^;]*(?:;\s*q=([\d.]+))?/i.exec(range) ?? []
    const language = tag.toLowerCase()
    return language === 'zh' || language === 'en' ? [{ language, q: Number(q), at } as const] : []
  })
  return ranges.toSorted((a, b) => b.q - a.q || a.at - b.at).find(({ q }) => q > 0)?.language ?? own
}
