import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { items } from '../../src/commands/items.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page } from '../support/pages.ts'
import { folder } from '../support/program.ts'
import { serve, type TestServer } from '../support/server.ts'
import { rsshubFeed } from '../support/site.ts'

let server: TestServer
let home: ReturnType<typeof folder>
/** Of each body that is sent by closing the connection, how much arrives. */
let share = 1

const STORIES = Array.from({ length: 6 }, (_, index) => ({
  title: `第${index}号消息`,
  published: '2026-01-03T00:00:00.000Z',
  path: `/realtime/china/story20260103-${9_700_000 + index}`,
  bodyHtml: '<p>第一段。</p><p>第二段。</p>',
}))
const storiesAt = (origin: string) => STORIES.map((story) => ({ ...story, url: origin + story.path }))
beforeEach(async () => {
  share = 1
  home = folder()
  server = await serve((request, response) => {
    const story = storiesAt(server.origin).find(({ path }) => path === request.url)
    if (story !== undefined) return void response.writeHead(200).end(drupal8Page(story))
    if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304).end()
    if (request.url !== '/feed.xml') return void response.writeHead(404).end()
    const body = Buffer.from(rsshubFeed(storiesAt(server.origin)))
    // Without a length the end of the connection is the end of the body (RFC 9112, 6.3).
    request.socket.write('HTTP/1.1 200 OK\r\nETag: "1"\r\nConnection: close\r\n\r\n')
    request.socket.end(body.subarray(0, body.length * share))
  })
})
afterEach(async () => {
  await server.close()
  home.remove()
})

let nowMs = Date.parse('2026-01-03T08:00:00+08:00')

async function run(): Promise<{ code: number; err: string; files: number }> {
  nowMs += 600_000
  const io = testIo(home.path, nowMs)
  const flags = { allowPrivate: true, rate: '1000/s', robots: false, maxGap: '0', feed: [`${server.origin}/feed.xml`] }
  const code = await fetch({ ...(await configOf(flags, home.path)), dryRun: false }, io)
  const day = join(home.path, 'archive', '2026-01-03')
  return { code, err: io.err.join(''), files: code === 3 ? 0 : readdirSync(day).length }
}

test('a feed that is cut in transfer: whole items are archived, one line says it, the next run asks again', async () => {
  share = 0.5
  const cut = await run()
  expect(cut).toMatchObject({ code: 1, files: 2 })
  expect(cut.err.match(/.*cut off.*/g)).toEqual([`${server.origin}/feed.xml: it is cut off: 2 items of it are whole`])
  // It goes on: the line is said once a day.
  expect(await run()).toEqual({ code: 1, files: 2, err: '' })
  share = 1
  expect(await run()).toMatchObject({ code: 0, files: 6 })
  share = 0
  expect(await run()).toEqual({ code: 0, files: 6, err: '' })
})

test('cut before its first item it is no source', async () => {
  share = 0.2
  const { code, err } = await run()
  expect(code).toBe(3)
  expect(err).toContain(`${server.origin}/feed.xml: it is cut off before its first item is whole\n`)
})

test('items prints what is whole and says that it is not all', async () => {
  share = 0.5
  const io = testIo(home.path)
  const config = await configOf({ allowPrivate: true }, home.path)
  expect(await items(`${server.origin}/feed.xml`, null, config, io)).toBe(1)
  expect(io.out.join('').trim().split('\n').length).toBe(2)
  expect(io.err.join('')).toBe(`${server.origin}/feed.xml: it is cut off: 2 items of it are whole\n`)
})
