import { expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readList, readPage } from '../../src/sites/index.ts'
import { said } from '../../src/words/words.ts'

/* Odd pages of the other papers: programmes, videos, galleries, live blogs, lists, data of another story. All are invented. */

const TEXT = [
  '渡口星期五清晨重新开放，停航三个月的小轮船载着第一批乘客驶往对岸。',
  '船家林伯说，河道清淤之后水深多了半米，大船也能靠岸，他预计下周前每天加开两班。',
  '镇政府在一份简短的文告里说，票价暂时不变，学生凭证半价，对岸的集市也恢复了夜市。',
  '一名摊主说，我们等这一天等了三个月，合作社的账本显示损失由保险赔付一半。',
]
const RFI = 'https://www.rfi.fr/cn/中国/20260312-渡口重开'
const DW = 'https://www.dw.com/zh/渡口重开/a-54316030'
const OLD = 'https://www.bbc.com/zhongwen/simp/world-53496291'
const NEW = 'https://www.bbc.com/zhongwen/articles/c178qrr29d1o/simp'
const TIME = '2026-03-12T10:00:00.000Z'

const p = (...which: number[]): string => which.map((at) => `<p>${TEXT[at]}</p>`).join('')
const linked = (url: string, more = {}): string =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: '渡口重开', datePublished: TIME, mainEntityOfPage: url, ...more })}</script>`
const page = (body: string, head = ''): string =>
  `<!DOCTYPE html><html><head><title>渡口重开</title><meta property="og:title" content="渡口重开">${head}</head><body>${body}</body></html>`
const next = (pageProps: unknown): string =>
  `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps } })}</script>`
const paragraph = (text: string) => ({ type: 'text', model: { blocks: [{ type: 'paragraph', model: { text } }] } })

interface Read {
  generation: string
  published: string | null
  lines: string[]
}

function read(html: string, url: string): Read | string {
  const found = readPage({ html, url, listed: '渡口重开' })
  if (found.kind === 'refused') return `${found.reason}: ${said(found.detail)}`
  const lines = writeBody(found.extract.body.blocks)
    .markdown.split('\n')
    .filter((line) => line !== '')
  expect(found.doubts).toEqual([])
  return { generation: found.generation, published: found.extract.published, lines }
}

test.each<[string, string, string, Partial<Read>]>([
  [
    'a programme of RFI: a standfirst, a picture, and sound that the data alone name',
    RFI,
    page(
      `<article><h1>渡口重开</h1><p class="t-content__chapo">${TEXT[0]}</p><div class="t-content__main-media"><figure><img src="/media/a.jpg"></figure></div></article>`,
      linked(RFI, { audio: { contentUrl: 'https://aod.example/a.mp3' } }),
    ),
    {
      generation: 'rfi',
      lines: ['![](https://www.rfi.fr/media/a.jpg)', TEXT[0]!, '[音频](https://aod.example/a.mp3)'],
    },
  ],
  [
    'a time that RFI shows, day first, in the winter of Paris',
    RFI,
    page(
      `<article><h1>渡口重开</h1><p>发表时间： 12/03/2026 - 23:35 更改时间： 13/03/2026 - 01:10</p><div class="t-content__body">${p(0, 1, 2)}</div></article>`,
    ),
    { generation: 'rfi', published: '2026-03-12T22:35:00.000Z', lines: TEXT.slice(0, 3) },
  ],
  [
    'a page of RFI with the data of another story',
    RFI,
    page(
      `<article><h1>渡口重开</h1><time datetime="2026-03-12T10:05:00+01:00"></time><div class="t-content__body">${p(0, 1)}</div></article>`,
      linked('https://www.rfi.fr/cn/中国/20260312-别的', { headline: '别的事', datePublished: '2026-03-12T01:00:00Z' }),
    ),
    { published: '2026-03-12T09:05:00.000Z', lines: TEXT.slice(0, 2) },
  ],
  [
    'markup that an aggregator glued together',
    RFI,
    page(
      `<article><h1>渡口重开</h1><div class="t-content__body u-clearfix"><div class="m-interstitial"><divclass="m-block-ad "data-tms-ad-type="box"><div class="m-block-ad__label">广告</div></div></div>${p(0, 1)}</div></article>`,
      linked(RFI),
    ),
    { lines: TEXT.slice(0, 2) },
  ],
  [
    'a page of RFI in a layout that nobody knows',
    RFI,
    page(`<article><h1>渡口重开</h1><div class="new">${p(0, 1, 2, 3)}</div></article>`, linked(RFI)),
    { generation: 'generic', lines: TEXT },
  ],
  [
    'a video of DW alone',
    DW.replace('/a-', '/av-'),
    page(
      `<article><header><h1>渡口重开</h1><p class="teaser-text">${TEXT[0]}</p></header><div class="vjs-wrapper"><video title="渡船"><source src="https://hls.example/a.m3u8"></video></div></article>`,
      linked(DW.replace('/a-', '/av-')),
    ),
    { generation: 'dw-rich-text', lines: ['[视频：渡船](https://hls.example/a.m3u8)', TEXT[0]!] },
  ],
  [
    'a live blog of DW: headlines between its texts',
    DW.replace('/a-', '/live-'),
    page(
      `<article><header><h1>渡口重开</h1><p class="teaser-text">${TEXT[0]}</p></header><div class="rich-text">${p(1)}</div><div><h2>第二则</h2><div class="rich-text">${p(2)}</div></div></article>`,
      linked(DW.replace('/a-', '/live-')),
    ),
    { generation: 'dw-rich-text', lines: [TEXT[0]!, TEXT[1]!, '### 第二则', TEXT[2]!] },
  ],
  [
    'a gallery of DW as it was: no layout that is known',
    DW.replace('/a-', '/g-'),
    page(
      `<div id="bodyContent"><h1>渡口重开</h1><p class="intro">${TEXT[0]}</p>${[1, 2, 3].map((n) => `<div class="item"><img src="/image/6975000${n}_303.jpg"><h2>图${n}</h2>${p(n)}</div>`).join('')}</div>`,
    ),
    {
      generation: 'generic',
      lines: [1, 2, 3].reduce(
        (all, n) => [...all, `![](https://www.dw.com/image/6975000${n}_303.jpg)`, `### 图${n}`, TEXT[n]!],
        [TEXT[0]!],
      ),
    },
  ],
  [
    'a live blog of DW as data',
    DW,
    JSON.stringify({
      data: {
        content: {
          title: '渡口重开',
          teaser: TEXT[0],
          contentDate: TIME,
          text: p(1),
          posts: [{ title: '第二则', text: p(2) }],
        },
      },
    }),
    { generation: 'dw-graph', published: TIME, lines: [TEXT[0]!, TEXT[1]!, '***', '### 第二则', TEXT[2]!] },
  ],
  [
    'a player of BBC alone',
    OLD,
    page(
      `<div class="story-body"><h1 class="story-body__h1">渡口重开</h1><div class="date date--v2" data-seconds="1773309600"></div><div class="story-body__inner"><div class="media-with-caption"><img src="https://ichef.bbci.co.uk/images/ic/720x405/p08.jpg"><div data-playable='{"settings":{"externalEmbedUrl":"https://www.bbc.com/x/embed","playlistObject":{"title":"渡船"}}}'></div></div></div></div>`,
    ),
    {
      generation: 'bbc-story-body',
      published: TIME,
      lines: ['![](https://ichef.bbci.co.uk/images/ic/720x405/p08.jpg)', '[渡船](https://www.bbc.com/x/embed)'],
    },
  ],
  [
    'a page of BBC with the data of another story',
    NEW,
    page(
      `<main><h1>渡口重开</h1>${p(0, 1, 2, 3)}</main>${next({ pageData: { content: { model: { blocks: [paragraph('别的故事')] } }, metadata: { id: 'urn:bbc:ares::article:c999999999zo' } } })}`,
      linked(NEW),
    ),
    { generation: 'generic', lines: TEXT },
  ],
  [
    'blocks as the system behind BBC has them',
    OLD,
    page(
      next({
        pageData: {
          content: {
            model: {
              blocks: [
                { type: 'paragraph', text: `<bold>${TEXT[0]}</bold>` },
                { type: 'crosshead', text: '小题' },
                { type: 'list', numbered: true, items: [{ type: 'listItem', text: '甲' }] },
                { type: 'image', href: 'http://c.files.bbci.co.uk/a.jpg', altText: '船', copyrightHolder: 'AFP' },
              ],
            },
          },
          metadata: { id: 'urn:bbc:ares::asset:zhongwen/simp/world-53496291', firstPublished: Date.parse(TIME) },
        },
      }),
    ),
    {
      generation: 'bbc-blocks',
      published: TIME,
      lines: [TEXT[0]!, '### 小题', '1. 甲', '![船 © AFP](http://c.files.bbci.co.uk/a.jpg)', '船 © AFP'],
    },
  ],
])('%s', (_, url, html, expected) => {
  expect(read(html, url)).toMatchObject(expected)
})

