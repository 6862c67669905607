import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { drupal8Page } from '../support/pages.ts'
import { storiesIn } from '../support/program.ts'
import { rsshubFeed } from '../support/site.ts'

/*
 * The configuration's `keys` change in the middle of an archive's life: a file keeps its form until its text changes.
 */
const PATH = '/realtime/china/story20211110-9000001'
const FIRST = '<p>轮渡昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>'
const SECOND = FIRST.replace('不变', '下月上调')
const KEYS = ['bylines', 'keywords', 'updated']
const NOON = Date.parse('2021-11-10T12:00:00Z')
const HOUR_MS = 3_600_000

let own: Own
let nowMs: number
eachWithSite((begun) => {
  own = begun
  nowMs = NOON
})

function show(bodyHtml: string, keywords: readonly string[] = ['轮渡']): void {
  const url = `${own.site.server.origin}${PATH}`
  const story = { title: '轮渡复航', url, published: '2021-11-10T07:37:00.000Z', bodyHtml, keywords, byline: '林河' }
  const changed = nowMs / 1000
  own.site.pages.set(PATH, drupal8Page(story).replace(/"created":"\d+"/, `$&,"changed":"${changed}"`))
  own.site.pages.set('/feed.xml', rsshubFeed([{ ...story, bodyHtml: '' }]))
}

/** An hour after the last; the page comes in other bytes each time. */
async function fetch(keys: readonly string[], body = 'markdown'): Promise<{ code: number; out: string }> {
  nowMs += HOUR_MS
  own.site.pages.set(PATH, `${own.site.pages.get(PATH)}<!-- ${nowMs} -->`)
  const { code, out } = await fetchAt(nowMs, own, { keys, body, recheck: '100d', json: true })
  return { code, out: (out.match(/"status":"\w+"/g) ?? []).join() }
}
const fileOf = () => [...storiesIn(own.archive).entries()][0]!
const text = () => fileOf()[1]
const edit = (change: (text: string) => string) => writeFileSync(join(own.archive, fileOf()[0]), change(text()))
const lines = () => text().match(/^(?:bylines|keywords|lang|section|updated): .*$/gm)
const loseNotes = () => rmSync(join(own.archive, '.zaobao'), { recursive: true })
const QUIET = { code: 0, out: '' }
const REVISED = { code: 0, out: '"status":"revised"' }

describe.each([
  ['', () => undefined],
  [', .zaobao/ lost', loseNotes],
])('no text is written anew%s', (_state, before) => {
  test.each<[string, string[], string[]]>([
    ['keys that are added', [], KEYS],
    ['keys that are taken away', KEYS, []],
    ['other keys', ['keywords'], ['bylines']],
  ])('for %s', async (_name, first, next) => {
    show(FIRST)
    await fetch(first)
    const stories = storiesIn(own.archive)
    before()
    for (let run = 0; run < 2; run += 1) {
      expect(await fetch(next)).toEqual(QUIET)
      expect(storiesIn(own.archive)).toEqual(stories)
    }
    expect(existsSync(join(own.archive, '.zaobao/revisions'))).toBe(false)
    show(SECOND)
    expect(await fetch(next)).toEqual(REVISED)
    expect(lines()?.filter((line) => next.includes(line.split(':')[0]!)).length ?? 0).toBe(next.length)
  })
})

test('with its next text a file has the keys that are configured then, and what others added', async () => {
  show(FIRST)
  await fetch(['keywords', 'updated'])
  edit((now) => now.replace('categories:', 'rating: 5\ncategories:').replace('---\n<!--', 'section: 我的\n---\n<!--'))
  expect(lines()).toEqual(['keywords: [ 轮渡 ]', 'updated: 2021-11-10T12:00:00.000Z', 'section: 我的'])
  expect(await fetch(['bylines'])).toEqual(QUIET)
  show(SECOND)
  expect(await fetch(['bylines'])).toEqual(REVISED)
  expect(lines()).toEqual(['section: 我的', 'bylines: [ 林河 ]'])
  expect(text()).toContain('rating: 5\n')
})

test('a key whose value the page changed, alone, is brought up to date', async () => {
  show(FIRST)
  await fetch(['keywords'])
  show(FIRST, ['轮渡', '票价'])
  expect(await fetch(['keywords', 'bylines'])).toEqual(REVISED)
  expect(lines()).toContain('keywords: [ 轮渡, 票价 ]')
})

test("a cache's copy of a former text is no edit, though the keys are others now", async () => {
  show(FIRST)
  const former = own.site.pages.get(PATH)!
  await fetch([])
  show(SECOND)
  await fetch([])
  const stories = storiesIn(own.archive)
  own.site.pages.set(PATH, former)
  expect(await fetch(['keywords'])).toEqual(QUIET)
  expect(storiesIn(own.archive)).toEqual(stories)
})

