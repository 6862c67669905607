import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { reextract } from '../../src/commands/reextract.ts'
import { status } from '../../src/commands/status.ts'
import { identify } from '../../src/sites/publishers.ts'
import { openArchive } from '../../src/edge/archive/archive.ts'
import { storeAt } from '../support/store.ts'
import { keptIn, update } from '../support/kept.ts'
import { inventedPage, inventedStory, NOT_THE_STORY, seeded } from '../support/layouts.ts'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { marksOf, storiesIn } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-03-12T12:00:00+08:00')

interface Told extends PageStory {
  path: string
  paragraphs: string[]
}

let site: Site
let home: Own['home']
let archive: string
let nowMs: number

eachWithSite((own) => {
  ;({ site, home, archive } = own)
  nowMs = START
})

const random = seeded(12)

function told(): Told {
  const { headline, paragraphs, url } = inventedStory(random)
  const path = new URL(url).pathname
  const bodyHtml = paragraphs.map((text) => `<p>${text}</p>`).join('')
  return {
    title: headline,
    url: `${site.server.origin}${path}`,
    path,
    published: '2026-03-12T02:00:00.000Z',
    bodyHtml,
    paragraphs,
  }
}

async function run(
  flags: Record<string, unknown> = {},
  hours = 1,
): Promise<{ code: number; out: string; err: string }> {
  nowMs += hours * HOUR_MS
  return fetchAt(nowMs, { site, home }, flags)
}

/** A feed that names stories and, where asked, carries their text. */
function show(stories: readonly Told[], withText = false): void {
  const named = stories.map(({ title, url }) => `<item><title>${title}</title><link>${url}</link></item>`)
  const feed = `<rss version="2.0"><channel><title>x</title>${named.join('')}</channel></rss>`
  site.pages.set('/feed.xml', withText ? rsshubFeed(stories) : feed)
}

const newPage = (story: Told) =>
  inventedPage('renamed classes', { headline: story.title, paragraphs: story.paragraphs, url: story.url }, random).html
const text = () => [...storiesIn(archive).values()].join('')
const asked = () => site.server.requests.filter((line) => line.includes('/story')).length
const kept = () => keptIn(archive)

/** What an update reads of a story's page that is kept. */
async function keepAs({ url }: Told, html: string): Promise<void> {
  const files = await openArchive(storeAt(archive), {
    write: true,
    keepRevisions: 9,
    report: () => undefined,
  })
  const page = { url, foundAt: url, contentType: 'text/html', fetched: '2026-03-12T05:00:00.000Z' }
  await files.keepPage({ ...page, id: identify(url).id, body: Buffer.from(html) }, 1e6)
}

/** The half of a page's body that a redesign moved into an unknown sibling. */
function halved(story: Told): string {
  const half = story.paragraphs[Math.ceil(story.paragraphs.length / 2)] ?? ''
  return drupal8Page(story).replace(`<p>${half}</p>`, `</div><div class="x7"><p>${half}</p>`)
}

function longStory(): Told {
  const story = told()
  const paragraphs = [...story.paragraphs, ...told().paragraphs.map((each) => `${each}青石镇。`)]
  return { ...story, paragraphs, bodyHtml: paragraphs.map((each) => `<p>${each}</p>`).join('') }
}

