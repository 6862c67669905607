import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readList, readSitemapIndex } from '../../src/sites/index.ts'

const folder = fileURLToPath(new URL('../../fixtures/lists/', import.meta.url))
const NOW = Date.parse('2026-09-28T12:00:00+08:00')

test.each(readdirSync(folder))('list %s reads as its page shows it', async (name) => {
  const about = JSON.parse(readFileSync(`${folder}${name}/about.json`, 'utf8')) as {
    url: string
    now: string
    body: string
  }
  const body = readFileSync(`${folder}${name}/${about.body}`, 'utf8')
  const items = readList({ body, url: about.url }, Date.parse(about.now))?.items
  await expect(`${JSON.stringify(items, null, 2)}\n`).toMatchFileSnapshot(`${folder}${name}/expected.json`)
})

const NO_LISTS: Array<[string, string]> = [
  ['nothing', ''],
  ['an article', '<article id="article-body"><p>文字</p></article>'],
  ['other JSON', '{"code":200,"message":"ok"}'],
  ['rows without links', '[{"title":"甲"}]'],
  ['broken JSON', '{"response":{"articles":[{'],
  ['a feed', '<?xml version="1.0"?><rss version="2.0"><channel><title>甲</title></channel></rss>'],
  ['a sitemap index', '<sitemapindex><sitemap><loc>https://www.zaobao.com.sg/a.xml</loc></sitemap></sitemapindex>'],
]

test.each(NO_LISTS)('%s is no list', (_, body) => {
  expect(readList({ body, url: 'https://www.zaobao.com.sg/x' }, NOW)).toBeNull()
})

test('a list of an imitator is refused, links to imitators are passed over', () => {
  const body = '<div class="list-block"><a href="/realtime/story20200101-12">甲</a></div>'
  expect(readList({ body, url: 'http://www.zaochenbao.com/' }, NOW)).toBeNull()
  const linked = body.replace('/realtime', 'http://www.zaochenbao.com/realtime')
  expect(readList({ body: linked, url: 'https://www.zaobao.com/' }, NOW)?.items).toEqual([])
})

test('a sitemap index names its sitemaps', () => {
  const xml =
    '<?xml version="1.0"?><sitemapindex xmlns="x"><sitemap><loc>https://www.zaobao.com.sg/sitemaps/sitemap-202609.xml</loc></sitemap><sitemap><loc>/sitemaps/sitemap-202608.xml</loc></sitemap></sitemapindex>'
  expect(readSitemapIndex(xml, 'https://www.zaobao.com.sg/sitemap.xml')).toEqual([
    'https://www.zaobao.com.sg/sitemaps/sitemap-202609.xml',
    'https://www.zaobao.com.sg/sitemaps/sitemap-202608.xml',
  ])
  expect(readSitemapIndex('<urlset></urlset>', 'https://www.zaobao.com.sg/')).toBeNull()
})