test.each([
  [
    'a list of stories, each with a standfirst',
    'https://www.rfi.fr/cn/中国/',
    page(
      Array.from(
        { length: 12 },
        (_, n) =>
          `<article><p class="article__title"><a href="/cn/中国/202603${n + 10}-事${n}">事${n}</a></p><p class="t-content__chapo">${TEXT[n % 4]}</p></article>`,
      ).join(''),
    ),
    /^home: /,
  ],
  ['data of no story', DW, JSON.stringify({ data: { content: null } }), /^no-page: /],
  [
    'data that are cut off',
    DW,
    JSON.stringify({ data: { content: { title: '渡口', text: p(0, 1) } } }).slice(0, 60),
    /^(?:no-page|unclaimed): /,
  ],
  ['an error in the data', NEW, page(`<h1>404</h1>${next({ status: 404 })}`), /^not-found: /],
  [
    'a home page',
    'https://www.bbc.com/zhongwen/simp',
    page(Array.from({ length: 12 }, (_, n) => `<a href="/zhongwen/simp/world-5349629${n}">事${n}</a>`).join('')),
    /^home: /,
  ],
])('%s is no story', (_, url, html, expected) => {
  expect(read(html, url)).toMatch(expected)
})

test('blocks of a kind that is not known say what they say themselves', () => {
  const blocks = [
    paragraph(TEXT[0]!),
    { type: 'text', model: { text: TEXT[1] } },
    { type: 'blockQuote', model: { text: TEXT[2], blocks: [] } },
    { type: 'richText', model: { html: p(3) } },
  ]
  expect(read(page(next({ pageData: { content: { model: { blocks } } } })), NEW)).toMatchObject({ lines: TEXT })
})

