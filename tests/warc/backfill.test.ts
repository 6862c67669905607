import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { treeOf } from '../archive/support/folder.ts'
import { type RecordedExchange, exchangeRecords } from '../../src/core/warc/exchange.ts'
import { headBytes, recordBytes, sha1 } from '../../src/core/warc/record.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page } from '../support/pages.ts'
import { call, folder, program, storiesIn } from '../support/program.ts'
import { rsshubFeed } from '../support/site.ts'
import { hasTool } from '../support/tools.ts'
import { type CodedSite, serveCoded, warcsIn } from '../support/warc.ts'

const NOW = Date.UTC(2021, 10, 15, 1, 2, 3, 45)
const HOUR_MS = 3_600_000

let home = folder()
afterEach(() => {
  home.remove()
  home = folder()
})

const archive = () => join(home.path, 'archive')
const backfill = (...args: string[]) => call(['backfill', ...args], { cwd: home.path })
const texts = () => [...storiesIn(archive()).values()]

describe('an archive is made again from what was kept', () => {
  let site: CodedSite
  beforeAll(async () => void (site = await serveCoded(40)))
  afterAll(() => site.server.close())

  test('byte for byte, of all layouts and codings, without a request', async () => {
    const captures = join(home.path, 'captures')
    const kept = await fetchAt(NOW, { site, home }, { warc: captures })
    expect(kept).toMatchObject({ code: 0, err: 'fetch: 40 written\n' })
    const before = await treeOf(archive())
    rmSync(archive(), { recursive: true })
    const asked = site.server.requests.length
    const done = await backfill('--warc', ...warcsIn(captures), '--json')
    expect({ code: done.code, stderr: done.stderr }).toEqual({ code: 0, stderr: 'backfill: 40 written\n' })
    expect(await treeOf(archive())).toEqual(before)
    expect(site.server.requests).toHaveLength(asked)
    const fetched = done.stdout.match(/"fetched":"[^"]*"/g)
    expect(new Set(fetched)).toEqual(new Set(['"fetched":"2021-11-15T01:02:03.045Z"']))
    expect(await backfill('--warc', ...warcsIn(captures))).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test.runIf(hasTool('wget', 'captures of wget'))(
    'what wget captured, compressed and not, standard input too',
    async () => {
      const urls = site.stories.slice(0, 10).map(({ url }) => url)
      const wget = (...args: string[]) =>
        promisify(execFile)('wget', ['--quiet', '--delete-after', '--no-warc-keep-log', ...args, ...urls], {
          cwd: home.path,
        })
      await wget('--warc-file=packed', '--warc-cdx')
      await wget('--warc-file=plain', '--no-warc-compression')
      const trees: Record<string, string>[] = []
      for (const [name, input] of [['packed.warc.gz'], ['plain.warc'], ['-', 'packed.warc.gz']] as const) {
        const whole = ['backfill', '--warc', name, '--archive', archive()]
        // Standard input is bytes: of the program as it is published.
        const shell = input ?? ''
        const done =
          shell === ''
            ? await call(whole, { cwd: home.path })
            : await program(whole, {
                cwd: home.path,
                env: { TMPDIR: home.path },
                input: readFileSync(join(home.path, shell)),
              })
        expect(done).toMatchObject({ code: 0, stderr: 'backfill: 10 written\n' })
        trees.push(await treeOf(archive()))
        rmSync(archive(), { recursive: true })
      }
      expect(readdirSync(home.path).filter((one) => one.startsWith('captures-'))).toEqual([])
      expect(trees[1]).toEqual(trees[0])
      expect(trees[2]).toEqual(trees[0])
    },
  )
})

const SG = 'https://www.zaobao.com.sg/realtime/china/story20211110-9000001'
const paragraphs = (words: string) =>
  `<p>${words}昨天复航，首班船坐满了人。</p><p>${words}的船公司说票价不变，班次照旧。</p><p>${words}的码头已经修好。</p>`

function storyOf(url = SG, words = '渡口轮渡') {
  return { title: '青石镇渡口复航', url, published: '2021-11-10T01:37:00.000Z', bodyHtml: paragraphs(words) }
}

function capture(url: string, more: Partial<RecordedExchange> = {}): RecordedExchange {
  const body = Buffer.from(drupal8Page(storyOf(url)))
  const headers = [['Content-Type', 'text/html; charset=utf-8']] as const
  return { url: new URL(url), at: NOW, asked: [], status: 200, reason: 'OK', headers, body, cut: null, ...more }
}

const page = (words: string, url = SG) => ({ body: Buffer.from(drupal8Page(storyOf(url, words))) })
const redirect = (to: string) => ({
  status: 302,
  reason: 'Found',
  headers: [['Location', to]] as const,
  body: Buffer.alloc(0),
})

let ids = 0
function write(name: string, ...parts: (RecordedExchange | Buffer)[]): string {
  const records = parts.flatMap((one) => ('url' in one ? exchangeRecords(one, () => String((ids += 1))) : [one]))
  writeFileSync(join(home.path, name), Buffer.concat(records.map((record) => gzipSync(record))))
  return name
}

describe('of several captures of one story', () => {
  test('the newest is the text, those before it are former texts, whatever their order in the files', async () => {
    const b = write('b.warc.gz', capture(SG, { at: NOW + 2 * HOUR_MS, ...page('三读') }), capture(SG, page('初读')))
    const a = write('a.warc.gz', capture(SG, { at: NOW + HOUR_MS, ...page('二读') }))
    expect(await backfill('--warc', b, '--warc', a)).toMatchObject({
      code: 0,
      stderr: 'backfill: 1 written, 2 revised\n',
    })
    expect(texts()).toEqual([expect.stringContaining('三读')])
    const former = Object.values(await treeOf(archive())).filter((text) => /初读|二读/.test(text))
    expect(former).toHaveLength(2)
    // What was read later than a capture stays.
    expect(await backfill('--warc', a)).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(texts()).toEqual([expect.stringContaining('三读')])
  })

  test('redirects name it: the address that was captured first stands in the file', async () => {
    const first = 'https://www.zaobao.com/realtime/china/story20211110-9000001'
    const name = write('a.warc.gz', capture(SG, { at: NOW + 5 }), capture(first, { at: NOW, ...redirect(SG) }))
    expect(await backfill('--warc', name)).toMatchObject({ code: 0, stderr: 'backfill: 1 written\n' })
    expect(texts()[0]).toContain(`\nfrom: ${first}\n`)
  })

  test('a revisit stands for the answer that it repeats, under whichever address', async () => {
    const other = SG.replace('9000001', '9000002')
    const body = drupal8Page(storyOf(other))
    const head = headBytes('HTTP/1.1 200 OK', [['Content-Type', 'text/html; charset=utf-8']])
    const revisit = recordBytes(
      [
        ['WARC-Type', 'revisit'],
        ['WARC-Record-ID', '<urn:uuid:1>'],
        ['WARC-Date', '2021-11-16T00:00:00Z'],
        ['WARC-Target-URI', `<${other}>`],
        ['WARC-Profile', 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest'],
        ['WARC-Payload-Digest', sha1(Buffer.from(body))],
      ],
      head,
    )
    const kept = capture(other.replace('.com.sg', '.com'), { body: Buffer.from(body) })
    expect(await backfill('--warc', write('a.warc.gz', kept, revisit))).toMatchObject({ code: 0 })
    expect(texts()).toHaveLength(1)
    const journal = readFileSync(join(archive(), '.zaobao/journal/2021-11-10.ndjson'), 'utf8')
    const noted = journal
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { fetched: string }).fetched)
    expect(noted).toEqual([NOW, Date.parse('2021-11-16')].map((ms) => new Date(ms).toISOString()))
  })
})

describe('what is taken of the captures', () => {
  const others = [1, 2, 3].map((n) => SG.replace('20211110-9000001', `2021111${n}-900001${n}`))
  const all = () =>
    write('a.warc.gz', ...others.map((url) => capture(url)), capture('https://www.example.org/a-page-of-another-site'))

  test.each([
    [['https://www.zaobao.com/news/china/story20211112-9000012'], ['2021-11-12']],
    [['9000013'], ['2021-11-13']],
    [['--from', '2021-11-12', '--to', '2021-11-12'], ['2021-11-12']],
    [[], ['2021-11-11', '2021-11-12', '2021-11-13']],
  ])('%j: the stories of %j', async (args, days) => {
    expect(await backfill('--warc', all(), ...args)).toMatchObject({ code: 0 })
    expect(readdirSync(archive()).filter((name) => /^\d/.test(name))).toEqual(days)
  })

  test('a page of any paper where its address is given, as many as --limit says, none in a dry run', async () => {
    expect(await backfill('--warc', all(), 'https://www.example.org/a-page-of-another-site')).toMatchObject({ code: 0 })
    expect(texts()).toEqual([expect.stringContaining('from: https://www.example.org/a-page-of-another-site')])
    expect(await backfill('--warc', all(), '--limit', '2')).toMatchObject({ stderr: 'backfill: 2 written\n' })
    expect(await backfill('--warc', all(), '--dry-run')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('1 story would be fetched') as string,
    })
  })

  test('the text of a captured feed stands in for a page that was not, or that is none', async () => {
    const feed = 'https://rsshub.example.org/zaobao/realtime/china'
    const stories = others.map((url) => storyOf(url, '订阅源'))
    const name = write(
      'a.warc.gz',
      capture(feed, { body: Buffer.from(rsshubFeed(stories)), headers: [['Content-Type', 'application/xml']] }),
      capture(others[0]!, { at: NOW + 1 }),
      capture(others[1]!, { at: NOW + 2, status: 500 }),
    )
    const { code, stderr } = await backfill('--warc', name, '--feed', feed)
    expect(code).toBe(1)
    expect(stderr).toContain("no capture of it is at hand; the feed's own text stands in")
    expect(texts().map((text) => text.includes('订阅源'))).toEqual([false, true, true])
  })

  test('a capture that was cut is no page', async () => {
    const name = write('a.warc.gz', capture(SG, { cut: 'length' }))
    expect(await backfill('--warc', name)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('its capture ends before its time') as string,
    })
  })
})

