import { describe, expect, test } from 'vitest'
import { EMPTY_STATE, parseState, soundState, type State, vitalOf } from '../../src/core/archive/state.ts'

const TIME = '2021-11-10T08:00:00.000Z'
const ENTRY = {
  ...{ id: '1', url: 'https://a.example/1', day: '2021-11-10', title: '甲', published: TIME, html: '<p>', source: 'a' },
  ...{ tries: 1, firstFailed: TIME, nextTry: TIME, reason: 'status 404', lastReported: TIME, saidToWait: true },
}
const GAP = {
  ...{ source: 'a', origin: 'https://a.example', sections: ['news'], list: 'https://a.example/list' },
  ...{ from: '2021-11-08', to: '2021-11-09', noticed: TIME, lastTried: TIME, reason: 'status 500' },
}
const SOURCE = {
  ...{ validators: { etag: '"a"', lastModified: 'x' }, url: 'https://a.example', permanentUrl: 'https://b.example' },
  ...{
    newest: TIME,
    lastOk: TIME,
    polled: TIME,
    listed: TIME,
    lastError: 'status 503',
    failingSince: TIME,
    ended: TIME,
  },
  ...{ sections: ['news'], shown: ['1'], shared: ['1'] },
}
/** All that a file may hold. */
const FULL = {
  version: 1,
  lastRun: {
    ...{ command: 'fetch', started: TIME, ended: TIME, exitCode: 0 },
    ...{ written: 1, revised: 1, unchanged: 1, failed: 1, failedAgain: 1 },
  },
  sources: { a: SOURCE },
  hosts: { 'a.example': { notBefore: TIME } },
  queue: [ENTRY],
  gaps: [GAP],
  rules: 'x',
  pages: { known: 1, generic: 1, doubtful: 1, unread: 1 },
  troubles: [{ key: 'x', manner: 'begin', since: TIME, runs: 1, metAt: TIME, saidAt: TIME }],
  servers: { 'a.example': { asked: TIME, notBefore: TIME } },
  surveyed: TIME,
}
const MAY_BE_NULL =
  /(?:lastRun|validators|etag|lastModified|permanentUrl|newest|lastOk|lastError|failingSince|ended|day|title|published|html|nextTry|lastTried|saidAt|gaps\.0\.reason)$/
const NEVER_NULL = /lastRun\.ended$/
const MAY_BE_ABSENT =
  /(?:polled|listed|a\.sections|shown|shared|failedAgain|html|saidToWait|list|rules|pages|troubles|servers|sources\.a|(?:hosts|servers)\.a\.example|servers\.a\.example\.notBefore|surveyed)$/

/** Where each value of the state stands: `queue.0.tries`. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [...(path.length === 0 ? [] : [path]), ...inner.flatMap(([key, one]) => pathsOf(one, [...path, key]))]
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], value)
}

function stateWith(path: readonly string[], value: unknown): string {
  const state: unknown = structuredClone(FULL)
  const inner = valueAt(state, path.slice(0, -1)) as Record<string, unknown>
  inner[path.at(-1) ?? ''] = value
  return JSON.stringify(state)
}

/** Of another type, or no such number or time. */
function wrongOf(value: unknown): unknown[] {
  if (typeof value === 'number') return ['1', 1.5]
  if (value === TIME) return [1, 'soon']
  return typeof value === 'object' ? [7, 'x'] : [7, {}]
}

describe('a state in a file', () => {
  test('is whole with all it may hold', () => {
    expect(parseState(JSON.stringify(FULL))).toMatchObject({ servers: FULL.servers, queue: [{ id: '1', html: '<p>' }] })
  })

  test.each(pathsOf(FULL).map((path) => [path.join('.'), path] as const))('is damaged by another %s', (name, path) => {
    for (const wrong of wrongOf(valueAt(FULL, path)))
      expect(parseState(stateWith(path, wrong)), String(wrong)).toBeNull()
    const isInList = /^\d+$/.test(path.at(-1) ?? '') && Array.isArray(valueAt(FULL, path.slice(0, -1)))
    const mayBeNull = MAY_BE_NULL.test(name) && !NEVER_NULL.test(name)
    expect(parseState(stateWith(path, null)) !== null, 'null').toBe(mayBeNull)
    if (!isInList) expect(parseState(stateWith(path, undefined)) !== null, 'absent').toBe(MAY_BE_ABSENT.test(name))
  })
})

test('what cannot be had again of a state is its queue and its gaps', () => {
  const state = parseState(JSON.stringify(FULL)) as State
  expect(vitalOf(state)).toEqual({ ...EMPTY_STATE, queue: state.queue, gaps: state.gaps })
})

describe('times of a clock that was ahead', () => {
  const NOW = Date.parse('2021-11-10T09:00:00.000Z')
  const at = (days: number) => new Date(NOW + days * 86_400_000).toISOString()
  const known = parseState(JSON.stringify(FULL)) as State
  const sound = (more: Partial<State>) => soundState({ ...EMPTY_STATE, ...more }, NOW)

  test('of servers: they were asked now, and want no longer pause than a week', () => {
    const servers = { a: { asked: at(1), notBefore: at(6.9) }, b: { asked: at(-1), notBefore: at(7.1) } }
    expect(sound({ servers }).servers).toEqual({ a: { asked: at(0), notBefore: at(6.9) }, b: { asked: at(-1) } })
    expect(sound({})).not.toHaveProperty('servers')
  })

  test('of a source: it fails from now on', () => {
    const source = { ...known.sources['a']!, failingSince: at(1), newest: at(0.9), lastOk: at(0.1) }
    expect(sound({ sources: { a: source } }).sources['a']).toMatchObject({
      failingSince: at(0),
      newest: at(0.9),
      lastOk: null,
    })
  })

  test.each<[string, string, string | null, Partial<State>, string | null]>([
    ['given up', 'https://a.example/1', null, {}, null],
    ['within a day', 'https://a.example/1', at(0.9), {}, at(0.9)],
    ['for days', 'https://a.example/1', at(3), {}, at(0)],
    [
      'as its server asks',
      'https://a.example/1',
      at(3),
      { servers: { 'a.example': { asked: at(0), notBefore: at(3) } } },
      at(3),
    ],
    [
      'as its page asks',
      'https://a.example/1',
      at(3),
      { servers: { 'https://a.example/1': { asked: at(0), notBefore: at(4) } } },
      at(3),
    ],
    [
      'longer than its host asks',
      'https://a.example/1',
      at(3),
      { hosts: { 'a.example': { notBefore: at(2) } } },
      at(0),
    ],
    ['and has no address', 'x', at(3), {}, at(0)],
  ])('a story waits %s', (_name, url, nextTry, more, expected) => {
    const entry = { ...known.queue[0]!, url, nextTry, lastReported: at(1), firstFailed: at(-1) }
    expect(sound({ ...more, queue: [entry] }).queue).toEqual([
      { ...entry, nextTry: expected, lastReported: at(0), firstFailed: at(-1) },
    ])
  })

  test('a picture that was given up then is asked for again', () => {
    const given = { ...known.queue[0]!, nextTry: null, firstFailed: at(-1) }
    const pictures = [40, 0.5, -1].map((days) => ({ ...given, lastReported: at(days) }))
    expect(sound({ pictures }).pictures?.map(({ nextTry }) => nextTry)).toEqual([at(0), null, null])
  })
})
