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
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map(
    (month, at): [string, number] => [`Sun, 06 ${month} 2094 08:49:37 GMT`, Date.UTC(2094, at, 6, 8, 49, 37)],
  ),
  ['Monday, 06-Nov-76 00:00:00 GMT', Date.UTC(2076, 10, 6)],
  ['Wednesday, 06-Nov-77 23:59:59 GMT', Date.UTC(1977, 10, 6, 23, 59, 59)],
  ['Sun Nov 16 08:49:60 2094', Date.UTC(2094, 10, 16, 8, 50, 0)],
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
  ['Sun, 06 Nov 2094 24:00:00 GMT', null],
  ['Sun, 06 Nov 2094 08:60:37 GMT', null],
  ['Sun, 06 Nov 2094 08:49:61 GMT', null],
  ['x Sun, 06 Nov 2094 08:49:37 GMT', null],
  ['Sun, 06 Nov 2094 08:49:37 GMT x', null],
  ['Sund, 06-Nov-94 08:49:37 GMT', null],
  ['Sun Nov  6 08:49:37 2094 GMT', null],
])('Retry-After: %s', (header, expected) => {
  expect(parseRetryAfter(header, NOW)).toBe(expected)
})
