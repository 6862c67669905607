import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { parseState, type State } from '../../src/core/archive/state.ts'
import { createHttp } from '../../src/edge/http/http.ts'
import type { MakeHttp } from '../../src/pipeline/client.ts'
import { figure } from '../support/figures.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page, escapeHtml } from '../support/pages.ts'
import { folder, storiesIn } from '../support/program.ts'
import { runs } from '../support/runs.ts'
import { serve, type TestServer } from '../support/server.ts'
import { rsshubFeed } from '../support/site.ts'

const START = Date.parse('2026-11-03T06:00:00+08:00')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const SITE = 'https://www.zaobao.com.sg'

interface World {
  /** Seconds that robots.txt asks for between two requests; `null` for no robots.txt. */
  delay: number | null
  /** A story comes each so often. */
  everyMs: number
  /** How long before the first run the oldest story came; three hours where nothing is said. */
  oldMs?: number
  /** How long stories come. */
  untilMs: number
  /** While this lasts no run is started: what the lists show then is missed. */
  pause?: [number, number]
  /** Stories on a page of a list; twenty where nothing is said. */
  window?: number
  /** Each third page has moved, and the tenth answers 500 for ever. */
  isOdd?: boolean
  /** What tells of stories that the lists' first pages have no more; nothing does where nothing is said. */
  back?: 'pages' | 'sitemap' | 'index' | undefined
}

let home: ReturnType<typeof folder>
let server: TestServer
let nowMs: number
let world: World
/** When each path was asked, by the clock of the simulation. */
let asked: { path: string; atMs: number }[]

interface Told {
  number: number
  ms: number
}

function stories(): Told[] {
  const last = Math.min(nowMs, START + world.untilMs)
  const oldMs = world.oldMs ?? 3 * HOUR_MS
  const count = Math.floor((last - START + oldMs) / world.everyMs)
  return Array.from({ length: count + 1 }, (_unused, number) => ({
    number,
    ms: START - oldMs + number * world.everyMs,
  }))
}

function pathOf({ number, ms }: Told): string {
  const day = new Date(ms + 8 * HOUR_MS).toISOString().slice(0, 10).replaceAll('-', '')
  return `/realtime/china/story${day}-${9_100_000 + number}`
}

const titleOf = ({ number }: Told) => `渡轮第${number}班抵岸`

function pageOf(story: Told) {
  return {
    ...{ title: titleOf(story), url: `${SITE}${pathOf(story)}`, published: new Date(story.ms).toISOString() },
    bodyHtml: `<p>第${story.number}班渡轮准时抵岸，码头上的人不多。</p><p>船员说，风浪不大。</p>`,
  }
}

function answer(url: string): { status?: number; body?: string; type?: string; location?: string } {
  const { pathname, searchParams } = new URL(url, SITE)
  if (pathname === '/robots.txt')
    return world.delay === null ? { status: 404 } : { body: `User-agent: *\nCrawl-delay: ${world.delay}\n` }
  const newest = stories().toReversed()
  const story = newest.find((one) => pathOf(one) === pathname)
  if (world.isOdd === true && story?.number === 10) return { status: 500 }
  if (world.isOdd === true && story !== undefined && story.number % 3 === 0)
    return { status: 301, location: pathname.replace('realtime', 'news') }
  const moved = newest.find((one) => pathOf(one).replace('realtime', 'news') === pathname)
  if (story !== undefined || moved !== undefined) return { body: drupal8Page(pageOf((story ?? moved)!)) }
  const map = `<urlset>${newest.map((one) => `<url><loc>${SITE}${pathOf(one)}</loc></url>`).join('')}</urlset>`
  if (world.back === 'index') {
    if (pathname === '/sitemap.xml')
      return { body: `<sitemapindex><sitemap><loc>${SITE}/map-2026-11.xml</loc></sitemap></sitemapindex>` }
    if (pathname === '/map-2026-11.xml') return { body: map, type: 'application/xml' }
  }
  if (world.back === 'sitemap' && pathname === '/sitemaps/sitemap-202611.xml')
    return { body: map, type: 'application/xml' }
  const page = Number(searchParams.get('page') ?? 0)
  if (page > 0 && world.back !== 'pages') return { status: 404 }
  const { window = 20 } = world
  const shown = newest.slice(page * window, (page + 1) * window)
  if (pathname === '/realtime/china') {
    const entries = shown.map((one) => {
      const [year, month, day] = new Date(one.ms + 8 * HOUR_MS).toISOString().slice(0, 10).split('-')
      return `<div class="article-type"><a class="article-type-link" href="${pathOf(one)}">${escapeHtml(titleOf(one))}</a><span class="meta-published-date">${day}/${month}/${year}</span></div>`
    })
    return { body: `<html><body><div class="article-list">${entries.join('')}</div></body></html>` }
  }
  if (pathname === '/_plat/api/v2/page-content/realtime/china') {
    const articles = shown.map((one) => ({ title: titleOf(one), href: pathOf(one), timestamp: one.ms / 1000 }))
    return { body: JSON.stringify({ code: 200, response: { articles } }), type: 'application/json' }
  }
  if (/^\/feed\d\.xml$/.test(pathname)) return { body: rsshubFeed(shown.map(pageOf)), type: 'application/xml' }
  return { status: 404 }
}

