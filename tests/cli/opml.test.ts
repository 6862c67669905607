import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { init } from '../../src/commands/init.ts'
import { printOpml } from '../../src/commands/config.ts'
import { feedsInOpml, opmlOf } from '../../src/core/setup/opml.ts'
import { loadConfig } from '../../src/config/config.ts'
import { testIo } from '../support/io.ts'
import { folder } from '../support/program.ts'

let home: ReturnType<typeof folder>
beforeEach(() => {
  home = folder()
})
afterEach(() => home.remove())

const OPML = `<?xml version="1.0"?>
<opml version="1.0"><head><title>x</title></head><body>
<outline text="河镇报" xmlUrl="http://town.example/feed?a=1&amp;b=2" type="rss"/>
<outline text="world" title="world">
  <outline type="rss" text="Paper &quot;A&quot;" xmlUrl="https://a.example/rss"></outline>
  <OUTLINE title="本地"><outline text="乙报" xmlURL="https://b.example/atom.xml"/></OUTLINE>
</outline>
<outline text="又一份" xmlUrl="https://a.example/rss"/><outline text="x" htmlUrl="http://c.example/"/>
<outline xmlUrl="feed:https://d.example/f"/><outline text="e" xmlUrl="javascript:1"/>
</body></opml>`

const init_ = (file: string) =>
  init(
    { archive: './archive', contact: null, opml: file, schedule: null, force: true, quiet: true, changed: null },
    testIo(home.path),
  )

test('feeds of a list become sources, folders their sections, and go out as they came in', async () => {
  writeFileSync(join(home.path, 'feeds.opml'), OPML)
  expect(await init_('feeds.opml')).toBe(0)
  const config = await loadConfig({}, testIo(home.path))
  // By its own name `world` would be a section of the paper that the program knows.
  expect(config.sources).toEqual([
    { feed: 'http://town.example/feed?a=1&b=2', name: '河镇报' },
    { feed: 'https://a.example/rss', name: 'Paper "A"', section: 'World' },
    { feed: 'https://b.example/atom.xml', name: '乙报', section: 'world/本地' },
    { feed: 'https://d.example/f' },
  ])
  const io = testIo(home.path)
  expect(await printOpml(config, io)).toBe(0)
  const again = feedsInOpml(io.out.join(''))
  expect(again?.toSorted((a, b) => (a.feed < b.feed ? -1 : 1))).toEqual(
    [...config.sources.slice(0, 3), { feed: 'https://d.example/f', name: 'https://d.example/f' }].toSorted((a, b) =>
      (a as { feed: string }).feed < (b as { feed: string }).feed ? -1 : 1,
    ),
  )
})

test('an address that no feed can be had from is left out and named, and the others are followed', async () => {
  const outline = (address: string) => `<outline text="x" xmlUrl="${address}"/>`
  const broken = ['http://', 'http://e.example:99999/', 'file:///etc/passwd', 'feed:x']
  const whole = ['http://a.example/a', 'feed://b.example/rss', 'http://例子.example/源']
  writeFileSync(join(home.path, 'x.opml'), `<opml><body>${[...broken, ...whole].map(outline).join('')}</body></opml>`)
  const io = testIo(home.path)
  const options = { archive: './archive', contact: null, schedule: null, force: true, quiet: true, changed: null }
  expect(await init({ ...options, opml: 'x.opml' }, io)).toBe(0)
  expect(io.err.join('')).toBe(broken.map((one) => `x.opml: ${one} is no address of the web; left out\n`).join(''))
  const { sources } = await loadConfig({}, testIo(home.path))
  const feeds = ['http://a.example/a', 'http://b.example/rss', 'http://例子.example/源']
  expect(sources).toEqual(feeds.map((feed) => ({ feed, name: 'x' })))
  const lines = readFileSync(join(home.path, 'zaobao.config.jsonc'), 'utf8').split('\n')
  expect(lines).toEqual(expect.arrayContaining(feeds.map((feed) => `    { "feed": "${feed}", "name": "x" },`)))
})

test('what is no list of feeds is wrong usage', async () => {
  for (const text of ['<rss version="2.0"><channel></channel></rss>', '<opml><body></body></opml>', 'x', '']) {
    writeFileSync(join(home.path, 'x.opml'), text)
    await expect(init_('x.opml'), text).rejects.toThrow('x.opml is no OPML list of feeds')
  }
  await expect(init_('none.opml')).rejects.toThrow('none.opml')
})

test('a list of which no feed is left is one all the same', async () => {
  writeFileSync(join(home.path, 'x.opml'), '<opml><body><outline text="x" xmlUrl="file:///etc/passwd"/></body></opml>')
  await expect(init_('x.opml')).rejects.toThrow('x.opml has no feed that can be followed')
})

test('the secrets of addresses do not go out', async () => {
  const io = testIo(home.path)
  await printOpml({ feed: ['https://me:secret@a.example/f'], sources: ['list'] }, io)
  expect(io.out.join('')).toContain('xmlUrl="https://a.example/f"')
  expect(io.out.join('')).not.toContain('secret')
})

test('an empty list is a list', () => {
  expect(feedsInOpml(opmlOf('x', []))).toEqual([])
})
