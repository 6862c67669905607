import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call, folder, storiesIn } from '../support/program.ts'
import { serve, type TestServer } from '../support/server.ts'
import { rsshubFeed } from '../support/site.ts'

const COUNT = 6
const DAYS = ['2021-11-10', '2021-11-11']

let server: TestServer
let home: ReturnType<typeof folder>
let archive: string
/** What happens while the page of this number is asked for. */
let events: Map<number, () => unknown>

const dayOf = (number: number): string => DAYS[number % 2] ?? ''

function story(number: number): PageStory {
  return {
    title: `渡轮第${number}号`,
    url: `${server.origin}/realtime/china/story${dayOf(number).replaceAll('-', '')}-${9_000_000 + number}`,
    published: `${dayOf(number)}T0${number}:37:00.000Z`,
    bodyHtml: '<p>渡轮昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>',
  }
}

const stories = () => Array.from({ length: COUNT }, (_, at) => story(at + 1))
const fetch = (...args: string[]) =>
  call(
    [
      ...['fetch', '--feed', `${server.origin}/feed.xml`, '--allow-private', '--rate', '1000/s', '--concurrency', '1'],
      ...args,
    ],
    { cwd: home.path },
  )
const ids = () => [...storiesIn(archive).keys()].map((path) => path.slice(22, 29)).toSorted(byText)
const byText = (a: string, b: string): number => (a < b ? -1 : 1)
const all = () => stories().map(({ url }) => url.slice(-7))

