import { expect, test } from 'vitest'
import type { Zone } from '../../src/core/time.ts'
import { readTime } from '../../src/sites/page/times.ts'
import { said } from '../../src/words/words.ts'
import { rivertown } from '../second-paper/paper.ts'
import { paper, readers } from '../second-paper/readers.ts'

/*
 * What is shared by papers reads a paper that is not in the program by a description of it: the elements of its layout, its
 * drop list, its names.
 */
const URL_ASKED = `${rivertown.origin}/town/2026/03/11/no7.html`
const OTHER = `${rivertown.origin}/town/2026/03/10/no3.html`
const SENTENCES = [
  '渡口今早重开，船家说水位已经退到往年的样子，下午两点那班船照常开出。',
  '镇上的木匠花了三天修好了码头的栏杆，工钱由渡口合作社出。',
  '合作社的人说，票价到年底都不变，学生凭证件仍然只收半价。',
  '上月的大水冲走了两条小船，其中一条在下游的芦苇里找到了。',
  '老船工陈伯说，他在这条河上撑了四十年船，没有见过这样早的汛期。',
  '镇公所打算明年在北岸加一道石堤，图纸已经送到县里去了。',
]
const paragraphs = (from: number, to: number): string =>
  SENTENCES.slice(from, to)
    .map((text) => `<p>${text}</p>`)
    .join('')

const linked = (data: Record<string, unknown>): string =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', ...data })}</script>`

const pageOf = (head: string, body: string): string =>
  `<!DOCTYPE html><html><head><title>渡口重开 - 河镇日报</title>${head}</head><body><nav><a href="/">首页</a></nav>${body}</body></html>`

const rtPage = (story: string, { head = '', above = '', below = '' } = {}): string =>
  pageOf(
    head,
    `<article class="rt"><h1>渡口重开</h1>${above}<div class="story">${story}</div>${below}</article><p class="rt-foot">河镇日报社</p>`,
  )

function read(html: string, url = URL_ASKED) {
  const reading = readers.readPage({ html, url })
  if (reading.kind !== 'story') return reading
  const { body, source: _, ...extract } = reading.extract
  return { ...reading, extract: { ...extract, html: body.html } }
}

test('a layout that is described has headline, times, bylines, pictures, embeds and keywords', () => {
  const story = [
    `<p>${SENTENCES[0]}</p>`,
    '<figure><img src="/rt-blank.png" data-src="/p/ferry.jpg" alt=""><figcaption>渡口（本报）</figcaption></figure>',
    '<p><img src="/p/rt-blank.png" alt="无图"></p>',
    '<iframe data-src="https://www.youtube.com/embed/abcdefghijk" title="渡船"></iframe>',
    `<div class="rt-ferry-times"><p>船期表：六点、八点。</p></div><div class="article-tags"><p>${SENTENCES[1]}</p></div>`,
  ].join('')
  const found = read(
    rtPage(story, {
      head:
        '<meta property="og:title" content="渡口重开 - 河镇日报">' +
        linked({ url: OTHER, headline: '别的事', datePublished: '2026-03-11T01:00:00-05:00', author: '别 人' }) +
        linked({
          url: URL_ASKED,
          headline: '渡口重开',
          dateModified: '2026-03-12T09:05:00-05:00',
          keywords: '渡口,汛期',
        }),
      above:
        '<div class="rt-photo"><img src="/p/pier.jpg" alt="码头"></div><div class="when">发布：2026-03-11 22:30 更新：2026-03-12 08:00</div><div class="who">河 生</div>',
      below: '<a class="rt-topic" href="/t/1">渡口</a>',
    }),
  )
  expect(found).toMatchObject({
    kind: 'story',
    generation: 'rivertown',
    ending: 'whole',
    doubts: [],
    extract: {
      title: '渡口重开',
      published: '2026-03-12T03:30:00.000Z',
      updated: '2026-03-12T14:05:00.000Z',
      bylines: ['河 生'],
      keywords: ['渡口'],
      access: 'public',
    },
  })
  const html = found.kind === 'story' ? found.extract.html : ''
  const picture = (name: string, caption: string): string =>
    `<figure><img src="${rivertown.origin}/p/${name}" alt="${caption}"><figcaption>${caption}</figcaption></figure>`
  expect(html).toContain(picture('pier.jpg', '码头'))
  expect(html).toContain(picture('ferry.jpg', '渡口（本报）'))
  expect(html).toContain('src="https://www.youtube.com/embed/abcdefghijk"')
  expect(html).not.toMatch(/船期表|rt-blank/)
  // What another paper drops is this one's story.
  expect(html).toContain(SENTENCES[1])
})

test.each<[string, string, string]>([
  ['its box', '<div class="rt-members">加入会员</div>', 'subscriber'],
  ['its box as a template', '<div class="rt-members" hidden>加入会员</div>', 'public'],
  ['the box of another paper', '<div class="paywall-message">加入会员</div>', 'public'],
])('what is cut off is told by %s', (_, below, access) => {
  expect(read(rtPage(paragraphs(0, 2), { below }))).toMatchObject({ kind: 'story', extract: { access } })
})

test('half of a body outside of the story is a doubt', () => {
  const half = read(rtPage(paragraphs(0, 2), { below: `<div class="rt-rest">${paragraphs(2, 6)}</div>` }))
  expect(half).toMatchObject({ kind: 'story', generation: 'rivertown' })
  expect(half.kind === 'story' ? half.doubts.map(({ template }) => template) : []).toEqual([
    'the page has {0} more letters',
  ])
})

