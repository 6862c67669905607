import { getDefaultAutoSelectFamilyAttemptTimeout, setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import type { Agent, Dispatcher } from 'undici'
import { guardedLookup } from './guard.ts'
import { MAX_HEADER_BYTES, addressMsOf } from './limits.ts'
import type { HttpOptions } from './model.ts'
import type { Proxy } from './proxy.ts'
import { openSocksTunnel } from './socks.ts'
import { openHttpTunnel, proxyHeaders, tunnelConnector } from './tunnel.ts'

export interface RouteOptions {
  timeoutMs: number
  connectTimeoutMs: number
  headersTimeoutMs: number
  allowPrivate: boolean
  lookup: HttpOptions['lookup']
}

/**
 * undici's HTTP parser is WebAssembly. V8 would go on optimising it while the program wants to end, which costs a poll
 * more time and memory than the poll itself: the plain compiler is enough for some hundred requests.
 */
function loadAgent(): Promise<typeof import('undici/lib/dispatcher/agent.js')> {
  setFlagsFromString('--liftoff-only')
  return import('undici/lib/dispatcher/agent.js')
}

/** How an address is reached: directly, by asking a proxy for it, or by a way that a proxy opens. */
export type NetworkRoute = { kind: 'direct'; proxy: null } | { kind: 'asked' | 'tunnel'; proxy: Proxy }

function isSocks({ url }: Proxy): boolean {
  return url.protocol.startsWith('socks')
}

/** HTTP proxies as a rule open no way but to port 443: plain http is asked of them as such. */
export function routeOf(url: URL, proxy: Proxy | null): NetworkRoute {
  if (proxy === null) return { kind: 'direct', proxy }
  const opensTo = url.protocol === 'https:' || isSocks(proxy)
  return { kind: opensTo ? 'tunnel' : 'asked', proxy }
}

function connectorFor(route: NetworkRoute, options: RouteOptions): NonNullable<Agent.Options['connect']> {
  const timeout = options.connectTimeoutMs
  if (route.kind === 'tunnel') {
    return tunnelConnector(isSocks(route.proxy) ? openSocksTunnel : openHttpTunnel, route.proxy, timeout)
  }
  // The proxy itself may be private: the user set it.
  if (route.kind === 'asked') return { timeout }
  return { timeout, lookup: guardedLookup(options.allowPrivate, options.lookup) }
}

export async function createDispatcher(route: NetworkRoute, options: RouteOptions): Promise<Dispatcher> {
  const addressMs = Math.max(getDefaultAutoSelectFamilyAttemptTimeout(), Math.round(addressMsOf(options.timeoutMs)))
  setDefaultAutoSelectFamilyAttemptTimeout(addressMs)
  const { default: UndiciAgent } = await loadAgent()
  const agent = new UndiciAgent({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: options.headersTimeoutMs,
    connect: connectorFor(route, options),
  })
  // Each request under way listens to it.
  return agent.setMaxListeners(0)
}

/** The request as it goes by the route. */
export function requestBy(route: NetworkRoute, url: URL, headers: Record<string, string>): Dispatcher.DispatchOptions {
  const path = url.pathname + url.search
  if (route.kind !== 'asked') return { method: 'GET', origin: url.origin, path, headers }
  return {
    method: 'GET',
    origin: route.proxy.url.origin,
    path: url.origin + path,
    // A copy that the proxy keeps is not to be given before the site was asked for a newer one (RFC 9111, 5.2.1.1).
    headers: { ...headers, host: url.host, 'cache-control': 'max-age=0', ...proxyHeaders(route.proxy) },
  }
}
