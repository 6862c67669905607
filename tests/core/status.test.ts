import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { EMPTY_STATE, type SourceState } from '../../src/core/archive/state.ts'
import { heldInWords } from '../../src/core/archive/held.ts'
import { ageOf, drawStatus, type NewestStory, printStatus, statusOf } from '../../src/core/archive/status.ts'
import { servedAt } from '../../src/core/reader/routes.ts'
import { statusPage } from '../../src/core/reader/status.ts'
import { wrap } from '../../src/core/text/wrap.ts'
import { message } from '../../src/words/words.ts'

// 22 November 2026, 10:00 in Singapore.
const NOW = Date.parse('2026-11-22T02:00:00.000Z')
const HOUR_MS = 3_600_000
const counts = new Map<string, number>()

const source = (more: Partial<SourceState>): SourceState => ({
  ...{ validators: null, url: 'https://a.example/', permanentUrl: null, newest: null, lastOk: null, lastError: null },
  ...{ failingSince: null, ended: null },
  ...more,
})
const lastRun = {
  ...{ command: 'fetch', started: '2026-11-22T01:50:00.000Z', ended: '2026-11-22T01:51:00.000Z', exitCode: 0 },
  ...{ written: 0, revised: 0, unchanged: 0, failed: 0 },
}
const gap = {
  ...{ source: 'list:china', origin: 'https://a.example', sections: ['realtime/china'], noticed: lastRun.started },
  ...{ lastTried: null, reason: null },
}
const story = (section: string | null, published: string): NewestStory => ({
  ...{ section, published },
  path: `2026-11-21/2026-11-21-1-${section}.md`,
})

test.each([
  ['an instant', '2026-11-22T00:30:00.000Z', 1.5],
  ['a day that goes on', '2026-11-21T16:00:00.000Z', 0],
  ['the day before, as old as its end', '2026-11-20T16:00:00.000Z', 10],
])('%s is so many hours old', (_, time, hours) => {
  expect(ageOf(time, NOW) / HOUR_MS).toBe(hours)
})

test('a list that tells days alone is said to be of a day, not hours old', () => {
  const sources = { list: source({ newest: '2026-11-21T16:00:00.000Z', lastOk: lastRun.ended }) }
  const found = statusOf(
    './archive',
    { ...EMPTY_STATE, lastRun, sources },
    { newest: [], counts },
    new Set(['list']),
    NOW,
  )
  expect(found.sources[0]?.ageSeconds).toBe(0)
  expect(printStatus(found)).toContain('sources   list: newest story of 2026-11-22, read 9m ago')
})

test.each([
  ['a source that is configured', true, '2026-11-01T00:00:00.000Z', true],
  ['one that is not, and that the last poll asked', false, '2026-11-22T01:50:01.000Z', true],
  ['one that is not, and was not asked', false, '2026-11-22T01:40:00.000Z', false],
  ['one that is not, of an older version', false, undefined, false],
])('%s', (_, isConfigured, polled, expected) => {
  const state = { ...EMPTY_STATE, lastRun, sources: { a: source(polled === undefined ? {} : { polled }) } }
  const { sources } = statusOf('./archive', state, { newest: [], counts }, new Set(isConfigured ? ['a'] : []), NOW)
  expect(sources.map(({ name, configured }) => [name, configured])).toEqual(expected ? [['a', isConfigured]] : [])
})

test('a source that a command line named is said to be of it', () => {
  const state = { ...EMPTY_STATE, lastRun, sources: { a: source({ polled: '2026-11-22T01:50:01.000Z' }) } }
  const [line] = printStatus(statusOf('./archive', state, { newest: [], counts }, new Set(), NOW)).filter((each) =>
    each.startsWith('sources'),
  )
  expect(line).toBe('sources   a: no story yet, never read; named by the last command line, not by the configuration')
})

test('the newest story of all and of each section; one section is not told twice', () => {
  const [china, world] = [story('china', '2026-11-22T01:00:00.000Z'), story('world', '2026-11-21T02:00:00.000Z')]
  const both = statusOf('./archive', EMPTY_STATE, { newest: [world, china], counts }, new Set(), NOW)
  expect(both.newest).toEqual({ ...china, ageSeconds: 3600 })
  expect(printStatus(both).slice(2, 5)).toEqual([
    'newest    2026-11-21/2026-11-21-1-china.md, 60m ago',
    'sections  china: 2026-11-21/2026-11-21-1-china.md, 60m ago',
    '          world: 2026-11-21/2026-11-21-1-world.md, 24h ago',
  ])
  const one = statusOf('./archive', EMPTY_STATE, { newest: [china], counts }, new Set(), NOW)
  expect(printStatus(one).join('\n')).not.toContain('sections')
})

