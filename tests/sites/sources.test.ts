import { expect, test } from 'vitest'
import { PAPER_NAME, editionOf, pageUrl, sitemapUrl, sourcesFor } from '../../src/sites/zaobao/index.ts'

test('a section has a list page, a JSON list, and a route of an RSSHub instance', () => {
  expect(sourcesFor('china', { rsshub: 'https://rsshub.example/' }).map((source) => source.url)).toEqual([
    'https://www.zaobao.com.sg/realtime/china',
    'https://www.zaobao.com.sg/_plat/api/v2/page-content/realtime/china?page=0',
    'https://rsshub.example/zaobao/realtime/china',
  ])
  expect(sourcesFor('finance', { rsshub: 'https://rsshub.example' }).at(-1)?.url).toBe(
    'https://rsshub.example/zaobao/realtime/zfinance',
  )
  expect(sourcesFor('news/sea')[0]?.url).toBe('https://www.zaobao.com.sg/news/sea')
  expect(sourcesFor('world', { origin: 'https://www.zaobao.com' }).map((source) => source.url)).toEqual([
    'https://www.zaobao.com/realtime/world',
  ])
  expect(PAPER_NAME).toBe('联合早报')
})

test('pages of a source are numbered from 0; some have no second', () => {
  const [list, json] = sourcesFor('china')
  const [globalList, more] = sourcesFor('china', { origin: 'https://www.zaobao.com' })
  if (list === undefined || json === undefined || globalList === undefined || more === undefined)
    throw new Error('none')
  expect([0, 2].map((n) => pageUrl(list, n))).toEqual([list.url, `${list.url}?page=2`])
  expect(pageUrl(json, 3)).toBe('https://www.zaobao.com.sg/_plat/api/v2/page-content/realtime/china?page=3')
  expect(pageUrl(globalList, 1)).toBeNull()
  expect(pageUrl(more, 2)).toBe('https://www.zaobao.com/more/sitemap/3?pageNo=3&pageSize=9')
})

test('a month has its sitemap, a host its edition', () => {
  expect(sitemapUrl('2026-09')).toBe('https://www.zaobao.com.sg/sitemaps/sitemap-202609.xml')
  expect(['www.zaobao.com.sg', 'zaobao.com'].map((host) => editionOf(host))).toEqual(['sg', 'global'])
})
