import type { Archive } from '../../edge/archive/archive.ts'
import type { Journal } from '../../edge/archive/journal.ts'
import type { Io } from '../../io.ts'

/** What was written within this time of a look may be written again within the same tick of the file system's clock. */
const UNSETTLED_MS = 2000

/** The archive whose catalogue it is, and whom to tell of what cannot be read. */
export interface CatalogueSource {
  archive: Archive
  journal: Journal
  say: (line: string) => void
}

/** What a refresh wants of the process. */
export type RefreshIo = Pick<Io, 'now' | 'signal' | 'progress' | 'v8'>

/** The time of a change (`ms`); `null` where it is so late that another may follow within its tick. */
export function settled(ms: number, nowMs: number): number | null {
  return Math.abs(nowMs - ms) < UNSETTLED_MS ? null : ms
}
