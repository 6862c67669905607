import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  addressOf,
  canonicalUrl,
  formerIds,
  identify,
  paperOf,
  publisherOf,
  PUBLISHERS,
  sectionOf,
  storyId,
  variantOf,
  zoneOf,
} from '../../src/sites/publishers.ts'

/** What an earlier version, which knew none of these papers, called the story of an address. */
function former(url: string): string {
  const { host, pathname, search } = new URL(url)
  const query = search.replace(/[?&]utm_\w+=[^&]*/g, '')
  return createHash('sha256')
    .update(`https://${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}${query}`)
    .digest('hex')
    .slice(0, 10)
}

const SLUG = '渡口重开-船家说水位已退'
const RFI = `https://www.rfi.fr/cn/中国/20200724-${SLUG}`

describe('RFI has no numbers: a story is its path', () => {
  test.each([
    `http://www.rfi.fr//cn/中国/20200724-${SLUG}`,
    `https://rfi.fr/cn/中国/20200724-${SLUG}/`,
    `https://www.rfi.fr/cn/%E4%B8%AD%E5%9B%BD/20200724-${encodeURIComponent(SLUG)}`,
    `https://www.rfi.fr/cn/%e4%b8%ad%e5%9b%bd/20200724-${SLUG}?xtor=RSS-1&utm_source=x#top`,
    `https://amp.rfi.fr/cn/中国/20200724-${SLUG}`,
    `https://m.rfi.fr/cn//中国/20200724-${SLUG}%20`,
  ])('%s', (url) => {
    expect(identify(url)).toEqual({ id: former(RFI), day: '2020-07-24' })
    expect(storyId(url)).toBe(former(RFI))
    expect(addressOf(url)).toBe(
      new URL(RFI).href.replace('www.', new URL(url).hostname.startsWith('rfi') ? '' : 'www.'),
    )
    expect(sectionOf(url)).toBe('cn/中国')
  })

  test('its clock has summer time, and its night goes on in the next day', () => {
    const zone = zoneOf(RFI)
    expect([zone.offsetMs(Date.parse('2020-07-24')), zone.offsetMs(Date.parse('2020-12-24')), zone.lateMs]).toEqual([
      7_200_000, 3_600_000, 86_400_000,
    ])
  })

  test.each([
    'https://www.rfi.fr/cn/',
    'https://www.rfi.fr/cn/中国/',
    'https://www.rfi.fr/cn/中国/20200231-没有的一天',
    'https://www.rfi.fr/en/france/20200724-ferry',
    'https://www.rfi.fr/cn/中国/20200724-',
  ])('%s is no story of its Chinese service', (url) => {
    expect(storyId(url)).toBeNull()
    expect(publisherOf(url)?.name).toBe('rfi')
  })

  test('another day, another headline, the other script are other stories', () => {
    const urls = [RFI, RFI.replace('24-', '25-'), `${RFI}-二`, RFI.replace('/cn/中国', '/tw/中國')]
    expect(new Set(urls.map((url) => identify(url).id)).size).toBe(4)
  })
})

