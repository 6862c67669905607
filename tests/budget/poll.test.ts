import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { headBytes, recordBytes } from '../../src/core/warc/record.ts'
import { drupal8Page } from '../support/pages.ts'
import { pngOf } from '../support/pictures.ts'
import { asHtml, paragraphsOf, rssOf } from '../support/press.ts'
import { folder, program } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'
import { countOpened, countSyscalls } from './syscalls.ts'

const NOTE_CPU = new URL('note-cpu.mjs', import.meta.url).href

let site: Site
let home: ReturnType<typeof folder>
let archive: string

beforeEach(async () => {
  site = await serveSite()
  home = folder()
  archive = join(home.path, 'archive')
  const stories = [1, 2, 3].map((number) => ({
    title: `第${number}则消息`,
    url: `${site.server.origin}/realtime/china/story20211110-${9_000_000 + number}`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: '<p>轮渡昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>',
  }))
  site.pages.set('/feed.xml', rsshubFeed(stories))
  for (const story of stories) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
})

afterEach(async () => {
  await site.server.close()
  home.remove()
})

const args = () => ['fetch', '--feed', `${site.server.origin}/feed.xml`, '--allow-private', '--rate', '1000/s']

/** Path to inode and time of change of everything in the archive. */
function marks(): Map<string, string> {
  const paths = readdirSync(archive, { recursive: true, encoding: 'utf8' })
  return new Map(
    paths.map((path) => {
      const { ino, mtimeMs, size } = statSync(join(archive, path))
      return [path, `${ino} ${mtimeMs} ${size}`]
    }),
  )
}

test('a poll without news makes one request and writes one small file of the program’s own', async () => {
  await program(args(), { cwd: home.path })
  const before = marks()
  const asked = site.server.requests.length
  expect(await program(args(), { cwd: home.path })).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(site.server.requests.slice(asked)).toEqual(['GET /feed.xml'])

  const changed = [...marks()].filter(([path, mark]) => before.get(path) !== mark).map(([path]) => path)
  expect(changed.filter((path) => path !== '.zaobao')).toEqual([join('.zaobao', 'state.json')])
  expect(readFileSync(join(archive, '.zaobao', 'state.json')).length).toBeLessThan(4096)
})

test('what a poll without news asks of the system', async () => {
  await program(args(), { cwd: home.path })
  const counts = await countSyscalls(args(), home.path)
  if (counts === null) {
    process.stderr.write('strace is not installed: system calls are not counted\n')
    return
  }
  expect(counts).toEqual({ connect: 1, fsync: 2, mkdir: 0, rename: 1, unlink: 0 })
})

test('what a run with new stories asks of the system, a story', async () => {
  const counts = await countSyscalls(args(), home.path)
  if (counts === null) return
  const stories = 3
  // A story: its file and its folder; its line in the journal. Once: the archive's, the day's, the notes' folders and files.
  expect(counts['fsync']).toBeLessThanOrEqual(3 * stories + 16)
  expect(counts['rename']).toBeLessThanOrEqual(stories + 4)
  expect(counts['unlink']).toBe(0)
})

test('a file is read once a run, and where its story is written anew once more', async () => {
  await program(args(), { cwd: home.path })
  const again = [...args(), '--recheck', '10000d']
  const path = '/realtime/china/story20211110-9000002'
  site.pages.set(path, site.pages.get(path)!.replace('坐满了人', '坐满了乘客'))
  const opened = await countOpened(again, home.path)
  if (opened === null) return
  const names = ['2021-11-10-9000001', '2021-11-10-9000002', '2021-11-10-9000003']
  const { 'state.json': _, ...stories } = Object.fromEntries(opened)
  expect(stories).toEqual(Object.fromEntries(names.map((name, at) => [name, at === 1 ? 2 : 1])))
})

test('a capture of a picture that many stories show is read once, whenever theirs were made', async () => {
  const picture = 'https://cdn.zaobao.com.sg/p.png'
  const record = (url: string, minute: number, type: string, body: Buffer) =>
    recordBytes(
      [
        ['WARC-Type', 'response'],
        ['WARC-Date', `2021-11-10T08:0${minute}:00Z`],
        ['WARC-Target-URI', url],
      ],
      Buffer.concat([headBytes('HTTP/1.1 200 OK', [['Content-Type', type]]), body]),
    )
  const pages = [1, 2, 3, 4].map((n) => {
    const url = `https://www.zaobao.com.sg/realtime/china/story20211110-${9_000_000 + n}`
    const bodyHtml = `<p>轮渡昨天复航，首班船坐满了人。</p><p><img src="${picture}"></p><p>船公司说票价不变。</p>`
    const page = drupal8Page({ title: `第${n}则消息`, url, published: '2021-11-10T07:37:00.000Z', bodyHtml })
    return record(url, n, 'text/html; charset=utf-8', Buffer.from(page))
  })
  const images = [0, 5].map((minute) => record(picture, minute, 'image/png', pngOf(minute)))
  writeFileSync(join(home.path, 'a.warc'), Buffer.concat([...images, ...pages]))
  const opened = await countOpened(['backfill', '--warc', 'a.warc', '--media'], home.path)
  if (opened === null) return
  expect(opened.get('media')).toBe(1)
})

test('verify reads the state once where stories are gone, else never', async () => {
  await program(args(), { cwd: home.path })
  const opened = await countOpened(['verify'], home.path)
  if (opened === null) return
  expect(opened.get('state.json')).toBeUndefined()
  rmSync(join(archive, '2021-11-10'), { recursive: true })
  expect((await countOpened(['verify'], home.path, 1))?.get('state.json')).toBe(1)
})

test('a poll of a hundred feeds without news is a request each, and one small file', async () => {
  const feeds = Array.from({ length: 100 }, (_, n) => `/feed${n}.xml`)
  for (const [n, path] of feeds.entries()) {
    const entries = [1, 2, 3].map((i) => ({
      url: `http://town.example/${n}/${i}.html`,
      title: `第${n}报第${i}号消息`,
      html: asHtml(paragraphsOf(i)),
      guid: `g${n}-${i}`,
    }))
    site.pages.set(path, rssOf(entries))
  }
  const sources = feeds.map((path) => ({ feed: `${site.server.origin}${path}`, pages: false }))
  const config = { sources, allowPrivate: true, rate: '10000/s', archive: './archive' }
  writeFileSync(join(home.path, 'zaobao.config.jsonc'), JSON.stringify(config))
  expect(await program(['fetch'], { cwd: home.path })).toMatchObject({ code: 0, stderr: 'fetch: 300 written\n' })
  const before = marks()
  const asked = site.server.requests.length
  const notes = join(home.path, 'cpu')
  const env = { NODE_OPTIONS: `--import ${NOTE_CPU}`, CPU_NOTES: notes }
  expect(await program(['fetch'], { cwd: home.path, env })).toEqual({ code: 0, stdout: '', stderr: '' })
  const cpuMs = Number(readFileSync(notes, 'utf8'))
  process.stderr.write(`measured: a poll of 100 unchanged feeds: ${cpuMs} ms of the processor\n`)
  expect(cpuMs).toBeLessThan(1000)
  expect(site.server.requests.slice(asked).toSorted()).toEqual(feeds.map((path) => `GET ${path}`).toSorted())
  const changed = [...marks()].filter(([path, mark]) => before.get(path) !== mark).map(([path]) => path)
  expect(changed.filter((path) => path !== '.zaobao')).toEqual([join('.zaobao', 'state.json')])
})
