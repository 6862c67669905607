import { BlockList, isIP } from 'node:net'
import { printableUrl } from '../../core/text/printable.ts'
import { UsageError } from '../../errors.ts'
import { type Message, message, t } from '../../words/words.ts'
import { decoded } from '../../core/web/escapes.ts'
import { isUrl } from '../../core/url.ts'
import { withoutBrackets } from './address.ts'
import { hostName } from './guard.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A proxy, and what messages call it: by its host and the variable, or the key `proxy`, that names it. */
export interface Proxy {
  url: URL
  name: Message
}

/** The proxy to ask for a URL; `null` to ask directly. */
export type ProxyChoice = (url: URL) => Proxy | null

const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'socks:', 'socks5:', 'socks5h:'])

/** The lower-case variable wins, as it does in curl; an empty one is no proxy. */
function valueOf(env: Environment, name: string): string {
  return (env[name.toLowerCase()] ?? env[name] ?? '').trim()
}

function fromVariable(env: Environment, name: string): Proxy | null {
  const value = valueOf(env, name)
  return value === '' ? null : parseProxy(value, env[name.toLowerCase()] === undefined ? name : name.toLowerCase())
}

function parseProxy(value: string, name: string): Proxy {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  if (!isUrl(address)) throw new UsageError(t`${name} is no URL of a proxy: ${printableUrl(address)}`)
  const url = new URL(address)
  if (!PROTOCOLS.has(url.protocol)) {
    throw new UsageError(
      `${name}: ${t`${url.protocol.slice(0, -1)} proxies do not work here; allowed are http, https, socks5`}`,
    )
  }
  if (url.hostname === '') throw new UsageError(t`${name} names no host: ${printableUrl(address)}`)
  return { url, name: message`the proxy ${url.host} (${name})` }
}

/** A network, as `10.0.0.0/8`; `null` for anything else. */
function networkOf(text: string): BlockList | null {
  const [, address = '', bits = ''] = /^\[?([^[\]/]+)\]?\/(\d{1,3})$/.exec(text) ?? []
  const family = isIP(address)
  if (family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return null
  const network = new BlockList()
  network.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4')
  return network
}

function parseException(text: string): (url: URL) => boolean {
  const network = networkOf(text)
  if (network !== null)
    return (url) => {
      const family = isIP(hostName(url))
      return family !== 0 && network.check(hostName(url), family === 6 ? 'ipv6' : 'ipv4')
    }
  const [, name = '', port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [null, text]
  const suffix = withoutBrackets(name.toLowerCase().replace(/^\*?\./, ''))
  return (url) => {
    const actualPort = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
    if (port !== undefined && port !== actualPort) return false
    const host = hostName(url)
    return suffix === '*' || host === suffix || host.endsWith(`.${suffix}`)
  }
}

/** The credentials in a URL, decoded; `null` when it has none. */
export function credentialsOf(url: URL): { name: string; password: string } | null {
  if (url.username === '' && url.password === '') return null
  return { name: decoded(url.username), password: decoded(url.password) }
}

/** They as the value of `Authorization` or `Proxy-Authorization` (RFC 7617); `null` when there are none. */
export function basicCredentials(url: URL): string | null {
  const credentials = credentialsOf(url)
  if (credentials === null) return null
  return `Basic ${Buffer.from(`${credentials.name}:${credentials.password}`).toString('base64')}`
}

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` (for what the first two leave open) and `NO_PROXY` (names with their
 * subdomains, addresses, networks, ports, `*`; separated by commas or spaces). What is `configured` goes before the first three.
 *
 * @throws UsageError for a proxy that cannot be used.
 */
export function chooseProxy(env: Environment, configured: string | null = null): ProxyChoice {
  const own = configured === null ? null : parseProxy(configured, 'proxy')
  const fallback = own ?? fromVariable(env, 'ALL_PROXY')
  const https = own ?? fromVariable(env, 'HTTPS_PROXY') ?? fallback
  const http = own ?? fromVariable(env, 'HTTP_PROXY') ?? fallback
  const exceptions = valueOf(env, 'NO_PROXY')
    .split(/[\s,]+/)
    .filter((text) => text !== '')
    .map(parseException)
  return (url) => {
    const proxy = url.protocol === 'https:' ? https : http
    return proxy === null || exceptions.some((applies) => applies(url)) ? null : proxy
  }
}
