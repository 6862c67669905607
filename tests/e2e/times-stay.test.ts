import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page } from '../support/pages.ts'
import { call, storiesIn } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const TEXT = '<p>轮渡昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>'
const PATH = '/realtime/china/story20211110-9000001'
const DAY_MS = 86_400_000
const NOON = Date.parse('2021-11-10T12:00:00Z')
/** What a page says of its time. */
const TIMES = /<h4 class="title-byline date-published">.*?<\/h4>|"created":"\d+"/g

let site: Site
let home: Own['home']

function show(bodyHtml = TEXT, hasTime = true): void {
  const url = `${site.server.origin}${PATH}`
  const page = drupal8Page({ title: '轮渡复航', url, published: '2021-11-10T07:37:00.000Z', bodyHtml })
  site.pages.set(PATH, hasTime ? page : page.replace(TIMES, ''))
  const feed = rsshubFeed([{ title: '轮渡复航', url, published: '2021-11-10T07:37:00.000Z', bodyHtml: '' }])
  site.pages.set('/feed.xml', feed.replace(/<pubDate>.*?<\/pubDate>/, ''))
}

async function poll(nowMs: number) {
  const { code, out, err } = await fetchAt(nowMs, { site, home }, { recheck: '99d' })
  expect(code).toBe(0)
  return { printed: out === '' ? 0 : out.trimEnd().split('\n').length, said: err }
}

const text = (): string => [...storiesIn(join(home.path, 'archive')).values()].join('')
const published = async () =>
  (JSON.parse((await call(['export'], { cwd: home.path })).stdout) as { published: unknown }).published

eachWithSite((own) => {
  ;({ site, home } = own)
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

test('where a feed stands in for a page, the sources that answer later do not take turns with its time and headline', async () => {
  const url = `${site.server.origin}${PATH}`
  const item = { title: '轮渡复航', url, published: '2021-11-10T07:37:00.000Z', bodyHtml: TEXT }
  const other = { ...item, title: '轮渡复航 - 早报', published: '2021-11-10T15:37:00.000Z' }
  const feeds = ['/feed.xml', '/other.xml'].map((path) => site.server.origin + path)
  const ask = async (hours: number) => {
    const { out } = await fetchAt(NOON + hours * 3_600_000, { site, home }, { feed: feeds })
    return out
  }
  site.pages.set('/feed.xml', rsshubFeed([item]))
  site.pages.set('/other.xml', rsshubFeed([other]))
  expect(await ask(0)).not.toBe('')
  const before = text()
  expect(before).toContain('\ndate: 2021-11-10T07:37:00.000Z\n')
  const pages = () => site.server.requests.filter((line) => line.endsWith(PATH)).length
  for (const hours of [1, 3]) {
    // The one says that nothing changed, the other names its story again.
    site.pages.set('/other.xml', `${rsshubFeed([other])}<!-- ${hours} -->`)
    expect(await ask(hours)).toBe('')
  }
  expect(pages()).toBe(3)
  expect(text()).toBe(before)
  // An edit comes in.
  site.pages.set('/other.xml', rsshubFeed([{ ...other, bodyHtml: `${TEXT}<p>末班船是晚上十点。</p>` }]))
  expect(await ask(10)).not.toBe('')
  expect(text()).toContain('末班船是晚上十点。')
})

test('where a feed stands in for a page, another that carries more of the text takes its place, and not the reverse', async () => {
  const url = `${site.server.origin}${PATH}`
  const item = { title: '轮渡复航', url, published: '2021-11-10T07:37:00.000Z', bodyHtml: TEXT }
  const more = '<p>末班船是晚上十点，周末另加两班。</p><p>船公司说，学生凭证半价，老人照旧免费。</p>'
  const ask = async (hours: number, path: string, bodyHtml: string) => {
    site.pages.set(path, `${rsshubFeed([{ ...item, bodyHtml }])}<!-- ${hours} -->`)
    const { out } = await fetchAt(NOON + hours * 3_600_000, { site, home }, { feed: [site.server.origin + path] })
    return out
  }
  expect(await ask(0, '/feed.xml', TEXT)).not.toBe('')
  expect(await ask(1, '/other.xml', TEXT + more)).not.toBe('')
  expect(text()).toContain('老人照旧免费')
  expect(await ask(3, '/feed.xml', TEXT)).toBe('')
  expect(await ask(10, '/third.xml', TEXT)).toBe('')
  expect(text()).toContain('老人照旧免费')
})
