import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lettersOf, smallLettersOf } from '../../src/core/text/letters.ts'

test('letters are letters and digits of any writing, and nothing else', () => {
  expect(lettersOf('河镇，2026 年！ Ferry-boat № Ⅷ 𠀀 𐀀 e\u0301 \u{1f600}')).toBe('河镇2026年FerryboatⅧ𠀀𐀀e')
  expect(smallLettersOf('Ferry-Boat 渡')).toBe('ferryboat渡')
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...Array.from('a 河。\ud840\udc00\ud83d')) }),
  )
  fc.assert(fc.property(text, (each) => lettersOf(each) === each.replaceAll(/[^\p{L}\p{N}]+/gu, '')))
})
