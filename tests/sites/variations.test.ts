import { expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { assignedObject } from '../../src/sites/literals.ts'
import { expectInProportion } from '../support/cost.ts'
import { PAGES } from '../support/pages.ts'
import { said } from '../../src/words/words.ts'
import { elementOf } from '../support/body.ts'

const URL_ASKED = 'https://www.zaobao.com.sg/news/china/story20260829-9595968'
const STORY = {
  title: '渡口复航：“大船”也能靠岸',
  url: URL_ASKED,
  published: '2026-08-29T01:07:00.000Z',
  bodyHtml: "<p>第一段引用“</script>”与\\'反斜杠\\\\。</p><p>第二段。</p><p>第三段。</p>",
  lead: [{ url: 'https://static.zaobao.com/s3fs-public/a.jpg', caption: '图说（社）' }],
  keywords: ['渡口'],
}

function read(html: string) {
  const found = readPage({ html, url: URL_ASKED })
  if (found.kind !== 'story') throw new Error(`${found.reason}: ${said(found.detail)}`)
  const { body: given, ...extract } = found.extract
  const body = elementOf(given)
  return {
    ...extract,
    generation: found.generation,
    paragraphs: Array.from(body.querySelectorAll('p'), (p) => p.textContent),
    pictures: Array.from(body.querySelectorAll('figure'), (figure) => figure.textContent),
  }
}

const PLAIN = { ...STORY, bodyHtml: '<p>第一段。</p><p>第二段。</p><p>第三段。</p>' }
const TEXTS = ['第一段。', '第二段。', '第三段。']

const CHANGES: Array<[string, (html: string) => string]> = [
  ['as it is', (html) => html],
  ['more classes', (html) => html.replaceAll(/class="(article-\w[\w-]*|articleBody)/g, 'class="x $1 y')],
  [
    'attributes in another order, single quotes',
    (html) => html.replaceAll(/<(div|article) (id="[^"]*" )?class="([^"]*)"/g, "<$1 data-v='1' class='$3' $2"),
  ],
  ['upper case names', (html) => html.replaceAll('<div', '<DIV').replaceAll('</div', '</DIV')],
  [
    'a wrapper around all',
    (html) => html.replace(/<body[^>]*>/, '$&<div class="page"><div>').replace('</body>', '</div></div></body>'),
  ],
  [
    'an element that is not closed in the body',
    (html) => html.replace('<p>第二段。</p>', '<section><div><p>第二段。</p></section>'),
  ],
  [
    'a comment with the body’s class',
    (html) =>
      html.replace(/<body[^>]*>/, '$&<!-- <div class="articleBody article-body article-content-rawhtml">旧</div> -->'),
  ],
  [
    'a script with the body’s class',
    (html) =>
      html.replace(
        /<body[^>]*>/,
        `$&<script>var t='<div class="articleBody article-body article-content-rawhtml">旧</div>'</script>`,
      ),
  ],
  ['no closing tags at the end', (html) => html.replace('</body></html>', '')],
  [
    'broken ld+json beside it',
    (html) => html.replace('</head>', '<script type="application/ld+json">{"@type":"NewsArticle",</script></head>'),
  ],
  ['a byte order mark', (html) => `\ufeff${html}`],
  ['CRLF', (html) => html.replaceAll('\n', '\r\n')],
]

const GRID = Object.entries(PAGES).flatMap(([name, makePage]) =>
  CHANGES.map(([change, apply]) => [name, change, apply(makePage(PLAIN))] as const),
)

test.each(GRID)('%s: %s', (_, change, html) => {
  const found = read(html)
  expect(found.paragraphs).toEqual(TEXTS)
  expect(found).toMatchObject({ title: STORY.title, published: STORY.published, keywords: ['渡口'] })
  expect(found.pictures, change).toEqual(['图说（社）'])
})

test('hydration data may hold quotes, escapes and the end of a script', () => {
  const makePage = PAGES.reactB2
  expect(read(makePage(STORY)).paragraphs[0]).toBe("第一段引用“”与\\'反斜杠\\\\。")
})

test('data elsewhere, under other names, with fields that nobody knows', () => {
  const article = {
    headline: '标题',
    create_time: '1787965620',
    body_cn: '<p>甲</p>',
    tags: null,
    images: null,
    x: [[]],
  }
  const data = { loaderData: { 'routes/story': { result: { story: article } } } }
  const html = `<script>window.__staticRouterHydrationData = ${JSON.stringify(data)};</script>`
  expect(read(html)).toMatchObject({ title: '标题', published: '2026-08-29T01:07:00.000Z', paragraphs: ['甲'] })
})

test('a headline in the data is text, whatever signs are in it', () => {
  const page = (headline: string): string =>
    `<script>window.__staticRouterHydrationData = ${JSON.stringify({ a: { headline, create_time: 1787965620, body_cn: '<p>甲</p>' } })};</script>`
  expect(read(page('关税<H型钢降至3%')).title).toBe('关税<H型钢降至3%')
  expect(read(page('若a<b则A&amp;B<i>胜</i>')).title).toBe('若a<b则A&B胜')
})

test('pictures in the data: captions that they lack are the page’s, those of the body stay in their place', () => {
  const page = (images: unknown, body_cn: string, shown: string): string =>
    `<article><h1>标题</h1>${shown}<div class="articleBody"></div></article><script>window.__staticRouterHydrationData = ${JSON.stringify({ a: { headline: '标题', create_time: 1787965620, images, body_cn } })};</script>`
  const lead = '<div><img src="https://cassette.sphdigital.com.sg/image/zaobao/aa?f=x" alt="图说"></div>'
  expect(
    read(page([{ url: 'https://cassette.sphdigital.com.sg/image/zaobao/aa?f=webp', caption: null }], '<p>甲</p>', lead))
      .pictures,
  ).toEqual(['图说'])
  const inPlace = readPage({
    html: page(
      [
        { url: 'https://a.example/1.jpg', caption: '一' },
        { url: 'https://a.example/2.jpg', caption: '二' },
      ],
      '<p>甲</p><figure><img src="https://a.example/2.jpg?w=600"><figcaption>二</figcaption></figure>',
      '',
    ),
    url: URL_ASKED,
  })
  expect(inPlace.kind === 'story' && inPlace.extract.body.text.trim()).toBe('一甲二')
})

test('Drupal 8 with its body in the older container is not taken for Drupal 7', () => {
  const html =
    '<h1>标题</h1><h4 class="title-byline byline">文 / 何渺 庄岩</h4><div class="article-content-container"><p>甲</p></div><div class="keywords"><ul><li>渡口</li></ul></div>'
  expect(read(html)).toMatchObject({ generation: 'drupal8', bylines: ['何渺', '庄岩'], keywords: ['渡口'] })
})

test('names end where the time begins, pictures are found, whichever global layout the page resembles', () => {
  const html =
    '<h1>标题</h1><div class="author-info">文 | 何渺 庄岩<div class="mgt10">2026-08-29 05:26</div></div><div id="carousel-article"><div class="carousel-inner"><div class="item"><a href="/a.jpg"><img src="/a.jpg" alt="标题"><div class="caption-text">图说</div></a></div></div></div><article class="article-body"><p>甲</p><img src="/_astro/pic-default.png"></article>'
  expect(read(html)).toMatchObject({
    bylines: ['何渺', '庄岩'],
    pictures: ['图说'],
    published: '2026-08-28T21:26:00.000Z',
  })
})

test.each(['https:', 'https://', 'http:///'])('a picture whose address is %s is none', (src) => {
  const html = `<h1>标题</h1><div class="articleBody"><p>甲</p><p><img src="${src}"></p></div>`
  for (const url of [URL_ASKED, URL_ASKED.replace('https', 'http')]) {
    const found = readPage({ html, url })
    expect(found.kind === 'story' && found.extract.body.text).toContain('甲')
  }
})

test('a static page of which most is linked is a story when it holds sentences', () => {
  const html =
    '<meta charset="gb2312"><h1>标题</h1><table><tr><td class="text"><a href="/a.shtml">首页</a> <a href="/b.shtml">中国</a></td></tr></table><table><tr><td class="text">甲说：<a href="/c.shtml">很长很长的一个链接里的话</a>。乙走了。</td></tr></table>'
  expect(read(html).paragraphs).toEqual(['甲说：很长很长的一个链接里的话。乙走了。'])
})

const SHOWN: Array<[string, string]> = [
  ['drupal8', '<div class="article-content-rawhtml">'],
  ['sg-react', '<div class="articleBody">'],
  ['global-astro', '<div data-testid="article-x"></div><article id="article-body">'],
]

test.each(SHOWN)(
  'a time that no known element holds is read from what stands above the body (%s)',
  (generation, body) => {
    const html = `<h1>标题</h1><div><span>发布/</span><span>2026年8月29日 09:07</span></div>${body}<p>甲于2025年1月1日 10:00说。</p>`
    expect(read(html)).toMatchObject({ generation, published: STORY.published })
    expect(read(html.replace(' 09:07', '')).published).toBeNull()
  },
)

test.each(SHOWN)('a time within or below the body is not the story’s (%s)', (_, body) => {
  const time = '<time datetime="2020-01-01T00:00:00Z">08:00</time>'
  const html = `<h1>标题</h1>${body}<p>${time}甲</p></div></article><aside>${time}</aside>`
  expect(read(html).published).toBeNull()
  expect(
    read(html.replace('</h1>', '</h1><time datetime="2026-08-29T09:07:00+08:00">2026年8月29日 09:07</time>')).published,
  ).toBe(STORY.published)
})

test('times are taken in the order of trust: ld+json, settings, what is shown', () => {
  const page = (parts: string): string =>
    `<h1>标题</h1><h4 class="date-published">发布 / 2026年8月29日 08:03 AM</h4>${parts}<div class="article-content-rawhtml"><p>甲</p></div>`
  const settings =
    '<script type="application/json" data-drupal-selector="drupal-settings-json">{"articleDetails":{"created":"1787961720"}}</script>'
  const linked =
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-08-29T08:01:00+08:00"}</script>'
  expect(read(page(settings + linked)).published).toBe('2026-08-29T00:01:00.000Z')
  expect(read(page(settings)).published).toBe('2026-08-29T00:02:00.000Z')
  expect(read(page('')).published).toBe('2026-08-29T00:03:00.000Z')
})

const LITERALS: Array<[string, string]> = [
  ['double quotes', `JSON.parse("{\\"a\\":\\"\\u4e2d\\"}")`],
  ['single quotes and escapes of JavaScript', `JSON.parse('{"a":"\\x27\\u{4e2d}\\u0027"}')`],
  ['an object', '{"a":"}\\"中"}'],
  ['no space, another call after it', `JSON.parse("{\\"a\\":\\"中\\"}");f("x");g("y");`],
]

test.each(LITERALS)('hydration data as %s', (_, literal) => {
  const name = '__staticRouterHydrationData'
  expect(assignedObject(`<script>window.${name}=${literal}</script>`, name)).toMatchObject({
    a: expect.stringContaining('中'),
  })
})

test('a page whose data are no data is read from what it shows', () => {
  const html = '<h1>标题</h1><article><div class="articleBody"><p>甲</p></div></article>'
  expect(
    read(`${html}<script>window.__staticRouterHydrationData = JSON.parse("{broken");</script>`).paragraphs,
  ).toEqual(['甲'])
})

const HOSTILE: Array<[string, (part: number) => string]> = [
  ['brackets', (part) => '<'.repeat(4_000_000 * part)],
  ['an attribute of megabytes', (part) => `<p title="${'x'.repeat(5_000_000 * part)}">甲`],
  ['white space', (part) => `<p>甲${' '.repeat(3_000_000 * part)}乙`],
  ['pictures', (part) => '<div><img src="/a.jpg" alt="x"></div>'.repeat(5000 * part)],
  ['numbered children', (part) => '<p data-s="XYBGE======">字</p>'.repeat(5000 * part)],
  ['inputs', (part) => '<input '.repeat(300_000 * part)],
  ['broken data', (part) => 'window.__staticRouterHydrationData = JSON.parse("'.repeat(50_000 * part)],
]

test.each(HOSTILE)('a page of %s takes time in proportion', async (_, make) => {
  await expectInProportion(make, (html) => {
    readPage({ html: `<h1>标题</h1><div class="articleBody"><p>甲</p>${html}</div>`, url: URL_ASKED })
    readPage({ html, url: URL_ASKED })
  })
})