describe('a page whose layout nobody knows', () => {
  test('is archived whole at once, marked, kept, and named once', async () => {
    const story = told()
    show([story])
    site.pages.set(story.path, newPage(story))
    const first = await run()
    expect(first.code).toBe(1)
    expect(first.err).toContain('no layout of the paper has its article in this page: read without one; it is kept in')
    for (const paragraph of story.paragraphs) expect(text()).toContain(paragraph)
    expect(text()).not.toContain(NOT_THE_STORY)
    expect(text()).toMatch(/\nextraction: generic\n---\n/)
    expect(kept()).toHaveLength(1)
    expect(await run()).toEqual({ code: 0, out: '', err: '' })
    expect(asked()).toBe(1)
  })

  test('gives its record the way it was read', async () => {
    const story = told()
    show([story])
    site.pages.set(story.path, newPage(story))
    expect(JSON.parse((await run({ json: true })).out)).toMatchObject({ extraction: 'generic', doubt: null })
  })

  test('is read again by an update that knows it, without the network', async () => {
    const story = told()
    show([story])
    site.pages.set(story.path, newPage(story))
    await run()
    await keepAs(story, drupal8Page(story))
    update(archive)
    const ended = await run()
    expect(ended).toMatchObject({ code: 0, err: expect.stringContaining('1 kept page by a layout') as string })
    expect(text()).not.toContain('extraction:')
    for (const paragraph of story.paragraphs) expect(text()).toContain(paragraph)
    expect(asked()).toBe(1)
    expect(kept()).toEqual([])
    expect(await run()).toEqual({ code: 0, out: '', err: '' })
  })

  test('is read again by hand, by whatever version and without the network', async () => {
    const story = told()
    show([story])
    site.pages.set(story.path, newPage(story))
    await run()
    await keepAs(story, drupal8Page(story))
    const io = { ...testIo(home.path), now: () => nowMs }
    expect(await reextract(await configOf({ archive }, home.path), io)).toBe(0)
    expect(io.out.join('')).toMatch(/^\S+\/2026-03-12-\d+-[^\n]+\.md\n$/)
    expect(io.err.join('')).toContain('1 kept page by a layout')
    expect(text()).not.toContain('extraction:')
    expect(asked()).toBe(1)
    expect(kept()).toEqual([])
    expect(await run()).toEqual({ code: 0, out: '', err: '' })
  })

  test('keeps no other from being read again where it cannot be', async () => {
    const [story, other] = [told(), told()]
    show([story, other])
    for (const one of [story, other]) site.pages.set(one.path, newPage(one))
    await run()
    await keepAs(story, drupal8Page(story))
    await keepAs(other, `${'<div>'.repeat(100_000)}${drupal8Page(other)}`)
    writeFileSync(join(archive, '.zaobao/pages/1.gz'), gzipSync('{}\n<p>x</p>'))
    update(archive)
    const ended = await run()
    expect(ended.code).toBe(0)
    expect(ended.err).toContain('.zaobao/pages/1.gz cannot be read and is passed over')
    expect(ended.err).toContain('1 kept page by a layout; 1 is still of no known layout')
    expect(kept()).toHaveLength(2)
    expect(await run()).toEqual({ code: 0, out: '', err: '' })
  })

  test('that was kept cut off is not taken for the whole story', async () => {
    const story = told()
    show([story])
    site.pages.set(story.path, newPage(story))
    await run()
    const page = drupal8Page(story)
    const half = story.paragraphs[Math.ceil(story.paragraphs.length / 2)] ?? ''
    await keepAs(story, page.slice(0, page.indexOf(half)))
    update(archive)
    expect((await run()).err).toContain('1 is still of no known layout')
    for (const paragraph of story.paragraphs) expect(text()).toContain(paragraph)
  })

  test('never replaces what a layout read; a layout replaces it', async () => {
    const story = told()
    show([story])
    site.pages.set(story.path, drupal8Page(story))
    await run()
    const before = marksOf(archive)
    site.pages.set(
      story.path,
      newPage({ ...story, paragraphs: [...story.paragraphs, '补记一句：渡口照常开放，夜市照常营业。'] }),
    )
    expect((await run({ recheck: '30d' })).code).toBe(0)
    expect(marksOf(archive)).toEqual(before)
    const other = told()
    show([other])
    site.pages.set(other.path, newPage(other))
    await run()
    site.pages.set(other.path, drupal8Page(other))
    expect((await run({ recheck: '30d' })).err).toContain('1 revised')
    expect(text()).not.toContain('extraction:')
  })

  test('that was given up unread is asked for again by an update', async () => {
    const story = told()
    show([story])
    site.pages.set(story.path, '<title>一篇文章</title><h1>一篇文章</h1><div class="post"><p>文字。</p></div>')
    for (const hours of [1, 1, 2, 7, ...Array<number>(8).fill(25)]) await run({}, hours)
    const before = asked()
    await run({}, 48)
    expect(asked()).toBe(before)
    site.pages.set(story.path, drupal8Page(story))
    update(archive)
    expect((await run()).err).toContain('1 written')
  })
})

