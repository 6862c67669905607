import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importFolder } from '../../src/commands/import.ts'
import { eachWithPress } from '../support/each.ts'
import { testIo } from '../support/io.ts'
import { asHtml, paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'

/*
 * A feed of a paper that nobody knows: pages of its items are asked for and read; the longer text that agrees is taken.
 */
let press: Press
eachWithPress((own) => {
  press = own
})

const FEED = 'http://town.example/feed'
const at = (n: number): string => `http://town.example/2026/${n}.html`
const fetch = (flags: Record<string, unknown> = {}) => press.fetch({ feed: [FEED], ...flags })

/** The one file. */
const file = (): string => [...press.files().values()][0] ?? ''

function put(page: string | null, html?: string, title = '渡口重开'): void {
  press.answers.set(FEED, rssOf([{ url: at(1), title, ...(html === undefined ? {} : { html }) }]))
  if (page !== null) press.answers.set(at(1), page)
}

test('the page of an item is read, and a second run is silent', async () => {
  put(sitePage('渡口重开', paragraphsOf(1)), '第1号渡口今早重新开放……')
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  for (const text of paragraphsOf(1)) expect(file()).toContain(text)
  expect(file()).toMatch(/\ntitle: "渡口重开"\ndate: 2026-03-11T08:00:00.000Z\n[^]*\nextraction: generic\n---\n/)
  expect(press.asked()).toEqual([FEED, at(1)])
  expect(await fetch()).toEqual({ code: 0, out: [], err: '' })
  expect(press.asked()).toEqual([FEED])
})

test('a note without a headline is named by its first sentence', async () => {
  const note = '渡口今早重新开放。守门的老人说来的人比往年多了一倍。'
  press.answers.set(FEED, rssOf([{ url: at(1), title: '', html: `<p>${note}</p>` }]))
  expect(await fetch({ feed: [], sources: [{ feed: FEED, pages: false }] })).toMatchObject({ code: 0 })
  expect(file()).toContain('title: "渡口今早重新开放。"')
  expect(file()).toContain(note)
})

describe('of page and feed', () => {
  const whole = paragraphsOf(1)
  const cases: [string, string | null, string | undefined, string[], string][] = [
    ['the page, where the feed has half', sitePage('渡口重开', whole), asHtml(whole.slice(0, 3)), whole, 'generic'],
    ['the feed, where the page has half', sitePage('渡口重开', whole.slice(0, 3)), asHtml(whole), whole, 'feed'],
    ['the page, where both are the same', sitePage('渡口重开', whole), asHtml(whole), whole, 'generic'],
    ['the feed, where the page is another matter', sitePage('渡口重开', paragraphsOf(9)), asHtml(whole), whole, 'feed'],
    [
      'the feed, where the page is a shell',
      '<!DOCTYPE html><html><head><title>x</title></head><body><div id="app"></div></body></html>',
      asHtml(whole),
      whole,
      'feed',
    ],
    ['the feed, where there is no page', null, asHtml(whole), whole, 'feed'],
    ['the page, where the feed has none', sitePage('渡口重开', whole), undefined, whole, 'generic'],
  ]
  test.each(cases)('%s', async (_, page, html, expected, extraction) => {
    put(page, html)
    const { out } = await fetch({ json: true })
    const record = JSON.parse(out[0] ?? '{}') as Record<string, string>
    expect(record['extraction']).toBe(extraction)
    for (const text of expected) expect(record['text']).toContain(text)
    expect(record['text']).not.toContain('版权所有')
  })
})

test('a page that may not be asked for leaves the feed, and nothing is owed', async () => {
  put(sitePage('渡口重开', paragraphsOf(1)), asHtml(paragraphsOf(1, 2)))
  press.answers.set('http://town.example/robots.txt', { status: 200, body: 'User-agent: *\nDisallow: /2026/' })
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  expect(press.asked()).toEqual([FEED])
  expect(await fetch()).toEqual({ code: 0, out: [], err: '' })
})

test.each(['Mon, 01 Jan 2035 00:00:00 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Thu, 01 Jan 1970 08:00:00 +0800'])(
  'a time that no story has, %s, is none: the page has another, or the day of the run stands',
  async (date) => {
    const shown = '<meta property="article:published_time" content="2026-03-11T08:00:00Z">'
    press.answers.set(at(1), sitePage('渡口重开', paragraphsOf(1), { head: shown }))
    press.answers.set(at(2), sitePage('石桥修好', paragraphsOf(2)))
    press.answers.set(
      FEED,
      rssOf([
        { url: at(1), title: '渡口重开', date },
        { url: at(2), title: '石桥修好', date },
      ]),
    )
    await fetch()
    const dates = [...press.files().values()].map((text) => /^date: (.*)$/m.exec(text)?.[1])
    expect(new Set(dates)).toEqual(new Set(['2026-03-11T08:00:00.000Z', '2026-03-11T16:00:00.000Z']))
    expect(await fetch()).toEqual({ code: 0, out: [], err: '' })
  },
)

test('without page and feed a story fails, with the reason, and is had later', async () => {
  put(null)
  expect(await fetch()).toMatchObject({ code: 1, err: expect.stringContaining('status 404') as string })
  put(sitePage('渡口重开', paragraphsOf(1)))
  expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
})

test('hosts of the site are asked when it leads there, others never', async () => {
  put(null)
  press.answers.set(at(1), { status: 301, location: 'http://www.town.example/1' })
  press.answers.set('http://www.town.example/1', sitePage('渡口重开', paragraphsOf(1)))
  expect(await fetch()).toMatchObject({ code: 0 })
  press.asked()
  press.answers.set(FEED, rssOf([{ url: at(2), title: '石桥' }]))
  press.answers.set(at(2), { status: 302, location: 'http://elsewhere.example/2' })
  expect(await fetch()).toMatchObject({
    code: 1,
    err: expect.stringContaining('elsewhere.example is not among') as string,
  })
  expect(press.asked()).not.toContain('http://elsewhere.example/2')
  press.answers.set(FEED, rssOf([{ url: 'http://10.0.0.7/3', title: '粮仓' }]))
  expect(await fetch()).toMatchObject({
    code: 1,
    err: expect.stringContaining('10.0.0.7 is no public address') as string,
  })
  expect(press.asked().filter((url) => url.includes('10.0.0.7'))).toEqual([])
})

describe('a feed whose texts are whole', () => {
  const entries = (from: number, to: number, cut = 6) =>
    Array.from({ length: to - from + 1 }, (_, i) => {
      const n = from + i
      press.answers.set(at(n), sitePage(`第${n}号的事`, paragraphsOf(n)))
      return { url: at(n), title: `第${n}号的事`, html: asHtml(paragraphsOf(n, cut)) }
    })
  const pages = () => press.asked().filter((url) => url !== FEED).length

  test('is enough when its pages had no word more, and one a day is asked for', async () => {
    press.answers.set(FEED, rssOf(entries(1, 12)))
    expect(await fetch({ concurrency: 1 })).toMatchObject({ code: 0, err: 'fetch: 12 written\n' })
    expect(pages()).toBe(3)
    press.answers.set(FEED, rssOf(entries(10, 15)))
    await fetch()
    expect(pages()).toBe(0)
    press.nowMs += 86_400_000
    press.answers.set(FEED, rssOf(entries(13, 18)))
    await fetch({ concurrency: 1 })
    expect(pages()).toBe(1)
  })

  test('half a text never passes as whole', async () => {
    press.answers.set(FEED, rssOf(entries(1, 8, 3)))
    await fetch({ concurrency: 1 })
    expect(pages()).toBe(8)
    for (const text of press.files().values()) expect(text).toContain('这是第6件事')
  })

  test('an excerpt in such a feed is told by its end', async () => {
    press.answers.set(FEED, rssOf(entries(1, 4)))
    await fetch({ concurrency: 1 })
    pages()
    const more = entries(5, 7)
    for (const [i, end] of ['<p>阅读全文</p>', '<p>（未完）[…]</p>', '<p><a href="/x">Read more</a></p>'].entries())
      more[i]!.html = asHtml(paragraphsOf(5 + i, 4)) + end
    press.answers.set(FEED, rssOf(more))
    await fetch()
    expect(pages()).toBe(3)
    for (const text of press.files().values()) expect(text).toContain('这是第6件事')
  })
})

describe('a feed that the configuration tells of', () => {
  const entry = (more: Record<string, unknown>) => ({ feed: [], sources: [{ feed: FEED, ...more }] })
  const many = (titles: readonly string[]): void => {
    const entries = titles.map((title, n) => ({ url: at(n), title, html: asHtml(paragraphsOf(n)) }))
    press.answers.set(FEED, rssOf(entries))
  }
  const titles = () => [...press.files().values()].map((text) => /^title: "(.*)"$/m.exec(text)?.[1])

  test('has its name, tags, categories and section, and needs no page', async () => {
    put(sitePage('渡口重开', paragraphsOf(1)), asHtml(paragraphsOf(1, 1)))
    const told = entry({ name: '河镇报', tags: ['河', '镇'], categories: '新闻', section: '社会', pages: false })
    const { out } = await fetch({ ...told, json: true, keys: ['section'] })
    expect(press.asked()).toEqual([FEED])
    expect(JSON.parse(out[0]!)).toMatchObject({
      author: '河镇报',
      tags: ['河', '镇'],
      categories: ['新闻'],
      section: '社会',
      extraction: 'feed',
    })
    expect(file()).toContain('author: 河镇报\n')
    expect(file()).toContain('tags: [ 河, 镇 ]\ncategories: [ 新闻 ]\nsection: 社会\n---')
  })

  test('what waits in the queue keeps them', async () => {
    put(null)
    await fetch(entry({ name: '河镇报' }))
    press.answers.set(at(1), sitePage('渡口重开', paragraphsOf(1)))
    press.answers.set(FEED, rssOf([{ url: at(2), title: '别的' }]))
    await fetch(entry({ name: '河镇报' }))
    expect(file()).toContain('author: 河镇报\n')
  })

  test('is followed by words of its headlines, and so far', async () => {
    many(['渡口重开', '石桥', '新渡口', 'Ferry 渡口 RIVER', '渡口的船'])
    await fetch(entry({ only: ['渡口'], exclude: ['river'], limit: 2, pages: false }))
    expect(titles()).toEqual(['新渡口', '渡口重开'])
    many(['石桥'])
    expect(await fetch(entry({ only: ['渡口'], pages: false }))).toEqual({ code: 0, out: [], err: '' })
  })

  test('has its own pace', async () => {
    many(['渡口', '石桥'])
    const waits: number[] = []
    const sleep = (ms: number) => (waits.push(ms), Promise.resolve())
    await press.fetch({ rate: '1000/s', ...entry({ rate: '6/m' }) }, { sleep })
    expect(Math.max(...waits)).toBeGreaterThan(9000)
  })

  test.each([
    [{ feed: FEED, nmae: 'x' }, 'unknown key "nmae"; did you mean "name"?'],
    [{ feed: FEED, limit: 0 }, /limit: .*write a whole number above 0/],
    [{ feed: FEED, rate: 'fast' }, /rate: .*write a rate such as 1\/s/],
    [{ feed: 'town' }, /feed: .*write an address that begins with http/],
    [{ url: FEED }, 'write "list", "json", { "rsshub": address } or { "feed": address }'],
  ])('that is written wrongly: %j', async (source, fault) => {
    await expect(fetch({ feed: [], sources: [source] })).rejects.toThrow(fault)
  })
})

describe('the language of a story', () => {
  const hant = [
    '渡口今早重新開放，守門的老人說來的人比往年多了一倍。',
    '鎮上的木匠們花了三個星期，才修好了碼頭的欄杆。',
  ]
  const french = [1, 2, 3, 4].map(
    (n) => `Le bac numéro ${n} a repris son service ce matin, dit le gardien du village devant les habitants.`,
  )
  const page = (texts: readonly string[], lang: string) => sitePage('Bac', texts).replace('lang="zh-CN"', lang)
  const cases: [string, string | null, readonly string[], string, string | null][] = [
    ['is that of the page', page(french, 'lang="fr-CA"'), french, 'en', 'fr'],
    ['is that of the feed', page(french, ''), french, 'fr', 'fr'],
    [
      'is that of the text, where the page is in the other script',
      page([...hant, ...hant, ...hant], 'lang="zh-CN"'),
      hant,
      'zh-cn',
      'zh-Hant',
    ],
    ['is not known where nothing tells it', page(french, ''), french, '', null],
  ]
  test.each(cases)('%s', async (_, html, texts, language, lang) => {
    press.answers.set(FEED, rssOf([{ url: at(1), title: 'Bac', html: asHtml(texts.slice(0, 1)) }], language))
    press.answers.set(at(1), html!)
    const { out } = await fetch({ json: true, keys: ['lang'] })
    expect((JSON.parse(out[0]!) as { lang: unknown }).lang).toBe(lang)
    expect(/^lang: (.*)$/m.exec(file())?.[1] ?? null).toBe(lang)
  })

  test('is that of its item before that of the feed', async () => {
    const feed = rssOf([{ url: at(1), title: 'Bac', html: asHtml(french.slice(0, 1)) }], 'en')
    press.answers.set(FEED, feed.replace('<item>', '<item xml:lang="fr">'))
    press.answers.set(at(1), page(french, ''))
    const { out } = await fetch({ json: true })
    expect((JSON.parse(out[0]!) as { lang: unknown }).lang).toBe('fr')
  })

  test.each([
    ['when the story waited', true, ''],
    ['under the address that its page names', false, '<link rel="canonical" href="http://town.example/2026/le-bac">'],
  ])('is that of the feed %s', async (_, waits, head) => {
    press.answers.set(FEED, rssOf([{ url: at(1), title: 'Bac' }], 'fr'))
    if (waits) expect(await fetch()).toMatchObject({ code: 1, out: [] })
    if (waits) press.answers.set(FEED, rssOf([{ url: at(2), title: '石桥', html: asHtml(paragraphsOf(2)) }]))
    press.answers.set(at(1), page(french, '').replace('<head>', `<head>${head}`))
    const { out } = await fetch({ json: true })
    const records = out.map((line) => JSON.parse(line) as { title: string; lang: string })
    expect(records.find(({ title }) => title === 'Bac')?.lang).toBe('fr')
  })
})

describe('a day of which a feed tells no time', () => {
  const shown = { url: at(1), title: '渡口重开', date: '2025-03-04' }
  const dated = (): [string | undefined, string][] =>
    [...press.files()]
      .map(([path, text]): [string | undefined, string] => [/^date: (.*)$/m.exec(text)?.[1], path.slice(0, 10)])
      .toSorted(([, one], [, other]) => one.localeCompare(other))

  test('is that of the story, also of one that waited', async () => {
    press.answers.set(FEED, rssOf([shown]))
    expect(await fetch()).toMatchObject({ code: 1, out: [] })
    press.answers.set(FEED, rssOf([{ url: at(2), title: '石桥修好', date: '5 August, 2019' }]))
    for (const n of [1, 2]) press.answers.set(at(n), sitePage(['', '渡口重开', '石桥修好'][n]!, paragraphsOf(n)))
    const { out } = await fetch({ json: true })
    expect(dated()).toEqual([
      ['2019-08-04T16:00:00.000Z', '2019-08-05'],
      ['2025-03-03T16:00:00.000Z', '2025-03-04'],
    ])
    expect(out.map((line) => (JSON.parse(line) as { published: unknown }).published)).toEqual([null, null])
    expect(await fetch()).toEqual({ code: 0, out: [], err: '' })
  })

  test('gives way to the time on its page, and to come is none', async () => {
    const time = '<meta property="article:published_time" content="2025-03-04T08:00:00Z">'
    press.answers.set(FEED, rssOf([shown, { url: at(2), title: '石桥修好', date: '2035-03-04' }]))
    press.answers.set(at(1), sitePage('渡口重开', paragraphsOf(1), { head: time }))
    press.answers.set(at(2), sitePage('石桥修好', paragraphsOf(2)))
    await fetch()
    expect(dated()).toEqual([
      ['2025-03-04T08:00:00.000Z', '2025-03-04'],
      ['2026-03-11T16:00:00.000Z', '2026-03-12'],
    ])
  })
})

test('a story of a feed alone is read again in the feed alone, also where .zaobao/ was lost', async () => {
  const flags = { feed: [], sources: [{ feed: FEED, pages: false }], recheck: '99d' }
  put(null, asHtml(paragraphsOf(1)))
  expect(await press.fetch(flags)).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  const files = press.files()
  const again = async () => {
    press.asked()
    expect(await press.fetch(flags)).toEqual({ code: 0, out: [], err: '' })
    expect(press.asked()).toEqual([FEED])
    expect(press.files()).toEqual(files)
  }
  await again()
  rmSync(join(press.home.path, 'archive/.zaobao'), { recursive: true })
  await again()
  await again()
})

test('a page without a headline at an address without a path has that of its feed', async () => {
  const url = 'http://town.example/?p=123'
  press.answers.set(FEED, rssOf([{ url, title: '渡口重开' }]))
  const page = sitePage('', paragraphsOf(1), { head: `<link rel="canonical" href="${url}">` })
  press.answers.set(url, page.replaceAll(/<h1>.*?<\/h1>|<title>.*?<\/title>/g, ''))
  expect(await fetch()).toMatchObject({ code: 0 })
  expect(file()).toContain('\ntitle: "渡口重开"\n')
})

test('an edit of a text of which the feed alone tells is taken, also where what was noted is lost', async () => {
  const sources = [{ feed: FEED, pages: false }]
  const show = (paragraphs: readonly string[]) => {
    press.answers.set(FEED, rssOf([{ url: at(1), title: '渡口重开', html: asHtml(paragraphs) }]))
    return fetch({ feed: [], sources })
  }
  const before = paragraphsOf(1)
  const after = [...before.slice(0, -1), '渡口改到明天早上重新开放，守门的老人请大家不要着急。']
  await show(before)
  rmSync(join(press.home.path, 'archive', '.zaobao'), { recursive: true })
  expect(await show(before)).toEqual({ code: 0, out: [], err: '' })
  expect(await show(after)).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  expect(file()).toContain(after.at(-1))
  expect(await show(after)).toEqual({ code: 0, out: [], err: '' })
})

test.each([
  ['for the first time after', false],
  ['a poll later', true],
])('so it is where the archive was imported without notes, %s', async (_when, isPolledBefore) => {
  const sources = [{ feed: FEED, pages: false }]
  const show = (last: string, title = '渡口重开') => {
    press.answers.set(FEED, rssOf([{ url: at(1), title, html: asHtml([...paragraphsOf(1).slice(0, -1), last]) }]))
    return fetch({ feed: [], sources })
  }
  await show('渡口改到明天早上重新开放。')
  const [archive, source] = [join(press.home.path, 'archive'), join(press.home.path, 'source')]
  renameSync(archive, source)
  rmSync(join(source, '.zaobao'), { recursive: true })
  const options = { archive, dryRun: false, json: false, quiet: true, wait: 0, keepRevisions: 50 }
  expect(await importFolder(source, options, testIo(press.home.path, press.nowMs))).toBe(0)
  if (isPolledBefore) await show('渡口改到明天早上重新开放。')
  const { code, err } = await show('渡口改到下星期重新开放。', '渡口重开（更新）')
  expect([code, err.split('\n').at(-2)]).toEqual([0, 'fetch: 0 written, 1 revised'])
  expect(file()).toContain('渡口改到下星期重新开放。')
})

test('so it is where the feed shows an edit for the first time after that', async () => {
  const sources = [{ feed: FEED, pages: false }]
  const show = (last: string) => {
    const html = asHtml([...paragraphsOf(1).slice(0, -1), last])
    press.answers.set(FEED, rssOf([{ url: at(1), title: '渡口重开', html }]))
    return fetch({ feed: [], sources })
  }
  await show('渡口改到明天早上重新开放。')
  rmSync(join(press.home.path, 'archive', '.zaobao'), { recursive: true })
  await show('渡口改到后天早上重新开放，守门的老人请大家不要着急。')
  expect(await show('渡口改到下星期重新开放。')).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  expect(file()).toContain('渡口改到下星期重新开放。')
})

test.each([
  ['', ['渡口重开', '渡口重开', '渡口重开'], [6, 2, 1]],
  [' below another headline', ['渡口重开了', '渡口重开了', '渡口又重开'], [6, 2, 1]],
  [' from the first time on', ['渡口今早重开', '渡口重开了', '渡口又重开'], [2, 2, 1]],
])('that of a page stays, too, where the feed had all of it and is cut later%s', async (_, titles, counts) => {
  put(sitePage('渡口重开', paragraphsOf(1)), asHtml(paragraphsOf(1)))
  await fetch()
  const before = file()
  rmSync(join(press.home.path, 'archive', '.zaobao'), { recursive: true })
  for (const [index, count] of counts.entries()) {
    put(null, asHtml(paragraphsOf(1).slice(0, count)), titles[index])
    expect(await fetch({ feed: [], sources: [{ feed: FEED, pages: false }] })).toEqual({ code: 0, out: [], err: '' })
  }
  expect(file()).toBe(before)
})

test('that of a page stays, where the feed has its beginning alone', async () => {
  put(sitePage('渡口重开', paragraphsOf(1)), asHtml(paragraphsOf(1).slice(0, 2)))
  await fetch()
  rmSync(join(press.home.path, 'archive', '.zaobao'), { recursive: true })
  const before = file()
  for (const count of [2, 1]) {
    put(null, asHtml(paragraphsOf(1).slice(0, count)))
    expect(await fetch({ feed: [], sources: [{ feed: FEED, pages: false }] })).toMatchObject({ code: 0, out: [] })
  }
  expect(file()).toBe(before)
})
