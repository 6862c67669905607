import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { reextract } from '../../src/commands/reextract.ts'
import { eachWithSite, type Own } from '../support/each.ts'
import { fetchAt } from '../support/fetch.ts'
import { configOf, testIo } from '../support/io.ts'
import { keptIn, makeKnown } from '../support/kept.ts'
import { drupal8Page } from '../support/pages.ts'
import { storiesIn } from '../support/program.ts'
import { type Site } from '../support/site.ts'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-03-12T12:00:00Z')
const LIST = '/realtime/china'
const PROBE = 'zaobao-archiver probe shows what is known of the site'

let site: Site
let home: Own['home']
let archive: string
let nowMs: number

eachWithSite((own) => {
  ;({ site, home, archive } = own)
  nowMs = START
})

const pathOf = (number: number) => `/news/china/story20260312-${9_000_000 + number}`

/** The list page of stories, their pages there; `name` makes its markup known or not. */
function list(numbers: readonly number[], name = 'card'): string {
  for (const number of numbers) {
    const url = `${site.server.origin}${pathOf(number)}`
    const published = '2026-03-12T02:00:00.000Z'
    const bodyHtml = `<p>渡口的第${number}班船今早开了，船家说明天还会多开一班，请乘客提早到。</p>`
    site.pages.set(pathOf(number), drupal8Page({ title: `渡口第${number}班船`, url, published, bodyHtml }))
  }
  const cards = numbers.map(
    (number) =>
      `<div class="${name}"><div class="content-header"><a href="${pathOf(number)}">渡口第${number}班船</a></div></div>`,
  )
  return `<!DOCTYPE html><html><body><div class="${name}-listing">${cards.join('')}</div></body></html>`
}

function run(flags: Record<string, unknown> = {}, hours = 1) {
  nowMs += hours * HOUR_MS
  return fetchAt(nowMs, { site, home }, { feed: [], section: [`${site.server.origin}${LIST}`], ...flags })
}

const kept = () => keptIn(archive)

/** The next run is one of another version, which reads the kept lists as `body`. */
const update = (body: string) => makeKnown(archive, { [`${site.server.origin}${LIST}`]: body })

test('a list of no known kind is kept, one of each quarter of a day, and the line names it', async () => {
  site.pages.set(LIST, list([1, 2], 'tile'))
  const first = await run()
  expect(first.code).toBe(3)
  const [name = ''] = kept()
  expect(name).toMatch(/^list-[0-9a-f]{10}-2026031212\.gz$/)
  expect(first.err).toContain(`not a list page of a known kind; it is kept in .zaobao/pages/${name}; ${PROBE}`)
  for (let n = 0; n < 4; n += 1) await run()
  expect(kept()).toHaveLength(1)
  await run({}, 6)
  expect(kept()).toHaveLength(2)
  expect(storiesIn(archive).size).toBe(0)
})

test('a kept list tells no secret of the address under which it was asked', async () => {
  site.pages.set(`${LIST}?key=secret`, list([1, 2], 'tile'))
  await run({ section: [`${site.server.origin.replace('//', '//me:secret@')}${LIST}?key=secret`] })
  const [name = ''] = kept()
  const [head = ''] = gunzipSync(readFileSync(join(archive, '.zaobao/pages', name)))
    .toString()
    .split('\n')
  expect(JSON.parse(head)).toMatchObject({ foundAt: `${site.server.origin}${LIST}?key=***` })
  expect(head).not.toContain('secret')
})

test('another version reads it again, and has its stories; then it is forgotten', async () => {
  const unknown = list([1, 2, 3], 'tile')
  site.pages.set(LIST, unknown)
  await run()
  const known = list([1, 2, 3])
  site.pages.set(LIST, list([3, 4], 'tile'))
  await update(known)
  const updated = await run()
  expect(updated.err).toContain('this version read 1 kept list: 3 stories')
  expect(storiesIn(archive).size).toBe(3)
  expect(kept()).toHaveLength(0)
  expect((await run()).err).not.toContain('this version read')
  expect(storiesIn(archive).size).toBe(3)
  // What is kept now is the list of that run, which this version cannot read.
  expect(kept()).toHaveLength(1)
})

test('by hand it is read without the network, and the next run has its stories', async () => {
  site.pages.set(LIST, list([1, 2, 3], 'tile'))
  await run()
  site.pages.set(LIST, list([3, 4]))
  await run({ limit: 1 })
  await update(list([1, 2, 3]))
  const requests = site.server.requests.length
  const io = { ...testIo(home.path), now: () => nowMs }
  expect(await reextract(await configOf({ archive }, home.path), io)).toBe(0)
  expect(io.err.join('')).toContain('this version read 1 kept list: 3 stories')
  expect(site.server.requests).toHaveLength(requests)
  expect(kept()).toHaveLength(0)
  const before = storiesIn(archive).size
  await run()
  expect([before, storiesIn(archive).size]).toEqual([1, 4])
})

test('it stays until all its stories are archived, or wait', async () => {
  site.pages.set(LIST, list([1, 2, 3], 'tile'))
  await run()
  await update(list([1, 2, 3]))
  site.broken.set(LIST, 404)
  await run({ limit: 1 })
  expect(storiesIn(archive).size).toBe(1)
  expect(kept()).toHaveLength(1)
  site.broken.set(pathOf(2), 500)
  await run()
  expect(storiesIn(archive).size).toBe(2)
  expect(kept()).toHaveLength(0)
})

test('a list that had stories and is empty says so, and is kept; a feed is not', async () => {
  site.pages.set(LIST, list([1]))
  expect(await run()).toMatchObject({ code: 0, err: expect.stringContaining('1 written') as string })
  site.pages.set(LIST, list([]))
  const empty = await run()
  expect(empty).toMatchObject({ code: 3 })
  expect(empty.err).toContain(
    `it is empty, though it had stories before: it looks new; it is kept in .zaobao/pages/list-`,
  )
  site.pages.set('/feed.xml', '<html><p>x</p></html>')
  const before = kept()
  expect((await run({ feed: [`${site.server.origin}/feed.xml`] })).code).toBe(3)
  expect(kept()).toEqual(before)
})

test('a dry run keeps nothing, and one that cannot keep goes on', async () => {
  site.pages.set(LIST, list([1], 'tile'))
  expect((await run({ dryRun: true })).err).toContain(PROBE)
  expect(existsSync(archive)).toBe(false)
  mkdirSync(join(archive, '.zaobao'), { recursive: true })
  writeFileSync(join(archive, '.zaobao/pages'), '')
  expect(await run()).toMatchObject({
    code: expect.any(Number) as number,
    err: expect.stringContaining(LIST) as string,
  })
})