describe('a page that another witness doubts', () => {
  test('one witness: archived, named with figures, kept', async () => {
    const story = longStory()
    show([story])
    site.pages.set(story.path, halved(story))
    const ended = await run({ json: true })
    expect(ended.code).toBe(1)
    expect(ended.err).toMatch(/in doubt: the page has \d+ more letters; it is kept in/)
    expect(JSON.parse(ended.out)).toMatchObject({
      extraction: 'drupal8',
      doubt: expect.stringMatching(/more letters$/) as string,
    })
    expect(kept()).toHaveLength(1)
  })

  test("another story's headline: a reading without the layout stands in where it has the listed one", async () => {
    const story = longStory()
    const paragraphs = Array.from(
      { length: 6 },
      (_, at) => `博物馆第${at}馆换了灯，参观者须排队，馆长希望大家耐心等候。`,
    )
    const bodyHtml = paragraphs.map((each) => `<p>${each}</p>`).join('')
    const other = { ...longStory(), title: '博物馆换灯', paragraphs, bodyHtml }
    show([story])
    const unnamed = newPage(story).replace(
      /<title>.*|<meta property="og:title"[^>]*>|<script type="application\/ld[^]*?<\/script>/g,
      '',
    )
    const rest = /<body[^>]*>([^]*)<\/body>/.exec(drupal8Page(other))?.[1] ?? ''
    site.pages.set(story.path, unnamed.replace('<footer>', `${rest}<footer>`))
    const ended = await run({ json: true })
    expect(JSON.parse(ended.out)).toMatchObject({ extraction: 'generic', title: story.title })
    expect(ended.err).not.toContain('headline is another')
    for (const paragraph of story.paragraphs) expect(text()).toContain(paragraph)
    expect(text()).not.toContain(other.paragraphs[0])
  })

  test("another story's headline that is on the page alone: archived as it is, in doubt", async () => {
    const [story, other] = [longStory(), longStory()]
    show([{ ...story, title: '完全不同的另一则标题' }])
    site.pages.set(story.path, drupal8Page({ ...other, url: story.url }))
    const ended = await run({ json: true })
    expect(JSON.parse(ended.out)).toMatchObject({
      extraction: 'drupal8',
      doubt: expect.stringContaining("the source's headline is another") as string,
    })
  })

  test('two witnesses: the text of the feed stands in, the page is asked for again', async () => {
    const story = longStory()
    show([story], true)
    site.pages.set(story.path, halved(story))
    const ended = await run()
    expect(ended.code).toBe(1)
    expect(ended.err).toContain("the feed's own text stands in")
    for (const paragraph of story.paragraphs) expect(text()).toContain(paragraph)
    site.pages.set(story.path, drupal8Page(story))
    await run({}, 2)
    expect(asked()).toBe(2)
  })
})

describe('the feed and the page speak against a layout, and the text of the feed is one paragraph', () => {
  test('a reading without a layout that neither speaks against stands in, marked', async () => {
    const story = longStory()
    const html = `<p>${story.paragraphs.join('')}</p>`
    site.pages.set('/feed.xml', rsshubFeed([{ ...story, bodyHtml: html }]))
    site.pages.set(story.path, halved(story))
    const ended = await run({ json: true })
    expect(ended.code).toBe(1)
    expect(JSON.parse(ended.out)).toMatchObject({ extraction: 'generic', doubt: null })
    for (const paragraph of story.paragraphs) expect(text()).toContain(paragraph)
  })
})

