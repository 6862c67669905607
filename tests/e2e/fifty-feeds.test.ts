import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedStory, MAKERS } from '../support/makers.ts'
import { asHtml, openPress, paragraphsOf, type Press, sitePage } from '../support/press.ts'

/*
 * Feeds of fifty makers, each a paper of its own, in one run: what each has is archived whole, and nothing is new the next time.
 */
let press: Press
beforeAll(async () => {
  press = await openPress()
})
afterAll(() => press.close())

const NAMES = Object.keys(MAKERS)
const FEEDS = NAMES.map((_, at) => `http://paper${at}.example/feed`)

function storiesOf(feed: number): FeedStory[] {
  return [0, 1, 2].map((i) => {
    const n = feed * 3 + i + 1
    const texts = paragraphsOf(n)
    const date = new Date(Date.parse('2026-03-10T01:00:00Z') + i * 7_200_000)
    const path = feed % 5 === 4 ? `/viewtopic.php?f=2&t=${n}` : `/2026/03/story-${n}.html`
    return { n, path, title: `第${n}号消息`, html: asHtml(texts), excerpt: texts[0]!, date }
  })
}

test('there are fifty', () => {
  expect(NAMES.length).toBeGreaterThanOrEqual(50)
})

test('each is archived whole, under its headline, and the next run is silent', async () => {
  for (const [feed, make] of Object.values(MAKERS).entries()) {
    const at = `http://paper${feed}.example`
    const stories = storiesOf(feed)
    press.answers.set(FEEDS[feed]!, { status: 200, body: make({ at, stories }), bare: feed % 7 === 6 })
    for (const story of stories) {
      // Medium's links say that they are a feed's.
      const ends = ['', '?source=rss----1a2b3c---4']
      for (const end of ends)
        press.answers.set(
          `${at}${story.path}${end}`,
          sitePage(story.title, paragraphsOf(story.n)).replaceAll('河镇网', `第${feed}报`),
        )
    }
  }
  const first = await press.fetch({ feed: FEEDS })
  expect(first.err).toBe(`fetch: ${3 * NAMES.length} written\n`)
  expect(first.code).toBe(0)
  const files = [...press.files().entries()]
  const wrong = NAMES.flatMap((name, feed) =>
    storiesOf(feed).flatMap(({ n, title, date }) => {
      const own = files.filter(
        ([, text]) => text.includes(`\nauthor: paper${feed}.example\n`) && text.includes(`第${n}号`),
      )
      const [path, text] = own[0] ?? ['', '']
      const missing = paragraphsOf(n).filter((paragraph) => !text.includes(paragraph))
      const faults = [
        ...(own.length === 1 ? [] : [`${own.length} files`]),
        ...(text.includes(`\ntitle: "${title}"\n`) ? [] : [/^title: .*$/m.exec(text)?.[0] ?? 'no title']),
        ...(missing.length === 0 ? [] : [`${missing.length} paragraphs missing`]),
        ...(DATELESS.test(name) || text.includes(`\ndate: ${date.toISOString()}\n`)
          ? []
          : [/^date: .*$/m.exec(text)?.[0] ?? 'no date']),
        ...(/appeared first|Read full topic|报 版权|feedflare/.test(text) ? ['chrome'] : []),
        ...(path.includes('undefined') ? [path] : []),
      ]
      return faults.length === 0 ? [] : [`${name}: ${n}: ${faults.join('; ')}`]
    }),
  )
  expect(wrong).toEqual([])
  press.asked()
  const second = await press.fetch({ feed: FEEDS })
  expect(second).toEqual({ code: 0, out: [], err: '' })
  expect(press.asked().toSorted()).toEqual(FEEDS.toSorted())
  expect(press.statuses().filter((status) => status === 304)).toHaveLength(
    FEEDS.filter((_, feed) => feed % 7 !== 6).length,
  )
})

/** These name no time of day. */
const DATELESS = /^(?:no dates|RSS 0\.9[12]|DedeCMS)$/

test('one that fails is a line of its own, and the others go on', async () => {
  press.answers.set(FEEDS[3]!, { status: 500 })
  press.answers.set(FEEDS[5]!, '<!DOCTYPE html><html><body>x</body></html>')
  const { err, out } = await press.fetch({ feed: FEEDS })
  expect(out).toEqual([])
  expect(err).toMatch(
    /^http:\/\/paper3\.example\/feed: status 500 by way of the proxy [\d.:]+ \(HTTP_PROXY\)\nhttp:\/\/paper5\.example\/feed: an HTML page, not a feed\n$/,
  )
})

test('feeds of one host are asked one after the other, at its pace, those of others meanwhile', async () => {
  const feeds = [1, 2, 3, 4].map((n) => `http://paper0.example/feed${n}`)
  for (const feed of feeds)
    press.answers.set(feed, MAKERS['no guid']!({ at: 'http://paper0.example', stories: storiesOf(0) }))
  const waits: number[] = []
  const sleep = (ms: number) => (waits.push(ms), Promise.resolve())
  await press.fetch({ feed: [...feeds, FEEDS[10], FEEDS[11]], rate: '1/s' }, { sleep })
  expect(waits).toEqual(feeds.slice(1).map(() => 1000))
})
