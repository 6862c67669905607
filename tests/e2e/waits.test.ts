import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backfill } from '../../src/commands/backfill.ts'
import { eachWithPress } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page } from '../support/pages.ts'
import { asHtml, type Entry, paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'
import { rsshubFeed, serveSite } from '../support/site.ts'

/* What is remembered of a story whose page cannot be had, and what its feed shows of it meanwhile. */
let press: Press
eachWithPress((own) => {
  press = own
})

const FEED = 'http://town.example/feed'
const PAGE = 'http://town.example/2026/1.html'
const fetch = () => press.fetch({ feed: [FEED] })
const show = (...entries: (Omit<Entry, 'url'> & { url?: string })[]) =>
  press.answers.set(FEED, rssOf(entries.map((entry) => ({ url: PAGE, ...entry }))))
const file = (): string => [...press.files().values()].join('\n')

/** The page fails until its next try is six hours away. */
async function wait(): Promise<void> {
  for (let n = 0; n < 3; n += 1) await fetch()
}

/** Fetches until what waits was tried again. */
async function waitOut(): Promise<void> {
  for (let n = 0; n < 6; n += 1) await fetch()
}

test('a headline to which words are added while its page cannot be had is that of the page', async () => {
  show({ title: '渡口重新开放' })
  await wait()
  show({ title: '渡口重新开放 | 船家说好' })
  await fetch()
  press.answers.set(PAGE, sitePage('渡口重新开放 | 船家说好', paragraphsOf(1)))
  await waitOut()
  expect(file()).toContain('title: "渡口重新开放 | 船家说好"')
})

test('so it is where no source shows the story any more when its page has them', async () => {
  show({ title: '渡口重新开放' })
  await wait()
  press.answers.set(FEED, rssOf([]))
  press.answers.set(PAGE, sitePage('渡口重新开放，船家说好', paragraphsOf(1)))
  await waitOut()
  expect(file()).toContain('title: "渡口重新开放，船家说好"')
})

test('a time that is told while its page cannot be had is that of the story', async () => {
  show({ title: '渡口重新开放', date: 'Wed, 11 Mar 2026 08:00:00 GMT' })
  await wait()
  show({ title: '渡口重新开放', date: 'Wed, 11 Mar 2026 09:30:00 GMT' })
  await fetch()
  press.answers.set(PAGE, sitePage('渡口重新开放', paragraphsOf(1)))
  await waitOut()
  expect(file()).toContain('date: 2026-03-11T09:30:00.000Z')
})

test('a text that a feed brings while its page cannot be had stands in when that is asked for again', async () => {
  show({ title: '渡口重新开放' })
  await wait()
  show({ title: '渡口重新开放', html: asHtml(paragraphsOf(1)) })
  await fetch()
  await waitOut()
  expect(file()).toContain(paragraphsOf(1)[5])
})

test('the text that a feed brings of what waits is written once', async () => {
  const entry = { title: '渡口重新开放', html: asHtml(paragraphsOf(1)) }
  show(entry)
  await wait()
  const texts = join(press.home.path, 'archive', '.zaobao', 'waiting')
  const marks = () => readdirSync(texts).map((name) => statSync(join(texts, name)).ino)
  const before = marks()
  expect(before).toHaveLength(1)
  show(entry, { url: 'http://town.example/2026/2.html', title: '石桥完工' })
  await fetch()
  expect(marks()).toContain(before[0])
})

const OF_THE_FEED = { feed: [], sources: [{ feed: FEED, name: '河镇报' }] }

/** `backfill` of the page, which cannot be had. */
async function nameIt(flags: Record<string, unknown>): Promise<void> {
  press.nowMs += 3_600_000
  const { path } = press.home
  const io = { ...testIo(path, press.nowMs), env: { HTTP_PROXY: press.server.origin } }
  const config = await configOf({ archive: join(path, 'archive'), rate: '1000/s', ...flags }, path)
  const what = { urls: [PAGE], file: null, from: null, to: null, order: 'oldest' } as const
  expect(await backfill({ ...config, dryRun: false }, what, io)).toBe(1)
}

test.each(['shown by a feed', 'of no feed'])(
  'a story %s that someone named in vain has what is told of its site',
  async (by) => {
    if (by === 'shown by a feed') show({ title: '渡口重新开放' })
    else press.answers.set(FEED, rssOf([]))
    await press.fetch(OF_THE_FEED)
    await nameIt(OF_THE_FEED)
    press.answers.set(FEED, rssOf([]))
    press.answers.set(PAGE, sitePage('渡口重新开放', paragraphsOf(1)))
    for (let n = 0; n < 3; n += 1) await press.fetch(OF_THE_FEED)
    expect(file()).toContain('author: 河镇报\n')
  },
)

test('a story whose section changes while its page cannot be had is asked for where it is shown now', async () => {
  const site = await serveSite()
  const published = '2026-03-11T08:00:00.000Z'
  const storyAt = (path: string) => {
    const url = `${site.server.origin}${path}/story20260311-9000001`
    return { title: '渡口重新开放', url, published, bodyHtml: '<p>渡口今早开放。</p><p>票价不变。</p>' }
  }
  const showAt = (path: string) => site.pages.set('/feed.xml', rsshubFeed([{ ...storyAt(path), bodyHtml: '' }]))
  const fetchSite = async () => fetchAt((press.nowMs += 3_600_000), { site, home: press.home })
  showAt('/realtime/china')
  for (let n = 0; n < 3; n += 1) await fetchSite()
  showAt('/news/china')
  site.pages.set('/news/china/story20260311-9000001', drupal8Page(storyAt('/news/china')))
  for (let n = 0; n < 7; n += 1) await fetchSite()
  await site.server.close()
  expect(file()).toContain('/news/china/story20260311-9000001\n')
})

test.each(['\n', '\r\n'])(
  'a stand-in that an editor left without its last newline (%j) follows its feed',
  async (end) => {
    const texts = paragraphsOf(1)
    show({ title: '渡口重新开放', html: asHtml(texts) })
    await wait()
    const [path = ''] = press.files().keys()
    writeFileSync(join(press.home.path, 'archive', path), file().trimEnd().replaceAll('\n', end))
    show({ title: '渡口重新开放', html: asHtml([...texts, '水位退了。']) })
    expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
    expect(file()).toContain(`${[...texts, '水位退了。'].join('\n\n')}\n`)
  },
)
