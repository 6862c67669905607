import { afterEach, beforeEach, expect, test } from 'vitest'
import { join } from 'node:path'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { folder, storiesIn } from '../support/program.ts'
import { serve, type TestServer } from '../support/server.ts'
import { rsshubFeed } from '../support/site.ts'

const START = Date.parse('2026-03-12T12:00:00+08:00')
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const FOREIGN = rsshubFeed([
  {
    title: '登录',
    url: 'http://portal.example/login',
    published: new Date(START).toISOString(),
    bodyHtml: '<p>请登录。</p>',
  },
])

let server: TestServer
let home: ReturnType<typeof folder>
/** Path to body; a number is a status, a path a redirect for good. */
let answers: Map<string, string | number>

beforeEach(async () => {
  home = folder()
  answers = new Map()
  server = await serve((request, response) => {
    const answer = answers.get(request.url ?? '') ?? 404
    if (typeof answer === 'number') response.writeHead(answer).end()
    else if (answer.startsWith('/')) response.writeHead(301, { location: answer }).end()
    else
      response
        .writeHead(200, {
          'content-type': `${answer.startsWith('<?') ? 'application/xml' : 'text/html'}; charset=utf-8`,
        })
        .end(answer)
  })
})
afterEach(async () => {
  await server.close()
  home.remove()
})

function publish(numbers: readonly number[], path: string): void {
  const stories = numbers.map((number): PageStory => ({
    title: `青石镇渡轮第${number}号复航`,
    url: `${server.origin}/realtime/china/story20260312-${9_000_000 + number}`,
    published: new Date(START).toISOString(),
    bodyHtml: '<p>第一段，两句。</p><p>第二段。</p>',
  }))
  answers.set(path, rsshubFeed(stories))
  for (const story of stories) answers.set(new URL(story.url).pathname, drupal8Page(story))
}

const run = (ms: number) => fetchAt(ms, { site: { server }, home }, { quiet: true })
const files = () => storiesIn(join(home.path, 'archive')).size

test('a feed that moved for good is asked where it was when the other address fails', async () => {
  answers.set('/feed.xml', '/new.xml')
  publish([1], '/new.xml')
  expect(await run(START)).toMatchObject({ code: 0 })
  answers.set('/new.xml', 404)
  publish([1, 2], '/feed.xml')
  expect(await run(START + 10 * MINUTE_MS)).toMatchObject({ code: 0, err: '' })
  expect(files()).toBe(2)
  const asked = server.requests.length
  await run(START + 20 * MINUTE_MS)
  expect(server.requests.slice(asked)).toEqual(['GET /feed.xml'])
})

test('a redirect for good that was a mistake holds for a day', async () => {
  answers.set('/feed.xml', '/portal.xml')
  answers.set('/portal.xml', FOREIGN)
  await run(START)
  publish([1, 2], '/feed.xml')
  await run(START + 10 * MINUTE_MS)
  expect(server.requests.slice(-1)).toEqual(['GET /portal.xml'])
  await run(START + DAY_MS)
  expect([...storiesIn(join(home.path, 'archive')).keys()].filter((path) => path.includes('渡轮'))).toHaveLength(2)
})

test.each([
  ['at another headline', '青石镇渡轮第1号复航', 1],
  ['at no headline', null, 1],
  ['at its own headline, with a wrong head', '老城区图书馆下月重新开放', 0],
  ['at its headline before an edit, with a wrong head', '老城区图书馆重新开放', 0],
])('a page that says that it is another story is not archived as the one asked for: %s', async (_, listed, code) => {
  const url = `${server.origin}/realtime/china/story20260312-9000001`
  const other: PageStory = {
    title: '老城区图书馆下月重新开放',
    url: `${server.origin}/realtime/china/story20260312-9000002`,
    published: new Date(START).toISOString(),
    bodyHtml: '<p>图书馆的第一段，两句。</p><p>图书馆的第二段。</p>',
  }
  const title = listed === null ? '' : `<title>${listed}</title>`
  answers.set(
    '/feed.xml',
    `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item>${title}<link>${url}</link></item></channel></rss>`,
  )
  answers.set(new URL(url).pathname, drupal8Page(other))
  const { code: ended, err } = await run(START)
  expect(ended).toBe(code)
  expect(err).toContain(code === 0 ? '' : `${url}: it says that it is ${other.url}, which is another story; queued`)
})
