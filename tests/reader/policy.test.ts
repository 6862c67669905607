import { describe, expect, test } from 'vitest'
import { cookieIn, isSame, isServed, languageFor } from '../../src/core/reader/policy.ts'
import { listRoute, type Route, routeOf, servedAt } from '../../src/core/reader/routes.ts'

const at = (path: string) => routeOf(new URL(`http://127.0.0.1${path}`))

test.each([
  ['/', { kind: 'newest' }],
  ['/2026-11-26', { kind: 'day', day: '2026-11-26', section: null, page: 1 }],
  ['/2026-11-26?section=china', { kind: 'day', day: '2026-11-26', section: 'china', page: 1 }],
  ['/2026-11-26?section=china&page=12', { kind: 'day', day: '2026-11-26', section: 'china', page: 12 }],
  ['/2026-11', { kind: 'month', month: '2026-11' }],
  ['/2026-11-26/9100001', { kind: 'story', day: '2026-11-26', id: '9100001', remote: false }],
  ['/2026-11-26/dw.54316030?pictures=remote', { kind: 'story', day: '2026-11-26', id: 'dw.54316030', remote: true }],
  ['/2026-11-26/0123456789.txt', { kind: 'file', day: '2026-11-26', id: '0123456789' }],
  ['/2026-11-26/9100001/changes', { kind: 'changes', day: '2026-11-26', id: '9100001', number: null }],
  ['/2026-11-26/9100001/changes/12', { kind: 'changes', day: '2026-11-26', id: '9100001', number: 12 }],
  ['/section/a/b%3Fc?before=2026-11-01', { kind: 'section', name: 'a/b?c', before: '2026-11-01' }],
  ['/section/a?before=x', { kind: 'section', name: 'a', before: null }],
  ['/search?q=%E6%B5%AE%E6%A1%A5&order=best&before=12', { kind: 'search', query: '浮桥', order: 'best', before: 12 }],
  ['/feed.json?q=a', { kind: 'feed', format: 'json-feed', of: { kind: 'query', name: 'a' } }],
  ['/feed.atom', { kind: 'feed', format: 'atom', of: null }],
  ['/style.css', { kind: 'style' }],
  ['/media/ab/ab0123456789abcd.png', { kind: 'picture', path: 'media/ab/ab0123456789abcd.png' }],
  ['/media/ab/cd0123456789abcd.png', null],
  ['/2026-02-30', null],
  ['/2026-02-30/9100001', null],
  ['/2026-11-26/9100001/changes/0', null],
  ['/2026-11-26/abc', null],
  ['/toString', null],
])('%s', (path, route) => {
  expect(at(path)).toEqual(route)
  if (route !== null) expect(at(servedAt(route as Route))).toEqual(route)
})

test.each(['china', 'rfi:china', 'realtime/china', '法广', 'a?b#c d%2f', '"><b>'])(
  'a list of %s has its place',
  (name) => {
    expect(at(servedAt(listRoute('section', name, '2026-11-01')))).toEqual({
      kind: 'section',
      name,
      before: '2026-11-01',
    })
    expect(at(servedAt(listRoute('paper', name)))).toEqual({ kind: 'paper', name, before: null })
  },
)

describe('who is answered', () => {
  test.each([
    ['127.0.0.1:80', '127.0.0.1', true],
    ['[::1]', '::1', true],
    ['10.0.0.7', '127.0.0.1', false],
    ['10.0.0.7', '0.0.0.0', true],
    ['[fe80::1]:80', '::', true],
    ['nas.example:80', 'NAS.example', true],
    ['evil.example', '0.0.0.0', false],
    ['evil.example', 'nas.example', false],
    ['127.0.0.1@evil.example', '127.0.0.1', false],
    ['127.0.0.1 evil', '127.0.0.1', false],
    [undefined, '127.0.0.1', false],
  ])('host %s, bound to %s: %s', (header, bound, expected) => {
    expect(isServed(header, bound)).toBe(expected)
  })

  test.each([
    ['a=1; b=2', 'b', '2'],
    ['ab=1', 'b', null],
    [undefined, 'b', null],
    ['b=', 'b', ''],
  ])('cookie %s', (field, name, expected) => {
    expect(cookieIn(field, name)).toBe(expected)
  })

  test('secrets', () => {
    expect([isSame('a', 'a'), isSame('a', 'b'), isSame('', 'b'), isSame('bb', 'b')]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})

test.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-US,en;q=0.9,zh;q=0.8', 'en'],
  ['fr,de;q=0.9', 'en'],
  ['zh;q=0,en', 'en'],
  ['en;q=0.1, zh-Hant;q=0.5', 'zh'],
  [undefined, 'en'],
  [';;;,,,q=', 'en'],
])('%s is answered in %s', (accepts, expected) => {
  expect(languageFor(accepts, 'en')).toBe(expected)
})
