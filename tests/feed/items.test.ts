import { describe, expect, it } from 'vitest'
import { tellApart } from '../../src/core/feed/apart.ts'
import { readFeed } from '../../src/core/feed/feed.ts'
import type { Item } from '../../src/core/model.ts'
import { parseFeed } from '../../src/index.ts'
import { addresses } from '../../src/sites/publishers.ts'
import { expectInProportion } from '../support/cost.ts'

const FEED = 'http://feeds.example.org/all.xml'
const rss = (inside: string, head = '<link>http://example.org/news/</link>') =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>${head}<item>${inside}</item></channel></rss>`
const atom = (inside: string, attributes = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom"${attributes}><link href="http://example.org/"/><entry>${inside}</entry></feed>`
const json = (item: object) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    home_page_url: 'http://example.org/news/',
    items: [item],
  })
const first = async (source: string, url: string | undefined = FEED) => (await parseFeed(source, url))[0]!

describe('a time that its reader would pass over', () => {
  it.each([
    ['pubDate in lower case', rss('<title>题</title><pubdate>Wed, 10 Nov 2021 07:37:00 GMT</pubdate>')],
    ['a number in JSON', json({ id: '1', title: '题', date_published: 1_636_529_820 })],
  ])('%s', async (_kind, source) => {
    expect((await first(source)).published).toBe('2021-11-10T07:37:00.000Z')
  })
})

