import { expect, test } from 'vitest'
import { mendReferences } from '../../src/core/text/references.ts'

test.each([
  ['&#128;&#129;&#146;&#159;&#x80;&#X9F;', '€\u0081’Ÿ€Ÿ'],
  ['&#120;&#127;&#160;&#x7f;&#xa0;', '&#120;&#127;&#160;&#x7f;&#xa0;'],
  ['&#55000;&#56832;', '&#55000;&#56832;'],
  ['&#55296;&#56320;&#56319;&#57343;', '\u{10000}\u{10ffff}'],
])('references %s', (text, mended) => {
  expect(mendReferences(text)).toBe(mended)
})
