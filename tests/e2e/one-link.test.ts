import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { verify } from '../../src/commands/verify.ts'
import { configOf, testIo } from '../support/io.ts'
import { folder } from '../support/program.ts'
import { serve, type TestServer } from '../support/server.ts'

let server: TestServer
let home: ReturnType<typeof folder>
let feed = ''
let nowMs = Date.parse('2026-03-12T12:00:00+08:00')

beforeEach(async () => {
  home = folder()
  server = await serve((_request, response) => void response.writeHead(200, { etag: '"1"' }).end(feed))
})
afterEach(async () => {
  await server.close()
  home.remove()
})

const item = (n: number, title = `快讯${n}`) =>
  `<item><title>${title}</title><link>https://www.example.org/live</link><guid isPermaLink="false">g${n}</guid><pubDate>Thu, 12 Mar 2026 02:0${n}:00 GMT</pubDate><description>&lt;p&gt;快讯${n}的第一段。&lt;/p&gt;&lt;p&gt;快讯${n}的第二段。&lt;/p&gt;</description></item>`

let said = ''

async function run(...items: string[]): Promise<string[]> {
  feed = `<rss version="2.0"><channel><title>t</title><link>https://www.example.org/</link>${items.join('')}</channel></rss>`
  nowMs += 600_000
  const io = testIo(home.path, nowMs)
  const flags = {
    allowPrivate: true,
    rate: '1000/s',
    maxGap: '0',
    sources: [{ feed: `${server.origin}/feed.xml`, pages: false }],
  }
  await fetch({ ...(await configOf(flags, home.path)), dryRun: false }, io)
  said = io.err.join('')
  return io.out.map((path) => path.trim())
}

/** Headline and number of each file's text, which are the same where no item was written over another. */
function texts(): string[] {
  const day = join(home.path, 'archive', '2026-03-12')
  return readdirSync(day)
    .map((name) => readFileSync(join(day, name), 'utf8'))
    .map((text) => `${/title: "(.*)"/.exec(text)?.[1]} ${/快讯(\d)的/.exec(text)?.[1]}`)
    .toSorted()
}

test('items of one link and several guids are a file each, for ever', async () => {
  expect(await run(item(2), item(1))).toHaveLength(2)
  expect(texts()).toEqual(['快讯1 1', '快讯2 2'])
  // Another comes on top; one is alone; a new one is alone; one is edited.
  expect(await run(item(3), item(2), item(1))).toHaveLength(1)
  expect(await run(item(2))).toEqual([])
  expect(await run(item(4))).toHaveLength(1)
  expect(await run(item(4), item(1, '快讯1（更新）'))).toHaveLength(1)
  expect(texts()).toEqual(['快讯1（更新） 1', '快讯2 2', '快讯3 3', '快讯4 4'])
  const options = { ...(await configOf({}, home.path)), fix: false }
  expect(await verify(options, testIo(home.path, nowMs))).toBe(0)
})

test('an item that was alone first keeps its file', async () => {
  await run(item(1))
  await run(item(2), item(1))
  await run(item(3))
  expect(texts()).toEqual(['快讯1 1', '快讯2 2', '快讯3 3'])
})

test('without .zaobao/ the files are enough', async () => {
  await run(item(2), item(1))
  rmSync(join(home.path, 'archive', '.zaobao'), { recursive: true })
  expect(await run(item(3), item(2), item(1))).toHaveLength(1)
  expect(texts()).toEqual(['快讯1 1', '快讯2 2', '快讯3 3'])
})

test('a guid that changes makes no second file of a link of its own', async () => {
  await run(item(1))
  await run(item(1).replace('>g1<', '>g1-again<'))
  expect(texts()).toEqual(['快讯1 1'])
})

test('an item without any address is said to be left out, and no validators hide it', async () => {
  const nameless = item(2).replace(/<link>.*?<\/link>|<guid.*?<\/guid>/g, '')
  await run(item(1), nameless)
  expect(said).toContain('1 item left out for want of an address, the first of them "快讯2"\n')
  expect(server.headers.at(-1)?.['if-none-match']).toBeUndefined()
  await run(item(1), nameless)
  expect(said).toBe('')
  expect(server.headers.at(-1)?.['if-none-match']).toBeUndefined()
  expect(await run(item(1), nameless.replace('<pub', '<guid>https://example.org/2</guid><pub'))).toHaveLength(1)
})

test('an item that has a guid alone is one of its site, for ever', async () => {
  const linkless = (n: number) => item(n).replace(/<link>.*?<\/link>/, '')
  expect(await run(linkless(2), linkless(1))).toHaveLength(2)
  expect(said).toBe('fetch: 2 written\n')
  expect(await run(linkless(3), linkless(2))).toHaveLength(1)
  expect(texts()).toEqual(['快讯1 1', '快讯2 2', '快讯3 3'])
})

test('items that link to places of one page are a file each, for ever', async () => {
  const placed = (n: number) =>
    item(n)
      .replace('/live', `/live#v${n}`)
      .replace(/<guid.*?<\/guid>/, '')
  expect(await run(placed(2), placed(1))).toHaveLength(2)
  expect(await run(placed(3), placed(2))).toHaveLength(1)
  expect(await run(placed(3))).toEqual([])
  expect(texts()).toEqual(['快讯1 1', '快讯2 2', '快讯3 3'])
})

test('an item that stands twice in a feed under two guids is one story', async () => {
  expect(await run(item(1), item(1).replace('>g1<', '>g1-again<'))).toHaveLength(1)
})

test.each([
  ['share a link', (text: string) => text],
  ['have no link', (text: string) => text.replace(/<link>.*?<\/link>/, '')],
])('items that %s and get new guids at each request are one story each', async (_, made) => {
  const items = (n: number) => [made(item(2).replace('>g2<', `>${n}-2<`)), made(item(1).replace('>g1<', `>${n}-1<`))]
  expect(await run(...items(1))).toHaveLength(2)
  for (const n of [2, 3]) expect(await run(...items(n))).toEqual([])
  const edited = items(4)[1]!.replace('第二段', '第二段（更正）')
  expect(await run(edited, items(4)[0]!)).toHaveLength(1)
  expect(texts()).toHaveLength(3)
})

test('an item that was alone first keeps its file under new guids', async () => {
  await run(item(1))
  expect(await run(item(2), item(1).replace('>g1<', '>h1<'))).toHaveLength(1)
  expect(texts()).toEqual(['快讯1 1', '快讯2 2'])
})