describe('a day written as numbers, where others of the feed tell which is the month', () => {
  const dates = ['11/10/2021 7:37:00 AM', '11/25/2021 7:37:00 AM']
  it.each([
    ['RSS', dates.map((date) => `<item><title>题</title><pubDate>${date}</pubDate></item>`).join('')],
    ['in a name of its own', dates.map((date) => `<item><title>题</title><dc:date>${date}</dc:date></item>`).join('')],
  ])('%s', async (_kind, items) => {
    const feed = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${items}</channel></rss>`
    expect((await first(feed)).published).toBe('2021-11-10T07:37:00.000Z')
  })

  it('JSON', async () => {
    const items = dates.map((date_published, id) => ({ id, title: '题', date_published }))
    const feed = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items })
    expect((await first(feed)).published).toBe('2021-11-10T07:37:00.000Z')
  })
})

describe('title', () => {
  const titles: [string, string, string | null][] = [
    ['white space collapsed', rss('<title>\n  中国  \t香港 </title>'), '中国 香港'],
    ['references decoded', rss('<title>A&amp;T &#20013; &#x56fd; &ldquo;x&rdquo;</title>'), 'A&T 中 国 “x”'],
    ['the halves of one character joined', rss('<title>甲&#55357;&#56832;&#xD83D;&#xde00;乙</title>'), '甲😀😀乙'],
    ['halves of a character escaped twice', rss('<title>甲&amp;#55357;&amp;#56832;乙</title>'), '甲😀乙'],
    ['halves of a character in Atom', atom('<title type="html">甲&amp;#55357;&amp;#56832;乙</title>'), '甲😀乙'],
    ['bytes of Windows-1252 as references', rss('<title>It&#146;s &#x93;x&#148; &amp;#150; y</title>'), 'It’s “x” – y'],
    ['references decoded twice where the source escaped twice', rss('<title>A&amp;amp;T</title>'), 'A&T'],
    ['in CDATA', rss('<title><![CDATA[A&amp;T <3]]></title>'), 'A&T <3'],
    ['tags of a pair stripped', rss('<title>&lt;b&gt;要闻&lt;/b&gt;：&lt;br/&gt;通关</title>'), '要闻： 通关'],
    ['a line break inside parts words', rss('<title>通关<br/>日期</title>'), '通关 日期'],
    [
      'and in XHTML',
      atom('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">通关<br/>日期</div></title>'),
      '通关 日期',
    ],
    ['paragraphs part words', rss('<title><![CDATA[<p>通关</p><p>日期</p>]]></title>'), '通关 日期'],
    ['a place where a line may break does not', rss('<title><![CDATA[通关<wbr>日期]]></title>'), '通关日期'],
    [
      'comments and readings are no tags',
      rss('<title><![CDATA[<!-- 1 --><ruby>通<rt>tōng</rt></ruby>关]]></title>'),
      '通tōng关',
    ],
    ['tags inside stripped', rss('<title>通关<b>日期</b></title>'), '通关日期'],
    [
      'scripts and styles gone',
      rss('<title><![CDATA[通关<script src="a">var a = "<b>"</script>日期<style>b {}</style>]]></title>'),
      '通关日期',
    ],
    ['other angle brackets kept', rss('<title>List&lt;T&gt; 与 1 &lt; 2</title>'), 'List<T> 与 1 < 2'],
    ['empty is null', rss('<title> </title>'), null],
    ['Dublin Core where it is the only one', rss('<dc:title>题</dc:title>'), '题'],
    [
      'Atom text is text',
      atom('<title type="text">1 &lt; 2 &amp;amp; &lt;b&gt;3&lt;/b&gt;</title>'),
      '1 < 2 &amp; <b>3</b>',
    ],
    ['Atom HTML stripped', atom('<title type="html">&lt;b&gt;A&lt;/b&gt; &amp;amp; B</title>'), 'A & B'],
    [
      'Atom XHTML stripped',
      atom('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <i>&amp;</i> B</div></title>'),
      'A & B',
    ],
    ['Atom 0.3 in base64', atom('<title type="text/html" mode="base64">PGI+5pegPC9iPg==</title>'), '无'],
    [
      'Atom 1.0 in base64, which no kind of text is in',
      atom('<title type="application/x">PGI+5pegPC9iPg==</title>'),
      '无',
    ],
    ['words that are base64 by chance', atom('<title type="plain">News</title>'), 'News'],
    ['controls of Latin-1 that are of Windows-1252', rss('<title>It\u0092s \u0085</title>'), 'It’s …'],
    [
      'that of media in a group where it is the only one',
      rss('<m:group xmlns:m="http://search.yahoo.com/mrss/"><m:title>题</m:title></m:group>'),
      '题',
    ],
    ['the title of the source is not the title', atom('<source><title>源</title></source><title>题</title>'), '题'],
    ['JSON', json({ id: '1', title: ' A  &amp;\n ' }), 'A  &amp;'],
  ]
  it.each(titles)('%s', async (_rule, source, title) => {
    expect((await first(source)).title).toBe(title)
  })
})

describe('url', () => {
  const urls: [string, string, string | null][] = [
    ['as the source gives it', rss('<link>http://e.org/a?x=1&amp;copy=2#z</link>'), 'http://e.org/a?x=1&copy=2#z'],
    ['an unescaped ampersand', rss('<link>http://e.org/a?x=1&timestamp=2</link>'), 'http://e.org/a?x=1&timestamp=2'],
    ['an ampersand escaped twice', rss('<link>http://e.org/a?x=1&amp;amp;y=2</link>'), 'http://e.org/a?x=1&y=2'],
    ['an ampersand in a path', rss('<link>http://e.org/a&amp;amp;b</link>'), 'http://e.org/a&amp;b'],
    [
      'where a text of Atom stands',
      atom('<content type="text/html" src="a.html"/>'),
      'http://feeds.example.org/a.html',
    ],
    ['the link before that', atom('<content src="/t.html"/><link href="/a"/>'), 'http://feeds.example.org/a'],
    ['trimmed', rss('<link>\n http://e.org/a \n</link>'), 'http://e.org/a'],
    ['Chinese made ASCII', rss('<link>http://e.org/中</link>'), 'http://e.org/%E4%B8%AD'],
    ['relative, by the channel', rss('<link>story1</link>'), 'http://example.org/news/story1'],
    ['relative, by the feed', rss('<link>/story1</link>', ''), 'http://feeds.example.org/story1'],
    ['behind an element that HTML has no text in', rss('<link/>http://e.org/a\n<title>题</title>'), 'http://e.org/a'],
    ['relative, by xml:base', rss('<link xml:base="http://b.org/c/">story1</link>'), 'http://b.org/c/story1'],
    ['without its scheme', rss('<link>//e.org/a</link>'), 'http://e.org/a'],
    ['guid where there is no link', rss('<guid>http://e.org/g</guid>'), 'http://e.org/g'],
    [
      'guid that is an address by its own word',
      rss('<guid isPermaLink="true">http://e.org/g</guid>'),
      'http://e.org/g',
    ],
    ['guid that denies being one', rss('<guid isPermaLink="false">http://e.org/g</guid>'), null],
    ['guid that is none', rss('<guid>abc-1</guid>'), null],
    ['guid when the link is empty', rss('<link/><guid>http://e.org/g</guid>'), 'http://e.org/g'],
    ['link before guid', rss('<guid>http://e.org/g</guid><link>http://e.org/l</link>'), 'http://e.org/l'],
    [
      'atom:link in RSS',
      rss('<atom:link rel="self" href="http://e.org/s"/><atom:link href="http://e.org/l"/>'),
      'http://e.org/l',
    ],
    [
      "the story's own address before that of a counter",
      rss('<link>http://count.org/~r/x</link><feedburner:origLink>http://e.org/a</feedburner:origLink>'),
      'http://e.org/a',
    ],
    ['in an attribute', rss('<link href="http://e.org/a"/>'), 'http://e.org/a'],
    ['text before an attribute', rss('<link href="http://e.org/b">http://e.org/a</link>'), 'http://e.org/a'],
    [
      'guid where the link is that of the home page',
      rss('<link>http://e.org/</link><guid>http://e.org/g</guid>'),
      'http://e.org/g',
    ],
    ['the home page where nothing else is', rss('<link>http://e.org/</link><guid>7</guid>'), 'http://e.org/'],
    [
      'that to which a search engine leads',
      rss('<link>https://www.google.com/url?rct=j&amp;sa=t&amp;url=http://e.org/a%3Fx%3D1&amp;ct=ga</link>'),
      'http://e.org/a?x=1',
    ],
    ['no address that runs code', rss('<link>javascript:alert(1)</link>'), null],
    ['none', rss('<title>题</title>'), null],
    [
      'Atom: alternate first',
      atom(
        '<link rel="self" href="http://e.org/s"/><link rel="related" href="http://e.org/r"/><link rel="alternate" href="http://e.org/a"/>',
      ),
      'http://e.org/a',
    ],
    [
      'Atom: a page before other forms',
      atom(
        '<link rel="alternate" type="application/pdf" href="http://e.org/p"/><link type="text/html" href="http://e.org/a"/>',
      ),
      'http://e.org/a',
    ],
    [
      'Atom 0.3: no address to post to',
      atom('<link rel="alternate" href="http://e.org/"/><link rel="service.post" href="http://e.org/post"/>'),
      'http://e.org/',
    ],
    ['Atom: no enclosure', atom('<link rel="enclosure" href="http://e.org/a.mp3"/>'), null],
    [
      'Atom: nobody to pay, and no author',
      atom(
        '<link rel="payment" href="http://e.org/p"/><link rel="author" href="http://e.org/u"/><link rel="related" href="http://e.org/r"/>',
      ),
      'http://e.org/r',
    ],
    ['Atom: id where it is an address', atom('<id>http://e.org/i</id>'), 'http://e.org/i'],
    ['Atom: id that is none', atom('<id>tag:e.org,2021:1</id>'), null],
    ['Atom: its own address as a last resort', atom('<link rel="self" href="http://e.org/s"/>'), 'http://e.org/s'],
    ['Atom: relative, by the feed', atom('<link href="a"/>'), 'http://feeds.example.org/a'],
    [
      'Atom: relative, by bases inside bases',
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://b.org/"><entry xml:base="c/"><link xml:base="d/" href="e"/></entry></feed>`,
      'http://b.org/c/d/e',
    ],
    ['JSON', json({ url: 'http://e.org/a' }), 'http://e.org/a'],
    ['JSON: relative', json({ url: 'a' }), 'http://example.org/news/a'],
    ['JSON: external where there is no other', json({ external_url: 'http://e.org/x' }), 'http://e.org/x'],
    ['JSON: id where it is an address', json({ id: 'http://e.org/i', title: '题' }), 'http://e.org/i'],
  ]
  it.each(urls)('%s', async (_rule, source, url) => {
    expect((await first(source)).url).toBe(url)
  })

  it('keeps its place in a page that several items share', async () => {
    const item = (n: number) =>
      `<item><title>${n}</title><link>http://e.org/a#${n}</link><description>${n}</description></item>`
    const items = await parseFeed(`<rss version="2.0"><channel>${item(1)}${item(2)}</channel></rss>`, FEED)
    expect(items.map(({ url }) => url)).toEqual(['http://e.org/a#1', 'http://e.org/a#2'])
  })

  it('is left relative where nothing tells to what', async () => {
    expect((await parseFeed(rss('<link>/story1</link>', '')))[0]!.url).toBe('/story1')
    expect((await parseFeed(rss('<link>mailto:a@example.org</link>', '')))[0]!.url).toBeNull()
  })

  it('is resolved by the address that the feed gives itself', async () => {
    const self = '<atom:link rel="self" href="http://feeds.example.org/a/b.xml"/>'
    expect((await parseFeed(rss('<link>c</link>', self)))[0]!.url).toBe('http://feeds.example.org/a/c')
  })
})

