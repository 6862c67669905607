import { isIP } from 'node:net'
import type { Dispatcher } from 'undici'
import { getOrMake } from '../../core/get-or-make.ts'
import type { RecordedExchange as Recorded } from '../../core/warc/exchange.ts'
import type { Proxy, ProxyChoice } from './proxy.ts'
import { type Fault, faultOf, makeFault } from './fault.ts'
import { type BodyBounds, bodyOf, moreThan } from './inflate.ts'
import { MAX_DISCARDED_BYTES } from './limits.ts'
import type { HttpOptions } from './model.ts'
import { type NetworkRoute, type RouteOptions, createDispatcher, requestBy, routeOf } from './route.ts'
import { hasDocument } from './status.ts'
import { message } from '../../words/words.ts'
import { refusing } from './tunnel.ts'

interface Outgoing extends BodyBounds {
  url: URL
  headers: Record<string, string>
  /** From now to the last byte. */
  timeoutMs: number
  /** Called as the request is written, once there is a connection. */
  onSent: () => void
}

/** An answer, with its body where that is a document, by its status. */
export interface Incoming {
  status: number
  /** A header (name in lower case), each byte a character; `null` when absent. Those of `set-cookie` are a line each. */
  header(name: string): string | null
  body: Uint8Array
}

export type TransportResult =
  | { kind: 'answer'; answer: Incoming }
  | {
      kind: 'fault'
      fault: Fault
      status: number | null
      /** The server closed a kept connection while the request was on its way, and need not have seen it (RFC 9112, 9.3.1). */
      isUnseen: boolean
    }

/** Sends requests one by one, as they are: no redirect, no retry, no wait. */
export interface Transport {
  /** Rejects with the reason of `signal` alone. */
  send(outgoing: Outgoing): Promise<TransportResult>
  close(): Promise<void>
}

interface TransportOptions extends RouteOptions, Pick<HttpOptions, 'now' | 'record'> {
  proxy: ProxyChoice
  signal: AbortSignal
}

/** What joins the lines of a header that comes on several (RFC 9110, 5.3); of any other that does, the first counts. */
const SEAMS: Readonly<Record<string, string>> = { 'content-encoding': ', ', 'set-cookie': '\n' }

function valueOf(name: string, value: string | string[] | undefined): string | null {
  if (!Array.isArray(value)) return value ?? null
  const seam = SEAMS[name]
  return seam === undefined ? (value[0] ?? null) : value.join(seam)
}

/** What a body is to be read for; an answer without a document in it may still be read to keep the connection. */
function boundsFor(answer: Incoming, outgoing: Outgoing): BodyBounds | null {
  if (hasDocument(answer.status)) return outgoing
  const length = Number(answer.header('content-length') ?? (answer.status === 304 ? 0 : Number.NaN))
  return length <= MAX_DISCARDED_BYTES ? { maxBytes: MAX_DISCARDED_BYTES, overflow: 'cut' } : null
}

/** What goes over the wire in one exchange, as it comes. */
interface Tape {
  head: Pick<Recorded, 'status' | 'reason' | 'headers'> | null
  chunks: Uint8Array[]
  isWhole: boolean
}

/** Names and values in turn, as they came. */
function fieldsOf(raw: Dispatcher.DispatchController['rawHeaders']): Recorded['headers'] {
  const texts = Array.isArray(raw) ? raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1'))) : []
  return texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? ''] as const] : []))
}

/** What a tape holds; `null` where nobody answered. */
function recordedOn(tape: Tape, { url, headers }: Outgoing, at: number, result: TransportResult): Recorded | null {
  if (tape.head === null) return null
  const fault = result.kind === 'fault' ? result.fault.reason : null
  const why = fault === 'timeout' ? 'time' : fault === 'reset' || fault === 'truncated' ? 'disconnect' : 'length'
  const body = Buffer.concat(tape.chunks)
  return { url, at, asked: Object.entries(headers), ...tape.head, body, cut: tape.isWhole ? null : why }
}

