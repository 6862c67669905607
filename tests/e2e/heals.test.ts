import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { status } from '../../src/commands/status.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { folder, storiesIn } from '../support/program.ts'
import { fetchAt } from '../support/fetch.ts'
import { serve, type TestServer } from '../support/server.ts'
import { rsshubFeed } from '../support/site.ts'

/** What stops a source, a site or a story ends by itself: each row is a memory, and the time in which it must be over. */

const START = Date.UTC(2026, 10, 2, 6)
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type Answer = { status?: number; headers?: Record<string, string>; body?: string }

let home: ReturnType<typeof folder>
let server: TestServer
/** What is wrong, by path; `*` for all. */
let wrong: Map<string, Answer>

beforeEach(async () => {
  home = folder()
  wrong = new Map()
  server = await serve((request, response) => {
    const path = request.url ?? ''
    const story = storyOf(path.endsWith('-9200002') ? 2 : 1)
    const right: Answer =
      path === '/feed.xml'
        ? { body: feedOf([storyOf(1), storyOf(2)]) }
        : path.includes('/story')
          ? { body: drupal8Page(story) }
          : { status: 404 }
    const { status: code = 200, headers = {}, body = '' } = wrong.get(path) ?? wrong.get('*') ?? right
    response.writeHead(code, headers).end(body)
  })
})
afterEach(async () => {
  await server.close()
  home.remove()
})

/** Headlines alone: nothing stands in for a page. */
function feedOf(stories: readonly PageStory[]): string {
  const items = stories.map(({ title, url }) => `<item><title>${title}</title><link>${url}</link></item>`)
  return `<rss version="2.0"><channel><title>即时</title>${items.join('')}</channel></rss>`
}

function storyOf(number: number): PageStory {
  return {
    title: `渡轮第${number}班`,
    url: `${server.origin}/realtime/china/story20261101-${9_200_000 + number}`,
    published: '2026-11-01T07:37:00.000Z',
    bodyHtml: '<p>码头上的人不多。</p><p>船准时离岸。</p>',
  }
}

const PAGE = '/realtime/china/story20261101-9200001'
const run = (atMs: number, flags: Record<string, unknown> = {}) => fetchAt(atMs, { site: { server }, home }, flags)
const had = () => [...storiesIn(join(home.path, 'archive')).keys()].length

async function statusAt(atMs: number): Promise<string> {
  const io = testIo(home.path, atMs)
  const config = await configOf({ archive: join(home.path, 'archive'), feed: [`${server.origin}/feed.xml`] }, home.path)
  await status({ ...config, maxAge: null }, io)
  return io.out.join('')
}

describe('what was wrong for one run, or for one day, is over in time', () => {
  test.each<[string, string, Answer, number]>([
    ['a feed that answers 410', '/feed.xml', { status: 410 }, 25],
    ['a feed that moved for good to nowhere', '/feed.xml', { status: 301, headers: { location: '/none.xml' } }, 1],
    [
      'a feed that said to wait for a year',
      '/feed.xml',
      { status: 429, headers: { 'retry-after': '31536000' } },
      24 * 7 + 1,
    ],
    [
      'a feed that said to wait till 2099',
      '/feed.xml',
      { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2099 00:00:00 GMT' } },
      24 * 7 + 1,
    ],
    ['a page that said to wait for a year', PAGE, { status: 429, headers: { 'retry-after': '31536000' } }, 24 * 7 + 1],
    ['robots.txt that forbids all', '/robots.txt', { body: 'User-agent: *\nDisallow: /' }, 33],
    [
      'robots.txt with an endless Crawl-delay',
      '/robots.txt',
      { body: 'User-agent: *\nCrawl-delay: 1000000000' },
      24 * 15,
    ],
    ['a page that answers 404', PAGE, { status: 404 }, 1],
    ['a page that answers 410', PAGE, { status: 410 }, 1],
    [
      'a page that leads to another story',
      PAGE,
      { status: 302, headers: { location: '/realtime/china/story20261101-9200002' } },
      1,
    ],
    ['a whole site that answers 403', '*', { status: 403 }, 1],
  ])('%s', async (_name, path, answer, hours) => {
    wrong.set(path, answer)
    await run(START)
    expect(had()).toBeLessThan(2)
    wrong.clear()
    for (let hour = 1; hour <= hours && had() < 2; hour += hours > 100 ? 6 : 1) await run(START + hour * HOUR_MS)
    await run(START + hours * HOUR_MS + 1)
    expect(had()).toBe(2)
  })
})

test('a feed that is gone is asked again daily for a week and then weekly, and status says so', async () => {
  wrong.set('/feed.xml', { status: 410 })
  const asked: number[] = []
  for (let hour = 0; hour < 24 * 30; hour += 3) {
    const before = server.requests.length
    await run(START + hour * HOUR_MS, { quiet: true })
    if (server.requests.length > before) asked.push(hour / 24)
  }
  expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28])
  expect(await statusAt(START + 30 * DAY_MS)).toContain('gone for good since 2026-11-02 (410)')
})