describe('a day without a clock', () => {
  const days: [string, string | undefined][] = [
    ['<pubDate>2021-11-10</pubDate>', '2021-11-10'],
    ['<pubDate>10 Nov 2021 GMT</pubDate>', '2021-11-10'],
    ['<dc:date>2021年11月10日</dc:date>', '2021-11-10'],
    ['<pubDate>13/11/2021</pubDate>', '2021-11-13'],
    ['<pubDate>10/11/2021</pubDate>', undefined],
    ['<pubDate>2021-11-10</pubDate><dc:date>2021-11-10T07:37:00Z</dc:date>', undefined],
    ['<pubDate>20211110</pubDate>', '2021-11-10'],
    ['<pubDate>2021-11-31</pubDate>', undefined],
    ['<pubDate>2564-11-10</pubDate>', undefined],
    ['<pubDate>soon</pubDate>', undefined],
  ]
  it.each(days)('%s', async (date, day) => {
    const [item] = (await readFeed(rss(date), null, addresses)).items
    expect(item?.day).toBe(day)
    expect(day === undefined || item?.published === null).toBe(true)
  })
})

describe('the link of several items', () => {
  it('is that of each, as the feed writes it', async () => {
    const link = '<link>http://e.org/live#top</link>'
    const items = await parseFeed(rss(`${link}<guid>tag:1</guid></item><item>${link}<guid>tag:2</guid>`))
    expect(items.map(({ url }) => url)).toEqual(['http://e.org/live#top', 'http://e.org/live#top'])
  })
})