describe('a story of DW is the number at the end of its address', () => {
  test.each([
    'https://www.dw.com/zh/渡口重开/a-54316030',
    'https://www.dw.com/zh/渡口重开：水位已退？/a-54316030?maca=chi-rss-chi-all-1127-rdf',
    'http://www.dw.com/zh/a-54316030',
    'https://m.dw.com/zh/%E6%B8%A1%E5%8F%A3/a-54316030',
    'https://amp.dw.com/zh/渡口/a-54316030',
    'https://www.dw.com/zh/渡口/av-54316030',
    'https://www.dw.com/zh/渡口/g-54316030',
    'https://www.dw.com/zh/渡口/l-54316030',
    'https://www.dw.com/zh/渡口/live-54316030/',
    'https://www.dw.com/zh/渡口/t-54316030#x',
    'https://www.dw.com/zh/渡口/a-54316030。',
    'https://www.dw.com/zh/渡口何处去?/a-54316030',
    'https://www.dw.com/zh/渡口何处去?%20船家不答/a-54316030',
  ])('%s', (url) => {
    expect(identify(url)).toEqual({ id: 'dw.54316030', day: null })
    expect(addressOf(url)).toMatch(/^https:\/\/www\.dw\.com\/[^?#]*54316030$/)
    expect(sectionOf(url)).toBe('zh')
  })

  test.each([
    'https://www.dw.com/zh/在线报导/s-9058',
    'https://www.dw.com/zh/a-543160301x',
    'https://www.dw.com/a-543',
  ])('%s is none', (url) => expect(storyId(url)).toBeNull())
})

describe('a story of BBC is its number or name, in either script', () => {
  test.each([
    ['http://www.bbc.com/zhongwen/simp/chinese-news-53488751', 'bbc.53488751', 'simp'],
    [
      'https://www.bbc.co.uk/zhongwen/trad/chinese-news-53488751?at_medium=RSS&at_campaign=KARANGA',
      'bbc.53488751',
      'trad',
    ],
    ['https://www.bbc.com/zhongwen/simp/chinese-news-53488751.amp', 'bbc.53488751', 'simp'],
    ['https://www.bbc.com/zhongwen/simp/chinese-news-53488751/embed', 'bbc.53488751', 'simp'],
    ['https://www.bbc.com/zhongwen/simp/53488751', 'bbc.53488751', 'simp'],
    ['https://www.bbc.com/ukchina/simp/vert-fut-53405234', 'bbc.53405234', 'simp'],
    ['https://www.bbc.com/zhongwen/articles/c178qrr29d1o/simp', 'bbc.c178qrr29d1o', 'simp'],
    ['https://www.bbc.com/zhongwen/articles/c178qrr29d1o/trad.amp', 'bbc.c178qrr29d1o', 'trad'],
    ['https://www.bbc.com/zhongwen/articles/c178qrr29d1o', 'bbc.c178qrr29d1o', null],
    ['https://www.bbc.com/zhongwen/live/c178qrr29d1t/trad', 'bbc.c178qrr29d1t', 'trad'],
  ])('%s', (url, id, script) => {
    expect(identify(url)).toEqual({ id, day: null })
    expect(variantOf(url)).toBe(script)
    expect(new URL(addressOf(url)).pathname).not.toMatch(/amp|embed/)
  })

  test('an address of the years before has a day and no number', () => {
    const url = 'https://www.bbc.com/zhongwen/simp/chinese_news/2012/12/121210_ferry_reopens.shtml'
    expect(identify(url)).toMatchObject({ day: '2012-12-10', id: expect.stringMatching(/^[0-9a-f]{10}$/) as string })
    expect(identify(url)).toEqual(identify(url.replace('.shtml', '').replace('bbc.com', 'bbc.co.uk')))
  })

  test.each([
    'https://www.bbc.com/zhongwen/simp',
    'https://www.bbc.com/zhongwen/topics/c77jz3md4rwt/simp',
    'https://www.bbc.com/news/world-53488751',
    'https://feeds.bbci.co.uk/zhongwen/simp/rss.xml',
  ])('%s is none', (url) => {
    expect(storyId(url)).toBeNull()
    expect(publisherOf(url)?.name).toBe('bbc')
  })
})

test.each([
  [RFI, [`http://www.rfi.fr//cn/中国/20200724-${SLUG}`]],
  [`http://www.rfi.fr//cn/中国/20200724-${SLUG}`, [`http://www.rfi.fr//cn/中国/20200724-${SLUG}`]],
  [
    'https://www.dw.com/zh/渡口重开/a-54316030?maca=chi-rss',
    ['https://www.dw.com/zh/渡口重开/a-54316030', 'https://www.dw.com/zh/渡口重开/a-54316030?maca=chi-rss'],
  ],
  [
    'https://m.dw.com/zh/渡口重开/a-54316030',
    ['https://m.dw.com/zh/渡口重开/a-54316030', 'https://www.dw.com/zh/渡口重开/a-54316030'],
  ],
  [
    'https://www.bbc.com/zhongwen/simp/world-53496291',
    [
      'http://www.bbc.com/zhongwen/simp/world-53496291',
      'https://www.bbc.com/zhongwen/trad/world-53496291',
      'https://www.bbc.co.uk/zhongwen/simp/world-53496291',
    ],
  ],
])('what an earlier version archived from %s is found again', (url, before) => {
  for (const each of before) {
    const id = former(each)
    expect([identify(url).id, ...formerIds(url)], each).toContain(id)
    if (id !== identify(url).id) expect(identify(url, id)).toEqual({ id, day: null })
  }
  expect(formerIds(url)).not.toContain(identify(url).id)
  expect(canonicalUrl(url)).toMatch(/^https:/)
})

test('who wrote it, and where it is read', () => {
  expect(
    [RFI, 'https://www.dw.com/zh/a-54316030', 'https://www.bbc.com/zhongwen/simp/world-53496291'].map(paperOf),
  ).toEqual(['法广', '德国之声', 'BBC'])
  const sources = PUBLISHERS.slice(1).flatMap(({ name, sections, sourcesOf }) =>
    sections.names.map((section) => [
      `${name}:${section}`,
      ...sourcesOf(section, { rsshub: 'https://rsshub.example/' }).map(({ kind, url }) => `${kind} ${decodeURI(url)}`),
    ]),
  )
  expect(sources).toEqual([
    ['rfi:news', 'feed https://www.rfi.fr/cn/rss', 'rss https://rsshub.example/rfi/cn'],
    ['rfi:china', 'feed https://www.rfi.fr/cn/中国/rss', 'rss https://rsshub.example/rfi/cn/中国'],
    ['rfi:world', 'feed https://www.rfi.fr/cn/国际/rss', 'rss https://rsshub.example/rfi/cn/国际'],
    ['rfi:trad', 'feed https://www.rfi.fr/tw/rss', 'rss https://rsshub.example/rfi/tw'],
    ['dw:news', 'feed https://rss.dw.com/rdf/rss-chi-all', 'rss https://rsshub.example/dw/rss/rss-chi-all'],
    ['bbc:simp', 'feed https://feeds.bbci.co.uk/zhongwen/simp/rss.xml', 'rss https://rsshub.example/bbc/chinese'],
    [
      'bbc:trad',
      'feed https://feeds.bbci.co.uk/zhongwen/trad/rss.xml',
      'rss https://rsshub.example/bbc/traditionalchinese',
    ],
  ])
})