/** Leaves a story as an earlier version, which read less, might have left it; answers where it stands. */
function makeLess(before: Record<string, string>, which: string): string {
  const [path = ''] = Object.keys(before).filter((name) => name.includes(which) && !name.startsWith('.'))
  const journal = join(archive(), '.zaobao/journal/2021-11-10.ndjson')
  const less = (before[path] ?? '').replace(/\n\n[^\n]*码头[^]*$/, '\n')
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  const noted = readFileSync(journal, 'utf8').replaceAll(digest(before[path] ?? ''), digest(less))
  expect(less.length).toBeLessThan(before[path]?.length ?? 0)
  writeFileSync(join(archive(), path), less)
  writeFileSync(journal, noted.replaceAll(/"outline":"[^"]*"/g, '"outline":null'))
  return path
}

test('verify --reextract --warc makes stories again, each from the page of which its text was made', async () => {
  const captures = join(archive(), 'warc')
  const other = SG.replace('9000001', '9000002')
  write('a.warc.gz', capture(SG, page('初读')), capture(SG, { at: NOW + HOUR_MS, ...page('二读') }), capture(other))
  expect(await backfill('--warc', 'a.warc.gz')).toMatchObject({ code: 0 })
  const before = await treeOf(archive())
  const reextract = () => call(['verify', '--reextract', '--warc'], { cwd: home.path })
  expect(await reextract()).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there are no WARC files in ') as string,
  })
  expect(await call(['verify', '--warc', 'a.warc.gz'], { cwd: home.path })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--warc goes with --reextract') as string,
  })
  expect(await call(['verify', '--reextract', '--warc', 'a.warc.gz'], { cwd: home.path })).toMatchObject({ code: 0 })
  mkdirSync(captures)
  renameSync(join(home.path, 'a.warc.gz'), join(captures, 'a.warc.gz'))
  expect(await reextract()).toMatchObject({ code: 0 })
  const { 'warc/a.warc.gz': _, ...after } = await treeOf(archive())
  expect(after).toEqual(before)
  const path = makeLess(before, '9000001')
  expect(await reextract()).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('verify: 0 written, 1 revised') as string,
  })
  expect(readFileSync(join(archive(), path), 'utf8')).toBe(before[path])
})

