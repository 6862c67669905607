import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { REFUSALS } from '../../src/core/extraction.ts'
import { parseHtml } from '../../src/core/html/html.ts'
import { placeOf } from '../../src/core/html/place.ts'
import { agreement, disagrees, type SourceStory } from '../../src/core/probe/agree.ts'
import { type ProbeCandidate, chooseStories } from '../../src/core/probe/choose.ts'
import { textsIn } from '../../src/core/probe/data-texts.ts'
import type { EditionReport, Report, SourceReport, StoryReport } from '../../src/core/probe/report.ts'
import { verdictLine } from '../../src/core/probe/print.ts'
import { verdictOf } from '../../src/core/probe/verdict.ts'
import { wordless } from '../../src/core/probe/wordless.ts'
import { message, speak } from '../../src/words/words.ts'
import { CHINESE_ZONE, dayIn, isoTime } from '../../src/core/time.ts'

const LONG = '渡口的那条船今早又开了。'.repeat(9)
const NOW = Date.UTC(2026, 10, 22, 4)
const HOUR = 3_600_000

describe('the stories to look at', () => {
  /** `hours` ago; of a sitemap the day alone is known. */
  const listed = (hours: number): ProbeCandidate => ({
    id: String(hours),
    day: dayIn(CHINESE_ZONE, NOW - hours * HOUR),
    published: isoTime(NOW - hours * HOUR),
    isOnlyMapped: false,
  })
  const mapped = (hours: number): ProbeCandidate => ({ ...listed(hours), published: null, isOnlyMapped: true })
  const nameless = (id: string): ProbeCandidate => ({ id, day: null, published: null, isOnlyMapped: false })

  test.each<[string, ProbeCandidate[], string[]]>([
    ['none', [], []],
    ['one', [listed(5)], ['newest 5']],
    ['two', [listed(5), listed(9)], ['newest 5', 'hour 9']],
    ['a list of a day', [0.2, 0.9, 1.5, 5, 20].map(listed), ['newest 0.2', 'hour 0.9', 'week 20']],
    ['in any order', [169, 1.2, 0.1, 160].map(listed), ['newest 0.1', 'hour 1.2', 'week 169']],
    ['a sitemap for the week', [listed(0.5), listed(1), mapped(2), mapped(168)], ['newest 0.5', 'hour 1', 'week 168']],
    ['a sitemap alone', [mapped(24), mapped(168)], ['newest 24', 'hour 168']],
    [
      'one far ahead of the clock is not the newest',
      [listed(-30), listed(2), listed(3)],
      ['newest 2', 'hour 3', 'week -30'],
    ],
    ['a sitemap alone that is ahead', [-40, 24, 168].map(mapped), ['newest 24', 'hour 168', 'week -40']],
    ['one without a time is the last', [nameless('a'), listed(3)], ['newest 3', 'hour a']],
    ['without times, in their order', ['a', 'b', 'c', 'd'].map(nameless), ['newest a', 'hour b', 'week c']],
  ])('%s', (_name, stories, chosen) => {
    expect(chooseStories(stories, NOW).map(({ age, story }) => `${age} ${story.id}`)).toEqual(chosen)
  })
})

describe('two sources', () => {
  const items = (ids: readonly number[], shiftHours = 0): SourceStory[] =>
    ids.map((id) => ({ id: String(id), title: `渡口 ${id}`, published: isoTime(NOW - (id + shiftHours) * HOUR) }))
  const one = items([1, 2, 3, 4, 5])

  test.each<[string, SourceStory[], boolean, Partial<ReturnType<typeof agreement>>, boolean]>([
    ['the same', one, true, { of: 5, stories: 5, headlines: 5, times: 5 }, false],
    ['a part', items([2, 3]), true, { of: 2, stories: 2, headlines: 2, times: 2 }, false],
    ['none alike', items([7, 8, 9]), true, { of: 3, stories: 0 }, true],
    ['none alike, of another section', items([7, 8, 9]), false, { of: 3, stories: 0 }, false],
    ['too few to tell', items([7, 8]), true, { of: 2, stories: 0 }, false],
    ['eight hours off', items([1, 2, 3], 8), false, { stories: 3, times: 0, timed: 3 }, true],
    ['less than an hour off', items([1, 2, 3], 0.9), true, { stories: 3, times: 3 }, false],
    ['spaced otherwise', one.map((item) => ({ ...item, title: `渡　口${item.id}` })), true, { headlines: 5 }, false],
    ['other headlines', one.map((item) => ({ ...item, title: '桥' })), true, { titled: 5, headlines: 0 }, false],
    ['blank headlines', one.map((item) => ({ ...item, title: ' ' })), true, { titled: 0, headlines: 0 }, false],
    ['half of them off', [...items([1, 2]), ...items([3, 4], 8)], true, { times: 2, timed: 4 }, false],
    [
      'one time alone',
      [...items([1]), ...one.slice(1).map((item) => ({ ...item, published: null }))],
      true,
      { timed: 1 },
      false,
    ],
    ['no times', one.map((item) => ({ ...item, published: null })), true, { timed: 0 }, false],
    ['no headlines', one.map((item) => ({ ...item, title: null })), true, { titled: 0, headlines: 0 }, false],
  ])('%s', (_name, other, isOfSame, expected, disagree) => {
    const found = agreement(one, other, { name: 'x', isOfSame })
    expect(found).toMatchObject(expected)
    expect(disagrees(found)).toBe(disagree)
  })
})

