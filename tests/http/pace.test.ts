import { afterEach, describe, expect, test } from 'vitest'
import { setTimeout as delay } from 'node:timers/promises'
import { type IncomingMessage, type RequestListener, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HttpOptions } from '../../src/edge/http/http.ts'
import { createRateLimiter } from '../../src/edge/http/rate-limiter.ts'
import { figure } from '../support/figures.ts'
import { clock, memory, testHttp } from '../support/http.ts'
import { type TestServer, serve } from '../support/server.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function started(listener: RequestListener): Promise<TestServer> {
  const server = await serve(listener)
  closing.push(() => server.close())
  return server
}

/** On every address of this machine. */
async function listening(
  listener: RequestListener = (_request, response) => void response.end('page'),
): Promise<{ port: number; requests: string[] }> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.headers.host}${request.url}`)
    listener(request, response)
  })
  await new Promise<void>((resolve) => void server.listen(0, resolve))
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, requests }
}

function http(options: Partial<HttpOptions> = {}) {
  const made = testHttp(options)
  closing.unshift(() => made.close())
  return made
}

const realTime: Pick<HttpOptions, 'now' | 'sleep' | 'random'> = {
  now: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  random: Math.random,
}

describe('the pace', () => {
  test('nothing is waited for that is past by the time it is asked for', async () => {
    let ms = 0
    const waits: number[] = []
    const server = { names: new Set(['town.example']) }
    const limiter = createRateLimiter({
      ...{ now: () => (ms += 1), random: () => 0, signal: new AbortController().signal, endsAt: null },
      ...{ intervalOf: () => 1.5, isHeld: () => false, memory: { asked: () => null, setAsked: () => undefined } },
      async sleep(waitMs) {
        waits.push(waitMs)
        // The request before is written only now.
        if (waits.length === 1) limiter.sent(server)
      },
    })
    await limiter.pass(server)
    await limiter.pass(server)
    expect(waits).toEqual([0.5, 0.5])
  })

  test('of 16 who ask at once is that of one, in their order', async () => {
    const server = await started((_request, response) => void response.end('page'))
    const made = http({ ...realTime, rate: { count: 10, perMs: 1000 } })
    const paths = Array.from({ length: 16 }, (_unused, index) => `/${index}`)
    await Promise.all(paths.map((path) => made.get(server.origin + path)))
    const spanMs = (server.times.at(-1) ?? 0) - (server.times[0] ?? 0)
    figure('16 at once at 10 requests a second', `${spanMs} ms from the first to the last`)
    expect(server.requests).toEqual(paths.map((path) => `GET ${path}`))
    expect(spanMs).toBeGreaterThanOrEqual(1400)
  })

  test('is a request a second, and up to half more by chance', async () => {
    const server = await started((_request, response) => void response.end('page'))
    const time = clock()
    const draws = [0, 0.5, 0.999]
    const made = http({ ...time, random: () => draws.shift() ?? 0 })
    for (const path of ['/a', '/b', '/c', '/d']) await made.get(server.origin + path)
    expect(time.sleeps).toEqual([1000, 1250, 1499.5])
  })

  test('counts from when a request was sent, not from when its turn came', async () => {
    const server = await started((_request, response) => void response.end('page'))
    const time = clock()
    const connecting: HttpOptions['lookup'] = ((
      _host: string,
      _options: object,
      done: (e: null, a: object[]) => void,
    ) => {
      void time.sleep(700).then(() => done(null, [{ address: '127.0.0.1', family: 4 }]))
    }) as never
    const made = http({ ...time, random: () => 0, lookup: connecting })
    await made.get(`http://slow.example:${server.port}/a`)
    // Time for the connection to be free again: the second request goes by the same.
    await delay(50)
    await made.get(`http://slow.example:${server.port}/b`)
    expect(time.sleeps).toEqual([700, 1000])
  })

  test('counts redirects too', async () => {
    const server = await started((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end()
      else response.end('page')
    })
    const time = clock()
    await http({ ...time, random: () => 0 }).get(`${server.origin}/a`)
    expect(time.sleeps).toEqual([1000])
  })

  test('does not suffer from a clock that is set back', async () => {
    const server = await started((_request, response) => void response.end('page'))
    const time = clock()
    let back = 0
    const made = http({ ...time, now: () => time.now() - back, random: () => 0 })
    await made.get(server.origin)
    back = 86_400_000
    await made.get(server.origin)
    expect(time.sleeps).toEqual([1000])
  })

  test('of one host leaves the other alone', async () => {
    const [one, two] = await Promise.all([0, 1].map(() => started((_request, response) => void response.end('page'))))
    const time = clock()
    const made = http(time)
    await made.get(one?.origin ?? '')
    await made.get(two?.origin ?? '')
    expect(time.sleeps).toEqual([])
  })

  test('ends at once with the signal', async () => {
    const server = await started((_request, response) => void response.end('page'))
    const stop = new AbortController()
    const made = http({ ...realTime, rate: { count: 1, perMs: 3_600_000 }, signal: stop.signal })
    await made.get(`${server.origin}/first`)
    const waiting = [1, 2, 3].map((index) => made.get(`${server.origin}/${index}`))
    const all = Promise.allSettled(waiting)
    stop.abort(new Error('stopped'))
    expect((await all).map((result) => result.status === 'rejected' && String(result.reason))).toEqual([
      'Error: stopped',
      'Error: stopped',
      'Error: stopped',
    ])
    expect(server.requests).toEqual(['GET /first'])
  })
})

