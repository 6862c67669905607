import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readFeed } from '../../src/core/feed/feed.ts'
import { parseFeed } from '../../src/index.ts'
import { addresses, identify } from '../../src/sites/publishers.ts'
import type { Listing } from '../../src/core/model.ts'
import { readList, readSitemapIndex } from '../../src/sites/index.ts'

const NOW = Date.parse('2026-09-28T12:00:00+08:00')
const numbers = [1, 2, 3, 4]
const url = (n: number) => `https://www.zaobao.com.sg/realtime/china/story20260928-90000${n}`
const cdata = (n: number) => `<![CDATA[<p>第${n}段 & <b>x</b></p><!-- 注 --><item>不是条目</item>]]>`

const rss = (root: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>${root}<channel><title>频道</title><link>https://www.zaobao.com.sg/</link>` +
  numbers
    .map(
      (n) =>
        `<item><title>第${n}则 &amp; 其他</title><link>${url(n)}</link><guid isPermaLink="false">g${n}</guid>` +
        `<pubDate>Mon, 28 Sep 2026 02:0${n}:00 GMT</pubDate><description>${cdata(n)}</description></item>\n` +
        `<!-- <item><title>注释里的</title><link>${url(9)}</link></item> -->`,
    )
    .join('') +
  '</channel></rss>'

const FEEDS: Record<string, string> = {
  'RSS 2.0': rss('<rss version="2.0">'),
  'RSS 0.91': rss('<rss version="0.91">'),
  'RSS of no version': rss('<rss>'),
  'RSS 1.0':
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://www.zaobao.com.sg/"><title>频道</title></channel>` +
    numbers
      .map(
        (n) =>
          `<item rdf:about="${url(n)}"><title>第${n}则</title><link>${url(n)}</link><dc:date>2026-09-28T0${n}:00:00Z</dc:date></item>`,
      )
      .join('') +
    '</rdf:RDF>',
  Atom:
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>源</title>' +
    numbers
      .map(
        (n) =>
          `<entry><title>第${n}则</title><link href="${url(n)}"/><id>${url(n)}</id><updated>2026-09-28T0${n}:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>第${n}段</p></div></content></entry>`,
      )
      .join('') +
    '</feed>',
  'JSON Feed': JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: '源 "引号" {括号} [1,2]',
    authors: [{ name: '甲', items: [{ url: url(8), title: '别的' }] }],
    home_page_url: 'https://www.zaobao.com.sg/',
    items: numbers.map((n) => ({
      id: url(n),
      url: url(n),
      title: `第${n}则 \\ "引" }`,
      content_html: `<p>第${n}段</p>`,
      date_published: `2026-09-28T0${n}:00:00Z`,
      tags: ['甲', '乙'],
      attachments: [{ url: 'https://example.org/a.mp3', mime_type: 'audio/mpeg' }],
    })),
  }),
}

const LISTS: Record<string, string> = {
  'JSON list': JSON.stringify({
    code: 200,
    response: {
      total: 4,
      articles: numbers.map((n) => ({
        title: `第${n}则`,
        href: `/realtime/china/story20260928-90000${n}`,
        timestamp: 1_790_000_000 + n,
        tags: [{ name: '甲' }],
      })),
    },
  }),
  'JSON of the global site': JSON.stringify({
    result: {
      pageSize: 9,
      data: numbers.map((n) => ({ title: `第${n}则`, url: url(n), publicationDate: `2026-09-28 0${n}:00:00` })),
    },
  }),
  'JSON rows': JSON.stringify(numbers.map((n) => ({ title: `第${n}则`, link: url(n) }))),
  sitemap:
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">' +
    numbers
      .map(
        (n) =>
          `<url><loc>${url(n)}</loc><image:image><image:loc>https://example.org/a.jpg</image:loc><image:title>图</image:title></image:image><news:news><news:publication_date>2026-09-28T0${n}:00:00+08:00</news:publication_date><news:title><![CDATA[第${n}则]]></news:title></news:news></url><!-- <url><loc>${url(9)}</loc></url> -->`,
      )
      .join('\n') +
    '</urlset>\n',
}

