/** Pages of layouts that nobody has seen: an invented story in one of a dozen kinds of markup, with what surrounds stories. */

export interface InventedStory {
  headline: string
  paragraphs: string[]
  url: string
}

export interface InventedPage {
  kind: string
  html: string
}

const OTHERS = ['相关新闻', '延伸阅读', '推荐阅读', '更多新闻', '热门文章', 'Related stories', '您可能感兴趣']
const PROMOTION = ['订阅早报电子报', '点击加入我们的频道', '关注我们的微信公众号', '下载早报应用']

/** Stands in every sentence that is no part of the story. */
export const NOT_THE_STORY = '閒話'

export type Random = () => number

export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T

const SUBJECTS = [
  '镇政府',
  '船家林伯',
  '渡口管理处',
  '集市摊主',
  '青石小学的老师',
  '气象台',
  '对岸的居民',
  '修桥的工人',
  '一位不愿具名的官员',
]
const VERBS = ['说', '指出', '星期三宣布', '在文告里表示', '受访时说', '提醒公众', '透露', '预计']
const THINGS = [
  '小轮船每天加开两班',
  '河道清淤之后水深多了半米',
  '票价暂时不变',
  '学生凭证半价',
  '夜市恢复营业',
  '新桥明年三月通车',
  '雨季会比往年长',
  '维修费用由镇里承担',
  '停航三个月的航线重新开放',
]
const TAILS = [
  '',
  '，乘客须提前十分钟到达',
  '，但细节还没有公布',
  '；这是十年来的第一次',
  '，比去年同期多了两成',
  '，有关部门正在跟进',
]

function sentence(random: Random): string {
  const quoted = random() < 0.2
  const said = `${pick(random, THINGS)}${pick(random, TAILS)}`
  return `${pick(random, SUBJECTS)}${pick(random, VERBS)}${quoted ? `：“${said}。”` : `，${said}。`}`
}

export function inventedStory(random: Random): InventedStory {
  const number = 9_000_000 + Math.floor(random() * 900_000)
  const paragraphs = Array.from(
    { length: 4 + Math.floor(random() * 9) },
    (_, index) =>
      `第${index + 1}点：${Array.from({ length: 1 + Math.floor(random() * 3) }, () => sentence(random)).join('')}`,
  )
  return {
    headline: `青石镇${pick(random, THINGS)}${Math.floor(random() * 1000)}`,
    paragraphs,
    url: `https://www.zaobao.com.sg/news/china/story20260312-${number}`,
  }
}

const junk = (random: Random): string => `${NOT_THE_STORY}${sentence(random)}`
const link = (random: Random): string =>
  `<a href="/news/china/story20260311-${1_000_000 + Math.floor(random() * 900_000)}">${NOT_THE_STORY}${pick(random, THINGS)}</a>`
const many = (random: Random, least: number, most: number, make: () => string): string =>
  Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, make).join('\n')
const name = (random: Random): string =>
  `${pick(random, ['x', 'css', 'c', 'sc'])}-${Math.floor(random() * 1e6).toString(36)}`

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const p = (text: string) => `<p>${escaped(text)}</p>`

type Body = (story: InventedStory, random: Random) => { shown: string; scripts?: string }

const AD = '<div class="dfp-tag-wrapper"><div id="dfp-ad-imu1"></div></div>'

