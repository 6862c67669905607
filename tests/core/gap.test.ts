import { describe, expect, test } from 'vitest'
import { wordOf } from '../../src/core/archive/list-places.ts'
import { type Gap, isInGap, joinGaps, monthsOf, openAfter } from '../../src/core/archive/gap.ts'
import { gapOf, type ShownList } from '../../src/core/archive/gap-noticed.ts'
import { addressOf } from '../../src/sites/publishers.ts'
import { zaobao } from '../../src/sites/zaobao/index.ts'
import { message } from '../../src/words/words.ts'

const NOON = Date.parse('2026-11-20T12:00:00+08:00')
const DAY_MS = 86_400_000

/** `20` is a story of 20 November; `20:x` another of that day. */
function story(name: string, { section = 'realtime/china', host = 'www.zaobao.com.sg' } = {}) {
  const [day = '', more = ''] = name.split(':')
  const id = `${day}${more === '' ? '' : more.charCodeAt(0)}`
  const url = `https://${host}/${section}/story202611${day}-${id}`
  return { id, day: `2026-11-${day}`, url, publisher: zaobao, section }
}

function shown(names: string, more: Partial<ShownList> & { polled?: string; given?: string } = {}): ShownList {
  const { polled = '', given = '', ...rest } = more
  const ids = (list: string) =>
    list
      .split(' ')
      .filter(Boolean)
      .map((name) => story(name).id)
  return {
    source: 'list:china',
    candidates: names
      .split(' ')
      .filter(Boolean)
      .map((name) => story(name)),
    known: new Map([
      ...ids(polled).map((id) => [id, 'polled'] as const),
      ...ids(given).map((id) => [id, 'given'] as const),
    ]),
    newestBefore: '2026-11-15',
    newestArchived: '2026-11-15',
    ...{ before: [], lastRead: null, forgottenSince: null },
    sections: ['realtime/china', 'news/china'],
    list: null,
    ...rest,
  }
}

const span = (noticed: ReturnType<typeof gapOf>) =>
  !noticed?.gap ? null : [noticed.gap.from.slice(8), noticed.gap.to.slice(8)].join(' ')

test('gaps of a list with an address of its own stand beside those of its sections', () => {
  const plain = gapOf(shown('20 19 18'), 7 * DAY_MS, NOON, addressOf)?.gap
  const own = gapOf(
    shown('20 19 18', { list: 'https://www.zaobao.com.sg/keywords/x' }),
    7 * DAY_MS,
    NOON,
    addressOf,
  )?.gap
  if (!plain || !own) throw new Error('no gap')
  expect(plain).not.toHaveProperty('list')
  expect(own.list).toBe('https://www.zaobao.com.sg/keywords/x')
  expect(joinGaps([plain, own, plain, own])).toEqual([plain, own])
})

