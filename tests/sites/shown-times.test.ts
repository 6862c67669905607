import { expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { said } from '../../src/words/words.ts'

const URL_ASKED = 'https://www.zaobao.com.sg/realtime/china/story20260312-9000001'
const TEN = '2026-03-12T02:00:00.000Z'
const TEXT = [
  '渡口今天早上重新开放，乘客络绎不绝，码头上排起了长队，不少人一早就从邻县赶来搭头一班船。',
  '船期与票价都没有改变，早班船六点半从北岸开出，末班船晚上十点从南岸回来，周末加开两班。',
  '码头边的小店也重新开门做生意，老板说等了整整一年，这天卖出去的豆浆比过去一个月还要多。',
]
const BODY = TEXT.map((text) => `<p>${text}</p>`).join('')

function article(more: object): string {
  return script({ '@type': 'NewsArticle', headline: '渡口复航', ...more })
}

function script(value: unknown): string {
  return `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`
}

const LAYOUTS: Record<string, (shown: string) => string> = {
  react: (shown) => `<article><h1>渡口复航</h1>${shown}<div class="articleBody">${BODY}</div></article>`,
  drupal8: (shown) => `<h1>渡口复航</h1>${shown}<div class="article-content-rawhtml">${BODY}</div>`,
  astro: (shown) =>
    `<astro-island></astro-island><h1>渡口复航</h1>${shown}<article class="article-body">${BODY}</article>`,
  bootstrap: (shown) =>
    `<h1 class="article-title">渡口复航</h1>${shown}<article class="article-body">${BODY}</article>`,
  drupal7: (shown) =>
    `<div class="body-content"><h1>渡口复航</h1>${shown}<div id="FineDining" class="article-content-container">${BODY}</div></div>`,
  unknown: (shown) => `<main><h1>渡口复航</h1>${shown}<section class="text">${BODY}</section></main>`,
}

function published(layout: string, { head = '', shown = '' }): string | null {
  const own = `<title>渡口复航</title><meta property="og:type" content="article"><link rel="canonical" href="${URL_ASKED}">`
  const html = `<html><head>${own}${head}</head><body>${LAYOUTS[layout]?.(shown)}</body></html>`
  const found = readPage({ html, url: URL_ASKED })
  if (found.kind !== 'story') throw new Error(said(found.detail))
  return found.extract.published
}

const ALL = Object.keys(LAYOUTS)
const OLD = ['bootstrap', 'drupal7']
const WITH_ELEMENTS = ['react', 'astro', 'unknown']
const ISO = '2026-03-12T10:00:00+08:00'
const LATER = '2026-03-12T15:00:00+08:00'

test.each<[string, string[], { head?: string; shown?: string }]>([
  ['<time> with text', ALL, { shown: '<time>2026年3月12日 10:00</time>' }],
  ['<time> with an attribute', WITH_ELEMENTS, { shown: `<time datetime="${ISO}">3月12日</time>` }],
  [
    'a day in the attribute, the clock in the text',
    ALL,
    { shown: '<time datetime="2026-03-12">2026-03-12 10:00</time>' },
  ],
  ['the update first', ALL, { shown: '<time>更新：2026-03-12 15:00</time><time>发布：2026-03-12 10:00</time>' }],
  [
    'labels before the elements',
    WITH_ELEMENTS,
    { shown: `<p>更新 <time datetime="${LATER}">甲</time></p><p>发布 <time datetime="${ISO}">乙</time></p>` },
  ],
  [
    'labels in attributes',
    WITH_ELEMENTS,
    {
      shown: `<time itemprop="dateModified" datetime="${LATER}"></time><time itemprop="datePublished" datetime="${ISO}"></time>`,
    },
  ],
  ['words of no element', [...OLD, 'react'], { shown: '<div>更新：2026-03-12 15:00 | 发布：2026-03-12 10:00</div>' }],
  [
    'a time of another day before it',
    [...OLD, 'react'],
    { shown: '<div>摄于2026年3月11日 09:00</div><div>2026年3月12日 10:00</div>' },
  ],
  ['a publication date for machines', ALL, { head: `<meta name="publishdate" content="${ISO}">` }],
  ['the same by itemprop', ALL, { head: `<meta itemprop="datePublished" content="${ISO}">` }],
  ['ld+json with a list of dates', ALL, { head: article({ datePublished: [ISO] }) }],
  ['ld+json with a typed date', ALL, { head: article({ datePublished: { '@type': 'DateTime', '@value': ISO } }) }],
  [
    'ld+json with a comma too many',
    ALL,
    { head: script(`{"@type":"NewsArticle","headline":"渡口复航","keywords":["a, }",],"datePublished":"${ISO}",}`) },
  ],
])('%s', (_, layouts, page) => {
  expect(layouts.map((layout) => [layout, published(layout, page)])).toEqual(layouts.map((layout) => [layout, TEN]))
})
