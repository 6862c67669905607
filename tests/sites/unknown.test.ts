import { expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'
import {
  APP_LAYOUTS,
  inventedPage,
  inventedStory,
  LAYOUTS,
  NEWS_LAYOUTS,
  NOT_THE_STORY,
  seeded,
} from '../support/layouts.ts'
import { HEADLINE, PARAGRAPHS } from '../support/invented.ts'
import { paragraphsOf, sitePage } from '../support/press.ts'
import { fault } from '../support/reading.ts'

const PAGES_A_LAYOUT = 8
const PAGES_OF_APPS = 4

test.each([
  ['whose layout nobody knows', LAYOUTS, 'zh', PAGES_A_LAYOUT],
  ['with what pages of news have among their paragraphs', NEWS_LAYOUTS, 'zh', PAGES_A_LAYOUT],
  ['in English, with what pages of news have among their paragraphs', NEWS_LAYOUTS, 'en', PAGES_A_LAYOUT],
  ['as applications and lists have them', APP_LAYOUTS, 'zh', PAGES_OF_APPS],
  ['in English, as applications and lists have them', APP_LAYOUTS, 'en', PAGES_OF_APPS],
] as const)(
  'of a hundred pages %s, ninety-nine are read whole, with nothing of what stands around',
  (_, kinds, language, pages) => {
    const random = seeded(20_260_312)
    const wrong = kinds.flatMap((kind) =>
      Array.from({ length: pages }, () => {
        const story = inventedStory(random, language)
        return fault(inventedPage(kind, story, random).html, story)
      }).flatMap((found) => (found === null ? [] : [`${kind}: ${found}`])),
    )
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(0.01 * kinds.length * pages)
  },
)

test("another site's page is read without a layout, though its classes have the names of one", () => {
  const { headline, paragraphs } = inventedStory(seeded(3), 'en')
  const html = `<!DOCTYPE html><html><head><title>${headline}</title><meta property="og:type" content="article"></head><body><h1>${headline}</h1><div class="article-body"><div class="sticky"><a href="https://x.example/share">${NOT_THE_STORY} on one</a><a href="https://y.example/share">${NOT_THE_STORY} on two</a></div>${paragraphs.map((each) => `<p>${each}</p>`).join('')}</div></body></html>`
  for (const [head, generation] of [
    ['', 'generic'],
    ['<link rel="prev" href="https://www.zaobao.com/realtime/china/story20260312-1">', 'global-bootstrap'],
  ]) {
    const url = 'https://news.example/2026/03/ferry'
    const page = readPage({ html: html.replace('</head>', `${head}</head>`), url })
    expect(page).toMatchObject({ kind: 'story', generation })
    if (generation === 'generic') expect(fault(html, { headline, paragraphs, url })).toBeNull()
  }
})

test("another site's page that has paths like the paper's, and does not name the paper, is cleaned by none of its rules", () => {
  const { headline, paragraphs } = inventedStory(seeded(3), 'en')
  const [first, ...others] = paragraphs.map((each) => `<p>${each}</p>`)
  const html = `<!DOCTYPE html><html><head><title>${headline}</title><meta property="og:type" content="article"><link rel="prev" href="/realtime/china/story20260312-1"></head><body><h1>${headline}</h1><div class="article-body"><div class="tint">${first}</div>${others.join('')}</div></body></html>`
  expect(fault(html, { headline, paragraphs, url: 'https://news.example/2026/03/ferry' })).toBeNull()
})

test.each([
  [
    'in a line of its own',
    '<div class="info">来源：河镇日报　2026年3月11日 07:30　责编：甲</div>',
    '2026-03-10T23:30:00.000Z',
  ],
  ['behind its label', '<p>更新：2026-03-12 09:00 发布：2026-03-11 07:30</p>', '2026-03-10T23:30:00.000Z'],
  [
    'behind its label, in traditional letters',
    '<p>更新時間：2026-03-12 09:00 發佈：2026-03-11 07:30</p>',
    '2026-03-10T23:30:00.000Z',
  ],
  ['that of an update alone', '<p>更新：2026-03-12 09:00</p>', null],
  ['that of another story above the headline', '', null],
])('a page without data has the time that stands above its text: %s', (_, shown, published) => {
  const { headline, paragraphs } = inventedStory(seeded(5), 'zh')
  const html = `<!DOCTYPE html><html><head><title>${headline}</title></head><body><div class="top">2026-03-09 06:00 <a href="/x">别的事</a></div><h1>${headline}</h1>${shown}<div class="text">${paragraphs.map((each) => `<p>${each}</p>`).join('')}<p>2026-03-08 05:00</p></div></body></html>`
  const page = readPage({ html, url: 'https://town.example/a/1', listed: headline })
  expect(page.kind === 'story' ? page.extract.published : page).toBe(published)
})

const SENTENCE = '船家说水位已经退到往年的样子，下午那班船照常开出。'

test.each([
  ['a paragraph that is a link', `<p><a href="/x">${SENTENCE}</a></p>`, 2, true],
  ['and bold', `<p><strong><a href="/x">${SENTENCE}</a></strong></p>`, 2, true],
  ['a short sentence at its end', '<p>散了。</p>', 99, true],
  ['a headline that is a link', '<p><a href="/x">镇上另一则新闻的标题写在这里，字数不算少</a></p>', 2, false],
  ['a link at its end', `<p><a href="/x">${SENTENCE}</a></p>`, 99, false],
])('of a story without a layout %s: %s', (_, line, at, isRead) => {
  const { headline, paragraphs } = inventedStory(seeded(5), 'zh')
  const lines = paragraphs.map((each) => `<p>${each}</p>`).toSpliced(at, 0, line)
  const html = `<!DOCTYPE html><html><head><title>${headline}</title></head><body><h1>${headline}</h1><div class="text">${lines.join('')}</div></body></html>`
  const page = readPage({ html, url: 'https://town.example/a/1', listed: headline })
  const text = page.kind === 'story' ? page.extract.body.text : ''
  expect(text.includes(line.replaceAll(/<[^>]*>/g, ''))).toBe(isRead)
})

test.each([
  ['11/03/2026 07:30', 'https://town.example/2026/03/11/ferry', '2026-03-10T23:30:00.000Z'],
  ['3/11/2026 7:30 AM', 'https://town.example/2026/03/11/ferry', '2026-03-10T23:30:00.000Z'],
  ['3/11/2026 7:30 AM', 'https://town.example/20260311-ferry.html', '2026-03-10T23:30:00.000Z'],
  ['11/11/2026 7:30 AM', 'https://town.example/2026-11-11/ferry', '2026-11-10T23:30:00.000Z'],
  ['3/11/2026 7:30 AM', 'https://town.example/2026/04/11/ferry', null],
  ['11/12/2026 7:30 AM', 'https://town.example/2026/11/11/ferry', null],
  ['3/11/2026 7:30 AM', 'https://town.example/a/1', null],
])('%s at %s: the day in the address says which is the month', (shown, url, published) => {
  const { headline, paragraphs } = inventedStory(seeded(5), 'zh')
  const html = `<!DOCTYPE html><html><head><title>${headline}</title></head><body><h1>${headline}</h1><p>${shown}</p><div class="text">${paragraphs.map((each) => `<p>${each}</p>`).join('')}</div></body></html>`
  const page = readPage({ html, url, listed: headline })
  expect(page.kind === 'story' ? page.extract.published : page).toBe(published)
})

test.each([
  ['is kept', '<figure><img src="/a.jpg?w=640"><figcaption>渡口的早晨</figcaption></figure>', 1],
  ['is there once', '<figure><img src="/b.jpg?w=640"></figure>', 1],
  ['is none where it is the author', '<div class="author"><img src="/face.jpg"></div>', 0],
])('the picture between a headline and a text %s', (_, above, many) => {
  const { headline, paragraphs } = inventedStory(seeded(5), 'zh')
  const again = above.includes('/b.jpg') ? '<figure><img src="/b.jpg"></figure>' : ''
  const html = `<!DOCTYPE html><html><head><title>${headline}</title></head><body><article><h1>${headline}</h1>${above}<div class="text">${again}${paragraphs.map((each) => `<p>${each}</p>`).join('')}</div></article></body></html>`
  const page = readPage({ html, url: 'https://town.example/a/1', listed: headline })
  const markdown = page.kind === 'story' ? writeBody(page.extract.body.blocks).markdown : ''
  expect(markdown).toContain(paragraphs[0])
  expect(markdown.split('![')).toHaveLength(many + 1)
})

test.each([
  '<!-- to be pasted behind the opening <body> tag --><meta property="og:locale" content="pl_PL">',
  '<script>document.write("<body>")</script><meta http-equiv="content-language" content="pl">',
])('the language of a page is the one that its head declares, which speaks of a body before: %s', (head) => {
  const text = PARAGRAPHS.map((each) => `<p>${each}</p>`).join('')
  const html = `<!DOCTYPE html><html><head><title>${HEADLINE}</title>${head}</head><body><h1>${HEADLINE}</h1>${text}</body></html>`
  const page = readPage({ html, url: 'https://town.example/a/1', listed: HEADLINE })
  expect(page.kind === 'story' && page.lang).toBe('pl')
})

test('a short page that says nothing of itself is told by the headline of its file where no source shows one', () => {
  const title = '第1号渡口'
  const page = {
    html: sitePage(title, paragraphsOf(1, 3)),
    url: 'http://town.example/2026/1.html',
  }
  expect(readPage(page)).toMatchObject({ kind: 'refused', reason: 'unclaimed' })
  expect(readPage({ ...page, written: title })).toMatchObject({ kind: 'story', extract: { title } })
  expect(readPage({ ...page, written: '粮仓的账目' })).toMatchObject({ kind: 'refused' })
  expect(readPage({ ...page, written: title, listed: '粮仓的账目' })).toMatchObject({ kind: 'refused' })
})

test('a page whose layout has an empty article is not told by the headline of its file', () => {
  const article = `<article><h1>${HEADLINE}</h1><div class="articleBody"></div></article>`
  const html = `<!DOCTYPE html><html><head><title>${HEADLINE}</title></head><body><div id="root">${article}<div>${paragraphsOf(
    1,
    3,
  )
    .map((text) => `<p>${text}</p>`)
    .join('')}</div></div></body></html>`
  const url = 'https://www.zaobao.com.sg/news/china/story20260205-6000002'
  expect(readPage({ html, url, written: HEADLINE })).toMatchObject({ kind: 'refused', reason: 'empty' })
})

test.each([
  ['its head has the beginning alone', '<title>河镇消息三</title>'],
  [
    'its data has another',
    '<title>河镇</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"码头重开 河镇消息"}</script>',
  ],
])('the headline of a page is that which its heading and its source have, where %s', (_, head) => {
  const headline = '河镇消息三：旧码头市集重开'
  const text = paragraphsOf(3)
    .map((each) => `<p>${each}</p>`)
    .join('')
  const html = `<!DOCTYPE html><html><head>${head}</head><body><article><h1>${headline}</h1>${text}</article></body></html>`
  const page = readPage({ html, url: 'https://town.example/a/1', listed: headline })
  expect(page.kind === 'story' ? page.extract.title : page).toBe(headline)
})

test.each([
  ['another heading', '<header><h1>河镇报新闻</h1></header>', 'h2'],
  ['another h1', '<header><h1>河镇报新闻</h1></header>', 'h1'],
  ['a heading behind a link', '<header><a href="/"><h1>河镇报新闻</h1></a></header>', 'h2'],
])('the name of a paper that its feed shows for a headline is none where the head has that of %s', (_, above, tag) => {
  const headline = '河镇消息三：旧码头市集重开'
  const text = paragraphsOf(3)
    .map((each) => `<p>${each}</p>`)
    .join('')
  const html = `<!DOCTYPE html><html><head><title>${headline}</title></head><body>${above}<article><${tag}>${headline}</${tag}>${text}</article></body></html>`
  const page = readPage({ html, url: 'https://town.example/a/1', listed: '河镇报新闻' })
  expect(page.kind === 'story' ? page.extract.title : page).toBe(headline)
})
