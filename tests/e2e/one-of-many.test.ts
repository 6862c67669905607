import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { storiesIn } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const NOW = Date.parse('2021-11-10T12:00:00Z')
const POLL_MS = 600_000
const POLLS = 12
const BAD = '/realtime/china/story20211110-9000001'

let site: Site
let home: Own['home']

eachWithSite((own) => {
  ;({ site, home } = own)
})

function publish(count: number): void {
  const stories = Array.from({ length: count }, (_, at): PageStory => {
    const url = `${site.server.origin}/realtime/china/story20211110-${9_000_001 + at}`
    const bodyHtml = `<p>渡口${at}的第一段，共有两句。这是第二句。</p><p>第二段。</p><p>末段。</p>`
    return { title: `渡口第${at}号`, url, published: '2021-11-10T07:37:00.000Z', bodyHtml }
  })
  const feed = rsshubFeed(stories.toReversed()).replace(/<description>[^]*?<\/description>/g, '')
  site.pages.set('/feed.xml', feed)
  for (const story of stories) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
}

/** Polls every ten minutes, a new story each time; what was archived in the end. */
async function polls(feeds: readonly string[]): Promise<{ codes: number[]; archived: number }> {
  const codes: number[] = []
  for (let poll = 0; poll < POLLS; poll += 1) {
    publish(2 + poll)
    const feed = feeds.map((path) => site.server.origin + path)
    const { code } = await fetchAt(NOW + poll * POLL_MS, { site, home }, { feed, concurrency: 1 })
    codes.push(code)
  }
  return { codes, archived: storiesIn(join(home.path, 'archive')).size }
}

describe.each([429, 503])('what answers %i to every request stops nothing else of its site:', (status) => {
  test('a story', async () => {
    site.broken.set(BAD, status)
    const { codes, archived } = await polls(['/feed.xml'])
    expect(archived).toBe(POLLS)
    expect(codes.at(-1)).toBe(0)
    // By the first runs, and an hour later.
    expect(site.server.requests.filter((request) => request.endsWith(BAD)).length).toBeLessThanOrEqual(4)
  })

  test.each([[['/other.xml', '/feed.xml']], [['/feed.xml', '/other.xml']]])('a source: %j', async (feeds) => {
    site.broken.set('/other.xml', status)
    expect((await polls(feeds)).archived).toBe(POLLS + 1)
  })
})

test.each([
  ['/old/china', '/realtime/china'],
  ['/realtime/china', '/old/china'],
])('of two addresses of a story (%s, %s) the one that is there is asked', async (first, second) => {
  publish(1)
  const feed = site.pages.get('/feed.xml') ?? ''
  const item = /<item>[^]*<\/item>/.exec(feed)?.[0] ?? ''
  const both = [first, second].map((section) => item.replaceAll('/realtime/china', section)).join('')
  site.pages.set('/feed.xml', feed.replace(item, both))
  const flags = { feed: [`${site.server.origin}/feed.xml`] }
  expect(await fetchAt(NOW, { site, home }, flags)).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  const [text = ''] = storiesIn(join(home.path, 'archive')).values()
  expect(text).toContain(`from: ${site.server.origin}/realtime/china/`)
  expect((await fetchAt(NOW + POLL_MS, { site, home }, flags)).err).toBe('')
})

test('a feed whose cache says for ever that nothing changed is asked without validators once a day', async () => {
  const flags = { feed: [`${site.server.origin}/feed.xml`] }
  publish(2)
  await fetchAt(NOW, { site, home }, flags)
  site.stale.add('/feed.xml')
  publish(3)
  expect((await fetchAt(NOW + POLL_MS, { site, home }, flags)).err).toBe('')
  const day = 144 * POLL_MS
  expect((await fetchAt(NOW + day, { site, home }, flags)).err).toBe('fetch: 1 written\n')
  const asked = site.server.headers.length
  expect((await fetchAt(NOW + day + POLL_MS, { site, home }, flags)).err).toBe('')
  expect(site.server.headers[asked]).toHaveProperty('if-none-match')
})
