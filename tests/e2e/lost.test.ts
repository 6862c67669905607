import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Gap } from '../../src/core/archive/gap.ts'
import { parseState } from '../../src/core/archive/state.ts'
import { calendarNeighbours } from '../../src/core/days.ts'
import { CHINESE_ZONE, dayIn } from '../../src/core/time.ts'
import { eachWithPress } from '../support/each.ts'
import { type Random, seeded } from '../support/invented.ts'
import { type Entry, type Press, rssOf } from '../support/press.ts'

/*
 * Feeds of papers that nobody knows: what came and went between two polls is told, once, and nothing where nothing did.
 */
let press: Press
eachWithPress((own) => {
  press = own
})

const HOUR_MS = 3_600_000
const BEGIN_MS = Date.parse('2026-01-01T00:00:00Z')
const WEEKS_MS = 75 * 24 * HOUR_MS

interface Entered extends Entry {
  ms: number
}

function entry(feed: string, n: number, ms: number): Entered {
  const url = `http://town.example/${feed}/${n}`
  const html = `<p>第${n}号渡口今早重新开放。</p>`
  return { url, title: `第${n}号消息`, html, guid: `${feed}-${n}`, date: new Date(ms).toUTCString(), ms }
}

/** Stories of about every `hours`, for weeks. */
function storiesOf(feed: string, hours: number, roll: Random): Entered[] {
  const stories: Entered[] = []
  for (let ms = BEGIN_MS - 400 * HOUR_MS; ms < BEGIN_MS + WEEKS_MS; ms += hours * HOUR_MS * (0.2 + 1.6 * roll())) {
    stories.push(entry(feed, stories.length, Math.floor(ms / 1000) * 1000))
  }
  return stories
}

interface Feed {
  name: string
  stories: Entered[]
  size: number
  /** How it lists what is in its window, newest first. */
  shows(window: Entered[], roll: Random): Entered[]
}

const shuffled = (window: Entered[], roll: Random): Entered[] =>
  window
    .map((each) => ({ each, at: roll() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ each }) => each)

function feedsOf(roll: Random): Feed[] {
  const feed = (name: string, hours: number, size: number, shows: Feed['shows'] = (window) => window): Feed => ({
    ...{ name, size, shows },
    stories: storiesOf(name, hours, roll),
  })
  return [
    feed('busy', 1, 20),
    feed('slow', 20, 10),
    feed('daily', 6, 15),
    feed('upward', 4, 20, (window) => window.toReversed()),
    feed('mixed', 5, 20, shuffled),
    feed('pinned', 3, 20, (window) => [entry('pinned', 9999, BEGIN_MS - 9000 * HOUR_MS), ...window]),
  ]
}

test.each([1, 2])('a life of polls and of sleeps: what was lost is told, once (seed %i)', async (seed) => {
  const roll = seeded(seed)
  const feeds = feedsOf(roll)
  const addressOf = ({ name }: Feed): string => `http://town.example/${name}.xml`
  const sources = feeds.map((feed) => ({ feed: addressOf(feed), pages: false }))
  let lastMs: number | null = null
  let lost = 0
  let gaps: readonly Gap[] = []
  press.nowMs = BEGIN_MS
  while (press.nowMs < BEGIN_MS + WEEKS_MS - 30 * 24 * HOUR_MS) {
    const sleepHours = roll() < 0.3 ? 24 * (1 + 19 * roll()) : 1 + 5 * roll()
    press.nowMs += Math.floor(sleepHours * HOUR_MS)
    const nowMs = press.nowMs + HOUR_MS
    const expected: string[] = []
    const open = new Set<string>()
    const losses: { source: string; from: string; to: string }[] = []
    for (const feed of feeds) {
      const out = feed.stories.filter(({ ms }) => ms <= nowMs)
      const window = out.slice(-feed.size).toReversed()
      press.answers.set(addressOf(feed), rssOf(feed.shows(window, roll)))
      const since = lastMs ?? nowMs
      const source = addressOf(feed)
      if (out.slice(0, -feed.size).some(({ ms }) => ms > since)) {
        const from = dayIn(CHINESE_ZONE, since)
        losses.push({ source, from, to: dayIn(CHINESE_ZONE, window.at(-1)?.ms ?? nowMs) })
        // One that goes on is said seldom: that is another test's.
        if (gaps.some((gap) => gap.source === source && calendarNeighbours(gap.to)[1] >= from)) open.add(source)
        else expected.push(source)
      }
      // Where as many came as it shows, nothing of it tells whether there was one more.
      else if (window.every(({ ms }) => ms > since)) open.add(source)
    }
    const { code, err } = await press.fetch({ feed: [], sources, quiet: true })
    expect(code).toBe(0)
    const told = err.split('\n').flatMap((line) => line.split(': stories may be missing, from ', 1))
    expect(told.filter(Boolean).filter((source) => !open.has(source))).toEqual(expected)
    gaps = state()?.gaps ?? []
    for (const { source, from, to } of losses) {
      expect(gaps.some((gap) => gap.source === source && gap.from <= from && gap.to >= to)).toBe(true)
    }
    expect(await press.fetch({ feed: [], sources, quiet: true })).toMatchObject({ code: 0, err: '' })
    lastMs = press.nowMs
    lost += losses.length
  }
  expect(lost).toBeGreaterThan(10)
})

