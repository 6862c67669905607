import { expect, test } from 'vitest'
import { due, failed, setBack, succeeded, type QueuedItem, type QueueEntry } from '../../src/core/queue.ts'

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
    const failure = failed(queue, item, 'no answer', now)
    outcomes.push(failure.outcome)
    queue = failure.queue
    if (failure.outcome === 'given-up') break
    const next = Date.parse(failure.entry.nextTry ?? '')
    expect(due(queue, next - 1)).toEqual([])
    expect(due(queue, next)).toEqual([failure.entry])
    delays.push((next - now) / hour)
    now = next
  }
  expect(delays).toEqual([0, 1, 6, 24, 24, 24, 24, 24, 24, 24])
  expect(outcomes).toEqual(['first', ...Array<string>(9).fill('again'), 'given-up'])
  expect(queue).toMatchObject([{ nextTry: null }])
  expect(due(queue, now + 400 * hour)).toEqual([])
})

test('what a later failure does not know is kept from the first', () => {
  const first = failed([], { ...item, html: '<p>正文', published: '2021-11-10T07:37:00.000Z' }, 'a', start).queue
  const { entry } = failed(first, { ...item, title: null }, 'b', start + hour)
  expect(entry).toMatchObject({ title: '标题', html: '<p>正文', published: '2021-11-10T07:37:00.000Z', reason: 'b' })
  expect(entry.firstFailed).toBe(new Date(start).toISOString())
  expect(entry.lastReported).toBe(new Date(start).toISOString())
})

test('what succeeded is in the queue no more; the others stay, the longest due first', () => {
  const one = failed([], item, 'a', start).queue
  const two = failed(one, { ...item, id: '2' }, 'a', start - hour).queue
  expect(due(two, start + hour).map(({ id }) => id)).toEqual(['2', '1'])
  expect(succeeded(two, '2').map(({ id }) => id)).toEqual(['1'])
})

test('what asking again cannot mend is given up at once', () => {
  expect(failed([], item, 'gone', start, true)).toMatchObject({ outcome: 'given-up', entry: { nextTry: null } })
})

test('a pause that the host asked for counts as no try', () => {
  const waiting = setBack([], item, start + hour, start)
  expect(due(waiting, start)).toEqual([])
  expect(due(waiting, start + hour)).toMatchObject([{ tries: 0 }])
  expect(failed(waiting, item, 'no answer', start + hour)).toMatchObject({ outcome: 'first', entry: { tries: 1 } })
})
