import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page } from '../support/pages.ts'
import { folder } from '../support/program.ts'
import { serve, type TestServer } from '../support/server.ts'
import { rsshubFeed } from '../support/site.ts'

let server: TestServer
let home: ReturnType<typeof folder>
/** Of the page, which is sent by closing the connection, what arrives. */
let page: (whole: string) => string

const PATH = '/realtime/china/story20260103-9700000'
const STORY = {
  title: '断在半路的消息',
  published: '2026-01-03T00:00:00.000Z',
  bodyHtml: '<p>第一段。</p><p>第二段。</p><p>第三段。</p>',
}

beforeEach(async () => {
  home = folder()
  server = await serve((request, response) => {
    const story = { ...STORY, url: server.origin + PATH }
    if (request.url === '/feed.xml') return void response.writeHead(200).end(rsshubFeed([{ ...story, bodyHtml: '' }]))
    if (request.url !== PATH) return void response.writeHead(404).end()
    // Without a length the end of the connection is the end of the body (RFC 9112, 6.3).
    request.socket.write('HTTP/1.1 200 OK\r\nETag: "1"\r\nConnection: close\r\n\r\n')
    request.socket.end(page(drupal8Page(story)))
  })
})
afterEach(async () => {
  await server.close()
  home.remove()
})

let nowMs = Date.parse('2026-01-03T08:00:00+08:00')

async function run(afterMs = 600_000): Promise<{ code: number; err: string; text: string | null }> {
  nowMs += afterMs
  const io = testIo(home.path, nowMs)
  const flags = { allowPrivate: true, rate: '1000/s', robots: false, maxGap: '0', feed: [`${server.origin}/feed.xml`] }
  const code = await fetch({ ...(await configOf(flags, home.path)), dryRun: false }, io)
  const day = join(home.path, 'archive', '2026-01-03')
  const [name] = existsSync(day) ? readdirSync(day) : []
  return { code, err: io.err.join(''), text: name === undefined ? null : readFileSync(join(day, name), 'utf8') }
}

test('a page that is cut in transfer is named, asked for again, and archived when it is whole', async () => {
  page = (whole) => whole.slice(0, whole.indexOf('第三段'))
  const cut = await run()
  expect(cut).toMatchObject({ code: 1, text: null })
  expect(cut.err).toContain('the page ends before its end, and may be cut off')
  expect(await run()).toMatchObject({ text: null })
  page = (whole) => whole
  const whole = await run(3_600_000)
  expect(whole.code).toBe(0)
  expect(whole.text).toContain('第三段。')
})

test('a page that never has its end is taken after a day of tries that brought the same', async () => {
  page = (whole) => whole.slice(0, whole.lastIndexOf('</body>'))
  for (const afterMs of [600_000, 600_000, 3_700_000, 22_000_000])
    expect(await run(afterMs)).toMatchObject({ text: null })
  expect((await run(90_000_000)).text).toContain('第三段。')
})
