import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_FEED_ITEMS } from '../../src/core/feed/feed.ts'
import { figure } from '../support/figures.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call, folder, storiesIn } from '../support/program.ts'
import { serve, type TestServer } from '../support/server.ts'
import { rsshubFeed } from '../support/site.ts'

/** What the server does with a path; any other is 404. */
type Answer = (headers: Readonly<Record<string, unknown>>) => {
  status?: number
  headers?: Record<string, string>
  body?: string | Buffer
}

let server: TestServer
let answers: Map<string, Answer>
let home: ReturnType<typeof folder>

beforeEach(async () => {
  answers = new Map()
  server = await serve((request, response) => {
    const {
      status = 200,
      headers = {},
      body = '',
    } = answers.get(request.url ?? '')?.(request.headers) ?? { status: 404 }
    response.writeHead(status, headers).end(body)
  })
  home = folder()
})

afterEach(async () => {
  await server.close()
  home.remove()
})

function storyOf(number: number): PageStory {
  return {
    title: `渡轮第${number}班`,
    url: `${server.origin}/realtime/china/story20211110-${9_000_000 + number}`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: '<p>码头上的人不多。</p><p>船准时离岸。</p>',
  }
}

function publish(count: number): PageStory[] {
  const stories = Array.from({ length: count }, (_unused, index) => storyOf(index + 1))
  answers.set('/feed.xml', () => ({ body: rsshubFeed(stories) }))
  for (const story of stories) answers.set(new URL(story.url).pathname, () => ({ body: drupal8Page(story) }))
  return stories
}

const configure = (config: object) => writeFileSync(join(home.path, 'zaobao.config.jsonc'), JSON.stringify(config))
const fetch = (...args: string[]) => call(['fetch', '--allow-private', '--rate', '1000/s', ...args], { cwd: home.path })
const fetchFeed = (...args: string[]) => fetch('--feed', `${server.origin}/feed.xml`, ...args)
/** The state, to be written back changed: without the digest that would call it damaged. */
const stateText = () =>
  readFileSync(join(home.path, 'archive/.zaobao/state.json'), 'utf8').replace(/,\s*"digest": "[^"]*"/, '')
const stored = () => [...storiesIn(join(home.path, 'archive')).values()]

describe('a run ends in order, what is left is for the next', () => {
  test('when it has made its requests', async () => {
    publish(6)
    configure({ maxRequests: 4, concurrency: 1 })
    const first = await fetchFeed()
    figure('maxRequests: 4', `${server.requests.length} requests`)
    expect(server.requests).toHaveLength(4)
    expect(first.stderr).toBe(
      'the run has made its 4 requests: 4 stories are left for the next run\nfetch: 2 written\n',
    )
    expect(first.code).toBe(0)
    configure({})
    expect(await fetchFeed()).toMatchObject({ code: 0, stderr: 'fetch: 4 written\n' })
    expect(stored()).toHaveLength(6)
  })

  test('when its time is over, whatever the host does then', async () => {
    publish(3)
    let hung = 0
    const silent = await serve(() => void (hung += 1))
    const away = { ...storyOf(9), url: `${silent.origin}/realtime/china/story20211110-9000009` }
    answers.set('/feed.xml', () => ({ body: rsshubFeed([storyOf(1), away]) }))
    // The page's own deadline is beyond the test's.
    configure({ maxTime: '3s', timeout: '10m', concurrency: 1, robots: false })
    const started = Date.now()
    const ended = await fetchFeed()
    const ms = Date.now() - started
    await silent.close()
    figure('maxTime: 3s, a page that never comes', `ended after ${ms} ms`)
    expect(hung).toBe(1)
    expect(ended.stderr).toContain('the time of the run is over: 1 story is left for the next run\n')
    expect(ended.code).toBe(0)
    expect(stored()).toHaveLength(1)
  })

  test('when backfill has made its requests', async () => {
    const urls = publish(60).map(({ url }) => url)
    configure({ maxRequests: 5, robots: false })
    const ended = await call(['backfill', '-', '--allow-private', '--rate', '1000/s'], {
      cwd: home.path,
      input: urls.join('\n'),
    })
    expect(ended.code).toBe(0)
    expect(ended.stderr).toContain('the run has made its 5 requests')
    expect(server.requests).toHaveLength(5)
    expect(stored()).toHaveLength(5)
  })
})

