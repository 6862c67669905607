import { expect, it } from 'vitest'
import { parseDate } from '../../src/core/feed/date.ts'

const MOMENT = '2021-11-10T07:37:00.000Z'

const same = [
  'Wed, 10 Nov 2021 07:37:00 GMT',
  'Wed, 10 Nov 2021 07:37:00 +0000',
  'Wed, 10 Nov 2021 15:37:00 +0800',
  'Wed, 10 Nov 2021 15:37:00 +08:00',
  'Wed, 10 Nov 2021 15:37:00 GMT+8',
  'Wed, 10 Nov 2021 15:37:00 GMT+0800',
  'Wed, 10 Nov 2021 15:37:00 UTC+08:00',
  'Wed, 10 Nov 2021 15:37:00 SGT',
  'Wed, 10 Nov 2021 15:37:00 HKT',
  'Wed, 10 Nov 2021 02:37:00 EST',
  'Wed, 10 Nov 2021 01:37:00 CST',
  'Tue, 10 Nov 2021 07:37:00 GMT',
  'Wed 10 Nov 2021 07:37:00 Z',
  '10 Nov 2021 07:37 UT',
  '10 Nov 21 07:37:00 GMT',
  '10-Nov-2021 07:37:00 UTC',
  'Wednesday, 10 November 2021 07:37:00 GMT',
  'Wednesday, November 10, 2021 7:37 AM',
  'November 10th, 2021 07:37:00 GMT',
  'Nov 10, 2021 03:37 PM +0800',
  'Wed Nov 10 07:37:00 2021',
  'Wed Nov 10 07:37:00 GMT 2021',
  'Wed Nov 10 2021 15:37:00 GMT+0800 (中国标准时间)',
  'Wed, 10 Nov 2021 07:37:00',
  '2021-11-10T07:37:00Z',
  '2021-11-10T07:37:00.000Z',
  '2021-11-10T07:37:00.000000000Z',
  '2021-11-10T07:37Z',
  '2021-11-10T15:37:00+08:00',
  '2021-11-10T15:37:00+0800',
  '2021-11-10T15:37:00+08',
  '2021-11-10T07:37:00',
  '2021-11-10 07:37:00',
  '2021-11-10 07:37:00 UTC',
  '2021-11-10 15:37:00 +0800 CST',
  '2021/11/10 07:37',
  '20211110T073700Z',
  '20211110 07:37:00',
  '2021年11月10日 07:37',
  '2021年11月10日 7:37 AM',
  '2021年11月10日 07时37分00秒',
  '1636529820',
  '1636529820000',
  '  Wed, 10 Nov 2021 07:37:00 GMT\n',
]
it.each(same)('%s', (text) => {
  expect(parseDate(text, false)).toBe(MOMENT)
})

const chinese: [string, string][] = [
  ['2021-11-10 15:37:00', MOMENT],
  ['2021年11月10日 下午3:37', MOMENT],
  ['2021年11月10日 下午 03:37', MOMENT],
  ['Wed, 10 Nov 2021 15:37:00 CST', MOMENT],
  ['Wed Nov 10 15:37:00 CST 2021', MOMENT],
  ['Wed, 10 Nov 2021 15:37:00 +0800', MOMENT],
  ['Wed, 10 Nov 2021 07:37:00 GMT', MOMENT],
  ['2021-11-10 00:00:00', '2021-11-09T16:00:00.000Z'],
]
it.each(chinese)('%s in a Chinese feed', (text, moment) => {
  expect(parseDate(text, true)).toBe(moment)
})

const edges: [string, string | null][] = [
  ['2021-11-10T07:37:00.123456Z', '2021-11-10T07:37:00.123Z'],
  ['2021-11-10T24:00:00Z', '2021-11-11T00:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ['2020-02-29T00:00:00Z', '2020-02-29T00:00:00.000Z'],
  ['Thu, 1 Jan 98 12:00 AM GMT', '1998-01-01T00:00:00.000Z'],
  ['Thu, 1 Jan 1998 12:00 PM GMT', '1998-01-01T12:00:00.000Z'],
  ['2021-02-30T00:00:00Z', null],
  ['2021-13-10T00:00:00Z', null],
  ['2021-11-10T25:00:00Z', null],
  ['2021-11-10T07:61:00Z', null],
  ['2021-11-10', null],
  ['Wed, 10 Nov 2021', null],
  ['07:37', null],
  ['昨天', null],
  ['15分钟前', null],
  ['', null],
  ['10 Foo 2021 07:37:00 GMT', null],
  ['99999999999999999999', null],
]
it.each(edges)('%s is %s', (text, moment) => {
  expect(parseDate(text, false)).toBe(moment)
})
