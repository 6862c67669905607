import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call, folder, marksOf, start, storiesIn } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

const BIN = fileURLToPath(new URL('../../bin/zaobao-archiver.js', import.meta.url))

let site: Site
let home: ReturnType<typeof folder>
let feed: string
const run = (...args: string[]) => call(args, { cwd: home.path })
const fetch = (...args: string[]) => run('fetch', '--feed', feed, '--allow-private', '--rate', '1000/s', ...args)

function publish(count: number, title = (number: number) => `渡轮第${number}号`): void {
  const stories = Array.from({ length: count }, (_, index): PageStory => {
    const url = `${site.server.origin}/realtime/china/story20211110-${9_000_000 + index}`
    const published = '2021-11-10T07:37:00.000Z'
    return { title: title(index), url, published, bodyHtml: '<p>第一段，两句。</p><p>第二段。</p>' }
  })
  site.pages.set('/feed.xml', rsshubFeed(stories))
  for (const one of stories) site.pages.set(new URL(one.url).pathname, drupal8Page(one))
}

beforeEach(async () => {
  site = await serveSite()
  feed = `${site.server.origin}/feed.xml`
  home = folder()
})
afterEach(async () => {
  await site.server.close()
  home.remove()
})

describe('nothing new prints nothing on both streams', () => {
  const nothing = { code: 0, stdout: '', stderr: '' }

  test.each([[[]], [['--json']], [['--quiet']]])('fetch %j', async (flags) => {
    publish(3)
    expect(await fetch()).toMatchObject({ code: 0 })
    const before = marksOf(join(home.path, 'archive'))
    expect(await fetch(...flags)).toEqual(nothing)
    expect(marksOf(join(home.path, 'archive'))).toEqual(before)
  })

  test('but with --verbose, which says that too', async () => {
    publish(1)
    await fetch()
    expect(await fetch('--verbose')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/Z fetch: nothing new\n$/) as string,
    })
  })

  test('backfill', async () => {
    publish(1)
    await fetch()
    const url = `${site.server.origin}/realtime/china/story20211110-9000000`
    expect(await run('backfill', url, '--allow-private')).toEqual(nothing)
  })

  test('demo, on its own archive', async () => {
    const { stderr } = await run('demo', '--archive', 'd')
    expect(stderr.split('\n').filter((line) => line.startsWith('  '))).toEqual([
      `  node ${BIN} demo --archive d`,
      `  node ${BIN} search --archive d 浮桥`,
      `  node ${BIN} serve --archive d`,
    ])
    expect(await run('demo', '--archive', 'd', '--quiet')).toEqual(nothing)
  })
})

test('paths are usable from the working folder', async () => {
  publish(2)
  mkdirSync(join(home.path, 'below'))
  const { stdout } = await call(
    ['fetch', '--feed', feed, '--allow-private', '--rate', '1000/s', '--archive', '../news'],
    { cwd: join(home.path, 'below') },
  )
  const paths = stdout.trimEnd().split('\n')
  expect(paths).toHaveLength(2)
  for (const path of paths) expect(readFileSync(join(home.path, 'below', path), 'utf8')).toContain('title: ')
})

test('--quiet: no paths and no summary; data and errors stay', async () => {
  publish(2)
  site.broken.set('/realtime/china/story20211110-9000001', 404)
  const ended = await fetch('--quiet')
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toMatch(/^http\S+9000001: [^\n]+\n$/)
  const other = await fetch('--quiet', '--json', '--archive', 'other')
  // The feed's own text stands in for the page that is missing.
  expect(other.stdout.trimEnd().split('\n')).toHaveLength(2)
  for (const line of other.stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ status: 'written' })
})

test('--verbose says more, on stderr alone', async () => {
  publish(1)
  const { stdout, stderr } = await fetch('--verbose')
  expect(stdout).toBe('archive/2021-11-10/2021-11-10-9000000-渡轮第0号.md\n')
  expect(stderr).toMatch(/^\d{4}-\d\d-\d\dT\S+Z 200 http\S+\/feed\.xml \d+ bytes/m)
})

test('nothing of the network reaches a terminal with control characters', async () => {
  publish(1, () => '渡轮\u0007\u001B[31m红\u009B2J')
  site.broken.set('/realtime/china/story20211110-9000000', 404)
  const ended = await fetch()
  expect(ended.stdout + ended.stderr).not.toMatch(/[\0-\u0008\u000B-\u001F\u007F-\u009F]/)
})

