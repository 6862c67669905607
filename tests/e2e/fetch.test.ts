import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { extractStory } from '../../src/index.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call, folder, marksOf, program, storiesIn } from '../support/program.ts'
import { makeCertificate, serveProxy } from '../support/server.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

const FAST = ['--allow-private', '--rate', '1000/s']

let site: Site
let home: ReturnType<typeof folder>
let archive: string

function storyOf(number: number, words: string, origin = site.server.origin): PageStory {
  return {
    title: `${words}第${number}号`,
    url: `${origin}/realtime/china/story20211110-${9_000_000 + number}`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: `<p>${words}的第一段，共有两句。这是第二句。</p><p>${words}的第二段。</p><p>${words}的末段。</p>`,
  }
}

function publish(stories: readonly PageStory[]): void {
  site.pages.set('/feed.xml', rsshubFeed(stories))
  for (const story of stories) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
}

beforeEach(async () => {
  site = await serveSite()
  home = folder()
  archive = join(home.path, 'archive')
})

afterEach(async () => {
  await site.server.close()
  home.remove()
})

const run = (...args: string[]) =>
  call(['fetch', '--feed', `${site.server.origin}/feed.xml`, ...FAST, ...args], { cwd: home.path })

describe('fetch', () => {
  test('archives what is new and prints where; a second run asks once and does nothing', async () => {
    publish([storyOf(1, '轮渡'), storyOf(2, '树荫')])
    const first = await run()
    expect(first).toMatchObject({ code: 0, stderr: 'fetch: 2 written\n' })
    expect(first.stdout.split('\n').toSorted()).toEqual([
      '',
      'archive/2021-11-10/2021-11-10-9000001-轮渡第1号.md',
      'archive/2021-11-10/2021-11-10-9000002-树荫第2号.md',
    ])
    const text = storiesIn(archive).get('2021-11-10/2021-11-10-9000001-轮渡第1号.md')
    expect(text).toContain('date: 2021-11-10T07:37:00.000Z\n')
    expect(text).toContain('------\n\n轮渡的第一段，共有两句。这是第二句。\n\n轮渡的第二段。\n\n轮渡的末段。\n')

    const before = marksOf(archive)
    const asked = site.server.requests.length
    expect(await run()).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(site.server.requests.slice(asked)).toEqual(['GET /feed.xml'])
    expect(marksOf(archive)).toEqual(before)
  })

  test('a changed headline revises the file in place and keeps the former text', async () => {
    publish([storyOf(1, '轮渡')])
    await run()
    publish([{ ...storyOf(1, '轮渡'), title: '轮渡加班' }])
    const second = await run()
    expect(second).toMatchObject({ code: 0, stdout: 'archive/2021-11-10/2021-11-10-9000001-轮渡第1号.md\n' })
    expect([...storiesIn(archive).values()][0]).toContain('title: "轮渡加班"\n')
    const former = readFileSync(join(archive, '.zaobao/revisions/2021-11-10/9000001/1.md'), 'utf8')
    expect(former).toContain('title: "轮渡第1号"\n')
  })

  test.each(['2021-11-10T07:37:00.000Z', '2021-11-09T16:00:00.000Z'])(
    '--json, export and the library give one record of a page of %s',
    async (published) => {
      const story = { ...storyOf(1, '轮渡\u202e'), published, keywords: ['轮渡'], byline: '甲' }
      publish([story])
      const { stdout } = await run('--json')
      const record = JSON.parse(stdout) as Record<string, unknown>
      const exported = JSON.parse((await call(['export'], { cwd: home.path })).stdout) as Record<string, unknown>
      expect(exported).toEqual({ ...record, status: null })
      const library = extractStory(drupal8Page(story), story.url)
      expect(record).toMatchObject({ ...library, published })
    },
  )

  test('a page that answers 304 though its item changed is asked once without validators', async () => {
    publish([storyOf(1, '轮渡')])
    await run()
    const path = new URL(storyOf(1, '轮渡').url).pathname
    site.stale.add(path)
    publish([{ ...storyOf(1, '轮渡'), title: '轮渡加班', bodyHtml: '<p>改过的第一段。</p><p>改过的末段。</p>' }])
    const second = await run()
    expect(second).toMatchObject({ code: 0, stdout: 'archive/2021-11-10/2021-11-10-9000001-轮渡第1号.md\n' })
    expect([...storiesIn(archive).values()][0]).toContain('title: "轮渡加班"\n')
    const asked = site.server.requests.length
    await run()
    site.pages.set('/feed.xml', `${site.pages.get('/feed.xml')}<!-- built again -->`)
    await run()
    await run('--recheck', '20000d')
    expect(site.server.requests.slice(asked).filter((request) => request.endsWith(path))).toEqual([`GET ${path}`])
  })

  test('a page that fails leaves the others archived, is named, and is had by the next run', async () => {
    const stories = [storyOf(1, '轮渡'), { ...storyOf(2, '树荫'), bodyHtml: '' }]
    publish(stories)
    site.broken.set('/realtime/china/story20211110-9000002', 404)
    const first = await run()
    expect(first.code).toBe(1)
    expect(first.stderr).toContain('/realtime/china/story20211110-9000002: ')
    expect(storiesIn(archive).size).toBe(1)
    site.broken.clear()
    site.pages.set('/realtime/china/story20211110-9000002', drupal8Page(storyOf(2, '树荫')))
    expect(await run()).toMatchObject({ code: 0 })
    expect(storiesIn(archive).size).toBe(2)
  })

  test("the feed's text stands in for a page that fails, and the page's text replaces it later", async () => {
    publish([storyOf(1, '轮渡')])
    const path = '/realtime/china/story20211110-9000001'
    site.broken.set(path, 500)
    const first = await run()
    expect(first).toEqual({
      code: 1,
      stdout: 'archive/2021-11-10/2021-11-10-9000001-轮渡第1号.md\n',
      stderr: first.stderr,
    })
    expect([...storiesIn(archive).values()][0]).toContain('\n\n轮渡的第一段，共有两句。这是第二句。\n\n')
    site.broken.clear()
    site.pages.set(path, drupal8Page({ ...storyOf(1, '轮渡'), bodyHtml: '<p>页面的正文。</p><p>第二段。</p>' }))
    expect(await run()).toMatchObject({ code: 0 })
    expect([...storiesIn(archive).values()][0]).toContain('\n\n页面的正文。\n\n第二段。\n')
    expect(storiesIn(archive).size).toBe(1)
  })

  test('--json prints a record a story, whose path is in the archive', async () => {
    publish([storyOf(1, '轮渡')])
    const { stdout } = await run('--json')
    const record: unknown = JSON.parse(stdout)
    expect(record).toMatchObject({
      id: '9000001',
      title: '轮渡第1号',
      published: '2021-11-10T07:37:00.000Z',
      section: 'realtime/china',
      status: 'written',
      revision: 1,
      path: '2021-11-10/2021-11-10-9000001-轮渡第1号.md',
      html: null,
      markdown: '轮渡的第一段，共有两句。这是第二句。\n\n轮渡的第二段。\n\n轮渡的末段。',
    })
  })

  test('--body html keeps the body as the page has it', async () => {
    publish([storyOf(1, '轮渡')])
    await run('--body', 'html')
    expect([...storiesIn(archive).values()][0]).toMatch(/------\n\n<div>\n<p>轮渡的第一段[^\n]*\n<\/div>\n$/)
  })

  test.each([
    ['html', 'markdown'],
    ['markdown', 'html'],
  ])('a story that is had as %s and read again as %s is no edit', async (before, after) => {
    publish([storyOf(1, '轮渡')])
    await run('--body', before)
    const stories = storiesIn(archive)
    for (const state of ['kept', 'lost']) {
      if (state === 'lost') rmSync(join(archive, '.zaobao'), { recursive: true })
      const again = await run('--body', after, '--recheck', '9000d')
      expect(again, state).toMatchObject({ code: 0, stdout: '', stderr: '' })
      expect(storiesIn(archive), state).toEqual(stories)
      expect(existsSync(join(archive, '.zaobao/revisions')), state).toBe(false)
    }
  })

  test('--dry-run counts and writes nothing', async () => {
    publish([storyOf(1, '轮渡'), storyOf(2, '树荫')])
    const ended = await run('--dry-run')
    expect(ended).toMatchObject({ code: 0, stdout: '' })
    expect(ended.stderr).toContain('2 stories would be fetched')
    expect(existsSync(archive)).toBe(false)
  })

  test('--limit leaves the rest to the next run', async () => {
    publish([storyOf(1, '轮渡'), storyOf(2, '树荫'), storyOf(3, '图书馆')])
    await run('--limit', '2')
    expect(storiesIn(archive).size).toBe(2)
    await run()
    expect(storiesIn(archive).size).toBe(3)
  })

  test('asks the real addresses through a proxy', async () => {
    const certificate = makeCertificate(['www.zaobao.com', '*.zaobao.com', 'rsshub.example.org'])
    const secure = await serveSite(certificate)
    const proxy = await serveProxy(secure.server.port)
    try {
      const story = storyOf(1, '轮渡', 'https://www.zaobao.com')
      secure.pages.set(
        '/zaobao/realtime/china.xml',
        rsshubFeed([{ ...story, url: story.url.replace('https', 'http') }]),
      )
      secure.pages.set(new URL(story.url).pathname, drupal8Page(story))
      const ended = await program(
        ['fetch', '--feed', 'https://rsshub.example.org/zaobao/realtime/china.xml', '--rate', '1000/s'],
        { cwd: home.path, env: { HTTPS_PROXY: proxy.origin, NODE_EXTRA_CA_CERTS: certificate.caFile } },
      )
      expect(ended).toMatchObject({ code: 0, stderr: 'fetch: 1 written\n' })
      expect([...storiesIn(archive).values()][0]).toContain(`from: ${story.url}\n`)
      expect(proxy.tunnels).toContain('www.zaobao.com:443')
    } finally {
      await proxy.close()
      await secure.server.close()
      certificate.remove()
    }
  })
})

