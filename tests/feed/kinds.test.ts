import { describe, expect, it } from 'vitest'
import { FeedError, MAX_FEED_ITEMS } from '../../src/core/feed/feed.ts'
import { parseFeed } from '../../src/index.ts'

const URL_1 = 'http://example.org/1'
const rss = (items: string, root = '<rss version="2.0">') =>
  `<?xml version="1.0"?>${root}<channel><title>频道</title><link>http://example.org/</link>${items}</channel></rss>`
const ITEM = `<item><title>题</title><link>${URL_1}</link></item>`

describe('kinds of feed', () => {
  const kinds: [string, string][] = [
    ['RSS 2.0', rss(ITEM)],
    ['RSS 0.91', rss(ITEM, '<rss version="0.91">')],
    ['RSS 0.92', rss(ITEM, '<rss version="0.92">')],
    ['RSS 0.93', rss(ITEM, '<rss version="0.93">')],
    ['RSS 0.94', rss(ITEM, '<rss version="0.94">')],
    [
      'RSS 0.91 with the document type of Netscape',
      `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">${rss(ITEM, '<rss version="0.91">')}`,
    ],
    ['RSS without a version', rss(ITEM, '<rss>')],
    ['RSS in a namespace of its own', rss(ITEM, '<rss version="2.0" xmlns="http://backend.userland.com/rss2">')],
    [
      'RSS under a prefix',
      `<r:rss version="2.0" xmlns:r="http://backend.userland.com/rss2"><r:channel><r:item><r:title>题</r:title><r:link>${URL_1}</r:link></r:item></r:channel></r:rss>`,
    ],
    ['RSS in upper case', rss(ITEM).toUpperCase().replaceAll('HTTP://EXAMPLE.ORG', 'http://example.org')],
    [
      'RSS 1.0',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="http://example.org/"><title>频道</title><items><rdf:Seq><rdf:li rdf:resource="${URL_1}"/></rdf:Seq></items></channel><item rdf:about="${URL_1}"><title>题</title><link>${URL_1}</link></item></rdf:RDF>`,
    ],
    [
      'RSS 0.90',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>频道</title></channel>${ITEM}</rdf:RDF>`,
    ],
    [
      'RSS 1.0 under prefixes',
      `<q:RDF xmlns:q="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:n="http://purl.org/rss/1.0/"><n:item><n:title>题</n:title><n:link>${URL_1}</n:link></n:item></q:RDF>`,
    ],
    [
      'Atom 1.0',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>源</title><entry><title>题</title><link href="${URL_1}"/></entry></feed>`,
    ],
    [
      'Atom 0.3',
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>题</title><link rel="alternate" type="text/html" href="${URL_1}"/></entry></feed>`,
    ],
    [
      'Atom under a prefix',
      `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>题</a:title><a:link href="${URL_1}"/></a:entry></a:feed>`,
    ],
    ['Atom without a namespace', `<feed><entry><title>题</title><link href="${URL_1}"/></entry></feed>`],
    ['an entry alone', `<entry><title>题</title><link href="${URL_1}"/></entry>`],
    ['an item alone', ITEM],
    ['CDF', `<CHANNEL HREF="http://example.org/"><ITEM HREF="${URL_1}"><TITLE>题</TITLE></ITEM></CHANNEL>`],
    [
      'JSON Feed',
      JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ id: '1', url: URL_1, title: '题' }] }),
    ],
    ['JSON Feed without a version', JSON.stringify({ items: [{ url: URL_1, title: '题' }] })],
  ]
  it.each(kinds)('reads %s', async (_kind, source) => {
    expect(await parseFeed(source)).toEqual([{ title: '题', url: URL_1, published: null, html: null }])
  })

  it('reads a feed that has no items', async () => {
    expect(await parseFeed(rss(''))).toEqual([])
    expect(await parseFeed('<feed xmlns="http://www.w3.org/2005/Atom"/>')).toEqual([])
    expect(await parseFeed('{"version":"https://jsonfeed.org/version/1","items":[]}')).toEqual([])
  })

  const others: [string, string | Uint8Array, string][] = [
    ['a page', '<!DOCTYPE html><html><head><title>首页</title></head></html>', 'an HTML page, not a feed'],
    ['a page without a document type', '<html><body>请稍候</body></html>', 'an HTML page, not a feed'],
    ['a page that only says what it is', '<!doctype html><p>维护中', 'an HTML page, not a feed'],
    ['a sitemap', '<?xml version="1.0"?><urlset><url><loc>http://e.org</loc></url></urlset>', 'a sitemap, not a feed'],
    ['OPML', '<opml version="2.0"><body/></opml>', 'an OPML list of feeds, not a feed'],
    ['nothing', ' \n', 'an empty document, not a feed'],
    ['words', '服务暂停', 'plain text, not a feed'],
    ['other XML', '<note><to>你</to></note>', 'markup without a feed in it'],
    ['other JSON', '{"code":404}', 'JSON, but not a JSON Feed'],
    ['a JSON list', '[1,2]', 'JSON, but not a JSON Feed'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3), 'binary data, not a feed'],
  ]
  it.each(others)('refuses %s in one line', async (_kind, source, message) => {
    await expect(parseFeed(source)).rejects.toThrow(new FeedError({ template: message, holes: [] }))
  })

  it('refuses a page, and says which feeds it names', async () => {
    const page =
      '<!DOCTYPE html><html><head><LINK rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="alternate" hreflang="en" href="/en"><link type="application/atom+xml" rel="me alternate" href="http://a.example/atom"/><link rel="alternate" type="application/rss+xml" href="javascript:1"></head></html>'
    await expect(parseFeed(page, 'http://e.org/')).rejects.toThrow(
      'an HTML page, not a feed; its feeds: http://e.org/feed.xml, http://a.example/atom',
    )
  })

  it('names no feed of comments, nor what a script writes; a base counts wherever it stands', async () => {
    const link = (href: string, title = '') =>
      `<link rel="alternate" type="application/rss+xml" title="${title}" href="${href}">`
    const links = [link('a?b&amp;c'), link('x', '评论'), link('comments/feed/'), `<script>'${link('y')}'</script>`]
    const page = `<!DOCTYPE html><html><head>${links.join('')}<base target="_top"><base href="/sub/"></head></html>`
    await expect(parseFeed(page, 'http://e.org/')).rejects.toThrow(/; its feeds: http:\/\/e\.org\/sub\/a\?b&c$/)
  })

  it('reads a bounded number of items', async () => {
    for (const source of [
      rss(ITEM.repeat(MAX_FEED_ITEMS + 1)),
      JSON.stringify({ items: Array.from({ length: MAX_FEED_ITEMS + 1 }, () => ({ title: '题' })) }),
    ]) {
      expect(await parseFeed(source)).toHaveLength(MAX_FEED_ITEMS)
    }
  })
})
