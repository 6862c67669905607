import { describe, expect, test } from 'vitest'
import {
  type Candidate,
  decide,
  fingerprint,
  guidMark,
  inOrder,
  isExcluded,
  type Known,
  type Policy,
} from '../../src/core/archive/plan.ts'
import { expectInProportion } from '../support/cost.ts'

const NOW = Date.parse('2026-11-20T12:00:00+08:00')
const HOUR_MS = 3_600_000
const URL_OF = 'https://www.zaobao.com.sg/realtime/china/story20261120-9700001?ref=home'

const STORY = { id: '9700001', day: '2026-11-20', publisher: null, section: 'realtime/china' }

function candidate(seen: Record<string, string> = {}, title: string | null = '渡轮加班'): Candidate {
  return { ...STORY, url: URL_OF, title, published: null, html: null, seen }
}

const LATER = '2026-11-19T08:00:00.000Z'
const updatedAt = (updated: string): Candidate => ({ ...candidate({ feed: 'x' }), updated })
/** A story of which its feed's text stands in for the page. */
function standIn(): Known {
  const story = known({ feed: 'a' })
  return { ...story, noted: { ...story.noted!, origin: 'feed' } }
}
const shows = (print: string, html: string | null = '<p>x</p>'): Candidate => ({ ...candidate({ feed: print }), html })
/** A story of which its feed told an update when its page was read. */
function toldOf(toldUpdate: string): Known {
  const story = known()
  return { ...story, noted: { ...story.noted!, toldUpdate } }
}

function known(seen: Record<string, string> = {}, ageHours = 100, updated: string | null = null, idle = 0): Known {
  return {
    title: '渡轮加班',
    seen,
    publishedMs: NOW - ageHours * HOUR_MS,
    noted: { fetched: '2026-11-19T00:00:00.000Z', updated, idle, origin: 'page' },
    damaged: false,
    isOlder: false,
  }
}

function policy(more: Partial<Policy> = {}): Policy {
  return { onChange: 'revise', isNamed: false, exclude: [], recheckMs: null, nowMs: NOW, ...more }
}

/** A story whose sources showed something else so many times in a row of which its page, last read so long ago, showed nothing. */
function inVain(vain: number, hoursAgo: number, origin: 'page' | 'feed' = 'page'): Known {
  const story = known({ list: 'a' })
  return {
    ...story,
    noted: { ...story.noted!, vain, origin, fetched: new Date(NOW - hoursAgo * HOUR_MS).toISOString() },
  }
}

const recheck = policy({ recheckMs: 24 * HOUR_MS })
const keep = policy({ onChange: 'keep' })
const due = { due: true }
const damaged = { ...known({ list: 'a' }), damaged: true }
const older = { ...known({ list: 'a' }), isOlder: true }
const notDue = { due: false }

