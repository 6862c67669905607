import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import { createBrotliCompress, createDeflate, createDeflateRaw, createGzip, gzipSync } from 'node:zlib'
import type { Transform } from 'node:stream'
import { type Child, bundleChild } from '../support/child.ts'
import { expectWithin } from '../support/cost.ts'
import { figure } from '../support/figures.ts'
import { inflateBody } from '../../src/edge/http/inflate.ts'
import { testHttp } from '../support/http.ts'
import { type TestServer, serve, serveBytes } from '../support/server.ts'

const MIB = 1024 * 1024

/** Zeros, compressed without ever holding them all. */
async function bomb(encoder: Transform, mib: number): Promise<Buffer> {
  const parts: Buffer[] = []
  encoder.on('data', (part: Buffer) => parts.push(part))
  const block = Buffer.alloc(MIB)
  for (let written = 0; written < mib; written += 1) {
    await new Promise<void>((resolve) => void encoder.write(block, () => resolve()))
  }
  await new Promise<void>((resolve) => void encoder.once('end', resolve).end())
  return Buffer.concat(parts)
}

describe('a small body that becomes 200 MiB', () => {
  const bodies = new Map<string, { encoding: string; body: Buffer }>()
  let server: TestServer
  let child: Child

  beforeAll(async () => {
    const gzip = await bomb(createGzip(), 200)
    bodies.set('/gzip', { encoding: 'gzip', body: gzip })
    bodies.set('/deflate', { encoding: 'deflate', body: await bomb(createDeflate(), 200) })
    bodies.set('/deflate-raw', { encoding: 'deflate', body: await bomb(createDeflateRaw(), 200) })
    bodies.set('/br', { encoding: 'br', body: await bomb(createBrotliCompress({ params: { 1: 4 } }), 200) })
    bodies.set('/gzip-gzip', { encoding: 'gzip, gzip', body: gzipSync(gzip) })
    // Empty archives one after the other: nothing comes out in the end, but 64 MiB in between.
    const empty = gzipSync('')
    const inner = Buffer.alloc(64 * MIB - ((64 * MIB) % empty.length), empty)
    bodies.set('/inner', { encoding: 'gzip, gzip', body: gzipSync(inner) })
    server = await serve((request, response) => {
      const { encoding = '', body = Buffer.alloc(0) } = bodies.get(request.url ?? '') ?? {}
      response.writeHead(200, { 'content-encoding': encoding }).end(body)
    })
    child = await bundleChild()
  })

  afterAll(async () => {
    await server.close()
  })

  test.each(['gzip', 'deflate', 'deflate-raw', 'br', 'gzip-gzip'])(
    'in %s is refused in time and space',
    async (name) => {
      const { responses, cpuMs, peakMb } = await child.get({ urls: [`${server.origin}/${name}`] })
      figure(
        `${name}, ${bodies.get(`/${name}`)?.body.length} bytes`,
        `${cpuMs} ms of the processor, ${peakMb} MB at most`,
      )
      expect(responses).toMatchObject([{ kind: 'failed', reason: 'too-large' }])
      expect(cpuMs).toBeLessThan(2000)
      expect(peakMb).toBeLessThan(300)
    },
  )

  test('between two encodings is refused as well', async () => {
    const { responses, peakMb } = await child.get({ urls: [`${server.origin}/inner`] })
    expect(responses).toMatchObject([{ kind: 'failed', reason: 'too-large' }])
    expect(peakMb).toBeLessThan(300)
  })

  test('is read whole by whoever allows it', async () => {
    const http = testHttp({ maxBytes: 200 * MIB })
    const response = await http.get(`${server.origin}/gzip`)
    const short = await http.get(`${server.origin}/gzip`, { maxBytes: 200 * MIB - 1 })
    await http.close()
    expect(response.kind === 'ok' ? createHash('sha256').update(response.body).digest('hex') : response).toBe(
      createHash('sha256')
        .update(Buffer.alloc(200 * MIB))
        .digest('hex'),
    )
    expect(short).toMatchObject({ kind: 'failed', reason: 'too-large' })
  })
})