/** Stories are answered one in 40 ms, so that a run can be stopped in the midst of them. */
const SLOWLY = ['--rate', '25/s', '--concurrency', '1']

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s in the midst of a run', (signal, code) => {
  test.each(['fetch', 'backfill'])('%s: exit %d, a whole archive, and the next run does the rest', async (command) => {
    publish(40)
    const urls = Array.from(
      { length: 40 },
      (_, index) => `${site.server.origin}/realtime/china/story20211110-${9_000_000 + index}`,
    )
    const what = command === 'fetch' ? ['fetch', '--feed', feed] : ['backfill', ...urls]
    const { child, ended } = start([...what, '--allow-private', ...SLOWLY], { cwd: home.path })
    await waitFor(() => site.server.requests.length > 8)
    child.kill(signal)
    expect((await ended).code).toBe(code)
    const archive = join(home.path, 'archive')
    const kept = storiesIn(archive).size
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(40)
    expect((await run('verify')).stderr).toBe(`verify: ${kept} stories, nothing wrong\n`)
    expect(await run(...what, '--allow-private', '--rate', '1000/s')).toMatchObject({ code: 0 })
    expect(storiesIn(archive).size).toBe(40)
  })
})

test.each([
  [['convert', '--url', 'https://www.zaobao.com/realtime/china/story20211110-1'], 'SIGINT', 130],
  [['items'], 'SIGTERM', 143],
  [['backfill', '-'], 'SIGINT', 130],
] as const)('%j that waits for standard input ends by %s', async (args, signal, code) => {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: home.path, stdio: ['pipe', 'pipe', 'pipe'] })
  // The program takes from the pipe before it waits for more: then it listens to signals, too.
  child.stdin.on('error', () => undefined)
  await new Promise<void>((resolve) => child.stdin.write('x'.repeat(1_000_000), () => resolve()))
  child.kill(signal)
  expect((await once(child, 'close'))[0]).toBe(code)
})

