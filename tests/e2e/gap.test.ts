import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { parseState, type State } from '../../src/core/archive/state.ts'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call, storiesIn } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const HOUR_MS = 3_600_000
const LIST_SIZE = 4

let site: Site
let home: Own['home']
let archive: string
let nowMs: number
let stories: { day: string; section: string; number: number; story: PageStory }[]

eachWithSite((own) => {
  ;({ site, home, archive } = own)
  nowMs = Date.parse('2026-01-03T12:00:00+08:00')
  stories = []
})

/** `1230 realtime/china 1` is story 1 of 30 December; days from July on are of 2025. */
function publish(...lines: string[]): void {
  for (const line of lines) {
    const [day = '', section = '', number = ''] = line.split(' ')
    const full = `${day < '07' ? '2026' : '2025'}${day}`
    const path = `/${section}/story${full}-${9_700_000 + Number(number)}`
    const story: PageStory = {
      title: `第${number}号消息`,
      url: site.server.origin + path,
      published: `${full.slice(0, 4)}-${day.slice(0, 2)}-${day.slice(2)}T04:00:00.000Z`,
      bodyHtml: `<p>第${number}号消息的第一段。</p><p>第二段。</p>`,
    }
    site.pages.set(path, drupal8Page(story))
    stories.push({ day: full, section, number: Number(number), story })
  }
}

const named = (numbers: readonly number[]) => stories.filter(({ number }) => numbers.includes(number))

function feed(...numbers: number[]): void {
  site.pages.set('/feed.xml', rsshubFeed(named(numbers).map(({ story }) => story)))
}

/** The sitemaps of the months of what was published. */
function sitemaps(): void {
  for (const month of new Set(stories.map(({ day }) => day.slice(0, 6)))) {
    const urls = stories
      .filter(({ day }) => day.startsWith(month))
      .map(({ story }) => `<url><loc>${story.url}</loc></url>`)
    site.pages.set(`/sitemaps/sitemap-${month}.xml`, `<urlset>${urls.join('')}</urlset>`)
  }
}

/** The pages of a list, newest first. */
function list(path: string, numbers: readonly number[]): void {
  for (let page = 0; page * LIST_SIZE < numbers.length; page += 1) {
    const cards = numbers
      .slice(page * LIST_SIZE, (page + 1) * LIST_SIZE)
      .flatMap((number) =>
        named([number]).map(
          ({ story }) =>
            `<div class="card"><div class="content-header"><a href="${story.url}">${story.title}</a></div></div>`,
        ),
      )
    site.pages.set(page === 0 ? path : `${path}?page=${page}`, `<div class="card-listing">${cards.join('')}</div>`)
  }
}

async function run(
  flags: Record<string, unknown> = {},
  hours = 1,
  more: Record<string, unknown> = {},
): Promise<{ code: number; err: string }> {
  nowMs += hours * HOUR_MS
  const { code, err } = await fetchAt(nowMs, { site, home }, flags, more)
  return { code, err }
}

const numbers = () =>
  [...storiesIn(archive).keys()].map((path) => Number(path.slice(22, 29)) - 9_700_000).toSorted((a, b) => a - b)
const state = (): State | null => parseState(readFileSync(join(archive, '.zaobao/state.json'), 'utf8'))
const asked = (part: string) => site.server.requests.filter((line) => line.includes(part)).map((line) => line.slice(4))

/** A first poll that shows stories 1 and 2 of 29 December, then nothing for days. */
async function begin(): Promise<void> {
  publish('1228 realtime/china 90', '1229 realtime/china 1', '1229 realtime/china 2')
  feed(1, 2)
  nowMs = Date.parse('2025-12-29T20:00:00+08:00')
  expect(await run()).toMatchObject({ code: 0 })
  nowMs = Date.parse('2026-01-03T12:00:00+08:00')
}

