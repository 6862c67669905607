import stringWidth from 'string-width'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drawProgress, fit } from '../../src/progress.ts'
import { testIo } from '../support/io.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call, folder } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'
import { hasTool } from '../support/tools.ts'

const BIN = fileURLToPath(new URL('../../bin/zaobao-archiver.js', import.meta.url))
const COLUMNS = 60
const STORIES = 12

let site: Site
let home: ReturnType<typeof folder>

beforeAll(async () => {
  site = await serveSite()
  const stories = Array.from({ length: STORIES }, (_, index): PageStory => {
    const url = `${site.server.origin}/realtime/china/story20211110-${9_000_000 + index}`
    const title = `第${index}号渡轮今天起加开夜间班次居民盼望延长至午夜以后再看需求`
    return { title, url, published: '2021-11-10T07:37:00.000Z', bodyHtml: '<p>第一段，两句。</p><p>第二段。</p>' }
  })
  site.pages.set('/feed.xml', rsshubFeed(stories))
  for (const one of stories) site.pages.set(new URL(one.url).pathname, drupal8Page(one))
})
afterAll(() => site.server.close())
beforeEach(() => void (home = folder()))
afterEach(() => home.remove())

const args = (...more: string[]) => [
  ...['fetch', '--feed', `${site.server.origin}/feed.xml`, '--allow-private', '--rate', '9/s', ...more],
]

/** What a terminal of 60 columns is sent; the program's stderr is the terminal, and its stdout too. */
function onTerminal(words: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const command = `stty cols ${COLUMNS} rows 24; exec "$NODE" "$BIN" ${words.map((word) => `'${word}'`).join(' ')}`
  return new Promise((resolve) => {
    const child = spawn('script', ['-qfec', command, '/dev/null'], {
      cwd: home.path,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], HOME: home.path, TERM: 'xterm', NODE: process.execPath, BIN, ...env },
    })
    const out: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.on('close', () => resolve(Buffer.concat(out).toString('utf8')))
  })
}