beforeEach(async () => {
  home = folder()
  asked = []
  server = await serve((request, response) => {
    const path = request.url ?? ''
    asked.push({ path, atMs: nowMs })
    const { status = 200, body = '', type = 'text/html', location } = answer(path)
    const headers = { 'content-type': `${type}; charset=utf-8`, ...(location === undefined ? {} : { location }) }
    response.writeHead(status, headers).end(body)
  })
})
afterEach(async () => {
  await server.close()
  home.remove()
})

/** The real client, led to the server on loopback. */
const ledHome: MakeHttp = (options) => {
  const client = createHttp({ ...options, allowPrivate: true, allowHosts: () => true })
  return Promise.resolve({
    async get(url, request) {
      const response = await client.get(url.replace(SITE, server.origin), request)
      return response.kind === 'failed' ? response : { ...response, url: response.url.replace(server.origin, SITE) }
    },
    close: () => client.close(),
  })
}

interface Ran {
  codes: number[]
  /** What was said, a line each with the time. */
  lines: string[]
}

/** A run each so often, until all is had once no more stories come. */
async function live(spanMs: number, cronMs: number, flags: Record<string, unknown> = {}): Promise<Ran> {
  nowMs = START
  const ran: Ran = { codes: [], lines: [] }
  const config = {
    ...(await configOf({ archive: join(home.path, 'archive'), quiet: true, rate: '1000/s', ...flags }, home.path)),
    dryRun: false,
  }
  for (let tickMs = START; tickMs < START + spanMs; tickMs += cronMs) {
    const [from = 0, to = 0] = world.pause ?? []
    if (tickMs - START >= from && tickMs - START < to) continue
    // A run that takes longer holds the archive: cron's next one ends at once.
    if (tickMs < nowMs) continue
    if (tickMs - START > world.untilMs && isAllHad()) break
    nowMs = tickMs
    const io = {
      ...testIo(home.path),
      now: () => nowMs,
      random: () => 0.4,
      sleep: async (ms: number) => void (nowMs += ms),
    }
    ran.codes.push(await fetch(config, io, ledHome))
    for (const line of io.err.join('').split('\n').filter(Boolean))
      ran.lines.push(`${new Date(tickMs).toISOString()} ${line}`)
  }
  return ran
}

function state(): State {
  return parseState(readFileSync(join(home.path, 'archive/.zaobao/state.json'), 'utf8'))!
}

/** The longest time, in hours, between two requests that fit, or until the end. */
function longestWait(path: RegExp): number {
  const times = [START, ...asked.filter((one) => path.test(one.path)).map(({ atMs }) => atMs), nowMs]
  return Math.max(...times.slice(1).map((ms, index) => ms - times[index]!)) / HOUR_MS
}

const missing = (): Told[] => {
  const files = [...storiesIn(join(home.path, 'archive')).keys()].join('\n')
  return stories().filter(({ ms, number }) => ms > START - HOUR_MS && !files.includes(`-${9_100_000 + number}-`))
}

/** Nothing is missing, to be looked up, or waiting but for what fails for ever. */
function isAllHad(): boolean {
  const { queue, gaps } = state()
  const failing = world.isOdd === true ? 1 : 0
  return gaps.length === 0 && queue.length === failing && missing().length === failing
}

const FEEDS = [1, 2, 3, 4, 5].map((n) => ({ feed: `${SITE}/feed${n}.xml`, section: 'china' }))

interface Case extends Omit<World, 'untilMs'> {
  days: number
  /** Between two runs; ten minutes where nothing is said. */
  cronMs?: number
  flags?: Record<string, unknown>
  waitHours: number
}

