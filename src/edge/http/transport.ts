import { setFlagsFromString } from 'node:v8'
import type { Dispatcher } from 'undici'
import { guardedLookup } from '../guard.ts'
import { type ProxyChoice, basicCredentials } from '../proxy.ts'
import { type Fault, faultOf } from './fault.ts'
import { type BodyBounds, type BodySink, createBodySink } from './inflate.ts'
import { MAX_DISCARDED_BYTES, MAX_HEADER_BYTES } from './limits.ts'
import type { HttpOptions } from './model.ts'

export interface Outgoing extends BodyBounds {
  url: URL
  headers: Record<string, string>
  /** From now to the last byte. */
  timeoutMs: number
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

async function createDispatcher(proxy: URL | null, options: TransportOptions): Promise<Dispatcher> {
  const connect = { timeout: options.connectTimeoutMs }
  const bounds = { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: options.headersTimeoutMs }
  const { default: Agent } = await loadAgent()
  if (proxy === null) {
    return new Agent({
      ...bounds,
      connect: { ...connect, lookup: guardedLookup(options.allowPrivate, options.lookup) },
    })
  }
  // By its default export: a bundler gives a CommonJS module no other.
  const { default: undici } = await import('undici')
  return new undici.ProxyAgent({
    ...bounds,
    uri: proxy.origin,
    ...(proxy.username === '' && proxy.password === '' ? {} : { token: basicCredentials(proxy) }),
    // Proxies as a rule refuse to tunnel to anything but port 443: plain http is asked of them as such.
    proxyTunnel: false,
    proxyTls: connect,
    requestTls: connect,
  })
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

function exchange(dispatcher: Dispatcher, outgoing: Outgoing, signal: AbortSignal): Promise<Exchange> {
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

    dispatcher.dispatch(
      {
        origin: outgoing.url.origin,
        path: outgoing.url.pathname + outgoing.url.search,
        method: 'GET',
        headers: outgoing.headers,
        bodyTimeout: outgoing.timeoutMs,
      },
      {
        onRequestStart(started) {
          controller = started
          if (done) started.abort(new Error('no longer wanted'))
        },
        onResponseStart(_controller, status, headers) {
          if (status < 200 || done) return
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
      },
    )
  })
}

const BODY_FAULTS = {
  'too-large': (maxBytes: number) => `more than ${maxBytes} bytes`,
  truncated: () => 'the compressed body ends before its time',
  encoding: (_maxBytes: number, encoding: string) => `the body is not what its content encoding (${encoding}) says`,
} as const

export function createTransport(options: TransportOptions): Transport {
  const dispatchers = new Map<string, Promise<Dispatcher>>()

  function dispatcherFor(url: URL): Promise<Dispatcher> {
    const proxy = options.proxy(url)
    const key = proxy?.href ?? ''
    const dispatcher = dispatchers.get(key) ?? createDispatcher(proxy, options)
    dispatchers.set(key, dispatcher)
    return dispatcher
  }

  return {
    async send(outgoing) {
      const dispatcher = await dispatcherFor(outgoing.url)
      options.signal.throwIfAborted()
      return exchange(dispatcher, outgoing, options.signal)
    },
    async close() {
      const all = await Promise.all(dispatchers.values())
      dispatchers.clear()
      await Promise.all(all.map((dispatcher) => dispatcher.destroy()))
    },
  }
}
