import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { inventedPage, inventedStory, seeded } from '../support/layouts.ts'
import { drupal8Page } from '../support/pages.ts'
import { storiesIn } from '../support/program.ts'
import type { Site } from '../support/site.ts'

const DAY_MS = 86_400_000
const START = Date.parse('2026-03-01T02:00:00Z')
/** The days of the redesign, two stories a day. */
const [FIRST, LAST] = [2, 7]
const DAYS = 14

let site: Site
let home: Own['home']

eachWithSite((own) => {
  ;({ site, home } = own)
})

test('a redesign that is taken back: its stories are asked for once more, and edits that it hid are had', async () => {
  const random = seeded(7)
  const stories = Array.from({ length: 2 * DAYS }, (_, at) => {
    const ms = START + Math.floor(at / 2) * DAY_MS - 3_600_000
    const day = new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')
    const path = `/realtime/china/story${day}-${9_400_000 + at}`
    const { headline, paragraphs } = inventedStory(random)
    const story = { headline, paragraphs, url: `${site.server.origin}${path}` }
    const unknown = (given = story) => inventedPage('renamed classes', given, random).html
    return { story, path, published: new Date(ms).toISOString(), unknown: unknown(), unknownAs: unknown }
  })
  const edited = {
    ...stories[0]!.story,
    headline: '渡口告示更正',
    paragraphs: ['渡口告示说，班次照旧。', '票价没有改动，乘客不必另行登记。'],
  }
  const editedPage = stories[0]!.unknownAs(edited)
  const asked = (): string[] => site.server.requests.filter((line) => line.includes('/story'))
  const said: string[] = []
  for (let day = 0; day < DAYS; day += 1) {
    const shown = stories.slice(0, 2 * day + 2)
    const isNew = day >= FIRST && day < LAST
    const items = shown.map(({ story, path, published, unknown }, at) => {
      const isEdited = at === 0 && day >= FIRST + 1
      const { headline: title, paragraphs, url } = isEdited ? edited : story
      const known = drupal8Page({
        title,
        url,
        published,
        bodyHtml: paragraphs.map((text) => `<p>${text}</p>`).join(''),
      })
      site.pages.set(path, isNew ? (isEdited ? editedPage : unknown) : known)
      return `<item><title>${title}</title><link>${url}</link></item>`
    })
    site.pages.set(
      '/feed.xml',
      `<rss version="2.0"><channel><title>x</title>${items.toReversed().join('')}</channel></rss>`,
    )
    // Time passes while a page is read.
    let nowMs = START + day * DAY_MS
    const { err } = await fetchAt(nowMs, { site, home }, { verbose: true }, { now: () => (nowMs += 1) })
    said.push(...err.split('\n').filter((line) => line.includes('to be fetched')))
  }
  const files = [...storiesIn(join(home.path, 'archive')).values()]
  expect(files).toHaveLength(stories.length)
  expect(files.filter((text) => text.includes('extraction:'))).toEqual([])
  expect(files.filter((text) => text.includes('渡口告示更正') && text.includes('班次照旧'))).toHaveLength(1)
  const whys = said.map((line) => line.slice(line.indexOf('to be fetched: ') + 'to be fetched: '.length))
  expect(new Set(whys)).toEqual(new Set(['it is new', 'its item changed', 'its page was of no known layout']))
  // Each once more than a story of other days, whose page is asked for once.
  expect(stories.map(({ path }) => asked().filter((line) => line.includes(path)).length)).toEqual(
    stories.map((_, at) => (at === 0 ? 3 : at >= 2 * FIRST && at < 2 * LAST ? 2 : 1)),
  )
})

/** Polls a feed of twelve stories a day; on the days in `isNew` no layout has the pages of all that it shows. */
async function pollThrough(days: number, isNew: (day: number) => boolean, flags: (day: number) => object = () => ({})) {
  const random = seeded(7)
  const stories = Array.from({ length: 12 * days }, (_, at) => {
    const ms = START + Math.floor(at / 12) * DAY_MS - 3_600_000
    const path = `/realtime/china/story${new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')}-${9_400_000 + at}`
    const { headline: title, paragraphs } = inventedStory(random)
    const url = `${site.server.origin}${path}`
    const bodyHtml = paragraphs.map((text) => `<p>${text}</p>`).join('')
    const known = drupal8Page({ title, url, published: new Date(ms).toISOString(), bodyHtml })
    const unknown = inventedPage('renamed classes', { headline: title, paragraphs, url }, random).html
    return { path, known, unknown, item: `<item><title>${title}</title><link>${url}</link></item>` }
  })
  for (let day = 0; day < days; day += 1) {
    const shown = stories.slice(0, 12 * day + 12)
    for (const { path, known, unknown } of shown) site.pages.set(path, isNew(day) ? unknown : known)
    const items = shown.map(({ item }) => item).toReversed()
    site.pages.set('/feed.xml', `<rss version="2.0"><channel><title>x</title>${items.join('')}</channel></rss>`)
    await fetchAt(START + day * DAY_MS, { site, home }, { ...flags(day) })
    for (const { path } of isNew(day) ? shown : []) site.stale.add(path)
  }
  const files = [...storiesIn(join(home.path, 'archive'))].filter(([, text]) => text.includes('extraction:'))
  const asked = stories.map(({ path }) => site.server.requests.filter((line) => line.includes(path)).length)
  return { marked: files.map(([name]) => name), asked: Array.from({ length: days }, (_, at) => asked[12 * at]) }
}

test('a page that was read without a layout is asked for whole: a cache may say for ever that nothing changed', async () => {
  const { marked, asked } = await pollThrough(5, (day) => day === 2)
  expect(marked).toEqual([])
  expect(asked).toEqual([1, 1, 2, 1, 1])
})

test('what a layout read since then is not asked for when the pages look new and known once more', async () => {
  const { marked, asked } = await pollThrough(9, (day) => day === 2 || day === 5)
  expect(marked).toEqual([])
  expect(asked).toEqual([1, 1, 2, 1, 1, 2, 1, 1, 1])
})

test('what is excluded since then is not asked for', async () => {
  const { marked } = await pollThrough(
    6,
    (day) => day === 2,
    (day) => (day > 2 ? { exclude: ['9400024'] } : {}),
  )
  expect(marked).toHaveLength(1)
  expect(readFileSync(join(home.path, 'archive/.zaobao/state.json'), 'utf8')).not.toContain('9400024')
})
