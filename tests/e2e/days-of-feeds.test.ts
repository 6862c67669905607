import { expect, test } from 'vitest'
import { join } from 'node:path'
import { backfill } from '../../src/commands/backfill.ts'
import { configOf, testIo } from '../support/io.ts'
import { eachWithPress } from '../support/each.ts'
import { paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'

/*
 * Days are looked up in the lists of papers that are known: feeds of others have none, and no paper that nobody configured is
 * asked in their place.
 */
let press: Press
eachWithPress((own) => {
  press = own
})

const FEED = 'http://town.example/feed'
const OTHER = { feed: 'http://village.example/feed', section: '村' }
const STORY = 'http://www.zaobao.com.sg/realtime/china/story20260311-9000001'

async function days(flags: Record<string, unknown>, more: { namesSections?: boolean } = {}): Promise<string> {
  const io = { ...testIo(press.home.path, press.nowMs), env: { HTTP_PROXY: press.server.origin } }
  const given = { archive: join(press.home.path, 'archive'), rate: '1000/s', proxy: press.server.origin, ...flags }
  const config = { ...(await configOf(given, press.home.path)), dryRun: false }
  const wanted = { urls: [], file: null, from: '7d', to: null, order: 'oldest' as const, ...more }
  await backfill(config, wanted, io)
  return io.err.join('')
}

/** What is said where a paper's sitemap was asked for: it is behind a tunnel, which this proxy has none of. */
const ASKED = /^https:\/\/www\.zaobao\.com\.sg\/sitemaps\/.*proxy/m

test.each([
  [{ sources: [{ feed: FEED }] }, '1 feed has no list of its days'],
  [{ sources: [{ feed: FEED }, OTHER] }, '2 feeds have no lists of their days'],
  [{ feed: [FEED] }, '1 feed has no list of its days'],
])('feeds alone (%j): nobody is asked, which is said', async (flags, why) => {
  await expect(days(flags)).rejects.toThrow(`--from: ${why}: name their stories`)
  expect(press.server.requests).toEqual([])
})

test.each([
  ['beside another source', { sources: ['list', OTHER] }, {}],
  ['of a section of a paper', { sources: [{ feed: FEED, section: 'china' }] }, {}],
  ['beside sections that are named for the run', { feed: [FEED] }, { namesSections: true }],
])('feeds %s: the paper is asked', async (_, flags, more) => {
  const err = await days(flags, more)
  expect(err).toMatch(ASKED)
  expect(err.includes('1 feed has no list of its days: their stories')).toBe(
    'sources' in flags && flags.sources.length === 2,
  )
})

test('a feed that showed stories of a paper has the days of its lists', async () => {
  press.answers.set(FEED, rssOf([{ url: STORY, title: '渡口重开' }]))
  press.answers.set(STORY, sitePage('渡口重开', paragraphsOf(1)))
  await press.fetch({ feed: [FEED] })
  expect(await days({ feed: [FEED] })).toMatch(ASKED)
})
