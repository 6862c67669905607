import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import type { ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backfill } from '../../src/commands/backfill.ts'
import { backfillCaptures } from '../../src/commands/captures.ts'
import { status as statusOf } from '../../src/commands/status.ts'
import type { State } from '../../src/core/archive/state.ts'
import type { StoryRecord } from '../../src/core/model.ts'
import { Interrupted, type Io } from '../../src/io.ts'
import { objects } from '../archive/support/io.ts'
import { configOf, testIo } from '../support/io.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { keptAt, PICTURES, pngOf } from '../support/pictures.ts'
import { folder, marksOf, storiesIn } from '../support/program.ts'
import { serve, type TestServer } from '../support/server.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'
import { warcsIn } from '../support/warc.ts'

const NOW = Date.UTC(2026, 10, 2, 6)
const HOUR_MS = 3_600_000

interface Shown {
  status?: number
  headers?: Record<string, string>
  /** A function is given the answer, to do with it what it likes. */
  body?: Uint8Array | string | ((response: ServerResponse) => void)
}

let home: ReturnType<typeof folder>
let site: Site
/** Where pictures are, by path. */
let cdn: TestServer
let shown: Map<string, Shown>

beforeEach(async () => {
  home = folder()
  site = await serveSite()
  shown = new Map()
  cdn = await serve((request, response) => {
    const { status, headers = {}, body = '' } = shown.get(request.url ?? '') ?? { status: 404 }
    response.writeHead(status ?? 200, { 'content-type': 'image/png', ...headers })
    if (typeof body === 'function') body(response)
    else response.end(body)
  })
})
afterEach(async () => {
  await site.server.close()
  await cdn.close()
  home.remove()
})

