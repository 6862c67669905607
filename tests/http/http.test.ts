import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { RequestListener } from 'node:http'
import { gzipSync, brotliCompressSync, deflateRawSync, deflateSync } from 'node:zlib'
import type { HttpEvent, HttpOptions, Response } from '../../src/edge/http/http.ts'
import { patienceOf } from '../../src/edge/http/limits.ts'
import { clock, memory, inWords, testHttp } from '../support/http.ts'
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

function http(options: Partial<HttpOptions> = {}) {
  const made = testHttp(options)
  closing.unshift(() => made.close())
  return made
}

function text(response: Response): string {
  return response.kind === 'ok' ? new TextDecoder().decode(response.body) : response.kind
}

describe('a document', () => {
  test('comes with its type, validators and final address', async () => {
    const server = await started((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=gbk', etag: 'W/"a\u00e9"', 'last-modified': 'x' })
      response.end('早报')
    })
    const response = await http().get(`${server.origin}/a?b=c#d`)
    expect(response).toMatchObject({
      kind: 'ok',
      url: `${server.origin}/a?b=c`,
      permanentUrl: null,
      contentType: 'text/html; charset=gbk',
      validators: { etag: 'W/"a\u00e9"', lastModified: 'x' },
    })
    expect(text(response)).toBe('早报')
    expect(server.headers[0]).toMatchObject({
      'user-agent': 'zaobao-archiver/0.0 (+https://example.org/)',
      'accept-encoding': 'gzip, deflate, br',
    })
  })

  test('that did not change is not sent again', async () => {
    const server = await started((_request, response) => void response.writeHead(304).end())
    const validators = { etag: 'W/"a\u00e9"', lastModified: 'Thu, 15 Jan 2026 05:39:25 GMT' }
    const response = await http().get(server.origin, { validators })
    expect(response).toEqual({ kind: 'unchanged', url: `${server.origin}/`, permanentUrl: null, validators })
    expect(server.headers[0]).toMatchObject({
      'if-none-match': validators.etag,
      'if-modified-since': validators.lastModified,
    })
  })

  // As Apache does: the suffix is its module's that compresses, and its core knows nothing of it.
  test.each(['gzip', 'br'])(
    'that did not change and was compressed (%s) is not sent again by Apache',
    async (coding) => {
      const server = await started((request, response) => {
        const asked = (request.headers['if-none-match'] ?? '').split(', ')
        if (asked.includes('"5db-6617"')) response.writeHead(304, { etag: '"5db-6617"' }).end()
        else response.setHeader('etag', `"5db-6617-${coding}"`).end('page')
      })
      const validators = { etag: `"5db-6617-${coding}"`, lastModified: null }
      expect(await http().get(server.origin)).toMatchObject({ kind: 'ok', validators })
      expect(await http().get(server.origin, { validators })).toMatchObject({ kind: 'unchanged' })
      expect(server.headers[1]?.['if-none-match']).toBe(`"5db-6617-${coding}", "5db-6617"`)
    },
  )

  test.each([
    ['a suffix alone', '"-gzip"'],
    ['several', '"a", "b-gzip"'],
    ['a quote', '"a"b-gzip"'],
    ['no quotes', 'a-gzip'],
    ['4 kB', `"${'a'.repeat(4000)}-gzip"`],
  ])('with an ETag that Apache does not make (%s) is asked for by that one alone', async (_name, etag) => {
    const server = await started((_request, response) => void response.end('page'))
    await http().get(server.origin, { validators: { etag, lastModified: null } })
    expect(server.headers[0]?.['if-none-match']).toBe(etag)
  })

  const encodings: [string, (text: string) => Buffer][] = [
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['GZIP, identity', gzipSync],
    ['deflate, gzip', (body) => gzipSync(deflateSync(body))],
    ['gzip, deflate, br', (body) => brotliCompressSync(deflateRawSync(gzipSync(body)))],
  ]
  test.each(encodings)('in %s is inflated', async (encoding, encode) => {
    const body = '联合早报 '.repeat(50_000)
    const server = await started((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(encode(body))
    })
    expect(text(await http().get(server.origin))).toBe(body)
  })

  test('in encodings on several lines is inflated', async () => {
    const server = await started((_request, response) => {
      response.setHeader('content-encoding', ['deflate', 'gzip']).end(gzipSync(deflateSync('早报')))
    })
    expect(text(await http().get(server.origin))).toBe('早报')
  })

  test.each([
    ['zstd, which nobody asked for', 'zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x24, 1, 9, 0, 0, 0x78]), /by zstd/],
    ['zstd, whatever the header says', 'br', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x24, 1, 9, 0, 0, 0x78]), /br|zstd/],
    ['compress', 'compress', Buffer.from([0x1f, 0x9d, 0x90, 1, 2, 3]), /by compress/],
    ['four layers of gzip', 'gzip', gzipSync(gzipSync(gzipSync(gzipSync('x')))), /more than 3 times/],
  ])('in %s is refused in words', async (_name, encoding, body, words) => {
    const server = await started((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body)
    })
    const response = await http().get(server.origin)
    expect(inWords(response)).toMatchObject({
      kind: 'failed',
      reason: 'encoding',
      detail: expect.stringMatching(words),
    })
  })

  const page = `<!doctype html><p>${'陆港有限度通关。'.repeat(40)}`
  const inGbk = Buffer.from([0x3c, 0x70, 0x3e, ...Array.from({ length: 300 }, (_unused, at) => 0xb0 + (at % 60))])
  test.each([
    // What is no coding is none; browsers and curl read such a page.
    ...[
      'none',
      'None',
      'UTF-8',
      'utf8',
      'aws-chunked',
      'chunked',
      'binary',
      '8bit',
      'text/html',
      'null',
      'constructor',
    ],
    ...['', ' ', ',', ', ,', 'identity, none', '"none"'],
    // Announced, and not done.
    ...['gzip', 'GZip', 'x-gzip', 'deflate', 'br', 'gzip, gzip', 'br, gzip', 'gzip;q=1.0', 'compress', 'zstd'],
  ])('that says it is "%s" and is plain, is taken as it is', async (encoding) => {
    const bodies = [Buffer.from(page), Buffer.from('{"a":1}'), Buffer.from('User-agent: *\nDisallow:\n'), inGbk]
    const server = await started((request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(bodies[Number(request.url?.slice(1))])
    })
    const made = http()
    for (const [index, body] of bodies.entries()) {
      const response = await made.get(`${server.origin}/${index}`)
      expect(response.kind === 'ok' ? Buffer.from(response.body) : response).toEqual(body)
    }
  })

  // A header with a field, a file's name and a comment.
  const named = Buffer.from('\x1f\x8b\x08\x1c\0\0\0\0\0\x03\x02\0xxfeed.xml\0comment\0', 'latin1')
  test.each<[string, string | null, Buffer]>([
    ['gzip without a word', null, gzipSync(page)],
    ['gzip that says none', 'none', gzipSync(page)],
    ['gzip that says UTF-8', 'UTF-8', gzipSync(page)],
    ['a .gz file, its coding said twice', 'gzip', gzipSync(gzipSync(page))],
    ['gzip that says br', 'br', gzipSync(page)],
    ['gzip that says deflate', 'deflate', gzipSync(page)],
    ['gzip in quotes', '"gzip"', gzipSync(page)],
    ['gzip with a parameter', 'gzip;q=1.0', gzipSync(page)],
    ['zlib that says gzip', 'gzip', deflateSync(page)],
    ['one coding where two are said', 'deflate, gzip', deflateSync(page)],
    ['empty names', ', gzip,', gzipSync(page)],
    ['aws-chunked before gzip', 'aws-chunked, gzip', gzipSync(page)],
    ['several members', 'gzip', Buffer.concat([gzipSync(page.slice(0, 30)), gzipSync(page.slice(30))])],
    ['zeros behind it', 'gzip', Buffer.concat([gzipSync(page), Buffer.alloc(512)])],
    ['a name and words behind it', 'gzip', Buffer.concat([named, gzipSync(page).subarray(10), Buffer.from('\r\n')])],
    ['words behind it', 'gzip', Buffer.concat([gzipSync(page), Buffer.from('<!-- cached -->')])],
    ['words behind zlib', 'deflate', Buffer.concat([deflateSync(page), Buffer.from('<!-- cached -->')])],
  ])('in %s is inflated', async (_name, encoding, body) => {
    const server = await started((_request, response) => {
      response.writeHead(200, encoding === null ? {} : { 'content-encoding': encoding }).end(body)
    })
    expect(text(await http().get(server.origin))).toBe(page)
  })
})

