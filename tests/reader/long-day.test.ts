import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call } from '../support/program.ts'
import { writer } from './support/archive.ts'
import { type Served, serveArchive } from './support/served.ts'

const home = mkdtempSync(join(tmpdir(), 'zaobao-long-day-'))
const root = join(home, 'archive')
const DAY = '2026-02-03'
/** More than two pages; of `china` more than one. */
const STORIES = 520
let served: Served

beforeAll(async () => {
  mkdirSync(root)
  const to = await writer(root)
  await to.story('2026-02-01', 0)
  for (let n = 0; n < STORIES; n += 1) await to.story(DAY, n)
  await to.story('2026-02-05', 0)
  served = await serveArchive(root)
})
afterAll(async () => {
  await served.stop()
  rmSync(home, { recursive: true, force: true })
})

const storiesOf = (html: string): string[] =>
  [...html.matchAll(/<a class="to" href="([^"]+)"/g)].map(([, to = '']) => to)
const linkOf = (html: string, words: string): string | null =>
  new RegExp(`<a href="([^"]+)"[^>]*>${words}</a>`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? null

/** The stories of a day, page by page. */
async function pagesFrom(first: string, get: (at: string) => Promise<string>): Promise<string[][]> {
  const pages: string[][] = []
  for (let at: string | null = first; at !== null;) {
    const html: string = await get(at)
    pages.push(storiesOf(html))
    at = linkOf(html, 'earlier stories')
  }
  return pages
}

const english = { 'accept-language': 'en' }
const get = async (path: string): Promise<string> => (await served.get(path, english)).text

test('a day of hundreds of stories stands on pages, each story once, the newest first', async () => {
  const pages = await pagesFrom(`/${DAY}`, get)
  expect(pages.map((page) => page.length)).toEqual([200, 200, 120])
  expect(new Set(pages.flat()).size).toBe(STORIES)
  const middle = await get(`/${DAY}?page=2`)
  expect(middle).toContain('520 stories · page 2 of 3')
  expect(linkOf(middle, 'later stories')).toBe(`/${DAY}`)
  expect(middle).toContain(`<link rel="prev" href="/${DAY}?page=3"><link rel="next" href="/${DAY}">`)
  expect(await get(`/${DAY}`)).toContain(`<link rel="prev" href="/${DAY}?page=2"><link rel="next" href="/2026-02-05">`)
  expect(await get(`/${DAY}?page=3`)).toContain('<link rel="prev" href="/2026-02-01">')
})

test('so do those of a section; a list shows a part of them and leads there', async () => {
  const pages = await pagesFrom(`/${DAY}?section=china`, get)
  expect(pages.map((page) => page.length)).toEqual([200, 8])
  expect(await get(`/${DAY}?section=china`)).toContain('208 stories · page 1 of 2')
  const list = await get('/section/china')
  expect(storiesOf(list).filter((to) => to.startsWith(`/${DAY}/`))).toEqual(pages[0])
  expect(linkOf(list, '8 stories more of this day')).toBe(`/${DAY}?section=china`)
})

test.each(['page=4', 'page=99999999', 'section=china&page=3', 'section=nowhere&page=2'])(
  'a page behind the last is none: %s',
  async (query) => {
    expect((await served.get(`/${DAY}?${query}`, english)).status).toBe(404)
  },
)

test.each(['page=0', 'page=-1', 'page=x', 'page=2x', 'page='])(
  'what is no number is the first page: %s',
  async (query) => {
    const { status, text } = await served.get(`/${DAY}?${query}`, english)
    expect([status, text.includes('page 1 of 3')]).toEqual([200, true])
  },
)

test('a story leads back to the page that it stands on', async () => {
  const pages = await pagesFrom(`/${DAY}`, get)
  for (const [n, page] of pages.entries()) {
    const own = `/${DAY}${n === 0 ? '' : `?page=${n + 1}`}`
    for (const story of [page[0] ?? '', page.at(-1) ?? '']) {
      const html = await get(story)
      expect(html).toContain(`<a href="${own}" rel="up">`)
      expect(html).toContain(`<link rel="up" href="${own}">`)
    }
  }
})

test('a static site has the same pages as files', async () => {
  const { code } = await call(['export', '--site', 'site', '--archive', 'archive', '--quiet'], { cwd: home })
  expect(code).toBe(0)
  const file = async (name: string): Promise<string> => readFileSync(join(home, 'site', name), 'utf8')
  const pages = await pagesFrom(`${DAY}.html`, file)
  const ofServer = await pagesFrom(`/${DAY}`, get)
  expect(pages).toEqual(ofServer.map((page) => page.map((to) => `${to.slice(1)}.html`)))
  expect(await file(pages[2]?.[0] ?? '')).toContain(`<a href="../${DAY}-page-3.html" rel="up">`)
  const names = readdirSync(join(home, 'site')).filter((name) => name.startsWith(DAY))
  expect(names.toSorted()).toEqual([DAY, `${DAY}-page-2.html`, `${DAY}-page-3.html`, `${DAY}.html`])
})