test.each([
  ['of a paper that is known', 'https://www.zaobao.com.sg/realtime/china/story20211110-9000001', 4_000],
  ['of one that is not, read without a layout', 'https://news.example.org/a/1.html', 300],
])(
  'verify --reextract --warc of pages that were captured within minutes: the last is it, %s',
  async (_, url, afterMs) => {
    const feed = 'https://news.example.org/feed.xml'
    const shown = {
      body: Buffer.from(rsshubFeed([storyOf(url, '')])),
      headers: [['Content-Type', 'application/xml']] as const,
    }
    const pages = ['初读', '二读', '三读'].map((words, n) =>
      capture(url, { at: NOW + n * afterMs, ...page(words, url) }),
    )
    mkdirSync(join(archive(), 'warc'), { recursive: true })
    write('archive/warc/a.warc.gz', capture(feed, { at: NOW - 1, ...shown }), ...pages)
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), JSON.stringify({ sources: [{ feed }] }))
    expect(await backfill('--warc', 'archive/warc/a.warc.gz')).toMatchObject({
      stderr: 'backfill: 1 written, 2 revised\n',
    })
    const before = await treeOf(archive())
    const again = await call(['verify', '--reextract', '--warc'], { cwd: home.path })
    expect(again).toMatchObject({ code: 0, stdout: '', stderr: 'verify: 1 story, nothing wrong\n' })
    expect(await treeOf(archive())).toEqual(before)
  },
)