/** A resolver that knows these names alone. */
function resolver(names: Readonly<Record<string, string[]>>) {
  const asked: string[] = []
  const lookup = ((host: string, _options: object, done: (error: Error | null, addresses: object[]) => void) => {
    asked.push(host)
    const addresses = (names[host] ?? []).map((address) => ({ address, family: 4 }))
    done(addresses.length === 0 ? Object.assign(new Error('x'), { code: 'ENOTFOUND' }) : null, addresses)
  }) as unknown as NonNullable<HttpOptions['lookup']>
  return { asked, lookup }
}

describe('the pace holds', () => {
  test('from one run to the next, Crawl-delay too', async () => {
    const server = await started((request, response) => {
      response.end(request.url === '/robots.txt' ? 'User-agent: *\nCrawl-delay: 20\n' : 'page')
    })
    const time = clock()
    const kept = memory()
    const sent: number[] = []
    for (let run = 0; run < 4; run += 1) {
      const made = http({ ...time, memory: kept, obeyRobots: true, random: () => 0 })
      expect(await made.get(`${server.origin}/a`)).toMatchObject({ kind: 'ok' })
      sent.push(time.now())
      await time.sleep(500)
    }
    expect(sent.map((ms, index) => ms - (sent[index - 1] ?? ms))).toEqual([0, 20_000, 20_000, 20_000])
  })

  test.each([86_400, 1e9])(
    'a Crawl-delay of %d s is a wait that the site asks for, not the end of the run',
    async (seconds) => {
      const server = await started((request, response) => {
        response.end(request.url === '/robots.txt' ? `User-agent: *\nCrawl-delay: ${seconds}\n` : 'page')
      })
      const time = clock()
      const made = http({
        ...time,
        memory: memory(),
        obeyRobots: true,
        random: () => 0,
        endsAt: time.now() + 3_600_000,
      })
      await made.get(`${server.origin}/a`)
      const until = time.now() + Math.min(seconds * 1000, 7 * 86_400_000)
      const failed = await made.get(`${server.origin}/b`)
      expect(failed).toMatchObject({ kind: 'failed', reason: 'wait' })
      expect(Math.abs((failed.kind === 'failed' ? (failed.notBefore ?? 0) : 0) - until)).toBeLessThan(5000)
    },
  )

  test('where the next turn is far away: a redirect is of the turn that it answers, another try is not', async () => {
    const server = await started((request, response) => {
      if (request.url === '/moved') response.writeHead(301, { location: '/new' })
      if (request.url === '/broken') response.writeHead(500)
      response.end(request.url === '/robots.txt' ? 'User-agent: *\nCrawl-delay: 3600\n' : 'page')
    })
    const time = clock()
    const kept = memory()
    const once = (path: string) =>
      http({ ...time, memory: kept, obeyRobots: true, random: () => 0 }).get(server.origin + path)
    expect(await once('/moved')).toMatchObject({ reason: 'wait', unasked: true })
    await time.sleep(3_600_000)
    expect(await once('/moved')).toMatchObject({ kind: 'ok', url: `${server.origin}/new` })
    expect(await once('/moved')).toMatchObject({ reason: 'wait', unasked: true })
    await time.sleep(3_600_000)
    // It was asked, and failed: as one that lacked its turn it would be the first to ask in each run.
    expect(await once('/broken')).toMatchObject({ reason: 'status', status: 500, unasked: false })
    expect(server.requests).toEqual(['GET /robots.txt', 'GET /moved', 'GET /new', 'GET /broken'])
    expect(kept.held.size).toBe(0)
  })

  test.each([
    ['/moved', { kind: 'ok' }],
    ['/broken', { reason: 'status', status: 500, unasked: false }],
    ['/moved-to-broken', { reason: 'status', status: 500, unasked: false }],
  ])('where the run has no request left: %s was asked', async (path, answer) => {
    const server = await started((request, response) => {
      if (request.url === '/moved') response.writeHead(301, { location: '/new' })
      else if (request.url === '/moved-to-broken') response.writeHead(301, { location: '/broken' })
      else if (request.url !== '/new') response.writeHead(500)
      response.end()
    })
    const made = http({ ...clock(), memory: memory(), requestBudget: 1 })
    expect(await made.get(server.origin + path)).toMatchObject(answer)
    expect(await made.get(server.origin + path)).toMatchObject({ reason: 'budget', unasked: true })
  })

  test('from one run to the next, but not for long after a clock that was ahead', async () => {
    const server = await started((_request, response) => void response.end('page'))
    const kept = memory()
    await http({ ...clock(Date.UTC(2031, 0, 1)), memory: kept }).get(server.origin)
    const time = clock()
    await http({ ...time, memory: kept }).get(server.origin)
    expect(time.sleeps.every((ms) => ms <= 1000)).toBe(true)
    kept.setNotBefore([server.origin.slice(7)], Date.UTC(2031, 0, 1))
    expect(await http({ ...time, memory: kept }).get(server.origin)).toMatchObject({ kind: 'ok' })
  })

  test.each<[string, string[], Record<string, string[]>]>([
    ['one address', ['a.example', 'b.example', 'c.example', '127.0.0.1'], {}],
    ['one of several addresses', ['a.example', 'b.example'], { 'b.example': ['127.0.0.9', '127.0.0.1'] }],
    ['one domain', ['news.example.com', 'www.example.com', 'example.com'], { 'example.com': ['127.0.0.2'] }],
  ])('for all names of %s', async (_name, hosts, addresses) => {
    const server = await listening()
    const all = Object.fromEntries(hosts.map((host) => [host, addresses[host] ?? ['127.0.0.1']]))
    const { lookup, asked } = resolver(all)
    const time = clock()
    const made = http({ ...time, lookup, random: () => 0 })
    for (const round of ['/a', '/b']) {
      for (const host of hosts) await made.get(`http://${host}:${server.port}${round}`)
    }
    expect(time.sleeps.filter((ms) => ms === 1000)).toHaveLength(2 * hosts.length - 1)
    // A name is looked up once, not for the pace and again for the connection.
    expect(asked).toHaveLength(new Set(asked).size)
  })

  test('for all names of a server from one run to the next, and so do its pauses', async () => {
    const server = await listening((_request, response) => void response.writeHead(429, { 'retry-after': '60' }).end())
    const { lookup } = resolver({ 'a.example': ['127.0.0.1'], 'b.example': ['127.0.0.1'] })
    const kept = memory()
    const time = clock()
    await http({ ...time, memory: kept, lookup }).get(`http://a.example:${server.port}/`)
    const other = http({ ...time, memory: kept, lookup })
    expect(await other.get(`http://b.example:${server.port}/`)).toMatchObject({ reason: 'wait', status: null })
    expect(server.requests).toHaveLength(1)
  })

  test('for hosts of one domain by a proxy, which alone knows their addresses', async () => {
    const proxy = await started((_request, response) => void response.end('page'))
    const time = clock()
    const made = http({ ...time, env: { HTTP_PROXY: proxy.origin }, random: () => 0 })
    for (const host of ['news.example.org', 'example.org', 'other.example']) await made.get(`http://${host}/`)
    expect(time.sleeps).toEqual([1000])
  })
})

