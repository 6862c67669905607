import {
  type Body,
  escaped,
  type InventedStory,
  junk,
  link,
  many,
  name,
  NOT_THE_STORY,
  OTHERS,
  p,
  pick,
  PROMOTION,
  type Random,
} from './invented.ts'
import { APPS } from './app-layouts.ts'
import { NEWS } from './news-layouts.ts'

export { type InventedStory, inventedStory, NOT_THE_STORY, seeded } from './invented.ts'

/** Pages of layouts that nobody has seen: an invented story in one of many kinds of markup, with what surrounds stories. */

export interface InventedPage {
  kind: string
  html: string
}

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
export const NEWS_LAYOUTS = Object.keys(NEWS)
export const APP_LAYOUTS = Object.keys(APPS)

export function inventedPage(kind: string, story: InventedStory, random: Random): InventedPage {
  const body = BODIES[kind] ?? NEWS[kind] ?? APPS[kind]
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
