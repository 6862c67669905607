import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importFolder } from '../../src/commands/import.ts'
import { verify } from '../../src/commands/verify.ts'
import { parseState } from '../../src/core/archive/state.ts'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { testIo } from '../support/io.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { storiesIn } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const HOUR_MS = 3_600_000

let site: Site
let home: Own['home']
let archive: string
let nowMs: number
let stories: Map<number, PageStory>

eachWithSite((own) => {
  ;({ site, home, archive } = own)
  nowMs = Date.parse('2026-01-10T12:00:00+08:00')
  stories = new Map()
  for (let n = 1; n <= 12; n += 1) publish(n)
})

const dayOf = (n: number) => `2026-01-${String(Math.ceil(n / 2)).padStart(2, '0')}`
const pathOf = (n: number) => `/realtime/china/story${dayOf(n).replaceAll('-', '')}-${9_700_000 + n}`

function publish(n: number, title = `第${n}号渡轮复航`): void {
  const url = site.server.origin + pathOf(n)
  const bodyHtml = `<p>第${n}班渡轮昨天坐满了人。</p><p>票价不变。</p>`
  const story = { title, url, published: `${dayOf(n)}T04:00:00.000Z`, bodyHtml }
  stories.set(n, story)
  site.pages.set(pathOf(n), drupal8Page(story))
}

function feed(...ns: number[]): void {
  site.pages.set('/feed.xml', rsshubFeed(ns.map((n) => stories.get(n)).filter((one) => one !== undefined)))
}

async function run(flags: Record<string, unknown> = {}, hours = 1): Promise<{ code: number; err: string }> {
  nowMs += hours * HOUR_MS
  const { code, err } = await fetchAt(nowMs, { site, home }, flags)
  return { code, err }
}

async function verified(exclude: string[] = []): Promise<{ code: number; err: string[] }> {
  const io = testIo(home.path, nowMs)
  const options = { archive, fix: false, json: false, quiet: true, wait: 0, exclude }
  const code = await verify(options, io)
  return { code, err: io.err }
}

const files = () => [...storiesIn(archive).keys()].toSorted()
const numbers = () => files().map((path) => Number(path.slice(22, 29)) - 9_700_000)
const state = () => parseState(readFileSync(join(archive, '.zaobao/state.json'), 'utf8'))
const own = (name: string) => join(archive, '.zaobao', name)

