import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LookupAddress, lookup } from 'node:dns'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { once } from 'node:events'
import type { HttpOptions, Response } from '../../src/edge/http/http.ts'
import type { Request } from '../../src/edge/http/model.ts'
import { figure } from '../support/figures.ts'
import { inWords, testHttp } from '../support/http.ts'
import { serve } from '../support/server.ts'

/** Listens on every address of the machine and counts whoever connects. */
let canary: Server
let port = 0
let connections = 0

beforeAll(async () => {
  canary = createServer((socket) => {
    connections += 1
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbite')
  })
  canary.listen(0)
  await once(canary, 'listening')
  port = (canary.address() as AddressInfo).port
})

afterAll(() => void canary.close())

beforeEach(() => {
  connections = 0
})

async function get(
  url: string,
  options: Partial<HttpOptions> = {},
  request: Request = { userNamed: false },
): Promise<Response> {
  const http = testHttp({ allowPrivate: false, ...options })
  const response = await http.get(url, request)
  await http.close()
  return response
}

const NOTATIONS = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.000.000.001',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7F.1',
  '017700000001',
  '0177.0.0.1',
  '0177.0x0.0.1',
  '127.0.0.1.',
  '%31%32%37.0.0.1',
  '１２７.０.０.１',
  '127。0。0。1',
  '①②⑦.⓪.⓪.①',
  '127.127.127.127',
  '0.0.0.0',
  '0',
  '0x0',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:FFFF:127.0.0.1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'zaobao.localhost',
  'ｌｏｃａｌｈｏｓｔ',
]

describe('an address of this machine', () => {
  test('is one that the canary hears', async () => {
    expect(await get(`http://127.0.0.1:${port}/`, { allowPrivate: true })).toMatchObject({ kind: 'ok' })
    expect(connections).toBe(1)
  })

  test.each(NOTATIONS)('written %s is refused', async (notation) => {
    expect(await get(`http://${notation}:${port}/`)).toMatchObject({
      kind: 'failed',
      reason: 'refused-address',
      retryable: false,
    })
    expect(connections).toBe(0)
  })

  test.each(NOTATIONS)('written %s is refused behind a redirect', async (notation) => {
    // A proxy stands in for the public site: only so can a server on loopback be asked without lifting the guard.
    const site = await serve((_request, response) => {
      const location = Buffer.from(`http://${notation}:${port}/`).toString('latin1')
      response.writeHead(302, { location }).end()
    })
    const response = await get('http://news.example/feed', { env: { HTTP_PROXY: site.origin } })
    await site.close()
    expect(response).toMatchObject({ kind: 'failed', reason: 'refused-address' })
    expect(site.requests).toEqual(['GET http://news.example/feed'])
    expect(connections).toBe(0)
  })

  test('is not asked for a picture either, whose host may be any other', async () => {
    const site = await serve((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${port}/a.png` }).end()
    })
    const response = await get('http://cdn.example/a.png', { env: { HTTP_PROXY: site.origin } }, { shown: true })
    await site.close()
    expect(response).toMatchObject({ kind: 'failed', reason: 'refused-address' })
    expect(connections).toBe(0)
  })

  test('is not asked for robots.txt either, and the page not without it', async () => {
    const site = await serve((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${port}/robots.txt` }).end()
    })
    const response = await get('http://news.example/page', { env: { HTTP_PROXY: site.origin }, obeyRobots: true })
    await site.close()
    expect(response).toMatchObject({ kind: 'failed', reason: 'robots', retryable: true })
    expect(site.requests).toEqual(['GET http://news.example/robots.txt'])
    expect(connections).toBe(0)
  })

  test('figures', () => {
    figure('notations of a private address', `${NOTATIONS.length}, straight and behind a redirect, 0 connections`)
  })
})

