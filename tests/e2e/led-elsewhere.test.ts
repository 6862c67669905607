import { expect, test } from 'vitest'
import { eachWithPress } from '../support/each.ts'
import { asHtml, paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'

/*
 * A feed is read where it is served, and a story where its feed's links lead: by way of another host, to the feed's own site.
 */
let press: Press
eachWithPress((own) => {
  press = own
})

const FEED = 'http://town.example/feed'
const ELSEWHERE = 'http://feeds.example/town'
const at = (n: number): string => `http://town.example/2026/${n}.html`
const fetch = (flags: Record<string, unknown> = {}) => press.fetch({ feed: [FEED], ...flags })

function publish(address: string, ...numbers: number[]): void {
  press.answers.set(address, rssOf(numbers.map((n) => ({ url: at(n), title: `第${n}号的事` }))))
  for (const n of numbers) press.answers.set(at(n), sitePage(`第${n}号的事`, paragraphsOf(n)))
}

test.each([301, 308])(
  'a feed that moved to another host for good (%i) is read there, which is said once',
  async (status) => {
    press.answers.set(FEED, { status, location: ELSEWHERE })
    press.answers.set('http://feeds.example/robots.txt', { status: 200, body: 'User-agent: *\nDisallow: /' })
    publish(ELSEWHERE, 1)
    expect(await fetch()).toMatchObject({
      code: 0,
      err: `${FEED} moved for good to ${ELSEWHERE}; change the configuration\nfetch: 1 written\n`,
    })
    press.asked()
    publish(ELSEWHERE, 2)
    expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
    expect(press.asked()).toEqual([ELSEWHERE, at(2)])
  },
)

test('a feed that another host serves for now is read there, and asked where it was', async () => {
  press.answers.set(FEED, { status: 302, location: ELSEWHERE })
  publish(ELSEWHERE, 1)
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  press.asked()
  expect(await fetch()).toEqual({ code: 0, out: [], err: '' })
  expect(press.asked()).toEqual([FEED, ELSEWHERE])
})

test('a feed is never led to a private address', async () => {
  press.answers.set(FEED, { status: 301, location: 'http://10.0.0.7/feed' })
  expect(await fetch()).toMatchObject({
    code: 3,
    err: expect.stringContaining('10.0.0.7 is no public address') as string,
  })
  expect(press.asked()).toEqual([FEED])
})

test('a feed that leads to an imitator of a paper is not read', async () => {
  press.answers.set(FEED, { status: 302, location: 'http://www.zaochenbao.com/feed' })
  publish('http://www.zaochenbao.com/feed', 1)
  expect(await fetch()).toMatchObject({ code: 3, err: expect.stringContaining('republishes') as string })
  expect(press.files().size).toBe(0)
})

const LINK = 'http://links.example/~r/town/1'
const COUNTED = `${at(1)}?utm_source=feed`

test.each([
  [301, COUNTED],
  [302, LINK],
])('a link to another host that leads (%i) to the site of the feed is followed', async (status, from) => {
  press.answers.set(FEED, rssOf([{ url: LINK, title: '第1号的事' }]))
  press.answers.set(LINK, { status, location: COUNTED })
  press.answers.set(COUNTED, sitePage('第1号的事', paragraphsOf(1)))
  expect(await fetch({ json: true })).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  const [text = ''] = press.files().values()
  expect(text).toContain(`\nfrom: ${from}\n`)
  expect(text).toContain(paragraphsOf(1)[5])
  press.asked()
  expect(await fetch()).toEqual({ code: 0, out: [], err: '' })
  expect(press.asked()).toEqual([FEED])
})

test('so is one that failed before, when its feed says that nothing changed', async () => {
  press.answers.set(FEED, rssOf([{ url: LINK, title: '第1号的事' }]))
  expect(await fetch()).toMatchObject({ code: 1 })
  press.answers.set(LINK, { status: 301, location: at(1) })
  press.answers.set(at(1), sitePage('第1号的事', paragraphsOf(1)))
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  expect(press.asked()).toEqual([FEED, LINK, FEED, LINK, at(1)])
})

test('one that waited under a headline of before brings the page of a story that is there no older one', async () => {
  press.answers.set(FEED, rssOf([{ url: LINK, title: '第1号的事传到镇上' }]))
  press.answers.set(LINK, { status: 500 })
  await fetch()
  const edited = '第1号的事传到镇上（更新）'
  press.answers.set(FEED, rssOf([{ url: at(1), title: edited }]))
  press.answers.set(at(1), sitePage(edited, paragraphsOf(1)))
  await fetch()
  const before = [...press.files()]
  expect(before[0]?.[1]).toContain(`title: "${edited}"`)
  press.answers.set(LINK, { status: 302, location: at(1) })
  press.nowMs += 86_400_000
  expect(await fetch()).toMatchObject({ code: 0, out: [] })
  expect([...press.files()]).toEqual(before)
})

test('one that leads to a third site is not', async () => {
  press.answers.set(FEED, rssOf([{ url: LINK, title: '第1号的事' }]))
  press.answers.set(LINK, { status: 301, location: 'http://third.example/1' })
  expect(await fetch()).toMatchObject({
    code: 1,
    err: expect.stringContaining('third.example is not among the allowed hosts') as string,
  })
})

test('a feed whose pages are at a private address is told so once, where its own text is taken', async () => {
  const item = (n: number) => ({ url: `http://10.0.0.7/${n}`, title: `第${n}号的事`, html: asHtml(paragraphsOf(n)) })
  press.answers.set(FEED, rssOf([item(1), item(2)]))
  expect(await fetch()).toMatchObject({
    code: 0,
    err: "http://10.0.0.7/1: 10.0.0.7 is no public address; --allow-private lifts this; the feed's own text is taken\nfetch: 2 written\n",
  })
})
