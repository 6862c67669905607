/**
 * Pages of each generation, made from a story: for tests that need many. The markup is what crawlers and saved excerpts
 * prove or state of the time; all words around the story are invented.
 */

import { parseHtml } from '../../src/core/html/html.ts'

export interface PageStory {
  title: string
  url: string
  /** ISO 8601 UTC; pages show the minute, in Singapore time. */
  published: string
  /** HTML of the body. */
  bodyHtml: string
  lead?: ReadonlyArray<{ url: string; caption: string }>
  keywords?: readonly string[]
  byline?: string
}

const HOUR_MS = 3_600_000

interface Wall {
  year: number
  month: number
  day: number
  hour: number
  minute: number
}

function singapore(published: string): Wall {
  const date = new Date(Date.parse(published) + 8 * HOUR_MS)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function chineseTime(published: string): string {
  const { year, month, day, hour, minute } = singapore(published)
  return `${year}年${month}月${day}日 ${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)} ${hour < 12 ? 'AM' : 'PM'}`
}

function isoSingapore(published: string): string {
  const { year, month, day, hour, minute } = singapore(published)
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:00+08:00`
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A value as a script of a page has it. */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

function head(story: PageStory, tail: string, more = ''): string {
  const title = escapeHtml(`${story.title}${tail}`)
  return `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>${title}</title>
<meta property="og:title" content="${title}"><meta property="og:site_name" content="联合早报网">
<meta property="og:image" content="https://www.zaobao.com.sg/_web2/assets/social-share.png">
<link rel="canonical" href="${escapeHtml(story.url)}">${more}
<script>window.dataLayer=window.dataLayer||[];dataLayer.push({"menu":"脚本里的栏目"})</script></head>`
}

function linked(story: PageStory): string {
  return inScript({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: story.title,
    datePublished: isoSingapore(story.published),
    ...(story.keywords === undefined ? {} : { keywords: story.keywords.join(',') }),
    author: { '@type': 'Organization', name: '联合早报' },
  })
}

const MENU = '<nav><ul><li><a href="/realtime">导航即时</a></li><li><a href="/news/china">导航中国</a></li></ul></nav>'
const RELATED = `<div class="related-articles"><h3>相关新闻列表</h3><ul><li><a href="/news/world/story20200101-1">列表里的别的新闻</a></li></ul></div>`
const FOOTER = '<footer><p>页脚版权声明</p></footer></body></html>'

/** Drupal 8, 2019-10 to 2024-06. */
export function drupal8Page(story: PageStory): string {
  const slide = (picture: { url: string; caption: string }) =>
    `<div class="figure-media"><img class="img-fluid lazyload" data-src="${escapeHtml(picture.url)}" title="${escapeHtml(picture.caption)}" alt></div><figcaption>${escapeHtml(picture.caption)}</figcaption>`
  const gallery = (story.lead ?? []).map(
    (picture) =>
      `<div class="figure-media-gallery-slide"><div class="figure-media-gallery-img"><img class="lazyload" data-src="${escapeHtml(picture.url)}" alt data-caption="${escapeHtml(picture.caption)}"><div class="tint"></div></div><figcaption><p>${escapeHtml(picture.caption)}</p></figcaption></div>`,
  )
  const [first] = story.lead ?? []
  const one =
    first === undefined
      ? ''
      : `<figure class="inline-figure"><div class="inline-figure-img">${slide(first)}</div></figure>`
  const many = `<div class="inline-figure-gallery"><div class="figure-media figure-media-gallery figure-media-gallery-overlay js-figure-media-gallery">${gallery.join('')}<div class="figure-media-gallery-nav">导航箭头</div></div></div>`
  const created = String(Date.parse(story.published) / 1000)
  return `${head(story, ' | 联合早报网')}
<body class="zbsg2020">${MENU}<div id="breadcrumbs"><a href="/">首页</a><a href="/realtime">即时</a></div>
<div class="content"><div class="article-title"><h1>${escapeHtml(story.title)}</h1></div>
<h4 class="title-byline byline">文 / <a href="/byline/x">${escapeHtml(story.byline ?? '联合早报')}</a></h4>
<h4 class="title-byline date-published">发布 / ${chineseTime(story.published)}</h4>
${gallery.length > 1 ? many : one}
<div class="article-content-rawhtml">${story.bodyHtml}</div>
<div class="keywords"><ul>${(story.keywords ?? []).map((word) => `<li><a href="/keywords/x">${escapeHtml(word)}</a></li>`).join('')}</ul></div>
${RELATED}</div>
<script type="application/json" data-drupal-selector="drupal-settings-json">${inScript({ path: { baseUrl: '/' }, articleDetails: { nid: '1', created } })}</script>
${FOOTER}`
}

function reactShell(story: PageStory, inside: string, scripts: string): string {
  return `${head(story, ' | 联合早报', scripts)}<body>${MENU}<main><article class="max-w-full"><h1>${escapeHtml(story.title)}</h1>${inside}</article>
<div id="related-articles"><h2>推荐阅读列表</h2><a href="/news/world/story20200101-2">别的推荐新闻</a></div></main>${FOOTER}`
}

function reactLead(story: PageStory): string {
  return (story.lead ?? [])
    .map(
      (picture) =>
        `<div class="my-[16px] text-[14px]"><img src="${escapeHtml(picture.url)}" alt="${escapeHtml(picture.caption)}"></div>`,
    )
    .join('')
}

/** Singapore React with the body in the page, 2024-08 to 2026-01. */
function reactB1Page(story: PageStory): string {
  const graph = `<script id="seo-article-page" type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"BreadcrumbList"},${linked(story)}]}</script>`
  const advertisement = '<div class="bff-google-ad google-ad">广告位</div>'
  const recommended = '<div class="bff-recommend-article"><p>正文里的推荐</p></div>'
  const inside = `${reactLead(story)}<div class="articleBody text-[18px]">${story.bodyHtml}${advertisement}${recommended}</div>`
  return reactShell(story, inside, graph)
}

function hydration(story: PageStory): string {
  const data = {
    loaderData: {
      root: null,
      '0-0': {
        context: {
          payload: {
            sidebar: [{ headline: '数据里的别的标题' }],
            article: {
              id: 1,
              headline: story.title,
              create_time: Date.parse(story.published) / 1000,
              tags: (story.keywords ?? []).map((name) => ({ name })),
              body_cn: story.bodyHtml,
              images: story.lead ?? [],
            },
          },
        },
      },
    },
    actionData: null,
    errors: null,
  }
  return `<script>window.__staticRouterHydrationData = JSON.parse(${inScript(JSON.stringify(data))});</script>`
}

/** Singapore React with the body in the hydration data, from 2026-02. */
function reactB2Page(story: PageStory): string {
  return reactShell(story, '<div class="articleBody"></div>', hydration(story))
}

/** As B2, with two ld+json scripts, from 2026-07-29. */
function reactB3Page(story: PageStory): string {
  const scripts = `<script type="application/ld+json">${linked(story)}</script><script type="application/ld+json">${inScript({ '@type': 'BreadcrumbList', itemListElement: [] })}</script>`
  return reactShell(
    story,
    `${reactLead(story)}<div class="articleBody">${story.bodyHtml}</div>`,
    `${scripts}${hydration(story)}`,
  )
}

/** Global Astro, from 2025-07-30. */
function astroPage(story: PageStory): string {
  const lead = (story.lead ?? []).map(
    (picture) => `<img class="gallery-image" src="${escapeHtml(picture.url)}" title="${escapeHtml(picture.caption)}">`,
  )
  const island =
    '<astro-island component-url="/_astro/HotNews.js"><a href="/news/world/story20200101-3">侧栏热门新闻</a></astro-island>'
  return `${head(story, ' | 早报', `<script type="application/ld+json">${linked(story)}</script>`)}<body>${MENU}<main>
