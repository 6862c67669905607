import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { probe } from '../../src/commands/probe.ts'
import type { Report } from '../../src/core/probe/report.ts'
import { CHINESE_ZONE, dayIn, isoTime } from '../../src/core/time.ts'
import { looksOf } from '../../src/pipeline/probe/probe.ts'
import { configOf, testIo } from '../support/io.ts'
import { inventedPage, inventedStory, seeded } from '../support/layouts.ts'
import { PAGES, type PageStory } from '../support/pages.ts'
import { call, folder } from '../support/program.ts'
import { trustedCertificate, serve, serveProxy, type TestServer } from '../support/server.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

const NOW = Date.UTC(2026, 10, 22, 4)
const HOUR = 3_600_000
/** How long ago each story of the site is, in hours. */
const AGES = [0.2, 1.1, 3, 20, 100, 169]
const LIST = '/realtime/china'
const JSON_LIST = '/_plat/api/v2/page-content/realtime/china?page=0'

const SENTENCES = [
  '镇上的轮渡昨晚恢复了航行，船家说今后每天要多开两班，好让上夜班的人回家。',
  '河面上的雾在清晨才散去，第一班船因此晚了半个小时，码头上排起了长队。',
  '镇政府的文告说，票价暂时不变，学生凭证可以半价，老人和孩子免票上船。',
  '对岸的集市也跟着热闹起来，摊主们说今年的生意比去年好了不少。',
]

function storiesAt(origin: string): PageStory[] {
  return AGES.map((hours, index) => {
    const published = isoTime(NOW - hours * HOUR)
    const day = dayIn(CHINESE_ZONE, NOW - hours * HOUR).replaceAll('-', '')
    const bodyHtml = SENTENCES.map((sentence) => `<p>第${index + 1}回：${sentence}</p>`).join('')
    const url = `${origin}/news/china/story${day}-${9_000_001 + index}`
    return { title: `渡口恢复夜航第${index + 1}回`, url, published, bodyHtml }
  })
}

const pathOf = (url: string) => new URL(url).pathname
const shownTime = (time: string, aheadHours = 8) =>
  isoTime(Date.parse(time) + aheadHours * HOUR)
    .slice(0, 16)
    .replace('T', ' ')

function reactList(stories: readonly PageStory[], name = 'card', ahead = 8): string {
  const cards = stories.map(
    ({ title, url, published }) =>
      `<div class="${name}"><div class="content-header"><a href="${pathOf(url)}">${title}</a></div><span>${shownTime(published, ahead)}</span></div>`,
  )
  return `<!DOCTYPE html><html><body><main><div class="${name}-listing">${cards.join('')}</div></main></body></html>`
}

function jsonList(stories: readonly PageStory[]): string {
  const articles = stories.map(({ title, url, published }) => ({
    title,
    href: pathOf(url),
    timestamp: Date.parse(published) / 1000,
  }))
  return JSON.stringify({ code: 200, response: { articles } })
}

