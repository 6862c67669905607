import { afterEach, describe, expect, test } from 'vitest'
import type { RequestListener } from 'node:http'
import { allowed, crawlDelay, parseRobots } from '../../src/core/web/robots.ts'
import type { HttpOptions } from '../../src/edge/http/http.ts'
import { expectInProportion } from '../support/cost.ts'
import { figure } from '../support/figures.ts'
import { clock, memory, testHttp } from '../support/http.ts'
import { type TestServer, serve } from '../support/server.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function site(listener: RequestListener): Promise<TestServer> {
  const server = await serve(listener)
  closing.push(() => server.close())
  return server
}

/** A site whose pages all answer, with a robots.txt as given. */
function siteWith(robots: string | Buffer, status = 200, headers: Record<string, string> = {}): Promise<TestServer> {
  return site((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(status, headers).end(robots)
    else response.end('page')
  })
}

function http(options: Partial<HttpOptions> = {}) {
  const made = testHttp({ obeyRobots: true, ...options })
  closing.unshift(() => made.close())
  return made
}

const HOUR_MS = 3_600_000

describe('robots.txt', () => {
  test('is asked once a run, and obeyed', async () => {
    const server = await siteWith(
      'User-agent: *\nDisallow: /private\n\nUser-agent: zaobao-archiver\nDisallow: /feeds\n',
    )
    const made = http()
    expect(await made.get(`${server.origin}/private`)).toMatchObject({ kind: 'ok' })
    expect(await made.get(`${server.origin}/feeds/x`)).toMatchObject({ kind: 'failed', reason: 'robots' })
    expect(server.requests).toEqual(['GET /robots.txt', 'GET /private'])
  })

  test('is asked once, however many want it at the same time', async () => {
    const server = await siteWith('')
    const made = http()
    const all = await Promise.all(['/a', '/b', '/c'].map((path) => made.get(server.origin + path)))
    expect(all.map((response) => response.kind)).toEqual(['ok', 'ok', 'ok'])
    expect(server.requests).toEqual(['GET /robots.txt', 'GET /a', 'GET /b', 'GET /c'])
  })

  test('is kept across runs for 24 hours and no longer', async () => {
    const server = await siteWith('User-agent: *\nDisallow: /x')
    const kept = memory()
    const time = clock()
    await http({ ...time, memory: kept }).get(`${server.origin}/a`)
    await time.sleep(23 * HOUR_MS)
    expect(await http({ ...time, memory: kept }).get(`${server.origin}/x`)).toMatchObject({ reason: 'robots' })
    expect(server.requests).toEqual(['GET /robots.txt', 'GET /a'])
    await time.sleep(2 * HOUR_MS)
    await http({ ...time, memory: kept }).get(`${server.origin}/b`)
    expect(server.requests).toEqual(['GET /robots.txt', 'GET /a', 'GET /robots.txt', 'GET /b'])
  })

  test('that was not there and is a page now is asked for once a day', async () => {
    let isThere = false
    const server = await site((_request, response) => {
      response.statusCode = isThere ? 200 : 404
      response.end('<!DOCTYPE html><title>The Mud Post</title>')
    })
    const kept = memory()
    const time = clock()
    const ask = async () => void (await http({ ...time, memory: kept }).get(`${server.origin}/a`))
    await ask()
    isThere = true
    await time.sleep(25 * HOUR_MS)
    for (const _ of ['first', 'second']) await ask()
    expect(server.requests.filter((line) => line.endsWith('robots.txt'))).toHaveLength(2)
  })

  test('that a portal answers by a page is as it was, for a week', async () => {
    const login = '<!DOCTYPE html><html><title>Welcome to the river inn</title></html>'
    let says = 'User-agent: *\nDisallow: /x'
    const server = await site((_request, response) => void response.end(says))
    const kept = memory()
    const time = clock()
    const isForbidden = async (path: string) =>
      (await http({ ...time, memory: kept }).get(server.origin + path)).kind === 'failed'
    expect(await isForbidden('/x')).toBe(true)
    says = login
    await time.sleep(25 * HOUR_MS)
    expect(await isForbidden('/x')).toBe(true)
    says = 'User-agent: *\nDisallow: /y'
    expect([await isForbidden('/x'), await isForbidden('/y')]).toEqual([false, true])
    says = login
    await time.sleep(8 * 24 * HOUR_MS)
    expect(await isForbidden('/y')).toBe(false)
    const asked = server.requests.filter((line) => line.endsWith('robots.txt')).length
    await isForbidden('/y')
    expect(server.requests.filter((line) => line.endsWith('robots.txt'))).toHaveLength(asked)
  })

  test('is not asked for a feed that the user named, nor with robots off', async () => {
    const server = await siteWith('User-agent: *\nDisallow: /')
    expect(await http().get(`${server.origin}/feed`, { userNamed: true })).toMatchObject({ kind: 'ok' })
    expect(await http({ obeyRobots: false }).get(`${server.origin}/a`)).toMatchObject({ kind: 'ok' })
    expect(server.requests).toEqual(['GET /feed', 'GET /a'])
  })

  test.each([400, 401, 403, 404, 410, 451])('that answers %i allows everything', async (status) => {
    const server = await siteWith('User-agent: *\nDisallow: /', status)
    expect(await http().get(`${server.origin}/a`)).toMatchObject({ kind: 'ok' })
  })

  test.each([500, 502, 504])('that answers %i stops everything', async (status) => {
    const server = await siteWith('', status)
    const made = http()
    expect(await made.get(`${server.origin}/a`)).toMatchObject({ reason: 'robots', status, retryable: true })
    expect(await made.get(`${server.origin}/b`)).toMatchObject({ reason: 'robots' })
    expect(server.requests).toEqual(Array.from({ length: 3 }, () => 'GET /robots.txt'))
  })

  test.each([429, 503])('that answers %i holds the host', async (status) => {
    const server = await siteWith('', status, { 'retry-after': '60' })
    const kept = memory()
    const time = clock()
    const until = time.now() + 60_000
    const made = http({ ...time, memory: kept })
    expect(await made.get(`${server.origin}/a`)).toMatchObject({ reason: 'wait', notBefore: until })
    expect(await made.get(`${server.origin}/b`, { userNamed: true })).toMatchObject({ reason: 'wait' })
    expect([...kept.held.values()]).toEqual([until])
    expect(server.requests).toEqual(['GET /robots.txt'])
  })

  test('that cannot be reached stops everything', async () => {
    const server = await site((request) => void request.socket.destroy())
    expect(await http().get(`${server.origin}/a`)).toMatchObject({ reason: 'robots', retryable: true })
    expect(new Set(server.requests)).toEqual(new Set(['GET /robots.txt']))
  })

  test.each([
    [5, 'robots'],
    [6, undefined],
  ])('behind %i redirects is read, or counts as none', async (redirects, reason) => {
    const server = await site((request, response) => {
      const hop = request.url === '/robots.txt' ? 0 : Number(request.url?.slice(2))
      if (request.url === '/page') response.end('page')
      else if (hop < redirects) response.writeHead(302, { location: `/r${hop + 1}` }).end()
      else response.end('User-agent: *\nDisallow: /')
    })
    const response = await http().get(`${server.origin}/page`)
    expect(response.kind === 'failed' ? response.reason : undefined).toBe(reason)
  })

  test('is read up to 500 KiB, without the line that is cut there', async () => {
    const filler = `User-agent: *\n${'#'.repeat(500 * 1024 - 14 - 21)}\n`
    const server = await siteWith(`${filler}Disallow: /a\nDisallow: /bcdefgh\nDisallow: /c\n`)
    const made = http()
    expect(await made.get(`${server.origin}/abc`)).toMatchObject({ reason: 'robots' })
    expect(await made.get(`${server.origin}/bcdefgh`)).toMatchObject({ kind: 'ok' })
    expect(await made.get(`${server.origin}/c`)).toMatchObject({ kind: 'ok' })
  })

  test('may begin with a byte order mark', async () => {
    const server = await siteWith(Buffer.from('\ufeffUser-agent: *\nDisallow: /早报'))
    expect(await http().get(`${server.origin}/早报/1`)).toMatchObject({ reason: 'robots' })
  })

  test('is asked for each host that a redirect leads to', async () => {
    const other = await siteWith('User-agent: *\nDisallow: /')
    const server = await site((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end()
      else response.writeHead(301, { location: `${other.origin}/x` }).end()
    })
    expect(await http().get(`${server.origin}/a`)).toMatchObject({ reason: 'robots' })
    expect(other.requests).toEqual(['GET /robots.txt'])
  })

  test('sets the pace when it asks for a slower one', async () => {
    const server = await siteWith('User-agent: *\nCrawl-delay: 7')
    const time = clock()
    const made = http({ ...time, random: () => 0 })
    for (const path of ['/a', '/b']) await made.get(server.origin + path)
    expect(time.sleeps).toEqual([7000, 7000])
  })

  test('does not set a faster one', async () => {
    const server = await siteWith('User-agent: *\nCrawl-delay: 0.1')
    const time = clock()
    const made = http({ ...time, random: () => 0 })
    for (const path of ['/a', '/b']) await made.get(server.origin + path)
    expect(time.sleeps).toEqual([1000, 1000])
  })

  test('that asks for a day between requests gets one request a run, and takes every second of them at most', async () => {
    const server = await siteWith('User-agent: *\nCrawl-delay: 86400')
    const time = clock()
    const kept = memory()
    expect(await http({ ...time, memory: kept }).get(`${server.origin}/a`)).toMatchObject({ reason: 'wait' })
    expect(time.sleeps).toEqual([])
    for (const answer of [{ kind: 'ok' }, { reason: 'wait' }, { kind: 'ok' }]) {
      await time.sleep(40 * HOUR_MS)
      expect(await http({ ...time, memory: kept }).get(`${server.origin}/a`)).toMatchObject(answer)
    }
    expect(server.requests).toEqual(['GET /robots.txt', 'GET /a', 'GET /robots.txt', 'GET /a'])
    kept.copies.set(server.origin, { fetched: time.now(), status: 200, body: 'User-agent: *\nCrawl-delay: 86400' })
    await time.sleep(40 * HOUR_MS)
    kept.copies.set(server.origin, { fetched: time.now(), status: 200, body: 'User-agent: *\nCrawl-delay: 86400' })
    const made = http({ ...time, memory: kept })
    expect(await made.get(`${server.origin}/a`)).toMatchObject({ kind: 'ok' })
    expect(await made.get(`${server.origin}/b`)).toMatchObject({ reason: 'wait' })
  })
})

