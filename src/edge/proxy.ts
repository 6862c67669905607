import { printableUrl } from '../core/printable.ts'
import { UsageError } from '../errors.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The proxy to ask for a URL; `null` to ask directly. */
export type ProxyChoice = (url: URL) => URL | null

/** The lower-case variable wins, as it does in curl; an empty one is no proxy. */
function variable(env: Environment, name: string): string {
  return (env[name.toLowerCase()] ?? env[name] ?? '').trim()
}

function parseProxy(env: Environment, name: string): URL | null {
  const value = variable(env, name)
  if (value === '') return null
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  if (!URL.canParse(address)) throw new UsageError(`${name} is no URL of a proxy: ${printableUrl(address)}`)
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`${name}: ${url.protocol.slice(0, -1)} proxies do not work here; allowed are http and https`)
  }
  return url
}

function parseException(text: string): (url: URL) => boolean {
  const [, name = '', port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [null, text]
  const suffix = name
    .toLowerCase()
    .replace(/^\*?\./, '')
    .replace(/^\[(.*)\]$/, '$1')
  return (url) => {
    const actualPort = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
    if (port !== undefined && port !== actualPort) return false
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    return suffix === '*' || host === suffix || host.endsWith(`.${suffix}`)
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The value of an `Authorization` or `Proxy-Authorization` header for the credentials in a URL (RFC 7617). */
export function basicCredentials(url: URL): string {
  return `Basic ${Buffer.from(`${decoded(url.username)}:${decoded(url.password)}`).toString('base64')}`
}

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` (for what the first two leave open) and `NO_PROXY` (names with their
 * subdomains, addresses, ports, `*`; separated by commas or spaces).
 *
 * @throws UsageError for a proxy that cannot be used.
 */
export function chooseProxy(env: Environment): ProxyChoice {
  const fallback = parseProxy(env, 'ALL_PROXY')
  const https = parseProxy(env, 'HTTPS_PROXY') ?? fallback
  const http = parseProxy(env, 'HTTP_PROXY') ?? fallback
  const exceptions = variable(env, 'NO_PROXY')
    .split(/[\s,]+/)
    .filter((text) => text !== '')
    .map(parseException)
  return (url) => {
    const proxy = url.protocol === 'https:' ? https : http
    return proxy === null || exceptions.some((applies) => applies(url)) ? null : proxy
  }
}
