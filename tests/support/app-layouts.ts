import { type Body, card, escaped, junk, link, many, name, NOT_THE_STORY, p, pick, type Random } from './invented.ts'

/** Bodies as applications and late redesigns have them: in data, in shadow roots, folded, in lists, beside long other prose. */

const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('</', '<\\/')
const item = (text: string): string => `<li>${escaped(text)}</li>`
const others = (random: Random, least: number, most: number): string =>
  many(random, least, most, () => `<p>${junk(random)}${junk(random)}</p>`)

export const APPS: Record<string, Body> = {
  'a list alone': ({ paragraphs }) => ({ shown: `<div><ul>${paragraphs.map(item).join('')}</ul></div>` }),
  'a numbered list with headings': ({ paragraphs }, random) => ({
    shown: `<div class="${name(random)}"><ol>${paragraphs.map((each, at) => `<li><h3>其${at + 1}</h3>${p(each)}</li>`).join('')}</ol></div>`,
  }),
  'a list of definitions': ({ paragraphs }) => ({
    shown: `<div><dl>${paragraphs.map((each, at) => `<dt>问题${at + 1}</dt><dd>${escaped(each)}</dd>`).join('')}</dl></div>`,
  }),
  'key points above the text': ({ paragraphs }, random) => ({
    shown: `<div class="${name(random)}"><ul class="${name(random)}">${paragraphs.slice(0, 2).map(item).join('')}</ul></div><div>${paragraphs.slice(2).map(p).join('')}</div>`,
  }),
  'a table as layout': ({ paragraphs }) => ({
    shown: `<table width="600"><tr><td><font size="3">${paragraphs.map((each) => `&nbsp;&nbsp;${escaped(each)}<br><br>`).join('')}</font></td></tr></table>`,
  }),
  'a row of a table for each entry': ({ paragraphs }) => ({
    shown: `<table><tbody>${paragraphs.map((each, at) => `<tr><td>1${at}:30</td><td>${escaped(each)}</td></tr>`).join('')}</tbody></table>`,
  }),
  'a section for each paragraph': ({ paragraphs }, random) => {
    const own = name(random)
    return {
      shown: `<article>${paragraphs.map((each) => `<section class="${own}">${p(each)}</section>`).join('')}</article>`,
    }
  },
  'a grid with a box around each paragraph': ({ paragraphs }, random) => {
    const [row, cell] = [name(random), name(random)]
    return {
      shown: `<div style="display:grid">${paragraphs.map((each) => `<div class="${row}"><div class="${cell}"><p><span>${escaped(each)}</span></p></div></div>`).join('')}</div>`,
    }
  },
  'spans and breaks': ({ paragraphs }, random) => ({
    shown: `<div class="${name(random)}"><span>${paragraphs.map(escaped).join('</span><br/><br/><span>')}</span></div>`,
  }),
  'other stories in full below': ({ paragraphs }, random) => ({
    shown: `<article><div>${paragraphs.map(p).join('')}</div></article>${many(random, 2, 3, () => `<article><h2>${link(random)}</h2><div>${others(random, 6, 14)}</div></article>`)}`,
  }),
  'folded text': ({ paragraphs }, random) => ({
    shown: `<div>${paragraphs.slice(0, 2).map(p).join('')}<div class="${name(random)} collapsed" aria-expanded="false">${paragraphs.slice(2).map(p).join('')}</div><button>${NOT_THE_STORY}展开全文</button></div>`,
  }),
  'folded text in details': ({ paragraphs }) => ({
    shown: `<div>${paragraphs.slice(0, 2).map(p).join('')}<details><summary>展开</summary>${paragraphs.slice(2).map(p).join('')}</details></div>`,
  }),
  'comments longer than the story': ({ paragraphs }, random) => ({
    shown: `<div>${paragraphs.map(p).join('')}</div><div id="comments-section"><h2>${NOT_THE_STORY}网友评论</h2>${many(random, 12, 20, () => `<div class="comment"><span>${NOT_THE_STORY}网友</span><div>${others(random, 1, 3)}</div></div>`)}</div>`,
  }),
  'a sidebar longer than the story': ({ paragraphs }, random) => ({
    shown: `<div class="row"><div class="${name(random)}">${paragraphs.map(p).join('')}</div><aside class="sidebar">${many(random, 10, 16, () => card(random))}</aside></div>`,
  }),
  'a live report in reverse': ({ paragraphs }, random) => {
    const own = name(random)
    return {
      shown: `<div>${paragraphs.map((each, at) => `<div class="${own}" id="post-${at}"><time datetime="2026-03-12T1${at % 10}:00">1${at}:00</time><h3>第${at + 1}则快讯</h3>${p(each)}</div>`).join('')}</div>`,
    }
  },
  'a gallery with a text for each picture': ({ paragraphs }, random) => ({
    shown: `<div class="gallery">${paragraphs.map((each) => `<div class="slide"><img src="https://cdn.example/${name(random)}.jpg" alt=""><div class="slide-text">${p(each)}</div></div>`).join('')}</div>`,
  }),
  'a declared shadow root': ({ paragraphs }, random) => ({
    shown: `<zb-story id="${name(random)}"><template shadowrootmode="open"><div>${paragraphs.map(p).join('')}</div></template></zb-story>`,
  }),
  'data of Nuxt': ({ paragraphs, headline }) => ({
    shown: '<div id="__nuxt"></div>',
    scripts: `<script>window.__NUXT__=(function(a,b){return {data:[{article:{title:a,content:b,related:[]}}]}}(${inScript(headline)},${inScript(paragraphs.map(p).join(''))}));</script>`,
  }),
  'rows of Nuxt 3': ({ paragraphs, headline }) => ({
    shown: '<div id="__nuxt"></div>',
    scripts: `<script type="application/json" id="__NUXT_DATA__">${inScript([['Reactive', 1], { article: 2 }, { title: 3, body: 4 }, headline, paragraphs.map(p).join('')])}</script>`,
  }),
  'data of Remix': ({ paragraphs, headline }) => ({
    shown: '<div id="root"></div>',
    scripts: `<script>window.__remixContext = ${inScript({ state: { loaderData: { 'routes/$slug': { story: { headline, paragraphs: paragraphs.map((text) => ({ type: 'p', text })) } } } } })};</script>`,
  }),
  'a store of Apollo': ({ paragraphs, headline }) => ({
    shown: '<div id="app"></div>',
    scripts: `<script>window.__APOLLO_STATE__ = ${inScript({ 'Article:1': { __typename: 'Article', headline, body: { type: 'doc', content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })) } } })};</script>`,
  }),
  'a teaser that is shown, the rest in data': ({ paragraphs, headline }) => ({
    shown: `<div>${p(paragraphs[0] ?? '')}</div>`,
    scripts: `<script type="application/json">${inScript({ story: { title: headline, html: paragraphs.map(p).join('') } })}</script>`,
  }),
  'names that say sharing': ({ paragraphs }, random) => ({
    shown: `<div class="social-share-page"><div class="share-sub ${name(random)}">${paragraphs.map(p).join('')}</div></div><div class="dialog-box"><p>${NOT_THE_STORY}您确定要从收藏里删除这一篇吗？删除之后不能恢复。</p></div>`,
  }),
  'a form around the page': ({ paragraphs }, random) => ({
    shown: `<form id="aspnetForm" method="post"><input type="hidden" name="__VIEWSTATE" value="x"><div class="${name(random)}">${paragraphs.map(p).join('')}</div></form>`,
  }),
  'a role for each paragraph': ({ paragraphs }) => ({
    shown: `<div role="main">${paragraphs.map((each) => `<div role="paragraph" dir="auto">${escaped(each)}</div>`).join('')}</div>`,
  }),
  'a picture and its caption first': ({ paragraphs }, random) => ({
    shown: `<div><figure><img src="https://cdn.example/${name(random)}.jpg"><figcaption>${pick(random, ['渡口', '集市'])}。（档案照片）</figcaption></figure>${paragraphs.map(p).join('')}<p>（编辑：${NOT_THE_STORY}）</p></div>`,
  }),
  'who to follow between paragraphs': ({ paragraphs }, random) => ({
    shown: `<div>${paragraphs.map((each, at) => p(each) + (at === 1 ? `<div class="${name(random)}"><a href="https://t.me/x">${NOT_THE_STORY}关注我们的频道</a></div>` : '')).join('')}</div>`,
  }),
}
