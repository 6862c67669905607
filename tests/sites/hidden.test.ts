import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readContent, readPage } from '../../src/sites/index.ts'
import { textOfHtml } from '../../src/sites/text.ts'

const URL = 'https://www.zaobao.com.sg/realtime/china/story20260103-9700001'
const SEEN = '<p>看得见的一段话，字数足够长，可以算作正文。</p><p>第二段补充背景，也是正文。</p>'
const SEEN_TEXT = '看得见的一段话，字数足够长，可以算作正文。第二段补充背景，也是正文。'

function textOf(html: string): string {
  return (readContent(html, URL)?.body.text ?? '').replace(/\s+/g, '')
}

const HIDDEN: readonly string[] = [
  '<p style="display:none">藏</p>',
  '<p style="color: red; DISPLAY : None !important">藏</p>',
  '<p hidden>藏</p>',
  '<p hidden="">藏</p>',
  '<div hidden="hidden"><p>藏</p></div>',
  '<p><span style="visibility: hidden">藏</span></p>',
  '<p style="visibility:collapse">藏</p>',
  '<p style="opacity:0">藏</p>',
  '<span style="font-size:0px">藏</span>',
  '<div style="position:absolute;left:-9999px">藏</div>',
  '<div style="text-indent:-9999px">藏</div>',
  '<span style="clip: rect(0 0 0 0); position: absolute">藏</span>',
  '<span style="clip: rect(1px, 1px, 1px, 1px)">藏</span>',
  '<h2 class="element-invisible"><a href="/file/50">藏</a></h2>',
  '<span class="x visually-hidden">藏</span>',
  '<span class="sr-only">藏</span>',
  '<span class="screen-reader-text">藏</span>',
  '<dialog><p>藏</p></dialog>',
]

test.each(HIDDEN)('%s is no text of a story', (html) => {
  expect(textOf(`${SEEN}${html}`)).toBe(SEEN_TEXT)
})

const SHOWN: readonly string[] = [
  '<p hidden="until-found">见</p>',
  '<p aria-hidden="true">见</p>',
  '<p style="display:none;display:block">见</p>',
  '<p style="opacity:0.9">见</p>',
  '<p style="visibility:visible">见</p>',
  '<p style="font-size:0.9em">见</p>',
  '<p style="left:-9px">见</p>',
  '<details><summary>见</summary></details>',
  '<dialog open><p>见</p></dialog>',
  '<p class="hidden-gem">见</p>',
]

test.each(SHOWN)('%s is', (html) => {
  expect(textOf(`${SEEN}${html}`)).toBe(`${SEEN_TEXT}见`)
})

/** Elements that are dropped, or replaced by a link. */
const UNENDED: readonly string[] = [
  '<form action="/x">',
  '<form/>',
  '<div><form action="/x"></div>',
  '<button/>',
  '<zb-ai-summary/>',
  '<astro-island component-url="x">',
  '<video-js data-account="1" data-video-id="2"/>',
]

test.each(UNENDED)('%s takes nothing of a story with it where its end is missing', (html) => {
  expect(textOf(`<p>前</p>${html}${SEEN}`).replace('视频', '')).toBe(`前${SEEN_TEXT}`)
})

describe('what is hidden', () => {
  test('is the story where a script would show most of it', () => {
    expect(textOf(`<div style="opacity:0">${SEEN}</div><p>载入中</p>`)).toBe(`${SEEN_TEXT}载入中`)
    expect(textOf(SEEN.replaceAll('<p>', '<p style="visibility:hidden">'))).toBe(SEEN_TEXT)
  })

  test('keeps its pictures, with their captions', () => {
    const slide = '<div style="display:none"><figure><img src="/a.jpg"><figcaption>图说</figcaption></figure>藏</div>'
    const html = readContent(`${SEEN}${slide}<p><img src="/b.jpg" style="display:none;visibility:hidden"></p>`, URL)
    expect(html?.body.html).toMatch(/a\.jpg.*图说.*b\.jpg/)
    expect(html?.body.html).not.toContain('藏')
  })
})

const LINES: Array<[string, string, string]> = [
  ['a break', '甲国<br>乙国', '甲国 乙国'],
  ['a break with spaces about it', '甲国 <br/> 乙国', '甲国 乙国'],
  ['blocks', '<div>甲国</div><div>乙国</div>', '甲国 乙国'],
  ['a block in a line', '甲国<span style="display:block">乙国</span>', '甲国乙国'],
  ['marks in a line', '甲<b>国</b><wbr>乙<span>国</span>', '甲国乙国'],
  ['a label for screen readers', '<span class="visually-hidden">标题：</span>甲国', '甲国'],
  ['a heading that is hidden until a script runs', '<span style="visibility:hidden">甲国</span>', '甲国'],
  ['an item after an item', '<ul><li>甲<li>乙</ul>', '甲 乙'],
]

test.each(LINES)('a line of %s', (_, html, expected) => {
  expect(textOfHtml(html)).toBe(expected)
})

test('a headline is not glued where it breaks', () => {
  const html = `<html><body><h1>上半句<br>下半句</h1><article class="article-body">${SEEN}</article></body></html>`
  const page = readPage({ html, url: URL })
  expect(page.kind === 'story' && page.extract.title).toBe('上半句 下半句')
})

test('what is read without a tree is what the tree says', () => {
  const piece = fc.constantFrom(
    ...['文 / 甲', ' 乙 ', '\n', '下午3:37', '&amp;', '<p>', '</div>', '<span hidden>', '<i class="sr-only">'],
    ...['<span>', '</span>', '<a href="/x" title="q>r">', '</a>', '<em class="y">', '</em>', '<b  id="a" >', '</b>'],
    ...['<strong class="visually-hidden">', '</strong>', '<time datetime="2021">', '</time>', '<u style="opacity:0">'],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const html = pieces.join('')
      // What is empty and hidden has a tree built of it.
      expect(textOfHtml(html)).toBe(textOfHtml(`${html}<br hidden>`))
    }),
    { numRuns: 3000 },
  )
})
