import { expect, test } from 'vitest'
import { due, isUnread, openQueue, type QueuedItem } from '../../src/core/archive/queue.ts'
import { message } from '../../src/words/words.ts'

const item: QueuedItem = {
  id: '1',
  url: 'https://www.zaobao.com.sg/realtime/china/story20211110-1',
  day: '2021-11-10',
  title: '标题',
  published: null,
  html: null,
  source: 'china',
}
const start = Date.UTC(2021, 10, 10)
const hour = 3_600_000

/** A queue in which a story failed, by default the first at the start. */
function failedOnce(more: Partial<QueuedItem> = {}, final = false) {
  const queue = openQueue([])
  const outcome = queue.failed({ ...item, ...more }, message`a`, start, final)
  return { queue, outcome }
}

test('a story is tried again by the next run, after 1 hour, 6 hours, then daily seven times, then given up', () => {
  const queue = openQueue([])
  let now = start
  const delays: number[] = []
  const outcomes: string[] = []
  for (;;) {
    outcomes.push(queue.failed(item, message`no answer`, now, false))
    const entries = queue.entries(now)
    const nextTry = entries[0]?.nextTry ?? null
    if (nextTry === null) break
    const next = Date.parse(nextTry)
    expect(due(entries, next - 1)).toEqual([])
    expect(due(entries, next)).toEqual(entries)
    delays.push((next - now) / hour)
    now = next
  }
  expect(delays).toEqual([0, 1, 6, 24, 24, 24, 24, 24, 24, 24])
  expect(outcomes).toEqual(['first', ...Array<string>(9).fill('again'), 'given-up'])
  const times = [new Date(start), new Date(now)].map((time) => time.toISOString())
  expect(queue.get('1')).toMatchObject({ firstFailed: times[0], lastReported: times[1] })
})

test('a story that was given up is remembered for 60 days, so that no list brings it back', () => {
  const { queue, outcome } = failedOnce({}, true)
  expect(outcome).toBe('given-up')
  queue.failed({ ...item, id: '2' }, message`a`, start, false)
  const later = (days: number) => queue.entries(start + days * 24 * hour)
  expect(due(later(30), start + 30 * 24 * hour).map(({ id }) => id)).toEqual(['2'])
  expect(later(59).map(({ id }) => id)).toEqual(['1', '2'])
  expect(later(60).map(({ id }) => id)).toEqual(['2'])
})

test('of more than 20,000 stories those that were given up first are forgotten, and none that waits', () => {
  const failed = failedOnce().queue.entries(start)[0] ?? expect.fail()
  const at = (ms: number) => new Date(start + ms).toISOString()
  const givenUp = (id: number) => ({ ...failed, id: `${id}`, nextTry: null, firstFailed: at(id === 2 ? 5 : 9) })
  const all = Array.from({ length: 20_001 }, (_, index) => givenUp(20_002 - index))
  const ids = new Set(
    openQueue([...all, failed])
      .entries(start)
      .map(({ id }) => id),
  )
  expect([ids.size, ids.has('1'), ids.has('2'), ids.has('3')]).toEqual([20_000, true, false, true])
})

test('a pause that the site asked for is no try', () => {
  const queue = openQueue([])
  queue.setBack(item, start + hour, start)
  expect(queue.get('1')).toMatchObject({
    ...{ tries: 0, nextTry: new Date(start + hour).toISOString(), reason: message`the site asked for a pause` },
  })
  expect(queue.failed(item, message`a`, start + hour, false)).toBe('first')
  expect(queue.get('1')?.lastReported).toBe(new Date(start + hour).toISOString())
})

test('a pause leaves what is known of a story that failed', () => {
  const { queue } = failedOnce({ html: '<p>正文' })
  queue.setBack(item, start + 9 * hour, start + hour, message`b`)
  expect(queue.get('1')).toMatchObject({
    ...{ tries: 1, reason: message`a`, html: '<p>正文', firstFailed: new Date(start).toISOString() },
    nextTry: new Date(start + 9 * hour).toISOString(),
  })
})

test('what a later failure does not know is kept from the first', () => {
  const { queue } = failedOnce({ html: '<p>正文', published: '2021-11-10T07:37:00.000Z' })
  queue.failed({ ...item, title: null }, message`b`, start + hour, false)
  const entry = queue.get('1')
  expect(entry).toMatchObject({
    title: '标题',
    html: '<p>正文',
    published: '2021-11-10T07:37:00.000Z',
    reason: message`b`,
  })
  expect(entry?.firstFailed).toBe(new Date(start).toISOString())
  expect(entry?.lastReported).toBe(new Date(start).toISOString())
})

test('what nothing tells is null, and a headline has an end', () => {
  expect(failedOnce({ title: null }).queue.get('1')).toMatchObject({ title: null, published: null, html: null })
  expect(failedOnce({ title: '题'.repeat(501) }).queue.get('1')?.title).toBe('题'.repeat(500))
})

test('what succeeded is in the queue no more; the others stay, the longest due first', () => {
  const { queue } = failedOnce()
  queue.failed({ ...item, id: '2' }, message`a`, start - hour, false)
  expect(due(queue.entries(start), start + hour).map(({ id }) => id)).toEqual(['2', '1'])
  queue.succeeded('2')
  expect(queue.entries(start).map(({ id }) => id)).toEqual(['1'])
})

test.each([
  ['unclaimed: no layout', true],
  ['empty: nothing is left', true],
  ['challenge: unclaimed: no', false],
  ['status 500', false],
])('a page that nothing could read: %s', (reason, expected) => {
  expect(isUnread({ reason: message`${reason}` })).toBe(expected)
})

test('stories of a queue stand in the order in which something became of them', () => {
  const { queue } = failedOnce()
  expect(queue.failed({ ...item, id: '2' }, message`gone`, start, true)).toBe('given-up')
  expect(queue.failed(item, message`b`, start + hour, false)).toBe('again')
  queue.setBack({ ...item, id: '3' }, start + hour, start)
  expect(queue.get('1')).toMatchObject({ tries: 2, reason: message`b` })
  expect(queue.entries(start).map(({ id, tries }) => [id, tries])).toEqual([
    ['2', 1],
    ['1', 2],
    ['3', 0],
  ])
  expect(queue.entries(start + 61 * 24 * hour).map(({ id }) => id)).toEqual(['1', '3'])
})

test('a story whose own page says to wait is asked as rarely as one that fails, and has as many tries', () => {
  const queue = openQueue([])
  const now = Date.UTC(2026, 0, 1)
  let tries = 0
  while (queue.toldToWait(item, now + 60_000, now)) tries += 1
  expect(tries).toBe(10)
  expect(queue.get(item.id)).toMatchObject({ tries, saidToWait: true, nextTry: '2026-01-02T00:00:00.000Z' })
  const until = now + 5 * 86_400_000
  const asked = openQueue([])
  asked.toldToWait(item, until, now)
  expect(asked.get(item.id)?.nextTry).toBe('2026-01-06T00:00:00.000Z')
  asked.failed(item, message`status 500`, now, false)
  expect(asked.get(item.id)?.saidToWait).toBeUndefined()
})
