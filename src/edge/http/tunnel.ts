import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type Socket, isIP } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import type { buildConnector } from 'undici'
import { basicCredentials } from './proxy.ts'
import { MAX_HEADER_BYTES } from './limits.ts'
import { WordedError } from '../../words/error.ts'
import { type Message, message } from '../../words/words.ts'

/** The proxy is at fault, not the site behind it. */
export class ProxyError extends WordedError {
  override readonly name = 'ProxyError'
  /** undici tries for ever to connect again where an error bears its own code for sockets: this is none of those. */
  readonly code = 'EPROXY'
  /** The message of the proxy that is named. */
  readonly of: (proxy: Message) => Message

  constructor(of: (proxy: Message) => Message, options?: ErrorOptions) {
    super(of(message`the proxy`), options)
    this.of = of
  }
}

/** What came between us and the proxy. */
export function unusable(cause: unknown): ProxyError {
  return new ProxyError((name) => message`${name} cannot be used`, { cause })
}

export interface Target {
  host: string
  port: number
}

/** Opens a way to `target` through the proxy. Rejects with a `ProxyError`. */
export type OpenTunnel = (proxy: URL, target: Target, timeoutMs: number) => Promise<Socket>

export function proxyHeaders(proxy: URL): Record<string, string> {
  const credentials = basicCredentials(proxy)
  return credentials === null ? {} : { 'proxy-authorization': credentials }
}

/** `CONNECT` (RFC 9110, 9.3.6). */
export const openHttpTunnel: OpenTunnel = (proxy, target, timeoutMs) =>
  new Promise((resolve, reject) => {
    const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`
    const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest
    const request = send(proxy.origin, {
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyHeaders(proxy) },
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      timeout: timeoutMs,
    })
    request.once('timeout', () => request.destroy(new ProxyError((name) => message`${name} does not answer in time`)))
    request.once('error', (error: Error) => {
      reject(error instanceof ProxyError ? error : unusable(error))
    })
    request.once('connect', (response, socket: Socket, head) => {
      const status = response.statusCode ?? 0
      if (status < 200 || status > 299) {
        socket.destroy()
        const why = (name: Message): Message =>
          status === 407
            ? message`${name} wants other credentials`
            : message`${name} opens no way to ${target.host} (status ${status})`
        reject(new ProxyError(why))
        return
      }
      socket.setTimeout(0)
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    request.end()
  })

/** A connector for undici that reaches every origin by the way that `open` opens, by TLS of our own where the origin is https. */
export function tunnelConnector(open: OpenTunnel, proxy: URL, timeoutMs: number): buildConnector.connector {
  return (options, callback) => {
    const isSecure = options.protocol === 'https:'
    const host = options.hostname.replace(/^\[(.*)\]$/, '$1')
    const target = { host, port: Number(options.port || (isSecure ? 443 : 80)) }
    open(proxy, target, timeoutMs).then(
      (socket) => {
        if (!isSecure) return callback(null, socket)
        const servername = isIP(host) === 0 ? host : ''
        const secure = tlsConnect({ socket, host, servername, ALPNProtocols: ['http/1.1'] })
        const timer = setTimeout(
          () => secure.destroy(new ProxyError(() => message`no trusted connection in time`)),
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
      (error: unknown) => callback(error instanceof Error ? error : unusable(error), null),
    )
  }
}
