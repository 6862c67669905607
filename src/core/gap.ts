import type { Candidate } from './plan.ts'
import { sectionOf } from './identity.ts'
import { singaporeDay, startOfDay } from './time.ts'

const DAY_MS = 86_400_000

/** Days of which stories may have fallen out of a source's window between two polls. Kept until they were looked up. */
export interface Gap {
  /** Name of the source whose list no longer reached the known ground. */
  source: string
  /** Scheme and host of the edition that its links name. */
  origin: string
  /** Sections in use, as paths: `realtime/china`. */
  sections: string[]
  /** First and last day (`YYYY-MM-DD`, Singapore), both included. */
  from: string
  to: string
  /** ISO 8601 UTC. */
  noticed: string
  lastTried: string | null
  /** What could not be reached, one line; `null` before the first try. */
  reason: string | null
}

/** What a source showed, as far as gaps are concerned. */
export interface Shown {
  source: string
  candidates: readonly Candidate[]
  /** Day of the newest story that the source showed before; `null` when that is not known. */
  newestBefore: string | null
  /** Sections that the user asked for beside those of the links. */
  sections: readonly string[]
}

/**
 * The gap between what the archive holds and what a source shows now: `null` when the list touches known ground, or
 * when there is none. `newestArchived`: the last day of which the archive holds a story.
 */
export function gapOf(
  shown: Shown,
  isKnown: (id: string) => boolean,
  newestArchived: string | null,
  maxGapMs: number,
  nowMs: number,
): Gap | null {
  const stories = shown.candidates.filter(({ day }) => day !== null)
  const first = stories[0]
  const known = shown.newestBefore ?? newestArchived
  if (first === undefined || newestArchived === null || known === null || maxGapMs === 0) return null
  if (stories.some(({ id }) => isKnown(id))) return null
  const to = stories.map(({ day }) => day ?? '').toSorted()[0] ?? ''
  const earliest = singaporeDay(nowMs - maxGapMs)
  const from = [known < to ? known : to, earliest].toSorted().at(-1) ?? to
  if (from > to) return null
  const own = stories.flatMap(({ url }) => sectionOf(url) ?? [])
  return {
    source: shown.source,
    origin: new URL(first.url).origin.replace(/^http:(?=.*zaobao)/, 'https:'),
    sections: [...new Set([...own, ...shown.sections])].toSorted(),
    from,
    to,
    noticed: new Date(nowMs).toISOString(),
    lastTried: null,
    reason: null,
  }
}

/** True for a story of the gap's days and sections. */
export function isInGap(
  gap: Pick<Gap, 'from' | 'to' | 'sections'>,
  { day, url }: Pick<Candidate, 'day' | 'url'>,
): boolean {
  const section = sectionOf(url)
  return day !== null && day >= gap.from && day <= gap.to && section !== null && gap.sections.includes(section)
}

/** The months (`YYYY-MM`) of a span of days. */
export function monthsOf(from: string, to: string): string[] {
  const months = new Set<string>()
  for (let ms = startOfDay(from) ?? 0; ms <= (startOfDay(to) ?? 0); ms += DAY_MS)
    months.add(singaporeDay(ms).slice(0, 7))
  return [...months]
}
