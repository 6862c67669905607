import { sectionNames } from '../../src/sites/publishers.ts'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PROBLEMS } from '../../src/core/archive/verify.ts'
import { REFUSALS } from '../../src/core/extraction.ts'
import { DIFFERENCES } from '../../src/core/markdown/check.ts'
import { CONFIG_KEYS } from '../../src/config/keys.ts'
import { createProgram, run } from '../../src/program.ts'
import { speak } from '../../src/words/words.ts'
import { type Made, madeStory } from '../archive/support/documents.ts'
import { testIo } from '../support/io.ts'
import { drupal8Page, PAGES, type PageStory } from '../support/pages.ts'
import { folder } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

let site: Site
const home = folder()
const NOW = Date.UTC(2026, 2, 1)

beforeAll(async () => {
  site = await serveSite()
})
afterAll(async () => {
  await speak('en')
  await site.server.close()
  home.remove()
})

/** A new working folder with these files. */
let folders = 0
function folderWith(files: Record<string, string> = {}): string {
  folders += 1
  const cwd = join(home.path, String(folders))
  mkdirSync(cwd)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }
  return cwd
}

interface Ran {
  code: number
  out: string
  err: string
}

async function ran(
  args: readonly string[],
  cwd: string,
  more: { env?: Record<string, string>; nowMs?: number; input?: string } = {},
): Promise<Ran> {
  const io = {
    ...testIo(cwd, more.nowMs ?? NOW),
    env: { LANG: 'zh_CN.UTF-8', ...more.env },
    stderrIsTerminal: true,
    async *stdin() {
      await Promise.resolve()
      yield Buffer.from(more.input ?? '')
    },
  }
  const code = await run(args, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

/** Names, codes and words of commands and of formats, which are no English prose. */
const NAMES = new Set(
  `zaobao archiver fetch backfill convert items export search import verify serve status probe init config schema completion demo help
  options command query hit is has revised file list url dir day section shell what json ndjson markdown html document body record page newest oldest
  all feed rsshub sources exclude keep revise recheck contact proxy quiet verbose
  crontab systemd github cron linger loginctl enable user link now systemctl npm install global pack ignore scripts npx
  bash zsh fish yaml true false yesterday http https socks socks5 title date from author tags categories layout text link picture structure
  robots txt utf null nul format path cf lf crlf api epub generic public subscriber inode div post seed nope mirror example org port host
  begin access keys keywords bylines updated max age gap archive on change rate concurrency limit wait timeout robots
  stories found utc mib mb ms nn astro drupal react sg gzip br elf sqlite name notfound missing ok sh node darwin linux ftp en zh log failures lang progress ${sectionNames().join(' ')} warc unzip warcio wacz recompress zip mib arc media`.split(
    /[\s:]+/,
  ),
)

/** Names of reasons and of problems, which are codes in data alone. */
const CODES = [REFUSALS, PROBLEMS, DIFFERENCES].flatMap((names) => Object.keys(names)).join('|')
const NAMED = new RegExp(`(?:^|: )(?:${CODES})(?=[:：])|[（(](?:${CODES})[）)]`, 'g')

/** Words of a text that nothing but English prose has, and names of reasons. */
function englishIn(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const bare = line
      .replaceAll(/[a-z]+:\/\/[^\s，；：）”]*/gi, ' ')
      .replaceAll(/[^\s，；：（）“”、]*[/\\_.=@$*#|{}<>][^\s，；：（）“”、]*/g, ' ')
      .replaceAll(/--?[a-z][a-z-]*|\b[a-z]+(?:-[a-z]+)+\b/g, ' ')
      .replaceAll(/“[^”]*”|"[^"]*"/g, ' ')
      .replaceAll(/\b[a-z]+[A-Z]\w*/g, ' ')
      .replaceAll(/\b[A-Z][A-Za-z]*\b|\b\w*\d\w*\b/g, ' ')
    const words = [...(bare.match(/[a-z]{2,}/g) ?? []).filter((word) => !NAMES.has(word)), ...(line.match(NAMED) ?? [])]
    return words.length === 0 ? [] : [`${words.join(' ')} | ${line}`]
  })
}

const commands = createProgram(testIo(home.path), () => undefined).commands.map((command) => command.name())

describe('no English prose is left', () => {
  test.each(['', ...commands])('in the help: %s', async (name) => {
    const { code, out, err } = await ran([...(name === '' ? [] : [name]), '--help'], folderWith())
    const [words = '', , codes = ''] = out.split(/(?<=\n)例子：\n([^]*?)(?=退出码：)/)
    expect({ code, err, english: englishIn(words + codes) }).toEqual({ code: 0, err: '', english: [] })
    expect(out).toMatch(/^用法: zaobao-archiver /)
  })

  test.each([
    ['--bogus'],
    ['fetchh'],
    ['fetch --feed'],
    ['fetch --quite'],
    ['backfill --order x'],
    ['schema nope'],
    ['import'],
    ['--quiet --verbose fetch'],
    ['status a b'],
    ['import a b'],
    ['completion'],
    ['fetch nope'],
    ['fetch --rate x --limit 0 --timeout 0 --max-gap x --allow-host // --feed x --on-change x --body x'],
    ['backfill'],
    ['backfill https://www.zaobao.com.sg/realtime/china nope 20211110-1 https://zaochenbao.com/a/story20211110-1'],
    ['backfill --from 2027-01-01'],
    ['backfill --from 2026-02-01 --to 2026-01-01'],
    ['backfill --from 2001-01-01 --to 2002-01-01'],
    ['backfill --from x'],
    ['backfill --to 2026-02-01'],
    ['backfill --file none.txt'],
    ['convert none.html'],
    ['convert none.html --url x'],
    ['items none.xml'],
    ['items --url x'],
    ['items ftp://example.org/'],
    ['status'],
    ['status --max-age x'],
    ['verify'],
    ['export'],
    ['export 2026-02-31'],
    ['export --since 2026-02-02 --until 2026-02-01'],
    ['import none'],
    ['--config none.jsonc config'],
    ['init --schedule github --archive /tmp/x'],
  ])('in a fault of usage: %s', async (line) => {
    const { code, err } = await ran(line.split(' '), folderWith())
    expect(code).toBeGreaterThan(0)
    expect(err).toMatch(/\p{sc=Han}/u)
    expect(englishIn(err)).toEqual([])
  })

  test('in faults of a configuration, whatever key is wrong', async () => {
    const wrong = Object.fromEntries(Object.keys(CONFIG_KEYS).map((key) => [key, [{ no: '\u0000' }]]))
    const cwd = folderWith({ 'zaobao.config.jsonc': JSON.stringify({ ...wrong, archivee: 1, qqq: 2 }) })
    const { code, err } = await ran(['config'], cwd, {
      env: { ZAOBAO_LIMITT: '1', ZAOBAO_RATE: '"1"', ZAOBAO_SOURCES: '[{' },
    })
    expect(code).toBe(2)
    expect(err.trim().split('\n').length).toBeGreaterThan(30)
    expect(englishIn(err)).toEqual([])
    for (const text of ['{', '[]'])
      expect(englishIn((await ran(['config'], folderWith({ 'zaobao.config.jsonc': text }))).err)).toEqual([])
  })
})

const at = (path: string) => `${site.server.origin}${path}`
const REACHED = ['--allow-private', '--rate', '1000/s', '--max-gap', '0']

function story(number: number, more: Partial<PageStory> = {}): PageStory {
  return {
    title: `第${number}号消息`,
    url: at(`/realtime/china/story20260228-${9_100_000 + number}`),
    published: '2026-02-28T00:00:00.000Z',
    bodyHtml: '<p>渡口今天复航，首班船坐满了人。</p>',
    ...more,
  }
}

/** Puts a feed of stories, their pages, and what else is given on the site. */
function publish(stories: readonly PageStory[], pages: Record<string, string> = {}): void {
  for (const all of [site.pages, site.broken]) all.clear()
  for (const one of stories) site.pages.set(new URL(one.url).pathname, drupal8Page(one))
  site.pages.set('/feed.xml', rsshubFeed(stories))
  for (const [path, text] of Object.entries(pages)) site.pages.set(path, text)
}

/** Every line of each run, on stderr, and on stdout where words go there. */
function expectChinese(...runs: readonly Ran[]): void {
  for (const { err } of runs) expect(englishIn(err)).toEqual([])
}

describe('no English prose is left where', () => {
  test('a poll brings stories, some of which fail, and all is told', async () => {
    const stories = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => story(number))
    const path = (number: number) => new URL(stories[number - 1]!.url).pathname
    publish(stories, {
      [path(2)]: '<html><head><title>Just a moment...</title></head><body>challenges.cloudflare.com</body></html>',
      [path(3)]: '<html><body><div id="x">没有版式</div></body></html>',
      [path(4)]: drupal8Page(stories[3]!).slice(0, -40),
      [path(6)]: drupal8Page(story(6, { bodyHtml: '' })),
      [path(7)]: '<html><head><title>页面不存在</title></head><body></body></html>',
      '/robots.txt': 'User-agent: *\nDisallow: /realtime/china/story20260228-9100008',
    })
    site.broken.set(path(5), 500)
    const cwd = folderWith()
    const args = ['fetch', '--feed', at('/feed.xml'), '--timeout', '2s', ...REACHED]
    const runs = [await ran([...args, '--dry-run'], cwd), await ran([...args, '--verbose', '--log', 'log.txt'], cwd)]
    for (let hours = 1; hours < 4; hours += 1)
      runs.push(await ran([...args, '--verbose'], cwd, { nowMs: NOW + hours * 4_000_000 }))
    expect(runs.map(({ code }) => code)).toEqual([0, 1, expect.any(Number), expect.any(Number), expect.any(Number)])
    expectChinese(...runs)
    expect(englishIn(readFileSync(join(cwd, 'log.txt'), 'utf8'))).toEqual([])
    const state = await ran(['status', '--max-age', '1h'], cwd)
    expect(englishIn(state.out + state.err)).toEqual([])
    // A Chinese character takes two columns: what there is to say begins at the eleventh.
    expect(state.out).toMatch(/^归档 {6}\.\/archive\n上次运行 {2}fetch，/)
    const again = await ran(
      ['backfill', '--verbose', '--on-change', 'keep', ...REACHED, ...stories.map(({ url }) => url)],
      cwd,
    )
    expectChinese(again)
    const changed = stories.map((one) => ({
      ...one,
      title: `${one.title}（更新）`,
      bodyHtml: '<p>船停了。</p><p>明天再开。</p>',
    }))
    publish(changed)
    expectChinese(await ran([...args, '--verbose', '--recheck', '7d'], cwd, { nowMs: NOW + 30_000_000 }))
  })

  test.each<[string, Record<string, string>, number | null]>([
    ['a page', { '/feed.xml': '<!doctype html><html><body><p>你好</p></body></html>' }, null],
    ['plain text', { '/feed.xml': 'hello' }, null],
    ['nothing', { '/feed.xml': '' }, null],
    ['a sitemap', { '/feed.xml': '<urlset></urlset>' }, null],
    ['JSON', { '/feed.xml': '{"a":1}' }, null],
    ['a list of feeds', { '/feed.xml': '<opml></opml>' }, null],
    ['a feed without items', { '/feed.xml': rsshubFeed([]) }, null],
    ['a challenge', { '/feed.xml': '<html><head><title>Just a moment...</title></head><body></body></html>' }, null],
    ['a feed that is cut', { '/feed.xml': '<rss version="2.0"><channel><item><title>甲</title>' }, null],
    ['maintenance', { '/feed.xml': '<html><head><title>网站维护</title></head><body></body></html>' }, null],
    ['a status', {}, 404],
    ['a feed that is gone', {}, 410],
    ['a pause', {}, 429],
    ['a fault', {}, 502],
  ])('the source is %s', async (_, pages, status) => {
    publish([story(1)], pages)
    if (status !== null) site.broken.set('/feed.xml', status)
    const cwd = folderWith()
    const args = ['fetch', '--feed', at('/feed.xml'), ...REACHED]
    const runs = [
      await ran(args, cwd),
      await ran(args, cwd, { nowMs: NOW + 1000 }),
      await ran([...args, '--quiet'], cwd, { nowMs: NOW + 90_000_000 }),
    ]
    const status1 = await ran(['status'], cwd)
    expectChinese(...runs, { ...status1, err: status1.out })
    expect(runs[0]!.code).toBeGreaterThan(0)
    publish([story(1)])
    expectChinese(await ran([...args, '--quiet'], cwd, { nowMs: NOW + 200_000_000 }))
    expectChinese(await ran(['items', at('/feed.xml'), '--allow-private'], cwd))
  })

  test.each([
    ['nobody listens', 'http://127.0.0.1:1/feed.xml', {}],
    ['the name is private', 'http://intern.local/feed.xml', {}],
    ['the proxy does not answer', 'https://www.example.org/feed.xml', { HTTPS_PROXY: 'http://127.0.0.1:1' }],
    ['the SOCKS proxy does not answer', 'https://www.example.org/feed.xml', { ALL_PROXY: 'socks5://127.0.0.1:1' }],
    ['the proxy is none', 'https://www.example.org/feed.xml', { HTTPS_PROXY: 'ftp://127.0.0.1:1' }],
    ['the proxy has no host', 'https://www.example.org/feed.xml', { HTTPS_PROXY: 'http://' }],
  ])('%s', async (_, url, env) => {
    const { code, err } = await ran(
      [
        'fetch',
        '--feed',
        url,
        '--timeout',
        '3s',
        '--rate',
        '1000/s',
        ...(url.includes('127') ? ['--allow-private'] : []),
      ],
      folderWith(),
      { env },
    )
    expect(code).toBeGreaterThan(0)
    expect(englishIn(err)).toEqual([])
  })

  test('an archive is checked, mended, read and taken in', async () => {
    const [one, two, three, four, five, six] = [1, 2, 3, 4, 5, 6].map((number) => madeStory(number)) as [
      Made,
      Made,
      Made,
      Made,
      Made,
      Made,
    ]
    const files = {
      [one.path]: one.text.replaceAll('\n', '\r\n'),
      [two.path]: two.text.replace(/title: "(.*)"/, 'title: "甲"乙"丙"'),
      [three.path]: three.text.replace(/date: .*/, 'date: 2020-01-01T00:00:00.000Z').replace(/<!--.*-->/, '<!--NaN-->'),
      [four.path]: four.text.trimEnd(),
      [five.path]: `${five.text}<<<<<<< HEAD\n\0`,
      [six.path]: 'text\n',
      [six.path.replace(six.id, '77')]: six.text,
      [one.path.replace(one.id, '1219999')]: '---\nlayout: [\n---\n',
      [`${one.day}/2021-11-11-1212345-x.md`]: '',
      [`${one.day}/${one.day}-1212346-y.md`]: two.text.replace(/^author.*\n/m, ''),
      [`${one.day}/.zaobao-0123456789ab-1.tmp`]: 'x',
      [`${two.day}/${two.day}-1212999-z.md`]: madeStory(999, { day: two.day, markdown: '![甲](pictures/a.jpg)' }).text,
      [`${two.day}/odd.md`]: 'x',
    }
    const cwd = folderWith(Object.fromEntries(Object.entries(files).map(([path, text]) => [`archive/${path}`, text])))
    const checked = await ran(['verify'], cwd)
    expect(checked.err.trim().split('\n').length).toBeGreaterThan(12)
    expect(checked.code).toBe(1)
    const data = (await ran(['verify', '--json'], cwd)).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { detail: string })
    expect(data.filter(({ detail }) => /[，；：“”]/.test(detail))).toEqual([])
    const exported = await ran(['export'], cwd)
    const taken = await ran(
      ['import', '../' + cwd.split('/').at(-1) + '/archive', '--archive', 'other', '--dry-run'],
      cwd,
    )
    const fixed = await ran(['verify', '--fix'], cwd)
    const after = await ran(['verify'], cwd)
    const imported = await ran(['import', 'archive', '--archive', 'other'], cwd)
    const self = await ran(['import', 'archive'], cwd)
    expectChinese(checked, exported, taken, fixed, after, imported, self)
    writeFileSync(join(cwd, 'archive', one.path), '')
    writeFileSync(join(cwd, 'archive/.zaobao/layout'), '9')
    expectChinese(await ran(['fetch'], cwd), await ran(['status'], cwd))
  })

  test.each([
    ['convert page.html --url https://www.zaobao.com.sg/realtime/china/story20260228-9100001 --verbose --check'],
    ['convert page.html --url https://www.zaobao.com.sg/realtime/china/story20260228-9100001 --from json'],
    [
      'convert page.html --url https://www.zaobao.com.sg/realtime/china/story20260228-9100001 --from json --format json',
    ],
    ['convert records.json --from json'],
    ['convert list.html --url https://www.zaobao.com.sg/realtime/china/story20260228-9100001'],
    ['convert other.html --url https://www.zaobao.com.sg/realtime/china/story20260228-9100001 --verbose'],
    ['items page.html'],
    ['items empty.xml'],
    ['backfill --file names.txt --dry-run'],
  ])('%s', async (line) => {
    const cwd = folderWith({
      'page.html': PAGES.reactB2(story(1)),
      'other.html': `<html><head><title>第1号消息</title><link rel=canonical href="https://www.zaobao.com.sg/realtime/china/story20260228-9100001"></head><body><main><h1>第1号消息</h1>${'<p>渡口今天复航，首班船坐满了人，船公司说票价不变。</p>'.repeat(9)}</main>`,
      'list.html': '<html><head><title>首页</title><link rel=canonical href="/"></head><body></body></html>',
      'records.json': '{"a":1}\n{"b":2}\n',
      'empty.xml': '<rss version="2.0"><channel></channel></rss>',
      'names.txt': 'abc\nhttps://www.zaobao.com.sg/realtime/china\n20260231-1\n123\n',
    })
    expectChinese(await ran(line.split(' '), cwd))
  })

  test('a schedule is made, and the files say the same in Chinese', async () => {
    for (const schedule of ['crontab', 'systemd', 'github']) {
      const cwd = folderWith()
      const runs = [
        await ran(['init', '--schedule', schedule], cwd),
        await ran(['init', '--schedule', schedule], cwd),
        await ran(['init'], cwd),
      ]
      expect(
        englishIn(
          runs
            .map(({ err }) => err.replaceAll(/npm install.*?，|systemctl .*|loginctl enable-linger|npm pack .*/g, ''))
            .join(''),
        ),
      ).toEqual([])
      const config = readFileSync(join(cwd, 'zaobao.config.jsonc'), 'utf8')
      expect(config).toMatch(/^ {2}"lang": "zh",$/m)
      const comments = config.match(/^ *\/\/ (?!").*/gm) ?? []
      expect(comments.length).toBeGreaterThan(25)
      expect(englishIn(comments.map((line) => line.replaceAll('//', '')).join('\n'))).toEqual([])
    }
  })

  test('the demo shows the whole job', async () => {
    const cwd = folderWith()
    const demo = await ran(['demo', '--archive', 'archive'], cwd)
    expect(demo.code).toBe(0)
    const verified = await ran(['verify'], cwd)
    expectChinese(demo, verified)
    expect(verified.err).toBe('verify: 6 篇新闻，没有问题\n')
  })
})
