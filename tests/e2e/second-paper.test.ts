import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { backfill } from '../../src/commands/backfill.ts'
import { exportStories } from '../../src/commands/export.ts'
import { fetch } from '../../src/commands/fetch.ts'
import { status } from '../../src/commands/status.ts'
import { verify } from '../../src/commands/verify.ts'
import { recordSchema } from '../../src/core/record/schema.ts'
import { openRecorded } from '../../src/edge/http/recorded.ts'
import { READERS } from '../../src/sites/index.ts'
import { PUBLISHERS } from '../../src/sites/publishers.ts'
import { rivertown } from '../second-paper/paper.ts'
import { readers } from '../second-paper/readers.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page } from '../support/pages.ts'
import { folder, storiesIn } from '../support/program.ts'

/*
 * A paper that is not in the program, in a folder of its own: taken in by a line for what it is and a line for how it is
 * read, it is fetched, backfilled, its gaps are filled, and its archive is verified, without a change elsewhere.
 */
beforeAll(() => {
  PUBLISHERS.push(rivertown)
  READERS[rivertown.name] = readers
})
afterAll(() => {
  PUBLISHERS.pop()
  delete READERS[rivertown.name]
})

const HOUR_MS = 3_600_000
const { origin } = rivertown

let home: ReturnType<typeof folder>
let pages: Map<string, string>
let asked: string[]
let nowMs: number

beforeEach(() => {
  home = folder()
  pages = new Map()
  asked = []
  nowMs = Date.parse('2026-03-12T12:00:00-05:00')
})
afterEach(() => home.remove())

/** The page of a story of the town, published at that hour of its clock. */
function put(day: string, number: number, text = `第${number}号的事：渡口今早重开，船家说水位已退。`): string {
  const path = `/town/${day.replaceAll('-', '/')}/no${number}.html`
  const body = `<p>${text}</p><p>${number}号船下午两点开出，票价不变。</p>`
  pages.set(
    `${origin}${path}`,
    `<!DOCTYPE html><html><head><title>x</title></head><body><article class="rt"><h1>渡口第${number}号</h1><div class="when">${day} 22:30</div><div class="who">河 生</div><div class="story">${body}</div></article></body></html>`,
  )
  return path
}

function list(paths: readonly string[], name = ''): void {
  const items = paths.map(
    (path) => `<li class="rt-item"><a href="${path}">渡口第${/\d+(?=\.html)/.exec(path)?.[0]}号</a></li>`,
  )
  pages.set(`${origin}/town/${name}`, `<html><body><ul class="rt-list">${items.join('')}</ul></body></html>`)
}

async function makeHttp() {
  const at = join(home.path, 'site')
  mkdirSync(at, { recursive: true })
  const recordings = [...pages].map(([url, body], index) => {
    writeFileSync(join(at, String(index)), body)
    return { url, file: String(index), contentType: 'text/html; charset=utf-8' }
  })
  writeFileSync(join(at, 'site.json'), JSON.stringify(recordings))
  const http = await openRecorded(at)
  return { ...http, get: (url: string, ...more: unknown[]) => (asked.push(url), http.get(url, ...(more as []))) }
}

async function run(act: typeof fetch | null, flags: Record<string, unknown> = {}, wanted = {}) {
  nowMs += HOUR_MS
  const io = { ...testIo(home.path), now: () => nowMs }
  const given = {
    archive: join(home.path, 'archive'),
    section: ['rivertown:town'],
    sources: ['list'],
    rate: '1000/s',
    ...flags,
  }
  const config = { ...(await configOf(given, home.path)), dryRun: false }
  const all = { urls: [], file: null, from: null, to: null, order: 'newest' as const, ...wanted }
  const code = act === null ? await backfill(config, all, io, makeHttp) : await act(config, io, makeHttp)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

const archive = () => join(home.path, 'archive')
const names = () => [...storiesIn(archive()).keys()]

test('is fetched, by its own clock, under its own name, and nothing is new the next time', async () => {
  list([put('2026-03-11', 7), put('2026-03-12', 8)].toReversed())
  const first = await run(fetch, { json: true })
  expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: 'fetch: 2 written\n' })
  // 22:30 in the town is the next day in Singapore.
  expect(names()).toEqual([
    '2026-03-11/2026-03-11-rivertown.7-渡口第7号.md',
    '2026-03-12/2026-03-12-rivertown.8-渡口第8号.md',
  ])
  const records = first.out
    .trim()
    .split('\n')
    .map((line) => recordSchema.parse(JSON.parse(line)))
  expect(records.find(({ id }) => id === 'rivertown.7')).toMatchObject({
    url: `${origin}/town/2026/03/11/no7.html`,
    published: '2026-03-12T03:30:00.000Z',
    section: 'town',
    author: '河镇日报',
    bylines: ['河 生'],
    extraction: 'rivertown',
  })
  expect(await run(fetch)).toEqual({ code: 0, out: '', err: '' })
  pages.set(
    `${origin}/town/2026/03/11/no7.html`,
    pages.get(`${origin}/town/2026/03/11/no7.html`)!.replace('渡口第7号', '渡口第七号'),
  )
  list(['/town/2026/03/12/no8.html', '/town/2026/03/11/no7.html'])
  pages.set(`${origin}/town/`, pages.get(`${origin}/town/`)!.replace('渡口第7号', '渡口第七号'))
  expect(await run(fetch)).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
})

