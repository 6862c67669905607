import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { placesOf } from '../../src/core/search/places.ts'
import { matchOf, phrasesOf } from '../../src/core/search/plan.ts'
import { parseQuery } from '../../src/core/search/query.ts'
import { UTC } from '../../src/core/time.ts'
import { pick, seeded } from '../support/invented.ts'
import { folder } from '../support/program.ts'
import { holds, plain, retyped } from './plain.ts'
import { catalogueOf } from './records.ts'

const RUNS = Math.ceil(1000 * Number(process.env['PROPERTY_RUNS'] ?? 1))
const SEED = Number(process.env['PROPERTY_SEED'] ?? 1)
const CLOCK = { nowMs: 0, zone: UTC }

/** Few letters, so that what nearly is there is met at every turn. */
const PIECES = Array.from('香港国國门門发發髮台臺后後们們，。：“”《》　- —·%𠮷𫖯頫é').concat(
  ...[
    '5G',
    '5',
    '10',
    '2021',
    'a',
    'AI',
    'Covid',
    'e\u0301',
    '\u200b',
    '\n\n',
    ' ',
    '３',
    'Ｇ',
    'ガ',
    '한국',
    'жук',
    '😀',
    '\u0000',
  ],
)

const home = folder()
afterAll(() => home.remove())

test(`${RUNS} queries cut out of texts anywhere find what a plain count finds`, () => {
  const random = seeded(SEED)
  const made = (length: number): string => Array.from({ length }, () => pick(random, PIECES)).join('')
  const texts = Array.from({ length: 150 }, () => ({
    title: `一${made(6)}`,
    text: made(10 + Math.floor(random() * 60)),
  }))
  const stories = texts.map((each) => ({ day: '2021-11-10', ...each }))
  const catalogue = catalogueOf(join(home.path, 'exact.db'), stories)
  const plains = texts.map(({ title, text }) => [plain(title), plain(text)] as const)
  const wrong: unknown[] = []
  let found = 0
  for (let n = 0; n < RUNS; n += 1) {
    const { title, text } = pick(random, texts)
    const letters = Array.from(random() < 0.2 ? title : text)
    const start = Math.floor(random() * letters.length)
    const cut = letters.slice(start, start + 1 + Math.floor(random() * 12))
    if (random() < 0.3) cut[Math.floor(random() * cut.length)] = pick(random, PIECES)
    const typed = retyped(cut.join(''), random)
    const asked = parseQuery(`"${typed.replace(/["“”＂]/g, '。')}"`, CLOCK)
    const wanted = plain(typed.replace(/["“”＂]/g, '。'))
    expect(asked === null, typed).toBe(wanted === '')
    if (asked === null || wanted.includes('\n')) continue
    const isThere = holds(wanted)
    const ours = catalogue
      .find(matchOf(asked.query), { order: 'newest', limit: 1000, before: null })
      .map(({ entry }) => Number(entry.id))
    const theirs = plains.flatMap((both, at) => (both.some(isThere) ? [at] : []))
    const one = Math.floor(random() * texts.length)
    const isMarked = (['title', 'text'] as const).some(
      (side) => placesOf(texts[one]?.[side] ?? '', phrasesOf(asked.query, side)).length > 0,
    )
    found += theirs.length
    const sorted = ours.toSorted((a, b) => a - b)
    if (String(sorted) !== String(theirs)) wrong.push({ typed, wanted, ours: sorted.length, theirs: theirs.length })
    if (isMarked !== theirs.includes(one)) wrong.push({ typed, wanted, isMarked })
  }
  catalogue.close()
  expect(wrong.slice(0, 5)).toEqual([])
  expect(found).toBeGreaterThan(RUNS)
})
