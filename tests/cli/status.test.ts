import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { status as statusOf } from '../../src/commands/status.ts'
import type { ArchiveStatus } from '../../src/core/archive/status.ts'
import { identify } from '../../src/sites/publishers.ts'
import { configOf, testIo } from '../support/io.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call, folder, marksOf } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

let site: Site
let home: ReturnType<typeof folder>
const run = (...args: string[]) => call(args, { cwd: home.path })

function story(number: number, published: string): PageStory {
  const url = `${site.server.origin}/realtime/china/story20211110-${9_000_000 + number}`
  return { title: `渡轮第${number}号`, url, published, bodyHtml: '<p>第一段，共有两句。</p><p>第二段。</p>' }
}

beforeEach(async () => {
  site = await serveSite()
  home = folder()
  const stories = [
    story(1, '2021-11-10T07:37:00.000Z'),
    story(2, '2021-11-10T09:00:00.000Z'),
    { ...story(3, '2021-11-10T09:30:00.000Z'), bodyHtml: '' },
  ]
  site.pages.set('/feed.xml', rsshubFeed(stories))
  for (const one of stories.slice(0, 2)) site.pages.set(new URL(one.url).pathname, drupal8Page(one))
  await run('fetch', '--feed', `${site.server.origin}/feed.xml`, '--allow-private', '--rate', '1000/s')
})

afterEach(async () => {
  await site.server.close()
  home.remove()
})

test('says how the last run went, how old the newest story is, and what is to be tried again', async () => {
  const { code, stdout, stderr } = await run('status')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^last run +fetch, \d+s ago: 2 written, 0 revised, 1 failed \(exit 1\)$/m)
  expect(stdout).toMatch(/^newest +2021-11-10\/2021-11-10-9000002-渡轮第2号\.md, \d+d(?: \d+h)? ago$/m)
  expect(stdout).toMatch(/^sources +http:\/\/\S+feed\.xml: newest story \d+d(?: \d+h)? ago, read \d+s ago$/m)
  expect(stdout).toMatch(/^retry +渡轮第3号 http:\/\/\S+9000003: .+ \(1 try; next by the next run\)$/m)
})

test('says of the last run what failed again, which the run did not say', async () => {
  const again = await run('fetch', '--feed', `${site.server.origin}/feed.xml`, '--allow-private', '--rate', '1000/s')
  expect(again).toMatchObject({ code: 0, stderr: '' })
  const { stdout } = await run('status')
  expect(stdout).toMatch(/^last run +fetch, \d+s ago: 0 written, 0 revised, 0 failed, 1 failed again \(exit 0\)$/m)
  expect(JSON.parse((await run('status', '--json')).stdout)).toMatchObject({ lastRun: { failed: 0, failedAgain: 1 } })
})

test('--json prints the same as one object, and looks without touching', async () => {
  const before = marksOf(join(home.path, 'archive'))
  const { stdout } = await run('status', '--json')
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  const status = JSON.parse(stdout) as ArchiveStatus
  expect(status).toMatchObject({
    archive: './archive',
    lastRun: { command: 'fetch', exitCode: 1, written: 2, failed: 1 },
    newest: { path: '2021-11-10/2021-11-10-9000002-渡轮第2号.md', published: '2021-11-10T09:00:00.000Z' },
    sources: [{ newest: '2021-11-10T09:30:00.000Z', lastError: null }],
    queue: [{ id: '9000003', tries: 1 }],
    givenUp: [],
  })
  expect(marksOf(join(home.path, 'archive'))).toEqual(before)
})

test('--max-age: exit 1 and one line when the newest story is older', async () => {
  expect(await run('status', '--max-age', '99999d')).toMatchObject({ code: 0, stderr: '' })
  const stale = await run('status', '--max-age', '24h')
  expect(stale.code).toBe(1)
  expect(stale.stderr).toBe('./archive: the newest story is of 2021-11-10T09:00:00.000Z, older than 24h\n')
  expect((await run('status', '--max-age', 'soon')).code).toBe(2)
})

test('a story that is dated years ahead is not the newest', async () => {
  const archive = join(home.path, 'archive')
  const path = join(archive, '2021-11-10', '2021-11-10-9000002-渡轮第2号.md')
  mkdirSync(join(archive, '2099-01-01'))
  const ahead = readFileSync(path, 'utf8').replace('2021-11-10T09:00', '2099-01-01T09:00')
  writeFileSync(join(archive, '2099-01-01', '2099-01-01-9000009-x.md'), ahead.replaceAll('20211110', '20990101'))
  writeFileSync(path, ahead)
  expect((await run('status', '--max-age', '1d')).code).toBe(1)
  const { newest } = JSON.parse((await run('status', '--json')).stdout) as ArchiveStatus
  expect(newest?.published).toBe('2021-11-10T07:37:00.000Z')
})