test('a story that its page names by another address: captures that were read are not read again, its last page is', async () => {
  const feed = 'https://news.example.org/feed.xml'
  const [url, own] = ['https://news.example.org/go/1.html', 'https://news.example.org/a/1.html']
  const shown = {
    body: Buffer.from(rsshubFeed([storyOf(url, '')])),
    headers: [['Content-Type', 'application/xml']] as const,
  }
  const edited = (words: string) => ({
    ...storyOf(own),
    bodyHtml: `${paragraphs('渡口')}<p>${words}的码头挂了新牌子。</p>`,
  })
  const pages = ['初读', '二读'].map((words, n) =>
    capture(url, { at: NOW + n * 300, body: Buffer.from(drupal8Page(edited(words))) }),
  )
  mkdirSync(join(archive(), 'warc'), { recursive: true })
  const name = write('archive/warc/a.warc.gz', capture(feed, { at: NOW - 1, ...shown }), ...pages)
  writeFileSync(join(home.path, 'zaobao.config.jsonc'), JSON.stringify({ sources: [{ feed }] }))
  expect(await backfill('--warc', name)).toMatchObject({ stderr: 'backfill: 1 written, 1 revised\n' })
  const before = await treeOf(archive())
  expect(await backfill('--warc', name)).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await treeOf(archive())).toEqual(before)
  makeLess(before, '2021-11-10')
  const again = await call(['verify', '--reextract', '--warc'], { cwd: home.path })
  expect(again.stderr).toContain('verify: 0 written, 1 revised')
  expect(texts()).toEqual([expect.stringContaining('二读的码头挂了新牌子')])
})

describe('--warc that names no file keeps what goes over the wire', () => {
  test.each([
    [[], 'archive/warc'],
    [['captures'], 'captures'],
  ])('backfill --warc %j', async (args, place) => {
    const site = await serveCoded(1)
    const url = site.stories[0]?.url ?? ''
    const done = await backfill(url, '--allow-private', '--rate', '1000/s', '--warc', ...args)
    expect(done).toMatchObject({ code: 0, stderr: 'backfill: 1 written\n' })
    await site.server.close()
    expect(warcsIn(join(home.path, place))).toHaveLength(1)
  })

  test('none is kept where the command line says so, whatever the configuration does', async () => {
    const site = await serveCoded(2)
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), '{ "warc": true, "media": true }')
    const first = `${site.server.origin}/feed.xml`
    const run = (...args: string[]) =>
      call([...args, '--allow-private', '--rate', '1000/s', '--limit', '1'], { cwd: home.path })
    for (const args of [
      ['backfill', site.stories[0]?.url ?? ''],
      ['fetch', '--feed', first],
    ])
      expect(await run(...args, '--no-warc', '--no-media')).toMatchObject({ code: 0 })
    expect(readdirSync(archive()).toSorted()).not.toContain('warc')
    expect(texts()).toHaveLength(2)
    await run('fetch', '--feed', first)
    expect(readdirSync(archive())).toContain('warc')
    await site.server.close()
  })

  test.each([
    ['fetch', 'china'],
    ['fetch', 'all'],
    ['fetch', 'http://127.0.0.1:1/list'],
    ['backfill', SG],
    ['backfill', '20211110-9000001'],
  ])('%s --warc %s: what may stand behind it is not taken for a folder', async (command, name) => {
    expect(await call([command, '--warc', '--archive', 'archive', name], { cwd: home.path })).toEqual({
      code: 2,
      stdout: '',
      stderr: `zaobao-archiver: --warc ${name} names a folder; sections and addresses stand before it: ${command} ${name} --warc\n`,
    })
    expect(readdirSync(home.path)).toEqual([])
  })

  test('a folder of captures alone is no wish: the line says how files are named', async () => {
    mkdirSync(join(home.path, 'folder'))
    expect(await backfill('--warc', 'folder')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('WARC files (--warc FILE)') as string,
    })
    expect((await backfill('--warc', 'folder')).stderr).toContain('are named: --warc folder/*.warc.gz\n')
  })
})

