import type { lookup as systemLookup } from 'node:dns'
import type { Validators } from '../../core/model.ts'
import type { RecordedExchange } from '../../core/warc/exchange.ts'
import type { Message } from '../../words/words.ts'

/**
 * What is known of a server across runs. `names`: those it is asked under, as in a URL, with the port when it is not the
 * usual one: the host of the request first, its publisher, its addresses. What is known of any of them is known of it.
 */
export interface HostMemory {
  /** Instant (ms since 1970) before which the server, or a single address by its name, wants no request; `null` when it set none. */
  notBefore(names: readonly string[]): number | null
  setNotBefore(names: readonly string[], ms: number): void
  /** The last answer of this very address wanted no request before an instant. */
  setAddressNotBefore(url: string, ms: number): void
  /** Instant of the last request to it; `null` when there was none. */
  asked(names: readonly string[]): number | null
  setAsked(names: readonly string[], ms: number): void
  /** The host's robots.txt as last read; `null` when it never was. `origin` is scheme, host and port. */
  robots(origin: string): Promise<RobotsCopy | null>
  setRobots(origin: string, copy: RobotsCopy): Promise<void>
}

export interface RobotsCopy {
  /** Instant (ms since 1970) of the answer. */
  fetched: number
  /** Of the answer: 2xx, or 4xx, which allows everything. */
  status: number
  /** At most 500 KiB; empty when the answer was none of 2xx. */
  body: string
}

/** One request done, for a verbose log. Nothing in it needs to be hidden from a terminal. */
export interface HttpEvent {
  url: string
  /** `null` when no answer came. */
  status: number | null
  /** From the request to the last byte read. */
  ms: number
  /** Of the body after inflating; 0 where it was not read. */
  bytes: number
  /** What went wrong below HTTP; `null` when nothing did. */
  fault: string | null
  /** A header of the answer (name in lower case), as it came; `null` when absent, or when no answer came. */
  header(name: string): string | null
}

export interface HttpOptions {
  /** Product token, version and contact: `name/1.0 (+https://…)`. The token is what robots.txt is asked for. */
  userAgent: string
  /** Whether a host name (lower case, no port) may be asked at all. */
  allowHosts: (host: string) => boolean
  /** Whether a host is asked by https, whatever an address says. */
  asksSecurely: (host: string) => boolean
  /** The name that all hosts of one publisher share: they are one server. */
  siteOf: (host: string) => string
  memory: HostMemory
  env: Readonly<Record<string, string | undefined>>
  /** Goes before the proxies that `env` names; `null` for none. */
  proxy: string | null
  now: () => number
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** In [0, 1). */
  random: () => number
  /** Ends everything: `get` then rejects with its reason. */
  signal: AbortSignal
  /** Requests to one host: `count` in `perMs`, evenly spread. */
  rate: { count: number; perMs: number }
  /** The same for a site of its own pace, by its name (`siteOf`); `null` for all others. */
  rateOf: (site: string) => { count: number; perMs: number } | null
  /** Network time of one `get`: redirects and retries in it, waiting for the host's turn not. */
  timeoutMs: number
  connectTimeoutMs?: number
  headersTimeoutMs?: number
  /** Of a body, after inflating. */
  maxBytes?: number
  maxRedirects?: number
  /** Lifts the refusal of addresses that are not public. */
  allowPrivate: boolean
  obeyRobots: boolean
  /**
   * Requests that may be sent in all, robots.txt, redirects and retries counted; `null` for any number. Where a redirect leads is
   * asked for though it be one too many.
   */
  requestBudget: number | null
  /** No redirect is followed beyond that. */
  firmBudget?: boolean
  /** Instant (ms since 1970) from which on nothing is sent, and at which what is on its way ends; `null` for none. */
  endsAt: number | null
  /** How names are resolved, as `dns.lookup`. */
  lookup?: typeof systemLookup
  onEvent: ((event: HttpEvent) => void) | null
  /**
   * Takes what went over the wire of each request that was answered; its answer is not handed on before. What it throws ends the
   * run.
   */
  record?: (exchange: RecordedExchange) => Promise<void>
}

export interface Request {
  /** Sent back exactly as they came. */
  validators?: Validators | null
  maxBytes?: number
  /** A feed that the user named: it and any public host to which it leads are allowed, and robots.txt not asked. */
  userNamed?: boolean
  /** A page that a feed or the user named: the hosts of its site are allowed. */
  ofItsSite?: boolean
  /** The name that all hosts of another site share to which a page may lead, as `siteOf` gives it. */
  orSite?: string
  /** What a page shows, wherever that is: any public host is allowed, and one that refuses is not left alone for it. */
  shown?: boolean
  /** When that page was had (ISO 8601); `null` where nothing tells. Captures answer as of then. */
  asOf?: string | null
  accept?: string
}

/** Why there is no body. */
export type FailureReason =
  | 'bad-url' // no URL, or neither http nor https
  | 'refused-host' // not among the hosts that may be asked
  | 'refused-address' // private, loopback, link-local and the like
  | 'downgrade' // https led to http
  | 'robots' // robots.txt forbids it, or could not be read
  | 'wait' // the host said to wait, or its next turn is far away; `notBefore` says until when
  | 'refusing' // the server refused several requests in a row: it is left alone until the next run
  | 'budget' // the run has sent as many requests as it may, or its time is over
  | 'dns'
  | 'connect'
  | 'proxy'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'protocol' // the answer is no HTTP
  | 'headers' // more headers than can be read
  | 'too-large'
  | 'truncated'
  | 'encoding' // a content encoding that is not understood, or is broken
  | 'redirects' // too many, in a circle, or to nowhere
  | 'challenge' // to prove that one is human
  | 'missing' // 404
  | 'gone' // 410
  | 'status' // any other status that brings no document

export interface FailedRequest {
  kind: 'failed'
  reason: FailureReason
  /** Of the last answer; `null` when none came. */
  status: number | null
  /** False where a later run would meet the same: the server says that nothing is there, or our own rules refuse. */
  retryable: boolean
  /** Instant (ms since 1970) before which the host must not be asked; `null` when it set none. */
  notBefore: number | null
  /** Every other request to the host would have met it in this run: it says nothing about this one. */
  ofHost: boolean
  /** As of what is fetched; absent where nothing was led elsewhere. */
  permanentUrl?: string | null
  led?: readonly string[]
  /** Nothing was asked: the run is over, or its server's next turn (`Crawl-delay`, rate) is too far away to be waited for. */
  unasked: boolean
  /** One line for a person: printable, without credentials, and without the address that was asked for. */
  detail: Message
}

export interface Fetched {
  kind: 'ok'
  /** Where the body came from, after redirects. Without credentials. */
  url: string
  /** Where 301 and 308 alone led from the start: the address to remember. `null` when nothing moved for good. */
  permanentUrl: string | null
  /** Where redirects led from the start, in order. Absent where none did. */
  led?: readonly string[]
  /** Inflated, otherwise as it came. */
  body: Uint8Array
  /** The Content-Type header as it came. */
  contentType: string | null
  validators: Validators
}

interface Unchanged {
  kind: 'unchanged'
  url: string
  permanentUrl: string | null
  validators: Validators
}

export type Response = Fetched | Unchanged | FailedRequest

export interface Http {
  /** Never throws but for the signal's reason, when it is aborted. */
  get(url: string, request?: Request): Promise<Response>
  /** Of several answers that an address has, what is told as of a time, by a name of its own; absent where the network is asked. */
  answerAt?(url: string, asOf: string | null): Promise<string>
  /** Ends all connections. */
  close(): Promise<void>
}
