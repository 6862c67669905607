import type { LookupAddress } from 'node:dns'
import { afterEach, describe, expect, test } from 'vitest'
import type { HttpOptions } from '../../src/edge/http/model.ts'
import { inWords, testHttp } from '../support/http.ts'
import { serve, type TestServer } from '../support/server.ts'

const servers: { close(): unknown }[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function started(...given: Parameters<typeof serve>): Promise<TestServer> {
  const server = await serve(...given)
  servers.push(server)
  return server
}

/** A resolver of one name. */
const resolving = (...addresses: string[]) =>
  ((_host: string, _options: unknown, done: (error: null, found: LookupAddress[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as HttpOptions['lookup'] & {}

describe('a name of several addresses', () => {
  test.each([
    ['refuses, the other answers', ['::1', '127.0.0.1']],
    ['is of no network here, the other answers', ['2001:db8::1', '127.0.0.1']],
    ['answers, the other refuses', ['127.0.0.1', '::1']],
  ])('the first of which %s is had', async (_name, addresses) => {
    const server = await started((_request, response) => void response.end('page'))
    const http = testHttp({ lookup: resolving(...addresses) })
    const answer = await http.get(`http://news.example:${new URL(server.origin).port}/`)
    await http.close()
    expect(inWords(answer)).toMatchObject({ kind: 'ok' })
    expect(server.requests).toHaveLength(1)
  })

  test('all of which refuse fails as no connection', async () => {
    const server = await serve((_request, response) => void response.end('page'))
    const { port } = new URL(server.origin)
    await server.close()
    const http = testHttp({ lookup: resolving('::1', '127.0.0.1') })
    const answer = await http.get(`http://news.example:${port}/`)
    await http.close()
    expect(inWords(answer)).toMatchObject({ kind: 'failed', reason: 'connect', detail: 'no connection (ECONNREFUSED)' })
  })
})

test.each([302, 301])('redirects (%i) that lead from host to host and back are ended', async (status) => {
  const hosts = ['a.example', 'b.example', 'c.example']
  const server = await started((request, response) => {
    const [name = '', port = ''] = (request.headers.host ?? '').split(':')
    const next = hosts[(hosts.indexOf(name) + 1) % hosts.length] ?? ''
    response.writeHead(status, { location: `http://${next}:${port}/` }).end()
  })
  const http = testHttp({ lookup: resolving('127.0.0.1') })
  const answer = await http.get(`http://a.example:${new URL(server.origin).port}/`)
  await http.close()
  expect(inWords(answer)).toMatchObject({
    kind: 'failed',
    reason: 'redirects',
    detail: 'it redirects more than 5 times',
  })
  expect(server.requests).toHaveLength(6)
})