/** What every cut point of a text gives that is more than a part of the whole, or passes for it. */
async function wrongCuts(
  text: string,
  read: (text: string) => Listing | null | Promise<Listing | null>,
): Promise<string[]> {
  const whole = await read(text)
  const items = new Set(whole?.items.map((item) => JSON.stringify(item)))
  const wrong: string[] = []
  for (let end = 1; end < text.trimEnd().length; end += 1) {
    const listing = await Promise.resolve(text.slice(0, end))
      .then(read)
      .catch(() => null)
    if (listing === null) continue
    const foreign = listing.items.find((item) => !items.has(JSON.stringify(item)))
    if (foreign !== undefined) wrong.push(`${end}: ${JSON.stringify(foreign)}`)
    else if (listing.end !== 'cut' && listing.items.length > 0) wrong.push(`${end}: ${listing.end}`)
  }
  return wrong
}

describe('of a source that is cut off whole items alone count', () => {
  test.each(Object.entries(FEEDS))('%s', async (_kind, text) => {
    expect(await readFeed(text, null, addresses)).toMatchObject({ items: { length: 4 }, end: 'whole' })
    expect(await wrongCuts(text, (cut) => readFeed(cut, null, addresses))).toEqual([])
  })

  const list = (body: string) => readList({ body, url: 'https://www.zaobao.com.sg/x' }, NOW)
  test.each(Object.entries(LISTS))('%s', async (_kind, text) => {
    expect(list(text)).toMatchObject({ items: { length: 4 }, end: 'whole' })
    expect(await wrongCuts(text, list)).toEqual([])
  })

  test('a sitemap index', () => {
    const maps = numbers.map((n) => `https://www.zaobao.com.sg/sitemaps/sitemap-20260${n}.xml`)
    const text = `<sitemapindex>${maps.map((map) => `<sitemap><loc>${map}</loc></sitemap>`).join('')}</sitemapindex>`
    for (let end = 1; end <= text.length; end += 1) {
      expect(maps).toEqual(
        expect.arrayContaining(readSitemapIndex(text.slice(0, end), 'https://www.zaobao.com.sg/') ?? []),
      )
    }
  })

  const folder = fileURLToPath(new URL('../../fixtures/lists/', import.meta.url))
  const fixtures = readdirSync(folder).flatMap((name) => {
    const about = JSON.parse(readFileSync(`${folder}${name}/about.json`, 'utf8')) as Record<
      'url' | 'now' | 'body',
      string
    >
    const body = readFileSync(`${folder}${name}/${about.body}`, 'utf8')
    const page = /<html/i.test(body)
      ? body
      : `<html><body><div id="page">${body}<footer>页脚</footer></div></body></html>`
    return about.body.endsWith('.html') ? [{ name, body: page, url: about.url, now: Date.parse(about.now) }] : []
  })
  test.each(fixtures)('the list page $name', ({ body, url: address, now }) => {
    const read = (text: string) => readList({ body: text, url: address }, now)
    const whole = read(body)!
    expect(whole.end).toBe('whole')
    const heads = new Set(whole.items.map(({ title, url: link }) => `${title} ${link}`))
    // Behind the end of the body nothing is missing.
    for (let end = 1; end < body.lastIndexOf('</body>'); end += 3) {
      const listing = read(body.slice(0, end))
      if (listing === null) continue
      expect(listing.end, `cut at ${end}`).toBe('cut')
      for (const item of listing.items) expect(heads).toContain(`${item.title} ${item.url}`)
    }
  })

  test('identities are those of the whole', async () => {
    const text = FEEDS['RSS 2.0']!
    const ids = new Set((await parseFeed(text)).map((item) => identify(item.url!).id))
    for (const item of await parseFeed(text.slice(0, text.length / 2))) expect(ids).toContain(identify(item.url!).id)
  })
})

describe('what is broken is not cut off', () => {
  const BROKEN: [string, string, number][] = [
    ['an item that is not closed, before others', FEEDS['RSS 2.0']!.replace('</item>', ''), 4],
    ['the last item not closed', FEEDS['RSS of no version']!.replace(/<\/item>(?!.*<\/item>)/s, ''), 4],
    ['junk behind the end', `${FEEDS['Atom']}<script>track()</script><!-- cached`, 4],
    ['a JSON item that is broken', FEEDS['JSON Feed']!.replace('"tags":["甲"', '"tags":[甲'), 3],
    ['a comma too many', FEEDS['JSON Feed']!.replace('}]}', '},]}'), 4],
    ['words behind JSON', `${FEEDS['JSON Feed']}<!-- 0.2 s -->`, 4],
  ]
  test.each(BROKEN)('%s', async (_fault, text, count) => {
    const listing = await readFeed(text, null, addresses)
    expect(listing.end).toBe('whole')
    expect(listing.items.length).toBe(count)
  })
})