describe('a site that says to wait', () => {
  test.each([
    ['429', 429],
    ['503', 503],
  ])('(%s) at its feed: 75, and no second request 10 s later', async (_name, status) => {
    answers.set('/feed.xml', () => ({ status, headers: { 'retry-after': '3600' } }))
    const first = await fetchFeed()
    expect(first.code).toBe(75)
    expect(first.stderr.trim().split('\n')).toHaveLength(1)
    // The program's clock is the machine's: ten seconds are taken off what it wrote down.
    const earlier = stateText().replace(/"notBefore": "([^"]+)"/, (_all, time: string) => {
      return `"notBefore": "${new Date(Date.parse(time) - 10_000).toISOString()}"`
    })
    writeFileSync(join(home.path, 'archive/.zaobao/state.json'), earlier)
    const second = await fetchFeed()
    figure(`two runs of fetch 10 s apart under Retry-After: 3600 (${status})`, `${server.requests.length} request`)
    expect(second.code).toBe(75)
    expect(server.requests).toEqual(['GET /feed.xml'])
  })

  test('at its pages: 75, the stories queued, and had when the time is over', async () => {
    const [story] = publish(3)
    const page = new URL(story?.url ?? '').pathname
    const paths = [1, 2, 3].map((number) => new URL(storyOf(number).url).pathname)
    for (const path of paths) answers.set(path, () => ({ status: 429, headers: { 'retry-after': '3600' } }))
    configure({ robots: false, concurrency: 1 })
    const first = await fetchFeed()
    expect(first).toMatchObject({ code: 75, stdout: '', stderr: 'fetch: 0 written, 3 waiting for the site\n' })
    expect(server.requests).toEqual(['GET /feed.xml', `GET ${page}`])
    expect((await fetchFeed()).code).toBe(75)
    expect(server.requests).toHaveLength(2)
    publish(3)
    writeFileSync(
      join(home.path, 'archive/.zaobao/state.json'),
      stateText().replace(/"(notBefore|nextTry)": "[^"]+"/g, '"$1": "2021-01-01T00:00:00.000Z"'),
    )
    expect(await fetchFeed()).toMatchObject({ code: 0, stderr: 'fetch: 3 written\n' })
  })
})

describe('a feed that moved', () => {
  test.each([301, 308])('for good (%d) is reported once and asked at its new address', async (status) => {
    publish(1)
    const feed = answers.get('/feed.xml')
    answers.set('/new.xml', () => ({ ...feed?.({}), headers: { etag: '"1"' } }))
    answers.set('/feed.xml', () => ({ status, headers: { location: '/new.xml' } }))
    const notice = `${server.origin}/feed.xml moved for good to ${server.origin}/new.xml; change the configuration\n`
    expect((await fetchFeed()).stderr).toBe(`${notice}fetch: 1 written\n`)
    server.requests.length = 0
    expect(await fetchFeed()).toMatchObject({ code: 0, stderr: '' })
    expect(server.requests).toEqual(['GET /new.xml'])
  })

  test('for good while it had nothing new is reported too', async () => {
    publish(1)
    const feed = answers.get('/feed.xml')
    answers.set('/feed.xml', () => ({ ...feed?.({}), headers: { etag: '"1"' } }))
    await fetchFeed()
    answers.set('/new.xml', (headers) => ({ status: headers['if-none-match'] === '"1"' ? 304 : 200 }))
    answers.set('/feed.xml', () => ({ status: 301, headers: { location: '/new.xml' } }))
    expect((await fetchFeed()).stderr).toContain('/new.xml; change the configuration\n')
    server.requests.length = 0
    expect(await fetchFeed()).toMatchObject({ code: 0, stderr: '' })
    expect(server.requests).toEqual(['GET /new.xml'])
  })

  test('for now (302) is asked where it was', async () => {
    publish(1)
    const feed = answers.get('/feed.xml')
    answers.set('/other.xml', () => feed?.({}) ?? {})
    answers.set('/feed.xml', () => ({ status: 302, headers: { location: '/other.xml' } }))
    expect((await fetchFeed()).stderr).toBe('fetch: 1 written\n')
    server.requests.length = 0
    await fetchFeed()
    expect(server.requests).toEqual(['GET /feed.xml', 'GET /other.xml'])
  })
})

