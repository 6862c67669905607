import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backfill } from '../../src/commands/backfill.ts'
import { fetch } from '../../src/commands/fetch.ts'
import { verify } from '../../src/commands/verify.ts'
import { openRecorded } from '../../src/edge/http/recorded.ts'
import { PUBLISHERS } from '../../src/sites/publishers.ts'
import { configOf, testIo } from '../support/io.ts'
import { OTHER_PAGES } from '../support/other-pages.ts'
import { folder, storiesIn } from '../support/program.ts'

/* Papers whose stories are known by other things than a number alone: two scripts, a path, a headline in the address. */

const HOUR_MS = 3_600_000
const TEXT = [
  '渡口星期五清晨重新开放，停航三个月的小轮船载着第一批乘客驶往对岸。',
  '船家林伯说，河道清淤之后水深多了半米，大船也能靠岸，他预计下周前每天加开两班。',
  '镇政府在一份简短的文告里说，票价暂时不变，学生凭证半价，对岸的集市也恢复了夜市。',
]
const TRADITIONAL = [
  '渡口星期五清晨重新開放，停航三個月的小輪船載着第一批乘客駛往對岸。',
  '船家林伯說，河道清淤之後水深多了半米，大船也能靠岸，他預計下週前每天加開兩班。',
  '鎮政府在一份簡短的文告裏說，票價暫時不變，學生憑證半價，對岸的集市也恢復了夜市。',
]
const bodyOf = (text: readonly string[]): string => text.map((each) => `<p>${each}</p>`).join('')

let home: ReturnType<typeof folder>
let pages: Map<string, string>
let moved: Map<string, string>
let asked: string[]
let nowMs: number

beforeEach(() => {
  home = folder()
  pages = new Map()
  moved = new Map()
  asked = []
  nowMs = Date.parse('2026-03-12T12:00:00Z')
})
afterEach(() => home.remove())

async function makeHttp() {
  const at = join(home.path, 'site')
  mkdirSync(at, { recursive: true })
  const recordings = [...pages].map(([url, body], index) => {
    writeFileSync(join(at, String(index)), body)
    return { url, file: String(index), contentType: `text/${body.startsWith('<?xml') ? 'xml' : 'html'}; charset=utf-8` }
  })
  writeFileSync(join(at, 'site.json'), JSON.stringify(recordings))
  const http = await openRecorded(at)
  const get: typeof http.get = async (url, request) => {
    asked.push(decodeURI(url))
    const answer = await http.get(moved.get(decodeURI(url)) ?? url, request)
    return answer
  }
  return { ...http, get }
}

async function run(section: readonly string[], urls: readonly string[] | null = null) {
  nowMs += HOUR_MS
  const io = { ...testIo(home.path), now: () => nowMs }
  const given = { archive: join(home.path, 'archive'), section, rate: '1000/s' }
  const config = { ...(await configOf(given, home.path)), dryRun: false }
  const wanted = { urls: [...(urls ?? [])], file: null, from: null, to: null, order: 'newest' as const }
  const code = urls === null ? await fetch(config, io, makeHttp) : await backfill(config, wanted, io, makeHttp)
  return { code, err: io.err.join('') }
}

const archive = (): string => join(home.path, 'archive')
const names = (): string[] => [...storiesIn(archive()).keys()]
const only = (): string => readFileSync(join(archive(), names()[0]!), 'utf8')

