import { challengerOf, refusesAll } from '../../core/web/server.ts'
import { parseRetryAfter } from '../../core/web/retry-after.ts'
import { printableUrl } from '../../core/text/printable.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { failed } from './failure.ts'
import {
  BACKOFF_MS,
  DEFAULT_PAUSE_MS,
  LEAST_TRY_MS,
  MAX_PAUSE_MS,
  MAX_REFUSALS,
  MAX_TRIES,
  MAX_TURN_MS,
} from './limits.ts'
import type { Holds, Refusing } from './holds.ts'
import type { FailedRequest, HttpEvent, HttpOptions } from './model.ts'
import type { BodyBounds } from './inflate.ts'
import type { Server, Servers } from './servers.ts'
import type { TransportResult, Incoming, Transport } from './transport.ts'
import { message, pluralOf } from '../../words/words.ts'

/** What a request may still spend on the network. Waiting for a turn is not counted. */
interface TimeBudget {
  leftMs: number
}

interface Errand extends BodyBounds {
  url: URL
  /** A redirect led to it: it is of the turn of whoever asked, or the same story would take each turn for nothing. */
  isLed: boolean
  /** What becomes of it says nothing about its server. */
  isAside?: boolean
  headers: Record<string, string>
  budget: TimeBudget
  /** Whether the host is allowed beyond `allowHosts`. */
  hostAllowed: (host: string) => boolean
}

/** One answer from one address, with all manners: guard, held hosts, budget, turn, retries. */
export type Ask = (errand: Errand) => Promise<Incoming | FailedRequest>

export interface AskParts extends Pick<
  HttpOptions,
  'now' | 'sleep' | 'random' | 'signal' | 'onEvent' | 'requestBudget' | 'endsAt'
> {
  firmBudget: boolean
  /** Why a URL may not be asked for at all; `null` when it may. */
  refuse: (url: URL, hostAllowed: Errand['hostAllowed']) => FailedRequest | null
  limiter: RateLimiter
  transport: Transport
  holds: Holds
  servers: Servers
}

export function isFailed(value: Incoming | FailedRequest): value is FailedRequest {
  return 'kind' in value
}

/** What may heal within a run. */
function mayHeal(exchange: TransportResult): boolean {
  if (exchange.kind === 'fault') return exchange.fault.heals
  const { status } = exchange.answer
  // 408: the server did not see the request in time, as where a connection was kept for long (RFC 9110, 15.5.9).
  return status === 408 || (status >= 500 && status !== 503)
}

function isUnseen(exchange: TransportResult): boolean {
  return exchange.kind === 'fault' && exchange.isUnseen
}

/** 503 that names no time is a failure like any other (RFC 2616, 10.5.4): it may be this one page's. */
function saysWait(answer: Incoming): boolean {
  return answer.status === 429 || (answer.status === 503 && (answer.header('retry-after') ?? '') !== '')
}

/** A server that does so to everything is of no use, and had better be left alone. */
function isRefusal(exchange: TransportResult): boolean {
  if (exchange.kind === 'fault') return exchange.status === null
  const { status } = exchange.answer
  return status === 429 || refusesAll(status) || challengerOf(exchange.answer) !== null
}

function refusingFailure(host: string, how: Refusing): FailedRequest {
  const detail =
    how === 'refused'
      ? message`${host} refused ${MAX_REFUSALS} requests in a row and is left alone until the next run`
      : message`${host} was not reached by ${MAX_REFUSALS} requests in a row and is left alone until the next run`
  return failed('refusing', detail)
}

function waitFailure(host: string, until: number, status: number | null): FailedRequest {
  return failed('wait', message`${host} said to wait until ${secondOf(until)}Z`, { status, notBefore: until })
}

function turnFailure(host: string, turn: number): FailedRequest {
  const detail = message`the next request to ${host} is due at ${secondOf(turn)}Z, by its Crawl-delay or --rate`
  return failed('wait', detail, { notBefore: turn, unasked: true })
}

function secondOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19)
}

