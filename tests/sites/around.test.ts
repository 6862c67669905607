import { expect, test } from 'vitest'
import {
  inventedPage,
  type InventedStory,
  inventedStory,
  LAYOUTS,
  NEWS_LAYOUTS,
  NOT_THE_STORY,
  seeded,
} from '../support/layouts.ts'
import { readPage } from '../../src/sites/index.ts'
import { fault } from '../support/reading.ts'

const PAGES_A_LAYOUT = 1

/** What pages have around everything else, whatever their layout. */
const AROUND: Record<string, (html: string, story: InventedStory) => string> = {
  'the headline in a bar above': (html, { headline }) =>
    first(html, `<div class="bar" aria-hidden="true"><h1>${headline}</h1><span>${NOT_THE_STORY}</span></div>`),
  'the headline in a bar above, as another heading': (html, { headline }) =>
    first(html, `<div class="bar"><h2>${headline}</h2></div>`),
  'the headline in a bar below': (html, { headline }) => last(html, `<div class="bar"><h1>${headline}</h1></div>`),
  'a logo as a heading': (html) => first(html, '<h1 class="logo"><a href="/">青石晚报</a></h1>'),
  'cards below a heading': (html) => last(html, `<section class="x1"><h1>${NOT_THE_STORY}</h1>${cards(8)}</section>`),
  'cards above': (html) => first(html, `<section class="x1">${cards(8)}</section>`),
  'a rail': (html) => first(html, `<aside>${cards(10)}</aside>`),
  comments: (html) => last(html, `<section id="comments">${prose(20, 'comment')}</section>`),
  'comments in Spanish': (html) => last(html, `<div id="comentarios_lectores">${prose(20, 'usuario')}</div>`),
  'comments in French': (html) => last(html, `<div class="bloc commentaires">${prose(20, 'x9')}</div>`),
  'comments in Chinese': (html) => last(html, `<div class="pinglun-list">${prose(20, 'x9')}</div>`),
  'a consent': (html) =>
    first(html, `<div id="cookie-banner" role="dialog"><h2>${NOT_THE_STORY}</h2>${prose(3)}<button>OK</button></div>`),
  'another story below': (html) => last(html, `<article class="x2"><h1>${OTHER}</h1>${prose(8)}</article>`),
  'another story above': (html) => first(html, `<article class="x2"><h1>${OTHER}</h1>${prose(8)}</article>`),
  'a form around it': (html) =>
    last(first(html, '<form action="./" method="post"><input type="hidden" name="state" value="x">'), '</form>'),
  'a box that is promoted around it': (html) =>
    last(first(html, '<div class="node node-promoted tag-sharing">'), '</div>'),
  'a long foot': (html) => last(html, `<footer>${prose(6)}</footer>`),
  'a wish for scripts': (html) => first(html, `<noscript><p>${NOT_THE_STORY}，请打开脚本。</p></noscript>`),
  'an offer': (html) => last(html, `<div class="modal">${prose(2)}</div>`),
}

const OTHER = '花展门票卖完园丁仍在给兰草换土'

function first(html: string, more: string): string {
  return html.replace(/<body[^<>]*>/, (tag) => `${tag}${more}`)
}

function last(html: string, more: string): string {
  return html.replace(/<\/body>|$/, (tag) => `${more}${tag}`)
}

function prose(count: number, name = ''): string {
  const line = (at: number) =>
    `<div class="${name}"><p>${NOT_THE_STORY}，花展的门票在网上卖完了，园丁仍然在给温室里的兰草换土，第${at}次。</p></div>`
  return Array.from({ length: count }, (_, at) => line(at)).join('')
}

function cards(count: number): string {
  const card = (at: number) =>
    `<div class="card"><a href="/other/${at}"><img src="/i${at}.jpg"><h3>${NOT_THE_STORY}：别的事第${at}件</h3></a><p>${NOT_THE_STORY}，花展的门票在网上卖完了，园丁仍然在换土。</p></div>`
  return Array.from({ length: count }, (_, at) => card(at)).join('')
}