test('a feed that was gone for a day and is back is asked in every run', async () => {
  wrong.set('/feed.xml', { status: 410 })
  await run(START)
  wrong.clear()
  const asked = new Set<number>()
  for (let hour = 25; hour < 40; hour += 3) {
    const before = server.requests.length
    expect(await run(START + hour * HOUR_MS, { quiet: true })).toMatchObject({ code: 0, err: '' })
    if (server.requests.slice(before).some((line) => line.endsWith('/feed.xml'))) asked.add(hour)
  }
  expect([...asked]).toEqual([25, 28, 31, 34, 37])
  expect(await statusAt(START + 40 * HOUR_MS)).not.toContain('gone for good')
})

test('a feed that is gone is asked again daily, though a run at the same time of day begins before that day and ends in it', async () => {
  wrong.set('/feed.xml', { status: 410 })
  const asked: number[] = []
  for (let hour = 0; hour < 24 * 4; hour += 6) {
    const before = server.requests.length
    let nowMs = START + hour * HOUR_MS
    await fetchAt(
      nowMs,
      { site: { server }, home },
      { quiet: true },
      { now: () => (nowMs += hour === 0 ? 60_000 : 200_000) },
    )
    if (server.requests.length > before) asked.push(Math.floor(hour / 24))
  }
  expect(asked).toEqual([0, 1, 2, 3])
})

test('no text of a feed stands in for a page behind a challenge', async () => {
  wrong.set('/feed.xml', { body: rsshubFeed([storyOf(1)]) })
  wrong.set(PAGE, { status: 202, headers: { 'x-amzn-waf-action': 'challenge' } })
  await run(START)
  expect(had()).toBe(0)
  wrong.delete(PAGE)
  await run(START + HOUR_MS)
  expect(had()).toBe(1)
})

test('a page that is given up is named by status with the command that asks again', async () => {
  wrong.set(PAGE, { status: 410 })
  for (let day = 0; day < 11; day += 1) await run(START + day * DAY_MS)
  expect(await statusAt(START + 11 * DAY_MS)).toContain('backfill with such an address asks for it again')
})

test('a clock that was ahead for one run holds nothing for longer than it should', async () => {
  wrong.set('/feed.xml', { status: 410 })
  await run(Date.UTC(2031, 0, 1))
  wrong.clear()
  for (const hours of [0, 1, 25]) await run(START + hours * HOUR_MS)
  expect(had()).toBe(2)
})

test('a folder in the place of the kept robots.txt is told once a day, and stops nothing', async () => {
  await run(START)
  const path = join(home.path, 'archive/.zaobao/robots')
  const [name = ''] = readdirSync(path)
  rmSync(join(path, name))
  mkdirSync(join(path, name))
  const said: string[] = []
  for (let hour = 24; hour < 48; hour += 6) {
    const ended = await run(START + hour * HOUR_MS, { quiet: true, recheck: '30d' })
    expect(ended.code).toBe(0)
    said.push(...ended.err.split('\n').filter(Boolean))
  }
  expect(said).toEqual([
    expect.stringMatching(
      /a folder stands where a file belongs; move it away.*robots\.txt is asked for by each run until then$/,
    ),
  ])
})
