import type { Agreement } from './report.ts'
import { isSameHeadline, SAME_LISTED_TIME_MS } from './same.ts'

/** What a source names of a story. */
export interface SourceStory {
  id: string
  title: string | null
  published: string | null
}

const hasHeadline = ({ title }: SourceStory): boolean => title !== null && title.trim() !== ''

/** What a source has in common with `other`. */
export function agreement(
  own: readonly SourceStory[],
  other: readonly SourceStory[],
  { name, isOfSame }: { name: string; isOfSame: boolean },
): Agreement {
  const theirs = new Map(other.map((item) => [item.id, item]))
  const both = own.flatMap((item) => {
    const same = theirs.get(item.id)
    return same === undefined ? [] : [{ item, same }]
  })
  const titled = both.filter(({ item, same }) => hasHeadline(item) && hasHeadline(same))
  const timed = both.filter(({ item, same }) => item.published !== null && same.published !== null)
  const isSameTime = ({ item, same }: (typeof both)[number]) =>
    Math.abs(Date.parse(item.published ?? '') - Date.parse(same.published ?? '')) <= SAME_LISTED_TIME_MS
  return {
    with: name,
    isOfSame,
    of: Math.min(own.length, other.length),
    stories: both.length,
    titled: titled.length,
    headlines: titled.filter(({ item, same }) => isSameHeadline(item.title ?? '', same.title ?? '')).length,
    timed: timed.length,
    times: timed.filter(isSameTime).length,
  }
}

/** Fewer items say nothing of whether two sources agree. */
const FEW = 3

/** True for sources of the same stories that name none alike, and for any two that tell other times of most. */
export function disagrees({ isOfSame, of, stories, times, timed }: Agreement): boolean {
  return (isOfSame && of >= FEW && stories === 0) || (timed >= FEW && times * 2 < timed)
}
