import { expect, test } from 'vitest'
import { withoutElements } from '../../src/core/html/without.ts'

const NAMES = new Set(['script', 'svg', 'nav'])

test.each([
  ['an element', 'a<nav>b</nav>c', 'ac'],
  ['one in another of its name', 'a<nav>b<nav>c</nav>d</nav>e', 'ae'],
  ['one in another', 'a<nav>b<script>"</nav>"</script>c</nav>d', 'ad'],
  ['script that names its end', 'a<script>"<nav>"</script>b', 'ab'],
  ['a drawing that XML ends', 'a<svg/>b<svg><path/></svg>c', 'abc'],
  ['a drawing in a drawing', 'a<svg><svg/><g></g></svg>b', 'ab'],
  ['comments', 'a<!-- <nav> -->b<!---->c', 'abc'],
  ['what is never ended stays', 'a<nav>b<p>c', 'a<nav>b<p>c'],
  ['what else it holds goes', 'a<nav>b<svg></svg><p>c', 'a<nav>b<p>c'],
  ['an end alone stays', 'a</nav>b', 'a</nav>b'],
  ['other elements and attributes stay', '<p title="<nav>">a</p>', '<p title="<nav>">a</p>'],
  ['a doctype stays', '<!DOCTYPE html><p>a', '<!DOCTYPE html><p>a'],
])('%s', (_, html, left) => expect(withoutElements(html, NAMES)).toBe(left))
