import { expect, test } from 'vitest'
import { due, failed, openQueue, setBack, type QueuedItem, type QueueEntry } from '../../src/core/archive/queue.ts'
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

test('a story is tried again by the next run, after 1 hour, 6 hours, then daily seven times, then given up', () => {
  let queue: QueueEntry[] = []
  let now = start
  const delays: number[] = []
  const outcomes: string[] = []
  for (;;) {
    const failure = failed(queue, item, message`no answer`, now)
    outcomes.push(failure.outcome)
    queue = failure.queue
    if (failure.entry.nextTry === null) break
    const next = Date.parse(failure.entry.nextTry)
    expect(due(queue, next - 1)).toEqual([])
    expect(due(queue, next)).toEqual([failure.entry])
    delays.push((next - now) / hour)
    now = next
  }
  expect(delays).toEqual([0, 1, 6, 24, 24, 24, 24, 24, 24, 24])
  expect(outcomes).toEqual(['first', ...Array<string>(9).fill('again'), 'given-up'])
})

test('a story that was given up is remembered for 60 days, so that no list brings it back', () => {
  const { queue, outcome } = failed([], item, message`gone`, start, true)
  expect(outcome).toBe('given-up')
  expect(due(queue, start + 30 * 24 * hour)).toEqual([])
  const later = (days: number) => failed(queue, { ...item, id: '2' }, message`a`, start + days * 24 * hour).queue
  expect(later(59).map(({ id }) => id)).toEqual(['1', '2'])
  expect(later(61).map(({ id }) => id)).toEqual(['2'])
})

test('a pause that the site asked for is no try', () => {
  const queue = setBack([], item, start + hour, start)
  expect(queue[0]).toMatchObject({ tries: 0, nextTry: new Date(start + hour).toISOString() })
  expect(failed(queue, item, message`a`, start + hour).outcome).toBe('first')
})

test('what a later failure does not know is kept from the first', () => {
  const first = failed([], { ...item, html: '<p>正文', published: '2021-11-10T07:37:00.000Z' }, message`a`, start).queue
  const { entry } = failed(first, { ...item, title: null }, message`b`, start + hour)
  expect(entry).toMatchObject({
    title: '标题',
    html: '<p>正文',
    published: '2021-11-10T07:37:00.000Z',
    reason: message`b`,
  })
  expect(entry.firstFailed).toBe(new Date(start).toISOString())
  expect(entry.lastReported).toBe(new Date(start).toISOString())
})

test('what succeeded is in the queue no more; the others stay, the longest due first', () => {
  const one = failed([], item, message`a`, start).queue
  const two = failed(one, { ...item, id: '2' }, message`a`, start - hour).queue
  expect(due(two, start + hour).map(({ id }) => id)).toEqual(['2', '1'])
  const queue = openQueue(two)
  queue.succeeded('2')
  expect(queue.entries(start).map(({ id }) => id)).toEqual(['1'])
})

test('an open queue answers as the queue does', () => {
  const queue = openQueue(failed([], item, message`a`, start).queue)
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
