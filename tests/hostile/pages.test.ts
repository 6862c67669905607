import { readFileSync, symlinkSync, mkdirSync, readdirSync, existsSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { figure } from '../support/figures.ts'
import { drupal8Page, PAGES, type PageStory } from '../support/pages.ts'
import { call, type Ended, folder, start, storiesIn } from '../support/program.ts'
import { serve, type TestServer } from '../support/server.ts'
import { rsshubFeed } from '../support/site.ts'

type Answer = (response: ServerResponse) => void

/** What acts on a terminal: C0 but the line break, DEL, C1, marks and overrides of direction. */
const ACTS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/

let server: TestServer
let answers: Map<string, Answer>
let home: ReturnType<typeof folder>

beforeEach(async () => {
  answers = new Map()
  server = await serve((request, response) => {
    const answer = answers.get(request.url ?? '')
    if (answer === undefined) response.writeHead(404).end()
    else answer(response)
  })
  home = folder()
})

afterEach(async () => {
  await server.close()
  home.remove()
})

const body =
  (text: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(text)

function storyOf(number: number, more: Partial<PageStory> = {}): PageStory {
  return {
    title: `渡轮第${number}班`,
    url: `${server.origin}/realtime/china/story20211110-${9_000_000 + number}`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: '<p>码头上的人不多。</p><p>船准时离岸。</p>',
    ...more,
  }
}

const pathOf = (story: PageStory) => new URL(story.url).pathname
const archive = () => join(home.path, 'archive')
const COMMON = ['--allow-private', '--no-robots', '--rate', '1000/s']

/** Runs the program and watches its memory and the processor's time: the system's own counts, where it keeps any. */
async function watched(...args: string[]): Promise<Ended & { cpuMs: number; peakMb: number }> {
  const { child, ended } = start([...args, ...COMMON], { cwd: home.path })
  let peakMb = 0
  let cpuMs = 0
  const look = () => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
      // The 14th and 15th field, in hundredths of a second.
      const [user, system] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11) ?? []
      cpuMs = (Number(user) + Number(system)) * 10
    } catch {
      // It ended, or the system has no such file.
    }
  }
  const timer = setInterval(look, 20)
  const result = await ended
  clearInterval(timer)
  return { ...result, cpuMs, peakMb: Math.round(peakMb) }
}

const fetchFeed = (feed: string, ...args: string[]): Promise<Ended> =>
  call(['fetch', '--feed', feed, ...COMMON, ...args], { cwd: home.path })

/** Two good stories about a bad one, all from one feed, whose own text is a teaser. */
async function fetchAbout(answer: Answer, ...args: string[]) {
  const stories = [storyOf(1), storyOf(2), storyOf(3)]
  const teasers = stories.map((story) => ({ ...story, bodyHtml: '' }))
  answers.set('/feed.xml', body(rsshubFeed(teasers), { 'content-type': 'application/xml' }))
  for (const story of stories) answers.set(pathOf(story), body(drupal8Page(story)))
  answers.set(pathOf(storyOf(2)), answer)
  return watched('fetch', '--feed', `${server.origin}/feed.xml`, ...args)
}

const fill = (text: string, bytes: number) => text.repeat(Math.ceil(bytes / text.length))
/** 200 MiB of a byte, quickly. */
const bomb = (byte: number) => gzipSync(Buffer.alloc(200 * 2 ** 20, byte), { level: 1 })

