import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { sha256 } from '../../core/hash.ts'
import type { ReaderResponse, ReaderRequest } from '../../core/reader/answer.ts'
import { shownText } from '../../core/text/printable.ts'
import { UsageError } from '../../errors.ts'
import { message } from '../../words/words.ts'

const compress = promisify(gzip)

/** Smaller answers fit one packet as they are. */
const LEAST_COMPRESSED = 1_000

interface Listening {
  port: number
  /** Resolves when the signal was aborted, and every connection is closed. */
  closed: Promise<void>
}

/**
 * Answers HTTP until the signal is aborted. Throws `UsageError` where nothing can listen there. `fail` is told of what went wrong
 * with a request, which is answered 500.
 */
export async function listen(
  answer: (asked: ReaderRequest) => Promise<ReaderResponse>,
  { host, port, signal, fail }: { host: string; port: number; signal: AbortSignal; fail: (error: unknown) => void },
): Promise<Listening> {
  const server = createServer((request, response) => {
    respond(request, response, answer).catch((error: unknown) => {
      fail(error)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end()
    })
  })
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw refusal(error, host, port)
  }
  const closed = once(server, 'close').then(() => undefined)
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  if (signal.aborted) close()
  else signal.addEventListener('abort', close, { once: true })
  return { port: (server.address() as AddressInfo).port, closed }
}

function refusal(error: unknown, address: string, port: number): UsageError {
  const { code = '' } = error as NodeJS.ErrnoException
  const host = shownText(address)
  if (code === 'EADDRINUSE')
    return new UsageError(message`port ${port} of ${host} is in use; another --port, or 0 for one that is free`)
  if (code === 'EACCES') return new UsageError(message`port ${port} may not be listened at; choose one above 1023`)
  return new UsageError(message`nothing can listen at ${host} (${code}); --host is an address of this machine`)
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (asked: ReaderRequest) => Promise<ReaderResponse>,
): Promise<void> {
  const { method = '', url: target = '', headers: given } = request
  // What is sent along is not read.
  request.resume()
  const { status, headers, body } = await answer({ method, target, headers: given as ReaderRequest['headers'] })
  const whole = typeof body === 'string' ? Buffer.from(body) : body
  const isText = typeof body === 'string' && whole.length >= LEAST_COMPRESSED
  const isPacked = isText && /\bgzip\b/.test(given['accept-encoding'] ?? '')
  const tag = `"${sha256(whole, 'base64url').slice(0, 22)}${isPacked ? '-z' : ''}"`
  const vary = [headers['vary'], ...(isText ? ['accept-encoding'] : [])].filter((name) => name !== undefined).join(', ')
  const head = { 'cache-control': 'private, no-cache', ...headers, ...(vary === '' ? {} : { vary }), etag: tag }
  const known = (given['if-none-match'] ?? '').split(/\s*,\s*/)
  // Proxies that pack an answer themselves call its tag a weak one (RFC 9110, 13.1.2).
  if (status === 200 && ['*', tag, `W/${tag}`].some((one) => known.includes(one))) {
    response.writeHead(304, head).end()
    return
  }
  const sent = isPacked ? await compress(whole) : whole
  const encoding = isPacked ? { 'content-encoding': 'gzip' } : {}
  response.writeHead(status, { ...head, ...encoding, 'content-length': sent.length })
  response.end(method === 'HEAD' ? undefined : sent)
}

/** The address at which other machines reach this one; this machine's own where there is none. */
export function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1'
}
