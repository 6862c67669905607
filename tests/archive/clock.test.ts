import { describe, expect, test } from 'vitest'
import { type Dated, judgeClocks } from '../../src/core/archive/clock.ts'

function file(stamp: string, date: string = stamp, over: Partial<Dated> = {}): Dated {
  const stampMs = Date.parse(`${stamp}:00Z`)
  return { site: 'zaobao', day: stamp.slice(0, 10), stampMs, dateMs: Date.parse(`${date}:00Z`), ...over }
}

const FOREIGN = { site: 'news.example', day: null }

/** Files that cannot tell by themselves. */
function many(count: number, day: string, clock: string, over: Partial<Dated> = {}): Dated[] {
  return Array.from({ length: count }, () => file(`${day}T${clock}`, `${day}T${clock}`, over))
}

describe('a clock of Singapore that was stamped as UTC', () => {
  test.each<[string, Dated[], boolean[]]>([
    [
      'is convicted by a stamp that lies hours ahead of the date',
      [file('2020-07-22T14:00', '2020-07-22T06:40')],
      [true],
    ],
    [
      'is convicted by a stamp that lies minutes ahead, where nothing speaks for it',
      [file('2020-07-22T14:00', '2020-07-22T13:50')],
      [true],
    ],
    ['is convicted by the day in the address', [file('2020-07-22T19:23')], [true]],
    ['is not found where nothing tells', [file('2020-07-22T10:00')], [false]],
    [
      'is found in a file that cannot tell, by its neighbours',
      [file('2020-07-22T10:00'), file('2020-07-23T14:00', '2020-07-23T06:40')],
      [true, true],
    ],
    [
      'of another site says nothing',
      [file('2020-07-22T10:00'), file('2020-07-23T14:00', '2020-07-23T06:40', { site: 'other', day: null })],
      [false, true],
    ],
    [
      'of another year says nothing',
      [file('2022-07-22T10:00'), file('2020-07-23T14:00', '2020-07-23T06:40')],
      [false, true],
    ],
    [
      'that was mended is seen: the nearest in time decides',
      [
        file('2021-09-01T20:00'),
        file('2021-09-20T10:00'),
        file('2021-10-10T02:00'),
        file('2021-10-11T17:00', '2021-10-11T17:00', { day: '2021-10-12' }),
      ],
      [true, true, false, false],
    ],
    [
      'is told by the five days nearest in time, most of them, in whatever order files come',
      [
        file('2021-10-12T10:00'),
        ...[13, 11, 12].map((n) => file(`2021-10-${n}T17:00`, `2021-10-${n}T17:00`, { day: `2021-10-${n + 1}` })),
        ...[18, 17, 16, 15].map((n) => file(`2021-10-${n}T19:23`)),
        ...[8, 7, 6].map((n) => file(`2021-10-0${n}T19:23`)),
      ],
      [false, ...[false, false, false], ...[true, true, true, true], ...[true, true, true]],
    ],
    [
      'is told by most days, though the nearest speaks for it',
      [
        file('2021-10-12T10:00'),
        file('2021-10-13T17:00', '2021-10-13T17:00', { day: '2021-10-14' }),
        ...[15, 16].map((n) => file(`2021-10-${n}T19:23`)),
      ],
      [true, false, true, true],
    ],
    [
      'is not told by a day in an address of another year',
      [file('2022-07-22T10:00'), file('2020-07-22T19:23')],
      [false, true],
    ],
    [
      'is found by neighbours where the day in the address fits neither reading',
      [file('2020-07-22T19:23', '2020-07-22T19:23', { day: '2020-07-30' }), file('2020-07-23T19:23')],
      [true, true],
    ],
    [
      'that runs minutes ahead among right ones is right',
      [
        file('2022-07-22T08:00', '2022-07-22T07:38'),
        file('2022-07-22T17:00', '2022-07-22T17:00', { day: '2022-07-23' }),
      ],
      [false, false],
    ],
    [
      'is not blamed for a date that lies days before the stamp',
      [file('2020-07-22T10:00', '2020-07-19T10:00')],
      [false],
    ],
    [
      'is not blamed against the day in the address',
      [file('2020-07-21T20:00', '2020-07-21T14:00', { day: '2020-07-22' })],
      [false],
    ],
    [
      'of a site without days in its addresses convicts the file alone',
      [
        file('2020-07-20T03:00', '2020-07-20T03:00', FOREIGN),
        file('2020-07-22T13:59', '2020-07-22T13:59', FOREIGN),
        file('2020-07-22T21:47', '2020-07-22T13:59', FOREIGN),
        file('2020-09-30T03:00', '2020-09-30T03:00', FOREIGN),
      ],
      [false, false, true, false],
    ],
    [
      'is not blamed for minutes where no address has a day: clocks differ by that',
      [file('2020-07-22T14:00', '2020-07-22T13:50', FOREIGN)],
      [false],
    ],
  ])('%s', (_, files, expected) => {
    const wrong = judgeClocks(files)
    expect(files.map((one) => wrong.has(one))).toEqual(expected)
  })

  test.each<[string, Dated[], Dated[], number]>([
    [
      'of one bad run among hundreds convicts none of them: the clock of the run was wrong',
      many(200, '2020-07-22', '10:00', FOREIGN),
      [0, 1, 2].map((n) => file(`2020-07-22T21:5${n}`, '2020-07-22T13:56', FOREIGN)),
      0,
    ],
    [
      'of one bad run of Zaobao, long mended, convicts none either',
      many(200, '2022-07-22', '10:00'),
      [0, 1, 2].map((n) => file(`2022-07-22T15:5${n}`, '2022-07-22T07:56')),
      0,
    ],
    [
      'of one bad run among few is found, though there are many of another year',
      [...many(30, '2019-07-22', '10:00', FOREIGN), ...many(11, '2022-07-22', '10:00', FOREIGN)],
      [file('2022-07-22T21:50', '2022-07-22T13:56', FOREIGN)],
      1,
    ],
    [
      'is not told to hundreds by the odd day of one address',
      many(200, '2022-07-22', '10:00'),
      [file('2022-07-22T19:23')],
      1,
    ],
    [
      'is not told to hundreds by the odd days of two among many that are right',
      many(200, '2022-07-22', '10:00'),
      [0, 1, 2, 3, 4, 5, 6].map((n) => {
        const day = `2022-07-2${n}`
        return file(`${day}T19:2${n}`, `${day}T19:2${n}`, n < 2 ? {} : { day: `2022-07-2${n + 1}` })
      }),
      2,
    ],
    [
      'that was mended is seen where no day decides: those nearest in time tell',
      Array.from({ length: 30 }, (_, n) =>
        file(`2021-11-10T${10 + (n % 5)}:${10 + n}`, `2021-11-10T0${2 + (n % 5)}:${20 + n}`),
      ),
      Array.from({ length: 30 }, (_, n) => file(`2021-11-12T${10 + (n % 5)}:${10 + n}`)),
      30,
    ],
    [
      'is found in hundreds where most of those that can tell say so',
      many(200, '2020-07-22', '10:00'),
      [0, 1, 2, 3].map((n) => file(`2020-07-2${n}T19:23`)),
      204,
    ],
  ])('%s', (_, files, telling, expected) => {
    expect(judgeClocks([...files, ...telling]).size).toBe(expected)
  })

  test('is none of a paper that keeps another: the day in its address says nothing of Singapore', () => {
    const paris = { site: 'rfi', zoneMs: 2 * 3_600_000 }
    const late = ['2020-07-21T17:00', '2020-07-21T19:30', '2020-07-21T22:56'].map((stamp) => file(stamp, stamp, paris))
    expect(judgeClocks(late).size).toBe(0)
    expect(judgeClocks(late.map((one) => ({ ...one, zoneMs: 8 * 3_600_000 }))).size).toBe(3)
  })

  test('is told with what says so', () => {
    const [address, date, silent] = [
      file('2020-07-22T19:23'),
      file('2020-07-22T14:00', '2020-07-22T06:40'),
      file('2020-07-22T10:00'),
    ]
    expect([...judgeClocks([address, date, silent])]).toEqual([
      [address, 'address'],
      [date, 'date'],
      [silent, 'neighbours'],
    ])
  })
})