describe('a server that refuses', () => {
  test.each<[string, (response: ServerResponse, request: IncomingMessage) => void, number]>([
    ['401', (response) => void response.writeHead(401).end(), 3],
    ['403', (response) => void response.writeHead(403).end(), 3],
    ['451', (response) => void response.writeHead(451).end(), 3],
    ['500', (response) => void response.writeHead(500).end(), 9],
    ['a challenge', (response) => void response.writeHead(202, { 'x-amzn-waf-action': 'challenge' }).end(), 3],
    ['a connection that breaks', (_response, request) => void request.socket.destroy(), 9],
  ])('by %s is left alone after three in a row', async (_name, answer, requests) => {
    const server = await started((request, response) => answer(response, request))
    const made = http()
    const got = []
    for (let index = 0; index < 6; index += 1) got.push(await made.get(`${server.origin}/${index}`))
    expect(server.requests).toHaveLength(requests)
    expect(got.map(({ kind }) => kind)).toEqual(Array(6).fill('failed'))
    expect(got.slice(0, 3).some((one) => one.kind === 'failed' && one.ofHost)).toBe(false)
    for (const one of got.slice(3)) expect(one).toMatchObject({ reason: 'refusing', ofHost: true, retryable: true })
  })

  test.each([[404], [410], [200]])('and answers %i between, is asked on', async (status) => {
    const server = await started((request, response) => {
      response.writeHead(request.url?.endsWith('3') === true ? status : 403).end()
    })
    const made = http()
    for (let index = 1; index < 6; index += 1) await made.get(`${server.origin}/${index}`)
    expect(server.requests).toHaveLength(5)
  })

  test('leaves other servers alone, and is asked again by the next run', async () => {
    const bad = await started((_request, response) => void response.writeHead(403).end())
    const good = await started((_request, response) => void response.end('page'))
    const kept = memory()
    const made = http({ memory: kept })
    for (let index = 0; index < 4; index += 1) await made.get(`${bad.origin}/${index}`)
    expect(await made.get(good.origin)).toMatchObject({ kind: 'ok' })
    expect(await http({ memory: kept }).get(bad.origin)).toMatchObject({ reason: 'status', status: 403 })
  })
})

