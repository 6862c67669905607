import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { matchOf } from '../../src/core/search/plan.ts'
import { parseQuery, type Query } from '../../src/core/search/query.ts'
import { indexed } from '../../src/core/search/entry.ts'
import { UTC } from '../../src/core/time.ts'
import { sectionPlaces } from '../../src/sites/publishers.ts'
import { type Catalogue, openCatalogue } from '../../src/edge/catalogue/catalogue.ts'
import { placesOfTyped } from '../../src/pipeline/search/typed.ts'
import { pick, seeded } from '../support/invented.ts'
import { folder } from '../support/program.ts'
import { catalogueOf, recordWith } from './records.ts'

const home = folder()
afterAll(() => home.remove())

const CLAUSES =
  '浮桥明天开放|輪渡停航三日|渔港扩建工程招标|使用 5G 的船只|５Ｇ信号覆盖河镇|The floating bridge opens|covid19 检测站|浮桥，明天开放|停航三日后复航|café 与 cafe 一样'.split(
    '|',
  )
const MOST = 40

const queryOf = (typed: string): Query | null =>
  parseQuery(typed, { nowMs: 0, zone: UTC, sections: sectionPlaces() })?.query ?? null

/** How often the index itself is asked. */
function watched(catalogue: Catalogue): { catalogue: Catalogue; asked: () => number } {
  let asked = 0
  const places: Catalogue['places'] = (match, wanted) => {
    asked += 1
    return catalogue.places(match, wanted)
  }
  return { catalogue: { ...catalogue, places }, asked: () => asked }
}

test.each([
  ['seldom', 0, 0.6],
  ['where that takes less', undefined, 1],
])('a phrase that is typed letter by letter finds what it finds by itself, and asks the index %s', (_, cost, share) => {
  const random = seeded(11)
  const texts = Array.from({ length: 240 }, () => {
    const text = Array.from({ length: 4 }, () => pick(random, CLAUSES)).join(pick(random, ['。', '', '\n', '，']))
    return { day: '2021-11-10', title: pick(random, CLAUSES) + pick(random, CLAUSES), text }
  })
  const own = catalogueOf(join(home.path, `typed ${cost}.db`), texts)
  const { catalogue, asked } = watched(own)
  let keys = 0
  let found = 0
  for (let n = 0; n < 120; n += 1) {
    const { title, text } = pick(random, texts)
    const source = Array.from(random() < 0.2 ? title : text)
    const start = Math.floor(random() * (source.length - 6))
    const letters = source.slice(start, start + 6 + Math.floor(random() * 14))
    const before = pick(random, ['', '', 'title:'])
    const end = pick(random, ['', '', '*'])
    for (let length = 1; length <= letters.length; length += 1) {
      const typed = `${before}"${letters.slice(0, length).join('').replaceAll('\n', ' ')}"${end}`
      const query = queryOf(typed)
      if (query === null) continue
      const places = placesOfTyped(catalogue, query, matchOf(query), MOST, cost)
      if (places === null) continue
      keys += 1
      found += places.length
      const wanted = own.places(matchOf(query), { order: 'newest', limit: MOST, before: null })
      expect([typed, places]).toEqual([typed, wanted])
    }
  }
  own.close()
  expect(found).toBeGreaterThan(keys)
  expect(asked() / keys).toBeLessThanOrEqual(share)
})

test.each<[string, string, string]>([
  ['a word that may go on', '浮桥 abc de fg', '浮桥 abc de fg*'],
  ['another field', 'title:"浮桥明天开放"', '"浮桥明天开放了"'],
  ['another beginning', '浮桥明天开放', '轮渡明天开放了'],
  ['a shorter phrase', '浮桥明天开放了', '浮桥明天开放'],
])('%s is asked of the index', (_, first, then) => {
  const own = catalogueOf(join(home.path, 'other.db'), [{ day: '2021-11-10' }])
  const { catalogue, asked } = watched(own)
  for (const typed of [first, then]) {
    const query = queryOf(typed.includes('"') ? typed : `"${typed.replace('*', '')}"${typed.endsWith('*') ? '*' : ''}`)
    if (query !== null) placesOfTyped(catalogue, query, matchOf(query), MOST, 0)
  }
  own.close()
  expect(asked()).toBe(2)
})

test.each<[string, (path: string, own: Catalogue) => Catalogue]>([
  ['this process', (_, own) => own],
  ['another', (path) => openCatalogue(path)],
])('a story that %s adds between two keys is found', (name, writer) => {
  const path = join(home.path, `${name}.db`)
  const own = catalogueOf(path, [{ day: '2021-11-10', text: '浮桥明天开放，轮渡停航。' }])
  const count = (typed: string): number | undefined => {
    const query = queryOf(typed)
    return query === null ? undefined : placesOfTyped(own, query, matchOf(query), MOST, 0)?.length
  }
  expect(count('浮桥明天开放')).toBe(1)
  const file = '2021-11-11/2021-11-11-2.md'
  const story = indexed(recordWith({ path: file, text: '浮桥明天开放，轮渡照常。' }), file, Date.parse('2021-11-11'))
  const other = writer(path, own)
  other.apply([
    {
      ...{ day: '2021-11-11', before: undefined, modified: 1, gone: [] },
      files: [{ path: file, mark: { changed: 1, size: 1 }, story }],
    },
  ])
  if (other !== own) other.close()
  expect(count('浮桥明天开放，轮渡')).toBe(2)
  own.close()
})
