import { join } from 'node:path'
import { candidatesOf } from '../../src/core/search/browse.ts'
import { indexed } from '../../src/core/search/entry.ts'
import { afterAll, expect, test } from 'vitest'
import { placesOf } from '../../src/core/search/places.ts'
import { matchOf, phrasesOf } from '../../src/core/search/plan.ts'
import { parseQuery, type Query } from '../../src/core/search/query.ts'
import { newSegment } from '../../src/core/search/segment.ts'
import { UTC } from '../../src/core/time.ts'
import { sectionPlaces } from '../../src/sites/publishers.ts'
import { pick, seeded } from '../support/invented.ts'
import { folder } from '../support/program.ts'
import { holds, plain, retyped } from './plain.ts'
import { catalogueOf, recordWith } from './records.ts'

const RUNS = Math.ceil(1000 * Number(process.env['PROPERTY_RUNS'] ?? 1))
const SEED = Number(process.env['PROPERTY_SEED'] ?? 1)
const CONTEXT = { nowMs: 0, zone: UTC, sections: sectionPlaces() }

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

interface Told {
  day: string
  title: string
  text: string
}

/** Searches stories as a static site does: the numbers of those that it finds. */
function siteOf(stories: readonly Told[], inSegment: number): (query: Query) => Promise<number[]> {
  const files = new Map<string, string>()
  const segments = Array.from({ length: Math.ceil(stories.length / inSegment) }, (_, at) => {
    const own = stories.slice(at * inSegment, (at + 1) * inSegment)
    const making = newSegment({ from: own[0]?.day ?? '', to: own.at(-1)?.day ?? '' })
    for (const [n, story] of own.entries()) {
      const path = `${story.day}/${story.day}-1.md`
      const { words } = indexed(recordWith({ ...story, path }), path, 0)
      making.add({ place: `${story.day}/${at * inSegment + n}`, words })
    }
    const made = making.end()
    for (const [end, text] of made.files) files.set(`s${at}-${end}`, text)
    return { name: `s${at}`, ...made.segment }
  })
  const load = async (file: string): Promise<string> => files.get(file) ?? '\n'
  return async (query) => {
    const found: number[] = []
    for await (const candidate of candidatesOf(query, segments.toReversed(), load)) {
      const n = Number(candidate.place.slice(11))
      const { title = '', text = '' } = stories[n] ?? {}
      if (candidate.holds(title, text)) found.push(n)
    }
    return found
  }
}

const home = folder()
afterAll(() => home.remove())

test(`${RUNS} queries cut out of texts anywhere find what a plain count finds`, async () => {
  const random = seeded(SEED)
  const made = (length: number): string => Array.from({ length }, () => pick(random, PIECES)).join('')
  const texts = Array.from({ length: 150 }, () => ({
    title: `一${made(6)}`,
    text: made(10 + Math.floor(random() * 60)),
  }))
  const stories = texts.map((each) => ({ day: '2021-11-10', ...each }))
  const catalogue = catalogueOf(join(home.path, 'exact.db'), stories)
  const site = siteOf(stories, 40)
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
    const asked = parseQuery(`"${typed.replace(/["“”＂]/g, '。')}"`, CONTEXT)
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
    const onSite = (await site(asked.query)).toReversed()
    if (String(onSite) !== String(theirs)) wrong.push({ typed, wanted, onSite, theirs })
    if (isMarked !== theirs.includes(one)) wrong.push({ typed, wanted, isMarked })
  }
  catalogue.close()
  expect(wrong.slice(0, 5)).toEqual([])
  expect(found).toBeGreaterThan(RUNS)
})

test('a static site answers all that a query can ask as the catalogue does', async () => {
  const random = seeded(SEED + 1)
  const texts = [
    '浮桥明天开放，轮渡停航。',
    '轮渡照常；浮桥不收费。',
    'The floating bridge opens: 5G on board.',
    '铁桥封闭。',
    '铁桥，　　封闭。',
  ]
  const stories = Array.from({ length: 120 }, (_, n) => ({
    day: `2021-${String(1 + Math.floor(n / 12)).padStart(2, '0')}-${String(10 + (n % 3)).padStart(2, '0')}`,
    title: pick(random, ['浮桥', '轮渡加班', '铁桥 bridge']),
    text: pick(random, texts),
    section: pick(random, ['realtime/china', 'news/sea', 'Southeast%20Asia/河镇 与 渡口']),
    lang: pick(random, ['zh-Hans', 'en']),
    revision: pick(random, [1, 2]),
    author: pick(random, ['联合早报', '河镇日报社']),
  }))
  const ordered = stories.toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const catalogue = catalogueOf(join(home.path, 'all.db'), ordered)
  const site = siteOf(ordered, 16)
  const queries =
    '浮桥 轮渡|浮桥 OR 铁桥封闭|浮桥 -收费|-(明天开放 OR 不收费)|title:轮渡加班|title:浮桥 -section:china|section:sea lang:zh|section:"southeast asia"|栏目：“河鎮　与　渡口”|-section：“Southeast Asia” 浮桥|is:revised 5G|2021-03..2021-06|date:2021-03-11|before:2021-04-12 NOT 浮桥|after:2021-09|author:河镇日报|"floating bridge"|"the float"*|铁桥bri*|2021-02-10..2021-02-11 浮桥明天开|-2021|"铁桥， 封闭"'
  for (const typed of queries.split('|')) {
    const asked = parseQuery(typed, CONTEXT)
    expect([typed, asked?.fault]).toEqual([typed, null])
    if (asked === null) continue
    const found = catalogue.find(matchOf(asked.query), { order: 'newest', limit: 1000, before: null })
    const wanted = found.map(({ entry }) => Number(entry.id)).toSorted((a, b) => b - a)
    expect([typed, await site(asked.query)]).toEqual([typed, wanted])
    if (!/2021-03\.\.|^section:"|^栏目/.test(typed)) continue
    expect(wanted.length).toBeGreaterThan(10)
  }
  catalogue.close()
})
