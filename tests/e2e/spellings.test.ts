import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { verify } from '../../src/commands/verify.ts'
import { makeDocument, renderDocument } from '../../src/core/document/render.ts'
import { OF_PAPER } from '../support/content.ts'
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
  const flags = {
    allowPrivate: true,
    rate: '1000/s',
    maxGap: '0',
    sources: [{ feed: `${server.origin}/feed.xml`, pages: false }],
    json,
  }
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
  expect(await verify({ ...config, fix: true }, testIo(home.path, nowMs))).toBe(0)
  expect(readdirSync(day())).toEqual([name])
  for (const spelling of [one, other]) expect(await run(link(spelling))).toEqual([])
  expect(await verify(config, testIo(home.path, nowMs))).toBe(0)
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

test('a story whose address has another day by now is the one that is there', async () => {
  const at = (date: string) => `https://www.zaobao.com.sg/realtime/china/story${date}-9000001`
  expect(await run(at('20260312'))).toHaveLength(1)
  for (const date of ['20260313', '20260311', '20260312']) expect(await run(at(date)), date).toEqual([])
  expect(readdirSync(join(home.path, 'archive')).filter((name) => !name.startsWith('.'))).toEqual(['2026-03-12'])
  expect(await verify({ ...(await configOf({}, home.path)), fix: false, json: false }, testIo(home.path, nowMs))).toBe(
    0,
  )
})

const MARKED = ['%E3%80%82', '%20', '%EF%BC%89', '%E2%80%8B']
const STORY = 'https://www.zaobao.com.sg/realtime/china/story20260312-9000001'

test('files that earlier versions made of one story, by a number with something behind it, become one: nothing is lost', async () => {
  const idOf = (url: string) => createHash('sha256').update(url).digest('hex').slice(0, 10)
  const urls = [STORY, ...MARKED.map((mark) => `${STORY}${mark}`), 'https://news.example.org/a%20']
  const archive = join(home.path, 'archive')
  const former = join(archive, '.zaobao', 'revisions', '2026-03-12', idOf(urls[1]!.replace('www.', '')))
  const paths = urls.map((url, n) => {
    // The last but one was read a day later, and is archived under that.
    const folderDay = n === 4 ? '2026-03-13' : '2026-03-12'
    const id = n === 0 ? '9000001' : idOf(url.replace('www.', ''))
    const path = `${folderDay}/${folderDay}-${id}-渡轮.md`
    const words = n === 2 ? '渡轮的第一段。\n\n我的笔记。' : n === 3 ? '渡轮改了的一段。' : '渡轮的第一段。'
    const {
      title,
      day: storyDay,
      published,
    } = { title: '渡轮', day: '2026-03-12', published: '2026-03-12T02:00:00.000Z' }
    const text = renderDocument(
      makeDocument({ ...OF_PAPER, title, url, published, day: storyDay, body: { markdown: words } }),
    )
    mkdirSync(join(archive, folderDay), { recursive: true })
    writeFileSync(join(archive, path), text)
    return { path, text, id, url }
  })
  mkdirSync(former, { recursive: true })
  writeFileSync(join(former, '1-kept.md'), 'what it said before\n')
  mkdirSync(join(archive, '.zaobao', 'journal'), { recursive: true })
  for (const { path, text, id, url } of paths.slice(1)) {
    const file = join(archive, '.zaobao', 'journal', `${path.slice(0, 10)}.ndjson`)
    const digest = createHash('sha256').update(text).digest('hex')
    const notes = { bylines: ['甲'], keywords: [], revision: 1, seen: {}, validators: null, origin: 'page', digest }
    const entry = { id, path, url, status: 'written', fetched: '2026-03-12T03:00:00.000Z', updated: null, ...notes }
    appendFileSync(file, `${JSON.stringify(entry)}\n`)
  }
  const config = { ...(await configOf({}, home.path)), fix: true, json: false }
  const io = testIo(home.path, nowMs)
  expect([await verify(config, io), io.err]).toEqual([0, expect.anything()])
  expect(readdirSync(day()).toSorted()).toEqual([paths[0]!.path.slice(11), paths.at(-1)!.path.slice(11)].toSorted())
  const left = readdirSync(archive, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
  for (const { text } of paths) expect(left).toContain(text)
  expect(left).toContain('what it said before\n')
  const notes = readFileSync(join(archive, '.zaobao', 'journal', '2026-03-12.ndjson'), 'utf8')
  expect(notes.split('\n').filter((line) => line.includes('"id":"9000001"'))).toHaveLength(1)
  const again = testIo(home.path, nowMs)
  expect([await verify({ ...config, fix: false }, again), again.err]).toEqual([
    0,
    [expect.stringContaining('nothing wrong')],
  ])
})

test('files of two days that earlier versions named by two spellings become the one of the earlier day', async () => {
  const idOf = (url: string) => createHash('sha256').update(url).digest('hex').slice(0, 10)
  await run(link('a~b'))
  const [name = ''] = readdirSync(day())
  const text = readFileSync(join(day(), name), 'utf8')
  rmSync(join(home.path, 'archive', '.zaobao'), { recursive: true })
  rmSync(join(day(), name))
  const ids = [idOf(link('a%7eb')), idOf(link('a%7Eb'))]
  const paths = ['2026-03-11', '2026-03-12', '2026-03-13'].map((folderDay, n) => {
    const path = `${folderDay}/${folderDay}-${ids[n % 2]}-渡轮.md`
    mkdirSync(join(home.path, 'archive', folderDay), { recursive: true })
    writeFileSync(join(home.path, 'archive', path), text.replaceAll('a~b', n % 2 === 0 ? 'a%7eb' : 'a%7Eb'))
    return path
  })
  const config = { ...(await configOf({}, home.path)), fix: true, json: false }
  expect(await verify(config, testIo(home.path, nowMs))).toBe(0)
  const left = readdirSync(join(home.path, 'archive'), { recursive: true }).map(String)
  expect(left.filter((path) => /^\d.*\.md$/.test(path))).toEqual([paths[0]])
})