<h1>${escapeHtml(story.title)}</h1><div data-testid="article-banner">${lead.join('')}</div>
<zb-ai-summary><p>机器写的摘要</p></zb-ai-summary>
<article id="article-body" class="article-body">${story.bodyHtml}${island}<div class="further-reading"><p>更多阅读</p></div></article>
<div data-testid="related-words">${(story.keywords ?? []).map((word) => `<a class="keyword-tag_item" href="/keywords/x">${escapeHtml(word)}</a>`).join('')}</div>${island}</main>${FOOTER}`
}

/** Drupal 7, 2013 to 2019. */
function drupal7Page(story: PageStory): string {
  const lead = (story.lead ?? []).map(
    (picture) =>
      `<picture title="${escapeHtml(picture.caption)}"><source data-srcset="${escapeHtml(picture.url)} 1x" media="(min-width:980px)"><source data-srcset="data:image/gif;base64,R0lG 1x"><img class="lazyload" srcset="data:image/gif;base64,R0lG 1w" alt="" title="${escapeHtml(picture.caption)}"></picture>`,
  )
  const [date = '', clock = ''] = chineseTime(story.published).split(/ (.*)/)
  return `${head(story, ' | 联合早报网')}<body>${MENU}<div class="body-content"><h1>${escapeHtml(story.title)}</h1>