describe('decide', () => {
  test.each<[string, Candidate, Known | null, { due: boolean } | null, Policy, string]>([
    ['a story that is not archived', candidate(), null, null, policy(), 'fetch new'],
    ['it failed and its time has come', candidate(), null, due, policy(), 'fetch retry'],
    ['it failed and its time has not come', candidate(), null, notDue, policy(), 'skip queued'],
    ['a known one that failed', candidate({ list: 'b' }), known({ list: 'a' }), notDue, policy(), 'skip queued'],
    ['a known one whose page is owed', candidate({ list: 'a' }), known({ list: 'a' }), due, keep, 'fetch retry'],
    ['a damaged file', candidate({ list: 'a' }), damaged, null, keep, 'fetch damaged'],
    ['a damaged file whose page failed', candidate({ list: 'a' }), damaged, notDue, policy(), 'skip queued'],
    ['a file that is older than the notes', candidate({ list: 'a' }), older, null, policy(), 'fetch older'],
    ['the same where changes are not taken', candidate({ list: 'a' }), older, null, keep, 'skip archived'],
    [
      'the same, and someone named it',
      candidate({ list: 'a' }),
      older,
      null,
      { ...keep, isNamed: true },
      'fetch older',
    ],
    [
      'a damaged file of an excluded one',
      candidate({ list: 'a' }),
      damaged,
      null,
      policy({ exclude: ['china'] }),
      'skip excluded',
    ],
    ['an excluded one', candidate(), null, due, policy({ exclude: ['china'] }), 'skip excluded'],
    ['nothing changed', candidate({ list: 'a' }), known({ list: 'a' }), null, policy(), 'skip archived'],
    ['a sitemap names it', candidate({}, null), known({ list: 'a' }), null, policy(), 'skip archived'],
    ['a source shows it otherwise', candidate({ list: 'b' }), known({ list: 'a' }), null, policy(), 'fetch changed'],
    ['the same after two in vain', candidate({ list: 'b' }), inVain(2, 1), null, policy(), 'fetch changed'],
    ['the same after three in vain', candidate({ list: 'b' }), inVain(3, 1), null, policy(), 'skip archived'],
    ['the same two hours later', candidate({ list: 'b' }), inVain(4, 2), null, policy(), 'fetch changed'],
    ['the same of a text of its feed', candidate({ list: 'b' }), inVain(3, 1, 'feed'), null, policy(), 'fetch changed'],
    [
      '--recheck of it',
      candidate({ list: 'b' }),
      { ...inVain(3, 1), publishedMs: NOW },
      null,
      recheck,
      'fetch recheck',
    ],
    [
      'one source of two does',
      candidate({ list: 'a', feed: 'y' }),
      known({ list: 'a', feed: 'x' }),
      null,
      policy(),
      'fetch changed',
    ],
    [
      'another source shows it, same headline',
      candidate({ feed: 'x' }),
      known({ list: 'a' }),
      null,
      policy(),
      'note first seen',
    ],
    ['spaces are no headline', candidate({ feed: 'x' }, ' 渡轮 加班 '), known({}), null, policy(), 'note first seen'],
    [
      'letters of another normal form',
      candidate({ feed: 'x' }, 'Cafe\u0301'),
      { ...known(), title: 'Caf\u00e9' },
      null,
      policy(),
      'note first seen',
    ],
    ['a time ahead of the clock', candidate({ list: 'a' }), known({ list: 'a' }, -2), null, policy(), 'skip archived'],
    [
      'another source shows another headline',
      candidate({ feed: 'x' }, '渡轮停航'),
      known({ list: 'a' }),
      null,
      policy(),
      'fetch changed',
    ],
    [
      'the same beside one that shows what it did',
      candidate({ list: 'a', feed: 'x' }, '渡轮停航'),
      known({ list: 'a' }),
      null,
      policy(),
      'note first seen',
    ],
    [
      'another source, no headline',
      candidate({ feed: 'x' }, null),
      known({ list: 'a' }),
      null,
      policy(),
      'note first seen',
    ],
    ['an archive without notes, same headline', candidate({ list: 'a' }), known(), null, policy(), 'note first seen'],
    [
      'an archive without notes, another headline',
      candidate({ list: 'a' }, '渡轮停航'),
      known(),
      null,
      policy(),
      'fetch changed',
    ],
    [
      'an update since its page was read',
      updatedAt('2026-11-19T00:00:01.000Z'),
      known(),
      null,
      policy(),
      'fetch updated',
    ],
    ['the same where changes are not taken', updatedAt('2026-11-19T00:00:01.000Z'), known(), null, keep, 'skip kept'],
    ['an update before that', updatedAt('2026-11-19T00:00:00.000Z'), known(), null, policy(), 'note first seen'],
    ['an update that its page tells of', updatedAt(LATER), known({}, 100, LATER), null, policy(), 'note first seen'],
    ['an update after three of nothing', updatedAt(LATER), known({}, 100, null, 3), null, policy(), 'note first seen'],
    ['an update after two', updatedAt(LATER), known({}, 100, null, 2), null, policy(), 'fetch updated'],
    ['a stand-in whose feed shows an edit', shows('b'), standIn(), notDue, policy(), 'fetch changed'],
    ['the same where changes are not taken', shows('b'), standIn(), notDue, keep, 'skip queued'],
    ['a stand-in whose feed shows the same', shows('a'), standIn(), notDue, policy(), 'skip queued'],
    ['a stand-in whose list shows an edit', shows('b', null), standIn(), notDue, policy(), 'skip queued'],
    ['a page that failed, whose feed shows an edit', shows('b'), known({ feed: 'a' }), notDue, policy(), 'skip queued'],
    ['one whose notes are gone', shows('b'), { ...standIn(), noted: null }, notDue, policy(), 'skip queued'],
    [
      'an update later than the one told then, of a clock hours behind',
      updatedAt('2026-11-18T18:00:00.000Z'),
      toldOf('2026-11-18T17:00:00.000Z'),
      null,
      policy(),
      'fetch updated',
    ],
    [
      'an update since then, where one far ahead was told',
      updatedAt(LATER),
      toldOf('2099-01-01T00:00:00.000Z'),
      null,
      policy(),
      'fetch updated',
    ],
    ['the one told then, of a clock hours ahead', updatedAt(LATER), toldOf(LATER), null, policy(), 'note first seen'],
    // A feed that told the future then tells now of an update before the page was read.
    [
      'one of before the reading',
      updatedAt('2026-11-18T18:00:00.000Z'),
      toldOf('2099-01-01T00:00:00.000Z'),
      null,
      policy(),
      'note first seen',
    ],
    [
      'one of the moment of the reading',
      updatedAt('2026-11-19T00:00:00.000Z'),
      toldOf('2099-01-01T00:00:00.000Z'),
      null,
      policy(),
      'note first seen',
    ],
    [
      'an update of one whose notes are gone',
      updatedAt(LATER),
      { ...known(), noted: null },
      null,
      policy(),
      'note first seen',
    ],
    ['--on-change keep', candidate({ list: 'b' }), known({ list: 'a' }), null, keep, 'skip kept'],
    ['--recheck of a young story', candidate({ list: 'a' }), known({ list: 'a' }, 23), null, recheck, 'fetch recheck'],
    ['--recheck of one that no source names', candidate(), known({ list: 'a' }, 23), null, recheck, 'fetch recheck'],
    ['--recheck of an old story', candidate({ list: 'a' }), known({ list: 'a' }, 24), null, recheck, 'skip archived'],
    [
      '--recheck of one that changed',
      candidate({ list: 'b' }),
      known({ list: 'a' }, 30),
      null,
      recheck,
      'fetch changed',
    ],
    ['--recheck of one that failed', candidate({ list: 'a' }), known({ list: 'a' }, 1), notDue, recheck, 'skip queued'],
    ['--recheck and a time ahead of the clock', candidate(), known({ list: 'a' }, -2), null, recheck, 'fetch recheck'],
    [
      '--recheck with --on-change keep',
      candidate({ list: 'a' }),
      known({ list: 'a' }, 1),
      null,
      { ...recheck, onChange: 'keep' },
      'skip archived',
    ],
  ])('%s', (_name, one, archived, queue, rules, expected) => {
    const { action, reason } = decide(one, archived, queue, rules)
    expect(`${action} ${reason}`).toBe(expected)
  })
})

