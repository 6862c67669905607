import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openSqlite } from '../../src/edge/catalogue/sqlite.ts'
import { type Made, madeStory } from '../archive/support/documents.ts'
import { serveArchive } from '../reader/support/served.ts'
import { pick, seeded } from '../support/invented.ts'
import { call, folder } from '../support/program.ts'

const home = folder()
const PLACES = 'select rowid, path from story order by rowid'
const FIGURES = 'select hex(block) from words_data where id = 1'
const DAYS = ['2021-11-10', '2021-11-11', '2021-11-12']
const random = seeded(17)

/** Stories of few days, each of a minute of its own; of some, one text. */
const STORIES = Array.from({ length: 60 }, (_, n): Made => {
  const said = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    pick(random, ['浮桥开放。', '轮渡停航。', '铁桥。']),
  )
  return atMinute(n, madeStory(n, { title: '河镇', markdown: said.join(''), day: DAYS[n % DAYS.length]! }))
})

function atMinute(n: number, made: Made): Made {
  const time = new Date(`${made.day}T04:${String(n).padStart(2, '0')}:00.000Z`)
  const text = made.text
    .replace(/^date: .*$/m, `date: ${time.toISOString()}`)
    .replace(/^<!--\d+-->$/m, `<!--${time.getTime()}-->`)
  return { ...made, text }
}

/** An archive in a folder, which changes at each step of a clock of its own. */
function archiveIn(name: string) {
  const cwd = join(home.path, name)
  let step = Date.UTC(2021, 11, 1)
  const changed = (day: string): void => {
    step += 60_000
    utimesSync(join(cwd, 'archive', day), new Date(step), new Date(step))
  }
  return {
    cwd,
    write(story: Made, text = story.text): void {
      mkdirSync(join(cwd, 'archive', story.day), { recursive: true })
      writeFileSync(join(cwd, 'archive', story.path), text)
      changed(story.day)
    },
    remove(story: Made): void {
      rmSync(join(cwd, 'archive', story.path))
      changed(story.day)
    },
    async found(query: string, ...options: string[]): Promise<string[]> {
      const { stdout } = await call(['search', query, '--json', ...options], { cwd })
      return stdout.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { id: string }).id]))
    },
  }
}

const once = archiveIn('once')
const grown = archiveIn('grown')
const removed = new Set<string>()

beforeAll(async () => {
  // Files that were written in this moment would be read again with each change of their day.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 })
  for (const story of STORIES) once.write(story)
  await once.found('河镇')
  const [gone, ...others] = [
    madeStory(900, { title: '浮桥浮桥浮桥', markdown: '浮桥开放。'.repeat(60), day: DAYS[0]! }),
    ...STORIES.toSorted(() => random() - 0.5),
  ]
  grown.write(gone)
  for (const [n, story] of others.entries()) {
    grown.write(story, n % 3 === 0 ? story.text.replace('河镇', '渡口') : story.text)
    if (n % 2 === 0) await grown.found('河镇')
    if (n % 5 !== 0) continue
    const going = pick(
      random,
      others.slice(0, n + 1).filter(({ id }) => !removed.has(id)),
    )
    removed.add(going.id)
    grown.remove(going)
  }
  grown.remove(gone)
  await grown.found('河镇')
  for (const story of others.toReversed()) {
    grown.write(story)
    await grown.found('河镇')
  }
})
afterAll(() => {
  vi.useRealTimers()
  home.remove()
})

const QUERIES = ['河镇', '浮桥', '浮桥 轮渡', '铁桥 OR 轮渡', 'section:china', '-铁桥']

describe('an archive that was catalogued at once, and one story by story with others that changed and went,', () => {
  test.each(QUERIES)('answer %s in one order', async (query) => {
    for (const options of [[], ['--best'], ['--best', '--limit', '7']]) {
      expect([options, await grown.found(query, ...options)]).toEqual([options, await once.found(query, ...options)])
    }
  })

  test('in `serve` too, page behind page', async () => {
    const [ours, theirs] = await Promise.all([grown, once].map(({ cwd }) => pagesOf(join(cwd, 'archive'))))
    expect(ours).toEqual(theirs)
    expect(new Set(ours)).toHaveLength(STORIES.length)
  })

  test('have the same places and the same figures, by which they rank', () => {
    const [ours, theirs] = [grown, once].map(({ cwd }) => heldIn(join(cwd, 'archive', '.zaobao', 'catalogue.db')))
    expect(ours).toEqual(theirs)
  })
})

test('figures of other rows than those that are there are left as they are', async () => {
  const [made, kept] = [madeStory(1), madeStory(2, { day: madeStory(1).day })]
  const archive = archiveIn('counted otherwise')
  for (const story of [made, kept]) archive.write(story)
  await archive.found('大桥')
  const db = openSqlite(join(archive.cwd, 'archive', '.zaobao', 'catalogue.db'))
  db.exec(`update words_data set block = unhex('0101010101') where id = 1`)
  db.close()
  archive.remove(made)
  expect(await archive.found('大桥')).toEqual([kept.id])
  expect(heldIn(join(archive.cwd, 'archive', '.zaobao', 'catalogue.db'))[1]).toEqual([{ 'hex(block)': '0101010101' }])
})

/** What decides in a catalogue's file which story comes first; that its index is whole is looked at too. */
function heldIn(path: string): unknown[] {
  const db = openSqlite(path)
  const all = [PLACES, FIGURES].map((sql) => db.prepare(sql).all())
  db.exec("insert into words (words) values ('integrity-check')")
  db.close()
  return all
}

/** The stories of all pages of hits, and of that of the best. */
async function pagesOf(root: string): Promise<string[]> {
  const served = await serveArchive(root)
  const found: string[] = []
  for (let next: string | undefined = '/search?q=section:china'; next !== undefined;) {
    const { text } = await served.get(next, { 'accept-language': 'en' })
    found.push(...Array.from(text.matchAll(/href="\/[\d-]{10}\/(\d+)"/g), ([, id]) => id!))
    next = /href="(\/search\?[^"]*before=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
  }
  const best = await served.get('/search?q=section:china&order=best', { 'accept-language': 'en' })
  found.push(...Array.from(best.text.matchAll(/href="\/[\d-]{10}\/(\d+)"/g), ([, id]) => id!))
  await served.stop()
  return found
}
