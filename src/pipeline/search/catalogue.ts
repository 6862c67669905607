import type { Catalogue, DayChange } from '../../edge/catalogue/catalogue.ts'
import { type RefreshIo, settled, type CatalogueSource } from './source.ts'

/**
 * Brings the catalogue up to date: days whose folder changed are looked at, files in them that are new or other are read,
 * what is gone goes. `all`: every file of every day is looked at, since one that was written in place does not change its folder.
 */
export async function refresh(
  catalogue: Catalogue,
  source: CatalogueSource,
  all: boolean,
  io: RefreshIo,
): Promise<void> {
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