/** Two polls, so that the list shows the last six alone. */
async function begin(): Promise<void> {
  feed(6, 5, 4, 3, 2, 1)
  await run()
  feed(12, 11, 10, 9, 8, 7, 6, 5)
  await run()
  expect(numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  feed(12, 11, 10, 9, 8, 7)
  await run()
}

const remove = (...ns: number[]) => {
  for (const path of files()) if (ns.includes(Number(path.slice(22, 29)) - 9_700_000)) rmSync(join(archive, path))
}

describe('files that are gone while the notes stay', () => {
  test.each<[string, () => void, number]>([
    ['one that the list shows', () => remove(12), 1],
    ['one that no list shows', () => remove(3), 1],
    ['a day', () => rmSync(join(archive, dayOf(1)), { recursive: true }), 2],
    ['all of them', () => remove(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 12],
    [
      'all folders',
      () => {
        for (const name of readdirSync(archive))
          if (name !== '.zaobao') rmSync(join(archive, name), { recursive: true })
      },
      12,
    ],
  ])('%s: verify names them, fetch has them again under their names', async (_name, act, gone) => {
    await begin()
    const before = files()
    act()
    const named = await verified()
    expect(named.code).toBe(1)
    expect(named.err.filter((line) => line.includes(': gone:'))).toHaveLength(gone)
    for (const story of stories.keys()) publish(story, `第${story}号渡轮，另一标题`)
    expect(await run({}, 25)).toMatchObject({ code: 0 })
    expect(files()).toEqual(before)
    expect(await verified()).toEqual({ code: 0, err: [] })
    const asked = site.server.requests.length
    expect(await run({}, 25)).toEqual({ code: 0, err: '' })
    expect(site.server.requests.slice(asked)).toEqual(['GET /feed.xml'])
  })

  test('what an import brought is missed as well, and comes back', async () => {
    await begin()
    const source = join(home.path, 'source')
    renameSync(archive, source)
    const options = { archive, dryRun: false, json: false, quiet: true, wait: 0, keepRevisions: 50 }
    expect(await importFolder(source, options, testIo(home.path, nowMs))).toBe(0)
    const before = files()
    expect([before.length, await verified()]).toEqual([12, { code: 0, err: [] }])
    remove(3)
    expect((await verified()).err.filter((line) => line.includes(': gone:'))).toHaveLength(1)
    expect(await run({}, 25)).toMatchObject({ code: 0 })
    expect(files()).toEqual(before)
  })

  test.each<[string, (path: string) => void]>([
    ['a folder', (path) => mkdirSync(path)],
    ['a link', (path) => symlinkSync('elsewhere.md', path)],
  ])('%s in the place of one is named once, and not as what fetch has again', async (_, put) => {
    await begin()
    const path = files()[2] ?? ''
    rmSync(join(archive, path))
    put(join(archive, path))
    const named = await verified()
    expect(named).toEqual({
      code: 1,
      err: [`${join(archive, path)}: link: a link or a folder, no file; move it away\n`],
    })
    rmSync(join(archive, path), { recursive: true })
    expect(await run({}, 25)).toMatchObject({ code: 0 })
    expect(await verified()).toEqual({ code: 0, err: [] })
  })

  test('a backup restored with its old times is noticed', async () => {
    await begin()
    const backup = join(home.path, 'backup')
    cpSync(archive, backup, { recursive: true, preserveTimestamps: true })
    rmSync(join(backup, '.zaobao'), { recursive: true })
    for (const path of files().slice(4)) rmSync(join(backup, path))
    for (const name of readdirSync(archive)) if (name !== '.zaobao') rmSync(join(archive, name), { recursive: true })
    cpSync(backup, archive, { recursive: true, preserveTimestamps: true })
    await run({}, 25)
    expect(numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })

  test('what is excluded stays away, and is no problem', async () => {
    await begin()
    remove(3, 12)
    const exclude = ['9700003', '*9700012']
    expect(await run({ exclude }, 25)).toEqual({ code: 0, err: '' })
    expect(numbers()).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(await verified(exclude)).toEqual({ code: 0, err: [] })
    const asked = site.server.requests.length
    await run({ exclude }, 25)
    await run({ exclude }, 25)
    expect(site.server.requests.slice(asked)).toEqual(['GET /feed.xml', 'GET /feed.xml'])
  })

  test('what cannot be had again is said once, and given up in time', async () => {
    await begin()
    remove(3)
    site.broken.set(pathOf(3), 410)
    const first = await run({}, 25)
    expect(first.code).toBe(1)
    expect(first.err).toContain('9700003')
    expect(await run({}, 25)).toEqual({ code: 0, err: '' })
    expect((await verified()).err.join('')).toContain('; fetch has it again, exclude leaves it out')
    for (let day = 0; day < 8; day += 1) await run({}, 25)
    expect((await verified()).err.join('')).toContain(
      ': gone: the journal names it, and fetch gave it up: status 410; a backup may have it, exclude leaves it out',
    )
  })

  test('one is missed on a disk whose clock is behind', async () => {
    nowMs = Date.now() + 12 * HOUR_MS
    await begin()
    remove(3)
    await run({}, 25)
    expect(numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })

  test('news go before what comes back, and a limit starves neither', async () => {
    await begin()
    remove(1, 2, 3)
    publish(13)
    feed(13, 12, 11, 10, 9, 8)
    await run({ limit: 2 }, 25)
    expect(numbers()).toContain(13)
    await run({ limit: 2 })
    expect(numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
  })

  test('journals of older versions name no address: the sitemap does', async () => {
    await begin()
    for (const name of readdirSync(own('journal'))) {
      const path = join(own('journal'), name)
      writeFileSync(path, readFileSync(path, 'utf8').replace(/"url":"[^"]*",/g, ''))
    }
    remove(1, 2)
    site.pages.set(
      '/sitemaps/sitemap-202601.xml',
      `<urlset><url><loc>${site.server.origin}${pathOf(1)}</loc></url></urlset>`,
    )
    const section = [`${site.server.origin}/realtime/china`]
    site.pages.set('/realtime/china', '<div class="card-listing"></div>')
    await run({ section }, 25)
    expect(numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })
})

describe('a story that waits for another try', () => {
  const waits = async () => {
    feed(4, 3, 2, 1)
    await run()
    site.broken.set(pathOf(5), 500)
    // A teaser: it stands in for no page.
    stories.set(5, { ...stories.get(5)!, bodyHtml: '<p>第5班渡轮昨天坐满了人。</p>' })
    feed(6, 5, 4, 3, 2, 1)
    expect(await run()).toMatchObject({ code: 1 })
    site.broken.clear()
    publish(13)
    feed(13, 12, 11, 10, 9, 8, 7, 6)
    // The list shows it no more.
    site.broken.set(pathOf(5), 500)
    await run({}, 0)
    site.broken.clear()
    expect(numbers()).not.toContain(5)
  }

  const flip = (name: string, what: string) => {
    const text = readFileSync(own(name), 'utf8')
    expect(text).toContain(what)
    writeFileSync(own(name), text.replace(what, `${what.slice(0, -1)}~`))
  }

  test.each<[string, () => void]>([
    ['a letter of its address in the state', () => flip('state.json', pathOf(5))],
    ['a letter of its address in the copy', () => flip('state.copy.json', pathOf(5))],
    ['the form of the state', () => flip('state.json', '"queue": [')],
    ['the state, emptied', () => writeFileSync(own('state.json'), '')],
    ['the state, gone', () => rmSync(own('state.json'))],
    ['the copy, gone', () => rmSync(own('state.copy.json'))],
    ["the feed's text of it", () => rmSync(own('waiting'), { recursive: true })],
  ])('is had though one file is damaged: %s', async (_name, damage) => {
    await waits()
    damage()
    await run({}, 25)
    expect(numbers()).toContain(5)
  })

  test('is looked for where all notes are gone', async () => {
    await waits()
    rmSync(own(''), { recursive: true })
    const urls = [...stories.values()].map(({ url }) => `<url><loc>${url}</loc></url>`)
    site.pages.set('/sitemaps/sitemap-202601.xml', `<urlset>${urls.join('')}</urlset>`)
    await run({}, 1)
    expect(numbers()).toContain(5)
  })

  test("a thousand leave the state small; the feed's text is kept beside it", async () => {
    const many = Array.from({ length: 40 }, (_, n) => 100 + n)
    for (const n of many) {
      const url = `${site.server.origin}/realtime/china/story20260110-${9_700_000 + n}`
      const bodyHtml = `<p>${'轮渡复航。'.repeat(1000)}</p>`
      stories.set(n, { title: `第${n}号`, url, published: '2026-01-10T04:00:00.000Z', bodyHtml })
    }
    feed(...many)
    await run()
    expect(state()?.queue).toHaveLength(40)
    expect(readFileSync(own('state.json')).length).toBeLessThan(40 * 1024)
    expect(readdirSync(own('waiting'))).toHaveLength(40)
    for (const n of many) site.pages.set(new URL(stories.get(n)?.url ?? '').pathname, drupal8Page(stories.get(n)!))
    await run({}, 1)
    expect(readdirSync(own('waiting'))).toEqual([])
    expect(state()?.queue).toEqual([])
  })

  test('a state of an older version that holds all texts is read, and written small', async () => {
    await waits()
    const { digest: _, ...old } = JSON.parse(readFileSync(own('state.json'), 'utf8')) as Record<string, unknown>
    const [entry] = old['queue'] as object[]
    const html = '轮'.repeat(22 * 1024 * 1024)
    writeFileSync(own('state.json'), JSON.stringify({ ...old, queue: [{ ...entry, html }] }))
    rmSync(own('state.copy.json'))
    expect(await run({}, 25)).toMatchObject({ code: 0 })
    expect(numbers()).toContain(5)
    expect(readFileSync(own('state.json')).length).toBeLessThan(64 * 1024)
  })
})

describe('a known story under another address', () => {
  test.each<[string, () => void]>([
    ['answers 404', () => undefined],
    ['answers 410', () => site.broken.set('/news/china/story20260101-9700001', 410)],
  ])('that %s is asked at the address that worked', async (_name, act) => {
    feed(1)
    await run()
    act()
    publish(1, '第1号渡轮，另一标题')
    const moved = stories.get(1)?.url.replace('/realtime/', '/news/') ?? ''
    stories.set(1, { ...stories.get(1)!, url: moved })
    feed(1)
    expect(await run()).toMatchObject({ code: 0 })
    expect(readFileSync(join(archive, files()[0] ?? ''), 'utf8')).toContain('title: "第1号渡轮，另一标题"')
    expect(readFileSync(join(archive, files()[0] ?? ''), 'utf8')).toContain(`from: ${site.server.origin}${pathOf(1)}`)
    expect(state()?.queue).toEqual([])
  })
})

test('one story under addresses as chats leave them is one file, and one request', async () => {
  feed(1)
  const body = site.pages.get('/feed.xml') ?? ''
  const spellings = ['%20', '。', '）', '，', '\u200b'].map((behind) => `${stories.get(1)?.url}${behind}`)
  const items = spellings.map((url) => `<item><title>第1号渡轮复航</title><link>${url}</link></item>`)
  site.pages.set('/feed.xml', body.replace('</channel>', `${items.join('')}</channel>`))
  expect(await run()).toMatchObject({ code: 0 })
  expect(numbers()).toEqual([1])
  expect(site.server.requests.filter((line) => line.includes('/story'))).toEqual([`GET ${pathOf(1)}`])
})

test('a page under an address without a number is the story that its head names', async () => {
  const page = site.pages.get(pathOf(1)) ?? ''
  const named = page.replace('</head>', `<link rel="canonical" href="${stories.get(1)?.url}"></head>`)
  expect(named).not.toBe(page)
  for (const path of ['/node/1439954', '/realtime/china/a-ferry', pathOf(1)]) site.pages.set(path, named)
  const items = ['/node/1439954', '/realtime/china/a-ferry'].map(
    (path) => `<item><title>第1号渡轮复航</title><link>${site.server.origin}${path}</link></item>`,
  )
  feed(2)
  const body = site.pages.get('/feed.xml') ?? ''
  site.pages.set('/feed.xml', body.replace('</channel>', `${items.join('')}</channel>`))
  await run()
  await run()
  expect(numbers()).toEqual([1, 2])
  expect(files()).toHaveLength(2)
  const asked = site.server.requests.length
  site.pages.set('/feed.xml', `${body.replace('</channel>', `${items.join('')}</channel>`)} `)
  expect(await run()).toEqual({ code: 0, err: '' })
  expect(site.server.requests.slice(asked)).toEqual(['GET /feed.xml'])
})

test('a clock that was ahead for one run holds nothing', async () => {
  feed(4, 3, 2, 1)
  site.broken.set(pathOf(2), 500)
  const rightMs = nowMs
  nowMs = Date.parse('2031-05-01T00:00:00+08:00')
  await run()
  site.broken.clear()
  nowMs = rightMs
  const found = JSON.parse(readFileSync(own('state.json'), 'utf8')) as Record<string, unknown>
  const { digest: _, ...bare } = found
  const hosts = { '127.0.0.1': { notBefore: '2031-05-02T00:00:00.000Z' } }
  writeFileSync(own('state.json'), JSON.stringify({ ...bare, hosts }))
  await run()
  expect(numbers()).toEqual([1, 2, 3, 4])
  expect(existsSync(own('state.json.damaged-1'))).toBe(false)
})
