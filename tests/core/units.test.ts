import { expect, test } from 'vitest'
import { parseDuration, parseRate, printDuration } from '../../src/core/units.ts'

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['10m', 600_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['1.5h', 5_400_000],
  ['0', 0],
  ['10', null],
  ['-1s', null],
  ['1 h', null],
  ['', null],
  ['7days', null],
  ['.5h', null],
  ['1.h', null],
  ['1.25s', 1250],
  ['365250d', 365_250 * 86_400_000],
  ['365251d', null],
])('the duration %j is %j ms', (text, ms) => expect(parseDuration(text)).toBe(ms))

test.each([
  ['1/s', { count: 1, perMs: 1000 }],
  ['30/m', { count: 30, perMs: 60_000 }],
  ['0.5/s', { count: 0.5, perMs: 1000 }],
  ['0/s', null],
  ['2/h', { count: 2, perMs: 3_600_000 }],
  ['1.25/s', { count: 1.25, perMs: 1000 }],
  ['x1/s', null],
  ['1/sec', null],
  ['1./s', null],
  ['/s', null],
  ['1', null],
  ['fast', null],
])('the rate %j', (text, rate) => expect(parseRate(text)).toEqual(rate))

test.each([
  [45_000, '45s'],
  [89_000, '89s'],
  [90_000, '2m'],
  [89 * 60_000, '89m'],
  [90 * 60_000, '1h 30m'],
  [2 * 3_600_000, '2h'],
  [47 * 3_600_000, '47h'],
  [48 * 3_600_000, '2d'],
  [12 * 60_000, '12m'],
  [200 * 60_000, '3h 20m'],
  [52 * 3_600_000, '2d 4h'],
  [7 * 86_400_000, '7d'],
])('%j ms prints as %j', (ms, text) => expect(printDuration(ms)).toBe(text))