test.each([
  ['9700001', true],
  ['970000', false],
  ['china', true],
  ['realtime', true],
  ['realtime/china', true],
  ['realtime/*', true],
  ['news/china', false],
  ['world', false],
  ['story20261120-9700001', false],
  ['https://www.zaobao.com.sg/realtime/china/story20261120-9700001', true],
  ['https://www.zaobao.com/news/china/story20261120-9700001?ref=home', true],
  ['https://www.zaobao.com/news/china/story20261120-9700002', false],
  ['20261120-9700001', true],
  ['20261120-970000', false],
  ['http://www.zaobao.com/news/china/story20261120-9700001', true],
  ['www.zaobao.com.sg/realtime/china/story20261120-9700001', true],
  ['www.zaobao.com.sg/realtime/china/story20261120-9700001?ref=home', true],
  ['*://www.zaobao.com.sg/*', true],
  ['9700*001', true],
  ['97000*00001', false],
  ['9*97', false],
  ['9*0000*1', true],
  ['9*001*001', false],
  ['http://www.zaobao.com.sg/realtime/*', true],
  ['www.zaobao.com.sg/*/story2026*', true],
  ['*.zaobao.com.sg/*', true],
  ['*/world/*', false],
  ['*china*china*', false],
  ['www.zaobao.com.sg/realtime', false],
  ['(', false],
  ['.*', false],
  ['', false],
])('exclude %j: %j', (rule, expected) => {
  expect(isExcluded(candidate(), [rule])).toBe(expected)
})

