import { describe, expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { sourcesOf } from '../../src/pipeline/configured/sources.ts'
import { expectInProportion } from '../support/cost.ts'
import { eachWithSite, type Own } from '../support/each.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page } from '../support/pages.ts'
import { folder } from '../support/program.ts'
import { serve } from '../support/server.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

let site: Site
let home: Own['home']
let nowMs: number

eachWithSite((own) => {
  ;({ site, home } = own)
  nowMs = Date.parse('2026-01-03T08:00:00+08:00')
})

const at = (path: string) => site.server.origin + path

/** A feed at a path whose stories are of these sections, one each. */
function feed(path: string, ...sections: string[]): string {
  const stories = sections.map((section, index) => ({
    title: `第${index}号消息`,
    url: at(`/${section}/story20260103-${9_700_000 + index}`),
    published: '2026-01-03T00:00:00.000Z',
    bodyHtml: '<p>第一段。</p><p>第二段。</p>',
  }))
  for (const story of stories) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
  site.pages.set(path, rsshubFeed(stories))
  return at(path)
}

async function run(flags: Record<string, unknown>, minutes = 10): Promise<{ code: number; err: string }> {
  nowMs += minutes * 60_000
  const io = testIo(home.path, nowMs)
  const config = await configOf({ allowPrivate: true, rate: '1000/s', robots: false, maxGap: '0', ...flags }, home.path)
  const code = await fetch({ ...config, dryRun: false }, io)
  return { code, err: io.err.join('') }
}

/** The summary of a run that had no source. */
const NOTHING = 'fetch: nothing written: no source could be read\n'
const QUIET = { code: 0, err: '' }

describe('a source that fails', () => {
  test('while another shows the same sections: a line when it begins and one a day', async () => {
    const flags = {
      feed: [feed('/a.xml', 'realtime/china', 'realtime/world'), feed('/b.xml', 'news/world', 'news/china')],
    }
    await run(flags)
    site.broken.set('/a.xml', 404)
    expect(await run(flags)).toEqual({ code: 0, err: `${at('/a.xml')}: status 404\n` })
    expect(await run(flags)).toEqual(QUIET)
    expect(await run(flags, 24 * 60)).toEqual({ code: 0, err: `${at('/a.xml')}: status 404\n` })
  })

  test('whose stories no other shows: a line each time', async () => {
    const flags = { feed: [feed('/a.xml', 'realtime/china', 'realtime/world'), feed('/b.xml', 'realtime/world')] }
    await run(flags)
    site.broken.set('/a.xml', 404)
    for (let runs = 0; runs < 3; runs += 1)
      expect(await run(flags)).toEqual({ code: 0, err: `${at('/a.xml')}: status 404\n` })
    // The other way round it is covered.
    site.broken.clear()
    await run(flags)
    site.broken.set('/b.xml', 404)
    await run(flags)
    expect(await run(flags)).toEqual(QUIET)
  })

  test('that never showed anything: a line each time', async () => {
    const flags = { feed: [at('/a.xml'), feed('/b.xml', 'realtime/china')] }
    await run(flags)
    for (let runs = 0; runs < 2; runs += 1)
      expect(await run(flags)).toEqual({ code: 0, err: `${at('/a.xml')}: status 404\n` })
  })
})

describe('a section', () => {
  const sources = () => [
    { feed: feed('/china-1.xml', 'realtime/china'), section: 'china' },
    { feed: feed('/china-2.xml', 'realtime/china'), section: 'china' },
    { feed: feed('/world.xml', 'realtime/world'), section: 'world' },
  ]
  const both = { section: ['china', 'world'] }

  test('one of whose sources fails goes on', async () => {
    const flags = { ...both, sources: sources() }
    await run(flags)
    site.broken.set('/china-1.xml', 404)
    expect((await run(flags)).code).toBe(0)
    expect(await run(flags)).toEqual(QUIET)
  })

  test('of which no source can be read is exit 3, each time, whatever the others bring', async () => {
    const flags = { ...both, sources: sources() }
    await run(flags)
    site.broken.set('/china-1.xml', 404).set('/china-2.xml', 404)
    const expected = {
      code: 3,
      err: `${at('/china-1.xml')}: status 404\n${at('/china-2.xml')}: status 404\n${NOTHING}`,
    }
    for (let runs = 0; runs < 2; runs += 1) expect(await run(flags)).toEqual(expected)
    site.broken.clear()
    expect(await run(flags)).toEqual(QUIET)
  })

  test('given by the address of its list is one like any other', async () => {
    for (const section of ['china', 'world']) {
      const link = `<a href="${at(`/realtime/${section}/story20260103-9700001`)}">甲</a>`
      const card = `<div class="card"><div class="content-header">${link}</div></div>`
      site.pages.set(`/realtime/${section}`, `<div class="card-listing">${card}</div>`)
    }
    const flags = { section: [at('/realtime/china'), at('/realtime/world')] }
    await run(flags)
    site.broken.set('/realtime/world', 404)
    expect((await run(flags)).code).toBe(3)
  })

  test('whose sources ask for a pause is 75', async () => {
    const flags = { ...both, sources: sources() }
    site.broken.set('/world.xml', 429)
    expect((await run(flags)).code).toBe(75)
  })

  test.each([
    [{ section: ['china'], sources: [{ feed: 'https://rss.example.org/w', section: 'world' }] }, 'china'],
    [{ section: ['china'], sources: [] }, 'china'],
    [{ section: ['world', 'sea'], sources: [{ feed: 'https://rss.example.org/w', section: 'world' }] }, 'sea'],
  ])('without any source in the configuration is wrong usage: %j', async (flags, section) => {
    await expect(run(flags)).rejects.toThrow(`section "${section}" has no source`)
  })

  test('has a feed of no section as its source', async () => {
    expect(await run({ section: ['china'], sources: [{ feed: feed('/any.xml', 'realtime/china') }] })).toMatchObject({
      code: 0,
    })
  })
})

test('a list page given as a feed: how to give it', async () => {
  const link = `<a href="${at('/realtime/china/story20260103-9700001')}">甲</a>`
  site.pages.set(
    '/list',
    `<div class="card-listing"><div class="card"><div class="content-header">${link}</div></div></div>`,
  )
  expect(await run({ feed: [at('/list')] })).toEqual({
    code: 3,
    err: `${at('/list')}: markup without a feed in it; it is a list of stories: give its address as a section\n${NOTHING}`,
  })
})

test('the validators that a 304 brings are those that are sent the next time', async () => {
  const place = folder()
  const asked: (string | undefined)[] = []
  const item =
    '<item><title>渡轮</title><link>https://news.example.org/a</link><description>渡轮的一段。</description></item>'
  const server = await serve((request, response) => {
    asked.push(request.headers['if-none-match'])
    response.writeHead(asked.length === 1 ? 200 : 304, { etag: `"${asked.length}"` })
    response.end(asked.length === 1 ? `<rss version="2.0"><channel>${item}</channel></rss>` : undefined)
  })
  const flags = { allowPrivate: true, rate: '1000/s', sources: [{ feed: `${server.origin}/feed.xml`, pages: false }] }
  for (const minutes of [0, 10, 20]) {
    const io = testIo(place.path, Date.parse('2026-03-12T12:00:00Z') + minutes * 60_000)
    expect(await fetch({ ...(await configOf(flags, place.path)), dryRun: false }, io)).toBe(0)
  }
  expect(asked).toEqual([undefined, '"1"', '"2"'])
  await server.close()
  place.remove()
})

test('the address of a story is no list', async () => {
  const url = 'https://www.zaobao.com.sg/realtime/china/story20260312-9000003'
  await expect(run({ section: [url] })).rejects.toThrow(`${url} is a story, no list page; backfill ${url} archives it`)
})

test('a source of a section that there is none of', async () => {
  const sources = ['list', { feed: 'https://rss.example.org/c', section: 'chna' }]
  await expect(run({ section: ['china'], sources })).rejects.toThrow('section "chna" is not known')
})

test('of many feeds each takes as long as of few', async () => {
  const make = (part: number) => ({
    ...{ feed: [], section: ['china'] },
    sources: Array.from({ length: 1600 * part }, (_, index) => ({
      feed: `https://rss.example.org/${index}.xml`,
      tags: [],
    })),
  })
  const asked = (config: ReturnType<typeof make>): void => {
    expect(sourcesOf(config).map(({ entry }) => entry)).toEqual(config.sources)
  }
  await expectInProportion(make, asked)
})
