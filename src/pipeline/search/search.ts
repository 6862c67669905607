import { type Hit, hitOf } from '../../core/search/hit.ts'
import { matchOf } from '../../core/search/plan.ts'
import type { Query } from '../../core/search/query.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import { OWN } from '../../edge/archive/own-files.ts'
import type { HitOptions } from '../../edge/catalogue/catalogue.ts'
import type { Keeper } from '../../edge/catalogue/keep.ts'
import { refresh } from './catalogue.ts'
import type { RefreshIo, CatalogueSource } from './source.ts'

export interface Searched {
  /** In the order asked for. */
  hits: Hit[]
  /** How many stories match, shown or not. */
  count: number
  /** The `before` of the next page, newest first; `null` where there is none. */
  next: number | null
}

/** Which hits, and whether every file is looked at first. */
export interface SearchRequest extends HitOptions {
  refresh: boolean
}

/** True for a folder that is no archive yet: nothing is to be written there. */
export async function holdsNothing(archive: Archive): Promise<boolean> {
  return (await archive.store.stat(OWN)) === null && (await archive.days()).length === 0
}

/**
 * What of an archive a query finds, with the places that were looked for, its catalogue being brought up to date first. Plain
 * values: whoever shows them needs nothing else.
 */
export async function search(
  query: Query,
  asked: SearchRequest,
  { keeper, source }: { keeper: Keeper; source: CatalogueSource },
  io: RefreshIo,
): Promise<Searched> {
  if (await holdsNothing(source.archive)) return { hits: [], count: 0, next: null }
  const match = matchOf(query)
  return keeper.use(async (catalogue) => {
    await refresh(catalogue, source, asked.refresh, io)
    const found = asked.limit === 0 ? [] : catalogue.find(match, asked)
    const isPage = asked.order === 'newest' && found.length === asked.limit
    return {
      hits: found.map(({ place, entry }) => hitOf(entry, catalogue.text(place), query)),
      count: catalogue.count(match),
      next: isPage ? (found.at(-1)?.place ?? null) : null,
    }
  })
}
