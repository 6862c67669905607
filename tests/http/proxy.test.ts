import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chooseProxy } from '../../src/edge/http/proxy.ts'
import { UsageError } from '../../src/errors.ts'
import { type Child, bundleChild } from '../support/child.ts'
import { testHttp, inWords } from '../support/http.ts'
import {
  type TestCertificate,
  type TestServer,
  makeCertificate,
  pages,
  serve,
  serveBytes,
  serveProxy,
} from '../support/server.ts'

describe('the proxy for a URL', () => {
  test.each([
    ['nothing set', {}, 'https://zaobao.com/', null],
    ['https', { HTTPS_PROXY: 'http://p:1' }, 'https://zaobao.com/', 'http://p:1/'],
    ['https alone', { HTTPS_PROXY: 'http://p:1' }, 'http://rss.example/', null],
    ['http', { http_proxy: 'http://p:1' }, 'http://rss.example/', 'http://p:1/'],
    ['lower case first', { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, 'https://x.example/', 'http://a:1/'],
    ['empty means none', { https_proxy: '', HTTPS_PROXY: 'http://b:1' }, 'https://x.example/', null],
    ['all', { ALL_PROXY: 'http://p:1' }, 'https://x.example/', 'http://p:1/'],
    ['all, after the special one', { ALL_PROXY: 'http://p:1', HTTPS_PROXY: 'http://q:1' }, 'https://x/', 'http://q:1/'],
    ['without a scheme', { HTTPS_PROXY: 'p.example:3128' }, 'https://x.example/', 'http://p.example:3128/'],
    ['excepted', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example,zaobao.com' }, 'https://zaobao.com/', null],
    ['excepted subdomain', { HTTPS_PROXY: 'http://p:1', no_proxy: '.zaobao.com' }, 'https://www.zaobao.com/', null],
    ['excepted by star', { HTTPS_PROXY: 'http://p:1', no_proxy: '*.zaobao.com' }, 'https://www.zaobao.com/', null],
    ['not excepted', { HTTPS_PROXY: 'http://p:1', no_proxy: 'zaobao.com' }, 'https://evilzaobao.com/', 'http://p:1/'],
    ['everything excepted', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, 'https://zaobao.com/', null],
    ['excepted port', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'x.example:8443' }, 'https://x.example:8443/', null],
    ['another port', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'x.example:8443' }, 'https://x.example/', 'http://p:1/'],
    [
      'excepted address',
      { HTTP_PROXY: 'http://p:1', NO_PROXY: 'localhost 127.0.0.1 ::1' },
      'http://127.0.0.1:8/',
      null,
    ],
    ['excepted network', { HTTP_PROXY: 'http://p:1', NO_PROXY: 'x,192.168.0.0/16' }, 'http://192.168.1.5:1200/', null],
    ['another network', { HTTP_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, 'http://192.168.1.5/', 'http://p:1/'],
    ['a network, a name', { HTTP_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, 'http://x.example/', 'http://p:1/'],
    ['no network', { HTTP_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/64' }, 'http://10.0.0.1/', 'http://p:1/'],
    ['excepted IPv6 network', { HTTP_PROXY: 'http://p:1', NO_PROXY: 'fd00::/8' }, 'http://[fd12::1]/', null],
    ['excepted with a final dot', { HTTP_PROXY: 'http://p:1', NO_PROXY: 'x.example' }, 'http://x.example./', null],
    ['excepted IPv6', { HTTP_PROXY: 'http://p:1', NO_PROXY: '[::1]:8' }, 'http://[::1]:8/', null],
  ])('%s', (_name, env, url, expected) => {
    expect(chooseProxy(env)(new URL(url))?.url.href ?? null).toBe(expected)
  })

  test.each([
    ['HTTPS_PROXY', 'socks4://me:secret@p.example:1'],
    ['ALL_PROXY', 'socks5://me:secret@'],
    ['HTTP_PROXY', 'http://me:secret@:80:80'],
    ['HTTPS_PROXY', 'ftp://me:secret@p.example'],
  ])('%s=%s is refused in a line that tells no secret', (name, value) => {
    const attempt = (): unknown => chooseProxy({ [name]: value })
    expect(attempt).toThrow(UsageError)
    expect(attempt).toThrow(name)
    expect(attempt).not.toThrow(/secret|me:/)
  })
})

describe('a proxy for plain http', () => {
  let proxy: TestServer

  afterEach(() => proxy.close())

  test('is asked with the whole URL and its own credentials', async () => {
    proxy = await serve((_request, response) => void response.writeHead(200, { etag: '"x"' }).end('by proxy'))
    const http = testHttp({ env: { HTTP_PROXY: proxy.origin.replace('//', '//me:s%40cret@') }, allowPrivate: false })
    const response = await http.get('http://rss.example/a?b=c')
    await http.close()
    expect(response).toMatchObject({ kind: 'ok', url: 'http://rss.example/a?b=c', validators: { etag: '"x"' } })
    expect(proxy.requests).toEqual(['GET http://rss.example/a?b=c'])
    expect(proxy.headers[0]).toMatchObject({
      host: 'rss.example',
      // Or what it kept is given for as new for days, where the site does not say for how long it is.
      'cache-control': 'max-age=0',
      'proxy-authorization': `Basic ${Buffer.from('me:s@cret').toString('base64')}`,
    })
  })

  test('is given a password with a sign of percent that begins no escape', async () => {
    proxy = await serve((_request, response) => void response.end('by proxy'))
    const http = testHttp({ env: { HTTP_PROXY: proxy.origin.replace('//', '//me:50%s%40cret@') } })
    await http.get('http://rss.example/')
    await http.close()
    const basic = `Basic ${Buffer.from('me:50%s@cret').toString('base64')}`
    expect(proxy.headers[0]).toMatchObject({ 'proxy-authorization': basic })
  })

  test('that wants credentials is told from the site', async () => {
    proxy = await serve((_request, response) => void response.writeHead(407).end())
    const http = testHttp({ env: { HTTP_PROXY: proxy.origin } })
    const response = await http.get('http://rss.example/')
    await http.close()
    expect(response).toMatchObject({ kind: 'failed', reason: 'proxy' })
  })

  // Squid and others answer 403, 502, 503 of their own, Privoxy 404 for a name that does not resolve.
  test.each([403, 404, 503])('that answers %i is named, since that may be its own word', async (status) => {
    proxy = await serve((_request, response) => void response.writeHead(status).end())
    const http = testHttp({ env: { HTTP_PROXY: proxy.origin } })
    const response = await http.get('http://rss.example/')
    await http.close()
    expect(inWords(response)).toMatchObject({
      detail: `status ${status} by way of the proxy 127.0.0.1:${proxy.port} (HTTP_PROXY)`,
    })
  })
})

describe('Zaobao itself, through a proxy, with a certificate authority of our own', () => {
  let certificate: TestCertificate
  let site: TestServer
  let proxy: Awaited<ReturnType<typeof serveProxy>>
  let child: Child

  beforeAll(async () => {
    certificate = makeCertificate(['www.zaobao.com', 'www.zaobao.com.sg'])
    site = await serve(pages({ '/realtime/china/story20211110-1212150': '<p>小通关</p>' }), certificate)
    proxy = await serveProxy(site.port)
    child = await bundleChild()
  })

  afterAll(async () => {
    await proxy.close()
    await site.close()
    certificate.remove()
  })

  const urls = [
    'https://www.zaobao.com/realtime/china/story20211110-1212150',
    'http://www.zaobao.com/realtime/china/story20211110-1212150',
  ]

  test('is read, and never by http', async () => {
    const env = { HTTPS_PROXY: proxy.origin, NODE_EXTRA_CA_CERTS: certificate.caFile }
    const { responses, stderr } = await child.get({ urls, allowPrivate: false }, env)
    expect(responses).toMatchObject([
      { kind: 'ok', url: urls[0], text: '<p>小通关</p>' },
      { kind: 'ok', url: urls[0], text: '<p>小通关</p>' },
    ])
    expect(proxy.tunnels).toContain('www.zaobao.com:443')
    expect(stderr).toBe('')
  })

  test('is not believed when nobody vouches for it', async () => {
    const { responses } = await child.get({ urls: [urls[0] ?? ''] }, { HTTPS_PROXY: proxy.origin })
    expect(responses).toMatchObject([{ kind: 'failed', reason: 'tls' }])
  })

  test('is not believed under another name', async () => {
    const env = { HTTPS_PROXY: proxy.origin, NODE_EXTRA_CA_CERTS: certificate.caFile }
    const { responses } = await child.get({ urls: ['https://beltandroad.zaobao.com/'] }, env)
    expect(responses).toMatchObject([{ kind: 'failed', reason: 'tls' }])
  })
})

describe('a proxy that opens no way', () => {
  test.each<[string, string, string]>([
    ['hangs up', '', 'cannot be used'],
    ['forbids it', 'HTTP/1.1 403 Forbidden\r\n\r\n', 'opens no way to www.zaobao.com (status 403)'],
    ['cannot reach it', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', 'opens no way to www.zaobao.com (status 502)'],
    ['wants credentials', 'HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n', 'wants other credentials'],
    ['speaks something else', 'SSH-2.0-OpenSSH_9\r\n', 'cannot be used'],
  ])('(%s) is named, and asked once', async (_name, bytes, why) => {
    let asked = 0
    const proxy = await serveBytes((socket) => {
      asked += 1
      socket.end(bytes)
    })
    const http = testHttp({ env: { HTTPS_PROXY: proxy.origin.replace('//', '//me:secret@') } })
    const response = await http.get('https://www.zaobao.com/')
    await http.close()
    await proxy.close()
    expect(response).toMatchObject({ kind: 'failed', reason: 'proxy', retryable: true })
    expect(JSON.stringify(response)).not.toContain('secret')
    expect(inWords(response)).toMatchObject({ detail: expect.stringContaining(why) })
    expect(asked).toBe(1)
  })

  test('in time is given up', async () => {
    const proxy = await serveBytes(() => undefined)
    const http = testHttp({ env: { HTTPS_PROXY: proxy.origin }, connectTimeoutMs: 300 })
    const response = await http.get('https://www.zaobao.com/')
    await http.close()
    await proxy.close()
    expect(response).toMatchObject({ kind: 'failed', reason: 'proxy' })
  })
})

/** Speaks RFC 1928 as a server, to whatever target, to `port` on loopback; notes what it was sent. */
async function serveSocks(
  port: number,
  method: number,
  reply: number,
): Promise<{ origin: string; heard: string[]; close(): Promise<void> }> {
  const heard: string[] = []
  const server = await serveBytes((socket, first) => {
    heard.push(first.toString('hex'))
    // In pieces, as a network may bring them.
    socket.write(Buffer.from([5]))
    setTimeout(() => socket.write(Buffer.from([method])), 20)
    socket.once('data', (second: Buffer) => {
      heard.push(second.toString(method === 2 ? 'latin1' : 'hex'))
      if (method !== 2) return answer()
      socket.write(Buffer.from([1, 0]))
      socket.once('data', (third: Buffer) => {
        heard.push(third.toString('hex'))
        answer()
      })
    })
    const answer = (): void => {
      socket.write(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]))
      if (reply !== 0) return
      const upstream = connect(port, '127.0.0.1')
      upstream.on('error', () => socket.destroy())
      socket.on('close', () => upstream.destroy())
      upstream.pipe(socket).pipe(upstream)
    }
  })
  return { ...server, heard }
}

function hex(target: string, port: number): string {
  const head = Buffer.from([5, 1, 0, 3, target.length])
  return Buffer.concat([head, Buffer.from(target), Buffer.from([port >> 8, port & 255])]).toString('hex')
}

describe('a SOCKS5 proxy', () => {
  test('is asked for the name, and carries the request', async () => {
    const site = await serve(pages({ '/a': 'by socks' }))
    const proxy = await serveSocks(site.port, 0, 0)
    const http = testHttp({ env: { ALL_PROXY: proxy.origin.replace('http', 'socks5') }, allowPrivate: false })
    const response = await http.get('http://rss.example:8080/a')
    await http.close()
    await proxy.close()
    await site.close()
    expect(response).toMatchObject({ kind: 'ok', url: 'http://rss.example:8080/a' })
    expect(proxy.heard).toEqual(['050100', hex('rss.example', 8080)])
    expect(site.headers[0]).toMatchObject({ host: 'rss.example:8080' })
  })

  test('is given the credentials', async () => {
    const site = await serve(pages({ '/a': 'by socks' }))
    const proxy = await serveSocks(site.port, 2, 0)
    const origin = proxy.origin.replace('http://', 'socks5h://me:s%40cret@')
    const http = testHttp({ env: { all_proxy: origin } })
    const response = await http.get('http://8.8.8.8/a')
    await http.get('http://[2606:4700:0::10:1111]/a')
    await http.close()
    await proxy.close()
    await site.close()
    expect(response).toMatchObject({ kind: 'ok' })
    const greeting = ['05020002', '\u0001\u0002me\u0006s@cret']
    const six = '05010004260647000000000000000000001011110050'
    expect(proxy.heard).toEqual([...greeting, '05010001080808080050', ...greeting, six])
  })

  test.each([
    ['wants other credentials', 255, 0],
    ['opens no way', 0, 5],
  ])('that %s is named, and asked once', async (_name, method, reply) => {
    const proxy = await serveSocks(1, method, reply)
    const http = testHttp({ env: { ALL_PROXY: proxy.origin.replace('http', 'socks5') } })
    const response = await http.get('https://www.zaobao.com/')
    await http.close()
    await proxy.close()
    expect(response).toMatchObject({ kind: 'failed', reason: 'proxy' })
    expect(proxy.heard.length).toBeLessThanOrEqual(2)
  })

  test('that hangs up, or is not there, is named', async () => {
    const proxy = await serveBytes((socket) => void socket.end(Buffer.from([5])))
    const env = { ALL_PROXY: proxy.origin.replace('http', 'socks5') }
    const http = testHttp({ env })
    const hungUp = await http.get('https://www.zaobao.com/')
    await proxy.close()
    const absent = await http.get('https://www.zaobao.com/')
    await http.close()
    expect([hungUp, absent]).toMatchObject([{ reason: 'proxy' }, { reason: 'proxy' }])
  })
})