test('stories of no section are said to be of none', () => {
  const found = [story('world', '2026-11-21T02:00:00.000Z'), story(null, '2026-11-21T01:00:00.000Z')]
  const lines = printStatus(statusOf('./archive', EMPTY_STATE, { newest: found, counts }, new Set(), NOW))
  expect(lines).toContain('          no section: 2026-11-21/2026-11-21-1-null.md, 25h ago')
})

const failed = {
  ...{ id: '1', url: 'https://a.example/1', day: null, title: '海湾大桥', published: null, html: null, source: 'a' },
  ...{
    tries: 2,
    firstFailed: lastRun.started,
    lastReported: lastRun.started,
    nextTry: '2026-11-22T03:00:00.000Z',
    reason: message`status ${500}`,
  },
}

test('what is tried again is named by its headline', () => {
  const queue = [failed, { ...failed, title: null }, { ...failed, nextTry: null }]
  const lines = printStatus(statusOf('./archive', { ...EMPTY_STATE, queue }, { newest: [], counts }, new Set(), NOW))
  expect(lines.slice(-3)).toEqual([
    'retry     海湾大桥 https://a.example/1: status 500 (2 tries; next in 60m)',
    '          https://a.example/1: status 500 (2 tries; next in 60m)',
    'given up  海湾大桥 https://a.example/1: status 500 (2 tries)',
  ])
})

test('the page of serve has the days that the terminal has: stories, what failed, gaps', () => {
  const queue = [{ ...failed, day: '2026-11-20' }]
  const gaps = [{ ...gap, from: '2026-11-18', to: '2026-11-19' }]
  const held = new Map([['2026-11-21', 12]])
  const found = statusOf('./archive', { ...EMPTY_STATE, queue, gaps }, { newest: [], counts: held }, new Set(), NOW)
  const page = String(statusPage(found, servedAt).body)
  expect(page).toContain('12 stories in the last 8 weeks, busiest day: 12; 1 story failed; 2 days in gaps')
  expect(page.match(/<g>/g)).toHaveLength(56)
  expect(page).toMatch(
    /<title>20 November 2026, 0 stories, 1 story failed<\/title><rect[^>]*\/><rect[^>]* class="open"\/>/,
  )
  expect(page).toMatch(/<title>19 November 2026, 0 stories, gap<\/title><rect[^>]* class="open"\/><\/g>/)
  expect(page).toMatch(/<title>21 November 2026, 12 stories<\/title><rect[^>]* height="90"\/><\/g>/)
  expect(drawStatus(found, 80).map((line) => line.slice(10))).toContain(heldInWords(found.days))
})

describe('a line in few columns', () => {
  test.each([
    ['所用栏目的每篇新闻（2026-11-01、昨天）', 20, ['所用栏目的每篇新闻', '（2026-11-01、昨天）']],
    ['一二三四五六七八九十：零', 20, ['一二三四五六七八九', '十：零']],
    ['一二三四五六七八九“好”。', 20, ['一二三四五六七八九', '“好”。']],
  ])('no mark that closes begins one, none that opens ends one: %s', (text, columns, lines) => {
    expect(wrap(text, columns, 0)).toEqual(lines)
  })

  test.each([
    ['short', 'retry     甲', 40, ['retry     甲']],
    ['at a blank', 'retry     one two three four', 30, ['retry     one two three four']],
    ['behind a blank', 'retry     one two three four five', 30, ['retry     one two three four', '            five']],
    [
      'between Chinese characters',
      `retry     ${'海'.repeat(12)}`,
      32,
      [`retry     ${'海'.repeat(11)}`, '            海'],
    ],
    [
      'never in an address',
      'retry     https://a.example/realtime/china/story20261122-1: x',
      32,
      ['retry', '            https://a.example/realtime/china/story20261122-1:', '            x'],
    ],
    ['on a terminal that is too narrow for any', 'retry     甲乙', 5, ['retry     甲乙']],
    ['without text', '', 40, []],
  ])('is broken %s', (_, text, columns, expected) => {
    const lines = wrap(text, columns, 12)
    expect(lines).toEqual(expected)
    for (const line of lines)
      if (!line.includes('https')) expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(columns, 32))
  })
})