test.each([
  [1_000, 10_000, 20_000],
  [30_000, 10_000, 20_000],
  [90_000, 30_000, 60_000],
])(
  'of %i ms that a request may take, a server may be silent for most',
  (timeoutMs, connectTimeoutMs, headersTimeoutMs) => {
    expect(patienceOf(timeoutMs)).toEqual({ connectTimeoutMs, headersTimeoutMs })
  },
)

describe('a status', () => {
  test.each([
    [404, 'missing', false, 1],
    [410, 'gone', false, 1],
    [403, 'status', true, 1],
    [408, 'status', true, 3],
    [202, 'status', true, 1],
    [500, 'status', true, 3],
    [502, 'status', true, 3],
  ] as const)('%i is %s', async (status, reason, retryable, requests) => {
    const server = await started((_request, response) => void response.writeHead(status).end('x'))
    expect(await http().get(server.origin)).toMatchObject({ kind: 'failed', reason, status, retryable })
    expect(server.requests).toHaveLength(requests)
  })

  test.each([
    [403, { 'cf-mitigated': 'challenge' }, 'Cloudflare'],
    [202, { 'x-amzn-waf-action': 'challenge' }, 'AWS WAF'],
    [405, { 'x-amzn-waf-action': 'captcha' }, 'AWS WAF'],
  ])('of a challenge (%i) says so, where its headers do', async (status, headers, guard) => {
    const server = await started((_request, response) => void response.writeHead(status, headers).end('x'))
    const answer = await http().get(server.origin)
    expect(inWords(answer)).toMatchObject({ reason: 'challenge', detail: `status ${status}, a challenge by ${guard}` })
  })

  test.each([429, 503])('%i stops the host, for this run and the next', async (status) => {
    const server = await started((_request, response) => {
      response.writeHead(status, { 'retry-after': '3600' }).end()
    })
    const time = clock()
    const until = time.now() + 3_600_000
    const kept = memory()
    const first = http({ ...time, memory: kept })
    expect(await first.get(server.origin)).toMatchObject({ reason: 'wait', status, notBefore: until })
    expect(await first.get(`${server.origin}/other`)).toMatchObject({ reason: 'wait', status: null, notBefore: until })
    await time.sleep(10_000)
    const second = http({ ...time, memory: kept })
    expect(await second.get(server.origin)).toMatchObject({ reason: 'wait', notBefore: until })
    expect(server.requests).toHaveLength(1)
  })
})