describe('a page that bites fails alone, in one line', () => {
  const pages: [string, Answer][] = [
    ['200 MiB in gzip', body(bomb(0x3c), { 'content-encoding': 'gzip' })],
    ['200 MiB in gzip in gzip', body(gzipSync(bomb(0)), { 'content-encoding': 'gzip, gzip' })],
    ['zstd', body('x', { 'content-encoding': 'zstd' })],
    ['a body that is cut', (response) => void response.writeHead(200, { 'content-length': '99999' }).end('<p>半')],
    [
      'half an article, chunked and cut',
      (response) => {
        response.writeHead(200)
        response.write(drupal8Page(storyOf(2)).slice(0, -200), () => response.socket?.destroy())
      },
    ],
    ['a redirect to a file', (response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end()],
    [
      'a drip',
      (response) => {
        const timer = setInterval(() => response.write('<'), 200)
        response.on('close', () => clearInterval(timer))
      },
    ],
    ['10 MB of <', body(fill('<', 10_000_000))],
    ['10 MB of <p>', body(`<article><div class="articleBody">${fill('<p>甲', 10_000_000)}`)],
    ['100,000-deep HTML without an article', body('<div>'.repeat(100_000))],
    [
      'an article of a million backslashes',
      (response) => body(drupal8Page(storyOf(2, { bodyHtml: `<p>${fill('\\', 1e6)}</p>` })))(response),
    ],
    ['a redirect to itself', (response) => void response.writeHead(302, { location: pathOf(storyOf(2)) }).end()],
    ['garbage for data', body(`<script>window.__staticRouterHydrationData = JSON.parse("${fill('\\u00', 5e6)}`)],
    ['NUL', body(Buffer.alloc(1_000_000))],
    ['nothing', body('')],
  ]
  test.each(pages)('%s', async (name, answer) => {
    // Nothing else waits: on a busy machine a good page takes longer.
    const ended = await fetchAbout(answer, '--timeout', name === 'a drip' ? '2s' : '60s')
    figure(`fetch of a page that is ${name}`, `${ended.cpuMs} ms of the processor, ${ended.peakMb} MB at most`)
    expect(ended.code).toBe(1)
    expect([...storiesIn(archive()).keys()]).toHaveLength(2)
    const lines = ended.stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('/realtime/china/story20211110-9000002: ')
    expect(lines[1]).toBe('fetch: 2 written, 1 failed, queued for the next run')
    expect(ended.stderr).not.toMatch(ACTS)
    expect(ended.peakMb).toBeLessThan(450)
    expect(ended.cpuMs).toBeLessThan(30_000)
  })
})

describe('a page that is strange is archived', () => {
  const strange = '题\u0000\u001b[2J\u009b31m\u202e\u2066\ud800\u0007\u2028末'
  const pages: [string, () => string][] = [
    ['with 10 MB of ld+json', () => withLinked(`{"a":"${fill('a', 10_000_000)}"}`)],
    ['with 10 MB of broken ld+json', () => withLinked(fill('{"@graph":[', 10_000_000))],
    ['with a headline of a megabyte', () => drupal8Page(storyOf(2, { title: fill('题', 1e6) }))],
    ['with a byline of a megabyte', () => drupal8Page(storyOf(2, { byline: fill('丙 ', 1e6) }))],
    [
      'with an address of a megabyte',
      () => drupal8Page(storyOf(2, { bodyHtml: `<p><a href="https://e.example/${fill('a', 1e6)}">链</a>文</p>` })),
    ],
    ['100,000 deep', () => drupal8Page(storyOf(2, { bodyHtml: `<p>头</p>${'<div>'.repeat(90_000)}尾` }))],
    [
      'with controls everywhere',
      () =>
        drupal8Page(
          storyOf(2, {
            title: strange,
            bodyHtml: `<p>${strange}</p>`,
            byline: strange,
            lead: [{ url: 'https://static.zaobao.com/a.jpg', caption: strange }],
          }),
        ),
    ],
  ]
  const withLinked = (json: string) =>
    drupal8Page(storyOf(2)).replace('</head>', () => `<script type="application/ld+json">${json}</script></head>`)

  test.each(pages)('%s', async (name, page) => {
    const ended = await fetchAbout(body(page()), '--json')
    figure(`fetch of a page ${name}`, `${ended.cpuMs} ms of the processor, ${ended.peakMb} MB at most`)
    expect(ended).toMatchObject({ code: 0, stderr: 'fetch: 3 written\n' })
    expect(storiesIn(archive()).size).toBe(3)
    expect(ended.stdout).not.toMatch(ACTS)
    for (const line of ended.stdout.trimEnd().split('\n')) JSON.parse(line)
    for (const path of storiesIn(archive()).keys()) expect(path).not.toMatch(ACTS)
    expect(ended.peakMb).toBeLessThan(450)
    const verified = await call(['verify'], { cwd: home.path })
    expect(verified.stdout + verified.stderr).not.toMatch(ACTS)
    expect(verified.code).toBe(0)
  })
})

describe('nothing steps out of the archive', () => {
  const titles = [
    '../../../outside',
    '/etc/passwd',
    '..',
    '.',
    'a\\..\\b',
    'CON',
    'nul.txt',
    '\u0000',
    '~/x',
    '-rf',
    '${HOME}',
    '题'.repeat(300),
  ]
  test('by a headline, a section, a date or an address', async () => {
    const stories = titles.map((title, index) => storyOf(index + 1, { title }))
    const odd = [
      `${server.origin}/../../realtime/%2e%2e/%2e%2e/story20211110-9100001`,
      `${server.origin}/realtime/china/story99999999-9100002`,
      `${server.origin}/realtime/china/story20210230-9100003`,
      `${server.origin}/a/%00/..%2f..%2f/story20211110-9100004`,
    ].map((url, index) => storyOf(50 + index, { url }))
    const all = [...stories, ...odd]
    answers.set('/feed.xml', body(rsshubFeed(all)))
    for (const story of all) answers.set(pathOf(story), body(drupal8Page(story)))
    const ended = await fetchFeed(`${server.origin}/feed.xml`)
    expect(ended.stderr).not.toMatch(ACTS)
    expect(readdirSync(home.path)).toEqual(['archive'])
    const paths = [...storiesIn(archive()).keys()]
    figure('headlines and addresses that would step out', `${all.length} tried, ${paths.length} archived, 0 outside`)
    expect(paths).toHaveLength(all.length)
    for (const path of paths) {
      expect(path).toMatch(/^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d-[^/\\\0]+\.md$/)
      expect(Buffer.byteLength(path.slice(11))).toBeLessThanOrEqual(255)
    }
  })

  const links: [string, string][] = [
    ['the folder of the day', '2021-11-10'],
    ['.zaobao', '.zaobao'],
    ['.zaobao/journal', '.zaobao/journal'],
    ['.zaobao/state.json', '.zaobao/state.json'],
    ['the file of the story', '2021-11-10/2021-11-10-9000001-渡轮第1班.md'],
    ["the day's journal", '.zaobao/journal/2021-11-10.ndjson'],
    ['the lock', '.zaobao/lock'],
  ]
  test.each(links)('by a link in place of %s', async (name, path) => {
    const outside = join(home.path, 'outside')
    mkdirSync(outside)
    const isFile = /\.(?:md|json|ndjson)$|lock$/.test(path)
    const target = isFile ? join(outside, 'file') : outside
    if (isFile) writeFileSync(target, '原样\n')
    const link = join(archive(), path)
    mkdirSync(join(link, '..'), { recursive: true })
    symlinkSync(target, link)
    answers.set('/feed.xml', body(rsshubFeed([storyOf(1)])))
    answers.set(pathOf(storyOf(1)), body(drupal8Page(storyOf(1))))
    const ended = await fetchFeed(`${server.origin}/feed.xml`)
    figure(`a link in place of ${name}`, `exit ${ended.code}, nothing written behind it`)
    expect(readdirSync(outside)).toEqual(isFile ? ['file'] : [])
    if (isFile) expect(readFileSync(target, 'utf8')).toBe('原样\n')
    // What can be done without is set aside and said, as what is damaged is; what cannot ends the run or the story.
    if (/^\.zaobao\/(?:state|journal)/.test(path))
      expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining(path) as string })
    else expect(ended.code).not.toBe(0)
    expect(ended.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
  })
})

