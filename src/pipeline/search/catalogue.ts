import { dayPattern } from '../../core/archive/path.ts'
import type { Catalogue } from '../../edge/catalogue/catalogue.ts'
import type { ChangedDay } from './read.ts'
import { type RefreshIo, settled, type CatalogueSource } from './source.ts'

/** How well the catalogue is to know the archive. */
export interface Freshness {
  /** Every file of every day is looked at, since one that was written in place does not change its folder. */
  all: boolean
  /** A look at the folders so long ago will do, ms; 0: none will. */
  within: number
}

/** When each catalogue that is open was last brought up to date, ms. */
const looked = new WeakMap<Catalogue, number>()

/**
 * Brings the catalogue up to date: days whose folder changed are looked at, files in them that are new or other are read,
 * what is gone goes.
 */
export async function refresh(
  catalogue: Catalogue,
  source: CatalogueSource,
  { all, within }: Freshness,
  io: RefreshIo,
): Promise<void> {
  const { archive } = source
  const now = io.now()
  if (!all && Math.abs(now - (looked.get(catalogue) ?? Number.NEGATIVE_INFINITY)) < within) return
  const known = catalogue.folders()
  const looks: ChangedDay[] = []
  for (const [day, time] of await archive.store.folders('')) {
    if (!dayPattern.test(day)) continue
    const ms = Math.floor(time)
    const before = known.get(day)
    known.delete(day)
    if (all || before !== ms) looks.push({ day, before, modified: settled(ms, now) })
  }
  const gone = Array.from(known, ([day, before]) => {
    return { day, before, modified: undefined, files: [], gone: [...catalogue.files(day).keys()] }
  })
  if (gone.length > 0) catalogue.apply(gone)
  looks.sort((a, b) => (a.day < b.day ? -1 : 1))
  // What reads stories takes longer to load than a search takes.
  if (looks.length > 0) await (await import('./read.ts')).readDays(looks, catalogue, source, io)
  looked.set(catalogue, now)
}
