import { createServer, request as ask, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page } from '../support/pages.ts'
import { storiesIn } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const STORIES = 40

let site: Site
let own: Own
eachWithSite((each) => {
  own = each
  site = each.site
  const stories = Array.from({ length: STORIES }, (_, n) => ({
    ...{ title: `第${n}号渡轮复航`, published: '2026-01-10T04:00:00.000Z' },
    url: `${site.server.origin}/realtime/china/story20260110-${9_700_000 + n}`,
    bodyHtml: `<p>第${n}班渡轮昨天坐满了人。</p><p>票价不变。</p>`,
  }))
  site.pages.set('/feed.xml', rsshubFeed(stories.map((story) => ({ ...story, bodyHtml: '' }))))
  for (const story of stories) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
})

/** A proxy that hands on what it is asked for, and that is gone after so many requests. */
async function mortalProxy(lives: number): Promise<{ server: Server; origin: string }> {
  let left = lives
  const server = createServer((request, response) => {
    left -= 1
    if (left < 0) {
      request.socket.destroy()
      server.closeAllConnections()
      server.close()
      return
    }
    ask(request.url ?? '', { headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('a proxy that dies in the midst of a run is named, what was had stays, and the next run has the rest', async () => {
  const { origin } = await mortalProxy(12)
  const start = Date.parse('2026-01-10T12:00:00+08:00')
  const first = await fetchAt(start, own, { proxy: origin, concurrency: 1 })
  const lines = first.err.trimEnd().split('\n')
  const named = `the proxy ${new URL(origin).host} (proxy) cannot be used: no connection (ECONNREFUSED); queued for the next run`
  expect(first.code).toBe(1)
  expect(lines.slice(-2)).toEqual([
    expect.stringMatching(/ was not reached by 3 requests in a row .*: \d+ stories wait for the next run$/),
    expect.stringMatching(/^fetch: 10 written, \d+ failed, queued for the next run, \d+ left for the next run$/),
  ])
  for (const line of lines.slice(0, -2)) expect(line).toContain(named)
  expect(storiesIn(own.archive).size).toBe(10)
  expect((await fetchAt(start + 3_600_000, own, { proxy: origin })).code).toBe(3)
  const next = await fetchAt(start + 7_200_000, own)
  expect(next).toMatchObject({ code: 0, err: `fetch: ${STORIES - 10} written\n` })
  expect(storiesIn(own.archive).size).toBe(STORIES)
})
