import { getOrMake } from '../../core/get-or-make.ts'
import { type Robots, allowed, crawlDelay, parseRobots } from '../../core/web/robots.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { hostName } from './guard.ts'
import type { Ask } from './exchange.ts'
import { failed } from './failure.ts'
import { MAX_PAUSE_MS, MAX_ROBOTS_BYTES, MAX_ROBOTS_REDIRECTS, ROBOTS_AGE_MS, ROBOTS_HOLD_MS } from './limits.ts'
import type { FailedRequest, HttpOptions, RobotsCopy } from './model.ts'
import { type Arrival, follow } from './redirects.ts'
import type { Servers } from './servers.ts'
import { message } from '../../words/words.ts'

/** Whether the site's robots.txt lets us ask for a URL; `null` when it does. */
export type MayAsk = (url: URL) => Promise<FailedRequest | null>

/** `name/1.0 (+https://…)` is asked for as `name` (RFC 9309, 2.2.1). */
function productToken(userAgent: string): string {
  return /^[a-z_-]+/i.exec(userAgent)?.[0] ?? ''
}

/** Failures of robots.txt that its host's pages would meet in the same way. */
const OF_THE_HOST: ReadonlySet<string> = new Set([
  'wait',
  'refusing',
  'budget',
  'refused-host',
  'refused-address',
  'dns',
])

/** A last line that was cut in two could forbid more, or less, than is meant. */
function wholeLines(body: Uint8Array): string {
  const text = new TextDecoder().decode(body)
  return body.length < MAX_ROBOTS_BYTES
    ? text
    : text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1)
}

function isPage({ body }: RobotsCopy): boolean {
  return /^\s*<(?:!doctype|html)\b/i.test(body)
}

/**
 * Whether a copy holds though a page came in the place of robots.txt: a portal that wants a login answers everything so for some
 * days, and has nothing to say of the site, which had rules (RFC 9309, 2.4: what is kept may be used while robots.txt cannot be had).
 */
function mayHoldStill(kept: RobotsCopy, nowMs: number): boolean {
  const ageMs = nowMs - kept.fetched
  return kept.body !== '' && !isPage(kept) && ageMs >= 0 && ageMs < ROBOTS_HOLD_MS
}

function unreachable(origin: string, failure: Partial<FailedRequest>): FailedRequest {
  const why = failure.detail === undefined ? message`status ${failure.status ?? ''}` : failure.detail
  return failed('robots', message`${origin}/robots.txt cannot be read, so nothing of the site may be: ${why}`, {
    status: failure.status ?? null,
    ofHost: true,
  })
}

export function createMayAsk(
  options: Pick<HttpOptions, 'userAgent' | 'memory' | 'now' | 'allowHosts' | 'asksSecurely' | 'timeoutMs'>,
  ask: Ask,
  { limiter, servers }: { limiter: RateLimiter; servers: Servers },
): MayAsk {
  const token = productToken(options.userAgent)
  const known = new Map<string, Promise<Robots | FailedRequest>>()

  function delayOf(robots: Robots): number {
    return Math.min((crawlDelay(robots, token) ?? 0) * 1000, MAX_PAUSE_MS)
  }

  /** Where requests are to lie a day apart, robots.txt itself must not take each turn: pages have every second one. */
  function isFresh({ fetched, body }: RobotsCopy, nowMs: number): boolean {
    const ageMs = nowMs - fetched
    return ageMs >= 0 && (ageMs < ROBOTS_AGE_MS || ageMs < 2 * delayOf(parseRobots(body)))
  }

  function copyOf(arrival: Arrival): RobotsCopy | null {
    const { status, body } = arrival.answer
    if (status >= 200 && status < 300) return { fetched: options.now(), status, body: wholeLines(body) }
    return status >= 400 && status < 500 ? { fetched: options.now(), status, body: '' } : null
  }

  async function fetchRobots(url: URL): Promise<RobotsCopy | FailedRequest> {
    const budget = { leftMs: options.timeoutMs }
    const headers = { 'user-agent': options.userAgent, accept: 'text/plain, */*;q=0.1' }
    // The host of the page was allowed by whoever wants it; robots.txt asks no more of it than the page does.
    const hostAllowed = (host: string): boolean => options.allowHosts(host) || host === hostName(url)
    let asked = url
    const arrival = await follow(
      new URL('/robots.txt', url),
      { ...options, maxRedirects: MAX_ROBOTS_REDIRECTS },
      (hop, isLed) => {
        asked = hop
        return ask({ url: hop, isLed, headers, budget, hostAllowed, maxBytes: MAX_ROBOTS_BYTES, overflow: 'cut' })
      },
    )
    if (!('kind' in arrival)) return copyOf(arrival) ?? unreachable(url.origin, { status: arrival.answer.status })
    // More redirects than that count as no robots.txt (RFC 9309, 2.3.1.2).
    if (arrival.reason === 'redirects') return { fetched: options.now(), status: 404, body: '' }
    const speaksOfPage = asked.host === url.host && OF_THE_HOST.has(arrival.reason)
    return speaksOfPage ? arrival : unreachable(url.origin, arrival)
  }

  async function load(url: URL): Promise<Robots | FailedRequest> {
    const kept = await options.memory.robots(url.origin)
    const fresh = kept !== null && isFresh(kept, options.now()) ? kept : null
    const answer = fresh ?? (await fetchRobots(url))
    if ('kind' in answer) return answer
    const copy = kept !== null && isPage(answer) && mayHoldStill(kept, options.now()) ? kept : answer
    if (copy !== kept) await options.memory.setRobots(url.origin, copy)
    const robots = parseRobots(copy.body)
    const delayMs = delayOf(robots)
    if (delayMs > 0) limiter.slow(await servers.of(url, options.timeoutMs), delayMs)
    return robots
  }

  return async (url) => {
    const robots = await getOrMake(known, url.origin, () => load(url))
    if ('kind' in robots) return robots
    if (allowed(robots, token, url.href)) return null
    return failed('robots', message`${url.origin}/robots.txt forbids it`)
  }
}
