import { type Hit, hitOf } from '../../core/search/hit.ts'
import { matchOf } from '../../core/search/plan.ts'
import type { Query } from '../../core/search/query.ts'
import type { Archive } from '../../edge/archive/archive.ts'
import { OWN } from '../../edge/archive/own-files.ts'
import type { Catalogue, HitOptions } from '../../edge/catalogue/catalogue.ts'
import type { Keeper } from '../../edge/catalogue/keep.ts'
import { type Freshness, refresh } from './catalogue.ts'
import type { RefreshIo, CatalogueSource } from './source.ts'
import { placesOfTyped } from './typed.ts'

export interface Searched {
  /** In the order asked for. */
  hits: Hit[]
  /** How many stories match, shown or not; `isMore`: there are more, which were not counted. */
  count: number
  isMore: boolean
  /** The `before` of the next page, newest first; `null` where there is none. */
  next: number | null
}

/** Where the number is not what is asked for: to count as many takes less than to find the newest. */
export const MOST_COUNTED = 1000

/** Which hits, of how well known an archive. */
interface SearchRequest extends HitOptions, Freshness {
  /** So many of those that match are counted, which takes longer than to find the newest of them; `null`: all. */
  most: number | null
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
  if (await holdsNothing(source.archive)) return { hits: [], count: 0, isMore: false, next: null }
  const match = matchOf(query)
  return keeper.use(async (catalogue) => {
    await refresh(catalogue, source, asked, io)
    const { order, before, most, limit } = asked
    const isTyped = order === 'newest' && before === null && most !== null
    const places = isTyped ? placesOfTyped(catalogue, query, match, most + 1) : null
    const found = places === null ? catalogue.find(match, asked) : catalogue.at(places.slice(0, limit))
    return {
      hits: found.map(({ place, entry }) => hitOf(entry, catalogue.text(place), query)),
      ...(places === null ? countOf(catalogue, match, asked, found.length) : counted(places.length, most)),
      next: order === 'newest' && found.length === limit ? (found.at(-1)?.place ?? null) : null,
    }
  })
}

type Count = Pick<Searched, 'count' | 'isMore'>

const counted = (count: number, most: number | null): Count =>
  most !== null && count > most ? { count: most, isMore: true } : { count, isMore: false }

/** Fewer than were asked for are all that there are. */
function countOf(catalogue: Catalogue, match: string, { limit, before, most }: SearchRequest, found: number): Count {
  if (found < limit && before === null) return { count: found, isMore: false }
  return counted(catalogue.count(match, most === null ? null : most + 1), most)
}