describe('what goes wrong is one line with the right exit code', () => {
  test('an unknown option', async () => {
    const ended = await call(['fetch', '--fed', 'x'], { cwd: home.path })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain("unknown option '--fed'")
    expect(ended.stderr).toContain('--feed')
  })

  test('an unknown command', async () => {
    expect(await call(['fetsch'], { cwd: home.path })).toMatchObject({ code: 2 })
  })

  test('no such host', async () => {
    const ended = await call(['fetch', '--feed', 'https://nowhere.invalid/feed'], { cwd: home.path })
    expect(ended.code).toBe(3)
    expect(ended.stderr.trim().split('\n')).toEqual([
      expect.stringContaining('nowhere.invalid'),
      'fetch: nothing written: no source could be read',
    ])
  })

  test('a page as a feed', async () => {
    site.pages.set('/feed.xml', '<!DOCTYPE html><html><head><title>x</title></head><body><p>y</p></body></html>')
    const ended = await run()
    expect(ended.code).toBe(3)
    expect(ended.stderr.trim().split('\n')).toEqual([
      expect.stringContaining('HTML'),
      'fetch: nothing written: no source could be read',
    ])
  })

  test('an empty feed', async () => {
    site.pages.set('/feed.xml', rsshubFeed([]))
    expect(await run()).toMatchObject({ code: 3 })
  })

  test('an archive that is a file', async () => {
    publish([storyOf(1, '轮渡')])
    writeFileSync(archive, '')
    const ended = await run()
    expect(ended.code).toBe(4)
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
  })

  test('an archive that cannot be written', async () => {
    publish([storyOf(1, '轮渡')])
    const ended = await run('--archive', '/proc/archive')
    expect(ended.code).toBe(4)
    expect(ended.stderr).not.toContain('the folder is gone')
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
  })

  test('an unknown key in the configuration', async () => {
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), '{ // mine\n  "archve": "x", }')
    const ended = await call(['fetch'], { cwd: home.path })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('"archve"')
  })

  test.each([
    [['--rate', 'fast'], '--rate: "fast"'],
    [['--limit', '0'], '--limit: "0"'],
    [['--body', 'pdf'], '--body: "pdf"'],
    [['--timeout', '5'], '--timeout: "5"'],
  ])('a value that cannot be: %j', async (args, message) => {
    const ended = await call(['fetch', ...args], { cwd: home.path })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(message)
  })

  test('a private address without leave', async () => {
    publish([storyOf(1, '轮渡')])
    const ended = await call(['fetch', '--feed', `${site.server.origin}/feed.xml`], { cwd: home.path })
    expect(ended.code).toBe(3)
    expect(site.server.requests).toEqual([])
  })
})
