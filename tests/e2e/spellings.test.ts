import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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
  server = await serve((_request, response) => void response.writeHead(200).end(feed))
})
afterEach(async () => {
  await server.close()
  home.remove()
})

/** Fetches a feed with one item of this link; the paths or, with `json`, the records that come out. */
async function run(link: string, json = false): Promise<string[]> {
  const body = '&lt;p&gt;渡轮的第一段。&lt;/p&gt;&lt;p&gt;渡轮的第二段。&lt;/p&gt;'
  const item = `<item><title>渡轮</title><link>${link}</link><pubDate>Thu, 12 Mar 2026 02:00:00 GMT</pubDate><description>${body}</description></item>`
  feed = `<rss version="2.0"><channel><title>t</title>${item}</channel></rss>`
  nowMs += 600_000
  const io = testIo(home.path, nowMs)
  const flags = { allowPrivate: true, rate: '1000/s', maxGap: '0', feed: [`${server.origin}/feed.xml`], json }
  await fetch({ ...(await configOf(flags, home.path)), dryRun: false }, io)
  return io.out
}

const SPELLINGS = ['%e4%b8%ad-%41', '%E4%B8%AD-A', '中-A', '%E4%b8%ad-%41?utm_source=x', '%e4%b8%ad-A;jsessionid=1F']
const link = (spelling: string) => `https://news.example.org/${spelling}`
const day = () => join(home.path, 'archive', '2026-03-12')

test('one address in all spellings is one file', async () => {
  expect(await run(link(SPELLINGS[0]!))).toHaveLength(1)
  for (const spelling of SPELLINGS) expect(await run(link(spelling)), spelling).toEqual([])
  expect(readdirSync(day())).toHaveLength(1)
})

test.each([true, false])(
  'a file that an earlier version named by the spelling of its source is found again (notes: %s)',
  async (hasNotes) => {
    await run(link('%e4%b8%ad'))
    const [name = ''] = readdirSync(day())
    const former = createHash('sha256').update('https://news.example.org/%e4%b8%ad').digest('hex').slice(0, 10)
    const own = name.slice(11, 21)
    expect(own).not.toBe(former)
    renameSync(join(day(), name), join(day(), name.replace(own, former)))
    if (!hasNotes) rmSync(join(home.path, 'archive', '.zaobao'), { recursive: true })
    else rmSync(join(home.path, 'archive', '.zaobao', 'journal'), { recursive: true })
    for (const spelling of ['%e4%b8%ad', '%E4%B8%AD', '中']) expect(await run(link(spelling))).toEqual([])
    expect(readdirSync(day())).toEqual([name.replace(own, former)])
    const config = { ...(await configOf({}, home.path)), fix: false, json: false }
    expect(await verify(config, testIo(home.path, nowMs))).toBe(0)
  },
)

test.each([
  ['a%7eb', 'a~b'],
  ['%41', 'A'],
])('files that earlier versions made of %s and of %s are named as one story', async (one, other) => {
  const idOf = (url: string) => createHash('sha256').update(url).digest('hex').slice(0, 10)
  await run(link(other))
  const [name = ''] = readdirSync(day())
  const former = name.replace(idOf(link(other)), idOf(link(one)))
  expect(former).not.toBe(name)
  writeFileSync(join(day(), former), readFileSync(join(day(), name), 'utf8').replaceAll(link(other), link(one)))
  const config = { ...(await configOf({}, home.path)), fix: false, json: false }
  const io = testIo(home.path, nowMs)
  expect(await verify(config, io)).toBe(1)
  expect(io.err.filter((line) => line.includes(': duplicate: the story has another file, '))).toHaveLength(1)
})

test.each([
  ['a%2Fb', 'a/b'],
  ['a?b=1%262', 'a?b=1&amp;2'],
  ['a+b', 'a%2Bb'],
  ['a;v=1', 'a;v=2'],
])('%s and %s stay two', async (one, other) => {
  await run(link(one))
  expect(await run(link(other))).toHaveLength(1)
})