<aside><span class="contributor meta-byline"><a href="/byline/x">${escapeHtml(story.byline ?? '联合早报')}</a></span><span class="datestamp">${date} <em>${clock}</em></span></aside>
${lead.join('')}<div id="FineDining" class="article-content-container">${story.bodyHtml}<div id="dfp-ad-imu2">广告位</div></div></div>
<ul>${(story.keywords ?? []).map((word) => `<li><a href="/keywords/x">${escapeHtml(word)}</a></li>`).join('')}</ul>${RELATED}${FOOTER}`
}

function base32(text: string): string {
  const bits = Array.from(text, (char) => char.charCodeAt(0).toString(2).padStart(8, '0')).join('')
  const digits = bits.match(/.{1,5}/g) ?? []
  const coded = digits
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
  return coded.padEnd(Math.ceil(coded.length / 8) * 8, '=')
}

/** The children of a body numbered as the global site numbered them, and served from last to first. */
function shuffled(bodyHtml: string): string {
  const children = Array.from(parseHtml(`<!DOCTYPE html><body>${bodyHtml}`).body.children)
  for (const [index, child] of children.entries()) child.setAttribute('data-s', `XYB${base32(String(index + 2))}`)
  return children
    .map((child) => child.outerHTML)
    .toReversed()
    .join('')
}

/** Global Bootstrap, 2020-11 to 2025-07, its paragraphs shuffled. */
function bootstrapPage(story: PageStory): string {
  const { year, month, day, hour, minute } = singapore(story.published)
  const slides = (story.lead ?? []).map(
    (picture) =>
      `<div class="item"><a href="${escapeHtml(picture.url)}"><img src="${escapeHtml(picture.url)}"><div>${escapeHtml(picture.caption)} </div> </a></div>`,
  )
  const data = inScript({
    '@type': 'NewsArticle',
    headline: story.title,
    datePublished: `${two(month)}/${two(day)}/${year} - ${two(hour)}:${two(minute)}`,
    keywords: story.keywords ?? [],
  })
  return `${head(story, ' | 联合早报网', `<script type="application/ld+json">${data}</script>`)}<body>${MENU}<h1 class="article-title">${escapeHtml(story.title)}</h1>
<div class="author-info">${escapeHtml(story.byline ?? '')}<div class="mgt10">${year}-${two(month)}-${two(day)}</div></div>
<div id="carousel-article"><div class="carousel-inner">${slides.join('')}</div></div>
<article id="article-body" class="article-body">${shuffled(story.bodyHtml)}</article>${RELATED}${FOOTER}`
}

/** RSSHub's description of a story, as it is rendered now. */
export function rsshubDescription(story: PageStory): string {
  const figures = (story.lead ?? []).map(
    (picture) =>
      `<figure><img src="${escapeHtml(picture.url)}"><figcaption>${escapeHtml(picture.caption)}</figcaption></figure>`,
  )
  return `${figures.join('')}<div>${story.bodyHtml}</div>`
}

/** Every page maker by the name that the reader gives the layout. */
export const PAGES = {
  drupal8: drupal8Page,
  reactB1: reactB1Page,
  reactB2: reactB2Page,
  reactB3: reactB3Page,
  astro: astroPage,
  bootstrap: bootstrapPage,
  drupal7: drupal7Page,
} as const satisfies Record<string, (story: PageStory) => string>