function feed(items: readonly { title: string; link: string; guid?: string; html?: string }[]): string {
  const entries = items.map(
    ({ title, link, guid = link, html = '' }) =>
      `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">${guid}</guid><pubDate>Thu, 12 Mar 2026 10:00:00 GMT</pubDate><description><![CDATA[${html}]]></description></item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>${entries.join('')}</channel></rss>`
}

async function isSound(): Promise<void> {
  const io = testIo(home.path)
  const code = await verify({ archive: archive(), fix: false, json: true, wait: 0, exclude: [] } as never, io)
  expect({ code, out: io.out.join('') }).toMatchObject({ code: 0 })
}

const SIMP = 'https://www.bbc.com/zhongwen/articles/c178qrr29d1o/simp'
const TRAD = 'https://www.bbc.com/zhongwen/articles/c178qrr29d1o/trad'
const SIMP_FEED = 'https://feeds.bbci.co.uk/zhongwen/simp/rss.xml'
const TRAD_FEED = 'https://feeds.bbci.co.uk/zhongwen/trad/rss.xml'

function putBoth(first = TEXT[0]!): void {
  const next = OTHER_PAGES['bbc']!['bbc next']!
  const published = '2026-03-12T10:00:00.000Z'
  const simp = [first, ...TEXT.slice(1)]
  pages.set(SIMP, next({ title: '渡口重开', url: SIMP, published, bodyHtml: bodyOf(simp) }))
  pages.set(TRAD, next({ title: '渡口重開', url: TRAD, published, bodyHtml: bodyOf(TRADITIONAL) }))
}

test('a story of BBC in two scripts is one file, in the script that came first', async () => {
  putBoth()
  pages.set(SIMP_FEED, feed([{ title: '渡口重开', link: `${SIMP}?at_medium=RSS` }]))
  pages.set(TRAD_FEED, feed([{ title: '渡口重開', link: `${TRAD}?at_medium=RSS` }]))
  expect(await run(['bbc:simp', 'bbc:trad'])).toEqual({ code: 0, err: 'fetch: 1 written\n' })
  expect(names()).toEqual(['2026-03-12/2026-03-12-bbc.c178qrr29d1o-渡口重开.md'])
  expect(await run(['bbc:simp', 'bbc:trad'])).toEqual({ code: 0, err: '' })
  expect(await run(['bbc:trad', 'bbc:simp'])).toEqual({ code: 0, err: '' })
  // The other script alone, a headline that it edits, and its address given by hand ask for the first one.
  asked = []
  pages.set(TRAD_FEED, feed([{ title: '渡口今晨重開', link: TRAD }]))
  expect(await run(['bbc:trad'])).toEqual({ code: 0, err: '' })
  expect((await run(['bbc:trad'], [TRAD])).code).toBe(0)
  expect(asked).toContain(SIMP)
  expect(asked).not.toContain(TRAD)
  expect(only()).toContain(TEXT[0])
  expect(only()).not.toContain(TRADITIONAL[0])
  // What is new in it is new in both.
  putBoth('渡口星期五中午重新开放，停航三个月的小轮船载着第一批乘客驶往对岸。')
  pages.set(TRAD_FEED, feed([{ title: '渡口中午重開', link: TRAD }]))
  expect(await run(['bbc:trad'])).toEqual({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  expect(only()).toContain('星期五中午重新开放')
  expect(only()).toContain(`from: ${SIMP}`)
  await isSound()
})

test('a story that an earlier version archived without knowing its paper is revised, not written twice', async () => {
  const link = 'https://www.dw.com/zh/渡口重开/a-54316030'
  const story = { title: '渡口重开', url: link, published: '2026-03-12T09:01:00.000Z', bodyHtml: bodyOf(TEXT) }
  const encoded = new URL(link).href
  const FEED = 'https://rss.dw.com/rdf/rss-chi-all'
  pages.set(FEED, feed([{ title: '渡口重开', link: `${link}?maca=chi-rss`, html: bodyOf(TEXT.slice(0, 2)) }]))
  const known = PUBLISHERS.splice(2, 1)
  try {
    nowMs += HOUR_MS
    const io = { ...testIo(home.path), now: () => nowMs }
    const config = {
      ...(await configOf({ archive: archive(), sources: [{ feed: FEED, pages: false }], rate: '1000/s' }, home.path)),
      dryRun: false,
    }
    expect(await fetch(config, io, makeHttp)).toBe(0)
    expect(names()[0]).toMatch(/^2026-03-12\/2026-03-12-[0-9a-f]{10}-渡口重开\.md$/)
  } finally {
    PUBLISHERS.splice(2, 0, ...known)
  }
  const before = names()
  pages.set(encoded, OTHER_PAGES['dw']!['dw rich text']!(story))
  pages.set(FEED, feed([{ title: '渡口今晨重开', link: `${link}?maca=chi-rss`, html: bodyOf(TEXT.slice(0, 2)) }]))
  expect(await run(['dw:news'])).toEqual({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  expect(names()).toEqual(before)
  expect(only()).toContain(TEXT[2])
  expect(await run(['dw:news'])).toEqual({ code: 0, err: '' })
  await isSound()
})

test('a story of DW is the same under every headline', async () => {
  const at = (headline: string): string => `https://www.dw.com/zh/${headline}/a-54316030`
  const put = (headline: string): void => {
    const story = { title: headline, url: at(headline), published: '2026-03-12T09:01:00.000Z', bodyHtml: bodyOf(TEXT) }
    pages.set(new URL(at(headline)).href, OTHER_PAGES['dw']!['dw rich text']!(story))
    pages.set('https://rss.dw.com/rdf/rss-chi-all', feed([{ title: headline, link: at(headline) }]))
  }
  put('渡口重开')
  expect((await run(['dw:news'])).err).toBe('fetch: 1 written\n')
  put('渡口今晨重开')
  expect((await run(['dw:news'])).err).toBe('fetch: 0 written, 1 revised\n')
  expect(names()).toHaveLength(1)
})

const RFI_FEED = 'https://www.rfi.fr/cn/rss'
const rfiAt = (slug: string): string => `https://www.rfi.fr/cn/中国/20260312-${slug}`

function putRfi(slug: string): void {
  // Begun in the evening, out after midnight in Paris, which is not yet in its summer time.
  const story = { title: slug, url: rfiAt(slug), published: '2026-03-12T23:20:00.000Z', bodyHtml: bodyOf(TEXT) }
  pages.set(new URL(rfiAt(slug)).href, OTHER_PAGES['rfi']!['rfi data']!(story))
}

test('a story of RFI is its address, and stays one where the site leads on to that of an edited headline', async () => {
  nowMs = Date.parse('2026-03-13T06:00:00Z')
  putRfi('渡口今晨重开')
  putRfi('集市恢复')
  const below = { title: '集市恢复', link: rfiAt('集市恢复') }
  moved.set(rfiAt('渡口重开'), new URL(rfiAt('渡口今晨重开')).href)
  pages.set(
    RFI_FEED,
    feed([{ title: '渡口重开', link: rfiAt('渡口重开').replace('https:', 'http:').replace('/cn', '//cn') }, below]),
  )
  expect(await run(['rfi:news'])).toEqual({ code: 0, err: 'fetch: 2 written\n' })
  pages.set(RFI_FEED, feed([{ title: '渡口今晨重开', link: rfiAt('渡口今晨重开') }, below]))
  expect(await run(['rfi:news'])).toEqual({ code: 0, err: '' })
  expect(names().map((name) => name.replace(/-[0-9a-f]{10}-/, '-'))).toEqual(
    expect.arrayContaining(['2026-03-12/2026-03-12-渡口今晨重开.md', '2026-03-12/2026-03-12-集市恢复.md']),
  )
  const text = [...storiesIn(archive()).entries()].find(([name]) => name.includes('渡口今晨重开'))?.[1] ?? ''
  expect(text).toContain('date: 2026-03-12T23:20:00.000Z')
  expect(decodeURI(text)).toContain(`from: ${rfiAt('渡口今晨重开')}`)
  expect((await run(['rfi:news'], [rfiAt('渡口重开')])).code).toBe(0)
  expect(names()).toHaveLength(2)
  await isSound()
})

test('an address of RFI that leads to a story of another day is not that story', async () => {
  nowMs = Date.parse('2026-03-13T06:00:00Z')
  putRfi('渡口重开')
  const other = 'https://www.rfi.fr/cn/中国/20260311-集市恢复'
  moved.set(other, new URL(rfiAt('渡口重开')).href)
  const { code, err } = await run(['rfi:news'], [other])
  expect(code).not.toBe(0)
  expect(err).toContain('another story')
  expect(names()).toEqual([])
})
