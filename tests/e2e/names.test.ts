import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backfill } from '../../src/commands/backfill.ts'
import { status } from '../../src/commands/status.ts'
import { verify } from '../../src/commands/verify.ts'
import { guidsOf } from '../../src/pipeline/story/names.ts'
import { configOf, testIo } from '../support/io.ts'
import { eachWithPress } from '../support/each.ts'
import { asHtml, type Entry, paragraphsOf, type Press, rssOf, sitePage } from '../support/press.ts'

/*
 * A story of a paper that nobody knows is one file for years, by whatever name its sources come to call it.
 */
let press: Press
eachWithPress((own) => {
  press = own
})

const FEED = 'http://town.example/feed'
const A = 'http://town.example/2026/03/ferry-1'
const B = 'http://town.example/x/991'

function put(
  entries: readonly Entry[],
  pages: Record<string, string>,
): Promise<{ code: number; out: string[]; err: string }> {
  press.answers.set(FEED, rssOf(entries))
  for (const [url, page] of Object.entries(pages)) press.answers.set(url, page)
  return press.fetch({ feed: [FEED] })
}

const canonical = (url: string, n = 1) =>
  sitePage(`第${n}号渡口`, paragraphsOf(n), { head: `<link rel="canonical" href="${url}">` })
const entry = (url: string, n = 1, more: Partial<Entry> = {}): Entry => ({ url, title: `第${n}号渡口`, ...more })
const froms = () => [...press.files().values()].map((text) => /^from: (.*)$/m.exec(text)?.[1])

async function isSound(): Promise<void> {
  const io = testIo(press.home.path, press.nowMs)
  const config = await configOf({ archive: join(press.home.path, 'archive') }, press.home.path)
  expect({ code: await verify({ ...config, fix: false }, io), out: io.out.join('') }).toEqual({ code: 0, out: '' })
}

test('a page that names its address is archived as that, and found by both', async () => {
  expect(await put([entry(B)], { [B]: canonical(A) })).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  expect(froms()).toEqual([A])
  for (const url of [B, A, B, `${A}?utm_campaign=x`])
    expect(await put([entry(url)], { [A]: canonical(A) }), url).toEqual({ code: 0, out: [], err: '' })
  // An edit by the other name revises it.
  const edited = await put([entry(B, 1, { title: '第1号渡口（更新）' })], {
    [B]: canonical(A).replaceAll('守门的老人', '老船工'),
  })
  expect(edited).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
  expect(froms()).toEqual([A])
  await isSound()
})

test('an address that is another name of a story in the same run is no failure, and is asked for once', async () => {
  const [a, b] = [entry(A), entry(B)]
  const pages = { [A]: canonical(A), [B]: canonical(A) }
  expect(await put([a, b], pages)).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  press.asked()
  expect(await put([a, b], pages)).toEqual({ code: 0, out: [], err: '' })
  expect(press.asked()).toEqual([FEED])
  const io = testIo(press.home.path, press.nowMs)
  const config = await configOf({ archive: join(press.home.path, 'archive'), json: true }, press.home.path)
  await status({ ...config, maxAge: null }, io)
  expect(JSON.parse(io.out.join(''))).toMatchObject({ givenUp: [], queue: [] })
})

test('the files are enough: without what is remembered no second file is made', async () => {
  await put([entry(A)], { [A]: canonical(A) })
  await put([entry(B)], { [B]: canonical(A) })
  rmSync(join(press.home.path, 'archive', '.zaobao'), { recursive: true })
  expect(await put([entry(B)], {})).toMatchObject({ code: 0, out: [] })
  expect(froms()).toEqual([A])
})

test('nor is one where the story is read again in the same run, by the name of its file', async () => {
  const leading = 'http://feeds.example/~r/1'
  press.answers.set(leading, { status: 301, location: A })
  await put([entry(leading)], { [A]: canonical(A) })
  expect(froms()).toEqual([A])
  rmSync(join(press.home.path, 'archive', '.zaobao'), { recursive: true })
  expect(await press.fetch({ feed: [FEED], recheck: '99d' })).toEqual({ code: 0, out: [], err: '' })
  expect(froms()).toEqual([A])
  expect(await put([entry(leading, 1, { title: '第1号渡口（更新）' })], {})).toMatchObject({ code: 0, out: [] })
  expect(froms()).toEqual([A])
})

