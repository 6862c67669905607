import { expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'
import {
  escaped,
  type InventedStory,
  inventedStory,
  type Language,
  NOT_THE_STORY,
  p,
  seeded,
} from '../support/invented.ts'
import { fault } from '../support/reading.ts'

/** Pages whose story stands in parts, in copies, or beside others. */

const ps = (paragraphs: readonly string[]): string => paragraphs.map(p).join('\n')
const h1 = ({ headline }: InventedStory): string => `<h1>${escaped(headline)}</h1>`
const chapter = (at: number): string => `渡口往事第${at}章`

const OTHER_WORDS = {
  zh: '花展的门票在网上卖完了，园丁仍然在给温室里的兰草换土',
  en: 'The flower show sold out, and gardeners move orchids into new soil',
}
const others = (language: Language, count: number): string =>
  Array.from({ length: count }, (_, at) => p(`${OTHER_WORDS[language]}${NOT_THE_STORY}${at}.`)).join('')

type Shape = (story: InventedStory, language: Language) => string

/** The first part of a story, with more than a half of it, and the rest. */
function parts({ paragraphs }: InventedStory): [string[], string[]] {
  const at = Math.ceil(0.6 * paragraphs.length)
  return [paragraphs.slice(0, at), paragraphs.slice(at)]
}

const SHAPES: Record<string, Shape> = {
  'a story that goes on in another box, of another class': (story) => {
    const [first, rest] = parts(story)
    return `<div class="c1"><div class="in1">${h1(story)}<div class="w">${ps(first)}</div></div></div><div class="c2"><section class="txt">${ps(rest)}</section></div>`
  },
  'a story that goes on below an advertisement, outside of its article': (story) => {
    const [first, rest] = parts(story)
    return `<article>${h1(story)}${ps(first)}</article><div class="ad-slot"></div><div class="rest">${rest.map((each) => `<div>${escaped(each)}</div>`).join('')}</div>`
  },
  'terms below': (story, language) =>
    `<article>${h1(story)}${ps(story.paragraphs)}</article><div class="x">${others(language, 2)}</div>`,
  'chapters with a first heading each, in one article': (story) => {
    const [first, ...rest] = story.paragraphs
    return `<article><header>${h1(story)}${p(first ?? '')}</header><div>${rest.map((each, at) => `<section><h1>${chapter(at)}</h1>${p(each)}</section>`).join('')}</div></article>`
  },
  'an introduction beside the headline, a heading of the first level in the text': (story) => {
    const [first, second, ...rest] = story.paragraphs
    return `<div class="head">${h1(story)}${p(first ?? '')}</div><div class="body">${p(second ?? '')}<h1>${chapter(1)}</h1>${ps(rest)}</div>`
  },
  'stories in full below, their headlines of a lower level': (story, language) =>
    `<article>${h1(story)}<div class="b">${ps(story.paragraphs)}</div></article><article><h2>${NOT_THE_STORY}</h2><div class="b">${others(language, 6)}</div></article>`,
  'entries of a report in articles of their own': (story) =>
    `<article>${h1(story)}${ps(story.paragraphs.slice(0, 2))}</article>${story.paragraphs
      .slice(2)
      .map((each, at) => `<article><h2>${chapter(at)}</h2>${p(each)}</article>`)
      .join('')}`,
  'a list of what other sites sell': (story) => {
    const [first, ...rest] = story.paragraphs
    return `<article>${h1(story)}${p(first ?? '')}${rest.map((each, at) => `<div><h2><a href="https://shop.example/${at}">渡口旁的茶铺第${at}家</a></h2>${p(each)}</div>`).join('')}</article>`
  },
  'a summary in a box of that name, of several paragraphs': (story) => {
    const [first, rest] = parts(story)
    return `<main>${h1(story)}<div class="summary">${ps(first)}</div><div class="body">${ps(rest)}</div></main>`
  },
  'a form for letters in a box without a name, its heading above': (story) => {
    const [first, rest] = parts(story)
    return `<article>${h1(story)}${ps(first)}<div class="x"><h3>${NOT_THE_STORY}</h3><form><input type="email"><button>${NOT_THE_STORY}</button></form></div>${ps(rest)}</article>`
  },
  'an offer to subscribers below': (story, language) =>
    `<article>${h1(story)}${ps(story.paragraphs)}<div class="paywall-offer"><h2>${NOT_THE_STORY}</h2>${others(language, 2)}</div></article>`,
  'paragraphs whose class has the word credit': (story) =>
    `<article>${h1(story)}${story.paragraphs.map((each) => `<div class="credit-card">${p(each)}</div>`).join('<p><img src="/a.jpg"></p>')}</article>`,
  'a copy for telephones': (story) =>
    ['wide', 'narrow']
      .map((name) => `<div class="${name}">${h1(story)}<div>${ps(story.paragraphs)}</div></div>`)
      .join(''),
  'three copies': (story) =>
    h1(story) +
    ['wide', 'middle', 'narrow'].map((name) => `<div class="${name}">${ps(story.paragraphs)}</div>`).join(''),
  'an introduction in three copies': (story) => {
    const [first, ...rest] = story.paragraphs
    const copies = ['wide', 'middle', 'narrow'].map((name) => `<div class="${name}">${p(first ?? '')}</div>`)
    return `${h1(story)}${copies.join('')}<div class="body">${ps(rest)}</div>`
  },
  'an answer that is given twice': (story) =>
    `${h1(story)}<div>${story.paragraphs.map((each) => `${escaped(each)}<br><br>他没有回答。<br><br>`).join('')}</div>`,
}

function page(story: InventedStory, language: Language, body: string): string {
  return `<!DOCTYPE html><html lang="${language}"><title>${escaped(story.headline)} - 青石晚报</title><meta property="og:title" content="${escaped(story.headline)}"><meta property="og:type" content="article"><link rel="canonical" href="${story.url}"><body>${body}</body></html>`
}

function markdownOf(html: string, { url }: InventedStory): string {
  const read = readPage({ html, url })
  return read.kind === 'refused' ? '' : writeBody(read.extract.body.blocks).markdown
}

const STORIES = [1, 2, 3].flatMap((seed) =>
  (['zh', 'en'] as const).map((language) => [inventedStory(seeded(seed), language), language] as const),
)

test.each(Object.entries(SHAPES))('%s: the story is read whole, once, and nothing else', (_, shape) => {
  for (const [story, language] of STORIES) {
    const html = page(story, language, shape(story, language))
    expect(fault(html, story)).toBeNull()
    const markdown = markdownOf(html, story)
    expect(story.paragraphs.filter((each) => markdown.split(each).length > 2)).toEqual([])
  }
})

test('what someone says twice stays', () => {
  const [[story]] = STORIES as [(typeof STORIES)[0]]
  const body = `<h1>${story.headline}</h1><div>${story.paragraphs.map((each) => `${each}<br><br>他没有回答。`).join('<br><br>')}</div>`
  expect(markdownOf(page(story, 'zh', body), story).split('他没有回答。')).toHaveLength(story.paragraphs.length + 1)
})

const HEADLINES: Array<[string, (headline: string) => string]> = [
  ['in two lines', (headline) => headline.replace(' ', '<br>')],
  ['in two boxes', (headline) => `<div>${headline.replace(' ', '</div><div>')}</div>`],
  ['in two spans shown as boxes', (headline) => headline.replace(/^\S+/, '<span style="display:block">$&</span>')],
  ['behind a label', (headline) => `<span>Exclusive</span> ${headline}`],
  ['behind a label on a line of its own', (headline) => `<div>Exclusive</div>${headline}`],
]

test.each(HEADLINES)('a headline %s is the headline', (_, write) => {
  const story = inventedStory(seeded(4), 'en')
  const next = `<div><h1>${NOT_THE_STORY}</h1>${others('en', 8)}</div>`
  const body = `<div><h1>${write(story.headline)}</h1>${ps(story.paragraphs)}</div>`
  expect(fault(page(story, 'en', body), story)).toBeNull()
  expect(fault(page(story, 'en', body + next), story)).toBeNull()
})

test('Chinese characters of a headline in two lines have no blank between them', () => {
  const story = inventedStory(seeded(4), 'zh')
  const [begin, end] = [story.headline.slice(0, 6), story.headline.slice(6)]
  const body = `<div><h1>${begin}<br>${end}</h1>${ps(story.paragraphs)}</div>`
  const html = page(story, 'zh', body).replaceAll(/<meta property="og:title"[^<>]*>/g, '')
  expect(fault(html, story)).toBeNull()
})