const FEED = 'http://town.example/feed.xml'
/** Stories `from` to `to`, one an hour, newest first: story 1 is of the first hour. */
const hourly = (from: number, to: number): Entered[] =>
  Array.from({ length: to - from + 1 }, (_, at) => entry('hourly', to - at, BEGIN_MS + (to - at) * HOUR_MS))

async function saidAt(hour: number, entries: readonly Entry[], flags: Record<string, unknown> = {}): Promise<string> {
  press.answers.set(FEED, rssOf(entries))
  press.nowMs = BEGIN_MS + (hour - 1) * HOUR_MS
  const { code, err } = await press.fetch({ feed: [], sources: [{ feed: FEED, pages: false }], quiet: true, ...flags })
  expect(code).toBe(0)
  return err
}

const state = () => parseState(readFileSync(join(press.home.path, 'archive/.zaobao/state.json'), 'utf8'))

test('it is said with what can be done, stands among the gaps for a month, and asks for nothing', async () => {
  expect(await saidAt(20, hourly(1, 20))).toBe('')
  expect(await saidAt(60, hourly(41, 60))).toBe(
    `${FEED}: stories may be missing, from 2026-01-01T20:00Z to 2026-01-02T17:00Z: what it shows reaches back 19 h; poll it more often; backfill takes addresses of what is missing, or captures\n`,
  )
  const gap = { source: FEED, from: '2026-01-02', to: '2026-01-03', lost: true }
  expect(state()?.gaps).toMatchObject([gap])
  press.asked()
  expect(await saidAt(62, hourly(43, 62))).toBe('')
  expect(press.asked()).toEqual([FEED])
  expect(state()?.gaps).toMatchObject([gap])
  expect(await saidAt(62 + 24 * 31, hourly(43, 62))).toBe('')
  expect(state()?.gaps).toEqual([])
})

const stamped = (from: number, to: number, ms: number): Entry[] =>
  hourly(from, to).map((each) => ({ ...each, date: new Date(ms).toUTCString() }))

test.each<[string, Entry[], Record<string, unknown>?]>([
  ['reaches back to what it showed', hourly(19, 60)],
  [
    'changes its addresses and guids',
    hourly(1, 20).map((each) => ({ ...each, url: `${each.url}/new`, guid: `new-${each.title}` })),
  ],
  ['gives the time of the request for that of its items', stamped(41, 60, BEGIN_MS + 60 * HOUR_MS)],
  ['shows two items', hourly(59, 60)],
  [
    'tells all its items anew',
    hourly(1, 20).map((each, place) => ({
      ...each,
      date: new Date(BEGIN_MS + 60 * HOUR_MS - place * 1000).toUTCString(),
    })),
  ],
  ['lists others of before', hourly(-30, -10)],
  ['has one late item below the new ones', [...hourly(41, 60), entry('hourly', 500, BEGIN_MS + 19.5 * HOUR_MS)]],
  ['mixes old and new', [...hourly(20, 20), ...hourly(60, 60), ...hourly(41, 59).toReversed()]],
  ['is followed in part', hourly(15, 60), { sources: [{ feed: FEED, pages: false, limit: 3 }] }],
  [
    'is followed for some words',
    hourly(15, 60),
    { sources: [{ feed: FEED, pages: false, only: ['第60号', '第59号', '第58号'] }] },
  ],
])('nothing is said of a feed that %s', async (_, then, flags) => {
  expect(await saidAt(20, hourly(1, 20), flags)).toBe('')
  expect(await saidAt(60, then, flags)).toBe('')
})

/** Newest first, each told as of so long before the request as `spacingMs` says. */
const retold = (entries: readonly Entered[], hour: number, spacingMs: number): Entry[] =>
  entries.map((each, place) => ({
    ...each,
    date: new Date(BEGIN_MS + hour * HOUR_MS - place * spacingMs).toUTCString(),
  }))

test.each<[string, Entry[], Entry[], Record<string, unknown>]>([
  [
    'is followed in part, and tells its times anew',
    retold(hourly(1, 20), 20, 60_000),
    retold(hourly(3, 22), 60, 60_000),
    { limit: 5 },
  ],
  [
    'is followed for some words, and tells its times anew',
    retold(hourly(1, 20), 20, 60_000),
    retold(hourly(3, 22), 60, 60_000),
    { only: ['第20号', '第10号'] },
  ],
  ['was written within a minute', retold(hourly(1, 20), 20, 1000), retold(hourly(41, 60), 60, 1000), {}],
])('nothing is said of a feed that %s', async (_, before, then, followed) => {
  const flags = { sources: [{ feed: FEED, pages: false, ...followed }] }
  expect(await saidAt(20, before, flags)).toBe('')
  expect(await saidAt(60, then, flags)).toBe('')
})

const pin = entry('hourly', 9999, BEGIN_MS - 9000 * HOUR_MS)