describe('a host that says to wait', () => {
  test.each([
    ['3600', 3_600_000],
    ['Thu, 15 Jan 2026 01:00:00 GMT', 3_600_000],
    ['Thursday, 15-Jan-26 01:00:00 GMT', 3_600_000],
    ['Thu Jan 15 01:00:00 2026', 3_600_000],
    ['99999999999', 7 * 86_400_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 7 * 86_400_000],
    ['Thu, 15 Jan 1998 01:00:00 GMT', 0],
    ['0', 0],
    ['soon', 600_000],
    ['', 600_000],
  ])('(%s) is left alone that long', async (header, waitMs) => {
    const server = await started((_request, response) => {
      response.writeHead(429, header === '' ? {} : { 'retry-after': header }).end('slow down')
    })
    const time = clock()
    const kept = memory()
    const made = http({ ...time, memory: kept })
    const until = time.now() + waitMs
    expect(await made.get(server.origin)).toMatchObject({ reason: 'wait', status: 429, notBefore: until })
    expect([...kept.held]).toEqual([[server.origin.slice(7), until]])
    await time.sleep(waitMs + 1)
    // The rest of the run leaves it alone, the next run asks again.
    expect(await made.get(server.origin)).toMatchObject({ reason: 'wait', status: null })
    await http({ ...time, memory: kept }).get(server.origin)
    expect(server.requests).toHaveLength(2)
  })

  test('by 503 without a time is one page that fails', async () => {
    const server = await started((request, response) => void response.writeHead(request.url === '/a' ? 503 : 200).end())
    const kept = memory()
    const made = http({ ...clock(), memory: kept })
    expect(await made.get(`${server.origin}/a`)).toMatchObject({ reason: 'status', status: 503, retryable: true })
    expect(await made.get(`${server.origin}/b`)).toMatchObject({ kind: 'ok' })
    expect(kept.held.size).toBe(0)
    expect(server.requests).toEqual(['GET /a', 'GET /b'])
  })

  test('by one address time and again speaks for that address alone', async () => {
    const server = await started((request, response) => {
      response.writeHead(request.url === '/a' ? 429 : 200, { 'retry-after': '60' }).end()
    })
    const time = clock()
    const kept = memory()
    const first = http({ ...time, memory: kept })
    expect(await first.get(`${server.origin}/a`)).toMatchObject({ reason: 'wait', status: 429 })
    expect(await first.get(`${server.origin}/b`)).toMatchObject({ reason: 'wait', status: null })
    await time.sleep(61_000)
    const second = http({ ...time, memory: kept })
    expect(await second.get(`${server.origin}/a`)).toMatchObject({ reason: 'wait', status: 429 })
    expect(await second.get(`${server.origin}/b`)).toMatchObject({ kind: 'ok' })
    expect(await second.get(`${server.origin}/a`)).toMatchObject({ reason: 'wait', status: null })
    expect(server.requests).toEqual(['GET /a', 'GET /a', 'GET /b'])
  })

  test('lets those go who stand in line already', async () => {
    const server = await started((_request, response) => void response.writeHead(503, { 'retry-after': '60' }).end())
    let sleeps = 0
    const sleep: HttpOptions['sleep'] = (ms, signal) => {
      sleeps += 1
      return realTime.sleep(ms, signal)
    }
    const made = http({ ...realTime, sleep, rate: { count: 1, perMs: 1000 } })
    const all = await Promise.all([1, 2, 3, 4].map((index) => made.get(`${server.origin}/${index}`)))
    expect(all.map((response) => response.kind === 'failed' && response.reason)).toEqual([
      'wait',
      'wait',
      'wait',
      'wait',
    ])
    expect(server.requests).toEqual(['GET /1'])
    // The second was waiting for its turn already; nobody behind it waits.
    expect(sleeps).toBeLessThanOrEqual(2)
  })

  test('under Retry-After: 3600 sees one request of two runs 10 s apart', async () => {
    const server = await started((_request, response) => void response.writeHead(503, { 'retry-after': '3600' }).end())
    const time = clock()
    const kept = memory()
    await http({ ...time, memory: kept }).get(server.origin)
    await time.sleep(10_000)
    await http({ ...time, memory: kept }).get(server.origin)
    figure('two runs 10 s apart under Retry-After: 3600', `${server.requests.length} request in all`)
    expect(server.requests).toHaveLength(1)
  })
})