test('a feed that is gone for good (410) is not asked again, until another address is configured', async () => {
  publish(1)
  answers.set('/old.xml', () => ({ status: 410 }))
  configure({ sources: [{ feed: `${server.origin}/old.xml`, section: 'china' }] })
  const first = await fetch()
  expect(first.code).toBe(3)
  expect(first.stderr).toContain('/old.xml')
  const second = await fetch()
  expect(second.code).toBe(3)
  expect(second.stderr).toContain('gone for good')
  expect(server.requests).toEqual(['GET /old.xml'])
  configure({ sources: [{ feed: `${server.origin}/feed.xml`, section: 'china' }] })
  expect((await fetch()).code).toBe(0)
})

test('what was remembered of an RSSHub instance is not carried over to another', async () => {
  publish(1)
  const feed = answers.get('/feed.xml')
  answers.set('/one/zaobao/realtime/china', () => ({ status: 410 }))
  answers.set('/two/zaobao/realtime/china', () => feed?.({}) ?? {})
  configure({ sources: [{ rsshub: `${server.origin}/one` }] })
  expect((await fetch()).code).toBe(3)
  configure({ sources: [{ rsshub: `${server.origin}/two` }] })
  expect((await fetch()).code).toBe(0)
})

test('a feed with more items than are read keeps no validators', async () => {
  // A story stands a hundred times: the last one is beyond what is read.
  const item = (n: number) => `<item><title>题${n}</title><link>http://elsewhere.example/${n}</link></item>`.repeat(100)
  const body = `<rss version="2.0"><channel><title>频道</title>${Array.from({ length: MAX_FEED_ITEMS / 100 + 1 }, (_unused, n) => item(n)).join('')}</channel></rss>`
  answers.set('/feed.xml', () => ({ body, headers: { etag: '"1"' } }))
  configure({ robots: false, concurrency: 1 })
  const ended = await fetchFeed('--quiet')
  expect(ended.code).toBe(1)
  // Three pages are asked for in vain: then their site is left alone.
  expect(ended.stderr.trim().split('\n')).toEqual(
    Array(3).fill(expect.stringMatching(/^http:\/\/elsewhere\.example\/\d+: .*; queued for the next run$/)),
  )
  const state = JSON.parse(stateText()) as { sources: Record<string, { validators: unknown }>; queue: unknown[] }
  expect(Object.values(state.sources)).toEqual([
    expect.objectContaining({ validators: { etag: null, lastModified: null } }),
  ])
  expect(state.queue).toHaveLength(MAX_FEED_ITEMS / 100)
})

test("a feed's characters are read as its header says", async () => {
  const xml = `<rss version="2.0"><channel><title>频道</title><item><title>渡轮准时</title><description>&lt;p&gt;Ž&lt;/p&gt;</description><link>http://elsewhere.example/1</link></item></channel></rss>`
  // Windows-1252 has the letter at 0x8E; gb18030, which is guessed without the header, does not.
  const bytes = Buffer.from(xml.replace('频道', 'x').replace('渡轮准时', 'caf\xe9 \xa3'), 'latin1')
  answers.set('/feed.xml', () => ({
    body: bytes,
    headers: { 'content-type': 'application/xml; charset=windows-1252' },
  }))
  const ended = await call(['items', `${server.origin}/feed.xml`, '--allow-private'], { cwd: home.path })
  expect(JSON.parse(ended.stdout)).toMatchObject({ title: 'café £' })
})