test.each<[string, (entries: Entered[]) => Entry[], Record<string, unknown>?]>([
  ['below', (entries) => [...entries, pin]],
  ['among the others', (entries) => entries.toSpliced(7, 0, pin)],
  ['above, with another', (entries) => [pin, entry('hourly', 9998, BEGIN_MS - 8000 * HOUR_MS), ...entries]],
  ['above, the oldest of the others below it', (entries) => [pin, ...entries.toReversed()]],
])('one that is pinned %s hides no loss', async (_, listed) => {
  expect(await saidAt(20, listed(hourly(1, 20)))).toBe('')
  expect(await saidAt(30, listed(hourly(11, 30)))).toBe('')
  expect(await saidAt(50, listed(hourly(30, 49)))).toBe('')
  expect(await saidAt(90, listed(hourly(71, 90)))).toContain('stories may be missing, from 2026-01-03T02:00Z')
})

test('a feed of which nothing was followed yet is told too', async () => {
  const flags = { sources: [{ feed: FEED, pages: false, only: ['第55号'] }] }
  expect(await saidAt(20, hourly(1, 20), flags)).toBe('')
  expect(await saidAt(60, hourly(41, 60), flags)).toContain('stories may be missing, from 2026-01-01T20:00Z')
})

test('nothing is said where a clock that was ahead hides when a feed was read', async () => {
  const flags = { sources: [{ feed: FEED, pages: false, only: ['第5号'] }] }
  expect(await saidAt(20 + 24 * 9, hourly(1, 20), flags)).toBe('')
  expect(await saidAt(21, hourly(6, 21), flags)).toBe('')
})

test('nothing is said where other feeds that reach back show all of it', async () => {
  const whole = 'http://town.example/whole.xml'
  const sources = [FEED, whole].map((feed) => ({ feed, pages: false }))
  const even = ({ url }: Entry): boolean => /[02468]$/.test(url)
  press.answers.set(whole, rssOf(hourly(1, 30)))
  expect(await saidAt(30, hourly(1, 30).filter(even), { sources })).toBe('')
  press.answers.set(whole, rssOf(hourly(25, 54)))
  expect(await saidAt(54, hourly(45, 54).filter(even), { sources })).toBe('')
  press.answers.set(whole, rssOf(hourly(71, 100)))
  expect((await saidAt(100, hourly(91, 100).filter(even), { sources })).match(/stories may be missing/g)).toHaveLength(
    2,
  )
})

test('one that goes on is said when it begins, and once a week', async () => {
  expect(await saidAt(20, hourly(1, 20))).toBe('')
  const told = []
  for (let day = 1; day <= 17; day += 1) {
    const hour = 20 + 24 * day
    if ((await saidAt(hour, hourly(hour - 9, hour))).includes('stories may be missing')) told.push(day)
  }
  expect(told).toEqual([1, 8, 15])
  expect(state()?.gaps).toMatchObject([{ from: '2026-01-02', to: '2026-01-18', lost: true }])
  for (const hour of [434, 446, 458]) expect(await saidAt(hour, hourly(hour - 19, hour))).toBe('')
  expect(await saidAt(500, hourly(481, 500))).toContain('stories may be missing, from 2026-01-20T02:00Z')
})

test('one that is lost after others were followed again is another, and said', async () => {
  expect(await saidAt(20, hourly(1, 20))).toBe('')
  expect(await saidAt(60, hourly(41, 60))).toContain('from 2026-01-01T20:00Z to 2026-01-02T17:00Z')
  expect(await saidAt(62, hourly(43, 62))).toBe('')
  expect(await saidAt(86, hourly(77, 86))).toContain('from 2026-01-03T14:00Z to 2026-01-04T05:00Z')
  expect(await saidAt(87, hourly(78, 86))).toBe('')
  expect(await saidAt(110, hourly(101, 110))).toBe('')
  expect(await saidAt(112, hourly(103, 112))).toBe('')
  expect(await saidAt(136, hourly(127, 136))).toContain('from 2026-01-05T16:00Z to 2026-01-06T07:00Z')
  expect(state()?.gaps).toMatchObject([{ from: '2026-01-02', to: '2026-01-06', lost: true }])
})

test('nothing is said of one that moved, nor twice where a limit leaves stories for later runs', async () => {
  expect(await saidAt(20, hourly(1, 20))).toBe('')
  expect(await saidAt(60, hourly(41, 60), { limit: 3 })).toContain('stories may be missing')
  expect(await saidAt(61, hourly(42, 61), { limit: 3 })).toBe('')
  expect(await saidAt(62, hourly(43, 62), { limit: 3 })).toBe('')
  press.answers.set('http://town.example/moved.xml', rssOf(hourly(101, 120)))
  press.answers.set(FEED, { status: 301, location: 'http://town.example/moved.xml' })
  press.nowMs = BEGIN_MS + 119 * HOUR_MS
  expect((await press.fetch({ feed: [], sources: [{ feed: FEED, pages: false }], quiet: true })).err).toBe('')
  expect(await saidAt(160, hourly(141, 160))).toBe('')
})