describe('captures that tell of nothing that is asked for', () => {
  test('they are of other days', async () => {
    const name = write('a.warc.gz', capture(SG))
    const done = await backfill('--warc', name, '--from', '2021-11-11', '--to', '2021-11-12')
    expect(done).toEqual({
      code: 0,
      stdout: '',
      stderr:
        'the captures tell of no story of these days; where an address names no day, it is that of its first capture\n',
    })
  })

  const LINE =
    "the captures tell of no story that is asked for; of a paper that is not known, its feed or its stories' addresses are named\n"
  test.each([
    [[], 0, LINE],
    [['--quiet'], 0, ''],
    [['--dry-run'], 0, LINE],
    [[SG], 0, LINE],
  ])('backfill --warc other.warc.gz %j says so', async (args, code, stderr) => {
    const other = write('other.warc.gz', capture('https://news.example.org/1.html'))
    expect(await backfill('--warc', other, ...args)).toEqual({ code, stdout: '', stderr })
  })
})

/** Writes a zip file of the files beside it. `how`: Python that sets each entry up, `info`, and the whole file, `z`. */
function zip(name: string, how: string, ...files: string[]): void {
  const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    for file in ['datapackage.json', *sys.argv[2:]]:
        info = zipfile.ZipInfo('archive/' + file if 'warc' in file else file)
        large = False
        exec(${JSON.stringify(how)})
        with z.open(info, 'w', force_zip64=large) as out:
            out.write(open(file, 'rb').read() if 'warc' in file else b'{}')
`
  execFileSync('python3', ['-c', script, name, ...files], { cwd: home.path })
}

/** Leaves the numbers of a large zip file to the record that is made for them. */
function asLarge(name: string): void {
  const bytes = readFileSync(join(home.path, name))
  const end = bytes.lastIndexOf('PK\u0005\u0006')
  writeFileSync(join(home.path, name), bytes.fill(0xff, end + 8, end + 20))
}

describe('a WACZ', () => {
  const two = () => [
    write('data-1.warc.gz', capture(SG), capture(SG.replace('9000001', '9000002'))),
    write('data-2.warc.gz', capture(SG.replace('9000001', '9000003'))),
  ]

  test.each([
    ['as others write it', ''],
    ['with comments and fields', "info.comment = b'PK'; info.extra = b'\\x09\\x99\\x02\\x00ab'; z.comment = b'words'"],
    ['as a large file', 'zipfile.ZIP64_LIMIT = 100; large = True'],
    ['that is compressed itself', 'info.compress_type = zipfile.ZIP_DEFLATED'],
  ])('%s is read as what is in it', async (_, how) => {
    const files = two()
    await backfill('--warc', ...files)
    const before = await treeOf(archive())
    rmSync(archive(), { recursive: true })
    zip('a.wacz', how, ...files)
    if (how.includes('large')) asLarge('a.wacz')
    for (const file of files) rmSync(join(home.path, file))
    expect(await backfill('--warc', 'a.wacz')).toMatchObject({ code: 0, stderr: 'backfill: 3 written\n' })
    expect(await treeOf(archive())).toEqual(before)
  })

  test('of which a part is damaged costs that part, and one that is cut is refused', async () => {
    for (const how of ['', 'info.compress_type = zipfile.ZIP_DEFLATED']) {
      zip('a.wacz', how, ...two())
      const bytes = readFileSync(join(home.path, 'a.wacz'))
      bytes.fill(7, 900, 1000)
      writeFileSync(join(home.path, 'b.wacz'), bytes)
      const damaged = expect.stringMatching(/b\.wacz: at byte \d+: its compressed bytes are damaged\n/) as string
      expect(await backfill('--warc', 'b.wacz')).toMatchObject({ code: 1, stderr: damaged })
      expect(texts().length).toBeGreaterThan(0)
      rmSync(archive(), { recursive: true })
      writeFileSync(join(home.path, 'c.wacz'), bytes.subarray(0, -9))
      expect(await backfill('--warc', 'c.wacz')).toMatchObject({ code: 2, stdout: '' })
    }
  })
})

describe('files that are no WARC, or damaged', () => {
  const arc = 'filedesc://a.arc 0.0.0.0 20211110000000 text/plain 76\n1 0 Archive\n'
  test.each([
    ['a.arc', arc, 'an ARC file'],
    ['a.arc.gz', gzipSync(arc), 'an ARC file'],
    ['a.wacz', Buffer.from('PK\u0003\u0004rest'), 'a zip file in which no WARC file can be found'],
    ['a.warc', '<!DOCTYPE html><html></html>', 'a page, no WARC file'],
    ['a.warc.gz', gzipSync('{}'), 'no WARC file'],
    ['a.warc.zst', Buffer.from('28b52ffd0458', 'hex'), 'compressed otherwise than by gzip; unpack it first'],
    [
      'dictionary.warc.zst',
      Buffer.from('5d2a4d1810000000', 'hex'),
      'compressed otherwise than by gzip; unpack it first',
    ],
    ['a.warc.xz', Buffer.from('fd377a585a00', 'hex'), 'compressed otherwise than by gzip; unpack it first'],
    ['a.warc.bz2', 'BZh91AY&SY', 'compressed otherwise than by gzip; unpack it first'],
  ])('%s is refused by name', async (name, bytes, words) => {
    writeFileSync(join(home.path, name), bytes)
    expect(await backfill('--warc', name)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${name} is ${words}`) as string,
    })
    expect(readdirSync(home.path)).toEqual([name])
  })

  test('what is not there, and a folder beside a file, are wrong usage', async () => {
    mkdirSync(join(home.path, 'folder'))
    const lines = [
      ['--warc', 'none.warc.gz'],
      ['--warc', write('a.warc.gz', capture(SG)), '--warc', 'folder'],
    ]
    for (const args of lines) expect(await backfill(...args)).toMatchObject({ code: 2 })
  })

  test('an empty file, as a run leaves it that dies before its first record, holds nothing; the others are read', async () => {
    writeFileSync(join(home.path, 'a.warc.gz'), '')
    expect(await backfill('--warc', 'a.warc.gz', '--warc', write('b.warc.gz', capture(SG)))).toMatchObject({
      code: 0,
      stderr: 'backfill: 1 written\n',
    })
    expect(await backfill('--warc', 'a.warc.gz')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('the captures tell of no story that is asked for') as string,
    })
  })

  test('a file whose first bytes are damaged is read from its first whole record on', async () => {
    const name = write('a.warc.gz', capture(SG))
    writeFileSync(join(home.path, name), Buffer.concat([Buffer.alloc(300, 7), readFileSync(join(home.path, name))]))
    expect(await backfill('--warc', name)).toMatchObject({
      code: 1,
      stderr: `${name}: at byte 0: no record begins here\nbackfill: 1 written\n`,
    })
  })

  test('a damaged record costs itself, is named with its place, and the run exits 1', async () => {
    const urls = [1, 2, 3].map((n) => SG.replace('9000001', `900002${n}`))
    const [first, second, third] = urls.map((url) =>
      exchangeRecords(capture(url), () => '1').map((record) => gzipSync(record)),
    )
    writeFileSync(join(home.path, 'a.warc.gz'), Buffer.concat([...first!, second![0]!.subarray(0, 300), ...third!]))
    const at = first![0]!.length + first![1]!.length
    expect(await backfill('--warc', 'a.warc.gz')).toMatchObject({
      code: 1,
      stderr: `a.warc.gz: at byte ${at}: its compressed bytes are damaged\nbackfill: 2 written\n`,
    })
  })
})
