import { expect, test } from 'vitest'
import { latestOf } from '../../src/core/latest.ts'

test('what was used last is kept, as much as there is room for', () => {
  const kept = latestOf<string>(4, (value) => value.length)
  kept.set('a', 'xx')
  kept.set('b', 'xx')
  expect(kept.get('a')).toBe('xx')
  kept.set('c', 'x')
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual(['xx', undefined, 'x'])
  kept.set('a', 'xxx')
  expect([kept.get('a'), kept.get('c')]).toEqual(['xxx', 'x'])
  kept.set('d', 'xxxxxx')
  expect([kept.get('a'), kept.get('c'), kept.get('d')]).toEqual([undefined, undefined, 'xxxxxx'])
  kept.delete('d')
  kept.set('a', 'xx')
  kept.set('b', 'xx')
  expect([kept.get('a'), kept.get('b'), kept.get('d')]).toEqual(['xx', 'xx', undefined])
})
