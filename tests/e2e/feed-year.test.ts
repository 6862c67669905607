import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eachWithPress } from '../support/each.ts'
import { asHtml, type Entry, paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'

/*
 * What feeds of papers that nobody knows do over months: whole texts that change, pages that are away for days, times of edits,
 * addresses that are a query alone.
 */
let press: Press
eachWithPress((own) => {
  press = own
})

const FEED = 'http://town.example/feed'
const at = (n: number): string => `http://town.example/2026/${n}.html`
const title = (n: number): string => `第${n}号渡口的新消息`
const fetch = (flags: Record<string, unknown> = {}) => press.fetch({ feed: [FEED], ...flags })

const entry = (n: number, paragraphs: readonly string[], more: Partial<Entry> = {}): Entry => ({
  ...{ url: at(n), title: title(n), html: asHtml(paragraphs) },
  ...more,
})

/** A feed of stories 1 to 4, whose texts are whole, and their pages. */
function put(texts: Readonly<Record<number, readonly string[]>> = {}): void {
  const textOf = (n: number): readonly string[] => texts[n] ?? paragraphsOf(n)
  press.answers.set(FEED, rssOf([1, 2, 3, 4].map((n) => entry(n, textOf(n)))))
  for (const n of [1, 2, 3, 4]) press.answers.set(at(n), sitePage(title(n), textOf(n)))
}

test('a story that was read from its page is asked for there when it is edited, though its feed has whole texts', async () => {
  put()
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 4 written\n' })
  press.asked()
  const edited = [...paragraphsOf(2), '更正：第2号渡口的票价是三元，不是五元。']
  put({ 2: edited })
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  expect(press.asked()).toEqual([FEED, at(2)])
  expect([...press.files().values()].find((text) => text.includes(at(2)))).toContain('票价是三元')
})

test('so is one of an archive that was cloned without .zaobao/ before its feed showed the edit', async () => {
  put()
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 4 written\n' })
  rmSync(join(press.home.path, 'archive', '.zaobao'), { recursive: true })
  const before = press.files()
  expect(await fetch()).toMatchObject({ code: 0, out: [] })
  expect(press.files()).toEqual(before)
  press.asked()
  put({ 2: [...paragraphsOf(2), '更正：第2号渡口的票价是三元，不是五元。'] })
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  expect(press.asked()).toEqual([FEED, at(2)])
})

test('where the feed alone is asked since then, such a story stays, and none has failed', async () => {
  put()
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 4 written\n' })
  put({ 2: [...paragraphsOf(2), '更正：第2号渡口的票价是三元，不是五元。'] })
  const feedAlone = { feed: [], sources: [{ feed: FEED, pages: false }] }
  expect(await fetch(feedAlone)).toEqual({ code: 0, out: [], err: '' })
  expect(await fetch(feedAlone)).toEqual({ code: 0, out: [], err: '' })
})

test('a page whose address is a query at the root is a story, as plain WordPress has them', async () => {
  const url = 'http://town.example/?p=12'
  const head = `<link rel="canonical" href="${url}">`
  press.answers.set(FEED, rssOf([{ url: `${url}&utm_source=rss`, title: title(1), html: '第1号渡口……' }]))
  press.answers.set(`${url}&utm_source=rss`, sitePage(title(1), paragraphsOf(1), { head }))
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  expect([...press.files().values()].join('')).toContain(paragraphsOf(1)[5])
})

test('the front page, with what tells of readers behind it, is none', async () => {
  press.answers.set(FEED, rssOf([{ url: at(1), title: title(1), html: '第1号渡口……' }]))
  press.answers.set(at(1), { status: 302, location: 'http://town.example/?utm_source=rss' })
  const head = '<link rel="canonical" href="http://town.example/">'
  press.answers.set('http://town.example/?utm_source=rss', sitePage(title(1), paragraphsOf(1), { head }))
  const { err } = await fetch()
  expect(err).toContain('the page is a home page')
})

const BANNER =
  '<!DOCTYPE html><html><head><title>河镇网</title></head><body><div><h1>我们重视您的隐私</h1><p>本网站使用曲奇来保存设备上的信息，您可以接受全部，也可以管理您的选择。</p><button>同意</button></div></body></html>'
const FRONT = sitePage('河镇网', []).replace(
  '<h1>河镇网</h1>',
  [2, 3, 4].map((n) => `<li><a href="${at(n)}">${title(n)}</a></li>`).join(''),
)

test.each([
  ['a banner for consent', () => press.answers.set(at(2), BANNER)],
  [
    'a redirect to the front page',
    () => {
      press.answers.set(at(2), { status: 302, location: 'http://town.example/' })
      press.answers.set('http://town.example/', FRONT)
    },
  ],
])('what stands for a page for some days, %s, leaves the story to be asked for', async (_, stand) => {
  const teaser = (n: number): Entry => entry(n, paragraphsOf(n).slice(0, 1))
  press.answers.set(FEED, rssOf([teaser(1)]))
  press.answers.set(at(1), sitePage(title(1), paragraphsOf(1)))
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  press.answers.set(FEED, rssOf([teaser(1), teaser(2)]))
  stand()
  expect(await fetch()).toMatchObject({ code: 1, err: expect.stringContaining('queued for the next run') })
  press.nowMs += 3 * 86_400_000
  expect(await fetch()).toMatchObject({ code: 0, out: [] })
  press.answers.set(at(2), sitePage(title(2), paragraphsOf(2)))
  press.nowMs += 3 * 86_400_000
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  expect([...press.files().values()].find((text) => text.includes(at(2)))).toContain(paragraphsOf(2)[5])
})

test('the time of a story stays when its feed shows that of its last edit; one put right for an earlier one is taken, and one of which its page has the same', async () => {
  const dateOf = () => /^date: (.*)$/m.exec([...press.files().values()][0] ?? '')?.[1]
  const shown = async (date: string, note: string, head = '') => {
    const texts = [...paragraphsOf(1), note]
    press.answers.set(FEED, rssOf([entry(1, texts, { date })]))
    press.answers.set(at(1), sitePage(title(1), texts, { head }))
    expect((await fetch()).out).toHaveLength(1)
    return dateOf()
  }
  expect(await shown('Wed, 11 Mar 2026 08:00:00 GMT', '渡口一切如常。')).toBe('2026-03-11T08:00:00.000Z')
  expect(await shown('Wed, 11 Mar 2026 19:30:00 GMT', '更正：渡口的票价是三元。')).toBe('2026-03-11T08:00:00.000Z')
  expect(await shown('Wed, 11 Mar 2026 07:15:00 GMT', '更正：渡口的票价是四元。')).toBe('2026-03-11T07:15:00.000Z')
  const head = '<meta property="article:published_time" content="2026-03-11T09:00:00Z">'
  expect(await shown('Wed, 11 Mar 2026 09:00:00 GMT', '更正：渡口的票价是五元。', head)).toBe(
    '2026-03-11T09:00:00.000Z',
  )
})

test('so it does where the feed alone is asked, or its text is taken for the page', async () => {
  const dates = () => [...press.files().values()].map((text) => /^date: (.*)$/m.exec(text)?.[1])
  for (const [date, note] of [
    ['Wed, 11 Mar 2026 08:00:00 GMT', '渡口一切如常。'],
    ['Wed, 11 Mar 2026 19:30:00 GMT', '更正：渡口的票价是三元。'],
  ] as const) {
    press.answers.set(FEED, rssOf([entry(1, [...paragraphsOf(1), note], { date })]))
    expect((await fetch({ feed: [], sources: [{ feed: FEED, pages: false }] })).out).toHaveLength(1)
  }
  expect(dates()).toEqual(['2026-03-11T08:00:00.000Z'])
})

test('a short page that its feed does not show now is known by the headline of its file when it is read again', async () => {
  const short = (note: string) => sitePage('第1号渡口', [...paragraphsOf(1, 3), note])
  press.answers.set(FEED, rssOf([{ url: at(1), title: '第1号渡口' }]))
  press.answers.set(at(1), short('末班船是晚上九点。'))
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  press.answers.set(at(1), short('末班船是晚上十点。'))
  expect(await fetch({ recheck: '99d' })).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  press.asked()
  expect(await fetch()).toEqual({ code: 0, out: [], err: '' })
  expect(press.asked()).toEqual([FEED])
})

test('where the feed alone is asked, no page is read again of a story that it shows no more', async () => {
  const feedAlone = { feed: [], sources: [{ feed: FEED, pages: false }], recheck: '99d' }
  for (const n of [1, 2]) {
    press.answers.set(FEED, rssOf([entry(n, paragraphsOf(n))]))
    expect(await fetch(feedAlone)).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
    expect(press.asked()).toEqual([FEED])
  }
})
