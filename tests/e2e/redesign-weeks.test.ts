import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { keptIn, makeKnown } from '../support/kept.ts'
import { inventedPage, inventedStory, LAYOUTS, seeded } from '../support/layouts.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { storiesIn } from '../support/program.ts'
import { type Site } from '../support/site.ts'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-03-01T00:00:00Z')
const POLL_HOURS = 6
const STORIES = 28
const EVERY_HOURS = 6
const EDITED_AFTER_HOURS = 10
const REDESIGN_HOURS = 84
const WEEK_HOURS = 8 * 24
const UPDATE_HOURS = 21 * 24
const END_HOURS = 22 * 24

let site: Site
let home: Own['home']
let archive: string

eachWithSite((own) => {
  ;({ site, home, archive } = own)
})

interface Told extends PageStory {
  number: number
  path: string
  paragraphs: string[]
}

const isEdited = (number: number): boolean => number % 3 === 0

/** A story, and the same with another headline and end. */
function tell(number: number, random: () => number): { first: Told; edited: Told } {
  const publishedMs = START + number * EVERY_HOURS * HOUR_MS
  const day = new Date(publishedMs + 8 * HOUR_MS).toISOString().slice(0, 10).replaceAll('-', '')
  const path = `/realtime/china/story${day}-${9_300_000 + number}`
  const { headline, paragraphs } = inventedStory(random)
  const make = (title: string, texts: string[]): Told => ({
    ...{ number, path, title, paragraphs: texts },
    url: `${site.server.origin}${path}`,
    published: new Date(publishedMs).toISOString(),
    bodyHtml: texts.map((text) => `<p>${text}</p>`).join(''),
  })
  const end = `更正：第${number}号消息里的班次以渡口的告示为准，票价没有改动。`
  return { first: make(headline, paragraphs), edited: make(`${headline}（更正）`, [...paragraphs.slice(0, -1), end]) }
}

const kept = (): string[] => keptIn(archive)

function formerOf(number: number): string[] {
  const revisions = join(archive, '.zaobao/revisions')
  const files = existsSync(revisions) ? readdirSync(revisions, { recursive: true, encoding: 'utf8' }) : []
  return files
    .filter((path) => path.includes(`/${9_300_000 + number}/`) && path.endsWith('.md'))
    .map((path) => readFileSync(join(revisions, path), 'utf8'))
}

test('a week with a redesign, an update two weeks later: every story by a layout, none lost, none doubled, none asked twice', async () => {
  const random = seeded(31)
  const told = Array.from({ length: STORIES }, (_, number) => tell(number, random))
  const nowOf = ({ first, edited }: { first: Told; edited: Told }, hours: number): Told =>
    isEdited(first.number) && hours >= first.number * EVERY_HOURS + EDITED_AFTER_HOURS ? edited : first
  const unknown = new Map<Told, string>()
  const pageOf = (story: Told, hours: number): string => {
    if (hours < REDESIGN_HOURS || hours >= UPDATE_HOURS) return drupal8Page(story)
    const { title: headline, paragraphs, url, number } = story
    const layout = LAYOUTS[number % LAYOUTS.length] ?? ''
    const html = unknown.get(story) ?? inventedPage(layout, { headline, paragraphs, url }, random).html
    unknown.set(story, html)
    return html
  }
  const publish = (hours: number): void => {
    const shown = told.filter(({ first }) => first.number * EVERY_HOURS <= hours).map((both) => nowOf(both, hours))
    for (const story of shown) site.pages.set(story.path, pageOf(story, hours))
    const items = shown.toReversed().map(({ title, url }) => `<item><title>${title}</title><link>${url}</link></item>`)
    site.pages.set('/feed.xml', `<rss version="2.0"><channel><title>x</title>${items.join('')}</channel></rss>`)
  }
  const poll = async (hours: number): Promise<{ code: number; err: string }> => {
    publish(hours)
    return fetchAt(START + hours * HOUR_MS, { site, home })
  }
  for (let hours = 1; hours < UPDATE_HOURS; hours += hours < WEEK_HOURS ? POLL_HOURS : 24) await poll(hours)
  const asked = site.server.requests.filter((line) => line.includes('/story'))
  const times = told.map(({ first }) => asked.filter((line) => line.includes(first.path)).length)
  expect(times).toEqual(told.map(({ first }) => (isEdited(first.number) ? 2 : 1)))
  expect(kept().length).toBeGreaterThan(STORIES / 3)

  const pages = told.map((both) => nowOf(both, UPDATE_HOURS)).map((story) => [story.url, drupal8Page(story)] as const)
  const known = await makeKnown(archive, Object.fromEntries(pages))
  const before = site.server.requests.filter((line) => line.includes('/story')).length
  const updated = await poll(UPDATE_HOURS)
  expect(updated).toMatchObject({ code: 0, err: expect.stringContaining(`${known} kept pages`) as string })
  for (let hours = UPDATE_HOURS + POLL_HOURS; hours < END_HOURS; hours += POLL_HOURS) {
    expect(await poll(hours)).toEqual({ code: 0, out: '', err: '' })
  }
  expect(site.server.requests.filter((line) => line.includes('/story')).length).toBe(before)
  expect(kept()).toEqual([])

  const stories = storiesIn(archive)
  expect(stories.size).toBe(STORIES)
  for (const both of told) {
    const { number } = both.first
    const { title, paragraphs } = nowOf(both, END_HOURS)
    const own = [...stories].filter(([path]) => path.includes(`-${9_300_000 + number}-`))
    expect(own.length, title).toBe(1)
    const text = own[0]?.[1] ?? ''
    expect(text).toContain(`title: "${title}"`)
    expect(text).not.toContain('extraction:')
    expect(paragraphs.filter((paragraph) => !text.includes(paragraph))).toEqual([])
    const last = both.first.paragraphs.at(-1) ?? ''
    if (isEdited(number))
      expect(
        formerOf(number).some((former) => former.includes(last)),
        title,
      ).toBe(true)
  }
})
