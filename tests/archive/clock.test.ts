import { describe, expect, test } from 'vitest'
import { type Dated, judgeClocks } from '../../src/core/archive/clock.ts'

function file(stamp: string, date: string = stamp, over: Partial<Dated> = {}): Dated {
  const stampMs = Date.parse(`${stamp}:00Z`)
  return { site: 'zaobao', day: stamp.slice(0, 10), stampMs, dateMs: Date.parse(`${date}:00Z`), ...over }
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
  ])('%s', (_, files, expected) => {
    const wrong = judgeClocks(files)
    expect(files.map((one) => wrong.has(one))).toEqual(expected)
  })
})