describe('a redirect', () => {
  test('is followed, and remembered where it is for good', async () => {
    const server = await started((request, response) => {
      const next = { '/a': [301, '/b'], '/b': [308, '/c'], '/c': [302, '/d'], '/d': [301, '/e'] }[request.url ?? '']
      if (next === undefined) response.end('there')
      else response.writeHead(next[0] as number, { location: next[1] as string }).end('moved')
    })
    expect(await http().get(`${server.origin}/a`)).toMatchObject({
      kind: 'ok',
      url: `${server.origin}/e`,
      permanentUrl: `${server.origin}/c`,
    })
  })
})

test('one connection serves one request after the other', async () => {
  const ports = new Set<number | undefined>()
  const server = await started((request, response) => {
    ports.add(request.socket.remotePort)
    const status = Number(request.url?.slice(1))
    response.writeHead(status, status === 304 ? {} : { 'content-length': '4' }).end(status === 304 ? '' : 'page')
  })
  const made = http()
  for (const status of [200, 404, 304, 200, 410, 200]) {
    await made.get(`${server.origin}/${status}`)
    await delay(50)
  }
  expect(server.requests).toHaveLength(6)
  expect(ports.size).toBe(1)
})

describe('a connection that its server closes while the next request is on its way', () => {
  /** Answers the first request of each of `connections`, and no other one. */
  async function closingServer(connections: number): Promise<string> {
    let taken = 0
    const server = await serveBytes((socket) => {
      taken += 1
      if (taken > connections) return void socket.destroy()
      socket.once('data', () => socket.destroy()).write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npage')
    })
    closing.push(() => server.close())
    return server.origin
  }

  test('costs no try', async () => {
    const origin = await closingServer(8)
    const faults: HttpEvent['fault'][] = []
    const made = http({ onEvent: ({ fault }) => faults.push(fault) })
    for (const path of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      expect(text(await made.get(`${origin}/${path}`))).toBe('page')
      await delay(20)
    }
    expect(faults).toEqual(Array(8).fill(null))
  })

  test('has the next turn count from when the request goes again, not from before', async () => {
    const origin = await closingServer(2)
    const marks: string[] = []
    const kept = memory()
    const setAsked: typeof kept.setAsked = (names, ms) => {
      marks.push(names[0] ?? '')
      kept.setAsked(names, ms)
    }
    const made = http({ memory: { ...kept, setAsked } })
    await made.get(origin)
    await delay(20)
    const before = marks.length
    await made.get(origin)
    // Its turn, the write that nobody read, another turn, the write by the new connection.
    expect(marks.length - before).toBe(4)
  })

  test('is followed by a new one in a turn of its own, and each is one of the run’s requests', async () => {
    const time = clock()
    const asked: number[] = []
    // It sees what it does not answer: no more than one request a second may come to it.
    const server = await serveBytes((socket) => {
      asked.push(time.now())
      socket.once('data', () => {
        asked.push(time.now())
        socket.destroy()
      })
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npage')
    })
    closing.push(() => server.close())
    const made = http({ ...time, requestBudget: 6 })
    const responses = []
    for (const path of ['a', 'b', 'c', 'd']) {
      responses.push(await made.get(`${server.origin}/${path}`))
      await delay(20)
    }
    expect(responses).toMatchObject([
      ...[{ kind: 'ok' }, { kind: 'ok' }, { kind: 'ok' }],
      // The last request of the run, which nobody need have seen.
      { reason: 'budget', unasked: true },
    ])
    expect(asked).toHaveLength(6)
    expect(asked.slice(1).every((ms, index) => ms - (asked[index] ?? 0) >= 1000)).toBe(true)
  })

  test('is a fault where a new one breaks, too', async () => {
    const origin = await closingServer(1)
    const faults: HttpEvent['fault'][] = []
    const made = http({ onEvent: ({ fault }) => faults.push(fault) })
    await made.get(origin)
    await delay(20)
    expect(await made.get(origin)).toMatchObject({ kind: 'failed', reason: 'reset' })
    expect(faults).toEqual([null, 'reset', 'reset', 'reset'])
  })
})
