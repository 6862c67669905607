import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fetch } from '../../src/commands/fetch.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { storiesIn } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'
import { eachWithSite, type Own } from '../support/each.ts'

const HOUR_MS = 3_600_000
const DAYS = 30
const STORIES_A_DAY = 6
const POLL_HOURS = 6
const WINDOW = 25
const START = Date.parse('2026-03-01T00:00:00Z')
const NOTE = '\n读者注：存疑。\n'

/** Days by what happens on them; each trouble may be said twice a day. */
const MAILS_A_DAY = 2
const OUTAGE = 8
const CLOCK_AHEAD = 12
const RESTORED = 16
const CLOCK_BEHIND = 14
const BLOCKED = 21
const REFUSED = 25

let site: Site
let home: Own['home']

eachWithSite((own) => {
  ;({ site, home } = own)
})

const dayOf = (ms: number): number => Math.floor((ms - START) / (24 * HOUR_MS))
const publishedMs = (number: number): number => START + (number * 24 * HOUR_MS) / STORIES_A_DAY

/** A story as its page has it at an instant; every fifth is edited five hours after it appeared. */
function storyAt(number: number, ms: number): PageStory {
  const isEdited = number % 5 === 0 && ms - publishedMs(number) > 5 * HOUR_MS
  const published = new Date(publishedMs(number)).toISOString()
  const day = new Date(publishedMs(number) + 8 * HOUR_MS).toISOString().slice(0, 10).replaceAll('-', '')
  return {
    title: `第${number}号消息${isEdited ? '（更正）' : ''}`,
    url: `${site.server.origin}/realtime/china/story${day}-${9_100_000 + number}`,
    published,
    bodyHtml: `<p>第${number}号消息的第一段。</p><p>${isEdited ? '更正后的' : '原来的'}第二段。</p>`,
  }
}

function publish(ms: number): number[] {
  const last = Math.floor((ms - START) / (publishedMs(1) - publishedMs(0)))
  const shown = Array.from({ length: Math.min(last, DAYS * STORIES_A_DAY - 1) + 1 }, (_, number) => number)
  for (const number of shown.slice(-60)) {
    const story = storyAt(number, ms)
    site.pages.set(new URL(story.url).pathname, drupal8Page(story))
  }
  // The first story stays on top.
  const listed = [...new Set([0, ...shown.slice(-WINDOW).toReversed()])]
  site.pages.set('/feed.xml', rsshubFeed(listed.map((number) => storyAt(number, ms))))
  site.broken.clear()
  const day = dayOf(ms)
  if (day === OUTAGE) site.broken.set('/feed.xml', 503)
  for (const path of site.pages.keys()) {
    if (day === OUTAGE) site.broken.set(path, 503)
    if (day === REFUSED || (day === BLOCKED && path !== '/feed.xml')) site.broken.set(path, 403)
  }
  return shown
}

test('thirty days of polls: nothing is lost, notes stay, and trouble that goes on is said twice a day at most', async () => {
  const archive = join(home.path, 'archive')
  const flags = { archive, feed: [`${site.server.origin}/feed.xml`], rate: '1000/s', allowPrivate: true, quiet: true }
  const config = { ...(await configOf(flags, home.path)), dryRun: false }
  const mails = new Map<number, string[]>()
  const noted = new Set<string>()
  for (let ms = START + HOUR_MS; ms < START + (DAYS + 9) * 24 * HOUR_MS; ms += POLL_HOURS * HOUR_MS) {
    publish(ms)
    const isFirstOf = (day: number): boolean => dayOf(ms) === day && dayOf(ms - POLL_HOURS * HOUR_MS) < day
    let clockMs = ms
    if (isFirstOf(CLOCK_AHEAD)) clockMs += 1100 * 24 * HOUR_MS
    if (isFirstOf(CLOCK_BEHIND)) clockMs -= 400 * 24 * HOUR_MS
    const io = {
      ...testIo(home.path),
      now: () => clockMs,
      sleep: (wait: number) => Promise.resolve(void (clockMs += wait)),
    }
    await fetch(config, io)
    if (io.err.length > 0) mails.set(dayOf(ms), [...(mails.get(dayOf(ms)) ?? []), io.err.join('')])
    const files = [...storiesIn(archive).keys()]
    for (const path of files.filter((file) => Number(file.slice(22, 29)) % 7 === 0 && !noted.has(file))) {
      writeFileSync(join(archive, path), readFileSync(join(archive, path), 'utf8') + NOTE)
      noted.add(path)
    }
    // A backup from before two days comes back, without these days.
    if (isFirstOf(RESTORED)) {
      for (const path of files.filter(
        (file) => file.slice(0, 10) >= new Date(ms - 48 * HOUR_MS).toISOString().slice(0, 10),
      )) {
        rmSync(join(archive, path))
        noted.delete(path)
      }
    }
  }
  const files = storiesIn(archive)
  const endMs = START + DAYS * 2 * 24 * HOUR_MS
  const wrong = Array.from({ length: DAYS * STORIES_A_DAY }, (_, number) => number).filter((number) => {
    const own = [...files].filter(([path]) => Number(path.slice(22, 29)) === 9_100_000 + number)
    const { title, bodyHtml } = storyAt(number, endMs)
    const parts = [`title: "${title}"`, ...bodyHtml.split(/<\/?p>/)]
    return own.length !== 1 || !parts.every((part) => own[0]?.[1].includes(part) === true)
  })
  expect(wrong).toEqual([])
  expect(files.size).toBe(DAYS * STORIES_A_DAY)
  expect([...noted].filter((path) => files.get(path)?.includes(NOTE) !== true)).toEqual([])
  // A story is named once when it first fails, unless its site refuses all, which is said instead.
  const lines = [...mails.values()].flat(2).join('').split('\n')
  const named = lines.flatMap((line) => /story\d{8}-\d+: /.exec(line)?.[0] ?? [])
  expect(named.length).toBe(new Set(named).size)
  const many = [...mails].filter(([, said]) => said.filter((mail) => mail !== '').length > MAILS_A_DAY)
  expect(many).toEqual([])
  expect([...mails.keys()].length).toBeLessThanOrEqual(12)
})