const BODIES: Record<string, Body> = {
  'renamed classes': ({ paragraphs }, random) => ({
    shown: `<div class="${name(random)}">${paragraphs.map(p).join('')}</div>`,
  }),
  'classes on paragraphs': ({ paragraphs }, random) => {
    const own = name(random)
    return {
      shown: `<section>${paragraphs.map((each) => `<p class="${own}"><span>${escaped(each)}</span></p>`).join('\n')}</section>`,
    }
  },
  'nested cards': ({ paragraphs }, random) => {
    const [outer, inner] = [name(random), name(random)]
    const card = (each: string) => `<div class="${outer}"><div class="${inner}">${p(each)}</div></div>`
    return { shown: `<div>${paragraphs.map(card).join('')}</div>` }
  },
  'divs with line breaks': ({ paragraphs }, random) => ({
    shown: `<div class="${name(random)}">${paragraphs.map(escaped).join('<br><br>\n')}</div>`,
  }),
  'divs for paragraphs': ({ paragraphs }, random) => {
    const own = name(random)
    return { shown: `<div>${paragraphs.map((each) => `<div class="${own}">${escaped(each)}</div>`).join('')}</div>` }
  },
  'two columns': ({ paragraphs }, random) => {
    const [half, own] = [Math.ceil(paragraphs.length / 2), name(random)]
    const column = (some: string[]) => `<div class="${own}">${some.map(p).join('')}</div>`
    return { shown: `<div class="row">${column(paragraphs.slice(0, half))}${column(paragraphs.slice(half))}</div>` }
  },
  'parts between advertisements': ({ paragraphs }, random) => {
    const own = name(random)
    const parts = paragraphs.map((each) => `<div class="${own}">${p(each)}</div>`)
    return { shown: parts.join(`${AD}<aside class="ad">${NOT_THE_STORY}广告</aside>`) }
  },
  'intro apart': ({ paragraphs }, random) => ({
    shown: `<div class="${name(random)}">${p(paragraphs[0] ?? '')}</div><div class="${name(random)}">${paragraphs.slice(1).map(p).join('')}</div>`,
  }),
  table: ({ paragraphs }) => ({ shown: `<table><tr><td>${paragraphs.map(p).join('')}</td></tr></table>` }),
  'custom elements': ({ paragraphs }, random) => {
    const own = `zb-${name(random)}`
    return { shown: `<${own}><div>${paragraphs.map(p).join('')}</div></${own}>` }
  },
  'HTML in the data': ({ paragraphs }) => {
    const data = JSON.stringify({
      page: { story: { id: 1, contentHtml: paragraphs.map(p).join('') }, more: [{ title: '別篇', url: '/x' }] },
    })
    return {
      shown: '<div id="root"></div>',
      scripts: `<script id="data" type="application/json">${data.replaceAll('</', '<\\/')}</script>`,
    }
  },
  'HTML in a string of a script': ({ paragraphs }) => {
    const data = JSON.stringify(JSON.stringify({ props: { body: paragraphs.map(p).join('') } }))
    return {
      shown: '<div id="root"></div>',
      scripts: `<script>window.__DATA__ = JSON.parse(${data.replaceAll('</', '<\\/')});</script>`,
    }
  },
  'blocks in the data': ({ paragraphs }) => {
    const blocks = paragraphs.map((text) => ({ type: 'paragraph', model: { text } }))
    const data = JSON.stringify({ props: { pageProps: { content: { blocks } } } })
    return {
      shown: '<main></main>',
      scripts: `<script id="__NEXT_DATA__" type="application/json">${data.replaceAll('</', '<\\/')}</script>`,
    }
  },
  'a stream of rendered parts': ({ paragraphs }) => {
    const blocks = paragraphs.map((each) => ['$', 'p', null, { children: each }])
    const data = JSON.stringify(`1a:${JSON.stringify(['$', 'div', null, { children: blocks }])}`)
    return {
      shown: '<main></main>',
      scripts: `<script>self.__next_f.push([1,${data.replaceAll('</', '<\\/')}])</script>`,
    }
  },
}

export const LAYOUTS = Object.keys(BODIES)

export function inventedPage(kind: string, story: InventedStory, random: Random): InventedPage {
  const body = BODIES[kind]
  if (body === undefined) throw new Error(`no layout ${kind}`)
  const { shown, scripts = '' } = body(story, random)
  const maybe = (chance: number, html: () => string) => (random() < chance ? html() : '')
  const headline = escaped(story.headline)
  // A build that renames classes leaves tags, headings and phrases to tell furniture by.
  const renamed = random() < 0.5
  const called = (word: string) => (renamed ? name(random) : word)
  const html = `<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>${headline} | 联合早报</title>
<meta property="og:title" content="${headline}"><meta property="og:type" content="article">
${random() < 0.7 ? `<link rel="canonical" href="${story.url}">` : `<meta property="og:url" content="${story.url}">`}
${maybe(0.5, () => `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: story.headline, datePublished: '2026-03-12T10:00:00+08:00', url: story.url })}</script>`)}
${maybe(0.4, () => '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>')}
</head><body>
<header><nav class="menu">${many(random, 5, 12, () => link(random))}</nav>
${maybe(0.4, () => `<form action="/login"><input name="u"><input type="password" name="p"><button>${NOT_THE_STORY}登录</button></form>`)}</header>
${maybe(0.3, () => '<div id="onetrust-consent-sdk"></div>')}
<div class="${name(random)}"><div class="${called('breadcrumb')}"><a href="/">${NOT_THE_STORY}首页</a> &gt; <a href="/news">${NOT_THE_STORY}新闻</a></div>
<h1>${headline}</h1>
${maybe(0.6, () => `<div class="${called('share-bar')}"><a href="#f">${NOT_THE_STORY}分享</a><a href="#t">${NOT_THE_STORY}推特</a></div>`)}
${shown}
${maybe(0.5, () => `<div class="${called('tags')}"><a href="/k/1">${NOT_THE_STORY}青石镇</a> <a href="/k/2">${NOT_THE_STORY}渡口</a></div>`)}
${maybe(0.5, () => `<div class="${called('newsletter-box')}"><p>${pick(random, PROMOTION)}，${junk(random)}</p></div>`)}
</div>
${maybe(0.7, () => `<section class="${called('related')}"><h2>${pick(random, OTHERS)}${NOT_THE_STORY}</h2>${many(random, 3, 6, () => `<article>${link(random)}<p>${junk(random)}</p></article>`)}</section>`)}
${maybe(0.6, () => `<aside><h3>${NOT_THE_STORY}热门</h3><ol>${many(random, 4, 10, () => `<li>${link(random)}</li>`)}</ol></aside>`)}
${maybe(0.4, () => `<div id="comments">${many(random, 1, 4, () => `<div class="${called('comment')}"><p>${junk(random)}</p></div>`)}</div>`)}
<footer><p>${NOT_THE_STORY}版权所有 新报业媒体有限公司</p><p>${junk(random)}</p></footer>
${scripts}</body></html>`
  return { kind, html }
}
