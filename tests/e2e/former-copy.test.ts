import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { drupal8Page } from '../support/pages.ts'
import { call } from '../support/program.ts'
import { rsshubFeed, type Site } from '../support/site.ts'

const PATH = '/realtime/china/story20211110-9000001'
const FIRST = '<p>轮渡昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>'
const SECOND = FIRST.replace('不变', '下月上调')
const NOON = Date.parse('2021-11-10T12:00:00Z') / 1000

let site: Site
let home: Own['home']

/** `updated`: minutes after noon; `null` where the page states no update. */
function show(bodyHtml: string, updated: number | null, listed = ''): void {
  const url = `${site.server.origin}${PATH}`
  const story = { title: '轮渡复航', url, published: '2021-11-10T07:37:00.000Z', bodyHtml }
  const stated = updated === null ? '' : `,"changed":"${NOON + updated * 60}"`
  site.pages.set(PATH, drupal8Page(story).replace(/"created":"\d+"/, `$&${stated}`))
  site.pages.set('/feed.xml', rsshubFeed([{ ...story, bodyHtml: listed }]))
}

const fetch = (...args: string[]) =>
  call(
    [
      ...['fetch', '--feed', `${site.server.origin}/feed.xml`, '--allow-private', '--rate', '1000/s'],
      ...['--recheck', '36500d', ...args],
    ],
    { cwd: home.path },
  )
const fileOf = () => join(home.path, 'archive/2021-11-10/2021-11-10-9000001-轮渡复航.md')
const read = () => readFileSync(fileOf(), 'utf8')
const QUIET = { code: 0, stdout: '', stderr: '' }

eachWithSite((own) => {
  ;({ site, home } = own)
})

test.each([
  ['an earlier update', 5],
  ['no update', null],
])("a cache's copy of a former text, which states %s, is no edit", async (_, updated) => {
  show(FIRST, updated)
  await fetch()
  show(SECOND, 60)
  await fetch()
  const second = read()
  expect(second).toContain('票价下月上调')
  show(FIRST, updated)
  expect(await fetch()).toEqual(QUIET)
  expect((await fetch('--verbose')).stderr).toContain('a former text, as a cache has it; the later one stays')
  expect(read()).toBe(second)
  show(SECOND, 60)
  expect(await fetch()).toEqual(QUIET)
  show(SECOND.replace('首班船', '头班船'), 90)
  expect(await fetch()).toMatchObject({ stderr: 'fetch: 0 written, 1 revised\n' })
  show(FIRST, updated)
  expect(await fetch()).toEqual(QUIET)
})

test.each([
  ['states a later update', 60, 90],
  ['states no update, as the page never did', null, null],
])('a text that comes back is one where it %s', async (_, second, third) => {
  show(FIRST, null)
  await fetch()
  const first = read()
  show(SECOND, second)
  await fetch()
  show(FIRST, third)
  expect(await fetch()).toMatchObject({ stderr: 'fetch: 0 written, 1 revised\n' })
  expect(read()).toBe(first)
})

test('a text that never was is an edit, whatever update it states', async () => {
  show(FIRST, 60)
  await fetch()
  show(SECOND, 30)
  expect(await fetch()).toMatchObject({ stderr: 'fetch: 0 written, 1 revised\n' })
  show(SECOND.replace('首班船', '头班船'), 5)
  expect(await fetch()).toMatchObject({ stderr: 'fetch: 0 written, 1 revised\n' })
})

test("a file that holds a former text itself is not written by a cache's copy of one, and asked for again", async () => {
  show(FIRST, 5)
  await fetch()
  const first = read()
  show(SECOND, 60)
  await fetch()
  const second = read()
  writeFileSync(fileOf(), first)
  show(FIRST, 5)
  const address = `${site.server.origin}${PATH}`
  expect(await call(['backfill', address, '--allow-private', '--rate', '1000/s'], { cwd: home.path })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`${PATH}: a cache still gives its former text; queued for the next run\n`),
  })
  expect(read()).toBe(first)
  show(SECOND, 60)
  const again = ['backfill', address, '--allow-private', '--rate', '1000/s']
  expect(await call(again, { cwd: home.path })).toMatchObject({ code: 0 })
  expect(read()).toBe(second)
})

test('an edit that a list shows while a cache has the page of before is had at the next poll', async () => {
  const third = SECOND.replace('首班船', '头班船')
  const poll = () => fetch('--recheck', '1h')
  show(FIRST, 5, FIRST)
  await poll()
  show(SECOND, 60, SECOND)
  await poll()
  show(FIRST, 5, third)
  expect(await poll()).toEqual(QUIET)
  show(third, 90, third)
  site.pages.set('/feed.xml', `${site.pages.get('/feed.xml')}<!-- later -->`)
  expect(await poll()).toMatchObject({ stderr: 'fetch: 0 written, 1 revised\n' })
  expect(read()).toContain('头班船')
})
