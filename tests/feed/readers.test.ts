import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { contextOf, outline, readXmlFeed } from '../../src/core/feed/xml-feed.ts'
import { addresses } from '../../src/sites/publishers.ts'
import { isPlainRss, readPlainRss } from '../../src/core/feed/plain-rss.ts'
import { scan } from '../../src/core/feed/scan.ts'

const outlined = (text: string) => outline(scan(text, { name: /^item$/, count: 5000 }), null)
const rss = (items: string) => `<rss version="2.0"><channel><link>http://example.org/</link>${items}</channel></rss>`
const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/]]>/g, ']]&gt;')

const words = fc
  .array(fc.constantFrom('联', '合', 'a', ' ', '<', '>', '&', '"', '<b>', '</b>', '&amp;', '\n'), { maxLength: 30 })
  .map((parts) => parts.join(''))
const part = fc.record({
  title: words,
  link: fc.constantFrom('http://example.org/1', '/2', ' http://example.org/3?a=1&b=2 ', ''),
  guid: fc.constantFrom('http://example.org/g', 'abc', ''),
  permanent: fc.constantFrom('', ' isPermaLink="false"', ' isPermaLink="true"'),
  date: fc.constantFrom('Wed, 10 Nov 2021 07:37:00 GMT', '2021-11-10', '昨天', ''),
  body: words,
})

it('rss-parser and the tolerant reader agree on plain RSS', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
      const items = parts.map(
        ({ title, link, guid, permanent, date, body }) =>
          `<item><title>${escape(title)}</title><link>${escape(link)}</link><guid${permanent}>${guid}</guid><pubDate>${date}</pubDate><description>${escape(body)}</description></item>`,
      )
      const feed = outlined(rss(items.join('')))
      expect(isPlainRss(feed)).toBe(true)
      const context = contextOf(feed, null, addresses)
      expect(await readPlainRss(feed, context)).toEqual(readXmlFeed(feed, context))
    }),
    { numRuns: 1000 },
  )
})

it('rss-parser is given nothing that keeps it busy', () => {
  const item = (body: string) => rss(`<item><title>x</title><description>${body}</description></item>`)
  expect(isPlainRss(outlined(item('&lt;p&gt;甲&lt;/p&gt;\n'.repeat(500))))).toBe(true)
  for (const body of [
    '&lt;'.repeat(20_000),
    `<![CDATA[${'<'.repeat(20_000)}]]>`,
    '<![CDATA[<p]]>'.repeat(20_000),
    '&lt;<!-- > -->'.repeat(20_000),
    'x&lt;p&gt;\n'.repeat(20_000),
    'x&lt;p&gt;&#10;'.repeat(20_000),
    '<a>'.repeat(100) + '</a>'.repeat(100),
  ]) {
    expect(isPlainRss(outlined(item(body))), body.slice(0, 30)).toBe(false)
  }
  expect(isPlainRss(outlined(rss('<item><title>x</title></item>'.repeat(3000))))).toBe(false)
})
