import { describe, expect, it } from 'vitest'
import { FeedError, MAX_FEED_ITEMS } from '../../src/core/feed/feed.ts'
import { parseFeed } from '../../src/index.ts'
import { expectWithin } from '../support/cost.ts'

/** The deadline for every hostile document, however large; time of the processor, so that a busy machine changes nothing. */
const DEADLINE_MS = 2000
const TEN_MEGABYTES = 10_000_000

const fill = (text: string, size = TEN_MEGABYTES) => text.repeat(Math.ceil(size / text.length))
const rss = (items: string) => `<rss version="2.0"><channel><title>频道</title>${items}</channel></rss>`
const item = (body: string) => rss(`<item><title>题</title><description>${body}</description></item>`)

const read = (source: string | Uint8Array): Promise<number> =>
  parseFeed(source, 'http://example.org/').then(
    (found) => found.length,
    (problem: unknown) => {
      expect(problem).toBeInstanceOf(FeedError)
      return -1
    },
  )

describe('answers within two seconds', () => {
  const documents: [string, () => string | Uint8Array, number][] = [
    ['10 MB of <', () => fill('<'), -1],
    ['10 MB of < in a description', () => item(fill('<')), 1],
    ['10 MB of < in CDATA', () => item(`<![CDATA[${fill('<')}]]>`), 1],
    ['10 MB of escaped <', () => item(fill('&lt;')), 1],
    ['10 MB of paragraphs that end in line breaks', () => item(`<![CDATA[${fill('x<p>\n')}]]>`), 1],
    ['100,000-deep XML', () => '<a>'.repeat(100_000) + '</a>'.repeat(100_000), -1],
    ['100,000-deep XML in an item', () => item('<a>'.repeat(100_000) + '</a>'.repeat(100_000)), 1],
    ['100,000-deep XML that is never closed', () => rss('<a>'.repeat(100_000)), 0],
    ['100,000 channels in each other', () => `<rss>${'<channel>'.repeat(100_000)}`, 0],
    [
      '100,000 items',
      () => rss('<item><title>题</title><link>http://example.org/1</link></item>'.repeat(100_000)),
      MAX_FEED_ITEMS,
    ],
    [
      '100,000 entries that are never closed',
      () => `<feed>${'<entry><title>题</title>'.repeat(100_000)}`,
      MAX_FEED_ITEMS,
    ],
    [
      '100,000 items of JSON',
      () => JSON.stringify({ items: Array.from({ length: 100_000 }, () => ({ title: '题' })) }),
      MAX_FEED_ITEMS,
    ],
    ['100,000-deep JSON', () => `{"items":${'['.repeat(100_000)}`, -1],
    ['10 MB of [ in a JSON Feed', () => `{"items":${fill('[')}`, -1],
    ['10 MB of [', () => fill('['), -1],
    ['10 MB of quotes in JSON', () => `{"items":[${fill('"')}`, -1],
    ['10 MB of [ and { in JSON', () => `{"items":${fill('[{"a":')}`, -1],
    ['a string of 10 MB in JSON that is cut off', () => `{"items":[{"title":"题"},{"a":"${fill('x')}`, 1],
    ['10 MB of escapes in JSON that is cut off', () => `{"items":[{"title":"题"},{"a":"${fill('\\\\')}`, 1],
    ['10 MB of objects that are never closed', () => `{"items":[${fill('{"a":')}`, -1],
    ['contents that are never closed', () => `<feed><entry>${fill('<content>')}</feed>`, 1],
    ['CDATA that is never closed', () => item(fill('<![CDATA[')), 1],
    ['comments that are never closed', () => rss(fill('<!--')), 0],
    ['document types that are never closed', () => fill('<!DOCTYPE ['), -1],
    ['declarations', () => rss(`<!ENTITY ${fill('a')}><item><title>题</title></item>`), 1],
    ['quotes that are never closed', () => rss(fill('<a b="')), 0],
    ['ends of what was never begun', () => rss(fill('</a>')), 0],
    ['fields that are never closed', () => rss(`<item>${fill('<description>')}`), 1],
    ['one item of many links', () => rss(`<item>${fill('<link>http://example.org/1</link>', 2_000_000)}</item>`), 1],
    ['a tag of 10 MB', () => rss(`<item ${fill('a="b" ')}/>`), 1],
    ['an attribute of 10 MB', () => rss(`<item a="${fill('x')}"><title>题</title></item>`), 1],
    ['an address of 10 MB', () => rss(`<item><link>http://example.org/${fill('中')}</link></item>`), 1],
    [
      'text of 10 MB that may be HTML',
      () => `<feed><entry><content><![CDATA[<${fill('a')}]]></content></entry></feed>`,
      1,
    ],
    ['base64 of 10 MB', () => `<feed><entry><content mode="base64">${fill('QUJD')}</content></entry></feed>`, 1],
    ['ampersands', () => item(fill('&')), 1],
    ['a title of tags', () => rss(`<item><title>${fill('&lt;b ')}</title></item>`), 1],
    ['a date of digits', () => rss(`<item><pubDate>${fill('1')}</pubDate></item>`), 1],
    ['spaces', () => fill(' '), -1],
    ['zero bytes', () => new Uint8Array(TEN_MEGABYTES), -1],
    ['noise that is no UTF-8', () => new Uint8Array(TEN_MEGABYTES).fill(0xff), -1],
    ['characters that look mangled', () => item(fill('Öл', 5_000_000)), 1],
  ]
  it.each(documents)('%s', async (_what, make, items) => {
    const source = make()
    await expectWithin(DEADLINE_MS, async () => expect(await read(source)).toBe(items))
  })
})
