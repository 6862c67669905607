import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page } from '../support/pages.ts'
import { call, folder, storiesIn } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

const TEXT = '<p>轮渡昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>'
const PATH = '/realtime/china/story20211110-9000001'
const DAY_MS = 86_400_000
const NOON = Date.parse('2021-11-10T12:00:00Z')
/** What a page says of its time. */
const TIMES = /<h4 class="title-byline date-published">.*?<\/h4>|"created":"\d+"/g

let site: Site
let home: ReturnType<typeof folder>

function show(bodyHtml = TEXT, hasTime = true): void {
  const url = `${site.server.origin}${PATH}`
  const page = drupal8Page({ title: '轮渡复航', url, published: '2021-11-10T07:37:00.000Z', bodyHtml })
  site.pages.set(PATH, hasTime ? page : page.replace(TIMES, ''))
  const feed = rsshubFeed([{ title: '轮渡复航', url, published: '2021-11-10T07:37:00.000Z', bodyHtml: '' }])
  site.pages.set('/feed.xml', feed.replace(/<pubDate>.*?<\/pubDate>/, ''))
}

async function poll(nowMs: number) {
  const io = testIo(home.path, nowMs)
  const flags = { archive: join(home.path, 'archive'), feed: [`${site.server.origin}/feed.xml`], recheck: '99d' }
  const config = await configOf({ ...flags, allowPrivate: true, rate: '1000/s' }, home.path)
  expect(await fetch({ ...config, dryRun: false }, io)).toBe(0)
  return { printed: io.out.length, said: io.err.join('') }
}

const text = (): string => [...storiesIn(join(home.path, 'archive')).values()].join('')
const published = async () =>
  (JSON.parse((await call(['export'], { cwd: home.path })).stdout) as { published: unknown }).published

beforeEach(() => {
  home = folder()
})
beforeEach(async () => {
  site = await serveSite()
})
afterEach(async () => {
  await site.server.close()
  home.remove()
})

test('a page that tells no time any more takes none away', async () => {
  show()
  await poll(NOON)
  const before = text()
  expect(before).toContain('\ndate: 2021-11-10T07:37:00.000Z\n')
  show(TEXT, false)
  expect(await poll(NOON + 1)).toEqual({ printed: 0, said: '' })
  expect(text()).toBe(before)
  show(`${TEXT}<p>末班船是晚上十点。</p>`, false)
  expect(await poll(NOON + 2)).toMatchObject({ printed: 1 })
  expect(text()).toBe(`${before}\n末班船是晚上十点。\n`)
  expect(await published()).toBe('2021-11-10T07:37:00.000Z')
})

test('a time that is known of its day alone comes later', async () => {
  show(TEXT, false)
  await poll(NOON)
  expect(text()).toContain('\ndate: 2021-11-09T16:00:00.000Z\n')
  expect(await published()).toBeNull()
  show()
  expect(await poll(NOON + 1)).toMatchObject({ printed: 1 })
  expect(text()).toContain('\ndate: 2021-11-10T07:37:00.000Z\n')
})

test('a clock that is days behind takes no time of the day in the address for one to come', async () => {
  show()
  await poll(NOON - 4 * DAY_MS)
  expect(text()).toContain('\ndate: 2021-11-10T07:37:00.000Z\n')
  expect(await published()).toBe('2021-11-10T07:37:00.000Z')
  const before = text()
  show(`${TEXT}<p>末班船是晚上十点。</p>`)
  await poll(NOON - 3 * DAY_MS)
  expect(text()).toBe(`${before}\n末班船是晚上十点。\n`)
})