describe('a reader that goes away', () => {
  /** Reads until the first line is whole, then closes the pipe. */
  async function firstLineOf(args: readonly string[]): Promise<{ line: string; code: number; stderr: string }> {
    const child = spawn(process.execPath, [BIN, ...args], { cwd: home.path, stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    let text = ''
    for await (const chunk of child.stdout) {
      text += String(chunk)
      if (text.includes('\n')) break
    }
    child.stdout.destroy()
    const [code] = (await once(child, 'close')) as [number]
    return { line: text.split('\n')[0] ?? '', code, stderr }
  }

  test('fetch --json | head -1 is quiet, and loses nothing', async () => {
    publish(30)
    const { line, code, stderr } = await firstLineOf(['fetch', '--feed', feed, '--allow-private', ...SLOWLY, '--json'])
    expect(JSON.parse(line)).toMatchObject({ status: 'written' })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect((await run('verify')).code).toBe(0)
    await fetch()
    expect(storiesIn(join(home.path, 'archive')).size).toBe(30)
  })

  test.each([[['export']], [['verify', '--json']], [['status', '--json']], [['schema']], [['--help']]])(
    '%j',
    async (args) => {
      if (args[0] !== 'schema' && args[0] !== '--help') {
        publish(60)
        await fetch('--quiet')
      }
      for (const [path, text] of args[0] === 'verify' ? storiesIn(join(home.path, 'archive')) : []) {
        writeFileSync(join(home.path, 'archive', path), text.replace('date: ', 'dote: '))
      }
      const { code, stderr } = await firstLineOf(args)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    },
  )
})

test.each([
  ['[{}]', 'not a record: one record at a time (the input is a list)'],
  ['"x"', 'not a record: it is no object'],
  ['{"url":"https://a.example/1"}', 'not a record: id: it is missing'],
  ['{"id":1}', 'not a record: id: it is not what belongs there, as schema prints it'],
])('convert --from json of %s says what it is', async (input, words) => {
  expect(await call(['convert', '--from', 'json'], { cwd: home.path, input })).toEqual({
    code: 2,
    stdout: '',
    stderr: `zaobao-archiver: ${words}\n`,
  })
})

test('export and convert --from json close the circle', async () => {
  publish(3)
  await fetch()
  const { stdout } = await run('export')
  const records = stdout.trimEnd().split('\n')
  expect(records).toHaveLength(3)
  for (const record of records) {
    const { path } = JSON.parse(record) as { path: string }
    const { stdout: document } = await call(['convert', '--from', 'json'], { cwd: home.path, input: record })
    expect(document).toBe(storiesIn(join(home.path, 'archive')).get(path))
  }
})

test('the configured keys survive the circle, and stand in what convert makes of a page', async () => {
  const keys = { keys: ['section', 'updated', 'bylines', 'keywords'] }
  writeFileSync(join(home.path, 'zaobao.config.jsonc'), JSON.stringify(keys))
  await run('demo', '--archive', 'archive', '--quiet')
  const stories = storiesIn(join(home.path, 'archive'))
  const { stdout } = await run('export')
  for (const record of stdout.trimEnd().split('\n')) {
    const { path } = JSON.parse(record) as { path: string }
    const ended = await call(['convert', '--from', 'json'], { cwd: home.path, input: record })
    expect(ended.stdout).toContain('\nsection: ')
    expect(ended.stdout).toBe(stories.get(path))
  }
  const url = 'https://www.zaobao.com.sg/realtime/china/story20211110-9000001'
  const page = drupal8Page({ title: '渡轮', url, published: '2021-11-10T07:37:00.000Z', bodyHtml: '<p>一。</p>' })
  const converted = await call(['convert', '--url', url], { cwd: home.path, input: page })
  expect(converted.stdout).toContain('\nsection: realtime/china\n')
  const record = await call(['convert', '--url', url, '--json'], { cwd: home.path, input: page })
  expect(JSON.parse(record.stdout)).toMatchObject({ id: '9000001', title: '渡轮' })
  const body = await call(['convert', '--url', url, '--json', '--format', 'body'], { cwd: home.path, input: page })
  expect(body.stdout).toBe('一。\n')
})

test('import: one summary, one object with --json, and the source is as it was', async () => {
  await run('demo', '--archive', 'old')
  writeFileSync(join(home.path, 'old/readme.md'), 'nothing of ours\n')
  const before = marksOf(join(home.path, 'old'))
  const dry = await run('import', 'old', '--dry-run')
  expect(dry).toMatchObject({ code: 0, stdout: '' })
  expect(dry.stderr).toContain('nothing was written')
  expect(readdirSync(home.path)).not.toContain('archive')
  const { code, stdout } = await run('import', 'old', '--json', '--quiet')
  expect({ code, lines: stdout.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 1 })
  expect(JSON.parse(stdout)).toMatchObject({ files: 6, stories: 6, written: 6, failed: [] })
  expect(marksOf(join(home.path, 'old'))).toEqual(before)
  expect([...storiesIn(join(home.path, 'archive'))]).toEqual([...storiesIn(join(home.path, 'old'))])
  expect((await run('import', 'nowhere')).code).toBe(2)
})

test('a working folder that is gone is one line', async () => {
  const command = `mkdir gone && cd gone && rmdir ../gone && exec '${process.execPath}' '${BIN}' status`
  const child = spawn('sh', ['-c', command], { cwd: home.path, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  expect((await once(child, 'close'))[0]).toBe(2)
  expect(said).toBe('zaobao-archiver: the working folder cannot be used (ENOENT); change into one that is there\n')
})

test.skipIf(!existsSync('/dev/full')).each([['--help'], ['schema']])('%s onto a full disk fails', async (arg) => {
  const shell = spawn('sh', ['-c', '"$@" > /dev/full', 'sh', process.execPath, BIN, arg], { cwd: home.path })
  expect(await once(shell, 'close')).toEqual([1, null])
})

test.skipIf(!existsSync('/dev/full'))(
  'fetch onto a full disk says what it did, and the next run the rest',
  async () => {
    publish(20)
    const args = ['fetch', '--feed', feed, '--allow-private', ...SLOWLY]
    const shell = spawn('sh', ['-c', '"$@" > /dev/full', 'sh', process.execPath, BIN, ...args], { cwd: home.path })
    let said = ''
    shell.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    expect((await once(shell, 'close'))[0]).toBe(1)
    const [first, last] = said.split('\n')
    expect(first).toBe('zaobao-archiver: the output cannot be written (ENOSPC)')
    expect(last).toMatch(/^fetch: stopped: \d+ written, \d+ left, run it again$/)
    expect(await fetch()).toMatchObject({ code: 0 })
    expect(storiesIn(join(home.path, 'archive')).size).toBe(20)
  },
)
