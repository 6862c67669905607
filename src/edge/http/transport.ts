import { setFlagsFromString } from 'node:v8'
import type { Agent, Dispatcher } from 'undici'
import { guardedLookup } from '../guard.ts'
import type { ProxyChoice } from '../proxy.ts'
import { type Fault, faultOf } from './fault.ts'
import { type BodyBounds, type BodySink, createBodySink } from './inflate.ts'
import { MAX_DISCARDED_BYTES, MAX_HEADER_BYTES } from './limits.ts'
import type { HttpOptions } from './model.ts'
import { openSocksTunnel } from './socks.ts'
import { openHttpTunnel, proxyHeaders, tunnelConnector } from './tunnel.ts'

export interface Outgoing extends BodyBounds {
  url: URL
  headers: Record<string, string>
  /** From now to the last byte. */
  timeoutMs: number
  /** Called as the request is written, once there is a connection. */
  onSent: () => void
}

/** An answer, with its body when the status says that there is one to be had (200, 203). */
export interface Incoming {
  status: number
  /** The first value of a header (name in lower case), each byte a character; `null` when absent. */
  header(name: string): string | null
  body: Uint8Array
}

export type Exchange = { kind: 'answer'; answer: Incoming } | { kind: 'fault'; fault: Fault; status: number | null }

/** Sends requests one by one, as they are: no redirect, no retry, no wait. */
export interface Transport {
  /** Rejects with the reason of `signal` alone. */
  send(outgoing: Outgoing): Promise<Exchange>
  close(): Promise<void>
}

export interface TransportOptions {
  connectTimeoutMs: number
  headersTimeoutMs: number
  allowPrivate: boolean
  lookup: HttpOptions['lookup']
  proxy: ProxyChoice
  signal: AbortSignal
}

const HAS_BODY: ReadonlySet<number> = new Set([200, 203])

/**
 * undici's HTTP parser is WebAssembly. V8 would go on optimising it while the program wants to end, which costs a poll
 * more time and memory than the poll itself: the plain compiler is enough for some hundred requests.
 */
function loadAgent(): Promise<typeof import('undici/lib/dispatcher/agent.js')> {
  setFlagsFromString('--liftoff-only')
  return import('undici/lib/dispatcher/agent.js')
}

/** How an address is reached: directly, by asking a proxy for it, or by a way that a proxy opens. */
type Route = { kind: 'direct'; proxy: null } | { kind: 'asked' | 'tunnel'; proxy: URL }

function isSocks(proxy: URL): boolean {
  return proxy.protocol.startsWith('socks')
}

/** HTTP proxies as a rule open no way but to port 443: plain http is asked of them as such. */
function routeOf(url: URL, proxy: URL | null): Route {
  if (proxy === null) return { kind: 'direct', proxy }
  const opensTo = url.protocol === 'https:' || isSocks(proxy)
  return { kind: opensTo ? 'tunnel' : 'asked', proxy }
}

function connectorFor(route: Route, options: TransportOptions): NonNullable<Agent.Options['connect']> {
  const timeout = options.connectTimeoutMs
  if (route.kind === 'tunnel') {
    return tunnelConnector(isSocks(route.proxy) ? openSocksTunnel : openHttpTunnel, route.proxy, timeout)
  }
  // The proxy itself may be private: the user set it.
  if (route.kind === 'asked') return { timeout }
  return { timeout, lookup: guardedLookup(options.allowPrivate, options.lookup) }
}

async function createDispatcher(route: Route, options: TransportOptions): Promise<Dispatcher> {
  const { default: UndiciAgent } = await loadAgent()
  return new UndiciAgent({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: options.headersTimeoutMs,
    connect: connectorFor(route, options),
  })
}

function withRoute(outgoing: Outgoing, route: Route): Dispatcher.DispatchOptions {
  const { url, headers } = outgoing
  const path = url.pathname + url.search
  const common = { method: 'GET', bodyTimeout: outgoing.timeoutMs } as const
  if (route.kind !== 'asked') return { ...common, origin: url.origin, path, headers }
  return {
    ...common,
    origin: route.proxy.origin,
    path: url.origin + path,
    headers: { ...headers, host: url.host, ...proxyHeaders(route.proxy) },
  }
}

function firstOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}

/** What a body is to be read for; an answer without a document in it may still be read to keep the connection. */
function boundsFor(answer: Incoming, outgoing: Outgoing): BodyBounds | null {
  if (HAS_BODY.has(answer.status)) return outgoing
  const length = Number(answer.header('content-length') ?? (answer.status === 304 ? 0 : Number.NaN))
  return length <= MAX_DISCARDED_BYTES ? { maxBytes: MAX_DISCARDED_BYTES, overflow: 'cut' } : null
}

function exchange(dispatcher: Dispatcher, route: Route, outgoing: Outgoing, signal: AbortSignal): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null
    let answer: Incoming | null = null
    let sink: BodySink | null = null
    let done = false

    const finish = (settle: () => void): void => {
      if (done) return
      done = true
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      settle()
      sink?.destroy()
      controller?.abort(new Error('no longer wanted'))
    }
    const succeed = (body: Uint8Array): void => {
      const whole = answer
      if (whole !== null) finish(() => resolve({ kind: 'answer', answer: { ...whole, body } }))
    }
    const fail = (fault: Fault): void => {
      // Where no document was to be had, the status alone counts.
      if (answer !== null && !HAS_BODY.has(answer.status)) succeed(answer.body)
      else finish(() => resolve({ kind: 'fault', fault, status: answer?.status ?? null }))
    }
    const onAbort = (): void => finish(() => reject(signal.reason))
    const timer = setTimeout(() => fail({ reason: 'timeout', detail: 'not done in time' }), outgoing.timeoutMs)
    signal.addEventListener('abort', onAbort)

    const open = (head: Incoming): void => {
      answer = head
      const bounds = boundsFor(head, outgoing)
      if (bounds === null) return succeed(head.body)
      const encoding = HAS_BODY.has(head.status) ? (head.header('content-encoding') ?? '') : ''
      sink = createBodySink(
        encoding,
        bounds,
        () => controller?.resume(),
        (outcome) => {
          if ('body' in outcome) succeed(outcome.body)
          else fail({ reason: outcome.fault, detail: BODY_FAULTS[outcome.fault](outgoing.maxBytes, encoding) })
        },
      )
      if (sink === null) fail({ reason: 'encoding', detail: `the content encoding ${encoding} is not understood` })
    }

    dispatcher.dispatch(withRoute(outgoing, route), {
      onRequestStart(started) {
        controller = started
        if (done) started.abort(new Error('no longer wanted'))
        else outgoing.onSent()
      },
      onResponseStart(_controller, status, headers) {
        if (status < 200 || done) return
        if (status === 407) return fail({ reason: 'proxy', detail: 'the proxy wants other credentials' })
        open({ status, header: (name) => firstOf(headers[name]), body: new Uint8Array() })
      },
      onResponseData(started, chunk) {
        if (!done && sink?.write(chunk) === false) started.pause()
      },
      onResponseEnd() {
        sink?.end()
      },
      onResponseError(_controller, error) {
        fail(faultOf(error, answer !== null))
      },
    })
  })
}

const BODY_FAULTS = {
  'too-large': (maxBytes: number) => `more than ${maxBytes} bytes`,
  truncated: () => 'the compressed body ends before its time',
  encoding: (_maxBytes: number, encoding: string) => `the body is not what its content encoding (${encoding}) says`,
} as const

export function createTransport(options: TransportOptions): Transport {
  const dispatchers = new Map<string, Promise<Dispatcher>>()

  function dispatcherFor(route: Route): Promise<Dispatcher> {
    const key = `${route.kind} ${route.proxy?.href}`
    const dispatcher = dispatchers.get(key) ?? createDispatcher(route, options)
    dispatchers.set(key, dispatcher)
    return dispatcher
  }

  return {
    async send(outgoing) {
      const route = routeOf(outgoing.url, options.proxy(outgoing.url))
      const dispatcher = await dispatcherFor(route)
      options.signal.throwIfAborted()
      return exchange(dispatcher, route, outgoing, options.signal)
    },
    async close() {
      const all = await Promise.all(dispatchers.values())
      dispatchers.clear()
      await Promise.all(all.map((dispatcher) => dispatcher.destroy()))
    },
  }
}
