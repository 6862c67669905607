import type { Archive } from '../../edge/archive/archive.ts'
import type { Journal } from '../../edge/archive/journal.ts'
import type { Catalogue, DayChange } from '../../edge/catalogue/catalogue.ts'
import type { Io } from '../../io.ts'

/** What was written within this time of a look may be written again within the same tick of the file system's clock. */
const UNSETTLED_MS = 2000

/** The archive whose catalogue it is, and whom to tell of what cannot be read. */
export interface Source {
  archive: Archive
  journal: Journal
  say: (line: string) => void
}

/** What a refresh wants of the process. */
export type Clock = Pick<Io, 'now' | 'signal' | 'progress'>

/** The time of a change (`ms`); `null` where it is so late that another may follow within its tick. */
export function settled(ms: number, nowMs: number): number | null {
  return Math.abs(nowMs - ms) < UNSETTLED_MS ? null : ms
}

/**
 * Brings the catalogue up to date: days whose folder changed are looked at, files in them that are new or other are read,
 * what is gone goes. `all`: every file of every day is looked at, since one that was written in place does not change its folder.
 */
export async function refresh(catalogue: Catalogue, source: Source, all: boolean, io: Clock): Promise<void> {
  const { archive } = source
  const known = catalogue.folders()
  const now = io.now()
  const days = await archive.days()
  const times = await archive.store.times(days)
  const looks = days.flatMap((day, at) => {
    const ms = times[at] ?? now
    return all || known.get(day) !== ms ? [{ day, before: known.get(day), modified: settled(ms, now) }] : []
  })
  const gone = daysGone(catalogue, known, days)
  if (gone.length > 0) catalogue.apply(gone)
  // What reads stories takes longer to load than a search takes.
  if (looks.length > 0) await (await import('./read.ts')).readDays(looks, catalogue, source, io)
}

function daysGone(
  catalogue: Catalogue,
  known: ReadonlyMap<string, number | null>,
  days: readonly string[],
): DayChange[] {
  const there = new Set(days)
  return [...known].flatMap(([day, before]) => {
    if (there.has(day)) return []
    return [{ day, before, modified: undefined, files: [], gone: [...catalogue.files(day).keys()] }]
  })
}
