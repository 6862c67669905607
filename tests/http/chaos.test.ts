import * as fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { setTimeout as delay } from 'node:timers/promises'
import type { RequestListener } from 'node:http'
import { type AddressInfo, type Socket, createServer } from 'node:net'
import type { HttpOptions } from '../../src/edge/http/http.ts'
import { figure } from '../support/figures.ts'
import { testHttp } from '../support/http.ts'
import { type TestServer, serve, serveBytes } from '../support/server.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function started(listener: RequestListener): Promise<TestServer> {
  const server = await serve(listener)
  closing.push(() => server.close())
  return server
}

async function talking(talk: (socket: Socket) => void): Promise<string> {
  const server = await serveBytes(talk)
  closing.push(() => server.close())
  return server.origin
}

function http(options: Partial<HttpOptions> = {}) {
  const made = testHttp(options)
  closing.unshift(() => made.close())
  return made
}

async function timed<Value>(work: Promise<Value>): Promise<[Value, number]> {
  const begun = performance.now()
  return [await work, Math.round(performance.now() - begun)]
}

/** Sends `bytes` one by one, for ever when they are over. */
function drip(bytes: string): (socket: Socket) => void {
  return (socket) => {
    let sent = 0
    const timer = setInterval(() => {
      socket.write(bytes[sent] ?? 'x')
      sent += 1
    }, 50)
    socket.on('close', () => clearInterval(timer))
  }
}

describe('a slow answer is ended by the deadline', () => {
  test.each([
    ['a body byte by byte', drip.bind(null, 'HTTP/1.1 200 OK\r\n\r\n')],
    ['headers byte by byte', drip.bind(null, `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(10_000)}`)],
    ['nothing at all', () => () => undefined],
    ['interim answers for ever', () => (socket: Socket) => endless(socket, 'HTTP/1.1 102 Processing\r\n\r\n')],
    ['half a body', () => (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx')],
  ])('%s', async (name, talk) => {
    const origin = await talking(talk())
    const [response, ms] = await timed(http({ timeoutMs: 1500 }).get(origin))
    figure(`${name}, deadline of 1500 ms`, `ended after ${ms} ms`)
    expect(response).toMatchObject({ kind: 'failed', reason: 'timeout', retryable: true })
    expect(ms).toBeGreaterThanOrEqual(1400)
  })

  test('redirects and retries are under the same deadline', async () => {
    const server = await started(async (request, response) => {
      await delay(400)
      response.writeHead(302, { location: `${request.url}x` }).end()
    })
    expect(await http({ timeoutMs: 1000, maxRedirects: 20 }).get(server.origin)).toMatchObject({ reason: 'timeout' })
    expect(server.requests.length).toBeLessThanOrEqual(3)
  })

  test('headers have one of their own', async () => {
    const origin = await talking(() => undefined)
    // The other deadline is beyond the test's own.
    const response = await http({ timeoutMs: 600_000, headersTimeoutMs: 500 }).get(origin)
    expect(response).toMatchObject({ reason: 'timeout' })
  })
})

function endless(socket: Socket, block: string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(block));
  }
  socket.on('drain', more)
  more()
}

describe('an answer without end', () => {
  test('in its body is cut', async () => {
    const origin = await talking((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      endless(socket, 'x'.repeat(65_536))
    })
    const [response, ms] = await timed(http().get(origin))
    figure('a body without end', `refused after ${ms} ms`)
    expect(response).toMatchObject({ reason: 'too-large' })
  })

  test('in its headers is cut', async () => {
    const origin = await talking((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      endless(socket, `x: ${'y'.repeat(1000)}\r\n`)
    })
    const [response, ms] = await timed(http().get(origin))
    figure('headers without end', `refused after ${ms} ms`)
    expect(response).toMatchObject({ reason: 'headers' })
  })

  test('under a status that has no document is not read', async () => {
    const origin = await talking((socket) => {
      socket.write('HTTP/1.1 404 Not Found\r\n\r\n')
      endless(socket, 'x'.repeat(65_536))
    })
    expect(await http({ timeoutMs: 600_000 }).get(origin)).toMatchObject({ reason: 'missing', status: 404 })
  })
})

describe('redirects', () => {
  test.each([
    ['a loop of one', () => '/'],
    ['a loop of two', (url: string) => (url === '/a' ? '/b' : '/a')],
    ['a chain without end', (url: string) => `${url}x`],
  ])('in %s are ended', async (name, next) => {
    const server = await started((request, response) => {
      response.writeHead(302, { location: next(request.url ?? '') }).end()
    })
    expect(await http().get(server.origin)).toMatchObject({ reason: 'redirects' })
    figure(`redirects in ${name}`, `${server.requests.length} requests`)
    expect(server.requests).toHaveLength(6)
  })

  test.each([undefined, '', 'http://', 'https://[::1', '//'])('to nowhere (%s) are an end', async (location) => {
    const server = await started((_request, response) => {
      response.writeHead(302, location === undefined ? {} : { location }).end()
    })
    expect(await http().get(server.origin)).toMatchObject({ reason: 'redirects', status: 302 })
  })

  test('may be written in UTF-8', async () => {
    const server = await started((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: Buffer.from('/早报').toString('latin1') }).end()
      else response.end('page')
    })
    expect(await http().get(server.origin)).toMatchObject({ url: `${server.origin}/%E6%97%A9%E6%8A%A5` })
  })

  test('carry no credentials that a page has in the address of a picture', async () => {
    const server = await started((_request, response) => void response.end('picture'))
    await http().get(server.origin.replace('//', '//me:secret@'), { shown: true })
    expect(server.headers.map((headers) => headers.authorization)).toEqual([undefined])
  })

  test('carry credentials to no other origin', async () => {
    const other = await started((_request, response) => void response.end('page'))
    const server = await started((request, response) => {
      const location = request.url === '/a' ? '/b' : other.origin.replace('//', '//thief:x@')
      response.writeHead(302, { location }).end()
    })
    const response = await http().get(`${server.origin.replace('//', '//me:s%20cret@')}/a`)
    const basic = `Basic ${Buffer.from('me:s cret').toString('base64')}`
    expect(server.headers.map((headers) => headers.authorization)).toEqual([basic, basic])
    expect(other.headers.map((headers) => headers.authorization)).toEqual([undefined])
    expect(response).toMatchObject({ kind: 'ok', url: `${other.origin}/` })
  })
})