test('blocks within blocks are followed so far, and no farther', () => {
  const within = (depth: number, block: unknown): unknown =>
    depth === 0 ? block : { type: 'group', model: { blocks: [within(depth - 1, block)] } }
  const blocks = [within(10, paragraph(TEXT[0]!)), within(300, paragraph('无底')), paragraph(TEXT[1]!)]
  expect(read(page(next({ pageData: { content: { model: { blocks } } } })), NEW)).toMatchObject({
    lines: TEXT.slice(0, 2),
  })
})

const NOW = Date.parse('2026-03-12T20:00:00Z')

test('lists of the other papers', () => {
  const rfi = page(
    `<article class="m-item-list-article"><div class="article__title"><a href="/cn/中国/20260312-渡口重开"><h2>渡口重开</h2></a></div><time datetime="${TIME}">x</time></article><ul class="o-archive-day__list"><li><a href="/cn/国际/20260311-集市">集市恢复</a></li></ul>`,
  )
  const dw = JSON.stringify({
    data: {
      content: {
        contentComposition: {
          informationSpaces: [
            { top: [{ contents: [{ title: '渡口重开', namedUrl: '/zh/渡口/a-54316030', contentDate: TIME }] }] },
          ],
        },
      },
    },
  })
  const bbc = page(
    next({ pageData: { curations: [{ summaries: [{ title: '渡口重开', link: NEW, firstPublished: TIME }] }] } }),
  )
  const listed = (body: string, url: string) =>
    readList({ body, url }, NOW)?.items.map((item) => [item.title, decodeURI(item.url ?? ''), item.published])
  expect(listed(rfi, 'https://www.rfi.fr/cn/中国/')).toEqual([
    ['渡口重开', RFI, TIME],
    ['集市恢复', 'https://www.rfi.fr/cn/国际/20260311-集市', null],
  ])
  expect(listed(dw, 'https://www.dw.com/graph-api/zh/content/navigation/9058')).toEqual([
    ['渡口重开', 'https://www.dw.com/zh/渡口/a-54316030', TIME],
  ])
  expect(listed(bbc, 'https://www.bbc.com/zhongwen/topics/c77jz3md4rwt/simp')).toEqual([['渡口重开', NEW, TIME]])
})
