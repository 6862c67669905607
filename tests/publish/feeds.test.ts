import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import type { StoryRecord } from '../../src/core/model.ts'
import { atom } from '../../src/core/publish/atom.ts'
import { contentHtml, entryOf, type FeedAbout, type FeedFormat, newestFirst } from '../../src/core/publish/entry.ts'
import { jsonFeed } from '../../src/core/publish/json-feed.ts'
import { changedAt } from '../../src/core/publish/story-times.ts'
import { parseFeed } from '../../src/index.ts'
import { canonicalUrl } from '../../src/sites/publishers.ts'
import { line } from '../markdown/arbitrary-html.ts'
import { wordsOf } from '../markdown/projection.ts'
import { runs } from '../support/runs.ts'
import { hasTool } from '../support/tools.ts'
import { HOSTILE_TITLES } from './support/hostile.ts'
import { HOSTILE_RECORDS } from './support/hostile-records.ts'
import { python } from './support/python.ts'
import { recordOf } from './support/records.ts'

const CHECKER = fileURLToPath(new URL('support/check_feed.py', import.meta.url))
const ABOUT: FeedAbout = {
  title: '联合早报',
  id: 'urn:uuid:0f0f0f0f-0000-8000-8000-000000000000',
  self: null,
  nowMs: Date.UTC(2026, 2, 12),
}

const FORMATS = [
  ['Atom', atom],
  ['JSON Feed', jsonFeed],
] as const

function feedOf(format: FeedFormat, records: readonly StoryRecord[], about: Partial<FeedAbout> = {}): string {
  const entries = newestFirst(records.map((record) => entryOf(record, format, canonicalUrl)))
  return [...format.document({ ...ABOUT, ...about }, entries)].join('')
}

/** What the checker says of each feed. `name`: which Python. */
const checked = <T>(feeds: readonly string[], args: readonly string[] = [], name?: string): T[] =>
  python([CHECKER, ...args], JSON.stringify(feeds), name) as T[]

describe.each(FORMATS)('%s', (name, format) => {
  const isThere = hasTool('python3', `${name} by its rules`)

  test.runIf(isThere)('is valid, whatever stands in stories, and nothing of them runs', () => {
    const random = fc.sample(line, runs(100)).map((html, n) => recordOf(n, { markdown: toMarkdown(html) }))
    const odd = [
      recordOf(1, { published: null }),
      recordOf(2, { author: null, bylines: [], section: null, lang: null, publisher: null }),
      recordOf(3, { updated: '2026-03-11T09:00:00.000Z', access: 'subscriber', extraction: 'generic' }),
      recordOf(4, { revision: 2 }),
      recordOf(5, { url: 'https://a.example/?p=5&q=甲 乙#guid=urn%3Ax' }),
    ]
    const self = 'https://reader.example/feed?a=1&b=2'
    const feeds = [
      ...[HOSTILE_RECORDS, random, odd, [], [recordOf(1)]].map((records) => feedOf(format, records)),
      feedOf(format, odd, { self }),
    ]
    expect(checked(feeds)).toEqual(feeds.map(() => []))
  })

  test.runIf(isThere)('what is not valid is seen', () => {
    const feed = feedOf(format, [recordOf(1), recordOf(2)])
    const broken = [
      feed.replaceAll('Z', ''),
      feed.replace('浮桥第1段', '\u0008'),
      feed.replaceAll('9000001', '9000002'),
      feed.replaceAll(/"?authors?"?/g, (found) => found.replace('author', 'by')),
      feed.slice(0, -10),
      feed.replaceAll(/-\d\dT/g, '-32T'),
      feed.replaceAll(/(?:<|&lt;)\/p(?:>|&gt;)/g, ''),
      feed.replaceAll('浮桥第1段', name === 'Atom' ? '&lt;a href=&quot;/x&quot;>一&lt;/a>' : '<a href=\\"/x\\">一</a>'),
    ]
    for (const faults of checked<string[]>(broken)) expect(faults).not.toEqual([])
  })

  test('the program itself reads the same stories back', async () => {
    const records = [...HOSTILE_RECORDS, recordOf(90, { published: null })]
    const items = await parseFeed(feedOf(format, records))
    const expected = records.map((record) => ({
      title: record.title,
      url: record.url,
      published: record.published,
      words: wordsOf(contentHtml(record)),
    }))
    const read = items.map(({ title, url, published, html }) => ({ title, url, published, words: wordsOf(html ?? '') }))
    expect(new Set(read.map(({ url }) => url))).toEqual(new Set(expected.map(({ url }) => url)))
    for (const one of expected.filter((each) => each.published !== null)) {
      const back = read.find(({ url }) => url === one.url)
      expect(back).toMatchObject({ published: one.published, words: one.words })
    }
    expect(read.find(({ url }) => url === HOSTILE_RECORDS[0]!.url)?.title).toBe(HOSTILE_TITLES[0])
  })

  test('the newest is first, whatever the order', () => {
    const days = ['2026-03-11', '2026-03-12', '2026-03-10']
    const records = days.map((day, n) => recordOf(n, { path: `${day}/x.md` }))
    const places = [2, 0, 1].map((n) => feedOf(format, records).indexOf(`浮桥第${n}段合龙`))
    expect(places).toEqual(places.toSorted((a, b) => b - a))
  })

  test('the address at which it stands is named where it is known', () => {
    const self = 'https://reader.example/feed?a=1&b=2'
    expect(feedOf(format, [], { self })).toContain(
      name === 'Atom' ? self.replace('&', '&amp;') : `"feed_url":"${self}"`,
    )
    expect(feedOf(format, [])).not.toMatch(/rel="self"|feed_url/)
  })

  test('what is to be told of a story stands before its text', () => {
    const feed = feedOf(format, [recordOf(1, { access: 'subscriber' })])
    expect(feed).toMatch(/For subscribers: the beginning alone is public\.[^]*浮桥第1段昨天合龙/)
  })
})

