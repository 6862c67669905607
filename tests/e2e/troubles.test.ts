import { describe, expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { backfill } from '../../src/commands/backfill.ts'
import { readState } from '../../src/edge/archive/state.ts'
import { openStore } from '../../src/edge/store/open.ts'
import { eachWithSite, type Own } from '../support/each.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page } from '../support/pages.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

/** Runs of a month cost no time: what is asked of the site, what is said, and the clock that moves between them. */
let site: Site
let home: Own['home']
let nowMs: number

eachWithSite((own) => {
  ;({ site, home } = own)
  nowMs = Date.UTC(2026, 2, 1)
})

const at = (path: string) => `${site.server.origin}${path}`
const paths = (numbers: readonly number[]) =>
  numbers.map((number) => `/realtime/china/story20260228-${9_100_000 + number}`)

/** A feed on another host than its stories: the site may refuse while the feed is read. */
function publish(numbers: readonly number[], paragraphs = 1): void {
  const stories = paths(numbers).map((path, index) => ({
    title: `第${numbers[index]}号消息`,
    url: at(path),
    published: '2026-02-28T00:00:00.000Z',
    bodyHtml: '<p>消息的一段。</p>'.repeat(paragraphs),
  }))
  for (const story of stories) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
  site.pages.set('/feed.xml', rsshubFeed(stories))
}

const range = (count: number, from = 1) => Array.from({ length: count }, (_unused, index) => from + index)

interface Ran {
  code: number
  err: string
  asked: string[]
}

async function run(flags: Record<string, unknown> = {}, minutes = 10, urls: string[] | null = null): Promise<Ran> {
  nowMs += minutes * 60_000
  const io = testIo(home.path, nowMs)
  const before = site.server.requests.length
  const given = { allowPrivate: true, rate: '1000/s', robots: false, maxGap: '0', feed: [at('/feed.xml')], ...flags }
  const config = { ...(await configOf(given, home.path)), dryRun: false }
  const wanted = { urls: urls ?? [], file: null, from: null, to: null, order: 'oldest' as const }
  const code = await (urls === null ? fetch(config, io) : backfill(config, wanted, io))
  return { code, err: io.err.join(''), asked: site.server.requests.slice(before) }
}

const QUIET = { quiet: true }
const blockPages = (status: number) => {
  for (const path of site.pages.keys()) if (path.includes('/story')) site.broken.set(path, status)
}

describe('a total outage', () => {
  test.each([
    [500, 3, 'status 500'],
    [429, 75, 'said to wait until'],
  ])(
    '(status %i) of two days is said with --quiet when it begins, once a day, and when it is over',
    async (status, code, words) => {
      publish([1])
      await run(QUIET)
      site.broken.set('/feed.xml', status)
      const said: string[] = []
      for (let poll = 1; poll <= 12; poll += 1) {
        const ran = await run(QUIET, 180)
        expect(ran.code).toBe(code)
        if (ran.err !== '') said.push(`${poll}: ${ran.err}`)
      }
      expect(said).toHaveLength(2)
      expect(said[0]).toMatch(new RegExp(`^2: .*${words}.*since 2026-03-01T03:10Z`))
      expect(said[1]).toMatch(/^10: /)
      site.broken.clear()
      const over = await run(QUIET, 60)
      expect(over).toMatchObject({ code: 0, err: expect.stringMatching(/feed\.xml: well again, after trouble since/) })
      expect(await run(QUIET)).toMatchObject({ code: 0, err: '' })
    },
  )

  test('of one run says nothing with --quiet; without it each run does', async () => {
    publish([1])
    await run(QUIET)
    site.broken.set('/feed.xml', 500)
    expect(await run(QUIET)).toMatchObject({ code: 3, err: '' })
    site.broken.clear()
    expect(await run(QUIET)).toMatchObject({ code: 0, err: '' })
    site.broken.set('/feed.xml', 500)
    for (let poll = 0; poll < 3; poll += 1) expect((await run()).err).toContain('feed.xml: status 500\n')
  })
})

test('a source that waits and then fails otherwise is said anew, and once that it is well', async () => {
  publish([1])
  await run(QUIET)
  const said: string[] = []
  for (const status of [429, 429, 404, 404, 404, 429, 404, 404]) {
    site.broken.set('/feed.xml', status)
    const { err } = await run(QUIET, 60)
    if (err !== '') said.push(err)
  }
  expect(said).toEqual([
    expect.stringContaining('said to wait until'),
    expect.stringMatching(/feed\.xml: .*404.*since 2026-03-01/),
  ])
  site.broken.clear()
  expect((await run(QUIET, 60)).err.match(/feed\.xml: well again/g)).toHaveLength(1)
})

test('pages whose site asks for a pause, run after run, are said with --quiet at the second run, and when it is over', async () => {
  publish(range(5))
  blockPages(429)
  expect(await run(QUIET)).toMatchObject({ code: 75, err: '' })
  const second = await run(QUIET)
  expect(second).toMatchObject({
    code: 75,
    err: expect.stringMatching(/said to wait until .*: 5 stories wait \(since/),
  })
  for (let poll = 0; poll < 5; poll += 1) expect((await run(QUIET)).err).toBe('')
  site.broken.clear()
  expect((await run(QUIET, 60)).err).toMatch(/well again, after trouble since/)
})

describe('a site that refuses everything', () => {
  test.each([[403], [500]])('(%i) is left alone after three, and the rest waits', async (status) => {
    publish(range(60))
    blockPages(status)
    const first = await run({ concurrency: 1 })
    expect(new Set(first.asked.filter((one) => one.includes('/story'))).size).toBe(3)
    expect(first.code).toBe(1)
    const lines = first.err.trim().split('\n')
    expect(lines.filter((line) => line.endsWith(`status ${status}; queued for the next run`))).toHaveLength(3)
    expect(lines.filter((line) => line.includes('refused 3 requests in a row'))).toEqual([
      expect.stringContaining('and is left alone until the next run: 57 stories wait for the next run'),
    ])
    expect(lines.at(-1)).toBe('fetch: 0 written, 3 failed, queued for the next run, 57 left for the next run')
    const { queue } = await readState(openStore('archive', home.path), () => undefined)
    expect(queue.filter(({ tries }) => tries === 1)).toHaveLength(3)
    expect(queue.filter(({ tries, nextTry }) => tries === 0 && nextTry !== null)).toHaveLength(57)
    site.broken.clear()
    expect((await run()).err).toBe('fetch: 60 written\n')
  })

  test('by a challenge in place of each page is left alone too', async () => {
    publish(range(20), 2)
    const challenge =
      '<title>Just a moment...</title><div id="challenge-running"></div><script>window._cf_chl_opt={}</script>'
    for (const path of paths(range(20))) site.pages.set(path, challenge)
    const ran = await run({ concurrency: 1 })
    expect(ran.asked.filter((one) => one.includes('/story'))).toHaveLength(3)
    expect(ran).toMatchObject({
      code: 1,
      err: expect.stringMatching(/by a challenge .*: 17 stories wait for the next run\n/),
    })
    publish(range(20), 2)
    expect((await run()).err).toBe('fetch: 20 written\n')
  })

  test('for twelve days loses no story, and is said twice a day at most', async () => {
    publish(range(8))
    blockPages(403)
    const said: string[] = []
    for (let hour = 0; hour < 12 * 24; hour += 8) {
      const ran = await run(QUIET, 480)
      if (ran.err !== '') said.push(ran.err)
    }
    // Three failures that are named, the trouble at its second run, and once a day.
    expect(said.length).toBeLessThanOrEqual(14)
    expect(said.slice(1).join('')).not.toContain('queued for the next run')
    expect(said.join('')).not.toContain('given up')
    site.broken.clear()
    let written = 0
    for (let hour = 0; hour < 25; hour += 1)
      written += (await run({}, 60)).asked.filter((one) => one.includes('/story')).length
    expect(written).toBe(8)
    expect((await run(QUIET)).err).toBe('')
  })

  test('lets what feeds carry stand in, for the rest too', async () => {
    publish(range(10), 2)
    blockPages(403)
    const ran = await run({ concurrency: 1 })
    expect(ran.asked.filter((one) => one.includes('/story'))).toHaveLength(3)
    expect(ran.err).toContain('fetch: 10 written')
  })

  test('is left alone by backfill too, said once', async () => {
    publish(range(60))
    blockPages(403)
    const ran = await run({ concurrency: 1 }, 10, paths(range(60)).map(at))
    expect(ran.asked).toHaveLength(3)
    expect(ran.err.match(/57 stories wait for the next run/g)).toHaveLength(1)
    expect(ran.code).toBe(1)
  })

  test('but answers now and then, is asked on', async () => {
    publish(range(12))
    blockPages(403)
    for (const path of paths([3, 6, 9, 12])) site.broken.delete(path)
    const ran = await run({ concurrency: 1 })
    expect(ran.asked.filter((one) => one.includes('/story'))).toHaveLength(12)
    expect(ran.err).toContain('fetch: 4 written, 8 failed, queued for the next run\n')
  })

  test('and has no readable robots.txt, is asked for no page, and no try is counted', async () => {
    publish(range(5))
    site.broken.set('/robots.txt', 500)
    const ran = await run({ robots: true })
    expect(ran.err).toMatch(/robots\.txt cannot be read, so nothing of the site may be: status 500: 5 stories wait/)
    expect(ran.asked.filter((one) => one.includes('/story'))).toEqual([])
    const { queue } = await readState(openStore('archive', home.path), () => undefined)
    expect(queue.map(({ tries }) => tries)).toEqual([0, 0, 0, 0, 0])
  })
})

test('a page that is broken alone is named once, and is no site that refuses', async () => {
  publish([1])
  blockPages(500)
  expect((await run(QUIET)).err).toMatch(/9100001: status 500; queued for the next run\n$/)
  for (const minutes of [10, 60, 360, 1440]) expect(await run(QUIET, minutes)).toMatchObject({ code: 0, err: '' })
  site.broken.clear()
  expect(await run(QUIET, 1440)).toMatchObject({ code: 0, err: '' })
})

test('a site whose stories come one at a time, and all fail, is said twice on its first day', async () => {
  publish([1])
  blockPages(403)
  const said: string[] = []
  for (let hour = 0; hour < 12; hour += 1) {
    if (hour % 2 === 0) publish(range(1 + hour / 2))
    blockPages(403)
    const { err } = await run(QUIET, 60)
    if (err !== '') said.push(err)
  }
  expect(said).toEqual([
    expect.stringMatching(/^\S+9100001: status 403; queued for the next run\n$/),
    expect.stringMatching(/^\S+ refuses still: 1 story tried in vain \(since .*\)\n$/),
  ])
})

test.each([
  ['that answer 404', (path: string) => void site.broken.set(path, 404)],
  ['that are empty', (path: string) => void site.pages.set(path, '')],
])('new pages %s, one at a time, are said twice on their first day', async (_name, spoil) => {
  publish([1])
  const said: string[] = []
  for (let hour = 0; hour < 12; hour += 1) {
    if (hour % 2 === 0) publish(range(1 + hour / 2))
    for (const path of paths(range(1 + Math.floor(hour / 2)))) spoil(path)
    const { err } = await run(QUIET, 60)
    if (err !== '') said.push(err)
  }
  expect(said).toEqual([
    expect.stringMatching(/^\S+9100001: .*; queued for the next run\n$/),
    expect.stringMatching(/^\S+ refuses still: 1 story tried in vain \(since .*\)\n$/),
  ])
  site.broken.clear()
  publish(range(6))
  expect((await run(QUIET, 60)).err).toMatch(/well again/)
})

test('of two pages that are gone, with others between them, each is named', async () => {
  const gone = (number: number) => site.broken.set(paths([number])[0] ?? '', 404)
  const said: string[] = []
  for (const count of range(5)) {
    publish(range(count))
    for (const number of [1, 3]) gone(number)
    said.push((await run(QUIET, 60)).err)
  }
  expect(said).toEqual([
    expect.stringContaining('9100001: status 404; queued'),
    '',
    expect.stringContaining('9100003: status 404; queued'),
    '',
    '',
  ])
})

test('pages that look new are not named one by one once that was said', async () => {
  publish(range(12))
  const spoil = (numbers: readonly number[]) => {
    for (const path of paths(numbers)) site.pages.set(path, '<html><body><p>别的东西</p></body></html>')
  }
  spoil(range(12))
  await run(QUIET)
  const said: string[] = []
  for (const count of [13, 14, 15]) {
    publish(range(count))
    spoil(range(count))
    said.push((await run(QUIET, 60)).err)
  }
  expect(said).toEqual([expect.stringMatching(/^Zaobao's pages look new: .*\n$/), '', ''])
})