describe('what may heal', () => {
  test('is tried three times in all, with longer and longer pauses', async () => {
    const server = await started((_request, response) => void response.writeHead(502).end())
    const time = clock()
    const draws = [0, 0, 0, 0.999]
    const made = http({ ...time, rate: { count: 1000, perMs: 1 }, random: () => draws.shift() ?? 0 })
    expect(await made.get(server.origin)).toMatchObject({ reason: 'status', status: 502, retryable: true })
    expect(server.requests).toHaveLength(3)
    expect(time.sleeps).toEqual([500, 1999])
  })

  test('and does heal, is had', async () => {
    let count = 0
    const server = await started((request, response) => {
      count += 1
      if (count === 1) request.socket.destroy()
      else if (count === 2) response.writeHead(500).end()
      else response.end('page')
    })
    expect(await http().get(server.origin)).toMatchObject({ kind: 'ok' })
    expect(server.requests).toHaveLength(3)
  })

  test('is left alone when nobody listens', async () => {
    const server = await started((_request, response) => void response.end())
    await server.close()
    const time = clock()
    expect(await http(time).get(server.origin)).toMatchObject({ reason: 'connect', retryable: true })
    expect(time.sleeps.length).toBeGreaterThan(1)
  })
})

test('a name that the resolver has no answer for now is tried again, one that does not exist is not', async () => {
  const asked: string[] = []
  const lookup = ((host: string, _options: object, done: (error: Error) => void) => {
    asked.push(host)
    done(Object.assign(new Error('x'), { code: host === 'busy.example' ? 'EAI_AGAIN' : 'ENOTFOUND' }))
  }) as unknown as NonNullable<HttpOptions['lookup']>
  const made = http({ lookup })
  expect(await made.get('https://busy.example/')).toMatchObject({ reason: 'dns', retryable: true })
  expect(await made.get('https://nowhere.example/')).toMatchObject({ reason: 'dns', retryable: true })
  expect(asked).toEqual(['busy.example', 'busy.example', 'busy.example', 'nowhere.example'])
})

test('a run makes no more requests than its budget', async () => {
  const server = await started((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end()
    else if (request.url === '/a') response.writeHead(301, { location: '/b' }).end()
    else response.end('page')
  })
  const time = clock()
  const made = http({ ...time, requestBudget: 4, obeyRobots: true })
  expect(await made.get(`${server.origin}/a`)).toMatchObject({ kind: 'ok' })
  expect(await made.get(`${server.origin}/c`)).toMatchObject({ kind: 'ok' })
  expect(await made.get(`${server.origin}/d`)).toMatchObject({ reason: 'budget', retryable: true })
  expect(server.requests).toHaveLength(4)
  expect(time.sleeps).toHaveLength(3)
})
