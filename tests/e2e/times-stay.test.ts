import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { backfill } from '../../src/commands/backfill.ts'
import { eachWithPress, eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page } from '../support/pages.ts'
import { paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'
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

/** Polls of one feed of a paper that nobody knows: what its file tells after each, and what was printed. */
async function pollsOf(
  press: Press,
  pages: readonly string[],
  feeds: readonly string[],
  flags: Record<string, unknown>,
) {
  const told: [string | undefined, number][] = []
  for (const [at, feed] of feeds.entries()) {
    press.answers.set('http://town.example/feed', feed)
    const head = `<meta property="article:published_time" content="${pages[at]}">`
    const below = `<aside>第${at}则广告</aside>`
    press.answers.set('http://town.example/1', sitePage('轮渡复航了', paragraphsOf(1), { head, below }))
    const { out } = await press.fetch({ feed: ['http://town.example/feed'], ...(at === 0 ? {} : flags) })
    told.push([/^date: (.*)$/m.exec([...press.files().values()][0] ?? '')?.[1], out.length])
  }
  return told
}

describe('of a paper that nobody knows', () => {
  let press: Press
  eachWithPress((own) => {
    press = own
  })
  const shown = (date: string) => rssOf([{ url: 'http://town.example/1', title: '轮渡复航了', date }])
  const other = rssOf([{ url: 'http://town.example/2', title: '水闸修好了' }])
  const stays = (date: string, times: number) => [[date, 1], ...Array.from({ length: times }, () => [date, 0])]

  test.each(['2026-03-11T07:30:00Z', '2026-03-11T08:20:00Z'])(
    'the time that its feed told stays where the page, read again, tells another (%s)',
    async (time) => {
      const feed = shown('Wed, 11 Mar 2026 08:00:00 GMT')
      const feeds = [feed, feed, other, other, `${feed}<!-- -->`, other]
      const told = await pollsOf(
        press,
        feeds.map(() => time),
        feeds,
        { recheck: '99d' },
      )
      expect(told).toEqual(stays('2026-03-11T08:00:00.000Z', 5))
    },
  )

  test('where its feed tells no time the page does, and another when it has another', async () => {
    const feed = shown('').replace('<pubDate></pubDate>', '')
    const pages = ['2026-03-11T07:30:00.000Z', '2026-03-11T08:20:00.000Z', '2026-03-11T08:10:00.000Z']
    const told = await pollsOf(press, pages, [feed, feed, other], { recheck: '99d' })
    expect(told).toEqual(pages.map((time) => [time, 1]))
  })

  test('feeds that tell two times do not take turns with the page that agrees with the later one', async () => {
    const [early, late] = ['Wed, 11 Mar 2026 08:00:00 GMT', 'Wed, 11 Mar 2026 09:00:00 GMT'].map(shown)
    const feeds = [early!, late!, early!, late!, early!]
    const told = await pollsOf(
      press,
      feeds.map(() => '2026-03-11T09:00:00Z'),
      feeds,
      { recheck: '99d' },
    )
    expect(told).toEqual([['2026-03-11T08:00:00.000Z', 1], ...stays('2026-03-11T09:00:00.000Z', 3)])
  })

  test('a feed that tells its times to the second, or to the minute, from now on edits none', async () => {
    const at = (time: string) => shown(time).replace('河镇', `河镇 ${time}`)
    const feeds = ['2026-03-11T08:00:12.345Z', 'Wed, 11 Mar 2026 08:00:12 GMT', '2026-03-11T08:00Z'].map(at)
    const told = await pollsOf(
      press,
      feeds.map(() => ''),
      feeds,
      { recheck: '99d' },
    )
    expect(told).toEqual(stays('2026-03-11T08:00:12.345Z', 2))
  })

  test('of one that was asked for by its address alone the page tells the time, and another when it has another', async () => {
    const [from, to] = ['2026-03-11T07:30:00.000Z', '2026-03-11T08:20:00.000Z']
    const page = (time: string) =>
      press.answers.set(
        'http://town.example/1',
        sitePage('轮渡复航了', paragraphsOf(1), { head: `<meta property="article:published_time" content="${time}">` }),
      )
    press.answers.set('http://town.example/feed', other)
    const date = () => [...press.files().values()].flatMap((file) => /^date: (.*)$/m.exec(file)?.[1] ?? [])
    page(from)
    const config = { archive: join(press.home.path, 'archive'), rate: '1000/s' }
    const io = { ...testIo(press.home.path, press.nowMs), env: { HTTP_PROXY: press.server.origin } }
    const wanted = { urls: ['http://town.example/1'], file: null, from: null, to: null, order: 'newest' as const }
    await backfill({ ...(await configOf(config, press.home.path)), dryRun: false }, wanted, io)
    expect(date()).toEqual([from])
    page(to)
    await press.fetch({ feed: ['http://town.example/feed'], recheck: '99d' })
    expect(date()).toContain(to)
  })
})
