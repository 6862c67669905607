import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { probe } from '../../src/commands/probe.ts'
import type { Report } from '../../src/core/probe/report.ts'
import { configOf, testIo } from '../support/io.ts'
import { asHtml, openPress, paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'

const HOME = 'http://town.example/'
const FEED = `${HOME}feed`
const TITLES = ['渡口重开', '石桥修成', '粮仓迁址', '学堂开课']
const at = (n: number) => `${HOME}2026/0${n}/ferry-returns-${n}.html`

let press: Press
beforeEach(async () => {
  press = await openPress()
  const entries = TITLES.map((title, n) => ({
    url: at(n),
    title,
    html: asHtml(paragraphsOf(n)),
    date: `Wed, 11 Mar 2026 0${9 - n}:00:00 GMT`,
  }))
  press.answers.set(FEED, rssOf(entries))
  for (const [n, title] of TITLES.entries()) press.answers.set(at(n), sitePage(title, paragraphsOf(n)))
})
afterEach(() => press.close())

/** Looks at addresses, for a person and for a program: no word of a story is in either. */
async function look(section: string[], save: string | null = null, feed: string[] = []) {
  const run = async (json: boolean) => {
    const io = { ...testIo(press.home.path, press.nowMs), env: { HTTP_PROXY: press.server.origin } }
    press.asked()
    const config = await configOf(
      { archive: join(press.home.path, 'archive'), rate: '1000/s', section, feed, json },
      press.home.path,
    )
    const code = await probe(config, save, io)
    return { code, out: io.out.join(''), err: io.err.join(''), asked: press.asked() }
  }
  const shown = await run(false)
  const { out, code } = await run(true)
  expect(code).toBe(shown.code)
  expect(out + shown.out).not.toMatch(/\p{Script=Han}|ferry|returns/u)
  const report = JSON.parse(out) as Report
  expect(report.requests).toBeLessThanOrEqual(15)
  return {
    ...shown,
    report,
    sources: report.editions.flatMap(({ sources }) => sources),
    stories: report.editions.flatMap(({ stories }) => stories),
  }
}

test('credentials in the links of a feed are not sent', async () => {
  const entries = TITLES.map((title, n) => ({
    url: at(n).replace('//', '//leser:geheim@'),
    title,
    html: '',
    date: 'Wed, 11 Mar 2026 09:00:00 GMT',
  }))
  press.answers.set(FEED, rssOf(entries))
  const { asked } = await look([FEED])
  expect(asked).toContain(at(0))
  expect(press.server.headers.flatMap(({ authorization }) => authorization ?? [])).toEqual([])
})

test('a feed: its items, how fresh, and three of its stories with their witnesses', async () => {
  const { code, out, report, sources, stories, asked } = await look([FEED])
  expect(asked).toEqual([FEED, at(0), at(1), at(3)])
  expect(sources).toMatchObject([
    {
      name: 'feed:feed',
      kind: 'feed',
      layout: 'feed',
      items: 4,
      titled: 4,
      timed: 4,
      newest: '2026-03-11T09:00:00.000Z',
      failure: null,
    },
  ])
  expect(report.editions).toMatchObject([{ host: 'town.example', publisher: null, robots: 'allows' }])
  expect(stories.map(({ age, layout, failure }) => [age, layout, failure])).toEqual([
    ['newest', 'generic', null],
    ['hour', 'generic', null],
    ['week', 'generic', null],
  ])
  expect(stories[0]).toMatchObject({
    url: `${HOME}2026/00/a-a-0.a`,
    headline: { letters: 4, witnesses: expect.arrayContaining(['h1', 'feed:feed']) as string[], others: [] },
    body: { says: { 'feed:feed': { shared: 1 } } },
  })
  expect(code).toBe(1)
  expect(report.findings.map(({ what }) => what)).toEqual(['generic story', 'generic story', 'generic story'])
  expect(out).toMatch(
    /^partly known: 1 of 1 source read, 0 of 3 stories by a known layout, 3 by none; .*; no layout is known of this paper/m,
  )
})

test('a home page: the feeds that it names, and the stories of these', async () => {
  const links = [
    ['feed', ''],
    ['late/feed', '评论'],
    ['comments/feed', ''],
    ['feed/atom', ''],
    ['feed/third', ''],
  ].map(([path, title]) => `<link rel="alternate" type="application/rss+xml" title="${title}" href="/${path}">`)
  const head = `${links.join('')}<link rel="alternate" hreflang="en" href="/en">`
  press.answers.set(HOME, sitePage('河镇', [], { head }))
  press.answers.set(`${FEED}/atom`, rssOf([{ url: at(2), title: TITLES[2]! }]))
  const { sources, stories, asked, out } = await look([HOME])
  expect(asked.slice(0, 3)).toEqual([HOME, FEED, `${FEED}/atom`])
  expect(sources.map(({ name, kind, items, failure }) => [name, kind, items, failure])).toEqual([
    ['page:town.example', 'page', 2, null],
    ['feed:feed', 'feed', 4, null],
    ['feed:feed/atom', 'feed', 1, null],
  ])
  expect(stories).toHaveLength(3)
  expect(out).toMatch(/^ {2}page:town\.example +2 feeds named$/m)
})

test('a story, of which its page alone tells', async () => {
  const { sources, stories, code, asked } = await look([at(1)])
  expect(asked).toEqual([at(1)])
  expect(sources).toEqual([])
  expect(stories).toMatchObject([{ age: 'given', layout: 'generic', failure: null, url: `${HOME}2026/01/a-a-0.a` }])
  expect(code).toBe(1)
})

test.each<[string, string, string, object]>([
  [
    'a sitemap',
    'map.xml',
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${at(2)}</loc></url></urlset>`,
    { kind: 'sitemap', items: 1, failure: null },
  ],
  [
    'a JSON Feed',
    'feed.json',
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      items: [{ id: '1', url: at(2), title: '粮仓迁址' }],
    }),
    { kind: 'feed', items: 1, failure: null },
  ],
  ['an empty feed', 'news/feed', rssOf([]), { name: 'feed:news/feed', items: 0, failure: 'empty' }],
  [
    'a page of no kind, told by its shape',
    '2026/ferry-returns',
    '<!DOCTYPE html><html><body><p>河镇</p></body></html>',
    { kind: 'page', name: 'page:2026/a-a', url: `${HOME}2026/a-a`, failure: 'unknown' },
  ],
])('%s', async (_, path, body, source) => {
  const url = `${HOME}${path}`
  press.answers.set(url, body)
  expect(await look([url])).toMatchObject({ code: 1, sources: [source] })
})

test('what is not there, and what robots.txt forbids', async () => {
  expect(await look([`${HOME}none`])).toMatchObject({ code: 3, sources: [{ failure: 'missing' }] })
  press.answers.set(`${HOME}robots.txt`, { status: 200, body: 'User-agent: *\nDisallow: /\n' })
  expect(await look([FEED])).toMatchObject({ code: 3, sources: [{ failure: 'robots' }], asked: [] })
})

test('a feed in the place of the sources: its stories too', async () => {
  const { sources, stories } = await look([], null, [FEED])
  expect(sources).toMatchObject([{ name: 'feed:feed', kind: 'feed', items: 4 }])
  expect(stories).toHaveLength(3)
})

test('answers are kept as they came', async () => {
  await look([FEED], 'saved')
  const saved = readdirSync(join(press.home.path, 'saved')).map((name) => {
    const text = gunzipSync(readFileSync(join(press.home.path, 'saved', name))).toString('utf8')
    const end = text.indexOf('\n')
    return [(JSON.parse(text.slice(0, end)) as { foundAt: string }).foundAt, text.slice(end + 1)] as const
  })
  const looked = new Set(saved.map(([url]) => url))
  expect([looked.size, looked.has(FEED)]).toEqual([4, true])
  for (const [url, body] of saved) expect(body, url).toBe(press.answers.get(url))
})
