import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { isIP } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { hostName } from './guard.ts'
import { RESOLVED_MS } from './limits.ts'
import type { HttpOptions } from './model.ts'
import type { ProxyChoice } from './proxy.ts'

/** One server, whatever names it is asked under: they share its pace and its pauses. */
export interface Server {
  /** As in a URL, with the port when it is not the usual one: hosts, their publisher, addresses. */
  names: Set<string>
}

export interface Servers {
  /** The server of a URL. Waits for the resolver no longer than `mostMs`; an address that a proxy resolves is not known. */
  of(url: URL, mostMs: number): Promise<Server>
  /** As `dns.lookup`, answering from what `of` has just looked up: one question a name, not two. */
  lookup: typeof systemLookup
}

interface Asked {
  addresses: Promise<LookupAddress[]>
  ms: number
}

export function createServers(
  options: Pick<HttpOptions, 'lookup' | 'now' | 'signal' | 'siteOf'>,
  proxy: ProxyChoice,
): Servers {
  const resolve = options.lookup ?? systemLookup
  const known = new Map<string, Server>()
  const asked = new Map<string, Asked>()

  function addressesOf(host: string): Promise<LookupAddress[]> {
    const kept = asked.get(host)
    if (kept !== undefined && Math.abs(options.now() - kept.ms) < RESOLVED_MS) return kept.addresses
    const addresses = new Promise<LookupAddress[]>((done, fail) => {
      resolve(host, { all: true }, (error, found) => (error ? fail(error) : done(found)))
    })
    asked.set(host, { addresses, ms: options.now() })
    return addresses
  }

  async function addressNames(url: URL, mostMs: number): Promise<string[]> {
    if (proxy(url) !== null || isIP(hostName(url)) !== 0) return []
    const stop = new AbortController()
    const late = delay(mostMs, [], { signal: AbortSignal.any([stop.signal, options.signal]), ref: false })
    try {
      const addresses = await Promise.race([addressesOf(url.hostname), late])
      return addresses.map(({ address, family }) => (family === 6 ? `[${address}]` : address))
    } catch {
      options.signal.throwIfAborted()
      // Whoever connects is told why.
      return []
    } finally {
      stop.abort()
      late.catch(() => undefined)
    }
  }

  return {
    async of(url, mostMs) {
      const port = url.port === '' ? '' : `:${url.port}`
      const addresses = await addressNames(url, mostMs)
      const names = [url.host, ...[options.siteOf(hostName(url)), ...addresses].map((name) => name + port)]
      const server = names.map((name) => known.get(name)).find((one) => one !== undefined) ?? { names: new Set() }
      for (const name of names) known.set(name, server)
      for (const name of names) server.names.add(name)
      return server
    },
    lookup: ((host: string, _options: object, done: (...answer: unknown[]) => void) => {
      addressesOf(host).then(
        (addresses) => done(null, addresses),
        (error: unknown) => {
          asked.delete(host)
          done(error)
        },
      )
    }) as typeof systemLookup,
  }
}
