import { expect, test } from 'vitest'
import { zaobao } from '../../src/sites/zaobao/index.ts'

const { pageOf, sections, sitemaps, sourcesOf } = zaobao

test('a section has a list page, a JSON list, and a route of an RSSHub instance', () => {
  expect(sourcesOf('china', { rsshub: 'https://rsshub.example/' }).map((source) => source.url)).toEqual([
    'https://www.zaobao.com.sg/realtime/china',
    'https://www.zaobao.com.sg/_plat/api/v2/page-content/realtime/china?page=0',
    'https://rsshub.example/zaobao/realtime/china',
  ])
  expect(sourcesOf('finance', { rsshub: 'https://rsshub.example' }).at(-1)?.url).toBe(
    'https://rsshub.example/zaobao/realtime/zfinance',
  )
  expect(sourcesOf('news/sea', {})[0]?.url).toBe('https://www.zaobao.com.sg/news/sea')
  expect(sourcesOf('world', { origin: 'https://www.zaobao.com' }).map((source) => source.url)).toEqual([
    'https://www.zaobao.com/realtime/world',
  ])
  expect(zaobao.paper).toBe('联合早报')
})

test('pages of a source are numbered from 0; some have no second', () => {
  const [list, json] = sourcesOf('china', {})
  const [globalList, more] = sourcesOf('china', { origin: 'https://www.zaobao.com' })
  if (list === undefined || json === undefined || globalList === undefined || more === undefined)
    throw new Error('none')
  expect([0, 2].map((n) => pageOf(list, n))).toEqual([list.url, `${list.url}?page=2`])
  expect(pageOf(json, 3)).toBe('https://www.zaobao.com.sg/_plat/api/v2/page-content/realtime/china?page=3')
  expect(pageOf(globalList, 1)).toBeNull()
  expect(pageOf(more, 2)).toBe('https://www.zaobao.com/more/sitemap/3?pageNo=3&pageSize=9')
})

test('a month has its sitemap', () => {
  expect(sitemaps.ofMonth('2026-09', zaobao.origin)).toBe('https://www.zaobao.com.sg/sitemaps/sitemap-202609.xml')
})

test.each([
  ['realtime/china', ['realtime/china', 'news/china']],
  ['news/sea', ['realtime/sea', 'news/sea']],
  ['zopinions/views', ['zopinions/views']],
])('sections that are one to readers: %s', (path, expected) => {
  expect(sections.sisters(path)).toEqual(expected)
})
