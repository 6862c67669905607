import { expect, test } from 'vitest'
import { parseRetryAfter } from '../../src/core/web/retry-after.ts'

const NOW = Date.UTC(2026, 0, 15)

test.each([
  ['120', NOW + 120_000],
  [' 120 ', NOW + 120_000],
  ['0', NOW],
  ['Sun, 06 Nov 2094 08:49:37 GMT', Date.UTC(2094, 10, 6, 8, 49, 37)],
  ['Sunday, 06-Nov-94 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
  ['Friday, 06-Nov-26 08:49:37 GMT', Date.UTC(2026, 10, 6, 8, 49, 37)],
  ['Sun Nov  6 08:49:37 2094', Date.UTC(2094, 10, 6, 8, 49, 37)],
  [null, null],
  ['', null],
  ['-1', null],
  ['1.5', null],
  ['0x10', null],
  ['soon', null],
  ['2026-01-15T00:00:00Z', null],
  ['Sun, 06 Nev 2094 08:49:37 GMT', null],
  ['Sun, 06 Nov 2094 08:49:37 +0800', null],
  ['Wed, 31 Nov 2094 08:49:37 GMT', null],
  ['Sun, 06 Nov 2094 25:49:37 GMT', null],
  ['Sun, 06 Nov 2094 08:61:37 GMT', null],
])('Retry-After: %s', (header, expected) => {
  expect(parseRetryAfter(header, NOW)).toBe(expected)
})