describe('what a text is relative to', () => {
  const text = '<p><a href="a?b=1&amp;c">甲</a><img src="/i.png" srcset="i.png 1x, /j.png 2x"></p>'
  const at = (site: string, folder: string) =>
    `<p><a href="${folder}a?b=1&amp;c">甲</a><img src="${site}/i.png" srcset="${folder}i.png 1x, ${site}/j.png 2x"></p>`
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  it.each([
    ['nothing says it', atom(`<content type="html">${escaped}</content>`), text],
    [
      'the feed, the entry and the text',
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://b.org/"><entry xml:base="c/"><content xml:base="d/" type="html">${escaped}</content></entry></feed>`,
      at('http://b.org', 'http://b.org/c/d/'),
    ],
    [
      'the feed, by its own address',
      atom(`<summary type="html">${escaped}</summary>`, ' xml:base="/x/"'),
      at('http://feeds.example.org', 'http://feeds.example.org/x/'),
    ],
    [
      'RSS',
      rss(`<description xml:base="http://b.org/c/">${escaped}</description>`),
      at('http://b.org', 'http://b.org/c/'),
    ],
    [
      'an item of RSS',
      rss(`<content:encoded><![CDATA[${text}]]></content:encoded>`).replace(
        '<item>',
        '<item xml:base="http://b.org/c/">',
      ),
      at('http://b.org', 'http://b.org/c/'),
    ],
    [
      'parts of XHTML',
      atom(
        '<content type="xhtml" xml:base="http://b.org/"><div><p xml:base="c/"><a href="a">甲</a></p><div xml:base="d/"><div/><img src="i"/></div><a href="#n">乙</a><a href="e">丙</a></div></content>',
      ),
      '<p xml:base="c/"><a href="http://b.org/c/a">甲</a></p><div xml:base="d/"><div></div><img src="http://b.org/d/i"></div><a href="#n">乙</a><a href="http://b.org/e">丙</a>',
    ],
    [
      'the div around it',
      atom('<content type="xhtml"><div xml:base="http://b.org/c/"><a href="a">甲</a></div></content>'),
      '<div xml:base="http://b.org/c/"><a href="http://b.org/c/a">甲</a></div>',
    ],
    [
      'and what is absolute stays',
      atom(
        '<content type="html">&lt;a href="http://e.org/ä">x&lt;/a>&lt;a href=mailto:a@b.org>y&lt;/a></content>',
        ' xml:base="http://b.org/"',
      ),
      '<a href="http://e.org/ä">x</a><a href=mailto:a@b.org>y</a>',
    ],
  ])('is told: %s', async (_kind, source, html) => {
    expect((await first(source)).html).toBe(html)
  })

  it('is the address that a JSON Feed names, where it was saved', async () => {
    const feed = { version: 'https://jsonfeed.org/version/1.1', feed_url: 'http://b.org/f.json', home_page_url: '/c/' }
    const items = await parseFeed(JSON.stringify({ ...feed, items: [{ id: '1', url: 'a', title: '题' }] }))
    expect(items[0]!.url).toBe('http://b.org/c/a')
  })

  it('costs no more than its length', async () => {
    const of = (n: number) =>
      atom(
        `<content type="html">${'&lt;img srcset="a 1x, b" href=a>'.repeat(20_000 * n)}</content>`,
        ' xml:base="http://b.org/"',
      )
    await expectInProportion(of, (feed) => parseFeed(feed))
  })
})