describe('a server that hangs up at once', () => {
  test.each(['http', 'https'])('is tried three times and no more (%s)', async (scheme) => {
    let connections = 0
    const server = createServer((socket) => {
      connections += 1
      socket.destroy()
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise((resolve) => void server.close(() => resolve())))
    const { port } = server.address() as AddressInfo
    expect(await http().get(`${scheme}://127.0.0.1:${port}/`)).toMatchObject({ reason: 'reset', retryable: true })
    figure(`a server that hangs up (${scheme})`, `${connections} connections`)
    expect(connections).toBe(3)
  })
})

describe('what is no HTTP', () => {
  test.each([
    ['a banner', 'SSH-2.0-OpenSSH_9\r\n'],
    ['nothing', ''],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    ['a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nxx'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a chunk of no size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['an upgrade', 'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
    ['a null in a header', 'HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n'],
  ])('(%s) is a failure, no more', async (_name, bytes) => {
    const origin = await talking((socket) => void socket.end(bytes))
    expect(await http({ timeoutMs: 3000 }).get(origin)).toMatchObject({ kind: 'failed', retryable: true })
  })

  test('is answered whatever it is', async () => {
    let answer = Buffer.alloc(0)
    const origin = await talking((socket) => void socket.end(answer))
    const made = http({ timeoutMs: 2000 })
    const piece = fc.oneof(
      fc.constantFrom(
        'HTTP/1.1 200 OK\r\n',
        'HTTP/1.1 301 x\r\nlocation: ',
        'content-encoding: gzip\r\n',
        '\r\n',
        '\r\n\r\n',
      ),
      fc.constantFrom(
        'content-length: 5\r\n',
        'transfer-encoding: chunked\r\n',
        '5\r\nhello\r\n',
        '0\r\n\r\n',
        'etag: ',
      ),
      fc.string({ unit: 'binary' }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        answer = Buffer.from(pieces.join(''))
        const response = await made.get(origin, { userNamed: true })
        expect(['ok', 'failed']).toContain(response.kind)
      }),
      { numRuns: 300 },
    )
  })
})

test('a request that was given up before there was a connection is never sent', async () => {
  const server = await started((_request, response) => void response.end('page'))
  const slowly = ((_host: string, _options: object, done: (error: null, found: object[]) => void) => {
    setTimeout(() => done(null, [{ address: '127.0.0.1', family: 4 }]), 600)
  }) as unknown as NonNullable<HttpOptions['lookup']>
  const made = http({ lookup: slowly, timeoutMs: 300 })
  expect(await made.get(`http://slow.example:${server.port}/`)).toMatchObject({ reason: 'timeout' })
  await delay(800)
  expect(server.requests).toEqual([])
})

test('forty requests under way at the same time are nothing to warn of', async () => {
  const warnings: string[] = []
  const onWarning = (warning: Error): void => void warnings.push(warning.message)
  process.on('warning', onWarning)
  const server = await started((_request, response) => void setTimeout(() => response.end('page'), 200))
  const made = http({ rate: { count: 1000, perMs: 1 } })
  await Promise.all(Array.from({ length: 40 }, (_unused, index) => made.get(`${server.origin}/${index}`)))
  await delay(50)
  process.off('warning', onWarning)
  expect(server.requests).toHaveLength(40)
  expect(warnings).toEqual([])
})

test('the signal ends a request in the middle', async () => {
  const origin = await talking(drip('HTTP/1.1 200 OK\r\n\r\n'))
  const stop = new AbortController()
  const made = http({ signal: stop.signal })
  const response = made.get(origin)
  setTimeout(() => stop.abort(new Error('stopped')), 300)
  await expect(response).rejects.toThrow('stopped')
  await expect(made.get(origin)).rejects.toThrow('stopped')
})

test('what a server says reaches nobody with control characters in it', async () => {
  const server = await started((_request, response) => {
    response.writeHead(302, { location: 'http://\u001b[2J'.replace('\u001b', '%1b') }).end()
  })
  const events: string[] = []
  const made = http({ onEvent: (event) => void events.push(event.url) })
  const response = await made.get(`${server.origin.replace('//', '//me:secret@')}/?key=secret`)
  expect(JSON.stringify([response, events])).not.toMatch(/secret|\\u001b/)
  expect(events).toHaveLength(1)
})
