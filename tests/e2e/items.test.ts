import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { call, folder } from '../support/program.ts'
import { serve } from '../support/server.ts'
import { rsshubFeed } from '../support/site.ts'

const HOST = 'https://www.zaobao.com.sg'
const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const items = (args: string[], input?: string) =>
  call(['items', ...args], { cwd: fixtures, ...(input === undefined ? {} : { input }) })

describe('items', () => {
  test('gives the link of items that share one as the feed writes it, each with an id of its own', async () => {
    const item = (link: string, more: string) =>
      `<item><title>题</title><link>${link}</link>${more}<description>${link}${more.length}</description></item>`
    const guid = (n: number) => `<guid isPermaLink="false">${'g'.repeat(n)}</guid>`
    const links = [
      'https://e.example/live',
      'https://e.example/live',
      'https://e.example/c#v2',
      'https://e.example/c#v1',
    ]
    const { stdout } = await items(
      [],
      `<rss version="2.0"><channel>${links.map((link, n) => item(link, n < 2 ? guid(n + 1) : '')).join('')}</channel></rss>`,
    )
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; url: string })
    expect(found.map(({ url }) => url)).toEqual(links)
    expect(new Set(found.map(({ id }) => id)).size).toBe(4)
  })

  test('prints a line an item of a feed, from a file and from standard input', async () => {
    const story = {
      title: '轮渡',
      url: 'https://www.zaobao.com/realtime/china/story20211110-9000001',
      published: '2021-11-10T07:37:00.000Z',
      bodyHtml: '<p>正文</p>',
    }
    const ended = await items([], rsshubFeed([story]))
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(ended.stdout)).toEqual({
      ...{ id: '9000001', title: '轮渡', url: story.url, published: story.published },
      html: '<div><p>正文</p></div>',
    })
    expect((await items(['site/feed.xml'])).stdout.trim().split('\n')).toHaveLength(6)
  })

  test.each(['astro/list.html', 'react/list.html', 'drupal8/list.html', 'json-page-content/list.json'])(
    'reads a saved list: %s',
    async (path) => {
      const ended = await items([`lists/${path}`])
      expect(ended).toMatchObject({ code: 0, stderr: '' })
      for (const line of ended.stdout.trim().split('\n')) {
        expect(JSON.parse(line)).toMatchObject({ url: expect.stringMatching(/^https:.*\/story\d{8}-\d+/) })
      }
    },
  )

  test('half a character of a feed is no half of one in JSON, which other tools would refuse', async () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      items: [{ id: 'a', url: `${HOST}/a`, title: '\ud800一\\ud800😀' }],
    }
    const { stdout } = await items([], JSON.stringify(feed))
    expect(JSON.parse(stdout)).toMatchObject({ title: '\ufffd一\\ud800😀' })
  })

  test('reads an index of sitemaps', async () => {
    const index = `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${HOST}/sitemaps/sitemap-202609.xml</loc></sitemap><sitemap><loc>/sitemaps/sitemap-202610.xml</loc></sitemap></sitemapindex>`
    const ended = await items(['--url', 'https://www.zaobao.com/sitemap.xml'], index)
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const shape = { id: null, title: null, published: null, html: null }
    expect(
      ended.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { ...shape, url: `${HOST}/sitemaps/sitemap-202609.xml` },
      { ...shape, url: 'https://www.zaobao.com/sitemaps/sitemap-202610.xml' },
    ])
    const empty = await items([], '<sitemapindex></sitemapindex>')
    expect(empty).toMatchObject({ code: 3, stderr: 'zaobao-archiver: standard input: it names no item\n' })
  })

  test('takes the address that standard input was read from', async () => {
    const feed =
      '<rss version="2.0"><channel><title>x</title><item><title>甲</title><link>/a/1</link></item></channel></rss>'
    const of = async (...args: string[]) => (JSON.parse((await items(args, feed)).stdout) as { url: string | null }).url
    expect(await of()).toBeNull()
    expect(await of('--url', 'https://news.example/feed.xml')).toBe('https://news.example/a/1')
    expect(await items(['--url', 'nonsense'], feed)).toMatchObject({ code: 2 })
    expect(await items([`${HOST}/feed.xml`, '--url', HOST])).toMatchObject({ code: 2 })
  })

  test('reads what is compressed by gzip, from a file and by its address, and names what is cut', async () => {
    const home = folder()
    const feed = rsshubFeed([
      {
        title: '轮渡',
        url: `${HOST}/realtime/china/story20211110-9000001`,
        published: '2021-11-10T07:37:00.000Z',
        bodyHtml: '',
      },
    ])
    const map = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${HOST}/realtime/china/story20211110-9000001</loc></url></urlset>`
    const server = await serve((request, response) => {
      if (request.url === '/feed.xml.gz')
        response.writeHead(200, { 'content-type': 'application/gzip' }).end(gzipSync(feed))
      else if (request.url === '/map.xml.gz') response.writeHead(200, { 'content-type': 'text/xml' }).end(gzipSync(map))
      else response.writeHead(404).end()
    })
    writeFileSync(`${home.path}/feed`, gzipSync(feed))
    writeFileSync(`${home.path}/map.xml.gz`, gzipSync(map))
    writeFileSync(`${home.path}/cut.gz`, gzipSync(feed).subarray(0, -20))
    for (const from of ['feed', 'map.xml.gz', `${server.origin}/feed.xml.gz`, `${server.origin}/map.xml.gz`]) {
      const ended = await call(['items', from], { cwd: home.path, env: { ZAOBAO_ALLOW_PRIVATE: '1' } })
      expect(ended, from).toMatchObject({ code: 0, stderr: '' })
      expect(JSON.parse(ended.stdout)).toMatchObject({ id: '9000001' })
    }
    const cut = await call(['items', 'cut.gz'], { cwd: home.path })
    expect(cut).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('cut.gz: the compressed body ends'),
    })
    await server.close()
    home.remove()
  })

  test.each([
    ['an article', '<!DOCTYPE html><html><body><article><p>x</p></article></body></html>', /HTML/],
    ['an empty list', rsshubFeed([]), /no item/],
    ['nothing', '', /empty/],
  ])('%s is no list', async (_name, input, message) => {
    const ended = await items([], input)
    expect(ended).toMatchObject({ code: 3, stdout: '' })
    expect(ended.stderr).toMatch(message)
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
  })
})
