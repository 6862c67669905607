import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backfillCaptures } from '../../src/commands/captures.ts'
import { headBytes, recordBytes } from '../../src/core/warc/record.ts'
import { eachWithPress } from '../support/each.ts'
import { configOf, testIo } from '../support/io.ts'
import { type Answer, asHtml, paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'

/*
 * A feed with the beginning of each text alone says when a story was changed: below its beginning nothing else shows that.
 */
let press: Press
eachWithPress((own) => {
  press = own
})

const FEED = 'http://town.example/feed'
const PAGE = 'http://town.example/2026/1.html'
const TEXT = paragraphsOf(1)

const atom = (updated: string): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>河镇</title><link href="http://town.example/"/><id>town</id>
<entry><title>渡口重开</title><link href="${PAGE}"/><id>${PAGE}</id><published>2026-03-11T08:00:00Z</published>
<updated>${updated}</updated><summary>${TEXT[0]!.slice(0, 16)}……</summary></entry></feed>`

const json = (updated: string): string => {
  const item = { id: PAGE, url: PAGE, title: '渡口重开', summary: TEXT[0]!.slice(0, 16) }
  const items = [{ ...item, date_published: '2026-03-11T08:00:00Z', date_modified: updated }]
  return JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: '河镇', items })
}

/** Of the last hour: each fetch is an hour after the one before. */
const now = (): string => new Date(press.nowMs + 1_800_000).toISOString()
const edited = (title = '渡口重开'): string =>
  sitePage(title, [...TEXT.slice(0, -1), '水位昨夜又涨了一尺，渡船改到下游靠岸。'])

/** What a fetch says, and whether it asked for the page. */
async function fetched(flags: Record<string, unknown> = {}): Promise<string> {
  const { err } = await press.fetch({ feed: [FEED], ...flags })
  return `${err}${press.asked().includes(PAGE) ? 'page' : ''}`
}

test.each([
  ['Atom', atom],
  ['a JSON Feed', json],
])('an update of which %s tells is had, once', async (_, feed) => {
  press.answers.set(PAGE, sitePage('渡口重开', TEXT))
  press.answers.set(FEED, feed('2026-03-11T09:00:00Z'))
  expect(await fetched()).toBe('fetch: 1 written\npage')
  press.answers.set(PAGE, edited())
  expect(await fetched()).toBe('')
  const told = feed(now())
  press.answers.set(FEED, told)
  expect(await fetched()).toBe('fetch: 0 written, 1 revised\npage')
  expect([...press.files().values()][0]).toContain('渡船改到下游靠岸')
  press.answers.set(FEED, `${told}\n`)
  expect(await fetched()).toBe('')
})

test('where a cache still has the text before the last, the page is asked for again', async () => {
  const page = (updated: string, ...more: string[]): string =>
    sitePage('渡口重开', [...TEXT, ...more]).replace(
      '<head>',
      `<head><meta property="article:modified_time" content="${updated}">`,
    )
  const first = page('2026-03-11T09:00:00Z')
  press.answers.set(PAGE, first)
  press.answers.set(FEED, atom('2026-03-11T09:00:00Z'))
  expect(await fetched()).toBe('fetch: 1 written\npage')
  const second = now()
  press.answers.set(PAGE, page(second, '水位昨夜又涨了一尺，渡船改到下游靠岸。'))
  press.answers.set(FEED, atom(second))
  expect(await fetched()).toBe('fetch: 0 written, 1 revised\npage')
  const third = now()
  press.answers.set(PAGE, first)
  press.answers.set(FEED, atom(third))
  expect(await fetched()).toBe('page')
  press.answers.set(PAGE, page(third, '水位今早退了，渡船照常靠岸，票价不变。'))
  press.answers.set(FEED, `${atom(third)}\n`)
  expect(await fetched()).toBe('fetch: 0 written, 1 revised\npage')
})

test('a feed that tells of updates at each request is believed three times of a story, until one is true', async () => {
  press.answers.set(PAGE, sitePage('渡口重开', TEXT))
  const asked: string[] = []
  for (let hour = 0; hour < 6; hour += 1) {
    press.answers.set(FEED, atom(now()))
    asked.push(await fetched())
  }
  expect(asked).toEqual(['fetch: 1 written\npage', 'page', 'page', 'page', '', ''])
  press.answers.set(FEED, atom(now()).replace('渡口重开', '渡口又重开'))
  press.answers.set(PAGE, edited('渡口又重开'))
  expect(await fetched()).toBe('fetch: 0 written, 1 revised\npage')
  press.answers.set(FEED, atom(now()).replace('渡口重开', '渡口又重开'))
  expect(await fetched()).toBe('page')
})

test('a feed that counts the readers of a story in its text is believed three times in a row, then each second hour', async () => {
  press.answers.set(PAGE, sitePage('渡口重开', TEXT))
  const asked: number[] = []
  for (let hour = 0; hour < 18; hour += 1) {
    if (hour === 12) press.answers.set(PAGE, edited())
    press.answers.set(FEED, atom('2026-03-11T09:00:00Z').replace('……', `……（${hour}人读过）`))
    if ((await fetched()).endsWith('page')) asked.push(hour)
  }
  expect(asked).toEqual([0, 1, 2, 3, 5, 7, 9, 11, 13, 14, 15, 16])
  expect([...press.files().values()][0]).toContain('渡船改到下游靠岸')
})

test.each([8, -8])('a feed whose clock is %i hours off has each edit told once', async (hours) => {
  const told = (at: number): string => new Date(at + hours * 3_600_000).toISOString()
  let editedAt = press.nowMs
  const asked: number[] = []
  for (let hour = 0; hour < 12; hour += 1) {
    if (hour === 6 || hour === 9) editedAt = press.nowMs + 1_800_000
    press.answers.set(
      PAGE,
      hour < 6 ? sitePage('渡口重开', TEXT) : hour < 9 ? edited() : sitePage('渡口重开', TEXT.slice(1)),
    )
    press.answers.set(FEED, `${atom(told(editedAt))}<!-- ${hour} -->`)
    if ((await fetched()).endsWith('page')) asked.push(hour)
  }
  expect(asked).toEqual([0, 6, 9])
  expect([...press.files().values()][0]).not.toContain(TEXT[0])
})

test('where a feed stands in for a page that fails, its edits are had without asking for that, also once it is given up', async () => {
  const show = (last: string): void => {
    press.answers.set(FEED, rssOf([{ url: PAGE, title: '渡口重开', html: asHtml([...TEXT, last]) }]))
  }
  const text = (): string => [...press.files().values()][0] ?? ''
  show('水位照旧。')
  expect(await fetched()).toMatch(/the feed's own text stands in, the page is queued for the next run.*page$/s)
  expect(await fetched()).toBe('page')
  expect(await fetched()).toBe('page')
  show('水位昨夜又涨了一尺。')
  expect(await fetched()).toBe('fetch: 0 written, 1 revised\n')
  expect(text()).toContain('水位昨夜又涨了一尺。')
  // The feed has nothing new to send when the page is tried again, and what is remembered of it is no former text.
  for (let hour = 0; hour < 30; hour += 1) await fetched()
  expect(text()).toContain('水位昨夜又涨了一尺。')
  for (let hour = 0; hour < 10 * 24; hour += 1) await fetched()
  show('水位退了。')
  expect(await fetched()).toBe('fetch: 0 written, 1 revised\n')
  expect(text()).toContain('水位退了。')
})

test('an edit of a text that stands in for a page is named where it cannot be written', async () => {
  press.answers.set(FEED, rssOf([{ url: PAGE, title: '渡口重开', html: asHtml(TEXT) }]))
  for (let hour = 0; hour < 3; hour += 1) await fetched()
  const revisions = join(press.home.path, 'archive', '.zaobao', 'revisions')
  mkdirSync(revisions, { recursive: true })
  writeFileSync(join(revisions, '2026-03-11'), 'no folder')
  press.answers.set(FEED, rssOf([{ url: PAGE, title: '渡口重开', html: asHtml([...TEXT, '水位昨夜又涨了一尺。']) }]))
  const { code, err } = await press.fetch({ feed: [FEED] })
  expect(err).toContain(`${PAGE}: `)
  expect(code).toBe(1)
})

test.each<[string, Answer, Record<string, unknown>, string]>([
  ['has no turn', { status: 404 }, { maxRequests: 1 }, 'left for the next run'],
  ['says to wait', { status: 429 }, {}, '1 waiting for the site'],
])(
  'where a feed stands in for a page that %s when it is due, an edit is had all the same',
  async (_, answer, flags, says) => {
    const show = (last: string): void => {
      press.answers.set(FEED, rssOf([{ url: PAGE, title: '渡口重开', html: asHtml([...TEXT, last]) }]))
    }
    show('水位照旧。')
    await fetched()
    press.answers.set(PAGE, answer)
    show('水位昨夜又涨了一尺。')
    const said = await fetched(flags)
    expect(said).toContain('1 revised')
    expect(said).toContain(says)
    expect([...press.files().values()][0]).toContain('水位昨夜又涨了一尺。')
    press.answers.set(PAGE, sitePage('渡口重开', [...TEXT, '水位昨夜又涨了一尺。', ...paragraphsOf(2)]))
    let words = ''
    for (let hour = 0; hour < 8; hour += 1) words += await fetched()
    expect(words).toContain('1 revised')
    expect([...press.files().values()][0]).toContain(paragraphsOf(2).at(-1))
  },
)

test('an update that a captured feed tells after the last capture of the page is had when the feed tells it again', async () => {
  const told = atom('2026-03-11T15:00:00Z')
  const files = [
    ['2026-03-11T09:00:00Z', FEED, atom('2026-03-11T08:00:00Z')],
    ['2026-03-11T09:00:05Z', PAGE, sitePage('渡口重开', TEXT)],
    ['2026-03-11T16:00:00Z', FEED, told],
  ].map(([at = '', url = '', text = '']) => {
    const head = headBytes('HTTP/1.1 200 OK', [['Content-Type', url === FEED ? 'text/xml' : 'text/html']])
    const fields = { 'WARC-Type': 'response', 'WARC-Date': at, 'WARC-Target-URI': url }
    return recordBytes(Object.entries(fields), Buffer.concat([head, Buffer.from(text)]))
  })
  const { path } = press.home
  writeFileSync(join(path, 'a.warc'), Buffer.concat(files))
  const config = { ...(await configOf({ archive: join(path, 'archive'), feed: [FEED] }, path)), dryRun: false }
  const all = { urls: [], file: null, from: null, to: null, order: 'oldest' } as const
  await backfillCaptures(config, all, ['a.warc'], testIo(path, press.nowMs))
  expect([...press.files().values()].join('')).toContain(TEXT.at(-1))
  press.answers.set(FEED, told)
  press.answers.set(PAGE, edited())
  expect(await fetched()).toBe('fetch: 0 written, 1 revised\npage')
})

test('a headline that its page has with the name of the site is no edit once the feed shows the story no more', async () => {
  const page = (title: string, at: number, foot = ''): string =>
    `<!DOCTYPE html><html><head><title>${title} - 河镇日报</title></head><body><center><b>${title}</b></center>${paragraphsOf(
      at,
    )
      .map((text) => `<p>${text}</p>`)
      .join('')}<!--${foot}--></body></html>`
  const other = 'http://town.example/2026/2.html'
  press.answers.set(PAGE, page('渡口重开', 1))
  press.answers.set(other, page('木桥封闭', 2))
  press.answers.set(FEED, rssOf([{ url: PAGE, title: '渡口重开' }]))
  expect(await fetched()).toBe('fetch: 1 written\npage')
  press.answers.set(FEED, rssOf([{ url: other, title: '木桥封闭' }]))
  expect(await fetched({ recheck: '30d' })).toBe('fetch: 1 written\npage')
  press.answers.set(PAGE, page('渡口重开', 1, 'made anew'))
  expect(await fetched({ recheck: '30d' })).toBe('page')
  press.answers.set(PAGE, page('渡口重开 – but not on Sundays', 1))
  expect(await fetched({ recheck: '30d' })).toBe('fetch: 0 written, 1 revised\npage')
  press.answers.set(PAGE, page('渡口重开 早晚加班', 1))
  expect(await fetched({ recheck: '30d' })).toBe('fetch: 0 written, 1 revised\npage')
})