describe('the text of robots.txt', () => {
  test.each([
    ['*', 'User-agent: *\nCrawl-delay: 5', 5],
    ['our name', 'User-agent: *\nCrawl-delay: 5\nUser-agent: Zaobao-Archiver/2.0\nCrawl-delay: 2.5', 2.5],
    ['our name without a delay', 'User-agent: *\nCrawl-delay: 5\n\nUser-agent: zaobao-archiver\nDisallow:', null],
    ['another name', 'User-agent: bingbot\nCrawl-delay: 30\n\nUser-agent: *\nDisallow: /x', null],
    ['the slower of two', 'User-agent: *\nCrawl-delay: 2\nCrawl-delay: 9\nCrawl-delay: 3', 9],
    ['nonsense', 'User-agent: *\nCrawl-delay: soon\nCrawl-delay: -1\nCrawl-delay: 1e9', null],
  ])('names a delay for %s', (_name, text, expected) => {
    expect(crawlDelay(parseRobots(text), 'zaobao-archiver')).toBe(expected)
  })

  test('never forbids itself', () => {
    expect(allowed(parseRobots('User-agent: *\nDisallow: /'), 'x', 'https://a.example/robots.txt')).toBe(true)
  })

  test.each([
    ['/a*b*c', '/a/b/c', false],
    ['/a*b*c$', '/abcc', false],
    ['/a*b*c$', '/abcd', true],
    ['/*', '/anything', false],
    ['*.pdf$', '/x.pdf', false],
    ['/a$b', '/a$bc', false],
    ['/%e6%97%a9', '/%E6%97%A9', false],
    ['/$', '/', false],
    ['/$', '/a', true],
    ['/*$', '/a?b', false],
    ['/x*x$', '/x', true],
  ])('%s against %s', (pattern, path, expected) => {
    expect(allowed(parseRobots(`User-agent: *\nDisallow: ${pattern}`), 'x', `https://a.example${path}`)).toBe(expected)
  })

  test.each([
    ['stars', (part: number) => `Disallow: /${'*a'.repeat(500)}$\n`.repeat(500 * part)],
    ['white space', (part: number) => `Disallow${' '.repeat(500_000 * part)}x y`],
    ['hashes', (part: number) => '#'.repeat(500_000 * part)],
    ['colons', (part: number) => ':'.repeat(500_000 * part)],
    ['agents', (part: number) => 'User-agent: a\n'.repeat(36_000 * part)],
    ['rules', (part: number) => `User-agent: *\n${'Disallow: /x*y\n'.repeat(36_000 * part)}`],
  ])('of half a megabyte of %s takes time in proportion', async (name, make) => {
    const ms = await expectInProportion(make, (text) => {
      expect(allowed(parseRobots(`User-agent: *\n${text}`), 'x', `https://a.example/${'a'.repeat(8000)}b`)).toBe(true)
    })
    figure(`robots.txt of half a megabyte of ${name}`, `${ms} ms`)
  })
})
