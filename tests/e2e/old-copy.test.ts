import { expect, test } from 'vitest'
import { eachWithPress } from '../support/each.ts'
import { paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'

let press: Press
eachWithPress((own) => {
  press = own
  for (let n = 1; n <= 10; n += 1) press.answers.set(linkOf(n), sitePage(titleOf(n), paragraphsOf(n)))
})

const FEED = 'http://town.example/feed'
const OLDER =
  'http://town.example/feed: all that it shows is older than what it showed before, up to 2026-03-09T08:00Z: an old copy, or another list\n'

const linkOf = (n: number): string => `http://town.example/${n}.html`
const titleOf = (n: number): string => `第${n}号渡口的消息`

/** Story `n` is of day `n` of March, or of the day that `dates` says. */
const feedOf = (numbers: readonly number[], dates: Readonly<Record<number, string>> = {}): string =>
  rssOf(numbers.map((n) => ({ url: linkOf(n), title: titleOf(n), date: dates[n] ?? marchOf(n, 2026) })))

const marchOf = (n: number, year: number): string => `${String(n).padStart(2, '0')} Mar ${year} 08:00:00 GMT`

async function said(feed: string, flags: Record<string, unknown> = {}): Promise<{ code: number; err: string }> {
  press.answers.set(FEED, feed)
  const { code, err } = await press.fetch({ feed: [FEED], ...flags })
  return { code, err: err.replace(/^fetch: .*\n/m, '') }
}

test('a feed that goes back to a copy of long ago is told once, with --quiet too', async () => {
  await said(feedOf([9, 8, 7, 6]))
  expect(await said(feedOf([4, 3, 2, 1]), { quiet: true })).toEqual({ code: 0, err: OLDER })
  expect((await said(`${feedOf([4, 3, 2, 1])}\n`)).err).toBe('')
  expect((await said(feedOf([10, 9, 8, 7]))).err).toBe('')
  expect((await said(feedOf([4, 3, 2]))).err).toBe('')
})

test.each([
  ['whose newest stories were withdrawn', feedOf([7, 6, 5])],
  ['of which all is of the days before', feedOf([8, 5])],
  ['that shows no story of before and a newer one', feedOf([10, 2, 1])],
  ['whose newest stories have no time', feedOf([10, 2, 1], { 10: '' })],
])('nothing is said of a feed %s', async (_, feed) => {
  await said(feedOf([9, 8, 7, 6]))
  expect((await said(feed)).err).toBe('')
})

test('nothing is said of a feed that shows each day what happened on it in other years', async () => {
  const years = [2024, 2021, 2023, 2019]
  for (const [at, year] of years.entries()) {
    const day = [2 * at + 1, 2 * at + 2]
    const dates = Object.fromEntries(day.map((n) => [n, marchOf(n, year)]))
    expect((await said(feedOf(day, dates))).err).toBe('')
  }
})
