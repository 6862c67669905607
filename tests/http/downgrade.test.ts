import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Child, bundleChild } from '../support/child.ts'
import { type TestCertificate, type TestServer, makeCertificate, serve, serveProxy } from '../support/server.ts'

const LEADS: Readonly<Record<string, string>> = {
  '/to-http': 'http://rss.example/page',
  '/to-zaobao': 'http://www.zaobao.com/page',
}

let certificate: TestCertificate
let secure: TestServer
let plain: TestServer
let proxy: Awaited<ReturnType<typeof serveProxy>>
let child: Child

beforeAll(async () => {
  certificate = makeCertificate(['rss.example', 'www.zaobao.com'])
  secure = await serve((request, response) => {
    const location = LEADS[request.url ?? '']
    if (location === undefined) response.end('by https')
    else response.writeHead(301, { location }).end()
  }, certificate)
  plain = await serve((_request, response) => void response.end('by http'))
  proxy = await serveProxy(secure.port)
  child = await bundleChild()
})

afterAll(async () => {
  await proxy.close()
  await plain.close()
  await secure.close()
  certificate.remove()
})

test('https never leads to http, and Zaobao is asked by https wherever it is named', async () => {
  const env = { HTTPS_PROXY: proxy.origin, HTTP_PROXY: plain.origin, NODE_EXTRA_CA_CERTS: certificate.caFile }
  const urls = [
    'http://rss.example/page',
    'https://rss.example/to-http',
    'https://rss.example/to-zaobao',
    'http://www.zaobao.com/page',
  ]
  const { responses } = await child.get({ urls, allowPrivate: false }, env)
  expect(responses).toMatchObject([
    { kind: 'ok', text: 'by http' },
    { kind: 'failed', reason: 'downgrade' },
    { kind: 'ok', url: 'https://www.zaobao.com/page', text: 'by https' },
    { kind: 'ok', url: 'https://www.zaobao.com/page', text: 'by https' },
  ])
  expect(plain.requests).toEqual(['GET http://rss.example/page'])
})
