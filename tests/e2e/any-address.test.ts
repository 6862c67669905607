import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backfill } from '../../src/commands/backfill.ts'
import { convert } from '../../src/commands/convert.ts'
import { items } from '../../src/commands/items.ts'
import { configOf, testIo } from '../support/io.ts'
import { eachWithPress } from '../support/each.ts'
import { paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'

/*
 * Addresses of papers that nobody knows, as people name them.
 */
let press: Press
eachWithPress((own) => {
  press = own
})

const A = 'http://town.example/news/ferry'
const PAGE = sitePage('渡口重开', paragraphsOf(1))

async function run(
  act: (config: Awaited<ReturnType<typeof configOf>>, io: ReturnType<typeof testIo>) => Promise<number>,
  flags: Record<string, unknown> = {},
) {
  press.nowMs += 3_600_000
  const io = { ...testIo(press.home.path, press.nowMs), env: { HTTP_PROXY: press.server.origin } }
  const config = await configOf(
    { archive: join(press.home.path, 'archive'), rate: '1000/s', ...flags },
    press.home.path,
  )
  const code = await act(config, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

const fill = (...urls: string[]) =>
  run((config, io) =>
    backfill({ ...config, dryRun: false }, { urls, file: null, from: null, to: null, order: 'newest' }, io),
  )

test('a story that someone names is archived, once, and is the one of the feed', async () => {
  press.answers.set(A, PAGE)
  expect(await fill(A)).toMatchObject({ code: 0, err: 'backfill: 1 written\n' })
  for (const text of paragraphsOf(1)) expect([...press.files().values()][0]).toContain(text)
  expect(await fill(`${A}?utm_source=x`, `${A}/`)).toMatchObject({ code: 0, out: '' })
  press.answers.set('http://town.example/feed', rssOf([{ url: `${A}?at_medium=rss`, title: '渡口重开' }]))
  expect(await press.fetch({ feed: ['http://town.example/feed'] })).toEqual({ code: 0, out: [], err: '' })
  expect(press.files().size).toBe(1)
})

test('with --quiet what a list of addresses had no turn for is said: nothing remembers it', async () => {
  const others = [2, 3].map((n) => `http://town.example/news/${n}`)
  for (const url of [A, ...others]) press.answers.set(url, PAGE)
  const urls = [A, ...others]
  const { err } = await run(
    (config, io) =>
      backfill({ ...config, dryRun: false }, { urls, file: null, from: null, to: null, order: 'newest' }, io),
    { maxRequests: 2, quiet: true },
  )
  expect(err).toMatch(/^[^\n]*: 2 stories are left for the next run\n$/)
})

test('a page that tells its day alone is of that day, and one to come is none', async () => {
  const head = (day: string) => `<meta property="article:published_time" content="${day}">`
  press.answers.set(A, sitePage('渡口重开', paragraphsOf(1), { head: head('2021-11-10') }))
  press.answers.set(`${A}2`, sitePage('石桥重开', paragraphsOf(2), { head: head('2031-11-10') }))
  expect(await fill(A, `${A}2`)).toMatchObject({ code: 0 })
  const [first, second] = [...press.files()].toSorted(([one], [other]) => one.localeCompare(other))
  expect(first?.[0]).toContain('2021-11-10/2021-11-10-')
  expect(first?.[1]).toContain('\ndate: 2021-11-09T16:00:00.000Z\n')
  expect(second?.[0]).not.toContain('2031')
})

test('a time that is told to the second later is no edit', async () => {
  const page = (head: string) =>
    sitePage('渡口重开', paragraphsOf(1), { head }).replace('</h1>', '</h1>2021-11-10 15:37')
  const feed = rssOf([{ url: A, title: '渡口重开' }]).replace(/<pubDate>.*?<\/pubDate>/, '')
  press.answers.set('http://town.example/feed', feed)
  const poll = () => press.fetch({ feed: ['http://town.example/feed'], recheck: '99999d' })
  press.answers.set(A, page(''))
  expect(await poll()).toMatchObject({ code: 0 })
  const before = [...press.files()]
  press.answers.set(A, page('<meta name="publish_time" content="2021-11-10T15:37:12+08:00">'))
  expect(await poll()).toEqual({ code: 0, out: [], err: '' })
  expect([...press.files()]).toEqual(before)
  press.answers.set(A, page('<meta name="publish_time" content="2021-11-10T15:38:12+08:00">'))
  expect((await poll()).out).toHaveLength(1)
})

test('a story that shows the marks of a merge in its code is whole', async () => {
  const code =
    '<pre><code>&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD\na\n=======\nb\n&gt;&gt;&gt;&gt;&gt;&gt;&gt; x\n</code></pre>'
  press.answers.set(A, sitePage('渡口重开', paragraphsOf(1)).replace('</p><p>', `</p>${code}<p>`))
  expect(await fill(A)).toMatchObject({ code: 0, err: 'backfill: 1 written\n' })
  expect([...press.files().values()][0]).toContain('\n<<<<<<< HEAD\n')
  expect(await fill(A)).toEqual({ code: 0, out: '', err: '' })
})

test('a story at whose address a page only leads on is archived, once, as behind a redirect', async () => {
  const old = 'http://town.example/go/7'
  press.answers.set(A, PAGE)
  press.answers.set(old, `<html><meta http-equiv="refresh" content="0; url=${A}"><h1>Redirecting…</h1></html>`)
  press.answers.set('http://town.example/feed', rssOf([{ url: old, title: '渡口重开' }]))
  for (let n = 0; n < 2; n += 1)
    expect(await press.fetch({ feed: ['http://town.example/feed'] })).toMatchObject({ code: 0 })
  expect(press.files().size).toBe(1)
  for (const text of paragraphsOf(1)) expect([...press.files().values()][0]).toContain(text)
})

test.each([
  ['of its one feed', [{ name: '河镇报', tags: ['河', '镇'] }], '河镇报', '河, 镇'],
  [
    'in which all feeds agree',
    [
      { name: '河镇报', tags: ['河'] },
      { name: '河镇报', tags: ['镇'] },
    ],
    '河镇报',
    '河镇报',
  ],
  ['of none, where they differ', [{ name: '河镇报' }, { name: '镇上' }], 'town.example', 'town.example'],
  ['of no other site', [], 'town.example', 'town.example'],
])('a story that someone names has what the configuration tells %s', async (_, told, author, tags) => {
  press.answers.set(A, PAGE)
  const feeds = told.map((one, n) => ({ feed: `http://www.town.example/feed${n}`, ...one }))
  const sources = [{ feed: 'http://other.example/feed', name: '别处' }, ...feeds]
  await run(
    (config, io) =>
      backfill({ ...config, dryRun: false }, { urls: [A], file: null, from: null, to: null, order: 'newest' }, io),
    { sources },
  )
  expect([...press.files().values()][0]).toContain(`\nauthor: ${author}\n`)
  expect([...press.files().values()][0]).toContain(`\ntags: [ ${tags} ]\n`)
})

test('what is no story of it fails with the reason', async () => {
  expect(await fill(A)).toMatchObject({ code: 1, err: expect.stringContaining(`${A}: status 404`) as string })
  press.answers.set(A, {
    status: 200,
    body: '<!DOCTYPE html><html><head><title>x</title></head><body><p>河</p></body></html>',
  })
  expect(await fill(A)).toMatchObject({ code: 1, err: expect.stringContaining('no article is found in it') as string })
  for (const url of ['http://town.example/', 'http://town.example/feed.xml', 'town.example/a'])
    await expect(fill(url), url).rejects.toThrow(/is no address|not a story/)
  expect(await fill('http://192.168.7.7/a')).toMatchObject({
    code: 1,
    err: expect.stringContaining('is no public address') as string,
  })
})

test('robots.txt is obeyed for it', async () => {
  press.answers.set(A, PAGE)
  press.answers.set('http://town.example/robots.txt', { status: 200, body: 'User-agent: *\nDisallow: /news/' })
  expect(await fill(A)).toMatchObject({ code: 1, err: expect.stringContaining('robots.txt') as string })
  expect(press.asked()).toEqual([])
})

test('a sitemap of any site names its pages', async () => {
  const map = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${A}</loc></url><url><loc>http://town.example/?p=7</loc></url><url><loc>http://town.example/</loc></url><url><loc>http://other.example/a</loc></url></urlset>`
  press.answers.set('http://town.example/sitemap.xml', map)
  const { code, out } = await run((config, io) => items('http://town.example/sitemap.xml', null, config, io))
  const urls = out
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { url: string }).url)
  expect({ code, urls }).toEqual({ code: 0, urls: [A, 'http://town.example/?p=7'] })
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(map)
  }
  // Saved to a file too: its addresses say of which site it is.
  expect(await run((config, io) => items(null, null, config, { ...io, stdin }))).toMatchObject({ code: 0, out })
})

test('a page of any site is converted', async () => {
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(PAGE)
  }
  const io = { ...testIo(press.home.path), stdin }
  expect(await convert({ file: null, url: A, format: 'json', from: 'page' }, [], io)).toBe(0)
  const record = JSON.parse(io.out.join('')) as Record<string, string>
  expect(record).toMatchObject({
    title: '渡口重开',
    author: 'town.example',
    lang: 'zh-Hans',
    extraction: 'generic',
    publisher: null,
  })
  expect(record['text']).toBe(paragraphsOf(1).join('\n\n'))
})