test('links by way of another host are told by the page where the feed names no site of its own', async () => {
  const leading = 'http://feeds.example/~r/1'
  press.answers.set(leading, { status: 301, location: A })
  press.answers.set(A, canonical(A))
  const show = (url: string) =>
    press.answers.set(
      FEED,
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>河镇</title><id>urn:x</id><entry><title>第1号渡口</title><link href="${url}"/><id>${url}</id></entry></feed>`,
    )
  show(leading)
  expect(await press.fetch({ feed: [FEED] })).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  expect(froms()).toEqual([A])
  show(A)
  expect(await press.fetch({ feed: [FEED] })).toEqual({ code: 0, out: [], err: '' })
  expect(froms()).toEqual([A])
})

test('a story whose other link failed in the run that told them for one is had by the next', async () => {
  const leading = 'http://feeds.example/~r/1'
  press.answers.set(leading, { status: 302, location: A })
  const shown = [entry(leading), entry(A.replace('town', 'www.town'))]
  expect(await put(shown, { [A]: canonical(A) })).toMatchObject({ code: 1 })
  expect(froms()).toEqual([])
  await put(shown, {})
  expect(froms()).toEqual([A])
})

test('so they are where no feed names them, and lead to a site that is asked', async () => {
  const leading = 'http://feeds.example/~r/1'
  press.answers.set(leading, { status: 302, location: A })
  await put([entry(A)], { [A]: canonical(A) })
  const config = { archive: join(press.home.path, 'archive'), allowHost: ['town.example'], rate: '1000/s' }
  const io = { ...testIo(press.home.path, press.nowMs), env: { HTTP_PROXY: press.server.origin } }
  const wanted = { urls: [leading], file: null, from: null, to: null, order: 'newest' as const }
  await backfill({ ...(await configOf(config, press.home.path)), dryRun: false }, wanted, io)
  expect(froms()).toEqual([A])
})

test('a feed of whole texts whose links lead on, from now on too, has each page asked for, which tells whose story it is', async () => {
  const at = (n: number) => `http://town.example/2026/${n}`
  const shown = (n: number, link = at(n)) => entry(link, n, { html: asHtml(paragraphsOf(n)) })
  const led = (n: number) => {
    press.answers.set(`http://feeds.example/~r/${n}`, { status: 302, location: at(n) })
    return shown(n, `http://feeds.example/~r/${n}`)
  }
  const numbers = [1, 2, 3, 4, 5, 6, 7]
  const pages = Object.fromEntries(numbers.map((n) => [at(n), canonical(at(n), n)]))
  await put(
    [1, 2, 3].map((n) => shown(n)),
    pages,
  )
  for (const count of [5, 7]) await put(numbers.slice(0, count).map(led), {})
  expect(froms()).toHaveLength(7)
  expect(new Set(froms())).toEqual(new Set(numbers.map(at)))
})

test.each(['http://town.example/all.html', 'http://town.example/a/1.html'])(
  'an address that every page of a site names, %s, is none of a story',
  async (wrong) => {
    const pages = Object.fromEntries([1, 2, 3].map((n) => [`http://town.example/a/${n}.html`, canonical(wrong, n)]))
    const first = await put(
      Object.keys(pages).map((url, i) => entry(url, i + 1)),
      pages,
    )
    expect(first).toMatchObject({ code: 0, err: 'fetch: 3 written\n' })
    await put(
      Object.keys(pages).map((url, i) => entry(url, i + 1)),
      pages,
    )
    expect(press.files().size).toBe(3)
    for (const n of [1, 2, 3])
      expect([...press.files().values()].filter((text) => text.includes(`第${n}号`))).toHaveLength(1)
  },
)

test('a story that a feed shows at two addresses, of which its page names one, is one', async () => {
  const twice = [entry(B), entry(A)]
  expect(await put(twice, { [A]: canonical(A), [B]: canonical(A) })).toMatchObject({
    code: 0,
    err: 'fetch: 1 written\n',
  })
  expect(await put(twice, {})).toEqual({ code: 0, out: [], err: '' })
  expect(froms()).toEqual([A])
})

test.each(['http://town.example/', 'http://elsewhere.example/a', 'http://town.example/x/', 'javascript:1', ''])(
  'the canonical %j is no name',
  async (url) => {
    await put([entry(B)], { [B]: canonical(url) })
    expect(froms()).toEqual([B])
  },
)

test('a page that moved for good is archived where it is now', async () => {
  await put([entry(A)], { [A]: sitePage('第1号渡口', paragraphsOf(1)) })
  press.answers.set(B, { status: 301, location: A })
  expect(await put([entry(B)], {})).toEqual({ code: 0, out: [], err: '' })
  expect(froms()).toEqual([A])
})

test('an item whose link changes and whose guid stays is one story', async () => {
  const guid = 'tag:town.example,2026:1'
  const page = sitePage('第1号渡口', paragraphsOf(1))
  await put([entry(A, 1, { guid }), entry('http://town.example/2', 2, { guid: 'g2' })], {
    [A]: page,
    'http://town.example/2': sitePage('第2号渡口', paragraphsOf(2)),
  })
  const moved = await put([entry(`${A}-again`, 1, { guid })], { [`${A}-again`]: page })
  expect(moved).toMatchObject({ code: 0, out: [] })
  expect(press.files().size).toBe(2)
  expect(await put([entry(`${A}-again`, 1, { guid })], {})).toEqual({ code: 0, out: [], err: '' })
  // A guid that counts places in a list is no name.
  await put([{ url: 'http://town.example/3', title: '集市今天开张', guid: 'g2', html: asHtml(paragraphsOf(3)) }], {})
  expect(press.files().size).toBe(3)
  await isSound()
})

test('items of one link without a text of their own are the story of its page', async () => {
  const twice = [entry(A, 1, { guid: 'a' }), entry(A, 1, { guid: 'b', title: '第1号渡口（更新）' })]
  const first = await put(twice, { [A]: sitePage('第1号渡口（更新）', paragraphsOf(1)) })
  expect(first).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  expect(await put(twice, {})).toEqual({ code: 0, out: [], err: '' })
})

test.each([
  ['another path', `${A}.html`],
  ['a parameter', `${A}?from=rss`],
  ['two slashes', A.replace('/2026', '//2026')],
])('an item whose guid is its link is one story when both come to have %s', async (_, other) => {
  const title = '第1号渡口今早重新开放'
  const page = sitePage(title, paragraphsOf(1))
  const all = (url: string) => [entry(url, 1, { title, guid: url }), entry('http://town.example/2', 2)]
  await put(all(A), { [A]: page, 'http://town.example/2': sitePage('第2号渡口', paragraphsOf(2)) })
  expect(await put(all(other), { [other]: page })).toEqual({ code: 0, out: [], err: '' })
  expect(await put(all(other), {})).toEqual({ code: 0, out: [], err: '' })
  expect(press.files().size).toBe(2)
  // The same words at another time, or beside it, are another story.
  const [third, fourth] = ['http://town.example/3', 'http://town.example/4']
  const later = entry(third, 1, { title, date: 'Wed, 11 Mar 2026 09:00:00 GMT' })
  await put([...all(other), later, entry(fourth, 1, { title })], {
    [third]: sitePage(title, paragraphsOf(3)),
    [fourth]: sitePage(title, paragraphsOf(4)),
  })
  expect(press.files().size).toBe(4)
  await isSound()
})

test('a short headline of one time is no name', async () => {
  const bulletin = (url: string) => entry(url, 1, { title: '渡口快讯', guid: url })
  await put([bulletin(A)], { [A]: sitePage('渡口快讯', paragraphsOf(1)) })
  await put([bulletin(B)], { [B]: sitePage('渡口快讯', paragraphsOf(2)) })
  expect(press.files().size).toBe(2)
})

test('an AMP page, one for phones and one with where the reader came from are one', async () => {
  await put([entry(A)], { [A]: sitePage('第1号渡口', paragraphsOf(1)) })
  for (const url of [
    `${A}/amp`,
    A.replace('town', 'm.town'),
    A.replace('town', 'amp.town'),
    `${A}?at_medium=rss&share_source=x`,
  ])
    expect(await put([entry(url)], {}), url).toEqual({ code: 0, out: [], err: '' })
})

test('a file that an earlier version named by such an address keeps its id', async () => {
  const url = `${A}?share_source=weibo`
  await put([entry(url)], { [url]: sitePage('第1号渡口', paragraphsOf(1)) })
  const [[path, text] = ['', '']] = [...press.files()]
  const id = path.slice(22, 32)
  const { createHash } = await import('node:crypto')
  const former = createHash('sha256').update(url.replace('http:', 'https:')).digest('hex').slice(0, 10)
  const at = (name: string) => join(press.home.path, 'archive', name)
  renameSync(at(path), at(path.replace(id, former)))
  rmSync(at('.zaobao'), { recursive: true })
  expect(readFileSync(at(path.replace(id, former)), 'utf8')).toBe(text)
  writeFileSync(at(path.replace(id, former)), text)
  for (const other of [url, `${url}&utm_source=x`])
    await put([entry(other)], { [other]: sitePage('第1号渡口', paragraphsOf(1)) })
  expect([...press.files().keys()]).toEqual([path.replace(id, former)])
  await isSound()
})

test('the guids of all items of a long feed are remembered', () => {
  const items = Array.from({ length: 3000 }, (_, n) => ({
    url: `${A}/${n}`,
    title: null,
    published: null,
    html: null,
    guid: `g${n}`,
  }))
  expect(Object.keys(guidsOf(items, { former: 'x' }))).toHaveLength(3000)
  expect(Object.keys(guidsOf(items.slice(0, 10), guidsOf(items)))).toHaveLength(1000)
})

test('a guid that is a new one at each request asks for no page again', async () => {
  const pages = { [A]: sitePage('第1号渡口', paragraphsOf(1)) }
  await put([entry(A, 1, { guid: 'g1' })], pages)
  press.asked()
  expect(await put([entry(A, 1, { guid: 'g2' })], pages)).toEqual({ code: 0, out: [], err: '' })
  expect(press.asked()).toEqual([FEED])
})

test('an item of a short headline whose link is a new one at each request is told by its text', async () => {
  const at = (n: number) => entry(`${A}?token=${n}${n}${n}`, 1, { html: asHtml(paragraphsOf(1)) })
  for (const n of [1, 2, 3]) {
    press.answers.set(at(n).url, sitePage('第1号渡口', paragraphsOf(1)))
    await put([at(n)], {})
  }
  expect(press.files().size).toBe(1)
  await isSound()
})

const issue = (n: number) => `河镇早报：三月${n}日要闻一览`
/** A page of a series: its headline is much like those of the others. */
const issuePage = (n: number, url: string) =>
  sitePage(issue(n), paragraphsOf(n), { head: `<link rel="canonical" href="${url}">` })

test.each([
  ['the first, in one run', [A, A], 2],
  ['the other one', [B, A], 2],
  ['the other one, and are one story', [B, A], 1],
])('pages of alike headlines that name %s are as many stories as their texts', async (_, [ofA, ofB], stories) => {
  const pages = { [A]: issuePage(1, ofA!), [B]: issuePage(stories, ofB!) }
  const entries = [entry(A, 1, { title: issue(1) }), entry(B, 1, { title: issue(stories) })]
  expect(await put(entries, pages)).toMatchObject({ code: 0, err: `fetch: ${stories} written\n` })
  expect(await put(entries, {})).toEqual({ code: 0, out: [], err: '' })
  expect(press.files().size).toBe(stories)
})

test('a feed elsewhere that named its site once leads there, though it does not name it now', async () => {
  const feed = 'http://feeds.example/town'
  const link = (n: number) => `http://links.example/${n}`
  for (const n of [1, 2]) press.answers.set(link(n), canonical(`http://town.example/${n}`, n))
  press.answers.set(feed, rssOf([entry(link(1))]))
  await press.fetch({ feed: [feed] })
  press.answers.set(feed, rssOf([entry(link(2), 2)]).replace('<link>http://town.example/</link>', ''))
  await press.fetch({ feed: [feed] })
  expect(new Set(froms())).toEqual(new Set(['http://town.example/1', 'http://town.example/2']))
})

/** A link of another host that leads on to the story, whose page cannot be had yet: the feed's text stands in for it. */
async function standIn(code: number): Promise<string> {
  const leading = 'http://links.example/~r/1'
  press.answers.set(leading, { status: code, location: A })
  press.answers.set(A, { status: 503 })
  await put([entry(leading, 1, { html: asHtml(paragraphsOf(1)) })], {})
  expect(press.files().size).toBe(1)
  return leading
}

test.each([301, 302])(
  'a story whose link leads on (%i) to a page that cannot be had is found by that address',
  async (code) => {
    const leading = await standIn(code)
    const pages = { [A]: canonical(A) }
    expect(await put([entry(A)], pages)).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 revised\n' })
    expect(await put([entry(leading)], pages)).toEqual({ code: 0, out: [], err: '' })
    press.nowMs += 2 * 86_400_000
    press.asked()
    expect(await put([entry(A)], pages)).toEqual({ code: 0, out: [], err: '' })
    expect(press.asked()).toEqual([FEED])
    expect(press.files().size).toBe(1)
    await isSound()
  },
)

test.each([301, 302])('so is one that another feed shows by that address in the same run (%i)', async (code) => {
  const leading = 'http://links.example/~r/1'
  press.answers.set(leading, { status: code, location: A })
  press.answers.set(A, { status: 503 })
  const both = [entry(leading, 1, { html: asHtml(paragraphsOf(1)) }), entry(A)]
  await put(both, {})
  await put(both, { [A]: canonical(A) })
  press.nowMs += 2 * 86_400_000
  expect(await put(both, {})).toEqual({ code: 0, out: [], err: '' })
  await put([entry(A)], {})
  expect(press.files().size).toBe(1)
  await isSound()
})

test('a story is found by the address that its page names later', async () => {
  await put([entry(B)], { [B]: sitePage('第1号渡口', paragraphsOf(1)) })
  await put([entry(B, 1, { title: '第1号渡口（更新）' })], { [B]: canonical(A) })
  expect(await put([entry(A)], { [A]: canonical(A) })).toMatchObject({ code: 0, out: [] })
  expect(froms()).toEqual([B])
  await isSound()
})

test('a link that moved for good to a page that cannot be had is archived as that: its file is enough', async () => {
  await standIn(301)
  expect(froms()).toEqual([A])
  rmSync(join(press.home.path, 'archive', '.zaobao'), { recursive: true })
  await put([entry(A)], { [A]: canonical(A) })
  expect(press.files().size).toBe(1)
})

test('backfill finds the file of a link that leads on by the address of its page', async () => {
  await standIn(302)
  press.answers.set(A, canonical(A))
  const config = { archive: join(press.home.path, 'archive'), allowHost: ['town.example'], rate: '1000/s' }
  const io = { ...testIo(press.home.path, press.nowMs), env: { HTTP_PROXY: press.server.origin } }
  const wanted = { urls: [A], file: null, from: null, to: null, order: 'newest' as const }
  await backfill({ ...(await configOf(config, press.home.path)), dryRun: false }, wanted, io)
  expect(press.files().size).toBe(1)
  // Its page is owed no more.
  press.nowMs += 86_400_000
  press.asked()
  await put([entry(A, 1, { html: asHtml(paragraphsOf(1)) })], {})
  expect(press.asked()).toEqual([FEED])
})

test('an edit of the text that another feed shows by another name is had after the run that told them for one', async () => {
  const [leading, other] = ['http://links.example/~r/1', 'http://town.example/second']
  press.answers.set(leading, { status: 302, location: A })
  const show = (words: string[]) => press.answers.set(other, rssOf([entry(leading, 1, { html: asHtml(words) })]))
  press.answers.set(FEED, rssOf([entry(A)]))
  press.answers.set(A, canonical(A))
  show(paragraphsOf(1))
  expect(await press.fetch({ feed: [FEED, other] })).toMatchObject({ err: 'fetch: 1 written\n' })
  const edited = canonical(A).replaceAll('守门的老人', '老船工')
  press.answers.set(A, edited)
  show(paragraphsOf(1).map((text) => text.replaceAll('守门的老人', '老船工')))
  expect(await press.fetch({ feed: [FEED, other] })).toMatchObject({ err: 'fetch: 0 written, 1 revised\n' })
})

test('so is one after the run that told them for one while it read the story again by the name of its file', async () => {
  const leading = 'http://links.example/~r/1'
  const show = (words: string[], page: string) => {
    press.answers.set(A, { status: 301, location: `${A}/` })
    for (const url of [leading, `${A}/`]) press.answers.set(url, page)
    return [entry(leading, 1, { html: asHtml(words) })]
  }
  await put(show(paragraphsOf(1), canonical(A)), {})
  rmSync(join(press.home.path, 'archive', '.zaobao'), { recursive: true })
  await press.fetch({ feed: [FEED], recheck: '99d' })
  const edited = paragraphsOf(1).map((text) => text.replaceAll('守门的老人', '老船工'))
  const shown = show(edited, canonical(A).replaceAll('守门的老人', '老船工'))
  expect(await put(shown, {})).toMatchObject({ err: 'fetch: 0 written, 1 revised\n' })
})

test('a page is read again where its story moved to with its feed, of which the feed says that nothing changed', async () => {
  const guid = 'tag:town.example,2026:1'
  const moved = A.replace('town', 'newtown')
  await put([entry(A, 1, { guid })], { [A]: sitePage('第1号渡口', paragraphsOf(1)) })
  press.answers.set(
    FEED,
    rssOf([entry(moved, 1, { guid })]).replace('<link>http://town.example/', '<link>http://newtown.example/'),
  )
  expect(await press.fetch({ feed: [FEED] })).toEqual({ code: 0, out: [], err: '' })
  press.answers.set(A, { status: 301, location: moved })
  press.answers.set(moved, sitePage('第1号渡口', paragraphsOf(1, 7)))
  expect(await press.fetch({ feed: [FEED], recheck: '99d' })).toMatchObject({
    code: 0,
    err: 'fetch: 0 written, 1 revised\n',
  })
})

test('a page is read again where its story moved to with a feed that names no site, and moved for good', async () => {
  const moved = (url: string) => url.replace('town', 'newtown')
  const feedOf = (item: Entry) => rssOf([item]).replace('<link>http://town.example/</link>', '')
  press.answers.set(FEED, feedOf(entry(A)))
  press.answers.set(A, sitePage('第1号渡口', paragraphsOf(1)))
  expect(await press.fetch({ feed: [FEED] })).toMatchObject({ code: 0, err: 'fetch: 1 written\n' })
  press.answers.set(FEED, { status: 301, location: moved(FEED) })
  press.answers.set(moved(FEED), feedOf(entry(moved(B), 2)))
  press.answers.set(moved(B), sitePage('第2号渡口', paragraphsOf(2)))
  expect(await press.fetch({ feed: [FEED] })).toMatchObject({ code: 0, out: [expect.any(String)] })
  press.answers.set(A, { status: 301, location: moved(A) })
  press.answers.set(moved(A), sitePage('第1号渡口', paragraphsOf(1, 7)))
  expect(await press.fetch({ feed: [FEED], recheck: '99d' })).toMatchObject({
    code: 0,
    err: 'fetch: 0 written, 1 revised\n',
  })
})

test('the beginning of a text that stands in for a page is the story of a page that names its address', async () => {
  press.answers.set(A, { status: 503 })
  await put([entry(A, 1, { html: `${paragraphsOf(1)[0]?.slice(0, 12)}……` })], {})
  expect(press.files().size).toBe(1)
  await put([entry(B)], { [B]: canonical(A) })
  expect(froms()).toEqual([A])
  expect([...press.files().values()].join('')).toContain(paragraphsOf(1)[5])
})

test('pages that links led to say nothing of the texts behind other links of that host', async () => {
  const at = (n: number) => `http://town.example/2026/${n}`
  const led = (n: number, more = '') => {
    const words = paragraphsOf(n).map((text) => `${text}${more}`)
    press.answers.set(at(n), sitePage(`第${n}号渡口${more}`, words))
    press.answers.set(`http://links.example/~r/${n}`, { status: 301, location: at(n) })
    return entry(`http://links.example/~r/${n}`, n, { title: `第${n}号渡口${more}`, html: asHtml(words) })
  }
  await put(
    [1, 2, 3].map((n) => led(n)),
    {},
  )
  const edited = [1, 2, 3].map((n) => led(n, '后来又改了。'))
  expect(await put(edited, {})).toMatchObject({ err: 'fetch: 0 written, 3 revised\n' })
  press.asked()
  await put([...edited, led(4)], {})
  expect(press.asked()).toEqual([FEED, 'http://links.example/~r/4', at(4)])
})

test('a link that waits under its own id is asked for once when it is told to be a name of a story', async () => {
  const [leading, other] = ['http://links.example/~r/1', 'http://town.example/second']
  const named = { guid: 'tag:town.example,2026:1', html: `${paragraphsOf(1)[0]?.slice(0, 12)}……` }
  press.answers.set(leading, { status: 302, location: B })
  press.answers.set(FEED, rssOf([entry(A, 1, named)]))
  press.answers.set(other, rssOf([entry(leading)]))
  for (const url of [A, B]) press.answers.set(url, { status: 403 })
  await press.fetch({ feed: [FEED, other] })
  press.answers.set(FEED, rssOf([entry(leading, 1, named)]))
  press.asked()
  await press.fetch({ feed: [FEED, other] })
  expect(press.asked().filter((url) => url === leading)).toEqual([leading])
  expect(press.files().size).toBe(1)
})

test.each([
  ['link of a host that leads on', (n: number) => `http://links.example/~r/${n}`],
  ['page', (n: number) => `http://town.example/a/${n}.html`],
])(
  'stories of alike headlines whose every %s leads for good to one page without an article are all archived',
  async (_, at) => {
    const wrong = 'http://town.example/notice.html'
    press.answers.set(wrong, { status: 503 })
    const entries = [1, 2, 3].map((n) => entry(at(n), n, { title: issue(n), html: asHtml(paragraphsOf(n)) }))
    for (const { url } of entries) press.answers.set(url, { status: 301, location: wrong })
    await put(entries, {})
    press.nowMs += 86_400_000
    await put(entries, {})
    expect(press.files().size).toBe(3)
  },
)

/** Notes of one headline, day by day, that have most of their words in common. */
const wordsOfDay = (n: number): string[] => [paragraphsOf(n)[0]!, ...paragraphsOf(9)]
const weather = (n: number) =>
  entry(`http://links.example/~r/${n}`, n, { title: '渡口今日水情', html: asHtml(wordsOfDay(n)) })

test.each([
  [301, 'http://town.example/under-repair', { status: 503 }],
  [302, 'http://town.example/under-repair', { status: 503 }],
  [301, 'http://town.example/', sitePage('渡口镇', ['欢迎。'])],
  [302, 'http://town.example/consent?from=feed', sitePage('请同意', ['请先同意。'])],
] as const)('stories of one headline whose links all lead (%i) to %s stay apart', async (code, at, there) => {
  press.answers.set(at, there)
  for (const n of [1, 2, 3]) press.answers.set(`http://links.example/~r/${n}`, { status: code, location: at })
  await put([weather(1), weather(2)], {})
  await put([weather(1), weather(2), weather(3)], {})
  const all = (): string => [...press.files().values()].join('\n')
  for (const n of [1, 2, 3]) expect(all()).toContain(paragraphsOf(n)[0])
  expect(press.files().size).toBe(3)
  // When pages are back each is its own.
  press.nowMs += 86_400_000
  for (const n of [1, 2, 3]) press.answers.set(`http://links.example/~r/${n}`, { status: code, location: `${A}-${n}` })
  await put([weather(1), weather(2), weather(3)], {
    ...Object.fromEntries([1, 2, 3].map((n) => [`${A}-${n}`, sitePage('渡口今日水情', wordsOfDay(n))])),
  })
  for (const n of [1, 2, 3]) expect(all()).toContain(paragraphsOf(n)[0])
  expect(press.files().size).toBe(3)
  await isSound()
})

/** Two stories that have nothing in common. */
const TITLES = ['渡口今早重新开放了', '粮仓的账目贴出来了']
const story = (n: 1 | 2, url: string, more: Partial<Entry> = {}) => entry(url, n, { title: TITLES[n - 1]!, ...more })
const whole = (n: number) => ({ html: asHtml(paragraphsOf(n)) })
const storyPage = (n: 1 | 2, url: string) =>
  sitePage(TITLES[n - 1]!, paragraphsOf(n), { head: `<link rel="canonical" href="${url}">` })
/** How many files have the text of each. */
const filesOf = () =>
  [1, 2].map((n) => [...press.files().values()].filter((text) => text.includes(paragraphsOf(n)[1]!)).length)

test.each([
  ['first', {}, A],
  ['later', {}, B],
  ['first', whole, A],
  ['later', whole, B],
] as const)(
  'an address that a page named by mistake (%s) is that of a story which comes there',
  async (_, text, first) => {
    const shown = (n: 1 | 2, url: string, title = TITLES[n - 1]!) =>
      story(n, url, { ...(typeof text === 'function' ? text(n) : {}), title })
    if (first === B) await put([shown(1, A)], { [A]: sitePage(TITLES[0]!, paragraphsOf(1)) })
    await put([shown(1, A, `${TITLES[0]}（更新）`)], { [A]: storyPage(1, B) })
    for (const pages of [{ [A]: storyPage(1, A), [B]: storyPage(2, B) }, {}])
      await put([shown(1, A), shown(2, B)], pages)
    expect(filesOf()).toEqual([1, 1])
    press.asked()
    expect(await put([shown(1, A), shown(2, B)], {})).toEqual({ code: 0, out: [], err: '' })
    expect(press.asked()).toEqual([FEED])
  },
)

test.each([
  ['http://links.example/~r/1', 301],
  ['http://links.example/~r/1', 302],
  ['http://town.example/r/1', 301],
] as const)('a link, %s, that leads (%i) to another story later is that one', async (leading, code) => {
  press.answers.set(leading, { status: code, location: A })
  await put([story(1, leading)], { [A]: storyPage(1, A) })
  press.answers.set(leading, { status: code, location: B })
  await put([story(2, leading)], { [B]: storyPage(2, B) })
  expect(new Set(froms())).toEqual(new Set([A, B]))
  expect(filesOf()).toEqual([1, 1])
  await isSound()
})

test.each([301, 302])('an address that leads on (%i) to a newer story for a while does not hide that', async (code) => {
  await put([story(1, A)], { [A]: storyPage(1, A) })
  press.answers.set(A, { status: code, location: B })
  await put([story(1, A, { title: `${TITLES[0]}（更新）` })], { [B]: storyPage(2, B) })
  for (const pages of [{}, { [A]: storyPage(1, A) }]) await put([story(1, A), story(2, B)], pages)
  await press.fetch({ feed: [FEED], recheck: '99d' })
  expect(filesOf()).toEqual([1, 1])
})

const ELSEWHERE = 'http://elsewhere.example/feed'
test.each(['canonical', 301, 302] as const)(
  'another feed whose links lead (%s) to a story neither changes its file nor hides it',
  async (how) => {
    const link = 'http://elsewhere.example/p/1'
    press.answers.set(ELSEWHERE, rssOf([story(2, link, whole(2))]))
    press.answers.set(link, how === 'canonical' ? storyPage(2, A) : { status: how, location: A })
    const both = async (flags = {}) => press.fetch({ feed: [FEED, ELSEWHERE], ...flags })
    await put([story(1, A)], { [A]: storyPage(1, A) })
    const [file] = press.files().values()
    await both()
    await both({ recheck: '99d' })
    expect([...press.files().values()]).toContain(file)
    expect(filesOf()).toEqual([1, 1])
    // Nor where it came first, while the page could not be had.
    rmSync(join(press.home.path, 'archive'), { recursive: true })
    press.answers.set(A, { status: 503 })
    press.answers.set(FEED, rssOf([entry(B, 3)]))
    await both()
    press.nowMs += 86_400_000
    press.answers.set(FEED, rssOf([story(1, A)]))
    press.answers.set(A, storyPage(1, A))
    await both()
    await both()
    expect(filesOf()).toEqual([1, 1])
    press.asked()
    expect(await both()).toEqual({ code: 0, out: [], err: '' })
    expect(press.asked().toSorted()).toEqual([ELSEWHERE, FEED])
  },
)

const SECOND = 'http://town.example/second'
const LINK = 'http://links.example/~r/1'
test.each([
  ['another headline all the time', TITLES[1]!, TITLES[1]!],
  ['a headline that changes wholly', TITLES[0]!, TITLES[1]!],
  ['a short one', '快讯', '快讯'],
])(
  'a story that another feed shows by a link, under %s, stays one file and is not asked for',
  async (_, before, after) => {
    press.answers.set(LINK, { status: 301, location: A })
    const show = (title: string, others: readonly number[]) => {
      const more = others.map((n) => entry(`http://town.example/${n}`, n))
      for (const { url } of more) press.answers.set(url, { status: 404 })
      press.answers.set(FEED, rssOf([story(1, A), ...more]))
      press.answers.set(SECOND, rssOf([story(1, LINK, { title }), ...more]))
      return press.fetch({ feed: [FEED, SECOND] })
    }
    press.answers.set(A, storyPage(1, A))
    await put([story(1, A)], {})
    for (const title of [before, after]) await show(title, [])
    press.asked()
    for (const n of [3, 4, 5]) await show(after, [n])
    expect(press.asked().filter((url) => [A, LINK].includes(url))).toEqual([])
    expect(filesOf()).toEqual([1, 0])
    await isSound()
  },
)

test('a story at two links of one feed, whose text is whole in one and a beginning in the other, stays one file', async () => {
  const begun = `<p>${paragraphsOf(1)[0]!.slice(0, 20)}……</p>`
  press.answers.set(LINK, { status: 301, location: A })
  const both = [story(1, A, whole(1)), story(1, LINK, { html: begun, date: 'Wed, 11 Mar 2026 08:00:07 GMT' })]
  await put([both[0]!], { [A]: storyPage(1, A) })
  await put(both, {})
  press.asked()
  for (const n of [3, 4]) await put([...both, entry(`http://town.example/${n}`, n)], {})
  expect(press.asked().filter((url) => [A, LINK].includes(url))).toEqual([])
  expect(filesOf()).toEqual([1, 0])
})

test('a page that names by mistake the address of a story that waits does not hide that', async () => {
  const C = 'http://town.example/2026/03/bridge-2'
  const bridge = { title: '石桥昨天立了一块新的碑' }
  await put([entry(B)], { [B]: sitePage('第1号渡口', paragraphsOf(1)) })
  // Both in one run; the mistaken page is of the story that is there.
  press.answers.set(C, { status: 503 })
  const edited = entry(B, 1, { title: '第1号渡口（更新）' })
  const wrong = sitePage('第1号渡口（更新）', paragraphsOf(1), { head: `<link rel="canonical" href="${C}">` })
  await put([edited, entry(C, 2, bridge)], { [B]: wrong })
  press.nowMs += 86_400_000
  await put([edited, entry(C, 2, bridge)], { [C]: sitePage(bridge.title, paragraphsOf(2)) })
  expect([...press.files().values()].join('\n')).toContain(paragraphsOf(2)[0])
  expect(press.files().size).toBe(2)
})

test('nor one that waits when its own page is read for the first time', async () => {
  const C = 'http://town.example/2026/03/bridge-2'
  const bridge = entry(C, 2, { title: '石桥昨天立了一块新的碑' })
  press.answers.set(C, { status: 503 })
  for (let tries = 0; tries < 4; tries += 1) await put([bridge], {})
  await put([entry(B)], { [B]: canonical(C) })
  expect(froms()).toEqual([B])
  press.nowMs += 86_400_000
  await put([entry(B), bridge], { [C]: sitePage(bridge.title, paragraphsOf(2)) })
  const all = [...press.files().values()].join('\n')
  for (const n of [1, 2]) expect(all).toContain(paragraphsOf(n)[0])
  expect(press.files().size).toBe(2)
})