test('two witnesses against the layout let the generic reading stand in', () => {
  const articleBody = SENTENCES.join('\n')
  const html = rtPage(paragraphs(0, 1), {
    head: linked({ url: URL_ASKED, headline: '渡口重开', articleBody, datePublished: '2026-03-11T22:30:00-05:00' }),
    below: `<div class="rt-rest">${paragraphs(1, 6)}</div>`,
  })
  const found = read(html)
  expect(found).toMatchObject({ kind: 'story', generation: 'generic', doubts: [] })
  for (const text of SENTENCES) expect(found.kind === 'story' && found.extract.html).toContain(text)
})

const UNKNOWN = pageOf(
  `<meta property="og:type" content="article"><link rel="canonical" href="${URL_ASKED}">`,
  `<main><h1>渡口重开</h1><time datetime="2026-03-11T22:30:00-05:00">三月十一日</time><div class="x1">${paragraphs(0, 3)}<div class="rt-more"><p>还可以看看镇上昨天发生的别的事，比如北岸的石堤和学校的新操场。</p></div>${paragraphs(3, 6)}</div></main>`,
)

test('a page of no layout is read without one, and marked', () => {
  const found = read(UNKNOWN)
  expect(found).toMatchObject({
    kind: 'story',
    generation: 'generic',
    address: URL_ASKED,
    extract: { title: '渡口重开', published: '2026-03-12T03:30:00.000Z' },
  })
  const html = found.kind === 'story' ? found.extract.html : ''
  for (const text of SENTENCES) expect(html).toContain(text)
  expect(html).not.toContain('别的事')
})

test.each<[string, string, string, Record<string, string>]>([
  [
    'its home page',
    pageOf(`<link rel="canonical" href="${rivertown.origin}/index.html">`, '<p>河镇</p>'),
    URL_ASKED,
    { reason: 'home' },
  ],
  [
    'a page of links to its stories',
    pageOf('', [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `<a href="/town/2026/03/11/no${n}.html">${n}</a>`).join('')),
    `${rivertown.origin}/town/`,
    { reason: 'home' },
  ],
  [
    'a page of its imitator',
    UNKNOWN,
    'https://rivertown-daily.example/town/2026/03/11/no7.html',
    {
      reason: 'imitator',
      detail: 'rivertown-daily.example republishes the Rivertown Daily and is not the Rivertown Daily',
    },
  ],
  [
    'an error in its dress',
    rtPage('<p>页面不存在</p>').replaceAll('渡口重开', '404'),
    URL_ASKED,
    { reason: 'not-found' },
  ],
  [
    'a page that says nothing',
    pageOf('', '<p>河</p>'),
    URL_ASKED,
    { reason: 'unclaimed', detail: 'no page layout of the Rivertown Daily that is known has its article here' },
  ],
])('%s is no story', (_, html, url, refused) => {
  const answer = readers.readPage({ html, url })
  expect(answer.kind === 'refused' && { ...answer, detail: said(answer.detail) }).toMatchObject(refused)
})

test('its witnesses are asked, and what its drop list took is told', () => {
  const html = rtPage(paragraphs(0, 2), {
    head: linked({ url: URL_ASKED, headline: '渡口重开', datePublished: '2026-03-11T22:30:00-05:00', wordCount: 90 }),
    above: '<div class="when">2026-03-11 22:30</div>',
  })
  const told = readers.witnessesIn({ html, url: URL_ASKED }, { text: SENTENCES[0]!, day: '2026-03-11', listed: null })
  expect(told).toMatchObject({
    headlines: { 'ld+json': '渡口重开', title: '渡口重开', h1: '渡口重开' },
    times: { 'ld+json': '2026-03-12T03:30:00.000Z', shown: '2026-03-12T03:30:00.000Z' },
    wordCount: 90,
    access: { 'ld+json': 'public' },
    isShuffled: false,
  })
  expect([...readers.droppedFrom('<p>甲</p><div class="rt-more">乙丙</div><svg></svg>')]).toEqual([
    ['.rt-more', 2],
    ['svg', 0],
  ])
  expect(readers.linksTo(`<ul><li><a href="/town/2026/03/11/no7.html">渡口</a></li></ul>`).links).toBe(1)
})

test('times of its lists are of its clock', () => {
  const now = Date.parse('2026-03-12T12:00:00-05:00')
  const item = (path: string, when: string): string =>
    `<li class="rt-item"><a href="${path}">渡口</a><span class="rt-when">${when}</span></li>`
  const body = `<html><body><ul class="rt-list">${item('/town/2026/03/11/no7.html', '22:30')}${item('/town/2026/03/12/no8.html', '2小时前')}<li class="rt-item"><a href="/about">关于</a></li></ul></body></html>`
  const url = `${rivertown.origin}/town/`
  expect(readers.readList({ body, url }, now)?.items).toEqual([
    { title: '渡口', url: URL_ASKED, published: '2026-03-12T03:30:00.000Z', html: null },
    {
      title: '渡口',
      url: `${rivertown.origin}/town/2026/03/12/no8.html`,
      published: '2026-03-12T15:00:00.000Z',
      html: null,
    },
  ])
  expect(readers.kindOfList({ body, url }, now)).toBe('rivertown')
})

test('a clock of a zone with summer time is read by the day that it shows', () => {
  const zone: Zone = {
    name: 'Rivertown',
    offsetMs: (ms) => (new Date(ms).getUTCMonth() === 6 ? 2 : 1) * 3_600_000,
  }
  const there = { ...paper, publisher: { ...rivertown, zone } }
  expect(readTime('2026-07-10 10:00', there)).toBe('2026-07-10T08:00:00.000Z')
  expect(readTime('2026-01-10 10:00', there)).toBe('2026-01-10T09:00:00.000Z')
})
