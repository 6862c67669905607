import { expect, test } from 'vitest'
import { absoluteUrl } from '../../src/core/feed/item.ts'
import { withBase } from '../../src/core/feed/based.ts'

test.each(['javascript:go()', 'data:text/html,x', 'mailto:a@b.example', 'no base'])(
  'a base that is no address of the web is none: %s',
  (base) => {
    expect(withBase('<a href="x">', base)).toBe('<a href="x">')
    const inner = `<p xml:base="${base}"><a href="javascript:go()">`
    expect(withBase(inner, null)).toBe(inner)
  },
)

test('credentials of a base come into no link', () => {
  expect(withBase('<a href="x">', 'http://me:secret@a.example/s/')).toBe('<a href="http://a.example/s/x">')
  expect(withBase('<p xml:base="http://me:secret@a.example/"><a href="x">', null)).toContain('"http://a.example/x"')
})

test.each([
  ['http://me:secret@a.example/s?x=1', 'http://a.example/s?x=1'],
  ['https://me@a.example/s', 'https://a.example/s'],
  ['//me:secret@a.example/s', 'http://a.example/s'],
  ['http://a.example/@me:s', 'http://a.example/@me:s'],
])('credentials of the link %s are not part of it', (link, expected) => {
  expect(absoluteUrl(link, 'http://b.example/')).toBe(expected)
})

test('a text grows no more than a little by its bases, however long and deep they are', () => {
  const links = '<a href="x">'.repeat(1000)
  expect(withBase(links, `http://a.example/${'a'.repeat(50_000)}/`)).toBe(links)
  const deep = '<div xml:base="a/"><a href="x">'.repeat(10_000)
  expect(withBase(deep, 'http://a.example/').length).toBeLessThan(deep.length * 80)
})