describe('when most pages are new', () => {
  const STORIES = 6

  async function redesigned(flags: Record<string, unknown>, hours = 1) {
    const stories = Array.from({ length: STORIES }, told)
    show(stories)
    for (const story of stories) site.pages.set(story.path, newPage(story))
    return run(flags, hours)
  }

  const look = async () => {
    const io = { ...testIo(home.path), now: () => nowMs }
    const options = {
      json: false,
      quiet: false,
      section: ['china'],
      sources: ['list' as const],
      feed: [],
      maxAge: null,
    }
    return { code: await status({ archive, ...options }, io), err: io.err.join('') }
  }

  test('one line says so each run, the status too, until most are known again', async () => {
    expect((await redesigned({})).err).toContain("Zaobao's pages look new: 6 of 6 were read without a layout")
    const seen = await look()
    expect(seen.code).toBe(1)
    expect(seen.err).toContain('look new since')
    const [special, ...others] = Array.from({ length: 6 }, told)
    for (const stories of [[special!], others]) {
      show(stories)
      for (const story of stories) site.pages.set(story.path, drupal8Page(story))
      const isOver = stories === others
      expect(await run()).toMatchObject({ code: isOver ? 0 : 1 })
      expect((await look()).code).toBe(isOver ? 0 : 1)
    }
  })

  test('with --quiet it is said at the second run in a row and once a day', async () => {
    const runs = []
    for (let n = 0; n < 12; n += 1) runs.push(await redesigned({ quiet: true }, 4))
    expect(runs.every(({ code }) => code === 1)).toBe(true)
    const said = runs.filter(({ err }) => err.includes('look new')).length
    expect(said).toBeGreaterThanOrEqual(2)
    expect(said).toBeLessThanOrEqual(3)
    expect(runs.slice(2).filter(({ err }) => err.includes('read without one')).length).toBe(0)
  })

  const one = async (page: (story: Told) => string, flags: Record<string, unknown> = {}) => {
    const story = told()
    show([story])
    site.pages.set(story.path, page(story))
    return run(flags, 25)
  }
  const unreadable = ({ title }: Told) =>
    `<title>${title}</title><h1>${title}</h1><div class="post"><p>文字。</p></div>`
  test('also where stories come one a run', async () => {
    const runs = []
    for (let n = 0; n < 6; n += 1) runs.push(await one(newPage))
    expect(runs.map(({ err }) => err.includes('look new'))).toEqual([false, false, false, false, true, true])
    expect(runs.at(-1)).toMatchObject({ code: 1, err: expect.stringContaining('look new: 6 of 6') as string })
    expect(await look()).toMatchObject({ code: 1, err: expect.stringContaining('look new since') as string })
    const codes = []
    for (let n = 0; n < 6; n += 1) codes.push((await one(drupal8Page)).code)
    expect(codes).toEqual([1, 1, 1, 1, 1, 0])
    expect((await look()).code).toBe(0)
  })

  test('with --quiet, one a run', async () => {
    const runs = []
    for (let n = 0; n < 7; n += 1) runs.push(await one(newPage, { quiet: true }))
    expect(runs.map(({ err }) => err.includes('look new'))).toEqual([false, false, false, false, false, true, true])
  })

  test('pages that nothing reads count once each, those in doubt too', async () => {
    for (let n = 0; n < 2; n += 1) await one(unreadable)
    for (let n = 0; n < 2; n += 1) await one(newPage)
    const story = longStory()
    show([story])
    site.pages.set(story.path, halved(story))
    expect((await run()).err).toContain('look new: 2 of 5 were read without a layout, 1 in doubt, 2 not at all')
  })

  test('one page that nothing reads is no redesign, however often it is asked for', async () => {
    const story = told()
    show([story])
    site.pages.set(story.path, unreadable(story))
    for (const hours of [1, 1, 2, 7, 25, 25, 25, 25]) expect((await run({}, hours)).err).not.toContain('look new')
  })

  test('a story that waits unread is a fault to status, until it is given up', async () => {
    await one(unreadable)
    const waiting = '1 story waits whose page nothing can read; zaobao-archiver probe shows what is known of the site'
    expect(await look()).toEqual({ code: 1, err: `${archive}: ${waiting}\n` })
    for (let n = 0; n < 10; n += 1) await run({}, 25)
    expect((await look()).code).toBe(0)
  })
})