test('what fell out of its list is looked up, in its list, then in its sitemap', async () => {
  list([put('2026-03-08', 1), put('2026-03-08', 2)].toReversed())
  nowMs = Date.parse('2026-03-08T23:30:00-05:00')
  await run(fetch)
  const missed = [put('2026-03-09', 3), put('2026-03-10', 4), put('2026-03-10', 5)]
  nowMs = Date.parse('2026-03-12T12:00:00-05:00')
  list([put('2026-03-12', 9), put('2026-03-12', 10)].toReversed())
  pages.set(`${origin}/months/2026-03.txt`, [...pages.keys()].filter((url) => url.endsWith('.html')).join('\n'))
  const filled = await run(fetch)
  expect(filled.err).toContain('fetch: 5 written')
  expect(asked).toContain(`${origin}/months/2026-03.txt`)
  expect(names()).toHaveLength(7)
  expect(
    missed.every((path) => names().some((name) => name.includes(`rivertown.${/\d+(?=\.html)/.exec(path)?.[0]}-`))),
  ).toBe(true)
})

test('is backfilled by address and by days, and its archive is verified, exported and told of', async () => {
  const [one, two] = [put('2026-03-02', 21), put('2026-03-03', 22)]
  pages.set(`${origin}/months/2026-03.txt`, `${origin}${one}\n${origin}${two}\n`)
  const url = `http://rivertown.example${one}?from=home#top`
  pages.set(`https://rivertown.example${one}`, pages.get(`${origin}${one}`)!)
  expect(await run(null, {}, { urls: [url] })).toMatchObject({ code: 0, err: 'backfill: 1 written\n' })
  rmSync(join(archive(), '2026-03-02'), { recursive: true })
  const named = await run(null, {}, { urls: ['2026-03-02-rivertown.21-渡口.md'] })
  expect(named).toMatchObject({ code: 0, err: 'backfill: 1 written\n' })
  expect(await run(null, {}, { from: '2026-03-01', to: '2026-03-05' })).toMatchObject({
    code: 0,
    err: 'backfill: 1 written\n',
  })
  const io = { ...testIo(home.path), now: () => nowMs }
  expect(await verify({ archive: archive(), fix: false, json: true, wait: 0, exclude: [] } as never, io)).toBe(0)
  expect(io.out.join('')).toBe('')
  const told = testIo(home.path)
  await exportStories([], { archive: archive(), since: null, until: null, revisions: false }, told)
  const records = told.out
    .join('')
    .trim()
    .split('\n')
    .map((line) => recordSchema.parse(JSON.parse(line)))
  expect(records.map(({ id, section }) => [id, section])).toEqual([
    ['rivertown.21', 'town'],
    ['rivertown.22', 'town'],
  ])
  const stood = testIo(home.path, nowMs)
  const config = await configOf({ archive: archive(), section: ['rivertown:town'], sources: ['list'] }, home.path)
  expect(await status({ ...config, maxAge: null, json: true }, stood)).toBe(0)
  expect(JSON.parse(stood.out.join(''))).toMatchObject({ sections: [{ section: 'rivertown:town' }] })
})

test('a number that another paper has too is another story', async () => {
  const zaobao = 'https://www.zaobao.com.sg/realtime/china/story20260311-7'
  pages.set(
    zaobao,
    drupal8Page({
      title: '港口扩建',
      url: zaobao,
      published: '2026-03-11T02:00:00.000Z',
      bodyHtml: '<p>港口扩建工程昨天动工，预计三年完成。</p><p>首期投资十亿元。</p>',
    }),
  )
  list([put('2026-03-11', 7)])
  await run(fetch)
  expect(await run(null, {}, { urls: [zaobao] })).toMatchObject({ code: 0, err: 'backfill: 1 written\n' })
  expect(names()).toEqual(['2026-03-11/2026-03-11-7-港口扩建.md', '2026-03-11/2026-03-11-rivertown.7-渡口第7号.md'])
  expect(await run(fetch)).toEqual({ code: 0, out: '', err: '' })
  const texts = [...storiesIn(archive()).values()]
  expect(texts.map((text) => /^author: (.*)$/m.exec(text)?.[1])).toEqual(['联合早报', '河镇日报'])
})

test('its imitator and its sections are known by its name', async () => {
  await expect(run(fetch, { section: ['rivertown:village'] })).rejects.toThrow(/rivertown:town, rivertown:china/)
  const imitated = run(null, {}, { urls: ['https://rivertown-daily.example/town/2026/03/11/no7.html'] })
  await expect(imitated).rejects.toThrow('republishes the Rivertown Daily')
})

test('a page of a layout that nobody knows is archived at once, and marked', async () => {
  const path = put(
    '2026-03-11',
    7,
    '渡口今早重开，船家说水位已经退到往年的样子，船照常开出，票价到年底都不变，学生凭证件仍然只收半价。',
  )
  const known = pages.get(`${origin}${path}`)!
  const canonical = `<link rel="canonical" href="${origin}${path}">`
  const more = '<p>镇上的木匠花了三天修好了码头的栏杆，工钱由渡口合作社出，镇公所明年还要在北岸加一道石堤。</p>'
  pages.set(
    `${origin}${path}`,
    known
      .replace('</head>', `${canonical}</head>`)
      .replaceAll(/class="(?:rt|story|who|when)"/g, '')
      .replace('</p></div>', `</p>${more}</div>`),
  )
  list([path])
  expect(await run(fetch)).toMatchObject({ err: expect.stringContaining('fetch: 1 written') as string })
  expect([...storiesIn(archive()).values()][0]).toMatch(/\nextraction: generic\n---\n/)
})