function head(length: number): string {
  return `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${length}\r\n\r\n`
}

describe('a body that is not whole', () => {
  const zipped = gzipSync('早报'.repeat(10_000))
  const half = zipped.subarray(0, zipped.length / 2)

  test.each([
    ['less than Content-Length says', [Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')]],
    ['chunks without an end', [Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n')]],
    ['a chunk cut short', [Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\nhalf')]],
    ['half a gzip, all of its length', [Buffer.from(head(half.length)), half]],
    ['half a gzip, half of its length', [Buffer.from(head(zipped.length)), half]],
    ['half a gzip that says UTF-8', [Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: UTF-8\r\n\r\n'), half]],
    ['a gzip file, half of it', [Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: application/gzip\r\n\r\n'), half]],
    [
      'a gzip without its last byte',
      [Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n'), zipped.subarray(0, -1)],
    ],
    ['half a gzip, no length', [Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n'), half]],
  ])('(%s) is never taken for whole', async (_name, parts) => {
    const server = await serveBytes((socket) => socket.end(Buffer.concat(parts)))
    const http = testHttp()
    const response = await http.get(server.origin)
    await http.close()
    await server.close()
    expect(response).toMatchObject({ kind: 'failed', reason: 'truncated', retryable: true })
  })

  test.each([
    ['no brotli at all', 'br', Buffer.from([0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])],
    ['no deflate at all', 'deflate', Buffer.from([0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])],
    ['a broken gzip', 'gzip', Buffer.from(zipped).fill(0x55, 40, 60)],
    ['a broken gzip that says nothing', 'none', Buffer.from(zipped).fill(0x55, 40, 60)],
    ['another checksum', 'gzip', Buffer.from(zipped).fill(0x55, zipped.length - 8)],
  ])('(%s) is refused', async (_name, encoding, body) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body)
    })
    const http = testHttp()
    const response = await http.get(server.origin)
    await http.close()
    await server.close()
    expect(response).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/^(?:encoding|truncated)$/) })
  })

  test('but empty is empty, whatever its encoding', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '0' }).end()
    })
    const http = testHttp()
    const response = await http.get(server.origin)
    await http.close()
    await server.close()
    expect(response).toMatchObject({ kind: 'ok', body: new Uint8Array() })
  })
})

describe('gzip of several members', () => {
  const page = Buffer.from(`<p>${'渡轮准时离岸。'.repeat(40)}</p>`)
  const members = [page.subarray(0, 100), Buffer.alloc(0), page.subarray(100, 300), page.subarray(300)].map((part) =>
    gzipSync(part),
  )
  test.each([
    ['with nothing behind them', Buffer.alloc(0)],
    ['with zeros behind them', Buffer.alloc(512)],
    ['with text behind them', Buffer.from('<!-- cached 2026-11-22 -->')],
    ['with what begins as a member does behind them', Buffer.from([0x1f, 0x8b, 0x08, 0xff, 1, 2, 3])],
  ])('is read whole: %s', async (_name, rest) => {
    const outcome = await inflateBody(Buffer.concat([...members, rest]), 'gzip', { maxBytes: 10_000, overflow: 'fail' })
    expect('body' in outcome ? Buffer.from(outcome.body) : outcome).toEqual(page)
  })

  test('is a fault where a member is cut or broken', async () => {
    const whole = Buffer.concat(members)
    const broken = Buffer.from(whole)
    broken[broken.length - 6]! ^= 1
    for (const body of [whole.subarray(0, -3), broken, Buffer.concat([broken, Buffer.from('rest')])])
      expect(await inflateBody(body, 'gzip', { maxBytes: 10_000, overflow: 'fail' })).toHaveProperty('fault')
  })

  test('ends in time, however many there are', async () => {
    const empty = gzipSync('')
    const body = Buffer.concat([...Array.from({ length: 200_000 }, () => empty), Buffer.from('rest')])
    const ms = await expectWithin(5000, () => inflateBody(body, 'gzip', { maxBytes: 10_000, overflow: 'fail' }))
    figure('200,000 empty members and a rest', `${ms} ms of the processor`)
  })
})
