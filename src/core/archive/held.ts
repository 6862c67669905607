import { CHINESE_ZONE, DAY_MS, dayIn, UTC } from '../time.ts'
import { clauses, partsSaid, plural, t } from '../../words/words.ts'
import { figures, storiesIn } from '../counts.ts'
import { type Gap, isOpenDay } from './gap.ts'
import type { QueueEntry } from './queue.ts'

/** What an archive holds of a day. */
export interface Held {
  /** `YYYY-MM-DD`. */
  day: string
  stories: number
  /** Its stories that could not be had: those that are tried again, and those that are not. */
  failed: number
  /** Stories of it may be missing. */
  isInGap: boolean
}

/** Days of which a status tells: so many weeks. */
const WEEKS = 8

/** The last days that a status tells of, up to that of `nowMs`, in order. */
export function lastDays(nowMs: number): string[] {
  const today = Date.parse(dayIn(CHINESE_ZONE, nowMs))
  return Array.from({ length: 7 * WEEKS }, (_, back) => dayIn(UTC, today - back * DAY_MS)).toReversed()
}

/** What is held of days. A story that failed and of which no day is known counts for that on which it first did. */
export function heldOf(
  days: readonly string[],
  counts: ReadonlyMap<string, number>,
  { gaps, queue }: { gaps: readonly Gap[]; queue: readonly Pick<QueueEntry, 'day' | 'firstFailed'>[] },
): Held[] {
  const failed = queue.map(({ day, firstFailed }) => day ?? dayIn(CHINESE_ZONE, Date.parse(firstFailed)))
  return days.map((day) => ({
    ...{ day, stories: counts.get(day) ?? 0, failed: failed.filter((each) => each === day).length },
    isInGap: isOpenDay(day, gaps),
  }))
}

/** That so many stories failed, in words; nothing where none did. */
export function failedWords(failed: number): string | false {
  return failed > 0 && plural(failed, t`1 story failed`, t`${failed} stories failed`)
}

/** What is held of some weeks, in words. */
export function heldInWords(days: readonly Held[]): string {
  const weeks = Math.round(days.length / 7)
  const total = days.reduce((sum, { stories }) => sum + stories, 0)
  const most = Math.max(0, ...days.map(({ stories }) => stories))
  const failed = days.reduce((sum, each) => sum + each.failed, 0)
  const open = days.filter(({ isInGap }) => isInGap).length
  const stories =
    total === 0
      ? t`no stories in the last ${weeks} weeks`
      : t`${storiesIn(total)} in the last ${weeks} weeks, busiest day: ${figures(most)}`
  return clauses([stories, failedWords(failed), open > 0 && plural(open, t`1 day in a gap`, t`${open} days in gaps`)])
}

/** Eighths of a letter's height, and of how many letters the highest bar is. */
const BLOCKS = ' ▁▂▃▄▅▆▇█'
const ROWS = 3
const FAILED = '!'
const IN_GAP = '?'

/**
 * Days as bars of letters in `columns` columns, a column a day, the last ones where not all have room, but a week at least; below
 * them what is missing, the first and the last day, and what it says in words. A day that has any story has a bar.
 */
export function drawHeld(all: readonly Held[], columns: number): string[] {
  const days = all.slice(-Math.max(7, columns))
  const most = Math.max(1, ...days.map(({ stories }) => stories))
  const heights = days.map(({ stories }) => Math.ceil((ROWS * (BLOCKS.length - 1) * stories) / most))
  const bars = Array.from({ length: ROWS }, (_, at) => {
    const below = (ROWS - 1 - at) * (BLOCKS.length - 1)
    return heights.map((height) => BLOCKS[Math.max(0, Math.min(BLOCKS.length - 1, height - below))]).join('')
  })
  const marks = days.map(({ failed, isInGap }) => (failed > 0 ? FAILED : isInGap ? IN_GAP : ' ')).join('')
  const [first, last] = [days[0], days.at(-1)].map((each) => each?.day.slice(5) ?? '')
  const gap = days.length - (first?.length ?? 0) - (last?.length ?? 0)
  const keys = clauses([
    marks.includes(FAILED) && t`${FAILED}: stories of that day failed`,
    marks.includes(IN_GAP) && t`${IN_GAP}: a gap, stories may be missing`,
  ])
  const rows = [...bars, marks].map((row) => row.trimEnd()).filter((row) => row !== '')
  const ends = rows.length > 0 && gap > 0 && `${first}${' '.repeat(gap)}${last}`
  return partsSaid([...rows, ends, heldInWords(all), keys !== '' && keys])
}