/** Two ways to say: back to the start of the line. */
const atStart = (text: string) => text.replaceAll('\u001B[1G', '\r')
const plain = (text: string) => text.replaceAll(/\u001B\[[\d;?]*[A-Za-z]/g, '')
const drawn = (text: string) =>
  atStart(text)
    .split(/[\r\n]/)
    .map(plain)
    .filter((line) => /[█░]/.test(line))

/** What is on the screen at the end: a line that was drawn over is what was written last. */
function screen(sent: string): string[] {
  return atStart(sent)
    .split('\n')
    .map((row) => {
      let line = ''
      for (const part of row.split('\r')) if (part !== '') line = plain(part)
      return line
    })
}

const leftOn = (sent: string) => screen(sent).filter((line) => line !== '')

describe.runIf(hasTool('script', 'progress on a terminal'))('on a terminal', () => {
  test('says it in Chinese, within the columns', async () => {
    const sent = await onTerminal(args(), { LANG: 'zh_CN.UTF-8' })
    const lines = drawn(sent)
    expect(lines.some((line) => /^fetch [█░]{24} \d+\/12 {2}[\d.]+\/秒 {2}剩余 \d+ 秒 {2}第/.test(line))).toBe(true)
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(COLUMNS)
    expect(screen(sent).findLast((line) => line !== '')).toBe('fetch: 写入 12 篇')
  })

  test('draws a bar with rate and time left, within the columns, and takes it away', async () => {
    const sent = await onTerminal(args())
    const lines = drawn(sent)
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) expect(stringWidth(line)).toBeLessThan(COLUMNS)
    expect(lines.some((line) => /^fetch [█░]{24} \d+\/12 {2}[\d.]+\/s {2}\d+s left {2}第/.test(line))).toBe(true)
    expect(sent).toContain('\u001B[36m')
    // The terminal keeps its modes and its cursor.
    expect(sent).not.toMatch(/\u001B(?:7|8|\[\?)/)
    const left = leftOn(sent)
    expect(left.filter((line) => /^archive\/2021-11-10\/.*\.md$/.test(line))).toHaveLength(STORIES)
    expect(left.at(-1)).toBe('fetch: 12 written')
    expect(left).toHaveLength(STORIES + 1)
  })

  test('backfill draws one as well', async () => {
    const urls = Array.from(site.pages.keys()).filter((path) => path.startsWith('/realtime/'))
    const given = urls.map((path) => `${site.server.origin}${path}`)
    const lines = drawn(await onTerminal(['backfill', ...given, '--allow-private', '--rate', '9/s']))
    expect(lines.some((line) => /^backfill [█░]{24} \d+\/12 {2}/.test(line))).toBe(true)
  })

  test('nothing new is said there, in a line', async () => {
    await call(args('--rate', '1000/s'), { cwd: home.path })
    expect(leftOn(await onTerminal(args()))).toEqual(['fetch: nothing new'])
    expect(await onTerminal(args('--quiet'))).toBe('')
    const url = `${site.server.origin}/realtime/china/story20211110-9000000`
    expect(leftOn(await onTerminal(['backfill', url, '--allow-private']))).toEqual(['backfill: nothing new'])
  })

  test('nothing new while stories are queued', async () => {
    const feed = `${site.server.origin}/queued.xml`
    const url = `${site.server.origin}/realtime/china/story20211110-1`
    site.pages.set(
      '/queued.xml',
      rsshubFeed([{ title: '渡轮', url, published: '2021-11-10T07:37:00.000Z', bodyHtml: '' }]),
    )
    const failing = ['fetch', '--feed', feed, '--allow-private', '--rate', '1000/s']
    await call(failing, { cwd: home.path })
    await call(failing, { cwd: home.path })
    expect(await onTerminal(failing)).toBe('fetch: nothing new; 1 story is queued for another try\r\n')
  })

  test('NO_COLOR: the same without colour', async () => {
    const sent = await onTerminal(args(), { NO_COLOR: '1' })
    expect(drawn(sent).length).toBeGreaterThan(3)
    expect(sent).not.toMatch(/\u001B\[\d+m/)
  })

  test.each([
    ['--no-progress', ['--no-progress'], {}],
    ['--quiet', ['--quiet'], {}],
    ['a dumb terminal', [], { TERM: 'dumb' }],
    ['ZAOBAO_PROGRESS=false', [], { ZAOBAO_PROGRESS: 'false' }],
  ])('%s: no bar', async (_, more, env) => {
    const sent = await onTerminal(args('--limit', '10', ...more), env)
    expect(drawn(sent)).toEqual([])
    expect(sent).not.toContain('\u001B')
  })
})

test('nothing is drawn where stderr is no terminal', async () => {
  const { code, stderr } = await call(args(), { cwd: home.path })
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'fetch: 12 written\n' })
})

test('nothing to do is no bar', () => {
  let nowMs = 0
  const io = { ...testIo('/'), now: () => nowMs }
  const drawing = drawProgress(io)
  nowMs = 5000
  drawing.io.progress({ what: 'fetch', done: 0, total: 0, label: '' })
  drawing.stop()
  expect(io.err).toEqual([])
})

test.each([20, 30])('a terminal of %d columns has less of a bar, and all of the figures', (columns) => {
  let nowMs = 0
  const io = { ...testIo('/'), now: () => nowMs, columns: () => columns }
  const drawing = drawProgress(io)
  nowMs = 5000
  drawing.io.progress({ what: 'fetch', done: 12, total: 288, label: '渡口重开' })
  drawing.stop()
  const [line = ''] = drawn(io.err.join(''))
  expect(line).toContain(' 12/288')
  expect(stringWidth(line)).toBeLessThan(columns)
})

test.each([
  ['新闻', 4, '新闻'],
  ['新闻归档', 7, '新闻归…'],
  ['新闻归档', 6, '新闻…'],
  ['a新b闻', 5, 'a新b…'],
  ['👨‍👩‍👧新闻', 4, '👨‍👩‍👧…'],
])('%s in %d columns is %s', (text, columns, expected) => {
  expect(fit(text, columns)).toBe(expected)
  expect(stringWidth(fit(text, columns))).toBeLessThanOrEqual(columns)
})