beforeEach(async () => {
  events = new Map()
  server = await serve(async (request, response) => {
    const path = request.url ?? ''
    const found = stories().find(({ url }) => url.endsWith(path))
    if (path !== '/feed.xml' && found === undefined) return void response.writeHead(404).end()
    const number = Number(path.slice(-1))
    const event = events.get(number)
    events.delete(number)
    await event?.()
    const type = found === undefined ? 'application/xml' : 'text/html'
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` })
    response.end(found === undefined ? rsshubFeed(stories()) : drupal8Page(found))
  })
  home = folder()
  archive = join(home.path, 'archive')
})

afterEach(async () => {
  await server.close()
  home.remove()
})

describe('in the midst of a run', () => {
  test('.zaobao/ is deleted and another run starts: the first stops with 75, no story is doubled', async () => {
    let second = fetch('--help')
    events.set(3, async () => {
      rmSync(join(archive, '.zaobao'), { recursive: true })
      second = fetch('--quiet')
      await second
    })
    const first = await fetch()
    expect(first).toMatchObject({
      code: 75,
      stderr: expect.stringMatching(/lock was deleted or replaced under this run[^\n]*run it again\n/),
    })
    expect(await second).toMatchObject({ code: 0 })
    expect(ids()).toEqual(all())
    expect(await fetch()).toMatchObject({ code: 0, stdout: '' })
  })

  test.each([
    ['is moved', 4, () => renameSync(archive, `${archive}-moved`), /the folder is gone/],
    [
      'is replaced by a copy',
      75,
      () => {
        renameSync(archive, `${archive}-moved`)
        cpSync(`${archive}-moved`, archive, { recursive: true })
      },
      /deleted or replaced/,
    ],
    [
      'is an empty folder, as where its disk was',
      75,
      () => {
        renameSync(archive, `${archive}-moved`)
        mkdirSync(archive)
      },
      /deleted or replaced/,
    ],
  ])('the archive %s: it ends with %i and writes nowhere', async (_, code, event, says) => {
    events.set(3, event)
    const ended = await fetch()
    expect(ended).toMatchObject({ code, stderr: expect.stringMatching(says) })
    expect(ended.stderr.match(/the folder is gone|deleted or replaced/g)).toHaveLength(1)
    const written = existsSync(archive) ? [...storiesIn(archive).keys()] : []
    expect(written.length).toBeLessThanOrEqual(4)
    if (existsSync(archive)) expect(await fetch()).toMatchObject({ code: 0 })
  })

  test("a day's folder becomes a link: its stories fail and are named, none is written outside", async () => {
    const outside = join(home.path, 'outside')
    mkdirSync(outside)
    events.set(4, () => {
      rmSync(join(archive, dayOf(4)), { recursive: true, force: true })
      symlinkSync(outside, join(archive, dayOf(4)))
    })
    const { code, stderr } = await fetch()
    expect(code).toBe(1)
    expect(stderr.match(/a symbolic link stands in its place/g)).toHaveLength(2)
    expect(readdirSync(outside)).toEqual([])
    expect([...storiesIn(archive).keys()].filter((path) => path.startsWith(dayOf(1)))).toHaveLength(COUNT / 2)
    rmSync(join(archive, dayOf(4)))
    expect(await fetch()).toMatchObject({ code: 0 })
  })
})

describe("one story's fault is that story's alone", () => {
  const isRoot = process.getuid?.() === 0
  test.each([
    ["a day's folder is a link", () => symlinkSync('/nowhere', join(archive, dayOf(2)))],
    ["a day's folder is a file", () => writeFileSync(join(archive, dayOf(2)), '')],
    [
      'its name is a folder',
      () => {
        for (const number of [2, 4, 6]) {
          mkdirSync(join(archive, dayOf(2), `${dayOf(2)}-${9_000_000 + number}-渡轮第${number}号.md`), {
            recursive: true,
          })
        }
      },
    ],
    ...(isRoot
      ? []
      : [
          [
            "a day's folder is not writable",
            () => {
              mkdirSync(join(archive, dayOf(2)))
              chmodSync(join(archive, dayOf(2)), 0o500)
            },
          ] as [string, () => void],
        ]),
  ])('%s: the others are archived, these are named and queued, by backfill too', async (_, spoil) => {
    mkdirSync(archive)
    spoil()
    const { code, stderr } = await fetch()
    expect({
      code,
      lines: stderr.split('\n').filter((line) => line.includes('; queued')).length,
    }).toEqual({
      code: 1,
      lines: 3,
    })
    const whole = readdirSync(join(archive, dayOf(1)))
    expect(whole).toHaveLength(3)
    expect((await fetch()).code).toBe(0)
    const again = await call(['backfill', ...stories().map(({ url }) => url), '--allow-private', '--rate', '1000/s'], {
      cwd: home.path,
    })
    expect({ code: again.code, named: again.stderr.match(/; queued/g)?.length }).toEqual({
      code: 1,
      named: 3,
    })
  })

  test('the journal of its day is a folder: it is set aside, one line says so, and all are archived', async () => {
    const notes = join(archive, '.zaobao', 'journal', `${dayOf(2)}.ndjson`)
    mkdirSync(notes, { recursive: true })
    const { code, stderr } = await fetch()
    expect({ code, said: stderr.match(/set aside as/g)?.length, stories: storiesIn(archive).size }).toEqual({
      ...{ code: 0, said: 1, stories: COUNT },
    })
    expect(readdirSync(`${notes}.damaged-1`)).toEqual([])
    expect((await call(['verify'], { cwd: home.path })).code).toBe(0)
    expect((await fetch()).stderr).toBe('')
  })

  test("a day's folder that becomes a link after its stories were archived: verify and the next runs go on", async () => {
    expect((await fetch()).code).toBe(0)
    rmSync(join(archive, dayOf(2)), { recursive: true })
    symlinkSync('/nowhere', join(archive, dayOf(2)))
    const looked = await call(['verify'], { cwd: home.path })
    expect(looked).toMatchObject({ code: 1, stderr: expect.stringContaining(`${dayOf(2)}: link: `) })
    expect((await fetch()).code).toBeLessThanOrEqual(1)
    expect((await call(['verify', '--fix'], { cwd: home.path })).code).toBe(1)
  })
})
