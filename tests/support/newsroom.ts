/**
 * A Zaobao of invented stories that lives by a clock: what is published, edited, moved, out of order or down at an
 * instant follows from its seed. Two editions and an RSSHub, each a server on loopback.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { escapeHtml, PAGES, type PageStory } from './pages.ts'
import { etagOf, serve, type TestServer } from './server.ts'
import { rsshubFeed } from './site.ts'

const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const SINGAPORE_MS = 8 * HOUR_MS
const WINDOW = 20
const MORE_SIZE = 9
const BURST = 55

/** One text of a story, from an instant on. */
export interface Version {
  fromMs: number
  title: string
  paragraphs: readonly string[]
  lead: { url: string; caption: string } | null
}

export interface Story {
  id: string
  section: 'china' | 'world' | 'sports'
  publishedMs: number
  versions: Version[]
  /** From then on it stands under `news/`, and its old address leads there. */
  movedMs: number
  /** What its page answers until an instant. */
  trouble: { kind: 'missing' | 'soft-missing' | 'empty'; untilMs: number } | null
  /** From then on 410. */
  goneMs: number
  /** Shown on top of its list for days. */
  pinned: boolean
}

/** One answer for a story's page, redirects apart. */
export interface Asked {
  id: string
  atMs: number
  status: number
  /** The text that was had; `null` when it was none of the story's. */
  version: number | null
}

export interface Plan {
  startMs: number
  stories: Story[]
  /** The whole site down. */
  outage: [number, number]
  /** Every story's page is a challenge. */
  challenge: [number, number]
  /** The Singapore edition leads to the global one. */
  abroad: [number, number]
  /** What the RSSHub instance shows is as of that instant, while the clock is in the span. */
  stale: [number, number]
  /** So many stories at once that the lists cannot hold them. */
  burst: [number, number]
}

/** Numbers in [0, 1) that follow from a seed. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const WORDS = ['渡轮', '夜市', '图书馆', '榕树', '缆车', '茶馆', '风筝', '渔港', '灯会', '骑楼', '苗圃', '钟楼']
const DEEDS = ['加班', '重开', '迁址', '添新站', '迎客', '修缮', '试办', '延长时间', '换新貌', '增班次']

function versionsOf(number: number, publishedMs: number, random: () => number): Version[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const title = `${pick(WORDS)}${pick(DEEDS)}第${number}报`
  const paragraphs = [1, 2, 3].map((n) => `第${number}报的第${n}段说，${pick(WORDS)}${pick(DEEDS)}，居民前来观看。`)
  const picture = (n: number) => ({
    url: `https://static.zaobao.com/s3fs-public/2026/p${number}-${n}.jpg`,
    caption: `第${number}报的图${n}（本报）`,
  })
  let version: Version = { fromMs: publishedMs, title, paragraphs, lead: random() < 0.5 ? picture(0) : null }
  const versions = [version]
  let atMs = publishedMs
  while (random() < 0.3 && versions.length < 4) {
    atMs += (20 + Math.floor(random() * 300)) * MINUTE_MS
    const n = versions.length
    const edit = Math.floor(random() * 3)
    version = { ...version, fromMs: atMs }
    if (edit === 0) version.title = `${title}（更新${n}）`
    if (edit === 1) version.paragraphs = [...version.paragraphs, `更新${n}：${pick(WORDS)}一事有了后续。`]
    if (edit === 2) version.lead = picture(n)
    versions.push(version)
  }
  return versions
}

/** A week from an instant on: some twenty stories a day, one burst that fills the lists twice over. */
export function planWeek(seed: number, startMs: number): Plan {
  const random = chance(seed)
  const times: number[] = []
  for (let n = 0; n < 14; n += 1) times.push(startMs - (n + 1) * 17 * MINUTE_MS)
  for (let day = 0; day < 7; day += 1)
    for (let n = 0; n < 11; n += 1) times.push(startMs + day * DAY_MS + Math.floor(random() * DAY_MS))
  const burstMs = startMs + 2 * DAY_MS + 5 * HOUR_MS + 2 * MINUTE_MS
  for (let n = 0; n < BURST; n += 1) times.push(burstMs + n * MINUTE_MS)
  const outageMs = startMs + 3 * DAY_MS + Math.floor(random() * 6) * HOUR_MS
  const challengeMs = startMs + 5 * DAY_MS + Math.floor(random() * 12) * HOUR_MS
  const abroadMs = startMs + 6 * DAY_MS
  const minutes = times.map((ms) => Math.floor(ms / MINUTE_MS) * MINUTE_MS).toSorted((a, b) => a - b)
  const stories = minutes.map((publishedMs, n): Story => {
    const number = n + 1
    const drawn = random()
    const before = publishedMs < startMs
    const section = before
      ? n % 2 === 0
        ? 'china'
        : 'world'
      : drawn < 0.6
        ? 'china'
        : drawn < 0.85
          ? 'world'
          : 'sports'
    const fate = random()
    const untilMs = publishedMs + (1 + Math.floor(random() * 8)) * HOUR_MS
    const kind = fate < 0.03 ? 'missing' : fate < 0.05 ? 'soft-missing' : fate < 0.06 ? 'empty' : null
    return {
      id: String(9_700_000 + number * 3),
      section,
      publishedMs,
      versions: versionsOf(number, publishedMs, random),
      movedMs: random() < 0.2 ? publishedMs + Math.floor(random() * DAY_MS) : Number.POSITIVE_INFINITY,
      trouble: kind === null || before ? null : { kind, untilMs: fate < 0.004 ? Number.POSITIVE_INFINITY : untilMs },
      goneMs: random() < 0.03 ? publishedMs + Math.floor(random() * 10) * HOUR_MS : Number.POSITIVE_INFINITY,
      pinned: n === 3 || n === 40,
    }
  })
  const staleMs = startMs + Math.floor(random() * 3) * DAY_MS
  return {
    ...{ startMs, stories },
    outage: [outageMs, outageMs + DAY_MS],
    challenge: [challengeMs, challengeMs + HOUR_MS],
    abroad: [abroadMs, abroadMs + DAY_MS],
    stale: [staleMs, staleMs + 30 * HOUR_MS],
    burst: [burstMs, burstMs + BURST * MINUTE_MS],
  }
}

