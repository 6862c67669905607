import { setMaxListeners } from 'node:events'
import type { Validators } from '../../core/model.ts'
import { createRateLimiter } from './rate-limiter.ts'
import { hostName, refusal } from './guard.ts'
import { type AskParts, createAsk, isFailed } from './exchange.ts'
import { createHolds } from './holds.ts'
import { failed } from './failure.ts'
import { ACCEPT_ENCODING } from './inflate.ts'
import { DEFAULT_LIMITS, patienceOf } from './limits.ts'
import type { FailedRequest, FailureReason, Http, HttpOptions, Request, Response } from './model.ts'
import { type Arrival, at, follow, secured } from './redirects.ts'
import { type MayAsk, createMayAsk } from './robots.ts'
import { type NetworkRoute, routeOf } from './route.ts'
import { createServers } from './servers.ts'
import { hasDocument } from './status.ts'
import { createTransport } from './transport.ts'
import { basicCredentials, chooseProxy } from './proxy.ts'
import { message } from '../../words/words.ts'
import { present } from '../../core/present.ts'
import { createCookies } from '../../core/web/cookies.ts'
import { challengerOf } from '../../core/web/server.ts'
import { isUrl } from '../../core/url.ts'

export type * from './model.ts'

const ACCEPT = 'text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, */*;q=0.8'

const STATUS_REASONS: Readonly<Record<number, FailureReason>> = { 404: 'missing', 410: 'gone' }

/** A validator that was damaged where it was kept is not sent: what comes then is the whole document. */
function sendable(validator: string | null | undefined): string | null {
  return validator && /^[\t\x20-\x7e\x80-\xff]+$/.test(validator) ? validator : null
}

/**
 * Apache adds to the ETag of what it compresses how it did, and answers 304 to none but the one without: both are sent.
 * https://bz.apache.org/bugzilla/show_bug.cgi?id=45023
 */
function etagsOf(etag: string | null): string | null {
  const plain = etag?.replace(/^((?:W\/)?"[^"]{1,200})-(?:gzip|br)"$/, '$1"') ?? null
  return plain === etag ? etag : `${etag}, ${plain}`
}

function headersFor(userAgent: string, request: Request): Record<string, string> {
  const etag = etagsOf(sendable(request.validators?.etag))
  const lastModified = sendable(request.validators?.lastModified)
  return {
    'user-agent': userAgent,
    accept: request.accept ?? ACCEPT,
    'accept-encoding': ACCEPT_ENCODING,
    ...present({ 'if-none-match': etag, 'if-modified-since': lastModified }),
  }
}

function statusFailure(arrival: Arrival, start: URL, route: NetworkRoute): FailedRequest {
  const { status } = arrival.answer
  // A proxy that is asked for the page says by a status, too, that it does not allow or reach the site.
  const words =
    route.kind === 'asked' ? message`status ${status} by way of ${route.proxy.name}` : message`status ${status}`
  const challenger = challengerOf(arrival.answer)
  const failure =
    challenger === null
      ? failed(STATUS_REASONS[status] ?? 'status', words, { status })
      : failed('challenge', message`status ${status}, a challenge by ${challenger}`, { status })
  return at(arrival, start, failure)
}

function responseOf(arrival: Arrival, start: URL, sent: Validators | null, route: NetworkRoute): Response {
  const { answer, permanentUrl, led } = arrival
  const url = arrival.url.href
  const validators = { etag: answer.header('etag') || null, lastModified: answer.header('last-modified') || null }
  if (answer.status === 304 && sent !== null) {
    const kept = {
      etag: validators.etag ?? sent.etag,
      lastModified: validators.lastModified ?? sent.lastModified,
    }
    return { kind: 'unchanged', url, permanentUrl, validators: kept }
  }
  if (!hasDocument(answer.status)) return statusFailure(arrival, start, route)
  const contentType = answer.header('content-type')
  const way = led.length === 0 ? {} : { led }
  return { kind: 'ok', url, permanentUrl, ...way, body: answer.body, contentType, validators }
}

/**
 * The one door to the network: asks with manners (robots.txt, one turn at a time, held hosts) and within bounds (time,
 * bytes, redirects, addresses).
 *
 * @throws UsageError when a proxy variable cannot be used.
 */
export function createHttp(options: HttpOptions): Http {
  const limits = { ...DEFAULT_LIMITS, ...patienceOf(options.timeoutMs), firmBudget: false, ...options }
  const proxy = chooseProxy(options.env, options.proxy)
  // Any number of requests may listen to it at the same time: without this node warns on stderr of the eleventh.
  setMaxListeners(0, options.signal)
  const holds = createHolds(options)
  const limiter = createRateLimiter({
    ...options,
    intervalOf: ({ names }) => {
      const own = Array.from(names, (name) => options.rateOf(name.replace(/:\d+$/, '')))
      const { perMs, count } = own.find((rate) => rate !== null) ?? options.rate
      return perMs / count
    },
    isHeld: (server) => holds.refusing(server) !== null || holds.until(server) !== null,
  })
  const servers = createServers(options, proxy)
  const transport = createTransport({ ...limits, lookup: servers.lookup, proxy })
  const { allowPrivate } = limits
  const refuse: AskParts['refuse'] = (url, allowHosts) =>
    refusal(url, proxy(url) !== null, { allowHosts, allowPrivate })
  const ask = createAsk({ ...limits, refuse, limiter, transport, holds, servers })
  const mayAsk: MayAsk = limits.obeyRobots ? createMayAsk(limits, ask, { limiter, servers }) : async () => null

  return {
    async get(url, request = {}) {
      options.signal.throwIfAborted()
      if (!isUrl(url)) return failed('bad-url', message`it is no URL`)
      const given = new URL(url)
      const start = secured(given, options.asksSecurely)
      const budget = { leftMs: limits.timeoutMs }
      const headers = headersFor(options.userAgent, request)
      const maxBytes = request.maxBytes ?? limits.maxBytes
      const isNamed = request.userNamed === true
      const isOfSite = (host: string): boolean =>
        request.ofItsSite === true && [options.siteOf(hostName(start)), request.orSite].includes(options.siteOf(host))
      const isAside = request.shown === true
      // A page's own, in the address of a picture, are nobody's.
      const credentials = isAside ? null : basicCredentials(given)
      const cookies = createCookies()
      const hostAllowed = (host: string): boolean => isAside || isNamed || isOfSite(host) || options.allowHosts(host)
      const arrival = await follow(start, { ...limits, readsPages: true }, async (hop, isLed) => {
        const obstacle = refuse(hop, hostAllowed) ?? (isNamed ? null : await mayAsk(hop))
        if (obstacle !== null) return obstacle
        const cookie = cookies.fieldFor(hop.origin)
        // Credentials in a URL are for its origin alone: no redirect takes them elsewhere.
        const authorization = hop.origin === start.origin ? credentials : null
        const all = { ...headers, ...present({ authorization, cookie }) }
        const answer = await ask({
          ...{ url: hop, isLed, isAside, headers: all, budget, hostAllowed, maxBytes },
          overflow: 'fail',
        })
        if (!isFailed(answer)) cookies.take(hop.origin, answer.header('set-cookie'))
        return answer
      })
      if ('kind' in arrival) return arrival
      return responseOf(arrival, start, request.validators ?? null, routeOf(arrival.url, proxy(arrival.url)))
    },
    close: () => transport.close(),
  }
}