function sitemap(stories: readonly PageStory[]): string {
  const urls = stories.map(({ url }) => `<url><loc>${url}</loc></url>`)
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`
}

/** All of it as it is known. */
function publish({ pages }: Pick<Site, 'pages'>, stories: readonly PageStory[], page = PAGES.reactB3): void {
  for (const story of stories) pages.set(pathOf(story.url), page(story))
  pages.set(LIST, reactList(stories.slice(0, 5)))
  pages.set(JSON_LIST, jsonList(stories.slice(0, 4)))
  pages.set('/sitemaps/sitemap-202611.xml', sitemap(stories))
}

let site: Site
let home: ReturnType<typeof folder>
let stories: PageStory[]
beforeEach(async () => {
  site = await serveSite()
  home = folder()
  stories = storiesAt(site.server.origin)
  publish(site, stories)
})
afterEach(async () => {
  await site.server.close()
  home.remove()
})

/** No four letters in a row of any text that the site has. */
function expectWordless(text: string, all: readonly PageStory[] = stories): void {
  const letters = all.map(({ title, bodyHtml }) => `${title} ${bodyHtml}`).join(' ')
  for (const run of text.match(/\p{Script=Han}{4,}/gu) ?? []) expect(letters).not.toContain(run.slice(0, 4))
  // Not as an escape either.
  expect(text).not.toMatch(/\\u[4-9][\da-f]{3}/i)
}

interface Seen {
  code: number
  out: string
  err: string
  report: Report
}

/** Looks twice, for a person and for a program: both say the same, without a word, in as few requests. */
async function look(
  flags: Record<string, unknown> = {},
  { save = null, origin = site.server.origin }: { save?: string | null; origin?: string } = {},
): Promise<Seen> {
  const section = [`${origin}${LIST}`, `${origin}${JSON_LIST}`]
  const run = async (json: boolean) => {
    const io = { ...testIo(home.path), now: () => NOW }
    const given = { archive: join(home.path, 'archive'), section, allowPrivate: true, rate: '1000/s', json, ...flags }
    const before = site.server.requests.length
    const code = await probe(await configOf(given, home.path), save, io)
    expect(site.server.requests.length - before).toBeLessThanOrEqual(15)
    return { code, out: io.out.join(''), err: io.err.join('') }
  }
  const shown = await run(false)
  const told = await run(true)
  expect(told.code).toBe(shown.code)
  expect(told.out.trimEnd().split('\n')).toHaveLength(1)
  expectWordless(told.out)
  expectWordless(shown.out)
  expect(shown.out).not.toMatch(/[^\n\u0020-\u007e…]/)
  expect(told.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  const verdict = shown.out.trimEnd().split('\n').at(-1)
  expect(told.err).toBe(shown.code === 0 ? '' : `${verdict}\n`)
  return { ...shown, report: JSON.parse(told.out) as Report }
}

const edition = ({ report }: Seen, at = 0) => report.editions[at]!
const troubles = ({ report }: Seen) => [...new Set(report.findings.map(({ what }) => what))]

describe('a site that is known', () => {
  test('three sources, three stories, all witnesses agree', async () => {
    const seen = await look()
    expect(seen).toMatchObject({
      code: 0,
      err: '',
      report: { verdict: 'known', findings: [], requests: 8, leftOut: 0 },
    })
    const { sources, robots } = edition(seen)
    expect(robots).toBe('allows')
    expect(sources.map(({ kind, layout, items, timed }) => [kind, layout, items, timed])).toEqual([
      ['list', 'react', 5, 5],
      ['json', 'json', 4, 4],
      ['sitemap', 'sitemap', 6, 0],
    ])
    expect(sources[1]?.agreements).toEqual([
      { with: 'list:realtime/china', isOfSame: true, of: 4, stories: 4, titled: 4, headlines: 4, timed: 4, times: 4 },
    ])
    expect(edition(seen).stories.map(({ age, id, layout }) => [age, id, layout])).toEqual([
      ['newest', '9000001', 'sg-react'],
      ['hour', '9000002', 'sg-react'],
      ['week', '9000006', 'sg-react'],
    ])
    expect(edition(seen).stories[0]).toMatchObject({
      headline: { letters: 9, others: [] },
      time: { published: stories[0]?.published, others: [] },
      body: { paragraphs: 4, outside: 0, at: 'main > article.max-w-full > div.articleBody' },
      access: { read: 'public' },
    })
    expect(seen.out).toMatch(/^known: 3 of 3 sources read, 3 of 3 stories by a known layout/m)
  })

  test.each(['reactB1', 'reactB2', 'astro', 'bootstrap', 'drupal8', 'drupal7'] as const)(
    'of the layout %s',
    async (name) => {
      publish(site, stories, PAGES[name])
      const seen = await look()
      expect({ code: seen.code, findings: seen.report.findings }).toEqual({ code: 0, findings: [] })
      for (const story of edition(seen).stories) expect(Object.keys(story.time.says).length).toBeGreaterThan(0)
    },
  )

  test('a mirror need not have a sitemap; the paper has', async () => {
    site.pages.delete('/sitemaps/sitemap-202611.xml')
    expect(await look()).toMatchObject({ code: 0, out: expect.stringMatching(/sitemap:2026-11 +none$/m) })
  })

  test('sections beyond fifteen requests are left out, and counted', async () => {
    const section = Array.from({ length: 12 }, (_, at) => `${site.server.origin}/list${at}`)
    for (const each of section) site.pages.set(pathOf(each), reactList(stories))
    const seen = await look({ section })
    expect(seen.report.leftOut).toBe(6)
    expect(seen.report.requests).toBeLessThanOrEqual(15)
    expect(edition(seen).stories).toHaveLength(3)
  })

  test('a story that stands as data: where its text is, and how much of it', async () => {
    const [story] = stories
    const path = `/_plat/api/v2${pathOf(story!.url)}`
    expect(edition(await look()).storyData).toMatchObject({ failure: 'missing', texts: [] })
    const data = {
      code: 200,
      response: { article: { headline: story!.title, body_cn: story!.bodyHtml, more: [{ 正文: story!.bodyHtml }] } },
    }
    site.pages.set(path, JSON.stringify(data))
    const seen = await look()
    expect(seen.code).toBe(0)
    expect(edition(seen).storyData).toMatchObject({
      isJson: true,
      texts: [
        { at: 'response.article.body_cn', letters: 134, shared: 1 },
        { at: 'response.article.more[].…', letters: 134, shared: 1 },
      ],
    })
    expect(seen.out).toContain('story as data: response.article.body_cn 134 letters, 100 % of its sentences read')
    for (const odd of ['<p>x', '['.repeat(100_000), '"x"', '{"a":']) {
      site.pages.set(path, odd)
      expect(edition(await look()).storyData?.texts).toEqual([])
    }
  })

  test('of many sections the editions and the sitemap are looked at before more lists', () => {
    const names = looksOf({ section: ['all'], feed: [], sources: ['list', 'json'] }, NOW).map(({ name }) => name)
    expect(names.slice(0, 6)).toEqual([
      ...['list:china', 'json:china', 'list:singapore'],
      ...['list:china@www.zaobao.com', 'sitemap:2026-11', 'json:singapore'],
    ])
  })

  test('redirects count: what fifteen requests leave out is counted', async () => {
    const server = await serve((request, response) => {
      const [, path = '', hops = '0'] = /^(.*?)(?:~(\d))?$/.exec(request.url ?? '') ?? []
      if (path === '/robots.txt') return void response.writeHead(404).end()
      if (Number(hops) < 3) return void response.writeHead(302, { location: `${path}~${Number(hops) + 1}` }).end()
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(reactList(stories))
    })
    const section = Array.from({ length: 5 }, (_, at) => `${server.origin}/list${at}`)
    const seen = await look({ section })
    await server.close()
    expect(server.requests).toHaveLength(30)
    expect(seen.report).toMatchObject({ requests: 15, leftOut: 6 })
    expect(edition(seen).sources.map(({ failure }) => failure)).toEqual([null, null, null])
  })

  test('a feed is looked at in the place of the sources, its text is a witness', async () => {
    site.pages.set('/feed.xml', rsshubFeed(stories))
    const seen = await look({ feed: [`${site.server.origin}/feed.xml`] })
    expect(seen).toMatchObject({ code: 0 })
    expect(edition(seen).sources).toMatchObject([{ name: 'feed:feed.xml', layout: 'feed', items: 6, timed: 6 }])
    expect(edition(seen).stories[0]?.body.says['feed:feed.xml']).toEqual({ letters: 134, shared: 1 })
  })
})

test('the address of a story: its page, by its layout', async () => {
  const [first] = stories
  const seen = await look({ section: [first!.url] })
  expect(seen).toMatchObject({
    code: 0,
    report: { verdict: 'known', editions: [{ publisher: 'zaobao', sources: [] }] },
  })
  expect(edition(seen).stories).toMatchObject([{ age: 'given', id: '9000001', layout: 'sg-react' }])
  await expect(look({ section: ['https://www.zaochenbao.com/news/china/story20261122-9000001'] })).rejects.toThrow(
    'is not',
  )
})

describe('a site that is new', () => {
  test('pages of no known layout: read generically, and where their prose stands', async () => {
    for (const [at, story] of stories.entries()) {
      const { headline, paragraphs } = { ...inventedStory(seeded(at)), headline: story.title }
      const { html } = inventedPage('renamed classes', { headline, paragraphs, url: story.url }, seeded(4))
      site.pages.set(pathOf(story.url), html.replaceAll('2026-03-12T10:00:00+08:00', story.published))
    }
    const seen = await look()
    expect(seen.code).toBe(1)
    expect(troubles(seen)).toEqual(['generic story'])
    for (const story of edition(seen).stories) {
      expect(story).toMatchObject({
        layout: 'generic',
        body: { at: expect.stringMatching(/^div\.[\w-]+ > div\.[\w-]+$/) },
      })
    }
    expect(seen.out).toMatch(
      /^partly known: 3 of 3 sources read, 0 of 3 stories by a known layout, 3 by none; read without a layout: /m,
    )
    expect(seen.out).toContain('/issues')
  })

  test('no slug of a story is told, wherever the page has it', async () => {
    const slugs = ['ferry-returns', 'market_reopens', 'bridgeOpens', 'school', 'fog-delays-first-boat', 'fares-stay']
    for (const [at, story] of stories.entries()) {
      const slug = slugs[at]!
      const body = story.bodyHtml.replaceAll('<p>', `<p class="${slug}" data-slug="${slug}">`)
      const html = `<!DOCTYPE html><html><head><title>${story.title}</title><meta property="og:type" content="article"></head><body id="${slug}"><h1>${story.title}</h1><main class="story-body"><div class="shared-name ${slug}" id="${slug}"><${slug.replace(/[^a-z]/gi, '-')}-text>${body}</${slug.replace(/[^a-z]/gi, '-')}-text></div></main></body></html>`
      story.url = story.url.replace('/china/', `/${slug}/`) + `?${slug}=${slug}`
      site.pages.set(`${pathOf(story.url)}?${slug}=${slug}`, html)
      site.pages.set(pathOf(story.url), html)
    }
    const links = stories.map(({ title, url }, at) => `<a class="${slugs[at]}" href="${url}">${title}</a>`)
    site.pages.set(LIST, `<!DOCTYPE html><html><body><main>${links.join('')}</main></body></html>`)
    site.pages.set('/feed.xml', rsshubFeed(stories))
    const seen = await look({ feed: [`${site.server.origin}/feed.xml`] })
    expect(edition(seen).stories).toHaveLength(3)
    expect(edition(seen).stories[0]?.body.at).toContain('main.story-body > div')
    expect(edition(seen).stories[0]?.body.at).toContain('.shared-name')
    expect(edition(seen).stories[0]?.url).toContain('/news/a')
    for (const out of [seen.out, JSON.stringify(seen.report), JSON.stringify((await look()).report)]) {
      expect(out).not.toMatch(/ferry|returns|market|reopens|bridge|opens|school|fog|delays|fares/i)
    }
  })

  test('pages that nothing reads: the witnesses are told all the same', async () => {
    for (const { url, title } of stories) {
      site.pages.set(
        pathOf(url),
        `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
      )
    }
    const seen = await look()
    expect(seen).toMatchObject({ code: 1, out: expect.stringContaining('of no known layout') })
    expect(edition(seen).stories[0]).toMatchObject({
      failure: 'unclaimed',
      layout: null,
      headline: { letters: 9, witnesses: expect.arrayContaining(['title', 'h1', 'list:realtime/china']) },
    })
  })

  test('a list of no known kind: how many stories it links to, and where', async () => {
    site.pages.set(LIST, reactList(stories, 'tile'))
    const seen = await look()
    expect(seen).toMatchObject({
      code: 1,
      report: { findings: [{ what: 'unread source', where: 'list:realtime/china' }] },
    })
    expect(edition(seen).sources[0]).toMatchObject({
      failure: 'unknown',
      links: 6,
      linksAt: 'main > div.tile-listing > div.tile > div.content-header > a',
    })
  })

  test('a list that is empty, or cut off', async () => {
    site.pages.set(LIST, reactList([]))
    expect(troubles(await look())).toEqual(['unread source'])
    site.pages.set(LIST, reactList(stories).slice(0, -60))
    expect(troubles(await look())).toEqual(['cut source'])
  })
})

