import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type Socket, isIP } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import type { buildConnector } from 'undici'
import { withoutBrackets } from './address.ts'
import { basicCredentials, type Proxy } from './proxy.ts'
import { MAX_HEADER_BYTES } from './limits.ts'
import { WordedError } from '../../words/error.ts'
import { message } from '../../words/words.ts'
import { present } from '../../core/present.ts'

/** The proxy is at fault, not the site behind it. */
export class ProxyError extends WordedError {
  override readonly name = 'ProxyError'
  /** undici tries for ever to connect again where an error bears its own code for sockets: this is none of those. */
  readonly code = 'EPROXY'
}

/** What came between us and the proxy. */
export function unusable({ name }: Proxy, cause: unknown): ProxyError {
  return new ProxyError(message`${name} cannot be used`, { cause })
}

/** The proxy asks for credentials that it knows. */
export function refusing({ name }: Proxy): ProxyError {
  return new ProxyError(message`${name} wants other credentials`)
}

export interface Target {
  host: string
  port: number
}

/** Opens a way to `target` through the proxy. Rejects with a `ProxyError`. */
export type OpenTunnel = (proxy: Proxy, target: Target, timeoutMs: number) => Promise<Socket>

export function proxyHeaders({ url }: Proxy): Record<string, string> {
  return present({ 'proxy-authorization': basicCredentials(url) })
}

/** `CONNECT` (RFC 9110, 9.3.6). */
export const openHttpTunnel: OpenTunnel = (proxy, target, timeoutMs) =>
  new Promise((resolve, reject) => {
    const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`
    const { url, name } = proxy
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const request = send(url.origin, {
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyHeaders(proxy) },
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      timeout: timeoutMs,
    })
    request.once('timeout', () => request.destroy(new ProxyError(message`${name} does not answer in time`)))
    request.once('error', (error: Error) => {
      reject(error instanceof ProxyError ? error : unusable(proxy, error))
    })
    request.once('connect', (response, socket: Socket, head) => {
      const status = response.statusCode ?? 0
      if (status < 200 || status > 299) {
        socket.destroy()
        const opensNone = message`${name} opens no way to ${target.host} (status ${status})`
        reject(status === 407 ? refusing(proxy) : new ProxyError(opensNone))
        return
      }
      socket.setTimeout(0)
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    request.end()
  })

/** A connector for undici that reaches every origin by the way that `open` opens, by TLS of our own where the origin is https. */
export function tunnelConnector(open: OpenTunnel, proxy: Proxy, timeoutMs: number): buildConnector.connector {
  return (options, callback) => {
    const isSecure = options.protocol === 'https:'
    const host = withoutBrackets(options.hostname)
    const target = { host, port: Number(options.port || (isSecure ? 443 : 80)) }
    open(proxy, target, timeoutMs).then(
      (socket) => {
        if (!isSecure) return callback(null, socket)
        const servername = isIP(host) === 0 ? host : ''
        const secure = tlsConnect({ socket, host, servername, ALPNProtocols: ['http/1.1'] })
        const timer = setTimeout(
          () => secure.destroy(new ProxyError(message`no trusted connection in time`)),
          timeoutMs,
        )
        const onError = (error: Error): void => {
          clearTimeout(timer)
          callback(error, null)
        }
        secure.once('error', onError).once('secureConnect', () => {
          clearTimeout(timer)
          secure.off('error', onError)
          callback(null, secure)
        })
      },
      (error: unknown) => callback(error instanceof Error ? error : unusable(proxy, error), null),
    )
  }
}
