import { describe, expect, test } from 'vitest'
import { readItems } from '../../src/pipeline/sources/read-items.ts'
import { readList, readPage } from '../../src/sites/index.ts'
import { said } from '../../src/words/words.ts'

const URL_ASKED = 'https://www.zaobao.com.sg/realtime/china/story20260312-9000001'
const OLD_URL = 'https://www.zaobao.com.sg/special/report.shtml'

interface Sources {
  linked?: string
  created?: string
  changed?: string
  shown?: string
  meta?: string
}

function page({ linked, created, changed, shown, meta }: Sources): string {
  const details = JSON.stringify({ articleDetails: { created, changed } })
  const data = JSON.stringify({ '@type': 'NewsArticle', headline: '渡口复航', datePublished: linked })
  return (
    `<title>渡口复航</title><meta property="article:published_time" content="${meta ?? ''}">` +
    `<script type="application/ld+json">${data}</script><h1>渡口复航</h1><h4 class="date-published">${shown ?? ''}</h4>` +
    `<div class="article-content-rawhtml"><p>第一段。</p></div>` +
    `<script type="application/json" data-drupal-selector="drupal-settings-json">${details}</script>`
  )
}

function timesOf(sources: Sources, url = URL_ASKED): [string | null, string | null] {
  const found = readPage({ html: page(sources), url })
  if (found.kind !== 'story') throw new Error(said(found.detail))
  return [found.extract.published, found.extract.updated]
}

const TEN = '2026-03-12T02:00:00.000Z'

describe('the day in the address is a witness', () => {
  test.each<[string, Sources, string | null]>([
    ['ld+json of that day', { linked: '2026-03-12T10:00:00+08:00' }, TEN],
    ['ld+json of another day, settings of that', { linked: '2026-03-13T10:00:00+08:00', created: '1773280800' }, TEN],
    ['settings of another day, shown of that', { created: '1773367200', shown: '发布 / 2026年3月12日 10:00 AM' }, TEN],
    ['all of other days but the last', { linked: '2020-01-01T08:00:00+08:00', created: '1', meta: TEN }, TEN],
    ['all of other days', { linked: '2020-01-01T08:00:00+08:00', meta: '2026-11-26T22:49:12Z' }, null],
    ['a clock alone', { shown: '发布 / 10:00 AM' }, TEN],
    ['a clock of twelve hours alone', { shown: '下午3:37' }, '2026-03-12T07:37:00.000Z'],
    ['the first minute of the day', { linked: '2026-03-12T00:00:00+08:00' }, '2026-03-11T16:00:00.000Z'],
    ['the last second of the day', { linked: '2026-03-12T23:59:59+08:00' }, '2026-03-12T15:59:59.000Z'],
    ['the day in Greenwich, another in Singapore', { linked: '2026-03-12T16:00:00Z' }, null],
    ['nothing', {}, null],
  ])('%s', (_, sources, published) => {
    expect(timesOf(sources)[0]).toBe(published)
  })

  test('not where the address names no day', () => {
    expect(timesOf({ linked: '2020-01-01T08:00:00+08:00' }, OLD_URL)[0]).toBe('2020-01-01T00:00:00.000Z')
    expect(timesOf({ shown: '10:00' }, OLD_URL)[0]).toBe(null)
  })

  test('a list shows a clock alone', () => {
    const body = (time: string) =>
      `<div data-testid="article-list"><article><a class="article-link" href="/realtime/china/story20260312-9000001" title="旧闻">旧闻</a><span>${time}</span></article></div>`
    const times = ['10:00', '15分钟前', '昨天 10:00', '3月12日 10:00'].map((time) => {
      const now = Date.parse('2026-11-26T22:49:12Z')
      return readList({ body: body(time), url: 'https://www.zaobao.com/realtime/china' }, now)
    })
    expect(times.map((items) => items?.items[0]?.published)).toEqual([TEN, null, null, TEN])
  })

  test.each([
    ['2026-11-26T22:49:12.000Z', null],
    [TEN, TEN],
  ])('a feed says %s', async (published, taken) => {
    const feed =
      `<rss version="2.0"><channel><title>t</title><item><title>旧闻</title><link>${URL_ASKED}</link>` +
      `<pubDate>${new Date(published).toUTCString()}</pubDate></item></channel></rss>`
    const source = { body: Buffer.from(feed), contentType: null, url: 'https://feeds.example/x.xml' }
    const { items } = await readItems(source, 'feed', 0)
    expect(items[0]?.published).toBe(taken)
  })
})

describe('an update', () => {
  const created = '1773280800'
  test.each<[string, Sources, string | null]>([
    ['later', { created, changed: '1773284400' }, '2026-03-12T03:00:00.000Z'],
    ['days later', { created, changed: '1773540000' }, '2026-03-15T02:00:00.000Z'],
    ['at the same time', { created, changed: created }, null],
    ['before the publication', { created, changed: '1773277200' }, null],
    ['without a publication', { changed: '1773284400' }, '2026-03-12T03:00:00.000Z'],
    ['before the day in the address', { changed: '1773194400' }, null],
  ])('%s', (_, sources, updated) => {
    expect(timesOf(sources)[1]).toBe(updated)
  })
})