describe('stories that fell out of a list', () => {
  beforeEach(async () => {
    await begin()
    publish(
      '1229 realtime/china 3',
      '1230 news/china 4',
      '1231 realtime/world 5',
      '1231 realtime/china 6',
      '0101 realtime/china 7',
    )
    publish('0102 zvideos/news 8', '0103 realtime/china 9', '0103 realtime/china 10')
  })

  test('are found in the monthly sitemaps: both end days, either address, no other section', async () => {
    sitemaps()
    feed(9)
    const ended = await run()
    expect(ended).toEqual({
      code: 0,
      err: `${site.server.origin}/feed.xml: its list ran over; looked up news/china, realtime/china of 2025-12-29 to 2026-01-03: 5 stories were missing\nfetch: 6 written\n`,
    })
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10])
    expect(asked('sitemap')).toEqual(['/sitemaps/sitemap-202512.xml', '/sitemaps/sitemap-202601.xml'])
    const count = site.server.requests.length
    expect(await run()).toEqual({ code: 0, err: '' })
    expect(site.server.requests.slice(count)).toEqual(['GET /feed.xml'])
  })

  test('are found in the list read back to the first day, and no further', async () => {
    sitemaps()
    const older = Array.from({ length: 12 }, (_, n) => 100 + n)
    publish(...older.map((number) => `1228 realtime/china ${number}`))
    list('/realtime/china', [10, 9, 8, 7, 6, 4, 3, 2, 1, 90, ...older])
    feed(9)
    expect(await run()).toMatchObject({ code: 0 })
    // What stands in the section's list is of the section, whatever its address.
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10])
    expect(asked('?page=').filter((path) => path.startsWith('/realtime'))).toEqual([
      '/realtime/china?page=1',
      '/realtime/china?page=2',
    ])
    expect(asked('sitemap')).toEqual([])
  })

  describe('of a list given by its address', () => {
    const OLDER = Array.from({ length: 8 }, (_, n) => 100 + n)
    // Stories 4 and 8 to 10 are of the topic; what else the sections published then is none of its.
    const begun = async (path: string) => {
      sitemaps()
      publish(...OLDER.map((number) => `1228 realtime/china ${number}`))
      list(path, [1, 90])
      nowMs = Date.parse('2025-12-29T20:00:00+08:00')
      rmSync(archive, { recursive: true })
      const section = [site.server.origin + path]
      await run({ feed: [], section })
      expect(numbers()).toEqual([1, 90])
      nowMs = Date.parse('2026-01-03T12:00:00+08:00')
      return section
    }

    test('are found in its own pages, and nothing else of the sections that it links', async () => {
      const section = await begun('/keywords/ferries')
      list('/keywords/ferries', [10, 9, 9, 9, 8, 4, 1, 90, ...OLDER])
      const ended = await run({ feed: [], section })
      expect(ended).toEqual({
        code: 0,
        err: `${site.server.origin}/keywords/ferries: its list ran over; looked up its pages of 2025-12-29 to 2026-01-03: 2 stories were missing\nfetch: 4 written\n`,
      })
      expect(numbers()).toEqual([1, 4, 8, 9, 10, 90])
      expect(asked('sitemap')).toEqual([])
      expect(asked('/realtime/china?')).toEqual([])
      expect(await run({ feed: [], section })).toEqual({ code: 0, err: '' })
    })

    test('are looked up by the sections of its links where its pages end before the gap does', async () => {
      const section = await begun('/keywords/ferries')
      list('/keywords/ferries', [10, 9])
      await run({ feed: [], section })
      expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10, 90])
    })
  })

  test('an old story among new ones does not end the search', async () => {
    sitemaps()
    list('/realtime/china', [90, 10, 9, 7, 6])
    feed(9)
    await run()
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10])
  })

  test('a source that shows an old story for days is seen to have run over', async () => {
    sitemaps()
    nowMs = Date.parse('2025-12-31T20:00:00+08:00')
    feed(6, 1, 2)
    await run()
    expect(numbers()).toEqual([1, 2, 6])
    nowMs = Date.parse('2026-01-03T12:00:00+08:00')
    feed(9, 1)
    await run()
    expect(numbers()).toEqual([1, 2, 6, 7, 9, 10])
  })

  test('are found by the index where a month has no sitemap of its usual name', async () => {
    sitemaps()
    const december = '/sitemaps/sitemap-202512.xml'
    site.pages.set('/maps/2025-12.xml', site.pages.get(december) ?? '')
    site.pages.delete(december)
    site.pages.set('/sitemap.xml', '<sitemapindex><sitemap><loc>/maps/2025-12.xml</loc></sitemap></sitemapindex>')
    feed(9)
    expect(await run()).toMatchObject({ code: 0 })
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10])
  })

  test('what cannot be reached is said once, kept, tried again after an hour, and found', async () => {
    feed(9)
    const first = await run()
    expect(first.code).toBe(0)
    expect(first.err).toMatch(
      /stories may be missing, news\/china, realtime\/china of 2025-12-29 to 2026-01-03: .*sitemap-202512\.xml.*; tried again later\n/,
    )
    expect(state()?.gaps).toHaveLength(1)
    expect(await run({}, 0.5)).toEqual({ code: 0, err: '' })
    expect(asked('/sitemap-')).toHaveLength(2)
    expect(await run({}, 1)).toEqual({ code: 0, err: '' })
    expect(asked('/sitemap-')).toHaveLength(4)
    sitemaps()
    expect((await run({}, 1)).err).toContain('5 stories were missing')
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10])
    expect(state()?.gaps).toEqual([])
  })

  test('--max-gap bounds the search, and what lies before is said', async () => {
    sitemaps()
    feed(9)
    const ended = await run({ maxGap: '2d' })
    expect(ended.err).toContain(
      'stories may be missing, from 2025-12-29 to 2026-01-01, further back than --max-gap; backfill --from 2025-12-29 --to 2026-01-01',
    )
    expect(numbers()).toEqual([1, 2, 7, 9, 10])
    expect(asked('sitemap')).toEqual(['/sitemaps/sitemap-202601.xml'])
  })

  test('what lies before is said once, though two sources notice it', async () => {
    sitemaps()
    feed(9)
    site.pages.set('/other.xml', site.pages.get('/feed.xml') ?? '')
    const both = ['/feed.xml', '/other.xml'].map((path) => site.server.origin + path)
    const { err } = await run({ feed: both, maxGap: '2d' })
    expect(err.match(/from 2025-12-29 to 2026-01-01, further back/g)).toHaveLength(1)
  })

  test('a gap that --limit leaves open for days is not said to lie further back', async () => {
    sitemaps()
    feed(9)
    const first = await run({ maxGap: '2d', limit: '1' })
    expect(first.err).toContain('from 2025-12-29 to 2026-01-01, further back')
    for (const _ of ['7', '9']) expect((await run({ maxGap: '2d', limit: '1' }, 24)).err).not.toContain('further back')
    expect(numbers()).toEqual([1, 2, 7, 9, 10])
    expect(state()?.gaps).toMatchObject([{ from: '2025-12-29', to: '2026-01-01', beyond: true }])
  })

  test('what lies before stays open, and is looked up when --max-gap reaches so far', async () => {
    sitemaps()
    feed(9)
    await run({ maxGap: '2d' })
    expect(state()?.gaps).toMatchObject([{ from: '2025-12-29', to: '2026-01-01', beyond: true, lastTried: null }])
    const { stdout } = await call(['status'], { cwd: home.path })
    expect(stdout).toContain(
      ': 2025-12-29 to 2026-01-01: further back than --max-gap; backfill --from 2025-12-29 --to 2026-01-01 looks them up\n',
    )
    const before = asked('sitemap').length
    expect(await run({ maxGap: '2d' }, 2)).toEqual({ code: 0, err: '' })
    expect(asked('sitemap')).toHaveLength(before)
    expect((await run({ maxGap: '9d' })).err).toContain('of 2025-12-29 to 2026-01-01: 3 stories were missing')
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10])
    expect(state()?.gaps).toEqual([])
  })

  test('what lies before and nobody looked up is forgotten after a month, as what could not be reached', async () => {
    sitemaps()
    feed(9)
    await run({ maxGap: '2d' })
    await run({ maxGap: '2d' }, 29 * 24)
    expect(state()?.gaps).toHaveLength(1)
    expect((await run({ maxGap: '2d' }, 2 * 24)).err).toContain(
      'of 2025-12-29 to 2026-01-01: further back than --max-gap; given up',
    )
    expect(state()?.gaps).toEqual([])
  })

  test('--max-gap 0 looks for nothing', async () => {
    sitemaps()
    feed(9)
    expect(await run({ maxGap: '0' })).toEqual({ code: 0, err: 'fetch: 1 written\n' })
    expect(asked('sitemap')).toEqual([])
  })

  test('several sources that notice the same look it up once', async () => {
    sitemaps()
    site.pages.set('/second.xml', site.pages.get('/feed.xml') ?? '')
    const both = { feed: [`${site.server.origin}/feed.xml`, `${site.server.origin}/second.xml`] }
    nowMs = Date.parse('2025-12-29T21:00:00+08:00')
    await run(both)
    nowMs = Date.parse('2026-01-03T12:00:00+08:00')
    feed(9)
    site.pages.set('/second.xml', rsshubFeed(named([10]).map(({ story }) => story)))
    const ended = await run(both)
    expect(ended.err.match(/ran over/g)).toHaveLength(1)
    expect(asked('sitemap')).toHaveLength(2)
    expect(asked('/_plat/')).toHaveLength(1)
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10])
  })

  test('--limit leaves the rest of a gap to the next runs', async () => {
    sitemaps()
    feed(9)
    for (const count of [4, 6, 8]) {
      expect((await run({ limit: '2' })).code).toBe(0)
      expect(numbers()).toHaveLength(count)
    }
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10])
    await run({ limit: '2' })
    expect(state()?.gaps).toEqual([])
    const pages = asked('/story')
    expect(pages).toHaveLength(new Set(pages).size)
  })

  test('--dry-run counts them and writes nothing', async () => {
    sitemaps()
    feed(9)
    const before = readFileSync(join(archive, '.zaobao/state.json'), 'utf8')
    expect((await run({ dryRun: true })).err).toContain('6 stories would be fetched')
    expect(numbers()).toEqual([1, 2])
    expect(readFileSync(join(archive, '.zaobao/state.json'), 'utf8')).toBe(before)
  })

  test('a run that is ended while it looks leaves the gap to the next one', async () => {
    sitemaps()
    feed(9)
    const controller = new AbortController()
    let calls = 0
    const sleep = () => {
      calls += 1
      if (calls === 4) controller.abort()
      return Promise.resolve()
    }
    await expect(run({}, 1, { signal: controller.signal, sleep })).rejects.toThrow(/abort/i)
    expect(state()?.gaps).toHaveLength(1)
    // Its list touches known ground again, should the run have archived the newest story: the gap is written down.
    expect(await run()).toMatchObject({ code: 0 })
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10])
  })

  test.each([['state.json'], ['']])(
    'the notes of the archive are gone (.zaobao/%s): its files are the known ground',
    async (gone) => {
      sitemaps()
      feed(9)
      rmSync(join(archive, '.zaobao', gone), { recursive: true })
      expect(existsSync(join(archive, '.zaobao/state.json'))).toBe(false)
      await run()
      expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10])
    },
  )

  test('a section that the archive never held begins now', async () => {
    sitemaps()
    site.pages.set('/world.xml', rsshubFeed(named([5]).map(({ story }) => story)))
    expect(await run({ feed: [`${site.server.origin}/world.xml`] })).toEqual({ code: 0, err: 'fetch: 1 written\n' })
    expect(asked('sitemap')).toEqual([])
  })

  test('another source of a section begins where the archive ends', async () => {
    sitemaps()
    site.pages.set('/other.xml', rsshubFeed(named([9]).map(({ story }) => story)))
    await run({ feed: [`${site.server.origin}/other.xml`] })
    expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10])
  })

  test.each([
    ['failed', true],
    ['was out of use', false],
  ])(
    'of a source that %s the days are missed, whatever another list of its section brought meanwhile',
    async (_, fails) => {
      sitemaps()
      // The paper's own news, beside what it brings all day long.
      publish('0102 news/china 20', '0103 news/china 21')
      const feeds = { feed: ['/feed.xml', '/other.xml'].map((path) => site.server.origin + path) }
      const other = (...shown: number[]) =>
        site.pages.set('/other.xml', rsshubFeed(named(shown).map(({ story }) => story)))
      nowMs = Date.parse('2025-12-29T21:00:00+08:00')
      other(4)
      await run(feeds)
      site.pages.delete('/feed.xml')
      nowMs = Date.parse('2026-01-02T21:00:00+08:00')
      other(4, 20)
      await run(fails ? feeds : { feed: feeds.feed.slice(1) })
      nowMs = Date.parse('2026-01-03T12:00:00+08:00')
      other(20, 21)
      feed(9, 10)
      expect((await run(feeds)).err).toContain('looked up news/china, realtime/china of 2025-12-29 to 2026-01-03')
      expect(numbers()).toEqual([1, 2, 3, 4, 6, 7, 9, 10, 20, 21])
    },
  )

  test('stories that were excluded are not missed', async () => {
    sitemaps()
    feed(9)
    expect(await run({ exclude: ['china'] })).toEqual({ code: 0, err: '' })
    expect(asked('sitemap')).toEqual([])
  })
})