test.each(Object.keys(AROUND))('a page of whatever layout is read whole with %s, and without that', (name) => {
  const random = seeded(20_260_313)
  const kinds = Array.from({ length: PAGES_A_LAYOUT }, () => [...LAYOUTS, ...NEWS_LAYOUTS]).flat()
  const wrong = kinds.flatMap((kind) => {
    const story = inventedStory(random, 'zh')
    const found = fault(AROUND[name]?.(inventedPage(kind, story, random).html, story) ?? '', story)
    return found === null ? [] : [`${kind}: ${found}`]
  })
  expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(0.01 * kinds.length)
})

test('a headline that stands in a bar with a sentence too heads the story below it', () => {
  const story = inventedStory(seeded(5), 'zh')
  const body = `<h1>${story.headline}</h1>${story.paragraphs.map((each) => `<p>${each}</p>`).join('')}`
  const more = `<div class="group"><h1>更多</h1>${prose(2)}</div>`
  const html = `<!DOCTYPE html><title>${story.headline}</title><meta property="og:type" content="article"><div class="page"><div class="top"><h1>${story.headline}</h1>${prose(1)}</div><main>${body}</main>${more}</div>`
  expect(fault(html, story)).toBeNull()
})

test('a box whose classes name the topics of its story is no furniture, however much the page has beside it', () => {
  const story = inventedStory(seeded(6), 'zh')
  const body = `<div class="text">${story.paragraphs.map((each) => `<p>${each}</p>`).join('')}</div>`
  const html = `<!DOCTYPE html><title>${story.headline}</title><meta property="og:type" content="article"><h1>${story.headline}</h1><div class="node node-promoted tag-sharing">${body}</div><section class="x1"><h1>${NOT_THE_STORY}</h1>${cards(60)}</section>`
  expect(fault(html, story)).toBeNull()
})

test('a page that tells search engines another headline than readers is not taken for the story below it', () => {
  const story = inventedStory(seeded(7), 'zh')
  const body = story.paragraphs.map((each) => `<p>${each}</p>`).join('')
  const html = `<!DOCTYPE html><title>${story.headline.slice(2)}，一图看懂</title><meta property="og:type" content="article"><article class="x1"><h1>${story.headline}</h1>${body}</article><article class="x2"><h1>${OTHER}</h1>${prose(12)}</article>`
  expect(fault(html, story)).toBeNull()
})

test('a page whose menu is never ended, and whose headline is no heading, is read', () => {
  const story = inventedStory(seeded(8), 'zh')
  const body = story.paragraphs.map((each) => `<p>${each}</p>`).join('')
  const html = `<!DOCTYPE html><title>${story.headline}</title><meta property="og:type" content="article"><nav><ul><li><a href="/a">首页</a></li></ul><div class="x1">${body}</div>`
  expect(fault(html, story)).toBeNull()
})

test('what shares or sells a picture within its figure is no part of the story', () => {
  const story = inventedStory(seeded(9), 'zh')
  const [one = '', ...rest] = story.paragraphs.map((each) => `<p>${each}</p>`)
  const tools = `<nav><ul><li><a href="/share">${NOT_THE_STORY}分享</a></li><li><a href="/buy">${NOT_THE_STORY}购买</a></li></ul></nav>`
  const figure = `<figure><img src="/a.jpg"><figcaption><div>图说</div>${tools}</figcaption></figure>`
  const html = `<!DOCTYPE html><title>${story.headline}</title><meta property="og:type" content="article"><h1>${story.headline}</h1><div class="x1">${one}${figure}${rest.join('')}</div>`
  expect(fault(html, story)).toBeNull()
})

test('a text whose topic is called as comments are is no comment', () => {
  const { headline, paragraphs } = inventedStory(seeded(1))
  const text = paragraphs.map((each) => `<p>${each}</p>`).join('')
  const html = `<!DOCTYPE html><title>${headline}</title><main><h1>${headline}</h1><section class="post hentry category-kommentare">${text}</section></main><div>${prose(4)}</div>`
  const read = readPage({ html, url: 'https://town.example/news/ferry' })
  const shown = read.kind === 'story' ? read.extract.body.text : ''
  for (const each of paragraphs) expect(shown).toContain(each)
})
