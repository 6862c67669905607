import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ExportOptions, exportStories } from '../../src/commands/export.ts'
import { makeDocument, renderDocument } from '../../src/core/document/render.ts'
import type { StoryRecord } from '../../src/core/model.ts'
import { UsageError } from '../../src/errors.ts'
import { parseFeed } from '../../src/index.ts'
import { filesIn } from '../publish/support/book.ts'
import { OF_PAPER } from '../support/content.ts'
import { keptAt, pngOf } from '../support/pictures.ts'
import { call } from '../support/program.ts'
import { hasTool } from '../support/tools.ts'
import { madeStory } from './support/documents.ts'
import { freshFolder } from './support/folder.ts'
import { objects, watchedIo } from './support/io.ts'

const BIN = fileURLToPath(new URL('../../bin/zaobao-archiver.js', import.meta.url))
const [whole, damaged] = [pngOf(1), pngOf(2)]

/** A story of another address, of the day in it. */
function storyAt(url: string, id: string, title: string, time = '09:00:00.000Z'): { path: string; text: string } {
  const day = '2021-11-12'
  const body = { markdown: `${title}的正文。` }
  const document = makeDocument({ title, url, published: `${day}T${time}`, day, ...OF_PAPER, body })
  return { path: `${day}/${day}-${id}-${title}.md`, text: renderDocument(document) }
}

const shows = (bytes: Buffer): string => `![桥](../${keptAt(bytes)} "https://a.example/p.png")\n\n桥\n\n文。`
const STORIES = [
  madeStory(1, { markdown: `${shows(whole)}\n\n${shows(damaged)}` }),
  madeStory(2),
  madeStory(6),
  storyAt('https://www.zaobao.com.sg/news/sea/story20211112-77', '77', '海峡'),
  storyAt('https://www.dw.com/zh/a-55', 'dw.55', '河港', '10:00:00.000Z'),
]

let root = ''
beforeAll(async () => {
  root = await freshFolder()
  const put = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const { path, text } of STORIES) put(path, text)
  put(keptAt(whole), whole)
  put(keptAt(damaged), 'no picture')
})

let home = ''
beforeEach(async () => void (home = await freshFolder()))

interface Exported {
  code: number
  out: Buffer
  words: string
}

async function exported(over: Partial<ExportOptions> = {}, what: string[] = [], more: object = {}): Promise<Exported> {
  const parts: Buffer[] = []
  const io = { ...watchedIo(), cwd: home, words: '', ...more }
  io.stdout = async (data) => void parts.push(Buffer.from(data))
  io.stderr = (text) => void (io.words += text)
  const code = await exportStories(what, { archive: root, since: null, until: null, revisions: false, ...over }, io)
  return { code, out: Buffer.concat(parts), words: io.words }
}

const titlesOf = async (over: Partial<ExportOptions>, what: string[] = []): Promise<(string | null)[]> =>
  (await parseFeed(String((await exported({ format: 'atom', ...over }, what)).out))).map(({ title }) => title)

describe('export --section', () => {
  test.each<[string, string[], string[]]>([
    ['a section', ['china'], ['海湾大桥第1段合龙', '海湾大桥第2段合龙', '海湾大桥第6段合龙']],
    ['two of them', ['sea', 'china'], ['海峡', '海湾大桥第1段合龙', '海湾大桥第2段合龙', '海湾大桥第6段合龙']],
    ['a list', ['https://www.zaobao.com.sg/news/sea'], ['海峡']],
    ['a paper', ['dw:all'], ['河港']],
    ['the first paper', ['all'], ['海峡', '海湾大桥第1段合龙', '海湾大桥第2段合龙', '海湾大桥第6段合龙']],
    ['a section of another paper', ['rfi:news'], []],
  ])('of %s', async (_, section, titles) => {
    const { out } = await exported({ section })
    expect(new Set(objects<StoryRecord>(String(out)).map(({ title }) => title))).toEqual(new Set(titles))
  })

  test('a name that is none is refused', async () => {
    await expect(exported({ section: ['chnia'] })).rejects.toThrow(/section "chnia" is not known/)
  })
})