test('an address without a number is excluded by itself alone', () => {
  const story = { id: 'ab12cd34ef', url: 'https://a.example/news/ferry', section: null }
  expect(isExcluded(story, ['https://b.example/ferry', 'ferry'])).toBe(false)
  expect(isExcluded(story, ['https://a.example/news/ferry'])).toBe(true)
})

test('a rule of many stars takes no time over a long address', () => {
  const url = `https://www.zaobao.com.sg/${'a'.repeat(50_000)}`
  expect(isExcluded({ id: '1', url, section: null }, [`${'*a'.repeat(2000)}*b`])).toBe(false)
})

describe('fingerprint', () => {
  const print = (html: string | null, title: string | null = '标题') => fingerprint({ title, html })
  const BODY = '<div><p>第一段。</p><img src="https://x.example/a.jpg?itok=1" alt="图"><p>第二段。</p></div>'

  test.each([
    ['query of a picture', BODY.replace('itok=1', 'itok=2')],
    ['attributes', BODY.replaceAll('<p>', '<p class="x">')],
    ['white space', BODY.replaceAll('<p>', '\n <p>')],
    ['an ad slot', BODY.replace('</div>', '<div id="dfp-ad-imu1"><script>ad(1)</script></div></div>')],
    ['quotes', BODY.replaceAll('"', "'")],
    ['no quotes', BODY.replaceAll('"', '')],
    ['letters of tags', BODY.replaceAll('<p', '<P').replace('<img src', '<IMG SRC')],
    ['a style sheet', BODY.replace('</div>', '<STYLE>p { color: red }</STYLE></div>')],
  ])('%s are no edit', (_name, html) => {
    expect(print(html)).toBe(print(BODY))
  })

  test.each([
    ['a word', BODY.replace('第二段', '第三段')],
    ['another picture', BODY.replace('a.jpg', 'b.jpg')],
    ['a picture less', BODY.replace(/<img[^>]*>/, '')],
    ['no body', null],
  ])('%s is one', (_name, html) => {
    expect(print(html)).not.toBe(print(BODY))
  })

  test.each<[string, Parameters<typeof print>, Parameters<typeof print>]>([
    ['another headline', [null, '甲'], [null, '乙']],
    ['no headline', [null, null], [null, '乙']],
    ['a word that moves from headline to body', ['乙', '甲'], ['甲乙', '']],
    ['a word behind a script', ['<script>1</script>甲'], ['<script>1</script>乙']],
  ])('%s is an edit', (_name, one, other) => {
    expect(print(...one)).not.toBe(print(...other))
  })

  test('a guid has a mark of eight letters', () => {
    expect(guidMark('a')).toMatch(/^~[\w-]{8}$/)
    expect(guidMark('a')).not.toBe(guidMark('b'))
  })

  test.each(['<', '<img ', '<script', '<script></script', '<style>', '<img src="'])(
    '%j again and again takes time in proportion',
    async (unit) => {
      await expectInProportion(
        (part) => unit.repeat(300_000 * part),
        (html) => print(html),
      )
    },
  )
})

test('candidates go by day and number, those without a day last', () => {
  const one = (id: string, day: string | null) => ({ ...candidate(), id, day })
  const list = [one('10', '2026-11-20'), one('9', '2026-11-20'), one('99', '2026-11-19'), one('1', null)]
  expect(inOrder(list, 'oldest').map(({ id }) => id)).toEqual(['99', '9', '10', '1'])
  expect(inOrder(list, 'newest').map(({ id }) => id)).toEqual(['1', '10', '9', '99'])
})

test('of stories whose addresses name no day the oldest is that of the earliest time or day, or capture, and those of none are last', () => {
  const at = (id: string, published: string | null): Candidate => ({ ...candidate(), id, day: null, published })
  const list = [
    at('b', null),
    at('f', '2026-11-20T09:00:00.000Z'),
    at('a', '2026-11-20T10:00:00.000Z'),
    at('e', '2026-11-19T11:00:00.000Z'),
    candidate(),
    at('0', null),
    { ...at('d', null), toldDay: '2026-11-18' },
    { ...at('c', null), capturedAt: '2026-11-19T09:00:00.000Z' },
  ]
  expect(inOrder(list, 'oldest').map(({ id }) => id)).toEqual(['d', 'c', 'e', '9700001', 'f', 'a', '0', 'b'])
})
