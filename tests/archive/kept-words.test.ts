import { afterEach, describe, expect, test } from 'vitest'
import type { Gap } from '../../src/core/archive/gap.ts'
import type { QueueEntry } from '../../src/core/archive/queue.ts'
import { EMPTY_STATE, parseState, renderState, type SourceState, type State } from '../../src/core/archive/state.ts'
import { type Message, message, said, speak } from '../../src/words/words.ts'

describe('why something failed is written in English, with what can be said again in any language', () => {
  const waiting: QueueEntry = {
    ...{ id: '1', url: 'https://a.example/1', day: null, title: null, published: null, html: null, source: 'a' },
    ...{ tries: 1, firstFailed: '2021-11-10T08:00:00.000Z', nextTry: null, lastReported: '2021-11-10T08:00:00.000Z' },
    reason: message`${[message`status ${404}`, message`it redirects to nowhere`]}`,
  }
  const missed: Gap = {
    ...{ source: 'a', origin: 'https://a.example', sections: [], from: '2021-11-08', to: '2021-11-09' },
    ...{ noticed: '2021-11-10T08:00:00.000Z', lastTried: null, reason: message`status ${500}` },
  }
  const failing: SourceState = {
    ...{ validators: null, url: 'https://a.example/', permanentUrl: null, newest: null, lastOk: null, ended: null },
    ...{ lastError: message`status ${503}`, failingSince: '2021-11-10T08:00:00.000Z' },
  }
  const all: State = { ...EMPTY_STATE, sources: { a: failing }, queue: [waiting], gaps: [missed] }
  type Written = Record<'sources' | 'queue' | 'gaps', Record<string, Record<string, unknown>>>
  const written = (state: State) => JSON.parse(renderState(state)) as Written
  const rewritten = (state: Written): string => JSON.stringify({ ...state, digest: undefined })

  afterEach(() => speak('en'))

  test('by a run in Chinese', async () => {
    await speak('zh')
    const { sources, queue, gaps } = written(all)
    expect([sources['a']?.['lastError'], queue[0]?.['reason'], gaps[0]?.['reason']]).toEqual([
      'status 503',
      'status 404; it redirects to nowhere',
      'status 500',
    ])
    expect(parseState(renderState(all))).toEqual(all)
  })

  test('and read again as it was written, to the byte', () => {
    const text = renderState(all)
    expect(renderState(parseState(text)!)).toBe(text)
  })

  test('what an earlier version wrote is said as it is, and stays the same', async () => {
    const old = written({ ...all, gaps: [] })
    old.queue[0] = { ...old.queue[0], reason: '状态码 404 {0}' }
    delete old.queue[0]['reasonWords']
    const text = rewritten(old)
    const state = parseState(text)
    await speak('zh')
    expect(said(state!.queue[0]!.reason)).toBe('状态码 404 {0}')
    expect(written(state!).queue[0]).toEqual(old.queue[0])
  })

  test('what an earlier version wrote over it is not taken for it', () => {
    const old = written(all)
    old.sources['a'] = { ...old.sources['a'], lastError: 'status 200' }
    expect(parseState(rewritten(old))?.sources['a']?.lastError).toEqual(message`${'status 200'}`)
  })

  test('a long one is cut, its addresses first', async () => {
    const long = (length: number) =>
      message`${'x'.repeat(length)} resolves to ${'y'.repeat(length)}, no public address; --allow-private lifts this`
    const kept = (reason: Message) => parseState(renderState({ ...all, queue: [{ ...waiting, reason }] }))!.queue[0]!
    await speak('zh')
    expect(said(kept(long(9000)).reason)).toBe(
      `${'x'.repeat(200)} 解析为 ${'y'.repeat(200)}，不是公网地址；--allow-private 可放行`,
    )
    const many = message`${Array.from({ length: 900 }, () => message`status ${404}`)}`
    for (const reason of [long(9000), many, message`${'x'.repeat(9000)}`])
      expect(JSON.stringify(kept(reason)).length).toBeLessThan(1500)
  })
})
