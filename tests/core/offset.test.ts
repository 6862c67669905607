import { expect, test } from 'vitest'
import { CHINESE_CLOCK, offsetOf } from '../../src/core/time/offset.ts'

const CLOCK = '2026-01-15 12:00'
const [WINTER, SUMMER] = [Date.UTC(2026, 0, 15, 12), Date.UTC(2026, 6, 15, 12)]
/** What no text here names. */
const ELSEWHERE = 7

const NAMES: Record<string, number> = {
  ...{
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    wet: 0,
    bst: 1,
    west: 1,
    cet: 1,
    met: 1,
    cest: 2,
    eet: 2,
    eest: 3,
    msk: 3,
    ist: 5.5,
  },
  ...{ ict: 7, wib: 7, sgt: 8, hkt: 8, myt: 8, pht: 8, bjt: 8, awst: 8, jst: 9, kst: 9, aest: 10, aedt: 11, nzst: 12 },
  ...{ nzdt: 13, edt: -4, est: -5, cdt: -5, mst: -7, mdt: -6, pdt: -7, pst: -8, akst: -9, hst: -10, cst: -6 },
  ...{ et: -5, ct: -6, mt: -7, pt: -8 },
}

test.each(Object.entries(NAMES))('%s is %d hours east', (name, hours) => {
  for (const text of [`${CLOCK} ${name}`, `${CLOCK}, ${name} 2026`, `${CLOCK}${name}`])
    expect(offsetOf(text, CLOCK.length, WINTER, ELSEWHERE)).toBe(hours * 60)
})

test.each<[string, number]>([
  ['+0800', 480],
  ['+08:00', 480],
  [' + 8', ELSEWHERE],
  ['+8', 480],
  ['-5', -300],
  [' -05:30', -330],
  [' gmt+8', 480],
  [' utc/gmt+8', 480],
  [' gmt/utc-05:30', -330],
  [' gmt+2 (israel standard time)', 120],
  [' utc+08:00', 480],
  [' ut-3', -180],
  ['z+1', 60],
  [' +14', 840],
  [' +15', ELSEWHERE],
  [' +08000', ELSEWHERE],
  [' 2026 +0800', 480],
  [' 2026-01 sgt', ELSEWHERE],
  [' sgts', ELSEWHERE],
  [' x', ELSEWHERE],
  [' asia/kathmandu', 345],
  [' america/st_johns', -210],
  [' etc/gmt-8', 480],
  [' america/argentina/ushuaia', -180],
  [' nowhere/at_all', ELSEWHERE],
  ['', ELSEWHERE],
])('behind the clock %j is %d minutes east', (behind, minutes) => {
  expect(offsetOf(`${CLOCK}${behind}`, CLOCK.length, WINTER, ELSEWHERE)).toBe(minutes)
})

test('a plus sign that became a space is one, behind a clock of ISO 8601 alone', () => {
  const iso = '2026-01-15t12:00'
  expect(offsetOf(`${iso} 08:00`, iso.length, WINTER, ELSEWHERE)).toBe(480)
  expect(offsetOf(`${iso} 0800`, iso.length, WINTER, ELSEWHERE)).toBe(480)
  expect(offsetOf(`${CLOCK} 0800`, CLOCK.length, WINTER, ELSEWHERE)).toBe(ELSEWHERE)
})

test.each<[string, number, number]>([
  ...[
    ...['北京时间', '新加坡時間', '香港時间', '台北时间', '臺北時間', '中国标准时间', '中國標準時間'],
    ...['shanghai', 'singapore', 'hong_kong', 'taipei', 'macau', 'chongqing', 'urumqi', 'kuala_lumpur'].map(
      (city) => `asia/${city}`,
    ),
  ].map((name): [string, number, number] => [name, 480, 480]),
  ...[
    '格林尼治时间',
    '格林威治標準時間',
    '格林尼治标准时间',
    '世界协调时',
    '世界協調時',
    '世界标准时间',
    '世界標準時',
  ].map((name): [string, number, number] => [name, 0, 0]),
  ...['伦敦时间', '倫敦時間', '英国当地时间', '英國當地時間'].map((name): [string, number, number] => [name, 0, 60]),
  ...['美东时间', '美國東部時間', '美国东部时间', '纽约时间', '紐約當地時間', '华盛顿时间', '華盛頓时间'].map(
    (name): [string, number, number] => [name, -300, -240],
  ),
  ...['美西时间', '美国西部时间', '美國西部當地時間', '洛杉矶时间', '洛杉磯當地時間'].map(
    (name): [string, number, number] => [name, -480, -420],
  ),
  ...['东京时间', '東京時間', '日本时间', '首尔时间', '首爾當地時間', '韩国时间', '韓國当地时间'].map(
    (name): [string, number, number] => [name, 540, 540],
  ),
  ...['singapore time', 'china standard time', 'beijing time', 'hong kong standard time'].map(
    (name): [string, number, number] => [name, 480, 480],
  ),
  ['greenwich mean time', 0, 0],
  ['coordinated universal time', 0, 0],
  ['british time', 0, 60],
  ['british summer time', 0, 60],
  ['central european time', 60, 120],
  ['central european standard time', 60, 120],
  ['eastern european time', 120, 180],
  ['moscow time', 180, 180],
  ['moscow standard time', 180, 180],
  ['israel time', 120, 180],
  ['israel standard time', 120, 180],
  ['indian time', 330, 330],
  ['india standard time', 330, 330],
  ['japan standard time', 540, 540],
  ['korea time', 540, 540],
  ['korean time', 540, 540],
  ['australian eastern time', 660, 600],
  ['australian eastern standard time', 660, 600],
  ['eastern time', -300, -240],
  ['eastern standard time', -300, -240],
  ['central time', -360, -300],
  ['mountain time', -420, -360],
  ['mountain daylight time', -420, -360],
  ['pacific time', -480, -420],
  ['australian central time', ELSEWHERE, ELSEWHERE],
  ['local time', ELSEWHERE, ELSEWHERE],
  ['北京', ELSEWHERE, ELSEWHERE],
  ['美国时间', ELSEWHERE, ELSEWHERE],
])('%s is %d minutes east in winter, %d in summer', (name, winter, summer) => {
  for (const text of [`${name}${CLOCK}`, `${CLOCK} (${name})`]) {
    const end = text.indexOf(CLOCK) + CLOCK.length
    expect([WINTER, SUMMER].map((wall) => offsetOf(text, end, wall, ELSEWHERE))).toEqual([winter, summer])
  }
})

test('CST is the clock of the place', () => {
  expect(offsetOf(`${CLOCK} cst`, CLOCK.length, WINTER, CHINESE_CLOCK)).toBe(480)
})
