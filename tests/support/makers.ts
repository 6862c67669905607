/*
 * Feeds in the shapes that programs of many makers and ages write, of invented stories.
 */

export interface FeedStory {
  /** Path and query at its site. */
  path: string
  title: string
  /** The whole text as HTML, and its first paragraph as text. */
  html: string
  excerpt: string
  date: Date
  n: number
}

interface Site {
  /** `http://paper.example`. */
  at: string
  stories: readonly FeedStory[]
}

type Maker = (site: Site) => string

const esc = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const cdata = (text: string): string => `<![CDATA[${text}]]>`
const utc = ({ date }: FeedStory): string => date.toUTCString()
const iso = ({ date }: FeedStory): string => date.toISOString().replace('.000', '')
const all = ({ stories }: Site, write: (story: FeedStory) => string): string => stories.map(write).join('\n')
const link = ({ at }: Site, { path }: FeedStory): string => esc(`${at}${path}`)

const rss = (site: Site, items: string, { head = '', attributes = '', version = '2.0' } = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="${version}" ${attributes}><channel><title>河镇</title><link>${site.at}/</link><description>x</description>${head}${items}</channel></rss>`
const atom = (site: Site, entries: string, { head = '', attributes = '' } = {}): string =>
  `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title type="text">河镇</title><link href="${site.at}/" rel="alternate"/><updated>2026-03-11T08:00:00Z</updated><id>${site.at}/</id>${head}${entries}</feed>`

const NS =
  'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'

/** An RSS item of these parts, in their order. */
const item = (...parts: string[]): string => `<item>${parts.join('')}</item>`
const tag = (name: string, text: string): string => `<${name}>${text}</${name}>`

/** RSS whose items are made of what each maker writes. */
const rssBy =
  (write: (site: Site, story: FeedStory) => string, options: Parameters<typeof rss>[2] = {}): Maker =>
  (site) =>
    rss(
      site,
      all(site, (story) => write(site, story)),
      { attributes: NS, ...options },
    )
const atomBy =
  (write: (site: Site, story: FeedStory) => string, options: Parameters<typeof atom>[2] = {}): Maker =>
  (site) =>
    atom(
      site,
      all(site, (story) => `<entry>${write(site, story)}</entry>`),
      options,
    )

const basic = (site: Site, story: FeedStory): string =>
  tag('title', esc(story.title)) + tag('link', link(site, story)) + tag('pubDate', utc(story))
const entry = (site: Site, story: FeedStory): string =>
  `<title>${esc(story.title)}</title><link href="${link(site, story)}"/><id>${link(site, story)}</id><updated>${iso(story)}</updated>`

export const MAKERS: Readonly<Record<string, Maker>> = {
  WordPress: rssBy((s, a) =>
    item(
      basic(s, a),
      tag('dc:creator', cdata('河生')),
      `<guid isPermaLink="false">${s.at}/?p=${a.n}</guid>`,
      tag('description', cdata(`${a.excerpt} [&#8230;]`)),
      tag('content:encoded', cdata(a.html)),
      tag('slash:comments', '0'),
    ),
  ),
  'WordPress, excerpts': rssBy((s, a) =>
    item(
      basic(s, a),
      `<guid isPermaLink="false">${s.at}/?p=${a.n}</guid>`,
      tag(
        'description',
        cdata(
          `<p>${a.excerpt} [&#8230;]</p><p>The post <a href="${s.at}${a.path}">${a.title}</a> appeared first on <a href="${s.at}">河镇</a>.</p>`,
        ),
      ),
    ),
  ),
  Ghost: rssBy((s, a) =>
    item(
      tag('title', cdata(a.title)),
      tag('description', cdata(a.excerpt)),
      tag('link', link(s, a)),
      `<guid isPermaLink="false">66a0${a.n}</guid>`,
      tag('pubDate', utc(a)),
      `<media:content url="${s.at}/p.jpg" medium="image"/>`,
      tag('content:encoded', cdata(`<img src="${s.at}/p.jpg" alt="x">${a.html}`)),
    ),
  ),
  'Drupal 7': rssBy((s, a) =>
    item(
      basic(s, a),
      tag('description', esc(`<div class="field field-name-body"><div class="field-item even">${a.html}</div></div>`)),
      tag('dc:creator', 'admin'),
      `<guid isPermaLink="false">${a.n} at ${s.at}</guid>`,
    ),
  ),
  'Drupal 10': rssBy(
    (s, a) =>
      item(
        basic(s, a),
        tag('description', esc(`<span class="field field--name-title">${a.title}</span>${a.html}`)),
        `<guid isPermaLink="false">${a.n} at ${s.at}</guid>`,
      ),
    { head: '<language>zh-hans</language>' },
  ),
  Blogger: atomBy(
    (s, a) =>
      `<id>tag:blogger.com,1999:blog-1.post-${a.n}</id><published>${iso(a)}</published><updated>${iso(a)}</updated><title type="text">${esc(a.title)}</title><content type="html">${esc(a.html)}</content><link rel="replies" type="application/atom+xml" href="${s.at}/feeds/${a.n}/comments/default"/><link rel="edit" href="http://www.blogger.com/feeds/${a.n}"/><link rel="alternate" type="text/html" href="${link(s, a)}" title="x"/><author><name>河生</name></author>`,
  ),
  Medium: rssBy((s, a) =>
    item(
      tag('title', cdata(a.title)),
      tag('link', `${link(s, a)}?source=rss----1a2b3c---4`),
      `<guid isPermaLink="false">https://medium.com/p/${a.n}abc</guid>`,
      tag('pubDate', utc(a)),
      tag('content:encoded', cdata(a.html)),
    ),
  ),
  Substack: rssBy((s, a) =>
    item(
      tag('title', cdata(a.title)),
      tag('description', cdata(a.excerpt)),
      tag('link', link(s, a)),
      `<guid isPermaLink="false">${link(s, a)}</guid>`,
      tag('pubDate', utc(a)),
      `<enclosure url="${s.at}/p.jpg" length="0" type="image/jpeg"/>`,
      tag('content:encoded', cdata(a.html)),
    ),
  ),
  Jekyll: atomBy(
    (s, a) =>
      `<title type="html">${esc(a.title)}</title><link href="${link(s, a)}" rel="alternate" type="text/html" title="${esc(a.title)}"/><published>${iso(a)}</published><updated>${iso(a)}</updated><id>${link(s, a)}</id><content type="html" xml:base="${link(s, a)}">${cdata(a.html)}</content><summary type="html">${cdata(a.excerpt)}</summary>`,
    { head: '<generator uri="https://jekyllrb.com/" version="4.3">Jekyll</generator>' },
  ),
  Hugo: rssBy((s, a) => item(basic(s, a), tag('guid', link(s, a)), tag('description', esc(a.excerpt))), {
    head: '<generator>Hugo</generator><language>zh-cn</language>',
  }),
  'Movable Type': atomBy(
    (s, a) =>
      `<title>${esc(a.title)}</title><link rel="alternate" type="text/html" href="${link(s, a)}"/><id>tag:town.example,2026://1.${a.n}</id><published>${iso(a)}</published><updated>${iso(a)}</updated><summary>${esc(a.excerpt)}</summary><content type="html" xml:lang="zh">${cdata(a.html)}</content>`,
  ),
  phpBB: atomBy(
    (s, a) =>
      `<author><name>${cdata('河生')}</name></author><updated>${iso(a)}</updated><published>${iso(a)}</published><id>${link(s, a)}</id><link href="${link(s, a)}"/><title type="html">${cdata(a.title)}</title><category term="x" scheme="${s.at}/viewforum.php?f=2" label="x"/><content type="html" xml:base="${link(s, a)}">${cdata(`${a.html}<p>Statistics: Posted by 河生</p><hr />`)}</content>`,
  ),
  YouTube: atomBy(
    (s, a) =>
      `<id>yt:video:${a.n}</id><yt:videoId>${a.n}</yt:videoId><title>${esc(a.title)}</title><link rel="alternate" href="${link(s, a)}"/><published>${iso(a)}</published><updated>${iso(a)}</updated><media:group><media:title>${esc(a.title)}</media:title><media:description>${esc(a.excerpt)}</media:description></media:group>`,
    { attributes: 'xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"' },
  ),
  Mastodon: rssBy((s, a) =>
    item(tag('guid', link(s, a)), tag('link', link(s, a)), tag('pubDate', utc(a)), tag('description', esc(a.html))),
  ),
  RSSHub: rssBy(
    (s, a) =>
      item(
        tag('title', esc(a.title)),
        tag('description', esc(a.html)),
        tag('link', link(s, a)),
        `<guid isPermaLink="false">${link(s, a)}</guid>`,
        tag('pubDate', utc(a)),
      ),
    {
      head: '<generator>RSSHub</generator><language>zh</language><ttl>5</ttl>',
    },
  ),
  FeedBurner: rssBy((s, a) =>
    item(
      basic(s, a),
      tag('feedburner:origLink', link(s, a)),
      `<guid isPermaLink="false">${link(s, a)}</guid>`,
      tag(
        'description',
        esc(
          `${a.html}<img src="http://feeds.feedburner.com/~r/x/~4/1" height="1" width="1" alt=""/><div class="feedflare"><a href="http://feeds.feedburner.com/~ff/x">y</a></div>`,
        ),
      ),
    ),
  ),
  Discuz: rssBy((s, a) =>
    item(
      tag('title', esc(a.title)),
      tag('link', link(s, a)),
      tag('description', cdata(`${a.excerpt} ...`)),
      tag('category', '河镇'),
      tag('author', '河生'),
      tag('pubDate', utc(a)),
    ),
  ),
  DedeCMS: rssBy((s, a) =>
    item(
      tag('title', cdata(a.title)),
      tag('link', link(s, a)),
      tag('description', cdata(a.excerpt)),
      tag('pubDate', a.date.toISOString().slice(0, 10)),
      tag('category', 'x'),
      tag('author', 'admin'),
      tag('comments', link(s, a)),
    ),
  ),
  Typecho: rssBy((s, a) =>
    item(
      basic(s, a),
      tag('guid', link(s, a)),
      tag('dc:creator', '河生'),
      tag('description', cdata(a.excerpt)),
      tag('content:encoded', cdata(a.html)),
    ),
  ),
  'Atom 0.3': (s) =>
    `<?xml version="1.0"?><feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>河镇</title><link rel="alternate" type="text/html" href="${s.at}/"/><modified>2026-03-11T08:00:00Z</modified>${all(s, (a) => `<entry><title>${esc(a.title)}</title><link rel="alternate" type="text/html" href="${link(s, a)}"/><issued>${iso(a)}</issued><modified>${iso(a)}</modified><id>tag:x,2026:${a.n}</id><content type="text/html" mode="escaped">${esc(a.html)}</content></entry>`)}</feed>`,
  'RSS 0.91': (s) =>
    rss(
      s,
      all(s, (a) => item(tag('title', esc(a.title)), tag('link', link(s, a)), tag('description', esc(a.excerpt)))),
      { version: '0.91', head: '<language>zh-cn</language>' },
    ),
  'RSS 0.92': (s) =>
    rss(
      s,
      all(s, (a) => item(tag('title', esc(a.title)), tag('link', link(s, a)), tag('description', esc(a.html)))),
      { version: '0.92' },
    ),
  'RSS 1.0': (s) =>
    `<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="${s.at}/"><title>河镇</title><link>${s.at}/</link><dc:language>zh</dc:language><items><rdf:Seq>${all(s, (a) => `<rdf:li rdf:resource="${link(s, a)}"/>`)}</rdf:Seq></items></channel>${all(s, (a) => `<item rdf:about="${link(s, a)}"><title>${esc(a.title)}</title><link>${link(s, a)}</link><dc:date>${iso(a)}</dc:date><description>${esc(a.excerpt)}</description><content:encoded>${cdata(a.html)}</content:encoded></item>`)}</rdf:RDF>`,
  'JSON Feed 1.0': (s) => json(s, '1', (a) => ({ id: `${a.n}`, content_html: a.html })),
  'JSON Feed 1.1': (s) =>
    json(s, '1.1', (a) => ({ id: `${s.at}${a.path}`, content_html: a.html, summary: a.excerpt, language: 'zh' })),
  'JSON Feed, summaries': (s) =>
    json(s, '1.1', (a) => ({ id: `${s.at}${a.path}`, summary: a.excerpt, content_text: a.excerpt })),
  'CDATA in titles and links': rssBy((s, a) =>
    item(
      tag('title', cdata(` ${a.title} `)),
      tag('link', cdata(` ${s.at}${a.path}\n`)),
      tag('pubDate', cdata(utc(a))),
      tag('description', cdata(a.excerpt)),
    ),
  ),
  'relative links': rssBy((_, a) =>
    item(
      tag('title', esc(a.title)),
      tag('link', esc(a.path)),
      tag('pubDate', utc(a)),
      tag('description', esc(a.excerpt)),
    ),
  ),
  'no guid': rssBy((s, a) => item(basic(s, a), tag('description', esc(a.html)))),
  'no dates': rssBy((s, a) =>
    item(tag('title', esc(a.title)), tag('link', link(s, a)), tag('guid', link(s, a)), tag('description', esc(a.html))),
  ),
  'xml:base': (s) =>
    atom(
      s,
      all(
        s,
        (a) =>
          `<entry xml:base="${s.at}/"><title>${esc(a.title)}</title><link href="${esc(a.path.slice(1))}"/><id>urn:x:${a.n}</id><updated>${iso(a)}</updated><summary>${esc(a.excerpt)}</summary></entry>`,
      ),
      { attributes: 'xml:base="http://wrong.example/"' },
    ),
  'a guid alone': rssBy((s, a) =>
    item(
      tag('title', esc(a.title)),
      tag('guid', link(s, a)),
      tag('pubDate', utc(a)),
      tag('description', esc(a.excerpt)),
    ),
  ),
  'an id alone': atomBy(
    (s, a) =>
      `<title>${esc(a.title)}</title><id>${link(s, a)}</id><updated>${iso(a)}</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${a.html}</div></content>`,
  ),
  Squarespace: rssBy((s, a) =>
    item(
      tag('title', esc(a.title)),
      tag('dc:creator', '河生'),
      tag('pubDate', utc(a)),
      tag('link', link(s, a)),
      `<guid isPermaLink="false">5e:6f:${a.n}</guid>`,
      tag('description', cdata(`<div class="sqs-html-content">${a.html}</div>`)),
    ),
  ),
  Joomla: rssBy((s, a) =>
    item(
      basic(s, a),
      `<guid isPermaLink="true">${link(s, a)}</guid>`,
      tag('description', cdata(`<div class="feed-description">${a.html}</div>`)),
      tag('author', 'x@town.example (河生)'),
    ),
  ),
  SPIP: rssBy((s, a) =>
    item(
      tag('title', esc(a.title)),
      tag('link', link(s, a)),
      `<guid isPermaLink="true">${link(s, a)}</guid>`,
      tag('dc:date', iso(a)),
      tag('dc:format', 'text/html'),
      tag('dc:language', 'zh'),
      tag('description', esc(a.excerpt)),
    ),
  ),
  TYPO3: rssBy((s, a) =>
    item(
      `<guid isPermaLink="false">news-${a.n}</guid>`,
      basic(s, a),
      tag('description', esc(a.excerpt)),
      tag('content:encoded', cdata(a.html)),
    ),
  ),
  Plone: rssBy((s, a) =>
    item(
      tag('title', esc(a.title)),
      tag('link', link(s, a)),
      tag('guid', link(s, a)),
      tag('description', esc(a.excerpt)),
      tag('pubDate', utc(a)),
    ),
  ),
  Hexo: atomBy(
    (s, a) =>
      `${entry(s, a)}<published>${iso(a)}</published><summary type="html">${esc(a.excerpt)}</summary><content type="html">${cdata(a.html)}</content>`,
    { head: '<generator uri="https://hexo.io/">Hexo</generator>' },
  ),
  Pelican: atomBy((s, a) => `${entry(s, a)}<summary type="html">${esc(`<p>${a.excerpt}</p>`)}</summary>`),
  Eleventy: atomBy((s, a) => `${entry(s, a)}<content type="html">${esc(a.html)}</content>`, {
    attributes: 'xml:lang="zh-Hans"',
  }),
  Zola: atomBy(
    (s, a) =>
      `<title xml:lang="zh">${esc(a.title)}</title><published>${iso(a)}</published><updated>${iso(a)}</updated><link rel="alternate" type="text/html" href="${link(s, a)}"/><id>${link(s, a)}</id><content type="html" xml:base="${link(s, a)}">${esc(a.html)}</content>`,
  ),
  Tumblr: rssBy((s, a) =>
    item(
      tag('title', esc(a.title)),
      tag('description', esc(a.html)),
      tag('link', link(s, a)),
      tag('guid', link(s, a)),
      tag('pubDate', utc(a).replace('GMT', '+0000')),
    ),
  ),
  LiveJournal: rssBy((s, a) =>
    item(
      `<guid isPermaLink='true'>${link(s, a)}</guid>`,
      tag('pubDate', utc(a)),
      tag('title', esc(a.title)),
      tag('link', link(s, a)),
      tag('description', esc(a.html)),
      tag('comments', link(s, a)),
    ),
  ),
  Discourse: rssBy((s, a) =>
    item(
      tag('title', esc(a.title)),
      tag('dc:creator', cdata('@x')),
      tag(
        'description',
        cdata(
          `${a.html}<p><small>1 post - 1 participant</small></p><p><a href="${s.at}${a.path}">Read full topic</a></p>`,
        ),
      ),
      tag('link', link(s, a)),
      tag('pubDate', utc(a)),
      `<guid isPermaLink="false">town.example-topic-${a.n}</guid>`,
    ),
  ),
  Wix: rssBy((s, a) =>
    item(
      tag('title', cdata(a.title)),
      tag('description', cdata(a.excerpt)),
      tag('link', link(s, a)),
      tag('guid', `7c${a.n}`),
      tag('pubDate', utc(a)),
    ),
  ),
  'a mark and blanks before it': (s) => `\ufeff\n\n${MAKERS['Hugo']!(s)}`,
  'bare ampersands': rssBy((s, a) =>
    item(
      tag('title', esc(a.title)),
      tag('link', `${s.at}${a.path}`),
      tag('pubDate', utc(a)),
      tag('description', `甲 & 乙：${esc(a.html)}`),
    ),
  ),
  'upper case': (s) =>
    MAKERS['no guid']!(s).replaceAll(
      /<(\/?)(item|title|link|description|pubDate)>/g,
      (_, slash: string, name: string) => `<${slash}${name.toUpperCase()}>`,
    ),
  'other forms of dates': rssBy((s, a) =>
    item(
      tag('title', esc(a.title)),
      tag('link', link(s, a)),
      tag('pubDate', `${a.date.toISOString().slice(0, 10)} ${a.date.toISOString().slice(11, 19)} +0000`),
      tag('description', esc(a.html)),
    ),
  ),
}

function json(site: Site, version: string, more: (story: FeedStory) => object): string {
  const items = site.stories.map((story) => ({
    url: `${site.at}${story.path}`,
    title: story.title,
    date_published: iso(story),
    ...more(story),
  }))
  return JSON.stringify({
    version: `https://jsonfeed.org/version/${version}`,
    title: '河镇',
    home_page_url: `${site.at}/`,
    items,
  })
}