test('what someone wrote stands beside the keys of the next text', async () => {
  show(FIRST)
  await fetch([])
  edit((now) => `${now}\n读者注：存疑。\n`)
  expect(await fetch(['keywords'])).toEqual(QUIET)
  show(SECOND)
  expect(await fetch(['keywords'])).toEqual(REVISED)
  expect(lines()).toEqual(['keywords: [ 轮渡 ]'])
  expect(text()).toContain('\n读者注：存疑。\n')
})

test.each<[string, string[], (text: string) => string, string]>([
  [
    'of a name that is configured later',
    [],
    (now) => now.replace('---\n<!--', 'section: 我的\n---\n<!--'),
    'section: 我的',
  ],
  ['in the place of ours', KEYS, (now) => now.replace('[ 轮渡 ]', '[ 我的 ]'), 'keywords: [ 我的 ]'],
])('a key that someone wrote stays, %s', async (_name, first, change, line) => {
  show(FIRST)
  await fetch(first)
  edit(change)
  const all = [...KEYS, 'section']
  expect(await fetch(all)).toEqual(QUIET)
  show(SECOND, ['轮渡', '票价'])
  expect(await fetch(all)).toEqual(REVISED)
  expect(lines()).toContain(line)
  expect(lines()).toHaveLength(all.length)
  expect(readdirSync(join(own.archive, '.zaobao/revisions/2021-11-10/9000001'))).toEqual(['1.md'])
})

describe('a key that someone wrote, .zaobao/ lost', () => {
  const all = [...KEYS, 'section', 'lang']
  test.each<[string, (text: string) => string, string]>([
    ['section', (now) => now.replace(/section: .*/, 'section: 我的'), 'section: 我的'],
    ['lang', (now) => now.replace(/lang: .*/, 'lang: zh-SG'), 'lang: zh-SG'],
    ['updated', (now) => now.replace(/updated: .*/, 'updated: 昨天'), 'updated: 昨天'],
    ['keywords', (now) => now.replace('[ 轮渡 ]', '[ 轮渡, 我的 ]'), 'keywords: [ 轮渡, 我的 ]'],
  ])('is not touched, and stays where an edit of the page says nothing of it: %s', async (key, change, line) => {
    show(FIRST)
    await fetch(all)
    edit(change)
    const stories = storiesIn(own.archive)
    loseNotes()
    expect(await fetch(all)).toEqual(QUIET)
    expect(storiesIn(own.archive)).toEqual(stories)
    loseNotes()
    show(`${FIRST}<p>末班船是晚上十点。</p>`)
    expect(await fetch(all)).toEqual(REVISED)
    const isList = key === 'keywords'
    expect(lines()?.includes(line)).toBe(!isList)
    expect(readdirSync(join(own.archive, '.zaobao/revisions/2021-11-10/9000001'))).toEqual([
      isList ? '1-kept.md' : '1.md',
    ])
    if (key !== 'updated') expect(lines()).toContain(`updated: ${new Date(nowMs - HOUR_MS).toISOString()}`)
  })
})

test('a key in the spelling of a formatter is ours, and brought up to date', async () => {
  show(FIRST)
  await fetch(['keywords'])
  edit((now) => now.replace('[ 轮渡 ]', '["轮渡"]'))
  show(SECOND, ['票价'])
  expect(await fetch(['keywords'])).toEqual(REVISED)
  expect(lines()).toEqual(['keywords: [ 票价 ]'])
})

test('a key that someone took out stays away, though the form of bodies changed since', async () => {
  show(FIRST)
  await fetch(['keywords'], 'html')
  edit((now) => now.replace(/keywords: .*\n/, ''))
  expect(await fetch(['keywords'])).toEqual(QUIET)
  show(SECOND)
  expect(await fetch(['keywords'])).toEqual(REVISED)
  expect(lines()).toBeNull()
})

test('a story that stands in another section now is no edit: its file keeps its address, and the section of that', async () => {
  show(FIRST)
  await fetch(['section'])
  expect(lines()).toEqual(['section: realtime/china'])
  const stories = storiesIn(own.archive)
  const { pages } = own.site
  const moved = PATH.replace('realtime', 'news')
  for (const path of [PATH, '/feed.xml']) pages.set(path, pages.get(path)!.replaceAll(PATH, moved))
  pages.set(moved, pages.get(PATH)!)
  expect(await fetch(['section'])).toEqual(QUIET)
  expect(storiesIn(own.archive)).toEqual(stories)
})
