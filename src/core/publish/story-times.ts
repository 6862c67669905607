import type { StoryRecord } from '../model.ts'

type Timed = Pick<StoryRecord, 'published' | 'updated' | 'fetched' | 'revision' | 'path'>

/** The day of a story's folder, `YYYY-MM-DD`; the first of 1970 where nothing was archived. */
export function dayOfRecord({ path }: Pick<StoryRecord, 'path'>): string {
  return path === null ? '1970-01-01' : path.slice(0, 10)
}

/** When a story was published, ISO 8601 UTC; the beginning of its day in UTC where the day alone is known. */
export function publishedAt({ published, path }: Timed): string {
  return published ?? `${dayOfRecord({ path })}T00:00:00.000Z`
}

/**
 * When a story's text last changed, ISO 8601 UTC: the time that its page states; of a text that was revised without one when it
 * was read; else that of publication. That a page was read again is no change.
 */
export function changedAt(record: Timed): string {
  const published = publishedAt(record)
  const stated = record.updated ?? (record.revision > 1 ? record.fetched : null)
  return stated !== null && stated > published ? stated : published
}