describe('witnesses that differ', () => {
  const page = (change: (html: string, story: PageStory) => string) => {
    for (const story of stories) site.pages.set(pathOf(story.url), change(PAGES.reactB3(story), story))
  }

  test('half a body outside of the container', async () => {
    page((_html, story) => {
      const at = story.bodyHtml.indexOf('<p>', 10)
      const half = PAGES.reactB1({ ...story, bodyHtml: story.bodyHtml.slice(0, at) })
      return half.replace('</article>', `<div class="more">${story.bodyHtml.slice(at)}</div></article>`)
    })
    const seen = await look()
    expect(seen.code).toBe(1)
    expect(troubles(seen)).toContain('story in doubt')
    const [story] = edition(seen).stories
    expect(story?.body.outside).toBeGreaterThan(60)
    expect(story?.doubts[0]).toMatch(/^the page has \d+ more letters$/)
    expect(seen.out).toMatch(/in doubt: the page has \d+ more letters/)
  })

  test('a time that is eight hours off in the data', async () => {
    page((html) =>
      html.replace(/create_time\\?":(\d+)/, (_, time: string) => `create_time\\":${Number(time) - 8 * 3600}`),
    )
    const seen = await look()
    expect(seen.code).toBe(1)
    expect(troubles(seen)).toEqual(['other time'])
    expect(edition(seen).stories[0]?.time.others).toEqual(['data'])
    expect(seen.out).toMatch(/data \S+Z \(-8h\)/)
  })

  test('a list whose clock is eight hours off', async () => {
    site.pages.set(LIST, reactList(stories.slice(0, 5), 'card', 0))
    const seen = await look()
    expect(seen.code).toBe(1)
    expect(troubles(seen)).toContain('sources disagree')
  })

  test('a headline of another story; one that was edited is none', async () => {
    page((html, { title }) => html.replace(`<h1>${title}</h1>`, '<h1>渡口恢复夜航第二十回</h1>'))
    expect(troubles(await look())).toEqual([])
    page((html, { title }) => html.replaceAll(title, '气象台说雨季会比往年更长'))
    const seen = await look()
    expect(troubles(seen)).toEqual(['other headline'])
    expect(seen.code).toBe(1)
    expect(edition(seen).stories[0]?.headline.others).toEqual([
      { witness: 'list:realtime/china', letters: 9, shared: 0 },
      { witness: 'json:realtime/china', letters: 9, shared: 0 },
    ])
  })
})

const CHALLENGE =
  '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>'

describe('a site that cannot be read', () => {
  const all = () => [...site.pages.keys()]

  test('answers that are a challenge, whatever their status', async () => {
    for (const path of all()) site.pages.set(path, CHALLENGE)
    const seen = await look()
    expect(seen).toMatchObject({ code: 3, report: { verdict: 'unreachable' } })
    expect(edition(seen).sources[0]?.failure).toBe('challenge')
    expect(seen.out).toMatch(/^unreachable: nothing of the paper could be read: a challenge/m)
    for (const path of all()) site.broken.set(path, 403)
    expect(await look()).toMatchObject({ code: 3, out: expect.stringContaining('(403)') })
  })

  test('it is down', async () => {
    const gone = await serve((_request, response) => response.end())
    await gone.close()
    const seen = await look({}, { origin: gone.origin })
    expect(seen).toMatchObject({ code: 3, report: { verdict: 'unreachable' } })
    expect(site.server.requests).toEqual([])
  })

  test('it breaks, three tries and robots.txt are within the fifteen', async () => {
    for (const path of all()) site.broken.set(path, 500)
    site.broken.set('/robots.txt', 404)
    expect(await look()).toMatchObject({ code: 3 })
  })

  test('it asks to wait: no more is asked', async () => {
    for (const path of all()) site.broken.set(path, 503)
    expect(await look()).toMatchObject({ code: 3 })
    for (const path of all()) site.broken.set(path, 429)
    const seen = await look()
    expect(seen).toMatchObject({ code: 75, report: { verdict: 'wait', requests: 2 } })
  })

  test('robots.txt forbids: nothing is asked but that', async () => {
    site.pages.set('/robots.txt', 'User-agent: *\nDisallow: /\n')
    const seen = await look()
    expect(seen).toMatchObject({ code: 3, report: { requests: 1 } })
    expect(edition(seen)).toMatchObject({ robots: 'forbids', sources: [{ failure: 'robots' }, {}, {}] })
    expect(await look({ robots: false })).toMatchObject({ code: 0 })
  })

  test('addresses that may not be asked', async () => {
    expect(await look({ allowPrivate: false })).toMatchObject({
      code: 3,
      report: { requests: 0 },
      out: expect.stringContaining('no public address; --allow-private lifts this') as string,
    })
  })
})

describe('answers of a hostile or broken server', () => {
  let server: TestServer | null = null
  afterEach(async () => {
    await server?.close()
    server = null
  })
  const ESCAPE = '\u001b]0;标题标题\u0007\u009b31m'

  test.each<[string, (origin: string) => string | Buffer]>([
    ['deep', () => `<div class="card-listing">${'<div><b><table>'.repeat(20_000)}`],
    ['huge', () => Buffer.alloc(17 * 1024 * 1024, 0x20)],
    ['binary', () => Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256))],
    ['of more elements than any list', () => '<p>'.repeat(3_000_000)],
    ['empty', () => ''],
    [
      'a list with orders for terminals',
      (origin) => {
        const [story] = storiesAt(origin)
        return `<!DOCTYPE html><div class="card-listing ${ESCAPE}" id="渡口恢复夜航"><div class="card 镇上的轮渡昨晚"><div class="content-header"><a href="${story?.url}">${ESCAPE}</a></div></div></div>`
      },
    ],
    [
      'an address in words',
      () =>
        `<!DOCTYPE html><div class="card-listing"><div class="card"><div class="content-header"><a href="/镇上的轮渡/昨晚恢复了/story20261122-9000001">x</a></div></div></div>`,
    ],
  ])('%s', async (_name, body) => {
    const served = await serve((request, response) => {
      if (request.url === '/robots.txt') return void response.writeHead(404).end()
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8; x=\u0080\u009b', server: 'x' })
        .end(body(served.origin))
    })
    server = served
    const seen = await look({ section: [`${served.origin}${LIST}`] })
    expect([1, 3]).toContain(seen.code)
    expect(served.requests.length).toBeLessThanOrEqual(30)
  })

  test('one that never ends its answer', async () => {
    server = await serve((request, response) => {
      if (request.url === '/robots.txt') return void response.writeHead(404).end()
      response.writeHead(200, { 'content-type': 'text/html' }).write('<!DOCTYPE html>')
    })
    expect(await look({ section: [`${server.origin}${LIST}`], timeout: '300ms' })).toMatchObject({ code: 3 })
  })

  test('one that redirects in a circle, or to words', async () => {
    server = await serve((request, response) => {
      if (request.url === '/robots.txt') return void response.writeHead(404).end()
      const location = request.url === LIST ? encodeURI('/镇上的轮渡昨晚恢复了航行') : LIST
      response.writeHead(302, { location }).end()
    })
    expect(await look({ section: [`${server.origin}${LIST}`] })).toMatchObject({ code: 3 })
  })
})

test('an edition that leads to another says so, and nothing is wrong', async () => {
  const other = await serve((request, response) => {
    if (request.url === '/robots.txt') return void response.writeHead(404).end()
    response.writeHead(302, { location: `${site.server.origin}${request.url}` }).end()
  })
  try {
    const seen = await look({ section: [`${site.server.origin}${LIST}`, `${other.origin}${LIST}`] })
    expect(seen).toMatchObject({ code: 0, report: { findings: [] } })
    const led = seen.report.editions.find(({ host }) => host === new URL(other.origin).host)
    expect(led?.leadsTo).toBe(new URL(site.server.origin).host)
    expect(other.requests.length).toBeLessThanOrEqual(6)
  } finally {
    await other.close()
  }
})

test('the paper by its own names, through a proxy: one edition leads to the other', async () => {
  const certificate = trustedCertificate(['www.zaobao.com.sg', 'www.zaobao.com'])
  const asked: string[] = []
  const pages = new Map<string, string>()
  const nowMs = Date.now()
  const own = storiesAt('https://www.zaobao.com.sg').map((story, at) => {
    const published = isoTime(nowMs - AGES[at]! * HOUR)
    const day = dayIn(CHINESE_ZONE, nowMs - AGES[at]! * HOUR).replaceAll('-', '')
    return { ...story, published, url: story.url.replace(/story\d+/, `story${day}`) }
  })
  publish({ pages }, own)
  const server = await serve((request, response) => {
    asked.push(`${request.headers.host}${request.url}`)
    if (request.headers.host === 'www.zaobao.com' && request.url !== '/robots.txt') {
      return void response.writeHead(302, { location: `https://www.zaobao.com.sg${request.url}` }).end()
    }
    const body = request.url?.startsWith('/sitemaps/') ? sitemap(own) : pages.get(request.url ?? '')
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(body)
  }, certificate)
  const proxy = await serveProxy(server.port)
  try {
    const env = { HTTPS_PROXY: proxy.origin }
    const ended = await call(['probe', '--rate', '100/s', '--save', 'saved'], { cwd: home.path, env })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toMatch(/through a proxy/)
    expect(ended.stdout).toMatch(/^www\.zaobao\.com  robots\.txt allows it  leads to www\.zaobao\.com\.sg$/m)
    expect(asked.length).toBeLessThanOrEqual(15)
    expect(readdirSync(join(home.path, 'saved'))).toHaveLength(7)
  } finally {
    await Promise.all([proxy.close(), server.close()])
    certificate.remove()
  }
})

describe('the archive', () => {
  test('none is made', async () => {
    await look()
    expect(readdirSync(home.path)).toEqual([])
  })

  test.each<[string, (path: string) => void]>([
    ['a file', (path) => writeFileSync(path, '')],
    [
      'damaged',
      (path) => {
        mkdirSync(join(path, '.zaobao'), { recursive: true })
        writeFileSync(join(path, '.zaobao/state.json'), '{')
      },
    ],
    ['a folder in the place of its state', (path) => mkdirSync(join(path, '.zaobao/state.json'), { recursive: true })],
    [
      'of a newer layout',
      (path) => {
        mkdirSync(join(path, '.zaobao'), { recursive: true })
        writeFileSync(join(path, '.zaobao/layout.json'), '{"version":99}')
      },
    ],
  ])('one that is %s is in nobody’s way', async (_name, make) => {
    make(join(home.path, 'archive'))
    expect(await look()).toMatchObject({ code: 0, err: '' })
  })

  test('a pause that it remembers is kept', async () => {
    const { host } = new URL(site.server.origin)
    mkdirSync(join(home.path, 'archive/.zaobao'), { recursive: true })
    const { EMPTY_STATE, renderState } = await import('../../src/core/archive/state.ts')
    const state = { ...EMPTY_STATE, hosts: { [host]: { notBefore: isoTime(NOW + HOUR) } } }
    writeFileSync(join(home.path, 'archive/.zaobao/state.json'), renderState(state))
    expect(await look()).toMatchObject({ code: 75, report: { requests: 0 } })
  })
})

describe('--save', () => {
  test('keeps each answer as it came, in the form of kept pages', async () => {
    await look({}, { save: 'saved' })
    const names = readdirSync(join(home.path, 'saved'))
    expect(names).toHaveLength(6)
    const name = names.find((each) => each.includes('9000001')) ?? ''
    const [head = '', ...rest] = gunzipSync(readFileSync(join(home.path, 'saved', name)))
      .toString('utf8')
      .split('\n')
    expect(JSON.parse(head)).toMatchObject({
      url: stories[0]?.url,
      foundAt: stories[0]?.url,
      status: 200,
      contentType: 'text/html; charset=utf-8',
      fetched: isoTime(NOW),
    })
    expect(rest.join('\n')).toBe(PAGES.reactB3(stories[0]!))
  })

  test('what is kept is read by the commands that read pages and lists', async () => {
    await look({}, { save: 'saved' })
    const names = readdirSync(join(home.path, 'saved'))
    const file = (part: string) => `saved/${names.find((name) => name.includes(part)) ?? ''}`
    const page = await call(['convert', file('9000001'), '--format', 'json'], { cwd: home.path })
    expect(JSON.parse(page.stdout)).toMatchObject({ title: stories[0]?.title, url: stories[0]?.url })
    for (const part of ['list-realtime', 'json-realtime', 'sitemap']) {
      const { stdout } = await call(['items', file(part)], { cwd: home.path })
      const [first = ''] = stdout.split('\n')
      expect(JSON.parse(first), part).toMatchObject({ url: stories[0]?.url })
    }
  })

  test('what is kept tells no secret of the address under which it was asked', async () => {
    const address = `${site.server.origin.replace('//', '//me:secret@')}/secret.xml?key=secret`
    site.pages.set('/secret.xml?key=secret', '<rss/>')
    await look({ feed: [address] }, { save: 'saved' })
    const names = readdirSync(join(home.path, 'saved'))
    const heads = names.map(
      (name) =>
        gunzipSync(readFileSync(join(home.path, 'saved', name)))
          .toString()
          .split('\n')[0],
    )
    expect(heads.filter((head) => head?.includes('secret.xml?key=***'))).toHaveLength(1)
    expect(heads.join()).not.toMatch(/me:|=secret/)
  })

  test('a folder that cannot be used is said before anything is asked', async () => {
    writeFileSync(join(home.path, 'file'), '')
    for (const [save, code] of Object.entries({ file: 'E', 'file/below': 'E', '/proc/none': 'ENOENT' })) {
      await expect(look({}, { save })).rejects.toThrow(`${save}: pages cannot be saved here (${code}`)
    }
    expect(site.server.requests).toEqual([])
  })
})

test('with --quiet only a verdict that is not well is said', async () => {
  const run = async () => {
    const io = { ...testIo(home.path), now: () => NOW }
    const given = { section: [`${site.server.origin}${LIST}`], allowPrivate: true, rate: '1000/s', quiet: true }
    const code = await probe(await configOf(given, home.path), null, io)
    return { code, out: io.out.join(''), err: io.err.join('') }
  }
  expect(await run()).toEqual({ code: 0, out: '', err: '' })
  site.pages.set(LIST, reactList(stories, 'tile'))
  expect(await run()).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^partly known: [^\n]+\n$/) })
})
