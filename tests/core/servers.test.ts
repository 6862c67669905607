import { expect, test } from 'vitest'
import { lastAsked, learned, pauseOf } from '../../src/core/archive/server-pauses.ts'

const NOW = Date.UTC(2026, 2, 10)
const DAY_MS = 86_400_000
const at = (days: number) => new Date(NOW + days * DAY_MS).toISOString()
const NAMES = ['a.example', '192.0.2.1']

test.each<[string, Parameters<typeof lastAsked>[0]['servers'], number | null]>([
  ['never, as far as is known', undefined, null],
  ['under another name', { 'b.example': { asked: at(-1) } }, null],
  ['under one name', { 'a.example': { asked: at(-1) } }, -1],
  ['under both: the later counts', { 'a.example': { asked: at(-1) }, '192.0.2.1': { asked: at(-0.5) } }, -0.5],
  ['at this moment', { 'a.example': { asked: at(0) } }, 0],
  ['by a clock that was ahead', { 'a.example': { asked: at(1) }, '192.0.2.1': { asked: at(-2) } }, -2],
])('a server was last asked %s', (_name, servers, days) => {
  expect(lastAsked({ hosts: {}, ...(servers && { servers }) }, NAMES, NOW)).toBe(
    days === null ? null : NOW + days * DAY_MS,
  )
})

test.each<[string, Parameters<typeof pauseOf>[0], number | null]>([
  ['no time', { hosts: {} }, null],
  ['what it said of its host', { hosts: { 'a.example': { notBefore: at(1) } } }, 1],
  ['what it said of its address', { hosts: {}, servers: { '192.0.2.1': { asked: at(0), notBefore: at(2) } } }, 2],
  [
    'the later of both',
    { hosts: { 'a.example': { notBefore: at(1) } }, servers: { 'a.example': { asked: at(0), notBefore: at(3) } } },
    3,
  ],
  ['nothing of another', { hosts: { 'b.example': { notBefore: at(1) } } }, null],
])('a server wants no request before %s', (_name, known, days) => {
  expect(pauseOf(known, NAMES)).toBe(days === null ? null : NOW + days * DAY_MS)
})

test('what is learned of a server stands under each of its names, beside what is known of others for a week', () => {
  const before = {
    'a.example': { asked: at(-1), notBefore: at(1) },
    'b.example': { asked: at(-6.9) },
    'c.example': { asked: at(-7) },
  }
  expect(learned(before, NAMES, { notBefore: at(2) }, NOW)).toEqual({
    'a.example': { asked: at(-1), notBefore: at(2) },
    'b.example': { asked: at(-6.9) },
    '192.0.2.1': { asked: at(0), notBefore: at(2) },
  })
  expect(learned(undefined, ['a.example'], {}, NOW)).toEqual({ 'a.example': { asked: at(0) } })
})

test('of single addresses the last fifty that were asked are remembered', () => {
  const pages = Array.from({ length: 60 }, (_, n) => [`a.example/${n}`, { asked: at(-n / 100) }] as const)
  const known = learned(
    Object.fromEntries([...pages.toSorted(([a], [b]) => (a < b ? -1 : 1)), ['b.example', { asked: at(-6) }]]),
    [],
    {},
    NOW,
  )
  expect(Object.keys(known).toSorted()).toEqual(['b.example', ...pages.slice(0, 50).map(([name]) => name)].toSorted())
})