/** Resolves as told, and counts. */
function resolver(names: Readonly<Record<string, string[]>>): { calls: string[]; lookup: typeof lookup } {
  const calls: string[] = []
  const resolve = (
    host: string,
    _options: object,
    done: (error: Error | null, found: LookupAddress[]) => void,
  ): void => {
    calls.push(host)
    const found = (names[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    done(null, found)
  }
  return { calls, lookup: resolve as unknown as typeof lookup }
}

describe('a name', () => {
  test.each([
    ['one', ['127.0.0.1']],
    ['several, one of them private', ['8.8.8.8', '127.0.0.1']],
    ['IPv6 alone', ['::1']],
    ['a mapped one', ['::ffff:127.0.0.1']],
    ['a translated one', ['64:ff9b::7f00:1']],
    ['a neighbour', ['192.168.0.1']],
    ['the metadata of a cloud', ['169.254.169.254']],
  ])('that resolves to a private address (%s) is refused', async (_name, addresses) => {
    const names = resolver({ 'news.example': addresses })
    const response = await get(`http://news.example:${port}/`, { lookup: names.lookup })
    // Another resolver, or this one tomorrow, may say otherwise.
    expect(response).toMatchObject({ kind: 'failed', reason: 'refused-address', retryable: true })
    expect(inWords(response)).toMatchObject({
      detail: `news.example resolves to ${addresses.at(-1)}, no public address; --allow-private lifts this`,
    })
    expect(names.calls).toEqual(['news.example'])
    expect(connections).toBe(0)
  })

  test('is resolved once for the check and the connection', async () => {
    const names = resolver({ 'news.example': ['127.0.0.1'] })
    const response = await get(`http://news.example:${port}/`, { lookup: names.lookup, allowPrivate: true })
    expect(response).toMatchObject({ kind: 'ok' })
    expect(names.calls).toEqual(['news.example'])
  })

  test('that nobody knows is told from other failures', async () => {
    const names = resolver({})
    expect(await get('http://nowhere.example/', { lookup: names.lookup })).toMatchObject({
      reason: 'dns',
      status: null,
    })
    expect(names.calls).toHaveLength(1)
  })
})

function allowHosts(host: string): boolean {
  return host === 'zaobao.com.sg'
}

describe('a host', () => {
  test.each([
    'https://evil.example/',
    'https://zaobao.com.sg.evil.example/',
    'https://zaobao.com.sg@evil.example/',
    'https://evilzaobao.com.sg/',
  ])('that is not allowed (%s) is not asked', async (url) => {
    const names = resolver({})
    expect(await get(url, { allowHosts, lookup: names.lookup })).toMatchObject({ reason: 'refused-host' })
    expect(names.calls).toEqual([])
  })

  test.each(['https://zaobao.com.sg/', 'https://ZAOBAO.com.sg./', 'https://evil.example@zaobao.com.sg/'])(
    'that is allowed (%s) is looked up',
    async (url) => {
      const names = resolver({})
      expect(await get(url, { allowHosts, lookup: names.lookup })).toMatchObject({ reason: 'dns' })
      expect(names.calls).toHaveLength(1)
    },
  )

  test('that the user named is allowed, and where it leads, but for what is private', async () => {
    const site = await serve((request, response) => {
      const next: Readonly<Record<string, string>> = {
        'http://feeds.example/a': 'http://www.feeds.example/b',
        'http://www.feeds.example/b': 'http://moved.example/c',
        'http://moved.example/c': 'http://127.0.0.1/d',
      }
      response.writeHead(302, { location: next[request.url ?? ''] ?? '/' }).end()
    })
    const env = { http_proxy: site.origin }
    expect(await get('http://feeds.example/a', { allowHosts, env }, { userNamed: true })).toMatchObject({
      reason: 'refused-address',
    })
    expect(site.requests).toEqual([
      'GET http://feeds.example/a',
      'GET http://www.feeds.example/b',
      'GET http://moved.example/c',
    ])
    expect(await get('http://feeds.example/a', { allowHosts, env })).toMatchObject({ reason: 'refused-host' })
    await site.close()
    expect(site.requests).toHaveLength(3)
  })
})

describe('what a page shows', () => {
  const show = async (url: string, env: Record<string, string>): Promise<Response> => {
    const http = testHttp({ allowPrivate: false, allowHosts, env })
    const response = await http.get(url, { shown: true })
    await http.close()
    return response
  }

  test('is asked for at any public host, and at no other, behind a redirect neither', async () => {
    const site = await serve((request, response) => {
      const next: Readonly<Record<string, string>> = {
        'http://pictures.example/moved.png': 'http://elsewhere.example/p.png',
        'http://pictures.example/led.png': `http://127.0.0.1:${port}/p.png`,
        'http://pictures.example/at-home.png': 'http://printer.local/p.png',
      }
      const location = next[request.url ?? '']
      response.writeHead(location === undefined ? 200 : 302, { location: location ?? '' }).end('picture')
    })
    const env = { HTTP_PROXY: site.origin }
    expect(await show('http://pictures.example/moved.png', env)).toMatchObject({ kind: 'ok' })
    for (const name of ['led', 'at-home'])
      expect(await show(`http://pictures.example/${name}.png`, env)).toMatchObject({ reason: 'refused-address' })
    expect(await show(`http://127.0.0.1:${port}/p.png`, {})).toMatchObject({ reason: 'refused-address' })
    await site.close()
    expect(connections).toBe(0)
  })

  test('and is refused leaves its server as it is', async () => {
    const site = await serve((request, response) => {
      response.writeHead(request.url === '/page' ? 200 : 403).end('page')
    })
    const http = testHttp()
    for (const n of [1, 2, 3, 4])
      expect(await http.get(`${site.origin}/${n}.png`, { shown: true })).toMatchObject({ reason: 'status' })
    expect(await http.get(`${site.origin}/page`)).toMatchObject({ kind: 'ok' })
    await http.close()
    await site.close()
  })
})

describe('an address', () => {
  test.each([
    'ftp://zaobao.com.sg/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    'gopher://x/',
    'x',
    '',
  ])('that is no web address (%s) is refused', async (url) => {
    expect(await get(url)).toMatchObject({ kind: 'failed', reason: 'bad-url', retryable: false })
  })

  test('of another scheme is refused behind a redirect', async () => {
    const site = await serve(
      (_request, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    )
    const response = await get('http://news.example/', { env: { HTTP_PROXY: site.origin } })
    await site.close()
    expect(response).toMatchObject({ kind: 'failed', reason: 'bad-url' })
  })

  test.each(['localhost', 'intranet', 'printer.local', 'metadata.google.internal', '10.0.0.1', '[fd00::1]'])(
    'that a proxy would resolve at home (%s) is refused',
    async (host) => {
      const proxy = await serve((_request, response) => void response.end('secret'))
      const response = await get(`http://${host}/`, { env: { HTTP_PROXY: proxy.origin } })
      await proxy.close()
      expect(response).toMatchObject({ reason: 'refused-address' })
      expect(proxy.requests).toEqual([])
    },
  )
})