const ANSWERED = {
  url: '',
  ledTo: null,
  status: 200,
  failure: null,
  bytes: 1,
  contentType: null,
  contentEncoding: null,
}
const SOURCE: SourceReport = {
  ...ANSWERED,
  ...{ name: 's', kind: 'list', layout: 'react', isOptional: false, isCut: false, items: 1, numbered: 1, titled: 1 },
  ...{ timed: 1, newest: null, newestDay: null, agreements: [], links: 0, linksAt: null },
}
const STORY: StoryReport = {
  ...ANSWERED,
  ...{ age: 'newest', id: '1', layout: 'sg-react', ending: 'whole', doubts: [] },
  headline: { letters: 9, witnesses: [], others: [] },
  time: { published: '2026-11-22T04:00:00.000Z', says: {}, others: [] },
  body: { letters: 1, paragraphs: 1, outside: 0, says: {}, wordCount: null, isShuffled: false, at: null },
  pictures: { body: 0, captions: 0, data: null, head: false },
  access: { read: 'public', says: {} },
}

describe('the verdict', () => {
  const other = (shared: number) => ({ ...STORY.headline, others: [{ witness: 'og', letters: 9, shared }] })
  const source = (more: Partial<SourceReport>) => [{ ...SOURCE, ...more }]
  const story = (more: Partial<StoryReport>) => [{ ...STORY, ...more }]

  test.each<[string, SourceReport[], StoryReport[], string, string[]]>([
    ['all is known', [SOURCE], [STORY], 'known', []],
    ['a feed whose stories have no page here', [SOURCE], [], 'known', []],
    ['a list of no known kind', [...source({ failure: 'unknown' }), SOURCE], [STORY], 'partly', ['unread source']],
    ['all lists are of no known kind', source({ failure: 'unknown' }), [], 'partly', ['unread source']],
    ['a list that is empty', source({ failure: 'empty' }), [], 'partly', ['unread source']],
    [
      'one edition is down',
      [...source({ failure: 'connect', status: null }), SOURCE],
      [STORY],
      'partly',
      ['unread source'],
    ],
    ['a list that is cut off', source({ isCut: true }), [STORY], 'partly', ['cut source']],
    ['a mirror without a sitemap', [SOURCE, ...source({ isOptional: true, failure: 'missing' })], [STORY], 'known', []],
    [
      'a mirror whose sitemap is new',
      [SOURCE, ...source({ isOptional: true, failure: 'unknown' })],
      [STORY],
      'partly',
      ['unread source'],
    ],
    [
      'a page that no layout reads',
      [SOURCE],
      story({ failure: 'unclaimed', layout: null }),
      'partly',
      ['unread story'],
    ],
    ['a page that is not to be had', [SOURCE], story({ failure: 'missing' }), 'partly', ['unread story']],
    ['a page of which nothing is said', [SOURCE], story({ layout: null }), 'partly', ['unread story']],
    ['a page without a layout', [SOURCE], story({ layout: 'generic' }), 'partly', ['generic story']],
    ['a reading in doubt', [SOURCE], story({ doubts: [message`x`] }), 'partly', ['story in doubt']],
    ['a headline that was edited', [SOURCE], story({ headline: other(0.5) }), 'known', []],
    ['a headline of another story', [SOURCE], story({ headline: other(0.1) }), 'partly', ['other headline']],
    ['two times', [SOURCE], story({ time: { ...STORY.time, others: ['og'] } }), 'partly', ['other time']],
    ['no time', [SOURCE], story({ time: { ...STORY.time, published: null } }), 'partly', ['no time']],
    ['down', source({ failure: 'connect' }), [], 'unreachable', ['unread source']],
    ['a challenge', source({ failure: 'challenge' }), [], 'unreachable', ['unread source']],
    ['forbidden', source({ failure: 'robots' }), [], 'unreachable', ['unread source']],
    [
      'one waits, one is down',
      [...source({ failure: 'connect' }), ...source({ failure: 'wait' })],
      [],
      'wait',
      ['unread source'],
    ],
    ['one waits, one is read', [SOURCE, ...source({ failure: 'wait' })], [STORY], 'partly', ['unread source']],
  ])('%s', (_name, sources, stories, verdict, findings) => {
    const edition: EditionReport = {
      host: 'x',
      publisher: 'zaobao',
      robots: 'allows',
      leadsTo: null,
      clockAheadSeconds: 0,
      sources,
      stories,
      storyData: null,
    }
    const found = verdictOf([edition])
    expect({ verdict: found.verdict, findings: [...new Set(found.findings.map(({ what }) => what))] }).toEqual({
      verdict,
      findings,
    })
  })
})