describe('html', () => {
  const bodies: [string, string, string | null][] = [
    [
      'a description is HTML',
      rss('<description>&lt;p&gt;甲 &amp;amp; 乙&lt;/p&gt;</description>'),
      '<p>甲 &amp; 乙</p>',
    ],
    ['CDATA as it stands', rss('<description><![CDATA[<p>甲 &amp; 乙</p>]]></description>'), '<p>甲 &amp; 乙</p>'],
    [
      'content:encoded before the rest',
      rss('<description>短</description><content:encoded>长</content:encoded>'),
      '长',
    ],
    ['content before the summary', atom('<summary>短</summary><content>长</content>'), '长'],
    ['the summary where there is no content', atom('<summary>短</summary><content src="http://e.org/a"/>'), '短'],
    ['empty is null', rss('<description> </description>'), null],
    [
      'a picture beside the text below it, no sound and no second time',
      rss(
        '<description>甲</description><enclosure url="http://e.org/a.mp3" type="audio/mpeg"/><enclosure url="http://e.org/a.jpg?b=1&amp;c=2" type="image/jpeg"/><media:content url="http://e.org/a.jpg?b=1&amp;c=2" medium="image"/>',
      ),
      '甲\n<p><img src="http://e.org/a.jpg?b=1&amp;c=2"></p>',
    ],
    [
      'no picture beside a text that shows its own',
      rss(
        '<description>&lt;img src="b.jpg"&gt;甲</description><enclosure url="http://e.org/a.jpg" type="image/jpeg"/>',
      ),
      '<img src="b.jpg">甲',
    ],
    [
      'of a picture in several sizes the widest: in a group, or by its address',
      rss(
        '<description>甲</description><media:group><media:content url="http://e.org/s.jpg" medium="image" width="100"/><media:content url="http://e.org/l.jpg" medium="image" width="900"/></media:group><media:group><media:content url="http://e.org/o.jpg" medium="image"/></media:group><media:content medium="image" width="140" url="http://e.org/a.jpg?width=140&amp;s=x"/><media:content medium="image" width="460" url="http://e.org/a.jpg?width=460&amp;s=y"/>',
      ),
      '甲\n<p><img src="http://e.org/l.jpg"></p>\n<p><img src="http://e.org/o.jpg"></p>\n<p><img src="http://e.org/a.jpg?width=460&amp;s=y"></p>',
    ],
    [
      'of pictures that a query tells apart all',
      rss(
        '<description>甲</description><media:content medium="image" width="9" url="http://e.org/?id=1"/><media:content medium="image" width="8" url="http://e.org/?id=2"/>',
      ),
      '甲\n<p><img src="http://e.org/?id=1"></p>\n<p><img src="http://e.org/?id=2"></p>',
    ],
    ['no text of a picture alone', rss('<enclosure url="http://e.org/a.jpg" type="image/jpeg"/>'), null],
    [
      'a picture beside an entry of Atom',
      atom('<content>甲</content><link rel="enclosure" type="image/png" href="/a.png"/>'),
      '甲\n<p><img src="http://feeds.example.org/a.png"></p>',
    ],
    [
      'pictures of JSON',
      json({
        url: 'http://e.org/a',
        content_text: '甲',
        image: 'a.png',
        attachments: [{ url: 'b.png', mime_type: 'image/png' }, { url: 'c.mp3', mime_type: 'audio/mpeg' }, 7],
      }),
      '甲\n<p><img src="http://example.org/news/a.png"></p>\n<p><img src="http://example.org/news/b.png"></p>',
    ],
    [
      'the text of a film, in its group',
      atom(
        `<media:group xmlns:media="http://search.yahoo.com/mrss/"><media:description>甲</media:description></media:group>`,
      ),
      '甲',
    ],
    [
      'escaped once more than it need be',
      rss('<description>&amp;lt;p&amp;gt;甲 &amp;amp;nbsp;乙&amp;lt;/p&amp;gt;</description>'),
      '<p>甲 &nbsp;乙</p>',
    ],
    [
      'escaped within CDATA',
      rss('<description><![CDATA[&lt;div class="x"&gt;&lt;p&gt;甲&lt;/p&gt;&lt;/div&gt;]]></description>'),
      '<div class="x"><p>甲</p></div>',
    ],
    [
      'a text about tags',
      rss('<description><![CDATA[&lt;p&gt; 与 &lt;/p&gt; 是一对]]></description>'),
      '&lt;p&gt; 与 &lt;/p&gt; 是一对',
    ],
    [
      'tags amid HTML',
      rss('<description><![CDATA[&lt;p&gt;<b>甲</b>&lt;/p&gt;]]></description>'),
      '&lt;p&gt;<b>甲</b>&lt;/p&gt;',
    ],
    ['Atom text escaped', atom('<content type="text">1 &lt; 2 &amp; 3</content>'), '1 &lt; 2 &amp; 3'],
    ['Atom HTML', atom('<content type="html">&lt;p&gt;甲&lt;/p&gt;</content>'), '<p>甲</p>'],
    ['Atom 0.3 HTML', atom('<content type="text/html" mode="escaped">&lt;p&gt;甲&lt;/p&gt;</content>'), '<p>甲</p>'],
    ['Atom 0.3 in base64', atom('<content type="text/html" mode="base64">PHA+55SyPC9wPg==</content>'), '<p>甲</p>'],
    [
      'Atom XHTML, in the order of the text',
      atom(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>甲<b>乙</b>丙<br/>丁 &lt; 戊</p><a name="x"/></div></content>',
      ),
      '<p>甲<b>乙</b>丙<br>丁 &lt; 戊</p><a name="x"></a>',
    ],
    [
      'Atom XHTML under a prefix',
      atom('<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>甲</x:p></x:div></content>'),
      '<p>甲</p>',
    ],
    ['base64 in lines', atom('<content type="text/html" mode="BASE64"> PHA+55Sy\n PC9wPg== </content>'), '<p>甲</p>'],
    [
      'what is called base64 and is none',
      atom('<content type="text/html" mode="base64">甲乙丙丁</content>'),
      '甲乙丙丁',
    ],
    ['base64 that was cut', atom('<content type="text/html" mode="base64">PHA+55S</content>'), 'PHA+55S'],
    [
      'comments beside the div of XHTML',
      atom('<content type="xhtml"> <!-- a --> <div><p>甲</p></div> <!-- b --> <!-- c --> </content>'),
      '<p>甲</p>',
    ],
    ['two divs', atom('<content type="xhtml"><div>甲</div><div>乙</div></content>'), '<div>甲</div><div>乙</div>'],
    ['text above the div', atom('<content type="xhtml">前<div>甲</div></content>'), '前<div>甲</div>'],
    ['text below it', atom('<content type="xhtml"><div>甲</div>后</content>'), '<div>甲</div>后'],
    ['XHTML without a div', atom('<content type="xhtml"><p>甲</p></content>'), '<p>甲</p>'],
    ['Atom text of no known kind', atom('<content type="text/x">&lt;p&gt;甲&lt;/p&gt;</content>'), '<p>甲</p>'],
    ['Atom text that tells no type', atom('<content>1 &lt; 2 &amp; 3</content>'), '1 &lt; 2 &amp; 3'],
    ['Atom content that is no text', atom('<content type="image/png">iVBORw0KGgo=</content>'), null],
    [
      'Atom text of another kind in base64',
      atom('<content type="application/x">PHA+55SyPC9wPg==</content>'),
      '<p>甲</p>',
    ],
    [
      'what is described in a group of media',
      rss(
        '<media:group xmlns:media="http://search.yahoo.com/mrss/"><media:description>甲</media:description></media:group>',
      ),
      '甲',
    ],
    ['the whole item of Radio', rss('<fullitem>&lt;p&gt;甲&lt;/p&gt;</fullitem>'), '<p>甲</p>'],
    ['Atom HTML that forgot its type', atom('<content>&lt;p&gt;甲&lt;/p&gt;</content>'), '<p>甲</p>'],
    [
      'content under another prefix',
      rss('<description>短</description><c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">长</c:encoded>'),
      '长',
    ],
    ['JSON', json({ content_html: '<p>甲</p>', content_text: '乙' }), '<p>甲</p>'],
    ['JSON text escaped', json({ content_text: '1 < 2' }), '1 &lt; 2'],
  ]
  it.each(bodies)('%s', async (_rule, source, html) => {
    expect((await first(source)).html).toBe(html)
  })
})

