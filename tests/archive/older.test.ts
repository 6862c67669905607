import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { call } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const DAY = '2021-11-10'
const PATH = `${DAY}/${DAY}-9000001-轮渡复航.md`
const TEXTS = [
  ['轮渡昨天复航，首班船坐满了人。', '船公司说票价不变。', '末班船是晚上十点。'],
  ['轮渡昨天复航，首班船坐满了人。', '船公司说票价下月上调。', '末班船改为晚上九点。'],
  ['轮渡昨天复航，首班船坐满了人。', '船公司说票价下月上调两成。', '末班船改为晚上九点。'],
]

let site: Site
let home: Own['home']
let file: string
/** The file with each of the first two texts. */
let files: string[]

function show(version: number, more = ''): PageStory {
  const story = {
    title: '轮渡复航',
    url: `${site.server.origin}/realtime/china/story20211110-9000001`,
    published: '2021-11-10T07:37:00.000Z',
    bodyHtml: TEXTS[version]!.map((text) => `<p>${text}</p>`).join('') + more,
  }
  site.pages.set('/feed.xml', rsshubFeed([{ ...story, bodyHtml: '' }]))
  site.pages.set('/realtime/china/story20211110-9000001', drupal8Page(story))
  return story
}

const fetch = (...args: string[]) =>
  call(
    [
      ...['fetch', '--feed', `${site.server.origin}/feed.xml`, '--allow-private', '--rate', '1000/s'],
      ...['--recheck', '36500d', ...args],
    ],
    { cwd: home.path },
  )
const backfill = (...args: string[]) =>
  call(['backfill', show(1).url, '--allow-private', '--rate', '1000/s', ...args], { cwd: home.path })
const verify = () => call(['verify'], { cwd: home.path })
const read = () => readFileSync(file, 'utf8')

eachWithSite((own) => {
  ;({ site, home } = own)
  file = join(own.archive, PATH)
  files = []
})
beforeEach(async () => {
  for (const version of [0, 1]) {
    show(version)
    expect(await fetch()).toMatchObject({ code: 0, stdout: `archive/${PATH}\n` })
    files.push(read())
  }
})

describe('a file that is older than the notes about it, as where a backup of the stories came back', () => {
  beforeEach(() => {
    writeFileSync(file, files[0]!)
  })

  test('verify names it, and what to type', async () => {
    const { code, stderr } = await call(['verify'], { cwd: home.path })
    expect(code).toBe(1)
    expect(stderr).toMatch(
      new RegExp(`^archive/${PATH}: older: a former text, .*; backfill http\\S*-9000001 writes it anew\n`),
    )
  })

  test.each([
    ['a fetch that comes to read it', () => fetch()],
    ['backfill of its address', backfill],
  ])('%s writes the last text, though nothing changed since', async (_, run) => {
    expect(await run()).toMatchObject({ code: 0, stdout: `archive/${PATH}\n` })
    expect(read()).toBe(files[1])
    expect(await call(['verify'], { cwd: home.path })).toMatchObject({ code: 0 })
    expect(await fetch()).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('and with the line ends of Windows', async () => {
    writeFileSync(file, files[0]!.replaceAll('\n', '\r\n'))
    expect(await backfill()).toMatchObject({ code: 0, stdout: `archive/${PATH}\n` })
    expect(read()).toBe(files[1])
  })

  test('a later text takes its place whole: nobody wrote what it alone has', async () => {
    show(2)
    expect(await fetch()).toEqual({ code: 0, stdout: `archive/${PATH}\n`, stderr: 'fetch: 0 written, 1 revised\n' })
    expect(read()).toBe(files[1]!.replace('上调。', '上调两成。'))
  })

  test('stays where changes are not taken', async () => {
    expect(await fetch('--on-change', 'keep')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(read()).toBe(files[0])
  })

  test('whose address is named is written anew also where changes are not taken', async () => {
    expect(await backfill('--on-change', 'keep')).toMatchObject({ code: 0, stdout: `archive/${PATH}\n` })
    expect(read()).toBe(files[1])
  })

  test('is no fault where its story is excluded', async () => {
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), JSON.stringify({ exclude: ['9000001'] }))
    expect(await verify()).toMatchObject({ code: 0 })
  })

  test('has its pictures kept when it is written anew', async () => {
    site.pages.set('/boat.gif', 'GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;')
    show(2, `<figure><img src="${site.server.origin}/boat.gif" alt="船"></figure>`)
    expect(await fetch()).toMatchObject({ code: 0 })
    const shown = read()
    expect(shown).toContain('/boat.gif')
    show(1)
    expect(await fetch()).toMatchObject({ code: 0 })
    writeFileSync(file, shown)
    const media = ['backfill', '--media', '--allow-private', '--rate', '1000/s']
    expect(await call(media, { cwd: home.path })).toMatchObject({ code: 0, stdout: '' })
    expect(read()).toBe(shown)
    expect(await verify()).toMatchObject({ code: 1 })
  })

  test('stays where its page was closed, and is written once that is open', async () => {
    const { bodyHtml } = show(1)
    const closed = bodyHtml.replace(/(?<=<.p>)[^]*/, '<div id="paywall">订户可读</div>')
    const path = '/realtime/china/story20211110-9000001'
    const open = site.pages.get(path)!
    site.pages.set(path, open.replace(bodyHtml, closed))
    expect(site.pages.get(path)).not.toBe(open)
    expect(await fetch()).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(read()).toBe(files[0])
    expect(await verify()).toMatchObject({ code: 1 })
    site.pages.set(path, open)
    expect(await fetch()).toMatchObject({ code: 0, stdout: `archive/${PATH}\n` })
    expect(read()).toBe(files[1])
  })

  test('is no fault where its story had that text last', async () => {
    show(0)
    expect(await fetch()).toMatchObject({ code: 0 })
    expect(read()).toBe(files[0])
    expect(await call(['verify'], { cwd: home.path })).toMatchObject({ code: 0 })
    expect(await fetch()).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('into which someone wrote is theirs', async () => {
    const own = files[0]!.replace('末班船是', '（我记）末班船是')
    writeFileSync(file, own)
    expect(await fetch()).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(read()).toBe(own)
  })

  test('is as it stands in a clone, whose notes are gone', async () => {
    cpSync(join(home.path, 'archive', DAY), join(home.path, 'clone', DAY), { recursive: true })
    expect(await call(['verify', '--archive', 'clone'], { cwd: home.path })).toMatchObject({ code: 0 })
  })
})
