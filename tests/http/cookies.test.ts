import { afterEach, expect, test } from 'vitest'
import { testHttp } from '../support/http.ts'
import { serve, type TestServer } from '../support/server.ts'

let server: TestServer
afterEach(() => server.close())

test('a site that leads to itself until its cookies come back is read, and nothing of them is kept', async () => {
  server = await serve((request, response) => {
    const cookie = request.headers.cookie ?? ''
    if (cookie === 'a=1; b=x=2') response.end('story')
    else if (cookie.startsWith('a=1'))
      response
        .writeHead(302, { location: request.url, 'set-cookie': ['b=x=2; Path=/', 'gone=; Max-Age=0', 'bad'] })
        .end()
    else response.writeHead(302, { location: request.url, 'set-cookie': ['a=1; HttpOnly', 'gone=3'] }).end()
  })
  const http = testHttp()
  const response = await http.get(`${server.origin}/a`)
  expect(response).toMatchObject({ kind: 'ok', url: `${server.origin}/a` })
  await http.get(`${server.origin}/b`)
  expect(server.headers.map(({ cookie }) => cookie)).toEqual([
    ...[undefined, 'a=1; gone=3', 'a=1; b=x=2'],
    ...[undefined, 'a=1; gone=3', 'a=1; b=x=2'],
  ])
})

test('a cookie is sent to no other host, and to no other port', async () => {
  const other = await serve((_, response) => void response.end('there'))
  server = await serve((_, response) => {
    response.writeHead(302, { location: `${other.origin}/there`, 'set-cookie': 'session=secret' }).end()
  })
  expect(await testHttp().get(server.origin)).toMatchObject({ kind: 'ok' })
  expect(other.headers.map(({ cookie }) => cookie)).toEqual([undefined])
  await other.close()
})