export function isIn([from, to]: readonly [number, number], ms: number): boolean {
  return ms >= from && ms < to
}

function versionAt(story: Story, ms: number): number {
  return story.versions.findLastIndex(({ fromMs }) => fromMs <= ms)
}

function singapore(ms: number): string {
  return new Date(ms + SINGAPORE_MS).toISOString()
}

function pathAt(story: Story, ms: number): string {
  const day = singapore(story.publishedMs).slice(0, 10).replaceAll('-', '')
  return `/${ms >= story.movedMs ? 'news' : 'realtime'}/${story.section}/story${day}-${story.id}`
}

const SG = 'https://www.zaobao.com.sg'
const GLOBAL = 'https://www.zaobao.com'

export interface Newsroom {
  asked: Asked[]
  /** By address as the program knows it: that of the server that answers for it. */
  origins: Map<string, string>
  close(): Promise<void>
}

/** Serves the plan; `now` is the clock of the simulation. */
export async function openNewsroom(plan: Plan, now: () => number): Promise<Newsroom> {
  const asked: Asked[] = []
  const origins = new Map<string, string>()

  const pageStory = (story: Story, version: number, origin: string, ms: number): PageStory => {
    const { title, paragraphs, lead } = story.versions[version] as Version
    return {
      ...{ title, url: `${origin}${pathAt(story, ms)}`, published: new Date(story.publishedMs).toISOString() },
      bodyHtml: paragraphs.map((text) => `<p>${text}</p>`).join(''),
      ...(lead === null ? {} : { lead: [lead] }),
    }
  }

  function newestFirst(section: string, ms: number): Story[] {
    const shown = plan.stories.filter((story) => story.section === section && story.publishedMs <= ms)
    const byTime = shown.toSorted((a, b) => b.publishedMs - a.publishedMs)
    return [...byTime.filter(({ pinned }) => pinned), ...byTime.filter(({ pinned }) => !pinned)]
  }

  const titleAt = (story: Story, ms: number): string => story.versions[versionAt(story, ms)]?.title ?? ''

  function htmlList(stories: readonly Story[], ms: number): string {
    const era = Math.floor((ms - plan.startMs) / DAY_MS)
    const entries = stories.map((story) => {
      const title = escapeHtml(titleAt(story, ms))
      const [, year, month, day] = /(\d+)-(\d+)-(\d+)/.exec(singapore(story.publishedMs)) ?? []
      if (era < 2) {
        return `<div class="article-type"><a class="article-type-link" href="${pathAt(story, ms)}">${title}</a><span class="meta-published-date">${day}/${month}/${year}</span></div>`
      }
      const isToday = singapore(story.publishedMs).slice(0, 10) === singapore(ms).slice(0, 10)
      const shown = isToday ? singapore(story.publishedMs).slice(11, 16) : `${month}月${day}日`
      return `<div class="card"><div class="content-header"><a href="${pathAt(story, ms)}?ref=list">${title}</a></div><span>${shown}</span></div>`
    })
    return `<html><body><div class="${era < 2 ? 'article-list' : 'card-listing'}">${entries.join('')}</div></body></html>`
  }

  function astroList(stories: readonly Story[], ms: number): string {
    const entries = stories.map((story) => {
      const age = ms - story.publishedMs
      const shown = age < HOUR_MS ? `${Math.floor(age / MINUTE_MS)}分钟前` : singapore(story.publishedMs).slice(11, 16)
      return `<article><a class="article-link" href="${pathAt(story, ms)}" title="${escapeHtml(titleAt(story, ms))}">…</a><span>${shown}</span></article>`
    })
    return `<html><body><div data-testid="article-list">${entries.join('')}</div></body></html>`
  }

  function jsonList(stories: readonly Story[], ms: number): string {
    const articles = stories.map((story) => ({
      title: titleAt(story, ms),
      href: pathAt(story, ms),
      timestamp: story.publishedMs / 1000,
    }))
    return JSON.stringify({ code: 200, response: { articles } })
  }

  function moreList(stories: readonly Story[], ms: number): string {
    const data = stories.map((story) => ({
      title: titleAt(story, ms),
      url: pathAt(story, ms),
      publicationDate: singapore(story.publishedMs).slice(0, 19).replace('T', ' '),
    }))
    return JSON.stringify({ result: { pageSize: MORE_SIZE, data } })
  }

  function sitemap(month: string, origin: string, ms: number): string | null {
    const stories = plan.stories.filter(
      (story) => story.publishedMs <= ms && singapore(story.publishedMs).slice(0, 7).replace('-', '') === month,
    )
    const urls = stories.map((story) => `<url><loc>${origin}${pathAt(story, ms)}</loc></url>`)
    return urls.length === 0 ? null : `<?xml version="1.0"?><urlset>${urls.join('')}</urlset>`
  }

  function page(story: Story, origin: string, ms: number): string {
    const days = (ms - plan.startMs) / DAY_MS
    const layout =
      origin === SG ? (days < 2 ? 'drupal8' : days < 4 ? 'reactB2' : 'reactB3') : days < 4 ? 'bootstrap' : 'astro'
    const html = PAGES[layout](pageStory(story, versionAt(story, ms), origin, ms))
    // Advertisements and side lists change by the hour.
    return html.replace('</body>', `<aside class="related-articles">此刻热读${Math.floor(ms / HOUR_MS)}</aside></body>`)
  }

  const send = (response: ServerResponse, status: number, body = '', headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
  }

  function answerStory(
    request: IncomingMessage,
    response: ServerResponse,
    story: Story,
    origin: string,
    ms: number,
  ): void {
    const answered = (status: number, body: string, version: number | null, headers = {}) => {
      asked.push({ id: story.id, atMs: ms, status, version })
      send(response, status, body, headers)
    }
    const path = pathAt(story, ms)
    if (ms >= story.goneMs) return answered(410, '', null)
    const trouble = story.trouble !== null && ms < story.trouble.untilMs ? story.trouble.kind : null
    if (trouble === 'missing') return answered(404, '', null)
    if (trouble === 'soft-missing')
      return answered(
        200,
        '<html><head><title>404 - 页面不存在</title></head><body><h1>您要访问的页面不存在</h1></body></html>',
        null,
      )
    if (trouble === 'empty') return answered(200, `<html><body>${'<p></p>'.repeat(3)}</body></html>`, null)
    if (isIn(plan.challenge, ms)) {
      return answered(
        200,
        '<html><head><title>Just a moment...</title></head><body><div id="challenge-form"></div><script>window._cf_chl_opt={}</script></body></html>',
        null,
      )
    }
    if (request.url?.split('?')[0] !== path)
      return send(response, 301, '', { location: `${origins.get(origin)}${path}` })
    const body = page(story, origin, ms)
    const etag = etagOf(body)
    if (request.headers['if-none-match'] === etag) return answered(304, '', versionAt(story, ms), { etag })
    return answered(200, body, versionAt(story, ms), { etag })
  }

  function answer(origin: string, request: IncomingMessage, response: ServerResponse): void {
    const ms = now()
    const url = new URL(request.url ?? '/', origin)
    const story = plan.stories.find(({ id }) => url.pathname.endsWith(`-${id}`))
    if (isIn(plan.outage, ms)) {
      if (story !== undefined) asked.push({ id: story.id, atMs: ms, status: 0, version: null })
      return void request.socket.destroy()
    }
    if (url.pathname === '/robots.txt') return send(response, 404)
    if (origin === SG && isIn(plan.abroad, ms)) {
      return send(response, 302, '', { location: `${origins.get(GLOBAL)}${url.pathname}${url.search}` })
    }
    if (story !== undefined && story.publishedMs <= ms) return answerStory(request, response, story, origin, ms)
    const month = /^\/sitemaps\/sitemap-(\d{6})\.xml$/.exec(url.pathname)?.[1]
    const map = month === undefined ? null : sitemap(month, origin, ms)
    if (map !== null) return send(response, 200, map, { 'content-type': 'application/xml' })
    const pageNumber = Number(url.searchParams.get('page') ?? 0)
    const slice = (section: string) => newestFirst(section, ms).slice(pageNumber * WINDOW, (pageNumber + 1) * WINDOW)
    const json = /^\/_plat\/api\/v2\/page-content\/realtime\/(\w+)$/.exec(url.pathname)?.[1]
    if (json !== undefined && origin === SG)
      return send(response, 200, jsonList(slice(json), ms), { 'content-type': 'application/json' })
    if (url.pathname === '/more/sitemap/3' && origin === GLOBAL) {
      const from = (Number(url.searchParams.get('pageNo')) - 1) * MORE_SIZE
      return send(response, 200, moreList(newestFirst('china', ms).slice(from, from + MORE_SIZE), ms), {
        'content-type': 'application/json',
      })
    }
    const section = /^\/realtime\/(\w+)$/.exec(url.pathname)?.[1]
    if (section === undefined) return send(response, 404)
    return send(
      response,
      200,
      origin === SG ? htmlList(slice(section), ms) : astroList(newestFirst(section, ms).slice(0, WINDOW), ms),
    )
  }

  function answerFeed(request: IncomingMessage, response: ServerResponse): void {
    const section = /^\/zaobao\/realtime\/(\w+)$/.exec(request.url ?? '')?.[1]
    if (section === undefined) return send(response, 404)
    const ms = isIn(plan.stale, now()) ? plan.stale[0] : now()
    const items = newestFirst(section, ms).slice(0, WINDOW)
    const feed = rsshubFeed(items.map((story) => pageStory(story, versionAt(story, ms), GLOBAL, ms)))
    return send(response, 200, feed, { 'content-type': 'application/xml' })
  }

  const servers: TestServer[] = []
  for (const origin of [SG, GLOBAL]) servers.push(await serve((request, response) => answer(origin, request, response)))
  servers.push(await serve(answerFeed))
  for (const [index, origin] of [SG, GLOBAL, 'https://rsshub.example.org'].entries())
    origins.set(origin, servers[index]?.origin ?? '')
  return {
    asked,
    origins,
    async close() {
      for (const server of servers) await server.close()
    },
  }
}