describe('credentials are never printed nor kept', () => {
  test('of feeds, in messages, verbose lines, status and the state', async () => {
    const secrets = /geheim|s3cret/
    const address = `${server.origin.replace('//', '//leser:geheim@')}/feed.xml?key=s3cret`
    answers.set('/feed.xml?key=s3cret', body(rsshubFeed([storyOf(1)])))
    answers.set(pathOf(storyOf(1)), body(drupal8Page(storyOf(1))))
    const good = await fetchFeed(address, '--verbose')
    expect(good.code).toBe(0)
    answers.set(
      '/feed.xml?key=s3cret',
      (response) => void response.writeHead(301, { location: '/new.xml?key=s3cret' }).end(),
    )
    answers.set('/new.xml?key=s3cret', body(rsshubFeed([storyOf(1)])))
    const moved = await fetchFeed(address, '--verbose')
    expect(moved.stderr).toContain('moved for good')
    answers.clear()
    const bad = await fetchFeed(address, '--verbose')
    expect(bad.code).toBe(3)
    const status = await call(['status'], { cwd: home.path })
    for (const ended of [good, moved, bad, status]) expect(ended.stdout + ended.stderr).not.toMatch(secrets)
    const own = join(archive(), '.zaobao')
    const kept = readdirSync(own, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    for (const file of kept) expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toMatch(secrets)
    figure('credentials in a feed address', `0 in 4 outputs and ${kept.length} files of .zaobao/`)
    expect(server.headers[0]?.authorization).toBe(`Basic ${Buffer.from('leser:geheim').toString('base64')}`)
  })

  test('of a proxy', async () => {
    const env = { HTTP_PROXY: 'http://leser:geheim@127.0.0.1:9' }
    const ended = await call(['fetch', '--feed', `${server.origin}/feed.xml`, '--verbose', ...COMMON], {
      cwd: home.path,
      env,
    })
    expect(ended.code).toBe(3)
    expect(ended.stdout + ended.stderr).not.toContain('geheim')
  })
})

describe('items and convert answer in bounds', () => {
  test.each(Object.keys(PAGES) as (keyof typeof PAGES)[])('a page of layout %s with controls in it', async (layout) => {
    const title = '题\u001b]0;x\u0007\u009b2J\u202e末'
    const page = PAGES[layout](storyOf(1, { title, bodyHtml: `<p>${title}</p><p>乙</p>`, keywords: [title] }))
    for (const format of ['document', 'body', 'json', 'html']) {
      const ended = await call(['convert', '--url', storyOf(1).url, '--format', format], {
        cwd: home.path,
        input: page,
      })
      expect(ended.code).toBe(0)
      expect(ended.stdout).not.toMatch(ACTS)
    }
  })

  test('items of a feed with controls in it', async () => {
    const title = '题\u001b]0;x\u0007\u009b2J\u202e末'
    writeFileSync(join(home.path, 'feed.xml'), rsshubFeed([storyOf(1, { title, bodyHtml: `<p>${title}</p>` })]))
    const ended = await call(['items', 'feed.xml'], { cwd: home.path })
    expect(ended.code).toBe(0)
    expect(ended.stdout).not.toMatch(ACTS)
    expect(existsSync(archive())).toBe(false)
  })
})