describe('export --format', () => {
  test.each(['atom', 'json-feed'] as const)('%s: the newest first, of a span, days, a section', async (format) => {
    expect(await titlesOf({ format })).toEqual([
      '河港',
      '海峡',
      '海湾大桥第6段合龙',
      '海湾大桥第2段合龙',
      '海湾大桥第1段合龙',
    ])
    expect(await titlesOf({ format, since: '2021-11-12', section: ['china'] })).toEqual([
      '海湾大桥第6段合龙',
      '海湾大桥第2段合龙',
    ])
    expect(await titlesOf({ format }, ['2021-11-11'])).toEqual(['海湾大桥第1段合龙'])
    expect(await titlesOf({ format, until: '2020' })).toEqual([])
  })

  test('a feed of the last days is the same feed tomorrow, and named by its address where that is known', async () => {
    const idOf = async (over: Partial<ExportOptions>, nowMs = 0): Promise<string | undefined> => {
      const { out } = await exported({ format: 'atom', ...over }, [], { now: () => nowMs })
      return /<id>([^<]*)<\/id>/.exec(String(out))?.[1]
    }
    const today = await idOf({ since: '7d' })
    expect(today).toMatch(/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(await idOf({ since: '7d' }, 9e8)).toBe(today)
    expect(await idOf({ since: '7d', section: ['china'] })).not.toBe(today)
    const self = 'https://reader.example/a.atom'
    expect(await idOf({ self })).toBe(self)
  })

  test.runIf(hasTool('python3', 'books by another reader'))(
    'epub: a book, with the pictures that are whole',
    async () => {
      const { out } = await exported({ format: 'epub', section: ['china'], since: '2021-11' })
      const names = filesIn(out).map(({ name }) => name)
      expect(names.filter((name) => name.startsWith('EPUB/story-'))).toHaveLength(3)
      expect(names.filter((name) => name.startsWith('EPUB/media/'))).toEqual([`EPUB/${keptAt(whole)}`])
      const idOf = async (over: Partial<ExportOptions>): Promise<string | undefined> =>
        /urn:uuid:[\w-]+/.exec(
          filesIn((await exported({ format: 'epub', ...over })).out).find(({ name }) => name.endsWith('.opf'))!.content,
        )?.[0]
      expect(await idOf({ since: '2021-11' })).toBe(await idOf({ since: '2021-11-01' }))
      expect(await idOf({ since: '2021-11' })).not.toBe(await idOf({ since: '2021-11-02' }))
    },
  )

  test.each<[string, Partial<ExportOptions>, object, RegExp]>([
    ['a book to a terminal', { format: 'epub' }, { outputColumns: () => 80 }, /write --output FILE/],
    ['former texts in a feed', { format: 'atom', revisions: true }, {}, /not with --format atom/],
    ['the address of what is no feed', { self: 'https://a.example/' }, {}, /--self goes with/],
    ['an address that is none', { format: 'atom', self: 'a.atom' }, {}, /"a\.atom" is no address/],
  ])('refuses %s', async (_, over, more, said) => {
    const refused = exported(over, [], more)
    await expect(refused).rejects.toThrow(UsageError)
    await expect(refused).rejects.toThrow(said)
  })

  test('a file that cannot be read is named, and left out', async () => {
    const archive = await freshFolder()
    mkdirSync(join(archive, '2021-11-12'))
    writeFileSync(join(archive, '2021-11-12/2021-11-12-1-甲.md'), 'no document')
    writeFileSync(join(archive, '2021-11-12/2021-11-12-77-海峡.md'), STORIES[3]!.text)
    for (const format of ['ndjson', 'atom', 'json-feed', 'epub'] as const) {
      const { code, words, out } = await exported({ archive, format })
      expect(code).toBe(1)
      expect(words).toMatch(/^[^\n]*2021-11-12-1-甲\.md: [^\n]*\n$/)
      expect(out.length).toBeGreaterThan(0)
    }
  })
})

describe('export --output', () => {
  test.each(['ndjson', 'atom', 'json-feed', 'epub'] as const)('%s: the same as to standard output', async (format) => {
    const { out } = await exported({ format })
    const ended = await exported({ format, output: 'all' })
    expect({ ...ended, out: String(ended.out) }).toEqual({ code: 0, out: '', words: '' })
    expect(readFileSync(join(home, 'all'))).toEqual(out)
    expect(readdirSync(home)).toEqual(['all'])
  })

  test('what stood there stays until the new one is whole, also behind a link', async () => {
    mkdirSync(join(home, 'a'))
    writeFileSync(join(home, 'a/real'), 'former', { mode: 0o640 })
    symlinkSync('a/real', join(home, 'link'))
    const stop = new AbortController()
    stop.abort(new Error('stopped'))
    await expect(exported({ output: 'link' }, [], { signal: stop.signal })).rejects.toThrow('stopped')
    expect(readFileSync(join(home, 'link'), 'utf8')).toBe('former')
    await exported({ output: 'link' })
    expect(lstatSync(join(home, 'link')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(home, 'a/real'), 'utf8')).toMatch(/^\{"id":/)
    expect(lstatSync(join(home, 'a/real')).mode & 0o777).toBe(0o640)
    expect(readdirSync(join(home, 'a'))).toEqual(['real'])
  })

  test('a device is written into', async () => {
    expect((await exported({ output: '/dev/null' })).code).toBe(0)
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  test.each([
    ['a folder', '.', () => `${home}: it is a folder; name a file in it`],
    [
      'a folder that is not there',
      'none/all',
      () => `${join(home, 'none/all')}: the folder ${join(home, 'none')} is not there`,
    ],
  ])('refuses %s', async (_, output, words) => {
    await expect(exported({ output })).rejects.toThrow(new UsageError(words()))
    expect(readdirSync(home)).toEqual([])
  })

  test('- is standard output', async () => {
    const { out } = await exported()
    expect(String((await exported({ output: '-' })).out)).toBe(String(out))
    expect(readdirSync(home)).toEqual([])
    const toTerminal = exported({ format: 'epub', output: '-' }, [], { outputColumns: () => 80 })
    await expect(toTerminal).rejects.toThrow(/write --output FILE/)
  })

  test.each([
    ['book.EPUB', /^PK/],
    ['a.atom', /^<\?xml/],
    ['a.txt', /^\{"id"/],
  ])('the ending says the form where --format does not: %s', async (output, begins) => {
    await exported({ output })
    expect(readFileSync(join(home, output), 'latin1')).toMatch(begins)
  })

  test('--format says it where the ending does not, and is refused where the ending says another', async () => {
    await exported({ output: 'a.json', format: 'json-feed' })
    expect(readFileSync(join(home, 'a.json'), 'utf8')).toMatch(/^\{"version"/)
    for (const output of ['book.EPUB', 'a.atom', 'a.ndjson'])
      await expect(exported({ output, format: 'json-feed' })).rejects.toThrow(
        `--output ${output} says ${output.split('.')[1]?.toLowerCase()}, --format json-feed: leave --format out, or end the name otherwise`,
      )
    expect((await exported({ output: 'a.ATOM', format: 'atom' })).code).toBe(0)
    expect(readdirSync(home)).toEqual(['a.ATOM', 'a.json'])
  })

  test('no stories: that is said, and a feed or book of now is written all the same', async () => {
    const none = { until: '2020' }
    const now = { now: () => Date.UTC(2026, 2, 12) }
    expect((await exported(none)).words).toBe('export: 0 stories\n')
    expect(await exported({ ...none, quiet: true })).toMatchObject({ code: 0, words: '' })
    const { code, words, out } = await exported({ ...none, format: 'atom' }, [], now)
    expect([code, words]).toEqual([0, 'export: 0 stories\n'])
    expect(String(out)).toContain('<updated>2026-03-12T00:00:00.000Z</updated>')
    const book = filesIn((await exported({ ...none, format: 'epub' }, [], now)).out)
    expect(book.find(({ name }) => name.endsWith('.opf'))?.content).toContain('2026-03-12T00:00:00Z')
  })
})

test('the program as it is published leads a book into a pipe', () => {
  const args = [BIN, '--archive', root, 'export', '--format', 'epub', '2021-11-11']
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: home, maxBuffer: 1e8 })
  expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: '' })
  expect(stdout.subarray(0, 58).toString('latin1')).toMatch(/^PK[^]*mimetypeapplication\/epub\+zip$/)
  expect(stdout.subarray(-22, -18).toString('latin1')).toBe('PK\u0005\u0006')
})

test('the command line says the same', async () => {
  const args = [
    '--archive',
    root,
    'export',
    '--section',
    'sea',
    '--section',
    'dw:all',
    '--format',
    'json-feed',
    '--output',
    'a',
  ]
  expect(await call(args, { cwd: home })).toEqual({ code: 0, stdout: '', stderr: '' })
  expect((await parseFeed(readFileSync(join(home, 'a')))).map(({ title }) => title)).toEqual(['河港', '海峡'])
  expect(await call(['export', '--format', 'pdf'], { cwd: home })).toMatchObject({ code: 2, stdout: '' })
  expect(existsSync(join(home, 'archive'))).toBe(false)
})
