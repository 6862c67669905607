import { describe, expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { message, said } from '../../src/words/words.ts'

/** Pages in markup that nobody knows, at the address of a story, that are not that story. */

const URL = 'https://www.zaobao.com.sg/news/china/story20260312-9000123'
const HEADLINE = '青石镇停航三个月的航线重新开放'
const OWN = `<link rel="canonical" href="${URL}"><meta property="og:title" content="${HEADLINE}">`

const STORY = [
  '镇政府星期三宣布，停航三个月的航线重新开放，乘客须提前十分钟到达，但细节还没有公布。',
  '气象台提醒公众，青石镇的雨季会比往年长，有关部门正在跟进，维修费用由镇里承担。这是十年来的第一次。',
  '船家林伯受访时说，小轮船每天加开两班，票价暂时不变，学生凭证半价，居民大多表示欢迎。',
  '一位不愿具名的官员透露，新桥明年三月通车，河道清淤之后水深多了半米，比去年同期多了两成。',
]
const OTHER = STORY.map((text) => `別篇：${text}`)
const WALL = [
  '我们和我们的合作伙伴使用小型文本文件来储存和读取您设备上的信息，以便提供和改进我们的服务。',
  '您可以随时在设置里更改您的选择，也可以撤回您的同意，我们会按照隐私政策处理您的个人资料。',
  '如果您点击接受全部，我们还会用这些资料来衡量广告的效果，并根据您的设置展示个人化内容。',
]
const NOTICE = [
  '为了给读者带来更好的体验，本站将于本周末搬到新的机房，届时部分服务会暂时无法使用。',
  '搬迁期间，您可以通过我们的手机应用阅读新闻，也可以关注我们的社交媒体平台，敬请谅解。',
  '工作预计在星期日早上六点完成，如果您遇到任何问题，请联系我们的客户服务部门，谢谢。',
]

const p = (texts: readonly string[]) => texts.map((text) => `<p>${text}</p>`).join('\n')
const page = (head: string, body: string, title = '联合早报') =>
  `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body><nav><a href="/">首页</a></nav><main>${body}</main><footer><p>版权所有</p></footer></body></html>`
const headed = (index: number) =>
  `<div class="k7"><a href="/a/${index}"><h3>别的新闻之${index}</h3></a><p>其${index}：${OTHER[index % 4]}</p></div>`
const carded = (index: number) =>
  `<div class="k7"><div><a href="/a/${index}">别的新闻之${index}</a></div><p>其${index}：${OTHER[index % 4]}</p></div>`
const many = (make: (index: number) => string) => Array.from({ length: 8 }, (_, index) => make(index)).join('')
const data = (value: unknown) =>
  `<div id="root"></div><script type="application/json">${JSON.stringify(value).replaceAll('</', '<\\/')}</script>`

test.each([
  ['a wall for consent', page('', `<div><h1>在您继续之前</h1>${p(WALL)}</div>`)],
  ["a wall for consent with the story's head", page(OWN, `<div id="onetrust-consent-sdk">${p(WALL)}</div>`, HEADLINE)],
  ['a notice of more than a line', page('', `<div><h1>搬迁公告</h1>${p(NOTICE)}</div>`)],
  ['another story', page(OWN.replace('9000123', '9000999'), `<h1>${HEADLINE}</h1><div>${p(STORY)}</div>`)],
  ['a page about the paper', page('<link rel="canonical" href="/about">', `<h1>关于我们</h1><div>${p(STORY)}</div>`)],
  ['an unknown error page with stories to read', page('', `<h1>迷路了</h1><p>这一页飞走了。</p>${many(headed)}`)],
  ["a list of cards with headings, at the story's address", page(OWN, many(headed))],
  ["a list of cards without headings, at the story's address", page(OWN, many(carded))],
])('%s is not archived as the story', (_, html) => {
  expect(readPage({ html, url: URL })).toMatchObject({ kind: 'refused' })
})

test('a page that says nothing of itself is the story where its headline is the one that the source showed', () => {
  const html = page('', `<h1>${HEADLINE}</h1><div>${p(STORY)}</div>`, `${HEADLINE} | 联合早报`)
  expect(readPage({ html, url: URL })).toMatchObject({ kind: 'refused' })
  expect(readPage({ html, url: URL, listed: HEADLINE })).toMatchObject({ kind: 'story', generation: 'generic' })
  expect(readPage({ html, url: URL, listed: '别的新闻的标题' })).toMatchObject({ kind: 'refused' })
})

describe("another story's text in the page", () => {
  const own = { title: HEADLINE, body: p(STORY) }
  const other = { title: '完全不同的另一则新闻标题', body: p([...OTHER, ...OTHER]) }
  test.each([
    [
      'below a heading that leads there, longer than the own',
      `<div>${p(STORY)}</div><section><h2><a href="/b">别的故事大得多</a></h2>${p([...OTHER, ...OTHER])}</section>`,
    ],
    [
      'in a dialog that is longer than the story',
      `<h1>${HEADLINE}</h1><div>${p(STORY)}</div><div role="dialog"><h2>您的隐私</h2>${p([...WALL, ...WALL, ...WALL])}</div>`,
    ],
    ['in a dialog above it', `<dialog>${p([...OTHER, ...OTHER])}</dialog><h1>${HEADLINE}</h1><div>${p(STORY)}</div>`],
    ['in the data, with an address', data({ latest: [{ ...other, url: '/b' }], story: own })],
    ['in the data, without an address', data({ latest: [{ ...other, slug: 'b' }], story: own })],
    ["in the data, the own one's address beside it", data({ latest: [other], story: { ...own, url: URL } })],
    ['in the data, below a title of the site', data({ title: '联合早报新加坡中国新闻网', parts: [other, own] })],
    ['in the data, as terms of use', data({ texts: { terms: p([...WALL, ...WALL, ...WALL]) }, story: own })],
  ])('%s is left out', (_, body) => {
    const found = readPage({ html: page(OWN, body, HEADLINE), url: URL })
    if (found.kind !== 'story') throw new Error(said(found.detail))
    const text = found.extract.body.text
    for (const paragraph of STORY) expect(text).toContain(paragraph)
    expect(text).not.toMatch(/別篇|隐私/)
  })
})

test('a story in a dialog is read', () => {
  const story = `<div role="dialog"><h1>${HEADLINE}</h1><div>${p([...STORY, ...STORY.map((text) => `又讯：${text}`)])}</div></div>`
  const found = readPage({ html: page(OWN, story, HEADLINE), url: URL })
  expect(found.kind === 'story' ? found.extract.body.text : found.detail).toContain(STORY.at(-1))
})

test('a last sentence with a note behind it is part of the story', () => {
  const last = '镇上另外两个渡口也会重开，唯独旧码头不开。（译者：林甲/核稿：陈乙）'
  const html = page(OWN, `<div>${p([...STORY, ...STORY.map((text) => `又讯：${text}`), last])}</div>`, HEADLINE)
  const found = readPage({ html, url: URL })
  expect(found.kind === 'story' ? found.extract.body.text : found.detail).toContain('唯独旧码头不开')
})

const article = (more: object) =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: HEADLINE, url: URL, ...more })}</script>`

test.each([
  ['a sentence in a box of its own', '', '<div class="k9"><h3>订阅以继续阅读</h3><p>已经是订户？请登录</p></div>'],
  ['a sentence in traditional letters', '', '<p>本文是訂戶專屬內容。請登入或訂購，以閱讀完整文章。</p>'],
  ['a sentence that calls for subscribers', '', '<p>成为早报订户，阅读全文</p>'],
  ['a sentence of what the text is', '', '<p>本文是订户专属内容。请登入或订购，以阅读完整文章。</p>'],
  ['English words', '', '<p>Subscribe to continue reading. Already a subscriber? Log in.</p>'],
  ['a box of a known name', '', '<div id="paywall"></div>'],
  ['a box of a name like it', '', '<div class="zb-paywall-box"><p>订户请登录</p></div>'],
  ['the tier in its head', '<meta property="article:content_tier" content="locked">', ''],
  ['a part in its data', article({ hasPart: [{ isAccessibleForFree: 'False', cssSelector: '.k9' }] }), ''],
])('a teaser of an unknown layout, told by %s, is not passed off as whole', (_, head, wall) => {
  const html = page(`${OWN}${head}`, `<div>${p(STORY)}</div>${wall}`, HEADLINE)
  expect(readPage({ html, url: URL })).toMatchObject({ kind: 'story', extract: { access: 'subscriber' } })
})

test.each([
  [
    'a menu',
    '<header><a href="/premium">订户专享</a><a href="/login">登录</a><a href="/subscribe">订阅早报</a></header>',
  ],
  ['a hidden template', '<div class="paywall-box" style="display:none"><p>请登录</p></div>'],
  ['a script', '<script>var text = "订阅以继续阅读"</script>'],
  ['a newsletter', '<div class="k9"><p>订阅早报电子报，每天早上收到新闻。</p></div>'],
])('%s of a page makes no teaser of its story', (_, more) => {
  const html = page(OWN, `${more}<div>${p(STORY)}</div>`, HEADLINE)
  expect(readPage({ html, url: URL })).toMatchObject({ kind: 'story', extract: { access: 'public' } })
})

test('a text of an unknown layout that is shorter than the page says is in doubt', () => {
  const html = page(`${OWN}${article({ wordCount: 900 })}`, `<div>${p(STORY)}</div>`, HEADLINE)
  expect(readPage({ html, url: URL })).toMatchObject({
    kind: 'story',
    generation: 'generic',
    doubts: [message`the page says ${900} words, its text has ${159} letters`],
  })
})

describe('a page that says nothing of itself, at an address that numbers no story', () => {
  const at = { url: 'https://other.example/2026/ferry' }
  const html = page('', `<h1>${HEADLINE}</h1><div>${p([...STORY, ...STORY.map((text) => `又讯：${text}`)])}</div>`)

  test('is read where it is an article by its prose', () => {
    expect(readPage({ html, ...at })).toMatchObject({ kind: 'story', generation: 'generic' })
  })

  test.each([
    ["with another headline than the source's", { html, listed: '别的新闻的标题' }],
    ['of a sentence or two', { html: page('', `<h1>${HEADLINE}</h1><div>${p(STORY.slice(0, 2))}</div>`) }],
    ['that wants consent', { html: page('', `<h1>在您继续之前</h1><div>${p(WALL)}</div>`, '在您继续之前') }],
  ])('%s is refused', (_, more) => {
    expect(readPage({ ...at, ...more })).toMatchObject({ kind: 'refused' })
  })
})