test.each<[string, SourceReport[], StoryReport[], string]>([
  ['all is known', [SOURCE], [STORY], 'known: 1 of 1 source read, 1 of 1 story by a known layout, all witnesses agree'],
  [
    'a mirror without a sitemap',
    [SOURCE, { ...SOURCE, isOptional: true, failure: 'missing' }],
    [],
    'known: 1 of 1 source read, 0 of 0 stories by a known layout, all witnesses agree',
  ],
  [
    'a page of no layout, a page and a list that are not read',
    [SOURCE, { ...SOURCE, name: 'l', failure: 'empty' }],
    [STORY, { ...STORY, id: '2', layout: 'generic' }, { ...STORY, id: '3', layout: null, failure: 'unclaimed' }],
    'partly known: 1 of 2 sources read, 1 of 3 stories by a known layout, 1 by none; ',
  ],
  ['a site that asks to wait', [{ ...SOURCE, failure: 'wait', status: 429 }], [], 'not now: '],
  ['the same fault twice', [0, 1].map(() => ({ ...SOURCE, failure: 'status', status: 500 })), [], 'unreachable: '],
])('one line says that %s', (_name, sources, stories, line) => {
  const edition = { publisher: 'zaobao', sources, stories } as unknown as EditionReport
  const said = verdictLine({ ...verdictOf([edition]), editions: [edition] } as unknown as Report, 'https://x.example')
  expect(said.slice(0, line.length)).toBe(line)
  for (const { status } of sources.slice(0, 1)) if (status !== 200) expect(said.split(`(${status})`)).toHaveLength(2)
})

test.each<[string, unknown, ReturnType<typeof textsIn>]>([
  ['no data', undefined, []],
  ['short texts', { a: '渡口' }, []],
  ['a text by its keys', { a: [{ b: `<p>${LONG}</p>` }] }, [{ at: 'a[].b', letters: 99, shared: 1 }]],
  [
    'the longest of many',
    { a: `${LONG}${LONG}`, b: Array(6).fill(LONG) },
    [198, 99, 99, 99, 99].map((letters, at) => ({ at: at === 0 ? 'a' : 'b[]', letters, shared: 1 })),
  ],
  ['another text', [LONG.replaceAll('渡', '桥')], [{ at: '[]', letters: 99, shared: 0 }]],
])('%s in data', (_name, data, texts) => expect(textsIn(data, LONG)).toEqual(texts))

test.each([
  ['list:realtime/china', 'list:realtime/china'],
  ['渡口恢复夜航', '…'],
  ['div.轮渡 > p', 'div.… > p'],
  ['https://x.example/%E6%B8%A1%E5%8F%A3/story20261122-1', 'https://x.example/…/story20261122-1'],
  ['café 1', 'café 1'],
])('no word is left in %s', (text, left) => expect(wordless(text)).toBe(left))

test.each([
  ['<main><div class="a b"><p id=here>', 'main > div.a.b > p#here'],
  [
    '<div id="story-9746188" class="x 渡口 node-1212150 text-[18px]"><p class="c1 c2 c3 c4 c5" id=here>',
    'div.x.text-[18px] > p#here.c1.c2.c3.c4',
  ],
  [`<div class="${'y'.repeat(41)}"><p id=here>`, 'div > p#here'],
])('the place of an element in %s', (html, place) => {
  expect(placeOf(parseHtml(`<!DOCTYPE html><body>${html}`).querySelector('#here')!)).toBe(place)
})

test('whatever stands in the way, its name is Chinese in Chinese', async () => {
  const model = readFileSync(new URL('../../src/edge/http/model.ts', import.meta.url), 'utf8')
  const [, union = ''] = /type FailureReason =([^]*?)\n\n/.exec(model) ?? []
  const ofHttp = [...union.matchAll(/\| '([a-z-]+)'/g)].map(([, code = '']) => code)
  expect(ofHttp.length).toBeGreaterThan(20)
  await speak('zh')
  for (const failure of [...ofHttp, ...Object.keys(REFUSALS), 'unknown', 'cut', 'elsewhere', 'story', 'unchanged']) {
    const sources = [{ ...SOURCE, failure, status: null }]
    const report = { verdict: 'unreachable', editions: [{ sources, stories: [] }], findings: [] } as unknown as Report
    expect(verdictLine(report, '')).toMatch(/^无法访问：报纸的内容一点也读不到：.*\p{sc=Han}/u)
  }
  await speak('en')
})
