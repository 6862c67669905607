import { expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { expectInProportion } from '../support/cost.ts'
import { HEADLINE, PARAGRAPHS } from '../support/invented.ts'

/** Who wrote the stories of papers that nobody knows: as their pages say it, and where they do not. */

const URL_ASKED = 'https://mudpost.example/news/ferry'
const CHINESE = {
  headline: '渡口重新开放的消息',
  paragraphs: [
    '渡口今天早上重新开放，乘客络绎不绝，码头上排起了长队，不少人一早就从邻县赶来搭头一班船。',
    '船期与票价都没有改变，早班船六点半从北岸开出，末班船晚上十点从南岸回来，周末加开两班。',
    '码头边的小店也重新开门做生意，老板说等了整整一年，这天卖出去的豆浆比过去一个月还要多。',
  ],
}
const ENGLISH = { headline: HEADLINE, paragraphs: PARAGRAPHS }

interface Shown {
  head?: string
  top?: string
  above?: string
  /** Before the first paragraph's text. */
  begin?: string
  /** Behind the last paragraph's text. */
  end?: string
  below?: string
  of?: typeof CHINESE
  site?: string
}

function pageOf({
  head = '',
  top = '',
  above = '',
  begin = '',
  end = '',
  below = '',
  of = ENGLISH,
  site = 'The Mud Post',
}: Shown): string {
  const { headline, paragraphs } = of
  const text = `<p>${begin}${paragraphs.join('</p><p>')}${end}</p>`
  return `<!DOCTYPE html><html><head><title>${headline} - ${site}</title><meta property="og:site_name" content="${site}"><meta property="og:title" content="${headline}"><link rel="canonical" href="${URL_ASKED}">${head}</head><body><main>${top}<h1>${headline}</h1>${above}<div>${text}</div>${below}</main></body></html>`
}

function bylines(shown: Shown): string[] {
  const read = readPage({ html: pageOf(shown), url: URL_ASKED })
  if (read.kind !== 'story') throw new Error(read.reason)
  return read.extract.bylines
}

const linked = (author: unknown, headline = HEADLINE): string =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline, author })}</script>`
const person = (name: string) => ({ '@type': 'Person', name })
const meta = (name: string, content: string): string => `<meta name="${name}" content="${content}">`
const byline = (text: string): string => `<div class="byline">${text}</div>`

const ANNA = 'Anna Kestrel'

test.each<[string, Shown, string[]]>([
  [
    'an element that has its label too, before that of a role',
    {
      above: `<span class="byline"><span class="byline-name">By ${ANNA}</span> <span class="byline-title">Health and science reporter, Mud News</span></span>`,
    },
    [ANNA],
  ],
  [
    'ld+json, initials in brackets',
    { head: linked(person('Anna (A.J.) Kestrel')), below: '<p><i>Anna (A.J.) Kestrel</i></p>' },
    ['Anna (A.J.) Kestrel'],
  ],
  [
    '<meta> and an element among others',
    {
      head: meta('author', '王小明'),
      above: '<p><i>原创</i><span>王小明</span><span>泥河日报</span></p>',
      of: CHINESE,
    },
    ['王小明'],
  ],
  ['ld+json and the page', { head: linked(person(ANNA)), above: `<p>${ANNA}</p>` }, [ANNA]],
  [
    'two in one text of ld+json',
    { head: linked(`${ANNA} and Tom Reed`), above: `<p>${ANNA} and Tom Reed</p>` },
    [ANNA, 'Tom Reed'],
  ],
  [
    'a node of the graph',
    {
      head: `<script type="application/ld+json">${JSON.stringify({
        '@graph': [
          { '@type': 'Article', headline: HEADLINE, author: { '@id': '#/person/1' } },
          { '@id': '#/person/1', ...person(ANNA) },
        ],
      })}</script>`,
      above: `<p>${ANNA}</p>`,
    },
    [ANNA],
  ],
  ['<meta> and the page', { head: meta('author', ANNA), above: `<p>10 November 2021 · 4 min · ${ANNA}</p>` }, [ANNA]],
  [
    'several <meta>',
    { head: meta('citation_author', ANNA) + meta('citation_author', 'Tom Reed'), above: `<p>${ANNA}, Tom Reed</p>` },
    [ANNA, 'Tom Reed'],
  ],
  ['a line', { above: byline(`By ${ANNA}, Tom Reed and Ida Marsh`) }, [ANNA, 'Tom Reed', 'Ida Marsh']],
  ['a line with a role', { above: byline(`By ${ANNA}, Political Editor in Berlin | Updated 3 May`) }, [ANNA]],
  ['a line with a place', { above: byline(`By ${ANNA}, New York`) }, [ANNA]],
  ['a line in capitals', { above: byline('BY ANNA KESTREL') }, ['ANNA KESTREL']],
  ['a label in a line of its own', { above: byline(`<div>By</div><div><a href="/a">${ANNA}</a></div>`) }, [ANNA]],
  ['German', { above: byline('Von Anna Sperber und Jonas Bach') }, ['Anna Sperber', 'Jonas Bach']],
  ['French', { above: byline('Par Luc Ruisseau avec AFP') }, ['Luc Ruisseau']],
  ['Spanish', { above: byline('Por Ana del Río') }, ['Ana del Río']],
  ['the program’s link to an author', { above: `<a rel="author" href="/people/anna">${ANNA}</a>` }, [ANNA]],
  ['microdata', { above: `<p itemprop="author"><span itemprop="name">${ANNA}</span></p>` }, [ANNA]],
  ['a line below the text', { below: `<div class="post-author">Posted by <span>${ANNA}</span></div>` }, [ANNA]],
  ['a label in Chinese', { above: '<p>来源：泥河网 作者：王小明、李大华</p>', of: CHINESE }, ['王小明', '李大华']],
  ['a label with a bar', { above: '<p>作者 | 王小明</p>', of: CHINESE }, ['王小明']],
  ['rarer names', { above: '<p>作者：高小明、欧阳明</p>', of: CHINESE }, ['高小明', '欧阳明']],
  ...['（任小明）', '（欧阳小明）', '【高小明】'].map((end): [string, Shown, string[]] => [
    `a rarer name at the end of a text: ${end}`,
    { end, of: CHINESE },
    [end.slice(1, -1)],
  ]),
  ['a name that ends as places do', { above: '<p>作者：王建港</p>', of: CHINESE }, ['王建港']],
  ['text and pictures', { above: '<p>文/王小明 图/李大华</p>', of: CHINESE }, ['王小明']],
  ['a reporter', { above: '<p>本报记者 王小明 北京报道</p>', of: CHINESE }, ['王小明']],
  ['the beginning of a text', { begin: '［記者王小明／台北報導］', of: CHINESE }, ['王小明']],
  ...[
    '【文/泥河网 王小明】',
    '〔記者王小明／泥河報導〕',
    '【泥河2021年11月10日讯】（泥河记者王小明综合报导）',
    '（泥河社記者王小明南岸15日電）',
    '本文来自公众号“泥河”（ID：mud），作者：王小明，编辑：李大华，泥河网经授权发布。</p><p>',
  ].map((begin): [string, Shown, string[]] => [
    `the beginning of a text: ${begin}`,
    { begin, of: CHINESE },
    ['王小明'],
  ]),
  ['a short name before a place', { begin: '（泥河社記者王明南岸15日電）', of: CHINESE }, ['王明']],
  ...[
    '<p>2021-11-10 15:37<span>来源：泥河网</span><span>作者：王小明</span></p>',
    '<p><span>发布时间：2021-11-10</span><span>作者：王小明</span><span>浏览次数：12</span></p>',
    '<div id="byline"><p>[王小明，Mud News]</p></div>',
    '<p>文｜泥河 王小明</p>',
    '<p>采写：泥河日报记者 王小明</p>',
    '<p>生活中心／王小明報導</p>',
    '<p>記者王小明南岸報導</p>',
    '<p>独家报道：王小明<br>摄影：李大华</p>',
    '<p>泥河网记者 | 王小明</p><p>泥河网编辑 | 李大华</p>',
    '<p>本报记者 王小明《泥河日报》（2021年11月10日 第4版）</p>',
    '<div><a href="/reporter/12">王小明</a></div>',
    '<span class="author">王小明</span>',
  ].map((above): [string, Shown, string[]] => [`a line in Chinese: ${above}`, { above, of: CHINESE }, ['王小明']]),
  ...['（王小明）', '（记者 王小明）', '（本报记者王小明）', '(文/图 王小明)', '（作者：王小明）', '【王小明】'].map(
    (end): [string, Shown, string[]] => [`the end of a text: ${end}`, { end, of: CHINESE }, ['王小明']],
  ),
  ['two at the end of a text', { end: '（王小明 李大华）', of: CHINESE }, ['王小明', '李大华']],
  [
    'a reporter, below a photographer',
    { above: '<p>渡口重新开放。（記者李大华攝）</p>', begin: '〔記者王小明／泥河報導〕', of: CHINESE },
    ['王小明'],
  ],
  ['a label in Arabic', { above: '<p>كتب: سالم الحداد</p>' }, ['سالم الحداد']],
  ['a reporter in Korean', { above: '<p>김민수 기자 minsu@naru.example</p>', of: CHINESE }, ['김민수']],
  ...['Tuesday, Aug. 17, 2010', 'March 18 at 3:57 PM', 'MARCH 2015', 'Friday', 'posted Aug 18th', 'Updated today'].map(
    (day): [string, Shown, string[]] => [`a day behind: ${day}`, { above: byline(`By ${ANNA} ${day}`) }, [ANNA]],
  ),
  ['a day in French', { above: byline('Par Luc Ruisseau lundi 5 mai') }, ['Luc Ruisseau']],
  ['a name that is a month', { above: byline('By April May') }, ['April May']],
  ['a rubric behind a link', { above: byline(`By <a href="/a">${ANNA}</a> <a href="/p">Politics</a>`) }, [ANNA]],
  [
    'links with a comma behind',
    { above: byline(`<a rel="author" href="/a">${ANNA}</a>, <a rel="author" href="/t">Tom Reed</a>, MUD TODAY`) },
    [ANNA, 'Tom Reed'],
  ],
  ['an author’s line with a comma', { above: `<p itemprop="author"><a href="/a">${ANNA}</a>, MUD SHORE</p>` }, [ANNA]],
  [
    'several authors behind a label',
    { above: byline(`By <b itemprop="author">${ANNA}</b>, <b itemprop="author">Tom Reed</b>`) },
    [ANNA, 'Tom Reed'],
  ],
  [
    'initials in a name',
    { above: '<p><a rel="author" href="/a">Anna (A.J.) Kestrel</a></p>' },
    ['Anna (A.J.) Kestrel'],
  ],
  ['a day that touches it', { above: byline(`By <span>${ANNA}</span><time>March 18</time>`) }, [ANNA]],
  [
    'a link to an author in another element',
    { above: `<p>3 min <span>by <a rel="author" href="/a">${ANNA}</a> <i>posted</i></span></p>` },
    [ANNA],
  ],
  [
    'links to several authors',
    { above: `<p><a rel="author" href="/a">${ANNA}</a> / <a rel="author" href="/t">Tom Reed</a> Mud Shore</p>` },
    [ANNA, 'Tom Reed'],
  ],
  ['a heading', { above: `<h2>By <a rel="author" href="/a">${ANNA}</a></h2>` }, [ANNA]],
  ['below a caption', { begin: 'Boats wait at the pier.</p>' + byline(`By <a href="/a">${ANNA}</a>`) + '<p>' }, [ANNA]],
  [
    'microdata below a standfirst',
    {
      begin: `Boats wait at the pier, and people with them.</p><div itemprop="author"><span itemprop="name">${ANNA}</span></div><p>`,
    },
    [ANNA],
  ],
  [
    '<meta> and an element of authors before the headline',
    {
      head: meta('author', ANNA),
      top: `<p><a href="/all">All boats of the river</a></p><div class="post-author">${ANNA}</div>`,
    },
    [ANNA],
  ],
  ['a title that names the author too', { site: `${ANNA} - mudpost.example`, above: byline(`By ${ANNA}`) }, [ANNA]],
  ['an account in ld+json', { head: linked(person('Ulla Uploader')), above: byline(`By ${ANNA}`) }, [ANNA]],
])('names are read: %s', (_, shown, expected) => {
  expect(bylines(shown)).toEqual(expected)
})

test.each<[string, Shown]>([
  [
    'that a label begins, twice',
    { head: meta('author', `By ${ANNA}`), above: `<div class="author-name">By By ${ANNA}</div>` },
  ],
  ['of a film, hidden until it is shown', { above: `<div class="byline" style="display:none;">By ${ANNA}</div>` }],
  [
    'an organization',
    { head: linked({ '@type': 'Organization', name: 'River Holdings' }), above: byline('River Holdings') },
  ],
  ['an account', { head: linked(person('admin')), above: byline('admin') }],
  ['whom the page does not show', { head: linked(person('Ulla Uploader')) }],
  ['the maker of a theme', { head: meta('author', 'Jan Themeforge'), below: '<p>Theme by Jan Themeforge</p>' }],
  ['the paper', { head: meta('author', 'The Mud Post'), above: byline('By The Mud Post') }],
  ['another paper', { head: linked(person('La Riva')), above: byline('di La Riva') }],
  ['an agency', { head: linked(person('Associated Press')), above: byline('By Associated Press') }],
  ['a desk', { above: byline('By <a rel="author" href="/author/desk">Web Desk</a>') }],
  [
    'topics',
    { above: '<div class="author"><a href="/topic/1">Climate Change</a> <a href="/topic/2">Wooden Boats</a></div>' },
  ],
  ['who looked at it', { above: byline('Reviewed by <a href="/author/tom/">Tom Reed</a>') }],
  [
    'a picture’s',
    { above: '<figure><img src="/a.jpg" alt=""><figcaption class="byline">By Tom Reed</figcaption></figure>' },
  ],
  ['a story beside', { above: `<aside>${byline('By Tom Reed')}</aside>` }],
  [
    'a story below',
    { below: `<h2>Bridge closes</h2>${byline('By <a rel="author" href="/author/tom/">Tom Reed</a>')}` },
  ],
  ['what a reader says', { below: '<div class="comments"><p itemprop="author">Tom Reed</p></div>' }],
  ['a line that begins so', { above: '<p>By Popular Demand</p>' }],
  ['a sentence', { above: byline('Por San Juan, todos a la orilla') }],
  [
    'who wrote something else',
    { above: '<div itemscope itemtype="https://schema.org/Book"><b itemprop="author">Tom Reed</b></div>' },
  ],
  [
    'a heading below a link',
    { above: '<a href="/b">Bridge closes</a><h4><a rel="author" href="/t">Tom Reed</a></h4>' },
  ],
  [
    'a line below a link to a story',
    { above: `<a href="/b">The bridge closes for a year</a>${byline('By Tom Reed')}` },
  ],
  [
    'a line above a link in the text',
    { begin: `Boats wait.</p>${byline('By Tom Reed')}<p><a href="/b">Bridge closes</a></p><p>` },
  ],
  ['a quotation’s', { above: '<div class="pull-quote"><a rel="author" href="/t">Tom Reed</a></div>' }],
  ['a photographer in Chinese', { above: '<p>记者 王小明 摄</p>', of: CHINESE }],
  ['a photographer in Korean', { above: '<p>사진=김민수 기자</p>', of: CHINESE }],
  ['a photographer in brackets', { above: '<p>渡口重新开放。（記者李大华攝）</p>', of: CHINESE }],
  ...['（完）', '（编辑：王小明）', '（王小明摄）', '（夏天）', '（許小明 攝）', '（泥河社）'].map(
    (end): [string, Shown] => [`what ends a text: ${end}`, { end, of: CHINESE }],
  ),
  ...['于今日', '毛毛雨', '冷空气', '商业街', '石家庄', '王府井', '黄金周', '温哥华', '周末版'].map(
    (word): [string, Shown] => [`a word that ends a text: ${word}`, { end: `（${word}）`, of: CHINESE }],
  ),
  ...['石桥镇', '高雄市', '张家界', '荣誉榜', '周刊君'].map((word): [string, Shown] => [
    `a place or a desk in the element of authors: ${word}`,
    { above: `<div class="author">${word}</div>`, of: CHINESE },
  ]),
  ...['地方中心／苗栗報導', '國際中心／溫哥華報導', '國際組／馬尼拉報導'].map((line): [string, Shown] => [
    `a desk’s place: ${line}`,
    { above: `<p>${line}</p>`, of: CHINESE },
  ]),
  ...[
    '《渡口》，作者：王小明，是去年最好的小说，读者也喜欢。</p><p>',
    '这本书（作者：王小明）去年出版，读者也喜欢。</p><p>',
    '墙上的画，作者：王小明，标价三千元，引来许多人围观。</p><p>',
  ].map((begin): [string, Shown] => [`who wrote what a story is about: ${begin}`, { begin, of: CHINESE }]),
  ...['《渡口》（作者：王小明）', '书名：《渡口》 作者：王小明 出版社：泥河出版社'].map((line): [string, Shown] => [
    `who wrote a book: ${line}`,
    { above: `<p>${line}</p>`, of: CHINESE },
  ]),
  ['whose a picture is', { above: '<p>記者 王小明 圖</p>', of: CHINESE }],
  ['whom a picture shows', { above: '<p class="person-photo">王小明（右）在渡口</p>', of: CHINESE }],
  ['words that begin as names do', { above: '<p>作者：高新区、金融</p>', of: CHINESE }],
  ['an organization before words', { above: '<p>文/泥河网 王小明昨天说</p>', of: CHINESE }],
  ['who edited a note', { begin: '来源：泥河网，编辑：王小明，泥河网发布。</p><p>', of: CHINESE }],
  ['an editor in Chinese', { above: '<p>责任编辑：王小明</p>', of: CHINESE }],
  ['no person in Chinese', { above: '<p>作者：综合报道</p><p>文／小編</p><p>记者调查</p>', of: CHINESE }],
  ['a sentence in Chinese', { begin: '记者从渡口管理处获悉，', of: CHINESE }],
  ['a day', { above: byline('By Mud Tuesday, 5 May') }],
  ['words that touch', { above: byline('By Anna Kestrel<i>Politics</i>') }],
  [
    'a heading of a story beside',
    { above: '<h3><a href="/b">Bridge closes</a> <a rel="author" href="/t">Tom Reed</a></h3>' },
  ],
  [
    'a link to a story in the text',
    { begin: 'Boats wait at the pier.</p><div><a href="/b">Bridge closes</a></div>' + byline('By Tom Reed') + '<p>' },
  ],
  [
    'an element of authors behind the text',
    { head: meta('author', 'Jan Themeforge'), below: '<div class="author"><b>Jan Themeforge</b></div>' },
  ],
  ['the paper behind a headline', { site: 'Ferry News | Lena River', above: byline('By Lena River') }],
  ['a desk in Korean', { above: '<p>온라인뉴스팀 기자</p>', of: CHINESE }],
])('no name is made of %s', (_, shown) => {
  expect(bylines(shown)).toEqual([])
})

const COUNT = 10_000

test.each<[string, (part: number) => Shown]>([
  ['links to authors', (part) => ({ above: '<a rel="author" href="/author/a">By </a>'.repeat(COUNT * part) })],
  ['boxes of authors', (part) => ({ above: '<div class="author">By <br>x</div>'.repeat(COUNT * part) })],
  ['names in ld+json', (part) => ({ head: linked(Array.from({ length: COUNT * part }, () => person(ANNA))) })],
  [
    'letters of a name',
    (part) => ({ head: linked('A'.repeat(100 * COUNT * part)), above: `<p>By ${'A'.repeat(100 * COUNT * part)}</p>` }),
  ],
  [
    'nodes to which ld+json leads',
    (part) => ({ head: linked(Array.from({ length: COUNT * part }, (_, at) => ({ '@id': `#${at}` }))) }),
  ],
  ['<meta>', (part) => ({ head: meta('citation_author', ANNA).repeat(COUNT * part) })],
  ['attributes', (part) => ({ above: `<p${' class=author rel='.repeat(COUNT * part)}>` })],
  [
    'elements of authors before the headline',
    (part) => ({
      head: meta('author', ANNA),
      top: '<p class="author"><b class="author">By x</b></p>'.repeat(COUNT * part),
    }),
  ],
  [
    'links to authors below the first line',
    (part) => ({ begin: `Boats.</p>${'<a rel="author" href="/a">By </a>'.repeat(COUNT * part)}<p>` }),
  ],
  ['labels below', (part) => ({ below: '<p class="byline">By <b>'.repeat(COUNT * part) })],
])('a page of many %s is read in time in proportion', async (_, make) => {
  await expectInProportion(
    (part) => pageOf(make(part)),
    (html) => readPage({ html, url: URL_ASKED }),
  )
})
