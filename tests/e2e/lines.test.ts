import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { drupal8Page } from '../support/pages.ts'
import { call } from '../support/program.ts'
import { makeCertificate, serveProxy } from '../support/server.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

const FAST = ['--allow-private', '--rate', '1000/s']

let site: Site
let home: Own['home']
let origin: string

eachWithSite((own) => {
  ;({ site, home } = own)
  origin = site.server.origin
})

const run = (...args: string[]) => call([...args, ...FAST], { cwd: home.path })
const story = (number: number, paragraphs = 1) => ({
  title: `第${number}号消息`,
  url: `${origin}/realtime/china/story20211110-${9_000_000 + number}`,
  published: '2021-11-10T07:37:00.000Z',
  bodyHtml: '<p>消息的一段。</p>'.repeat(paragraphs),
})

/** How often each address stands in a text. */
const timesNamed = (text: string, address: string) => text.split(address).length - 1

function publish(numbers: readonly number[], paragraphs: number): void {
  const stories = numbers.map((number) => story(number, paragraphs))
  site.pages.set('/feed.xml', rsshubFeed(stories))
  for (const one of stories) site.pages.set(new URL(one.url).pathname, drupal8Page(one))
}
/** The summary of a run that had no source. */
const NOTHING = 'fetch: nothing written: no source could be read\n'
const breakPage = (number: number, status: number) => site.broken.set(new URL(story(number).url).pathname, status)

describe('a summary says what became of each', () => {
  test("the feed's own text stood in for a page", async () => {
    publish([1, 2], 2)
    breakPage(1, 500)
    const { code, stderr } = await run('fetch', '--feed', `${origin}/feed.xml`)
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        `${story(1).url}: status 500; the feed's own text stands in, the page is queued for the next run\n` +
        "fetch: 2 written, 1 with the feed's own text while its page is queued for the next run\n",
    })
  })

  test('failed, and given up at once', async () => {
    publish([1, 2, 3], 1)
    breakPage(1, 404)
    const imitated = story(2).url.replace(origin, 'https://www.zaochenbao.com')
    site.pages.set('/feed.xml', rsshubFeed([story(1), { ...story(2), url: imitated }, story(3)]))
    const { code, stderr } = await run('fetch', '--feed', `${origin}/feed.xml`)
    expect(code).toBe(1)
    expect(stderr.split('\n').slice(0, 2).toSorted()).toEqual([
      `${story(1).url}: status 404; queued for the next run`,
      expect.stringMatching(/zaochenbao\.com.*; given up$/),
    ])
    expect(stderr.split('\n')[2]).toBe('fetch: 1 written, 1 failed, queued for the next run, 1 given up')
  })

  test('one is a story, two are stories', async () => {
    publish([1], 1)
    const one = await run('fetch', '--feed', `${origin}/feed.xml`, '--dry-run')
    expect(one.stderr).toMatch(/^1 story would be fetched, in about/)
  })
})

