import { expect, test } from 'vitest'
import { cleanUrl } from '../../src/core/markdown/url.ts'

test.each([
  'javascript&colon;alert(1)',
  'java&Tab;script&NewLine;:alert(1)',
  'javascript&#58;alert(1)',
  '&#0000106;avascript:alert(1)',
  '&#x6A;avascript:alert(1)',
  'javascript&#x3a;alert(1)',
  'javascript%3Aalert(1)',
  '%6aavascript&colon;alert(1)',
  'java&nbsp;script:alert(1)',
  'view-source:data&#58;text/html,x',
])('%s runs something, however its scheme is written, and is no address', (address) => {
  expect(cleanUrl(address, null)).toBeNull()
})

test.each([
  'https://a.example/?q=1&#x110000;',
  'https://a.example/?q=javascript&colon;x',
  'https://a.example/%3A&#58;',
])('%s has references in it, and stays', (address) => {
  expect(cleanUrl(address, null)).toBe(address)
})