export function createAsk(parts: AskParts): Ask {
  const { limiter, holds, servers } = parts
  let sent = 0

  function heldNow({ host, href }: URL, server: Server): FailedRequest | null {
    const how = holds.refusing(server)
    if (how !== null) return refusingFailure(host, how)
    const until = holds.until(server) ?? holds.untilOf(printableUrl(href))
    return until === null ? null : waitFailure(host, until, null)
  }

  function isOver(ms: number): boolean {
    return parts.endsAt !== null && ms >= parts.endsAt
  }

  function outOfTime(): FailedRequest {
    return failed('budget', message`the time of the run is over`)
  }

  /** Waits for the turn; what stands in the way otherwise. */
  async function admit(url: URL, server: Server, isLed: boolean): Promise<FailedRequest | null> {
    const heldBefore = heldNow(url, server)
    if (heldBefore !== null) return heldBefore
    if (parts.requestBudget !== null && sent >= parts.requestBudget && !(isLed && !parts.firmBudget)) {
      const { requestBudget } = parts
      return failed(
        'budget',
        pluralOf(
          requestBudget,
          message`the run has made its 1 request`,
          message`the run has made its ${requestBudget} requests`,
        ),
      )
    }
    sent += 1
    const turn = await limiter.pass(server, isLed)
    const now = parts.now()
    // What the site wants to be waited for is no fault of the run's own bounds.
    const isFar = turn !== null && turn > now + MAX_TURN_MS
    if (!isFar && isOver(turn ?? now)) {
      sent -= 1
      return outOfTime()
    }
    const held =
      heldNow(url, server) ?? (turn === null ? null : turnFailure(url.host, Math.min(turn, now + MAX_PAUSE_MS)))
    if (held !== null) sent -= 1
    return held
  }

  function report(errand: Errand, ms: number, result: TransportResult): void {
    const common = { url: printableUrl(errand.url), ms }
    const event: HttpEvent =
      result.kind === 'answer'
        ? {
            ...common,
            status: result.answer.status,
            bytes: result.answer.body.length,
            fault: null,
            header: (name) => result.answer.header(name),
          }
        : { ...common, status: result.status, bytes: 0, fault: result.fault.reason, header: () => null }
    parts.onEvent?.(event)
  }

  async function send(errand: Errand, server: Server, isAgain: boolean): Promise<TransportResult> {
    const started = performance.now()
    const result = await parts.transport.send({
      ...errand,
      timeoutMs: Math.min(errand.budget.leftMs, (parts.endsAt ?? Number.POSITIVE_INFINITY) - parts.now()),
      onSent: () => limiter.sent(server),
    })
    const ms = Math.ceil(performance.now() - started)
    errand.budget.leftMs = Math.max(0, errand.budget.leftMs - ms)
    if (isAgain || !isUnseen(result)) report(errand, ms, result)
    return result
  }

  function heed({ host, href }: URL, server: Server, answer: Incoming): FailedRequest {
    const now = parts.now()
    const asked = parseRetryAfter(answer.header('retry-after'), now) ?? now + DEFAULT_PAUSE_MS
    const until = Math.min(Math.max(asked, now), now + MAX_PAUSE_MS)
    // One page or list that says so time and again must not keep all others of its server from being asked.
    if (!holds.holdAddress(printableUrl(href), until)) holds.hold(server, until)
    return waitFailure(host, until, answer.status)
  }

  function backoff(tries: number): Promise<void> {
    const full = BACKOFF_MS * 2 ** (tries - 1)
    return parts.sleep(full * (0.5 + parts.random() / 2), parts.signal)
  }

  return async (errand) => {
    const { url, isLed, budget } = errand
    const refused = parts.refuse(url, errand.hostAllowed)
    if (refused !== null) return refused
    let before: TransportResult | null = null
    let isAgain = false
    let tries = 0
    for (;;) {
      parts.signal.throwIfAborted()
      if (budget.leftMs <= 0) return failed('timeout', message`not done in time`)
      const begun = performance.now()
      const server = await servers.of(url, budget.leftMs)
      budget.leftMs = Math.max(0, budget.leftMs - Math.floor(performance.now() - begun))
      if (budget.leftMs === 0) return failed('timeout', message`the name was not looked up in time`)
      const obstacle = await admit(url, server, isLed && before === null)
      // What was asked, and has no turn for another try, has failed: it must not be the first to ask in each run.
      const former: TransportResult | null = obstacle?.unasked === true ? before : null
      if (obstacle !== null && former === null) return { ...obstacle, unasked: obstacle.unasked && !isLed }
      const result: TransportResult = former ?? (await send(errand, server, isAgain))
      if (result.kind === 'fault' && isOver(parts.now())) return outOfTime()
      if (!isAgain && isUnseen(result)) {
        // Once, in a turn of its own, by a new connection: it costs no try, and where there is no turn it counts as not asked.
        isAgain = true
        continue
      }
      tries += 1
      const last = former !== null || tries === MAX_TRIES || budget.leftMs < LEAST_TRY_MS || !mayHeal(result)
      if (!last) {
        before = result
        await backoff(tries)
        continue
      }
      if (errand.isAside !== true) {
        if (isRefusal(result)) holds.refused(server, result.kind === 'fault' ? 'unreached' : 'refused')
        else holds.answered(server)
      }
      if (result.kind === 'answer') return saysWait(result.answer) ? heed(url, server, result.answer) : result.answer
      return failed(result.fault.reason, result.fault.detail, { status: result.status })
    }
  }
}
