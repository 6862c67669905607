import { expect, test } from 'vitest'
import { isUrl } from '../../src/core/url.ts'

test('a host of Latin letters is one, however often addresses were looked at before', () => {
  for (let n = 0; n < 200_000; n += 1) isUrl(`https://example.org/${n % 10}`)
  expect(isUrl('https://bücher.example/')).toBe(true)
  expect(isUrl('/a', 'https://bücher.example/')).toBe(true)
})

test.each([
  ['', false],
  ['/a', false],
  ['https://', false],
  ['https://a b/', false],
  ['mailto:a@b.example', true],
])('%j is a URL: %j', (text, expected) => {
  expect(isUrl(text)).toBe(expected)
})