function exchange(
  dispatcher: Dispatcher,
  route: NetworkRoute,
  outgoing: Outgoing,
  signal: AbortSignal,
  tape: Tape,
): Promise<TransportResult> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null
    let answer: Incoming | null = null
    let bounds: BodyBounds | null = null
    let size = 0
    let done = false
    let isReused = true

    const finish = (settle: () => void): void => {
      if (done) return
      done = true
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      dispatcher.off('connect', onConnect)
      settle()
      controller?.abort(new Error('no longer wanted'))
    }
    const succeed = (body: Uint8Array): void => {
      const whole = answer
      if (whole !== null) finish(() => resolve({ kind: 'answer', answer: { ...whole, body } }))
    }
    const fail = (fault: Fault): void => {
      // Where no document was to be had, the status alone counts.
      if (answer !== null && !hasDocument(answer.status)) succeed(answer.body)
      else {
        const isUnseen = isReused && controller !== null && answer === null && fault.reason === 'reset'
        finish(() => resolve({ kind: 'fault', fault, status: answer?.status ?? null, isUnseen }))
      }
    }
    const onAbort = (): void => finish(() => reject(signal.reason))
    const onConnect = ({ origin }: URL): void => {
      if (origin === request.origin) isReused = false
    }
    const timer = setTimeout(() => fail(makeFault('timeout', message`not done in time`)), outgoing.timeoutMs)
    signal.addEventListener('abort', onAbort)
    dispatcher.on('connect', onConnect)

    const open = (head: Incoming): void => {
      answer = head
      bounds = boundsFor(head, outgoing)
      if (bounds === null) return succeed(head.body)
      const isTooLarge = Number(head.header('content-length')) > bounds.maxBytes
      if (isTooLarge && bounds.overflow === 'fail') return fail(makeFault('too-large', moreThan(bounds.maxBytes)))
    }
    const close = async (head: Incoming, within: BodyBounds): Promise<void> => {
      // What is read for the connection's sake alone is not looked into.
      const encoding = hasDocument(head.status) ? (head.header('content-encoding') ?? '') : null
      const outcome = await bodyOf(tape.chunks, encoding, within)
      if ('body' in outcome) succeed(outcome.body)
      else fail(makeFault(outcome.fault, outcome.detail))
    }

    const request = requestBy(route, outgoing.url, outgoing.headers)
    dispatcher.dispatch(
      { ...request, bodyTimeout: outgoing.timeoutMs },
      {
        onRequestStart(started) {
          controller = started
          if (done) started.abort(new Error('no longer wanted'))
          else outgoing.onSent()
        },
        onResponseStart(started, status, headers, reason = '') {
          if (status < 200 || done) return
          if (status === 407 && route.kind === 'asked') {
            return fail(faultOf(refusing(route.proxy), false))
          }
          tape.head = { status, reason, headers: fieldsOf(started.rawHeaders) }
          open({ status, header: (name) => valueOf(name, headers[name]), body: new Uint8Array() })
        },
        onResponseData(started, chunk) {
          if (done || answer === null || bounds === null) return
          tape.chunks.push(chunk)
          size += chunk.length
          if (size <= bounds.maxBytes) return
          started.pause()
          void close(answer, bounds)
        },
        onResponseEnd() {
          if (done || answer === null || bounds === null) return
          tape.isWhole = true
          void close(answer, bounds)
        },
        onResponseError(_controller, error) {
          fail(faultOf(error, answer !== null))
        },
      },
    )
  })
}

/** Where names do not resolve and nobody answers, the network may have one way out alone. */
function withHint(fault: Fault, { hostname }: URL, answered: boolean): Fault {
  const isOfNetwork = fault.reason === 'dns' || (fault.reason === 'timeout' && !answered)
  if (!isOfNetwork || isIP(hostname) !== 0) return fault
  const hint = message`if your network needs a proxy, HTTPS_PROXY=http://HOST:PORT names it`
  return { ...fault, detail: message`${[fault.detail, hint]}` }
}

/** The fault of a proxy, where it is that it was not reached. `isFirst`: no other host was asked for a connection. */
function proxyFault(fault: Fault, { name }: Proxy, isFirst: boolean): Fault {
  if (!isFirst || (fault.reason !== 'connect' && fault.reason !== 'dns')) return fault
  return { ...fault, reason: 'proxy', detail: message`${name} cannot be used: ${fault.detail}` }
}

export function createTransport(options: TransportOptions): Transport {
  const dispatchers = new Map<string, Promise<Dispatcher>>()

  /** There is one proxy at the most for all addresses of a protocol. */
  function dispatcherFor(route: NetworkRoute, { protocol }: URL): Promise<Dispatcher> {
    return getOrMake(dispatchers, `${route.kind} ${protocol}`, () => createDispatcher(route, options))
  }

  return {
    async send(outgoing) {
      const proxy = options.proxy(outgoing.url)
      const route = routeOf(outgoing.url, proxy)
      const dispatcher = await dispatcherFor(route, outgoing.url)
      options.signal.throwIfAborted()
      const tape: Tape = { head: null, chunks: [], isWhole: false }
      const at = options.now()
      const result = await exchange(dispatcher, route, outgoing, options.signal, tape)
      const recorded = options.record ? recordedOn(tape, outgoing, at, result) : null
      if (recorded !== null) await options.record?.(recorded)
      if (result.kind === 'answer') return result
      if (proxy === null) return { ...result, fault: withHint(result.fault, outgoing.url, result.status !== null) }
      return { ...result, fault: proxyFault(result.fault, proxy, route.kind === 'asked' && result.status === null) }
    },
    async close() {
      const all = await Promise.all(dispatchers.values())
      dispatchers.clear()
      await Promise.all(all.map((dispatcher) => dispatcher.destroy()))
    },
  }
}