describe('published', () => {
  const moments: [string, string, string | null][] = [
    ['pubDate', rss('<pubDate>Wed, 10 Nov 2021 07:37:00 GMT</pubDate>'), '2021-11-10T07:37:00.000Z'],
    ['dc:date', rss('<dc:date>2021-11-10T15:37:00+08:00</dc:date>'), '2021-11-10T07:37:00.000Z'],
    [
      'the next where one cannot be read',
      rss('<pubDate>刚刚</pubDate><dc:date>2021-11-10T07:37:00Z</dc:date>'),
      '2021-11-10T07:37:00.000Z',
    ],
    [
      'the next where one is the beginning of 1970',
      rss('<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate><dc:date>2021-11-10T07:37:00Z</dc:date>'),
      '2021-11-10T07:37:00.000Z',
    ],
    [
      'published before updated',
      atom('<updated>2021-11-11T00:00:00Z</updated><published>2021-11-10T07:37:00Z</published>'),
      '2021-11-10T07:37:00.000Z',
    ],
    ['updated where it is all', atom('<updated>2021-11-10T07:37:00Z</updated>'), '2021-11-10T07:37:00.000Z'],
    [
      'Atom 0.3',
      atom('<modified>2021-11-11T00:00:00Z</modified><issued>2021-11-10T07:37:00Z</issued>'),
      '2021-11-10T07:37:00.000Z',
    ],
    ['JSON', json({ title: '题', date_published: '2021-11-10T07:37:00Z' }), '2021-11-10T07:37:00.000Z'],
    ['a clock without a zone', rss('<pubDate>2021-11-10 07:37</pubDate>'), '2021-11-10T07:37:00.000Z'],
    [
      'a clock without a zone in a Chinese feed',
      rss('<pubDate>2021-11-10 15:37</pubDate>', '<language>zh-CN</language>'),
      '2021-11-10T07:37:00.000Z',
    ],
    [
      'a clock without a zone in a feed of Zaobao',
      rss('<pubDate>2021-11-10 15:37</pubDate>', '<link>https://www.zaobao.com/realtime</link>'),
      '2021-11-10T07:37:00.000Z',
    ],
    [
      'CDF',
      '<channel href="http://e.org/"><item href="http://e.org/1" lastmod="2021-11-10T07:37Z"><title>题</title></item></channel>',
      '2021-11-10T07:37:00.000Z',
    ],
    ['none', rss('<title>题</title>'), null],
  ]
  it.each(moments)('%s', async (_rule, source, published) => {
    expect((await first(source)).published).toBe(published)
  })
})

it('items of one link are told apart in time in proportion to their number', async () => {
  const make = (part: number): Item[] =>
    Array.from({ length: 8000 * part }, (_, at) => {
      return { title: `题${at}`, url: 'https://a.example/log', published: null, html: `<p>${at}</p>`, guid: `n${at}` }
    })
  await expectInProportion(make, (items) => {
    expect(new Set(tellApart(items, addresses).map(({ url }) => url)).size).toBe(items.length)
  })
})
