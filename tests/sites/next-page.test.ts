import { expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { nextPageOf } from '../../src/sites/page/next-page.ts'
import { pageOf } from '../../src/sites/page/page.ts'
import { said } from '../../src/words/words.ts'
import { expectInProportion } from '../support/cost.ts'
import { inventedStory, seeded } from '../support/layouts.ts'

const URL_ASKED = 'https://town.example/2026/ferry.shtml'

test.each<[string, string, string, string | null]>([
  [
    'a number before the ending',
    URL_ASKED,
    '<a href="ferry_2.shtml">下一页</a>',
    'https://town.example/2026/ferry_2.shtml',
  ],
  [
    'a number alone as its text',
    URL_ASKED,
    '<a class=n href=/2026/ferry_2.shtml><b>2</b></a>',
    'https://town.example/2026/ferry_2.shtml',
  ],
  ['in a query', URL_ASKED, "<a href='?a=1&amp;p=2'>下頁 »</a>", 'https://town.example/2026/ferry.shtml?a=1&p=2'],
  ['a folder', 'https://town.example/ferry/', '<a href="/ferry/2/">Next page</a>', 'https://town.example/ferry/2/'],
  [
    'a folder of pages',
    'https://town.example/ferry',
    '<a href="/ferry/page/2">余下全文</a>',
    'https://town.example/ferry/page/2',
  ],
  [
    'beside an address for a script',
    URL_ASKED,
    '<a data-href="/count?2" href="ferry_2.shtml">下一页</a>',
    'https://town.example/2026/ferry_2.shtml',
  ],
  ['another story', URL_ASKED, '<a href="/2026/bridge_2.shtml">下一页</a>', null],
  ['another story of like name', 'https://town.example/ferry', '<a href="/ferry-2">下一页</a>', null],
  ['the next story', URL_ASKED, '<a href="/2026/ferry_2.shtml">下一篇：第二渡口</a>', null],
  ['a later page', URL_ASKED, '<a href="ferry_3.shtml">3</a>', null],
  ['from the second page', `${URL_ASKED}?p=1`, '<a href="?p=2">下一页</a>', null],
  ['a home page', 'https://town.example/', '<a href="/2/">下一页</a>', null],
  ['another host', URL_ASKED, '<a href="https://m.town.example/2026/ferry_2.shtml">下一页</a>', null],
  ['a link in references', URL_ASKED, '<a href="?page=2">&#19979;一页</a>', `${URL_ASKED}?page=2`],
  ['no link', URL_ASKED, '<a name="2">2</a><p>下一页</p>', null],
])('the page on which a story goes on: %s', (_, url, html, next) => {
  expect(nextPageOf(pageOf(`<a href="/x">首页</a>${html}`, url))).toBe(next)
})

test('a page that has the beginning of its story alone is in doubt', () => {
  const { headline, paragraphs } = inventedStory(seeded(5), 'zh')
  const text = paragraphs.map((each) => `<p>${each}</p>`).join('')
  const doubts = (pager: string) => {
    const html = `<!DOCTYPE html><html><head><title>${headline}</title></head><body><h1>${headline}</h1><div class="text">${text}</div>${pager}</body></html>`
    const page = readPage({ html, url: URL_ASKED, listed: headline })
    return page.kind === 'story' ? page.doubts.map(said) : page
  }
  expect(doubts('')).toEqual([])
  expect(
    doubts('<div class="pages"><span>1</span> <a href="ferry_2.shtml">2</a> <a href="ferry_2.shtml">下一页</a></div>'),
  ).toEqual(['the page is the first of several: the story goes on at https://town.example/2026/ferry_2.shtml'])
})

test('links are looked through in time in proportion', async () => {
  for (const unit of ['<a href="2">', '<a ', '<a href="/2">2</a>'])
    await expectInProportion(
      (part) => unit.repeat(20_000 * part),
      (html) => nextPageOf(pageOf(html, URL_ASKED)),
    )
})