describe('a line of failure names its address once', () => {
  test.each([[404], [500]])('a feed of status %i', async (status) => {
    site.broken.set('/feed.xml', status)
    const { code, stderr } = await run('fetch', '--feed', `${origin}/feed.xml`)
    expect({ code, stderr }).toEqual({ code: 3, stderr: `${origin}/feed.xml: status ${status}\n${NOTHING}` })
  })

  test('a story', async () => {
    const { url } = story(1)
    const { code, stderr } = await run('backfill', url)
    expect(code).toBe(1)
    expect(stderr.split('\n')[0]).toBe(`${url}: status 404; queued for the next run`)
  })

  test('items, and a server that is not there', async () => {
    const missing = await call(['items', `${origin}/no.xml`, '--allow-private'], { cwd: home.path })
    expect(missing).toEqual({ code: 3, stdout: '', stderr: `zaobao-archiver: ${origin}/no.xml: status 404\n` })
    const nobody = 'http://127.0.0.1:1/feed.xml'
    const { stderr } = await run('fetch', '--feed', nobody)
    expect(stderr).toBe(`${nobody}: no connection (ECONNREFUSED)\n${NOTHING}`)
  })

  test('a month of which there is no sitemap', async () => {
    const { stderr } = await run(
      'backfill',
      '--from',
      '2026-07-01',
      '--to',
      '2026-07-31',
      '--section',
      `${origin}/realtime/china`,
    )
    expect(timesNamed(stderr, 'sitemap-202607.xml')).toBe(1)
  })

  test('another address, to which it was led, is named too', async () => {
    const { createServer } = await import('node:http')
    const server = createServer((request, response) => {
      if (request.url === '/feed.xml') response.writeHead(302, { location: '/other.xml' }).end()
      else response.writeHead(request.url === '/robots.txt' ? 404 : 500).end()
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const { stderr } = await run('fetch', '--feed', `http://127.0.0.1:${port}/feed.xml`)
    server.close()
    expect(stderr).toBe(`http://127.0.0.1:${port}/feed.xml: http://127.0.0.1:${port}/other.xml: status 500\n${NOTHING}`)
  })
})

describe('a line of failure says what to do', () => {
  test('a proxy that is not there is named, with its variable', async () => {
    const ask = (variable: string, proxy: string, url: string) =>
      call(['items', url], { cwd: home.path, env: { [variable]: proxy } })
    const https = await ask('HTTPS_PROXY', 'http://me:secret@127.0.0.1:1', 'https://rss.example.org/f')
    expect(https.stderr).toContain(
      'https://rss.example.org/f: the proxy 127.0.0.1:1 (HTTPS_PROXY) cannot be used (ECONNREFUSED)',
    )
    expect(https.stderr).not.toContain('secret')
    const http = await ask('http_proxy', 'http://127.0.0.1:1', 'http://rss.example.org/f')
    expect(http.stderr).toContain(': the proxy 127.0.0.1:1 (http_proxy) cannot be used: no connection (ECONNREFUSED)')
    const all = await ask('ALL_PROXY', 'socks5://127.0.0.1:1', 'https://rss.example.org/f')
    expect(all.stderr).toContain('the proxy 127.0.0.1:1 (ALL_PROXY) cannot be used (ECONNREFUSED)')
  })

  test('a certificate of an unknown issuer: where to name the issuer', async () => {
    const certificate = makeCertificate(['rss.example.org'])
    const secure = await serveSite(certificate)
    const proxy = await serveProxy(secure.server.port)
    try {
      const { code, stderr } = await call(['items', 'https://rss.example.org/f'], {
        cwd: home.path,
        env: { HTTPS_PROXY: proxy.origin },
      })
      expect(code).toBe(3)
      expect(stderr).toMatch(
        /: no trusted connection: nobody known here vouches for its certificate; NODE_EXTRA_CA_CERTS=FILE names an authority of your own\n$/,
      )
    } finally {
      await proxy.close()
      await secure.server.close()
      certificate.remove()
    }
  })
})

test.each([[['--quiet', '--verbose', 'status']], [['fetch', '--verbose', '--quiet']]])(
  '--quiet and --verbose exclude each other: %j',
  async (args) => {
    const { code, stdout, stderr } = await call(args, { cwd: home.path })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(
      /^zaobao-archiver: option '--(?:quiet|verbose)' cannot be used with option '--(?:quiet|verbose)'[^\n]*\n$/,
    )
  },
)

test('the flag of the two stands, whatever the environment says of the other', async () => {
  publish([1], 1)
  const asked = (args: string[], env: Record<string, string>) =>
    call(['fetch', '--feed', `${origin}/feed.xml`, ...FAST, ...args], { cwd: home.path, env })
  const quiet = await asked(['--quiet'], { ZAOBAO_VERBOSE: 'true' })
  expect(quiet).toEqual({ code: 0, stdout: '', stderr: '' })
  const verbose = await asked(['--verbose'], { ZAOBAO_QUIET: 'true' })
  expect(verbose.stderr).toContain('304 ')
})

test.each([
  [['items', 'http://[::1'], '"http://[::1" is no address that can be asked'],
  [
    ['items', 'ftp://example.org/feed.xml'],
    '"ftp://example.org/feed.xml": write an address that begins with http:// or https://',
  ],
  [['fetch', '--timeout', '0'], '--timeout: "0": write a duration above 0'],
  [['fetch', '--max-gap', '99999999999999999999d'], '--max-gap: "99999999999999999999d": write a duration'],
  [['backfill', 'https://www.zaobao.com.sg/'], '"https://www.zaobao.com.sg/" is no address of a story'],
])('what cannot be asked is one line: %j', async (args, message) => {
  const { code, stdout, stderr } = await call(args, { cwd: home.path })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(`zaobao-archiver: ${message}`)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

describe('the configuration file', () => {
  const status = (bytes: Buffer | string) => {
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), bytes)
    return call(['status'], { cwd: home.path })
  }

  test.each([
    ['with a byte order mark', Buffer.from('\ufeff{"archive":"mine"}')],
    ['in UTF-16', Buffer.from('\ufeff{"archive":"mine"}', 'utf16le')],
  ])('%s', async (_, bytes) => {
    expect((await status(bytes)).stderr).toContain('there is no archive at mine')
  })

  test.each([
    ['{"section":{"a":1}}', 'section: {"a":1}: write a section such as china'],
    [
      '{"feed":"https://x y/"}',
      'feed: "https://x y/": write an address that begins with http:// or https:// and goes on with a host, without blanks, a port up to 65535',
    ],
  ])('%s: the whole value is named', async (text, message) => {
    const { code, stderr } = await status(text)
    expect({ code, stderr }).toEqual({ code: 2, stderr: `zaobao-archiver: zaobao.config.jsonc: line 1: ${message}\n` })
  })
})
