import { CHINESE_ZONE, DAY_MS, HOUR_MS, startOfDay } from '../time.ts'
import type { Age } from './report.ts'

/** A story that sources name. */
export interface ProbeCandidate {
  id: string
  /** The day in its address; `null` where that names none. */
  day: string | null
  /** ISO 8601 UTC; `null` where no source tells it. */
  published: string | null
  /** Only a sitemap names it, which tells the day alone, and all sections. */
  isOnlyMapped: boolean
}

/** A clock may be behind the site's by so much. */
const AHEAD_MS = HOUR_MS

/** About when it was; `null` where nothing tells. */
function aboutWhen({ published, day }: ProbeCandidate): number | null {
  const start = day === null ? null : startOfDay(CHINESE_ZONE, day)
  if (published !== null) return Date.parse(published)
  return start === null ? null : start + DAY_MS / 2
}

/**
 * Of the stories of an edition the newest, one of about an hour ago and one of about a week ago, as far as there are so
 * many. Where no time is known the order of the sources stands for it, newest first.
 */
export function chooseStories<T extends ProbeCandidate>(
  stories: readonly T[],
  nowMs: number,
): { age: Age; story: T }[] {
  const timed = stories.map((story, place) => ({ story, place, ms: aboutWhen(story) }))
  const listed = timed.filter(({ story }) => !story.isOnlyMapped)
  const recent = (listed.length > 0 ? listed : timed).filter(({ ms }) => (ms ?? 0) <= nowMs + AHEAD_MS)
  const left = new Set(timed)
  const chosen: { age: Age; story: T }[] = []

  function take(age: Age, among: typeof timed, agoMs: number): void {
    let best: (typeof timed)[number] | null = null
    const off = ({ ms, place }: (typeof timed)[number]) =>
      ms === null ? Number.MAX_SAFE_INTEGER - stories.length + place : Math.abs(nowMs - agoMs - ms)
    for (const one of among) if (left.has(one) && (best === null || off(one) < off(best))) best = one
    if (best === null) return
    left.delete(best)
    chosen.push({ age, story: best.story })
  }

  take('newest', recent, 0)
  take('hour', recent, HOUR_MS)
  take('week', timed, 7 * DAY_MS)
  return chosen
}