describe('gapOf', () => {
  test.each<[string, ShownList, string | null]>([
    ['nothing shown', shown(''), null],
    ['a list that touches what it showed before', shown('20 16 15', { polled: '15' }), null],
    ['a list that touches nothing', shown('20 19 18'), '15 20'],
    ['everything known', shown('15 14', { polled: '15 14' }), null],
    ['a feed that is weeks behind', shown('02 01', { polled: '02', newestBefore: '2026-11-02' }), null],
    ['everything known, since someone asked for it', shown('15 14', { given: '15 14' }), null],
    ['an older story below known ground', shown('20 16 15 12', { polled: '15' }), null],
    ['a known story above the newest that is missing', shown('20 18', { polled: '20' }), '15 18'],
    ['an old story that is shown for days', shown('20 19 12', { polled: '12' }), '15 20'],
    ['an old story that is shown for the first time', shown('20 19 12'), '15 20'],
    ['a story of the gap that is shown again', shown('20 19 16:x 12', { polled: '12' }), '15 20'],
    ['a story that was asked for by its address', shown('20 19', { given: '19' }), '15 20'],
    ['the same, by a source that was never polled', shown('20 19', { given: '19', newestBefore: null }), null],
    ['an empty archive', shown('20', { newestBefore: null, newestArchived: null }), null],
    ['an archive without notes', shown('20', { newestBefore: null }), '15 20'],
    ['notes and no archive', shown('20', { newestArchived: null }), '15 20'],
    ['an archive that --limit kept behind its source', shown('20', { newestArchived: '2026-11-14' }), '14 20'],
    ['an archive ahead of its source', shown('20', { newestArchived: '2026-11-18' }), '15 20'],
    [
      'the day of the gap is today',
      shown('20 20:x', { newestBefore: '2026-11-20', newestArchived: '2026-11-20' }),
      '20 20',
    ],
    ['a ground further back than --max-gap', shown('20', { newestBefore: '2026-10-02' }), '13 20'],
    ['stories that are all further back than that', shown('04', { newestBefore: '2026-10-02' }), null],
    [
      'stories that a clock ahead dated, and read',
      shown('20 20:x', { newestBefore: '2026-11-25', newestArchived: '2026-11-25', lastRead: '2026-11-24' }),
      '20 20',
    ],
    ['nothing shown, and the notes are gone', shown('', { newestBefore: null, forgottenSince: '2026-11-18' }), null],
    [
      'a list that touches nothing, and the notes are gone',
      shown('20 19', { newestBefore: null, forgottenSince: '2026-11-18' }),
      '15 20',
    ],
    ['stories without a day', { ...shown(''), candidates: [{ ...story('20'), day: null }] }, null],
  ])('%s', (_name, what, expected) => {
    const found = gapOf(what, 7 * DAY_MS, NOON, addressOf)
    expect(span(found)).toBe(expected)
  })

  const words = (names: string) => names.split(' ').map((name) => wordOf(story(name)))
  const before = [words('15:f 15:e 15:d 15:c 15:b 15:a 12')]

  test.each<[string, string, string | null]>([
    ['the former list goes on below the news', '16:b 16:a 15:f 15:e 15:d 15:c', null],
    ['an old story is pinned above it', '12 16:b 16:a 15:f 15:e 15:d', null],
    ['an edited one stands among the news', '16:b 15:c 16:a 15:f 15:e 15:d', null],
    ['a story was withdrawn', '16:b 16:a 15:e 15:d 15:c 15:b', null],
    ['an older story came up from below', '16:a 15:f 15:e 15:d 15:c 15:b 15:a 12 11', null],
    ['a known story is pinned on top of the news', '15:f 16:e 16:d 16:c 16:b 16:a', '15 16'],
    ['an edited story stands among the news', '16:e 16:d 15:f 16:c 16:b 16:a', '15 16'],
    ['an edited story stands last', '16:e 16:d 16:c 16:b 16:a 15:c', '15 16'],
    ['the newest one was edited, and stands last', '16:e 16:d 16:c 16:b 16:a 15:f', '15 16'],
    ['two edited stories stand last', '16:d 16:c 16:b 16:a 15:c 12', '15 16'],
    ['all that is shown was edited', '12 15:a 15:c 15:d 15:b 15:e', '15 15'],
    ['one that was never shown stands last', '16:a 15:f 15:e 15:d 15:A', '15 16'],
  ])('%s', (_name, names, expected) => {
    const all = '15:f 15:e 15:d 15:c 15:b 15:a 12'
    expect(span(gapOf(shown(names, { polled: all, before }), 7 * DAY_MS, NOON, addressOf))).toBe(expected)
  })

  test.each<[string, Partial<ShownList>]>([
    [
      'stories that came up from below on the last day itself',
      { ...shown('16:a 15:f 15:e 15:d 15:a', { polled: '15:f 15:e 15:d' }), before: [words('15:f 15:e 15:d')] },
    ],
    [
      'stories without a day that were shown before',
      { ...shown('16:a 15:f 15:e', { polled: '15:f 15:e' }), before: [['71', '72', '73', ...words('15:f 15:e')]] },
    ],
    [
      'a story without a day in a short list',
      { before, candidates: [...shown('16:c 16:b 16:a 15:f').candidates, { ...story('02'), day: null }] },
    ],
    [
      'stories of before the ground, of which none was shown before',
      { ...shown('04', { newestBefore: '2026-11-10' }), before: [words('10 09 08')] },
    ],
    [
      'an archive that begins after all that is shown',
      {
        ...shown('18', { polled: '18', newestBefore: null, newestArchived: '2026-11-18' }),
        forgottenSince: '2026-11-20',
      },
    ],
  ])('%s are no gap', (_name, more) => {
    expect(gapOf({ ...shown('', { polled: '15:f' }), ...more }, 7 * DAY_MS, NOON, addressOf)).toBeNull()
  })

  test('what another source of the section showed is known ground', () => {
    const names = '16:c 16:b 16:a 15:f 15:e'
    const known = { polled: '15:f 15:e', newestBefore: '2026-11-10' }
    expect(
      span(gapOf(shown(names, { ...known, before: [words('10:c 10:b 10:a')] }), 7 * DAY_MS, NOON, addressOf)),
    ).toBe('13 16')
    expect(
      gapOf(shown(names, { ...known, before: [words('10:c 10:b 10:a'), ...before] }), 7 * DAY_MS, NOON, addressOf),
    ).toBeNull()
  })

  test('a list in the order of days, oldest first, is read so', () => {
    const names = '15:a 15:b 15:c 15:d 15:e 15:f 16:a 16:b'
    const rising = [words('12 15:a 15:b 15:c 15:d 15:e 15:f')]
    const polled = '15:a 15:b 15:c 15:d 15:e 15:f'
    expect(gapOf(shown(names, { polled, before: rising }), 7 * DAY_MS, NOON, addressOf)).toBeNull()
    expect(
      span(gapOf(shown('15:f 16:a 16:b 16:c 16:d 16:e 16:f', { polled, before: rising }), 7 * DAY_MS, NOON, addressOf)),
    ).toBe('15 16')
  })

  test('all that lies further back than --max-gap is named, and not looked up', () => {
    expect(gapOf(shown('04 03', { newestBefore: '2026-10-02' }), 7 * DAY_MS, NOON, addressOf)).toEqual({
      gap: null,
      beyond: {
        ...{ source: 'list:china', origin: 'https://www.zaobao.com.sg', from: '2026-10-02', to: '2026-11-04' },
        ...{ sections: ['news/china', 'realtime/china'], noticed: new Date(NOON).toISOString() },
        ...{ lastTried: null, reason: null, beyond: true },
      },
    })
  })

  test.each<[string, Partial<ShownList>]>([
    ['a story that is dated years ahead', { candidates: [story('20'), { ...story('20:x'), day: '2099-01-01' }] }],
    [
      'ground that is dated ahead',
      { newestBefore: '2026-11-21', newestArchived: '2026-11-21', lastRead: '2026-11-19' },
    ],
  ])('%s does not lead astray', (_name, more) => {
    const { from = '', to = '' } = gapOf(shown('20 19', more), 7 * DAY_MS, NOON, addressOf)?.gap ?? {}
    expect(from <= '2026-11-19').toBe(true)
    expect(to >= '2026-11-20' && to <= '2026-11-21').toBe(true)
  })

  test.each([
    ['an archive of years', '2019-01-01', '13 20'],
    ['an archive of days', '2026-11-18', '18 20'],
  ])('where the notes are gone, %s is looked through though the list touches it', (_name, forgottenSince, expected) => {
    const forgotten = { polled: '20 19', newestBefore: null, newestArchived: '2026-11-20', forgottenSince }
    expect(span(gapOf(shown('20 19', forgotten), 7 * DAY_MS, NOON, addressOf))).toBe(expected)
    expect(gapOf(shown('20 19', forgotten), 7 * DAY_MS, NOON, addressOf)?.beyond).toBeNull()
  })

  test('no gap is looked for with --max-gap 0', () => {
    expect(gapOf(shown('20'), 0, NOON, addressOf)).toBeNull()
  })

  test('the ground is told where it lies before the first day', () => {
    expect(gapOf(shown('20', { newestBefore: '2026-10-02' }), 7 * DAY_MS, NOON, addressOf)?.beyond).toMatchObject({
      ...{ from: '2026-10-02', to: '2026-11-13' },
    })
  })

  test.each<[string, string[], (string | null)[], string, string[]]>([
    [
      'a section of its own',
      ['realtime/china', 'news/china'],
      ['zvideos/news'],
      'https://www.zaobao.com.sg',
      ['news/china', 'realtime/china'],
    ],
    [
      'a feed of links',
      [],
      ['news/world', 'realtime/world', 'special/x'],
      'https://www.zaobao.com.sg',
      ['news/world', 'realtime/world', 'special/x'],
    ],
    ['one alone', ['news/china'], ['realtime/world'], 'https://www.zaobao.com.sg', ['news/china']],
    ['a link alone', [], ['realtime/china'], 'https://www.zaobao.com.sg', ['news/china', 'realtime/china']],
    ['a link outside of all sections', [], [null], 'https://www.zaobao.com.sg', []],
    [
      'a section that moved',
      ['news/china', 'realtime/china'],
      ['realtime/china', ...Array.from({ length: 5 }, () => 'greater-china/latest'), 'news/world'],
      'https://www.zaobao.com.sg',
      ['greater-china/latest', 'news/china', 'realtime/china'],
    ],
    [
      'a list that was taken for another',
      ['news/china', 'realtime/china'],
      Array.from({ length: 6 }, () => 'news/world'),
      'https://www.zaobao.com.sg',
      ['news/china', 'realtime/china'],
    ],
    [
      'the most read of many sections',
      ['news/china', 'realtime/china'],
      [
        'realtime/china',
        ...['forum/views', 'lifestyle/food', 'entertainment'].flatMap((path) => Array.from({ length: 4 }, () => path)),
      ],
      'https://www.zaobao.com.sg',
      ['news/china', 'realtime/china'],
    ],
    [
      'some stories of sections beside',
      ['news/china', 'realtime/china'],
      [...Array.from({ length: 6 }, () => 'news/china'), ...Array.from({ length: 5 }, () => 'zvideos/news')],
      'https://www.zaobao.com.sg',
      ['news/china', 'realtime/china'],
    ],
  ])('sections in use: %s', (_name, sections, links, origin, expected) => {
    const candidates = links.map((section) => ({ ...story('20', { section: section ?? '' }), section }))
    const found = gapOf({ ...shown('', { sections }), candidates }, 7 * DAY_MS, NOON, addressOf)
    expect(found?.gap).toMatchObject({ origin, sections: expected })
  })

  test.each([
    [['www.zaobao.com', 'www.zaobao.com', 'beltandroad.zaobao.com'], 'https://www.zaobao.com'],
    [['beltandroad.zaobao.com', 'www.zaobao.com.sg', 'www.zaobao.com.sg'], 'https://www.zaobao.com.sg'],
  ])('the edition is that of most links: %j', (hosts, origin) => {
    const candidates = hosts.map((host) => story('20', { host }))
    expect(gapOf({ ...shown(''), candidates }, 7 * DAY_MS, NOON, addressOf)?.gap?.origin).toBe(origin)
  })

  test.each([
    ['http://www.zaobao.com', 'https://www.zaobao.com'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://zaobao.localhost', 'http://zaobao.localhost'],
  ])('the paper is asked over https, a mirror as it is: %s', (given, origin) => {
    const candidates = [{ ...story('20'), url: `${given}/realtime/china/story20261120-20` }]
    expect(gapOf({ ...shown(''), candidates }, 7 * DAY_MS, NOON, addressOf)?.gap?.origin).toBe(origin)
  })
})

function gap(from: string, to: string, more: Partial<Gap> = {}): Gap {
  return {
    ...{ source: 'list:china', origin: 'https://www.zaobao.com.sg', sections: ['news/china', 'realtime/china'] },
    ...{
      from: `2026-11-${from}`,
      to: `2026-11-${to}`,
      noticed: '2026-11-20T00:00:00.000Z',
      lastTried: null,
      reason: null,
    },
    ...more,
  }
}

describe('joinGaps', () => {
  const days = (gaps: readonly Gap[]) => gaps.map(({ from, to }) => `${from.slice(8)}-${to.slice(8)}`)
  const tried = { lastTried: '2026-11-20T00:00:00.000Z', reason: message`no answer` }

  test.each<[string, Gap[], string[]]>([
    ['several sources that notice the same', [gap('10', '12'), gap('10', '12', { source: 'json:china' })], ['10-12']],
    ['days that overlap', [gap('10', '12'), gap('12', '15')], ['10-15']],
    ['days apart', [gap('10', '12'), gap('14', '15')], ['10-12', '14-15']],
    ['one that joins two', [gap('10', '12'), gap('14', '16'), gap('12', '14')], ['10-16']],
    ['other sections', [gap('10', '12'), gap('10', '12', { sections: ['news/world'] })], ['10-12', '10-12']],
    ['another edition', [gap('10', '12'), gap('10', '12', { origin: 'https://www.zaobao.com' })], ['10-12', '10-12']],
  ])('%s', (_name, gaps, expected) => {
    expect(days(joinGaps(gaps))).toEqual(expected)
  })

  test('what was tried before is tried again only when days were added', () => {
    expect(joinGaps([gap('10', '12', tried), gap('11', '12')])).toEqual([gap('10', '12', tried)])
    expect(joinGaps([gap('10', '12', tried), gap('11', '13')])).toEqual([
      gap('10', '13', { ...tried, lastTried: null }),
    ])
  })
})

test.each([
  ['10', 'realtime/china', true],
  ['12', 'news/china', true],
  ['09', 'news/china', false],
  ['13', 'news/china', false],
  ['11', 'realtime/world', false],
])('a story of %s November in %s is in a gap of 10 to 12 in china: %j', (day, section, expected) => {
  expect(isInGap(gap('10', '12'), story(day, { section }))).toBe(expected)
})

test.each([
  ['2026-11-30', '2026-11-30', ['2026-11']],
  ['2026-11-30', '2026-12-01', ['2026-11', '2026-12']],
  ['2025-12-31', '2026-01-01', ['2025-12', '2026-01']],
  ['2024-01-31', '2024-03-01', ['2024-01', '2024-02', '2024-03']],
  ['2026-11-02', '2026-11-01', []],
])('the months of %s to %s', (from, to, expected) => {
  expect(monthsOf(from, to)).toEqual(expected)
})

describe('openAfter', () => {
  const noticed = gapOf(shown('20 19 18'), 7 * DAY_MS, NOON, addressOf)?.gap
  const wide = { ...noticed!, from: '2026-09-20', to: '2026-10-10' }
  const { origin, sections } = wide
  const days = (gaps: readonly Gap[]) => gaps.map(({ from, to }) => `${from.slice(5)} ${to.slice(5)}`)

  test.each<[string, from: string, to: string, open: string[]]>([
    ['all of it', '2026-09-01', '2026-10-31', []],
    ['its beginning', '2026-09-01', '2026-09-30', ['10-01 10-10']],
    ['its end', '2026-10-01', '2026-10-31', ['09-20 09-30']],
    ['its middle', '2026-10-01', '2026-10-01', ['09-20 09-30', '10-02 10-10']],
    ['days beside it', '2026-10-11', '2026-10-31', ['09-20 10-10']],
  ])('of a gap stays what was not looked up: %s was', (_, from, to, open) => {
    expect(days(openAfter([wide], { from, to }, [{ origin, paths: sections }]))).toEqual(open)
    expect(days(openAfter([wide], { from, to }, [{ origin, paths: null }]))).toEqual(open)
  })

  test('what tries found missing of a gap that falls in two is counted once, and all of it where they meet again', () => {
    const looked = [{ origin, paths: sections }]
    const halves = openAfter([{ ...wide, missing: 5 }], { from: '2026-10-01', to: '2026-10-01' }, looked)
    expect(halves.map(({ missing }) => missing)).toEqual([5, undefined])
    const [first, second] = halves
    for (const again of [
      [first!, second!, wide],
      [second!, first!, wide],
      [wide, second!, first!],
    ])
      expect(joinGaps(again)).toEqual([{ ...wide, missing: 5 }])
    expect(joinGaps([first!, { ...second!, missing: 2 }, wide])).toEqual([{ ...wide, missing: 7 }])
  })

  test.each<[string, Gap, { origin: string; paths: string[] | null }]>([
    ['of another edition', wide, { origin: 'https://www.zaobao.com', paths: null }],
    ['in other sections', wide, { origin, paths: ['realtime/china'] }],
    ['of no section that is known', { ...wide, sections: [] }, { origin, paths: null }],
  ])('a gap %s stays', (_, given, looked) => {
    expect(openAfter([given], { from: '2026-09-01', to: '2026-10-31' }, [looked])).toEqual([given])
  })
})