describe('turns that are too few are shared: each story is had, and each source asked', () => {
  test.each<[string, Case]>([
    ['Crawl-delay 600, two stories an hour', { delay: 600, everyMs: HOUR_MS / 2, days: 0.4, waitHours: 2 }],
    [
      'Crawl-delay 600, an hourly story, moved pages and one that fails',
      { delay: 600, everyMs: HOUR_MS, days: 0.6, isOdd: true, waitHours: 2 },
    ],
    [
      'two requests a run, moved pages and one that fails',
      { delay: null, everyMs: HOUR_MS, days: 0.45, isOdd: true, flags: { maxRequests: 2 }, waitHours: 2 },
    ],
    [
      'Crawl-delay 1200, two stories an hour',
      { delay: 1200, everyMs: HOUR_MS / 2, days: 0.5, cronMs: 20 * MINUTE_MS, waitHours: 3 },
    ],
    [
      'Crawl-delay 3600, one in two hours',
      { delay: 3600, everyMs: 2 * HOUR_MS, days: 1.5, cronMs: HOUR_MS, waitHours: 8 },
    ],
    [
      'Crawl-delay 86400, one in four days',
      {
        ...{ delay: 86_400, everyMs: 4 * DAY_MS, days: 24, cronMs: DAY_MS / 2 },
        ...{ flags: { sources: ['list'] }, waitHours: 24 * 8 },
      },
    ],
    [
      'three requests a run, five sources',
      { delay: null, everyMs: HOUR_MS / 2, days: 0.25, flags: { maxRequests: 3, sources: FEEDS }, waitHours: 1 },
    ],
    ['one request a run', { delay: null, everyMs: HOUR_MS / 2, days: 0.4, flags: { maxRequests: 1 }, waitHours: 2 }],
    [
      'three minutes a run, Crawl-delay 60, five sources',
      { delay: 60, everyMs: HOUR_MS / 2, days: 0.2, flags: { maxTime: '3m', sources: FEEDS }, waitHours: 1 },
    ],
  ])('%s', async (name, { days, cronMs = 10 * MINUTE_MS, flags = {}, waitHours, ...given }) => {
    // What comes last has its time.
    const spanMs = runs(days * 24) * HOUR_MS
    world = { ...given, untilMs: spanMs * 0.7 }
    const { codes, lines } = await live(spanMs, cronMs, flags)
    const sources = flags['sources'] === FEEDS ? FEEDS.map(({ feed }) => feed.slice(SITE.length)) : ['/realtime/china']
    const waits = sources.map((path) => longestWait(new RegExp(`^${path}$`)))
    figure(name, `${asked.length} requests, ${lines.length} lines; a source waits ${Math.max(...waits).toFixed(1)} h`)
    expect(missing().map(({ number }) => number)).toEqual(given.isOdd === true ? [10] : [])
    expect(state().queue).toHaveLength(given.isOdd === true ? 1 : 0)
    expect(Math.max(...waits)).toBeLessThanOrEqual(waitHours)
    // Told when it begins, once a day, and when it is over.
    expect(lines.length).toBeLessThanOrEqual(Math.ceil(spanMs / DAY_MS) * 2 + (given.isOdd === true ? 6 : 0))
    const usual = given.isOdd === true ? [0, 75, 1] : [0, 75]
    expect(codes.filter((code) => !usual.includes(code))).toEqual([])
  })
})

describe('a gap is looked up in as many runs as it takes', () => {
  test.each<[string, World['back']]>([
    ['in the pages of the list', 'pages'],
    ['in the sitemap of the month', 'sitemap'],
    ['in the sitemaps that the index names', 'index'],
  ])('%s', async (_name, back) => {
    const pause: [number, number] = [HOUR_MS, 7 * HOUR_MS]
    world = { delay: 600, everyMs: HOUR_MS / 2, oldMs: 12 * HOUR_MS, untilMs: pause[1], window: 6, back, pause }
    const { lines } = await live(pause[1] + 12 * HOUR_MS, 10 * MINUTE_MS, { quiet: false })
    expect(missing()).toEqual([])
    // Told once, with what each of the runs found: of the day's 27, six were had or waited before, and six are shown.
    expect(lines.flatMap((line) => /ran over; .*: (\d+) stor/.exec(line)?.[1] ?? [])).toEqual(['15'])
    expect(state()).toMatchObject({ queue: [], gaps: [] })
    // Each of its pages and sitemaps is asked for once, but the list's own.
    const paths = asked.map(({ path }) => path).filter((path) => /[?&]page=[1-9]|map/.test(path))
    expect(paths).toEqual([...new Set(paths)])
  })
})

test('a person who reads along is told what waits and why, and status says it', async () => {
  world = { delay: 600, everyMs: 4 * HOUR_MS, untilMs: HOUR_MS }
  const { lines } = await live(2 * 10 * MINUTE_MS, 10 * MINUTE_MS, { quiet: false })
  expect(lines.filter((line) => line.includes('--rate'))).toEqual([
    expect.stringMatching(/zaobao\.com|127\.0\.0\.1/),
    expect.stringMatching(
      /due at 2026-11-02T22:2\d:\d\dZ, by its Crawl-delay or --rate: 1 source is not asked, 1 story is left for the next run$/,
    ),
  ])
})
