import { printableUrl } from '../../core/text/printable.ts'
import { failed } from './failure.ts'
import { isFailed } from './exchange.ts'
import { hostName } from './guard.ts'
import type { FailedRequest, HttpOptions } from './model.ts'
import { hasDocument, PERMANENT } from './status.ts'
import type { Incoming } from './transport.ts'
import { message, ofAddress } from '../../words/words.ts'
import { addressInHead, isTwin, isUrl, withoutCredentials } from '../../core/url.ts'

/** No page that only leads on is longer. */
const MAX_REFRESH_BYTES = 32 * 1024

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export interface Arrival {
  answer: Incoming
  /** Without fragment and credentials. */
  url: URL
  /** Where 301 and 308 alone led from the start; `null` when nothing moved for good. */
  permanentUrl: string | null
  /** Where it was led from the start, in order. */
  led: readonly string[]
}

/** The address as it is asked, without fragment and credentials: by https where its host is, whatever a feed or a page says. */
export function secured(url: URL, asksSecurely: HttpOptions['asksSecurely']): URL {
  const asked = withoutCredentials(new URL(url))
  asked.hash = ''
  if (asked.protocol === 'http:' && asksSecurely(hostName(asked))) asked.protocol = 'https:'
  return asked
}

function targetOf(answer: Incoming, from: URL, asksSecurely: HttpOptions['asksSecurely']): URL | FailedRequest {
  const header = answer.header('location') ?? ''
  const location = addressInHead(header)
  if (header === '' || !isUrl(location, from.href)) {
    return failed('redirects', message`it redirects to nowhere`, { status: answer.status })
  }
  return judged(new URL(location, from), answer, from, asksSecurely)
}

function judged(
  location: URL,
  { status }: Incoming,
  from: URL,
  asksSecurely: HttpOptions['asksSecurely'],
): URL | FailedRequest {
  const target = secured(location, asksSecurely)
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    return failed('downgrade', message`it leads from https to http`, { status })
  }
  return target
}

/** Where a page leads that says nothing itself; `null` for every other answer. */
export async function refreshOf(answer: Incoming, url: URL): Promise<URL | null> {
  const { status, body } = answer
  const header = answer.header('refresh')
  if (!hasDocument(status) || body.length > MAX_REFRESH_BYTES) return null
  if (header === null && !/refresh/i.test(Buffer.from(body).toString('latin1'))) return null
  const { decode } = await import('../../core/text/charset.ts')
  const { leadsTo } = await import('../../core/web/refresh.ts')
  const address = leadsTo(decode(body, answer.header('content-type')), header, url.href)
  return address === null ? null : new URL(address)
}

/** Whoever asked knows the address that was asked for: only another one, to which it was led, is named. */
export function at(
  { url, permanentUrl, led }: Omit<Arrival, 'answer'>,
  start: URL,
  failure: FailedRequest,
): FailedRequest {
  if (url.href === start.href) return failure
  return { ...failure, permanentUrl, led, detail: ofAddress(printableUrl(url), failure.detail) }
}

/**
 * Follows redirects by hand, since `ask` must judge each address anew. `isLed`: a redirect led to it. `readsPages`: pages that
 * only lead on are followed too, but for one that leads to itself by a detour: it stands.
 */
export async function follow(
  start: URL,
  {
    maxRedirects,
    asksSecurely,
    readsPages = false,
  }: Pick<HttpOptions, 'asksSecurely'> & { maxRedirects: number; readsPages?: boolean },
  ask: (url: URL, isLed: boolean) => Promise<Incoming | FailedRequest>,
): Promise<Arrival | FailedRequest> {
  let url = start
  let permanentUrl: string | null = null
  let permanent = true
  const led: string[] = []
  const asked = new Set<string>()
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    asked.add(url.href)
    const answer = await ask(url, redirects > 0)
    const arrival = { answer, url, permanentUrl, led }
    if (isFailed(answer)) return at(arrival, start, answer)
    const refresh = readsPages ? await refreshOf(answer, url) : null
    if (refresh === null && !REDIRECTS.has(answer.status)) return { ...arrival, answer }
    const target = refresh === null ? targetOf(answer, url, asksSecurely) : judged(refresh, answer, url, asksSecurely)
    const isAsked = !(target instanceof URL) || asked.has(target.href)
    if (refresh !== null && isTwin(refresh, url) && isAsked) return { ...arrival, answer }
    if (!(target instanceof URL)) return at(arrival, start, target)
    permanent &&= PERMANENT.has(answer.status)
    if (permanent) permanentUrl = target.href
    led.push(target.href)
    url = target
  }
  return failed('redirects', message`it redirects more than ${maxRedirects} times`)
}