test('--quiet: the exit code alone tells', async () => {
  expect(await run('status', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await run('status', '--quiet', '--max-age', '24h')).toEqual({ code: 1, stdout: '', stderr: '' })
  expect((await run('status', '--quiet', '--json')).stdout).toMatch(/^\{"archive"/)
  expect((await run('status', '--quiet', '--archive', 'elsewhere')).stderr).toMatch(/^zaobao-archiver: there is no/)
})

test('--max-age: one section that is stale is enough, and is named', async () => {
  const file = (section: string, day: string, number: number) => {
    const place = join(home.path, 'archive', day)
    mkdirSync(place, { recursive: true })
    const of = readFileSync(join(home.path, 'archive/2021-11-10/2021-11-10-9000001-渡轮第1号.md'), 'utf8')
    const text = of
      .replaceAll(
        /http:[^)\s]*story\d+-\d+/g,
        `https://www.zaobao.com.sg/${section}/story${day.replaceAll('-', '')}-${number}`,
      )
      .replace('2021-11-10T07:37', `${day}T07:37`)
    writeFileSync(join(place, `${day}-${number}-题.md`), text)
  }
  const now = new Date()
  const day = (back: number) => new Date(now.getTime() - back * 86_400_000).toISOString().slice(0, 10)
  for (let back = 0; back < 6; back += 1) file('realtime/china', day(back), 9_100_000 + back)
  file('realtime/world', day(5), 9_200_000)
  const sections = ['--config', 'two.jsonc']
  writeFileSync(join(home.path, 'two.jsonc'), '{ "section": ["china", "world"] }')
  const { stdout } = await run('status', ...sections)
  expect(stdout).toMatch(/^sections +china: \S+, .+\n +world: \S+9200000-题\.md, .+ ago$/m)
  expect(await run('status', ...sections, '--max-age', '7d')).toMatchObject({ code: 0, stderr: '' })
  const stale = await run('status', ...sections, '--max-age', '3d')
  expect(stale.code).toBe(1)
  expect(stale.stderr).toMatch(/^\.\/archive: world: the newest story is of \S+, older than 3d\n$/)
  expect(await run('status', '--max-age', '3d')).toMatchObject({ code: 0 })
})

test('stories of a paper that nobody knows are of that paper, whatever their paths', async () => {
  const file = (url: string) => {
    const of = readFileSync(join(home.path, 'archive/2021-11-10/2021-11-10-9000001-渡轮第1号.md'), 'utf8')
    const id = identify(url).id
    writeFileSync(
      join(home.path, `archive/2021-11-10/2021-11-10-${id}-题.md`),
      of.replaceAll(/http:[^)\s]*story\d+-\d+/g, url),
    )
  }
  for (const path of ['realtime/china/a-1', '2021/11/10/b', 'c/d/e/']) file(`https://town.example/${path}`)
  const { sections } = JSON.parse((await run('status', '--json')).stdout) as ArchiveStatus
  expect(sections.map(({ section }) => String(section)).toSorted()).toEqual(['china', 'town.example'])
})

test('a source that is no longer configured is not shown', async () => {
  const poll = (path: string) =>
    run('fetch', '--feed', `${site.server.origin}${path}`, '--allow-private', '--rate', '1000/s', '--quiet')
  site.pages.set('/other.xml', site.pages.get('/feed.xml') ?? '')
  await poll('/other.xml')
  const { sources } = JSON.parse((await run('status', '--json')).stdout) as ArchiveStatus
  expect(sources.map(({ name }) => name)).toEqual([`${site.server.origin}/other.xml`])
})

test('a clone without the notes of the program is judged by its files', async () => {
  rmSync(join(home.path, 'archive/.zaobao'), { recursive: true })
  const { code, stdout } = await run('status', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ lastRun: null, newest: { published: '2021-11-10T09:00:00.000Z' } })
})

test('no archive is one line, and exit 4', async () => {
  const { code, stdout, stderr } = await run('status', '--archive', 'elsewhere')
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
  expect(stderr).toMatch(/^zaobao-archiver: there is no archive at elsewhere;[^\n]*\n$/)
})

test('draws the last weeks on a terminal, and there alone; --json has the same figures', async () => {
  const drawn = testIo(home.path)
  const config = await configOf({ archive: 'archive' }, home.path)
  const now = (): number => Date.parse('2021-11-12T02:00:00.000Z')
  expect(await statusOf({ ...config, maxAge: null }, { ...drawn, now, outputColumns: () => 60 })).toBe(0)
  expect(drawn.out.join('')).toMatch(
    /^days +█\n +█\n +█\n +!\n +09-24 +11-12\n +2 stories in the last 8 weeks, busiest day: 2; 1\n +story failed\n +!: stories of that day failed\n$/m,
  )
  const piped = testIo(home.path)
  await statusOf({ ...config, maxAge: null }, { ...piped, now })
  expect(piped.out.join('')).not.toMatch(/^days/m)
  const json = testIo(home.path)
  await statusOf({ ...config, json: true, maxAge: null }, { ...json, now, outputColumns: () => 60 })
  const { days } = JSON.parse(json.out.join('')) as ArchiveStatus
  expect(days).toHaveLength(56)
  expect(days.at(-3)).toEqual({ day: '2021-11-10', stories: 2, failed: 1, isInGap: false })
})