test('a changed story is one of the same id, updated later', () => {
  const page = recordOf(1)
  expect(changedAt(page)).toBe(page.published)
  expect(changedAt({ ...page, fetched: '2026-04-01T00:00:00.000Z' })).toBe(page.published)
  expect(changedAt({ ...page, updated: '2026-03-11T05:00:00.000Z' })).toBe('2026-03-11T05:00:00.000Z')
  expect(changedAt({ ...page, updated: '2026-03-11T01:00:00.000Z' })).toBe(page.published)
  expect(changedAt({ ...page, revision: 2 })).toBe(page.fetched)
  expect(changedAt({ ...page, revision: 2, updated: '2026-03-11T05:00:00.000Z' })).toBe('2026-03-11T05:00:00.000Z')
  expect(changedAt({ ...page, published: null })).toBe('2026-03-11T00:00:00.000Z')
})

test('rss-parser reads the same stories', async () => {
  const records = HOSTILE_RECORDS.slice(0, 8)
  const { items } = await new Parser().parseString(feedOf(atom, records))
  expect(items.map(({ id, link }) => ({ id, link })).toSorted(byId)).toEqual(
    records.map(({ url }) => ({ id: canonicalUrl(url), link: url })).toSorted(byId),
  )
  for (const { id, content } of items)
    expect(content?.trim()).toBe(contentHtml(records.find(({ url }) => canonicalUrl(url) === id)!).trim())
})

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)

/** Debian's is not the one that a tool for versions of Python puts before it. */
const withFeedparser = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import feedparser']).status === 0,
)
if (withFeedparser === undefined)
  process.stderr.write('feeds by another reader: feedparser is not installed, nothing to run\n')

test.runIf(withFeedparser !== undefined)('feedparser reads the same stories', () => {
  const records = [...HOSTILE_RECORDS, recordOf(90)]
  const [read] = checked<{ bozo: boolean; version: string; entries: Record<string, string>[] }>(
    [feedOf(atom, records)],
    ['--feedparser'],
    withFeedparser,
  )
  expect(read).toMatchObject({ bozo: false, version: 'atom10' })
  const seen = read!.entries.map(({ id, link, published, updated, html }) => ({ id, link, published, updated, html }))
  const expected = newestFirst(records.map((record) => entryOf(record, atom, canonicalUrl))).map(({ text }) => {
    const record = records.find(({ url }) => text.includes(`<link rel="alternate" type="text/html" href="${url}"/>`))!
    return {
      id: canonicalUrl(record.url),
      link: record.url,
      published: record.published,
      updated: changedAt(record),
      html: contentHtml(record).trim(),
    }
  })
  expect(seen).toEqual(expected)
})
