import { expect, test } from 'vitest'
import { isInDays } from '../../src/core/archive/gap.ts'
import { gapOf } from '../../src/core/archive/gap-noticed.ts'
import { CHINESE_ZONE, dayIn } from '../../src/core/time.ts'
import { wordOf } from '../../src/core/archive/list-places.ts'
import { chance } from '../support/newsroom.ts'
import { runs } from '../support/runs.ts'
import type { Publisher } from '../../src/core/publisher.ts'
import { addressOf } from '../../src/sites/publishers.ts'
import { zaobao } from '../../src/sites/zaobao/index.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const START = Date.parse('2026-03-01T00:00:00+08:00')

interface Story {
  id: string
  day: string
  url: string
  publisher: Publisher
  section: string
  publishedMs: number
  /** When it was last put on top. */
  placedMs: number
  pinnedUntilMs: number
}

interface Newsroom {
  size: number
  stories: Story[]
  random: () => number
}

/** Stories come in bursts; editors pin new and old ones for days, and touch some, which moves them up. */
function live({ stories, random }: Newsroom, fromMs: number, toMs: number): void {
  const isBurst = random() < 0.15
  const count = Math.floor(random() * (isBurst ? 50 : 6))
  for (let n = 0; n < count; n += 1) {
    const atMs = fromMs + ((toMs - fromMs) * (n + 1)) / (count + 1)
    const id = String(9_000_000 + stories.length * 3)
    const day = dayIn(CHINESE_ZONE, atMs)
    const url = `https://www.zaobao.com.sg/realtime/china/story${day.replaceAll('-', '')}-${id}`
    const pinnedUntilMs = random() < 0.006 ? atMs + random() * 5 * DAY_MS : 0
    stories.push({
      ...{ id, day, url, publisher: zaobao, section: 'realtime/china' },
      publishedMs: atMs,
      placedMs: atMs,
      pinnedUntilMs,
    })
  }
  for (const story of stories.slice(-60)) {
    if (random() < 0.02) story.placedMs = fromMs + random() * (toMs - fromMs)
    if (random() < 0.0005) story.pinnedUntilMs = toMs + random() * 2 * DAY_MS
  }
}

/** What the list shows: pinned stories, then the others by publication or by their last touch. */
function listOf({ stories, size }: Newsroom, order: 'published' | 'placed', nowMs: number): Story[] {
  const isPinned = ({ pinnedUntilMs }: Story) => pinnedUntilMs > nowMs
  const key = (story: Story) => (order === 'placed' ? story.placedMs : story.publishedMs)
  const newestFirst = stories.slice(-400).toSorted((a, b) => key(b) - key(a))
  return [...newestFirst.filter(isPinned), ...newestFirst.filter((story) => !isPinned(story))].slice(0, size)
}

/** Runs a newsroom for a month under a reader that archives what lists show and what gaps name; what it missed. */
function liveMonth(seed: number, order: 'published' | 'placed'): { missed: string[]; lookedUp: number; polls: number } {
  const random = chance(seed)
  const room: Newsroom = { size: 10 + Math.floor(random() * 30), stories: [], random }
  const archived = new Map<string, 'polled' | 'given'>()
  let before: string[] = []
  let newestBefore: string | null = null
  let lastRead: string | null = null
  let [lookedUp, polls] = [0, 0]
  for (let nowMs = START; nowMs < START + 30 * DAY_MS;) {
    const outage = random() < 0.05 ? random() * 5 * DAY_MS : 0
    const nextMs = nowMs + 10 * 60_000 + random() * 2 * HOUR_MS + outage
    for (let atMs = nowMs; atMs < nextMs; atMs += 3 * HOUR_MS) live(room, atMs, Math.min(nextMs, atMs + 3 * HOUR_MS))
    nowMs = nextMs
    const candidates = listOf(room, order, nowMs)
    if (candidates.length === 0) continue
    polls += 1
    const newestArchived = [...archived.keys()].length === 0 ? null : (newestBefore ?? null)
    const noticed = gapOf(
      {
        ...{ source: 'list:china', sections: ['realtime/china'], list: null, forgottenSince: null },
        ...{ candidates, known: archived, before: before.length === 0 ? [] : [before] },
        ...{ newestBefore, newestArchived, lastRead },
      },
      7 * DAY_MS,
      nowMs,
      addressOf,
    )
    // What lies before the first list was never asked for.
    if (newestBefore === null) for (const { id } of room.stories) archived.set(id, 'polled')
    if (noticed !== null) {
      lookedUp += 1
      for (const span of [noticed.gap, noticed.beyond])
        for (const story of span === null ? [] : room.stories.filter((one) => isInDays(span, one)))
          archived.set(story.id, 'polled')
    }
    for (const { id } of candidates) archived.set(id, 'polled')
    before = candidates.map(wordOf)
    newestBefore =
      candidates
        .map(({ day }) => day)
        .toSorted()
        .at(-1) ?? newestBefore
    lastRead = dayIn(CHINESE_ZONE, nowMs)
  }
  const last = before
  const due = room.stories.filter((story) => !last.includes(wordOf(story)))
  return { missed: due.filter(({ id }) => !archived.has(id)).map(wordOf), lookedUp, polls }
}

const months = new Map<string, ReturnType<typeof liveMonth>>()
/** The same, lived once for each seed and order. */
function missedIn(seed: number, order: 'published' | 'placed'): ReturnType<typeof liveMonth> {
  const key = `${order} ${seed}`
  const month = months.get(key) ?? liveMonth(seed, order)
  months.set(key, month)
  return month
}

test.each(['published', 'placed'] as const)(
  'whatever is pinned or touched, no story of a list by time %s is missed',
  (order) => {
    const missed = Array.from({ length: runs(15) }, (_, seed) => ({ seed, ids: missedIn(seed, order).missed }))
    const wrong = missed.filter(({ ids }) => ids.length > 0)
    expect(wrong.map(({ seed, ids }) => `${seed}: ${ids.length} from ${ids[0]} on`)).toEqual([])
  },
)

test.each(['published', 'placed'] as const)('few polls of a list by time %s look up days', (order) => {
  let [lookedUp, polls] = [0, 0]
  for (let seed = 0; seed < 15; seed += 1) {
    const found = missedIn(seed, order)
    lookedUp += found.lookedUp
    polls += found.polls
  }
  expect(lookedUp / polls).toBeLessThan(0.2)
})