const archive = (): string => join(home.path, 'archive')
const inArchive = (path: string): string => join(archive(), path)
const asked = (): string[] => cdn.requests.filter((line) => !line.endsWith('/robots.txt'))
const texts = (): string[] => [...storiesIn(archive()).values()]
const kept = (): string[] =>
  existsSync(inArchive('media'))
    ? readdirSync(inArchive('media'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(archive().length + 1))
        .toSorted()
    : []

function storyOf(number: number, ...paths: string[]): PageStory {
  const pictures = paths.map((path) => `<p><img src="${new URL(path, cdn.origin).href}" alt="题${number}"></p>`)
  return {
    title: `渡轮第${number}班`,
    url: `${site.server.origin}/realtime/china/story20261101-${9_200_000 + number}`,
    published: '2026-11-01T07:37:00.000Z',
    bodyHtml: `<p>码头上的人不多。</p>${pictures.join('')}<p>船准时离岸。</p>`,
  }
}

/** Has the site show these stories, and no others. */
function publish(...stories: PageStory[]): void {
  site.pages.set('/feed.xml', rsshubFeed(stories.map((story) => ({ ...story, bodyHtml: '' }))))
  for (const story of stories) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
}

const fetch = (flags: Record<string, unknown> = {}, atMs = NOW) =>
  fetchAt(atMs, { site, home }, { media: true, ...flags })

async function backfillOf(
  urls: string[],
  flags: Record<string, unknown> = {},
  span: [string, string] | null = null,
  more: Partial<Io> = {},
) {
  const io = { ...testIo(home.path, NOW), ...more }
  const given = { archive: archive(), allowPrivate: true, rate: '1000/s', media: true, ...flags }
  const [from, to] = span ?? [null, null]
  const config = { ...(await configOf(given, home.path)), dryRun: flags['dryRun'] === true }
  const code = await backfill(config, { urls, file: null, from, to, order: 'newest' }, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

function stateNow(): State {
  return JSON.parse(readFileSync(inArchive('.zaobao/state.json'), 'utf8')) as State
}

const link = (body: Uint8Array, path: string, kind: keyof typeof PICTURES = 'png'): string =>
  `(../${keptAt(body, kind)} "${new URL(path, cdn.origin).href}")`

describe('fetch --media', () => {
  test('keeps each picture once by its content, and has the story and its record show it', async () => {
    shown
      .set('/a.png', { body: PICTURES.png })
      .set('/b', { body: PICTURES.webp, headers: { 'content-type': 'text/html' } })
    shown.set('/again.png?sig=1', { body: PICTURES.png })
    publish(storyOf(1, '/a.png', '/b'), storyOf(2, '/again.png?sig=1'))
    const { code, out, err } = await fetch({ json: true })
    expect({ code, err }).toEqual({ code: 0, err: 'fetch: 2 written, 3 pictures kept\n' })
    expect(kept()).toEqual([keptAt(PICTURES.png), keptAt(PICTURES.webp, 'webp')].toSorted())
    for (const path of kept())
      expect([PICTURES.png, PICTURES.webp].some((bytes) => bytes.equals(readFileSync(inArchive(path))))).toBe(true)
    const [one, two] = objects<StoryRecord>(out).toSorted((a, b) => Number(a.id) - Number(b.id))
    expect(one?.images).toEqual([
      { url: `${cdn.origin}/a.png`, caption: '题1', path: keptAt(PICTURES.png) },
      { url: `${cdn.origin}/b`, caption: '题1', path: keptAt(PICTURES.webp, 'webp') },
    ])
    expect(one).toMatchObject({ status: 'written', revision: 1 })
    expect(one?.markdown).toContain(link(PICTURES.png, '/a.png'))
    expect(two?.images[0]).toEqual({ url: `${cdn.origin}/again.png?sig=1`, caption: '题2', path: keptAt(PICTURES.png) })
    expect(texts().join('')).toContain(link(PICTURES.webp, '/b', 'webp'))
    expect(existsSync(inArchive('.zaobao/revisions'))).toBe(false)
    expect(cdn.headers.every((headers) => headers.referer === undefined)).toBe(true)
    expect(cdn.headers.at(-1)?.accept).toBe('image/*')
  })

  test('a next run changes no byte, with and without it, also where everything is read again', async () => {
    shown.set('/a.png', { body: PICTURES.png })
    publish(storyOf(1, '/a.png'))
    await fetch()
    const before = marksOf(archive())
    const requests = asked().length
    for (const flags of [{}, { media: false }, { recheck: '365d' }, { recheck: '365d', media: false }]) {
      expect(await fetch(flags, NOW + HOUR_MS)).toEqual({ code: 0, out: '', err: '' })
      site.stale.clear()
    }
    rmSync(inArchive('.zaobao'), { recursive: true })
    for (const flags of [{ recheck: '365d', media: false }, { recheck: '365d' }, {}])
      expect(await fetch(flags, NOW + HOUR_MS)).toMatchObject({ code: 0, out: '' })
    expect(marksOf(archive()).filter((line) => !line.includes('.zaobao'))).toEqual(
      before.filter((line) => !line.includes('.zaobao')),
    )
    expect(asked().length).toBe(requests)
  })

  test('a text that changed keeps its picture, and what someone wrote beside it', async () => {
    shown.set('/a.png', { body: PICTURES.png }).set('/new.gif', { body: PICTURES.gif })
    publish(storyOf(1, '/a.png'))
    await fetch()
    const [path = ''] = storiesIn(archive()).keys()
    const file = inArchive(path)
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('码头上的人不多。', '码头上的人不多。\n\n（按：记者在场。）'),
    )
    const later = storyOf(1, '/new.gif', '/a.png')
    publish({ ...later, title: '渡轮第1班 停航', bodyHtml: later.bodyHtml.replace('准时', '晚点') })
    const { out } = await fetch({ media: false }, NOW + HOUR_MS)
    expect(out).not.toBe('')
    const text = readFileSync(file, 'utf8')
    expect(text).toContain(link(PICTURES.png, '/a.png'))
    expect(text).toContain(`![题1](${cdn.origin}/new.gif)`)
    expect(text).toContain('（按：记者在场。）')
    expect(text).toContain('晚点')
    expect((await backfillOf([later.url])).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(
      text.replace(`(${cdn.origin}/new.gif)`, link(PICTURES.gif, '/new.gif', 'gif')),
    )
    expect(readdirSync(inArchive('.zaobao/revisions/2026-11-01/9200001'))).toHaveLength(1)
  })

  test('an address that is signed anew is the same picture, and no edit', async () => {
    const signed = (n: number): string => `/a.png?x=1&Expires=${1_790_000_000 + n}&Signature=s${n}`
    for (const n of [1, 2]) shown.set(signed(n), { body: PICTURES.png })
    publish(storyOf(1, signed(1)))
    await fetch()
    const before = marksOf(archive()).filter((line) => !line.includes('.zaobao'))
    publish(storyOf(1, signed(2)))
    for (const media of [true, false])
      expect(await fetch({ media, recheck: '365d' }, NOW + HOUR_MS)).toEqual({ code: 0, out: '', err: '' })
    expect(marksOf(archive()).filter((line) => !line.includes('.zaobao'))).toEqual(before)
    expect(asked()).toHaveLength(1)
  })

  test('as HTML the former attributes stay beside it', async () => {
    shown.set('/a.png', { body: PICTURES.png })
    publish(storyOf(1, '/a.png'))
    const { out } = await fetch({ body: 'html', json: true })
    const [record] = objects<StoryRecord>(out)
    expect(record?.html).toContain(
      `<img src="../${keptAt(PICTURES.png)}" data-from="${cdn.origin}/a.png" data-from-src=`,
    )
    expect(record?.images).toEqual([{ url: `${cdn.origin}/a.png`, caption: '题1', path: keptAt(PICTURES.png) }])
    const before = texts()
    for (const flags of [{ body: 'html' }, { body: 'html', media: false }, { body: 'markdown' }])
      await fetch({ ...flags, recheck: '365d' }, NOW + HOUR_MS)
    expect(texts()).toEqual(before)
  })
})

describe('a picture that cannot be had', () => {
  const HUGE = Buffer.alloc(2 * 1024 * 1024)
  function* endless(): Generator<Buffer> {
    yield PICTURES.png
    for (;;) yield HUGE
  }

  /** A byte now and then, for ever. */
  function drip(response: ServerResponse): void {
    const timer = setInterval(() => response.write('G'), 100)
    response.on('close', () => clearInterval(timer))
  }
  /** The length is of the answer's head, which stands by now: what it says is written past Node. */
  function lie(response: ServerResponse, length: number): void {
    response.socket?.end(
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n`), PICTURES.png]),
    )
  }

  test.each<[string, Shown, 'never' | 'again']>([
    ['is not there yet', { status: 404 }, 'again'],
    ['is gone', { status: 410 }, 'never'],
    ['is a drawing', { body: '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>' }, 'never'],
    ['is a page', { body: '<!doctype html><p>no hotlinking</p>' }, 'never'],
    ['is a page that begins as a picture does', { body: 'GIF89a<script>alert(1)</script>' }, 'never'],
    ['is a picture with a page behind it', { body: Buffer.concat([PICTURES.gif, Buffer.from('<html>')]) }, 'never'],
    ['is too large', { body: Buffer.concat([PICTURES.png, HUGE]) }, 'never'],
    ['never ends', { body: (response) => void Readable.from(endless()).pipe(response) }, 'never'],
    [
      'is a bomb',
      { body: gzipSync(Buffer.alloc(100 * HUGE.length)), headers: { 'content-encoding': 'gzip' } },
      'never',
    ],
    ['never begins', { body: (response) => response.flushHeaders() }, 'again'],
    ['is closed early', { body: (response) => void response.write('GIF89a', () => response.destroy()) }, 'again'],
    ['is cut off', { body: PICTURES.png.subarray(0, -3) }, 'again'],
    ['drips', { body: drip }, 'again'],
    ['is shorter than it says', { body: (response) => lie(response, PICTURES.png.length + 9) }, 'again'],
    ['is longer than it says', { body: (response) => lie(response, PICTURES.png.length - 9) }, 'again'],
    [
      'says that it has 2 GB',
      { headers: { 'content-length': String(2 ** 31) }, body: (it) => it.write('GIF89a') },
      'never',
    ],
    ['is a part of it', { status: 206, headers: { 'content-range': 'bytes 0-9/99' }, body: PICTURES.png }, 'again'],
    ['is refused', { status: 403 }, 'again'],
    ['leads in a circle', { status: 302, headers: { location: '/a.png' } }, 'again'],
    ['fails at the server', { status: 500 }, 'again'],
  ])('%s: its link stays, the story is had, the last line counts it', async (how, answer, fate) => {
    shown.set('/a.png', answer).set('/ok.png', { body: PICTURES.png })
    publish(storyOf(1, '/a.png', '/ok.png'))
    // A busy machine answers late, too.
    const flags = { maxPictureSize: 1, ...(['never begins', 'drips'].includes(how) ? { timeout: '1s' } : {}) }
    const { code, err } = await fetch(flags)
    const again = fate === 'again' ? ', 1 picture to be asked for again' : ', 1 picture not to be had'
    expect({ code, err }).toEqual({ code: 0, err: `fetch: 1 written, 1 picture kept${again}\n` })
    expect(texts()[0]).toContain(`(${cdn.origin}/a.png)`)
    expect(texts()[0]).toContain(link(PICTURES.png, '/ok.png'))
    const requests = asked().length
    await fetch(flags, NOW + HOUR_MS)
    expect(asked().length > requests).toBe(fate === 'again')
    shown.set('/a.png', { body: PICTURES.jpg })
    const had = await fetch(flags, NOW + 8 * HOUR_MS)
    expect(had.err).toBe(fate === 'again' ? 'fetch: 0 written, 1 picture kept\n' : '')
    expect(had.out).toBe(fate === 'again' ? `${inArchive([...storiesIn(archive()).keys()][0]!)}\n` : '')
    expect(kept().length).toBe(fate === 'again' ? 2 : 1)
    expect(stateNow().pictures).toHaveLength(fate === 'again' ? 0 : 1)
    expect(stateNow().queue).toEqual([])
    // Days are asked for again without what is not there; who names a story has all of it.
    const days = await backfillOf([], flags)
    expect(days).toEqual({ code: 0, out: '', err: '' })
    await backfillOf([storyOf(1).url], flags)
    expect(kept()).toHaveLength(2)
  })

  test('is one that was had and not shown, too, where its file could not be written meanwhile', async () => {
    const day = inArchive('2026-11-01')
    const away = join(home.path, 'away')
    const body = (response: ServerResponse): void => {
      renameSync(day, away)
      writeFileSync(day, '')
      response.end(PICTURES.png)
    }
    shown.set('/a.png', { body })
    publish(storyOf(1, '/a.png'))
    await fetch()
    rmSync(day)
    renameSync(away, day)
    shown.set('/a.png', { body: PICTURES.png })
    expect(await fetch({}, NOW + HOUR_MS)).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 picture kept\n' })
    expect(texts()[0]).toContain(link(PICTURES.png, '/a.png'))
    expect(stateNow().pictures).toEqual([])
  })

  test.each([
    ['no file', (file: string) => mkdirSync(file)],
    ['damaged', (file: string) => writeFileSync(file, '<<<<<<< HEAD\n![]()\n')],
    ['no text', (file: string) => writeFileSync(file, Buffer.from([0xff]))],
  ])('is asked for again where what stood at the name of its story was for a time %s', async (_, put) => {
    shown.set('/a.png', { status: 403 })
    publish(storyOf(1, '/a.png'))
    await fetch()
    const file = inArchive([...storiesIn(archive()).keys()][0]!)
    renameSync(file, join(home.path, 'away'))
    put(file)
    publish(storyOf(2))
    await fetch({}, NOW + HOUR_MS)
    expect(asked()).toHaveLength(1)
    rmSync(file, { recursive: true })
    renameSync(join(home.path, 'away'), file)
    shown.set('/a.png', { body: PICTURES.png })
    const { err } = await fetch({}, NOW + 8 * HOUR_MS)
    expect(err).toContain('fetch: 0 written, 1 picture kept\n')
    expect(stateNow().pictures).toEqual([])
  })

  test('is forgotten with the file of its story', async () => {
    shown.set('/a.png', { status: 403 })
    publish(storyOf(1, '/a.png'))
    await fetch()
    rmSync(inArchive([...storiesIn(archive()).keys()][0]!))
    publish(storyOf(2))
    await fetch({}, NOW + HOUR_MS)
    expect(stateNow().pictures).toEqual([])
  })

  test('is counted by a backfill that was to keep pictures and has none', async () => {
    shown.set('/a.png', { status: 403 })
    publish(storyOf(1, '/a.png'))
    await fetch({ media: false })
    const err = 'backfill: nothing written: 1 picture to be asked for again\n'
    for (const urls of [[], [], [storyOf(1).url]]) expect(await backfillOf(urls)).toEqual({ code: 0, out: '', err })
    expect(await fetch({}, NOW + HOUR_MS)).toEqual({ code: 0, out: '', err: '' })
  })

  test('stands in the status, how many and since when, until it is had or given up', async () => {
    for (const path of ['/a.png', '/b.png']) shown.set(path, { status: 403 })
    publish(storyOf(1, '/a.png'))
    await fetch()
    publish(storyOf(1, '/a.png'), storyOf(2, '/b.png'))
    await fetch({}, NOW + HOUR_MS)
    const now = NOW + 2 * HOUR_MS
    const read = async (json: boolean) => {
      const io = testIo(home.path, now)
      await statusOf({ ...(await configOf({ archive: archive(), json }, home.path)), maxAge: null }, io)
      return io.out.join('')
    }
    expect(JSON.parse(await read(true))).toMatchObject({
      pictures: { waiting: 2, oldest: new Date(NOW).toISOString() },
    })
    expect(await read(false)).toContain('\npictures  2 are asked for again, the first of them asked for 2h ago\n')
    for (const path of ['/a.png', '/b.png']) shown.set(path, { body: PICTURES.png })
    await backfillOf([], {})
    await fetch({}, now + 8 * HOUR_MS)
    expect(JSON.parse(await read(true))).toMatchObject({ pictures: { waiting: 0, oldest: null } })
    expect(await read(false)).not.toContain('pictures')
  })

  test('is given up as a story is, and is no trouble', async () => {
    shown.set('/a.png', { status: 403 })
    publish(storyOf(1, '/a.png'))
    const codes = new Set<number>()
    for (let day = 0; day < 12; day += 1) {
      for (const hour of [0, 2, 12]) codes.add((await fetch({}, NOW + (24 * day + hour) * HOUR_MS)).code)
    }
    expect([...codes]).toEqual([0])
    expect(asked()).toHaveLength(11)
    expect(stateNow().pictures?.[0]).toMatchObject({ nextTry: null, tries: 11 })
  })

  test('that is not there yet is asked for again for some days, and its host is not left alone for it', async () => {
    const many = Array.from({ length: 5 }, (_, n) => `/p${n}.png`)
    publish(storyOf(1, ...many))
    expect(await fetch({ concurrency: 1 })).toMatchObject({
      err: 'fetch: 1 written, 5 pictures to be asked for again\n',
    })
    expect(asked()).toHaveLength(5)
    shown.set('/p0.png', { body: PICTURES.png })
    const had = 'fetch: 0 written, 1 picture kept, 4 pictures to be asked for again\n'
    expect(await fetch({}, NOW + 48 * HOUR_MS)).toMatchObject({ err: had })
    for (let day = 3; day < 9; day += 1) await fetch({}, NOW + 24 * day * HOUR_MS)
    expect(stateNow().pictures?.map(({ nextTry }) => nextTry)).toEqual([null, null, null, null])
    expect(asked()).toHaveLength(5 + 5 + 4)
  })

  test('whose server says each time to wait is given up too', async () => {
    shown.set('/a.png', { status: 429, headers: { 'retry-after': '60' } })
    publish(storyOf(1, '/a.png'))
    for (let day = 0; day < 12; day += 1) {
      for (const hour of [0, 2, 12]) await fetch({}, NOW + (24 * day + hour) * HOUR_MS)
    }
    expect(asked()).toHaveLength(11)
    expect(stateNow().pictures?.[0]).toMatchObject({ nextTry: null, tries: 11 })
  })

  test('that is not there is counted by the status', async () => {
    publish(storyOf(1, '/a.png', '/b.png'))
    // Of a new story it might come.
    const later = NOW + 4 * 24 * HOUR_MS
    expect(await fetch({}, later)).toMatchObject({ err: 'fetch: 1 written, 2 pictures not to be had\n' })
    const io = testIo(home.path, later)
    await statusOf({ ...(await configOf({ archive: archive() }, home.path)), maxAge: null }, io)
    expect(io.out.join('')).toContain('\npictures  2 cannot be had, and stay where they are\n')
  })

  test('a host that gives none is left alone after three, its pages are asked for all the same', async () => {
    const many = Array.from({ length: 9 }, (_, n) => `/p${n}.png`)
    for (const path of many) shown.set(path, { status: 403 })
    publish(storyOf(1, ...many), storyOf(2))
    expect(await fetch({ concurrency: 1 })).toMatchObject({ code: 0 })
    expect(asked()).toHaveLength(3)
    expect(texts()).toHaveLength(2)
    // Of a server that is asked for pages too.
    const own = Array.from({ length: 4 }, (_, n) => new URL(`/gone${n}.png`, site.server.origin).href)
    for (const url of own) site.broken.set(new URL(url).pathname, 403)
    const more = [storyOf(3, ...own), ...Array.from({ length: 25 }, (_, n) => storyOf(n + 4))]
    for (const story of more) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
    const urls = more.map(({ url }) => url)
    expect(await backfillOf(urls, { concurrency: 1 })).toMatchObject({ code: 0 })
    expect(texts()).toHaveLength(28)
  })

  test('robots.txt is obeyed', async () => {
    shown.set('/robots.txt', { body: 'User-agent: *\nDisallow: /no/\n', headers: { 'content-type': 'text/plain' } })
    shown.set('/no/a.png', { body: PICTURES.png }).set('/b.png', { body: pngOf(2) })
    publish(storyOf(1, '/no/a.png', '/b.png'))
    expect(await fetch()).toMatchObject({
      code: 0,
      err: 'fetch: 1 written, 1 picture kept, 1 picture not to be had\n',
    })
    expect(asked()).toEqual(['GET /b.png'])
  })

  test('of three hundred in one story the first are kept, and no more are asked for', async () => {
    const many = Array.from({ length: 300 }, (_, n) => `/p${n}.png`)
    for (const [n, path] of many.entries()) shown.set(path, { body: pngOf(n) })
    publish(storyOf(1, ...many))
    expect(await fetch({ maxPictures: 7 })).toMatchObject({ code: 0, err: 'fetch: 1 written, 7 pictures kept\n' })
    expect(asked()).toEqual(many.slice(0, 7).map((path) => `GET ${path}`))
    expect(await backfillOf([storyOf(1).url], { maxPictures: 7 })).toEqual({ code: 0, out: '', err: '' })
    expect(asked()).toHaveLength(7)
  })

  test('a run that has no request left keeps its stories, and the next has the pictures', async () => {
    shown.set('/a.png', { body: PICTURES.png })
    publish(storyOf(1, '/a.png'), storyOf(2))
    // robots.txt, the feed, two pages.
    const { code } = await fetch({ maxRequests: 4, json: true })
    expect(code).toBe(0)
    expect(texts()).toHaveLength(2)
    expect(kept()).toEqual([])
    expect(await fetch({}, NOW + HOUR_MS)).toMatchObject({ code: 0, err: 'fetch: 0 written, 1 picture kept\n' })
    expect(kept()).toHaveLength(1)
  })

  test.each([
    ['a link', (path: string) => symlinkSync('/etc/hostname', path)],
    ['a folder', (path: string) => mkdirSync(path)],
  ])('%s in the place of a picture is no picture, and is left', async (_, put) => {
    shown.set('/a.png', { body: PICTURES.png })
    const place = inArchive(keptAt(PICTURES.png))
    mkdirSync(dirname(place), { recursive: true })
    put(place)
    publish(storyOf(1, '/a.png'))
    expect(await fetch()).toMatchObject({ code: 0, err: 'fetch: 1 written, 1 picture to be asked for again\n' })
    expect(texts()[0]).toContain(`(${cdn.origin}/a.png)`)
  })
})

test('a folder of pictures that cannot be used is said once, and exit 1; the stories are had', async () => {
  shown.set('/a.png', { body: PICTURES.png }).set('/b.jpg', { body: PICTURES.jpg })
  publish(storyOf(1, '/a.png'), storyOf(2, '/b.jpg'))
  mkdirSync(archive(), { recursive: true })
  writeFileSync(inArchive('media'), '')
  const { code, err } = await fetch()
  const fault = 'a file stands where a folder belongs; move it away, or choose another folder (ENOTDIR)'
  expect({ code, err: err.replace(/media\/\w\w:/, 'media/XX:') }).toEqual({
    code: 1,
    err: `cannot look at ${inArchive('media/XX')}: ${fault}; the run goes on without the picture\nfetch: 2 written, 2 pictures to be asked for again\n`,
  })
  rmSync(inArchive('media'))
  expect(await fetch({}, NOW + HOUR_MS)).toMatchObject({ code: 0, err: 'fetch: 0 written, 2 pictures kept\n' })
})

test('a run that is stopped while it asks for pictures has printed what it stored, each story once', async () => {
  const stop = new AbortController()
  shown.set('/a.png', { body: () => stop.abort(new Interrupted('SIGINT')) })
  publish(storyOf(1, '/a.png'), storyOf(2))
  const io = { signal: stop.signal }
  const out: string[] = []
  const stdout = async (text: string): Promise<void> => void out.push(text)
  const run = fetchAt(NOW, { site, home }, { media: true, json: true, concurrency: 1 }, { ...io, stdout })
  await expect(run).rejects.toThrow()
  expect(
    objects<StoryRecord>(out.join(''))
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['9200001', '9200002'])
  shown.set('/a.png', { body: PICTURES.png })
  expect((await fetch({}, NOW + HOUR_MS)).err).toBe('fetch: 0 written, 1 picture kept\n')
})

test('a run that is stopped among the stories leaves the pictures of those that it stored to the next one', async () => {
  const stop = new AbortController()
  const second = { ...storyOf(2, '/b.png'), published: '2026-11-01T08:37:00.000Z' }
  const url = new URL(new URL(second.url).pathname, cdn.origin).href
  shown.set('/a.png', { body: pngOf(1) })
  shown.set('/b.png', { body: pngOf(2) })
  shown.set(new URL(url).pathname, { body: () => stop.abort(new Interrupted('SIGINT')) })
  const first = storyOf(1, '/a.png')
  publish(first, { ...second, url })
  await expect(fetchAt(NOW, { site, home }, { media: true, concurrency: 1 }, { signal: stop.signal })).rejects.toThrow()
  expect(texts()).toHaveLength(1)
  shown.set(new URL(url).pathname, { body: drupal8Page({ ...second, url }) })
  expect((await fetch({}, NOW + HOUR_MS)).err).toBe('fetch: 1 written, 2 pictures kept\n')
  expect(stateNow().unpictured).toBeUndefined()
})

describe('backfill --media', () => {
  test('keeps the pictures of stories that are there: of those given, of days, of all; their pages are not asked for', async () => {
    for (const n of [1, 2, 3]) shown.set(`/${n}.png`, { body: pngOf(n) })
    publish(storyOf(1, '/1.png'), storyOf(2, '/2.png'), storyOf(3, '/3.png'))
    await fetch({ media: false })
    const pages = site.server.requests.length
    rmSync(inArchive('.zaobao'), { recursive: true })
    const dry = await backfillOf([], { dryRun: true })
    expect(dry).toEqual({
      code: 0,
      out: '',
      err: '0 stories would be fetched, in about 0s\n3 pictures would be asked for\n',
    })
    expect(asked()).toEqual([])
    const { out, err } = await backfillOf([storyOf(2).url], { json: true })
    expect(err).toBe('backfill: 0 written, 1 picture kept\n')
    expect(objects<StoryRecord>(out)[0]).toMatchObject({
      id: '9200002',
      status: 'unchanged',
      images: [{ path: keptAt(pngOf(2)) }],
    })
    expect((await backfillOf([])).out.trim().split('\n')).toHaveLength(2)
    expect(kept()).toHaveLength(3)
    expect(site.server.requests.slice(pages).filter((line) => line.includes('/story'))).toEqual([])
    expect(await backfillOf([])).toEqual({ code: 0, out: '', err: '' })
  })

  test('lets a run in that waits, among stories that are given too', async () => {
    const numbers = Array.from({ length: 21 }, (_, n) => n + 1)
    const stories = numbers.map((n) => storyOf(n, `/${n}.png`))
    for (const n of numbers) shown.set(`/${n}.png`, { body: pngOf(n) })
    publish(...stories)
    await fetch({ media: false })
    publish(storyOf(22))
    const askedBefore: number[] = []
    const others: Promise<unknown>[] = []
    const stdout = async (): Promise<void> => void askedBefore.push(asked().length)
    const body = (response: ServerResponse): void => {
      const wait = (ms: number): Promise<void> => {
        response.end(pngOf(21))
        return sleep(ms)
      }
      others.push(fetchAt(NOW, { site, home }, { wait: '60s' }, { sleep: wait, stdout }))
    }
    // The newest is the first.
    shown.set('/21.png', { body })
    const urls = stories.map(({ url }) => url)
    const now = (): number => NOW + asked().length * 10_000
    await backfillOf(urls, { concurrency: 1 }, null, { now, sleep: (ms) => sleep(ms) })
    await Promise.all(others)
    expect(askedBefore).toEqual([20])
    expect(kept()).toHaveLength(21)
  })

  test('of stories that are made from captures the next run that asks has them', async () => {
    shown.set('/1.png', { body: pngOf(1) })
    publish(storyOf(1, '/1.png'))
    const captures = join(home.path, 'captures')
    await fetch({ media: false, warc: captures })
    rmSync(archive(), { recursive: true })
    const io = testIo(home.path, NOW)
    const config = { ...(await configOf({ archive: archive(), media: true }, home.path)), dryRun: false }
    const all = { urls: [], file: null, from: null, to: null, order: 'newest' } as const
    expect(await backfillCaptures(config, all, warcsIn(captures), io), io.err.join('')).toBe(0)
    expect(io.out.join('').trim().split('\n')).toHaveLength(1)
    expect(asked()).toEqual([])
    expect((await fetch({}, NOW + HOUR_MS)).err).toBe('fetch: 0 written, 1 picture kept\n')
  })

  test('a file with line ends of Windows keeps them', async () => {
    shown.set('/1.png', { body: pngOf(1) })
    publish(storyOf(1, '/1.png'))
    await fetch({ media: false })
    const file = inArchive([...storiesIn(archive()).keys()][0]!)
    const text = readFileSync(file, 'utf8').replaceAll('\n', '\r\n')
    writeFileSync(file, text)
    await backfillOf([])
    expect(readFileSync(file, 'utf8')).toBe(text.replace(`(${cdn.origin}/1.png)`, link(pngOf(1), '/1.png')))
  })
})
