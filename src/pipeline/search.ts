import { type Hit, hitOf } from '../core/search/hit.ts'
import { matchOf } from '../core/search/plan.ts'
import type { Query } from '../core/search/query.ts'
import type { Found, Wanted } from '../edge/catalogue/catalogue.ts'
import type { Keeper } from '../edge/catalogue/keep.ts'
import type { Io } from '../io.ts'
import { refresh, type Source } from './catalogue.ts'
import { recordsIn } from './records.ts'

export interface Searched {
  /** In the order asked for. */
  hits: Hit[]
  /** How many stories match, shown or not. */
  count: number
  /** The `before` of the next page, newest first; `null` where there is none. */
  next: number | null
}

/** Which hits, and whether every file is looked at first. */
export interface Asked extends Wanted {
  refresh: boolean
}

/**
 * What of an archive a query finds, its catalogue being brought up to date first, with the places that were looked for: they are
 * read from the files of the stories that are shown.
 */
export async function search(
  query: Query,
  asked: Asked,
  { keeper, source }: { keeper: Keeper; source: Source },
  io: Pick<Io, 'now' | 'signal' | 'progress'>,
): Promise<Searched> {
  const match = matchOf(query)
  const { found, count } = await keeper.use(async (catalogue) => {
    await refresh(catalogue, source, asked.refresh, io)
    return { found: asked.limit === 0 ? [] : catalogue.find(match, asked), count: catalogue.count(match) }
  })
  const texts = await textsOf(found, source, io)
  const hits = found.map(({ entry }) => hitOf(entry, texts.get(entry.path) ?? null, query))
  const isPage = asked.order === 'newest' && found.length === asked.limit
  return { hits, count, next: isPage ? (found.at(-1)?.place ?? null) : null }
}

/** The texts of stories by their paths; a file that is gone meanwhile has none. */
async function textsOf(
  found: readonly Found[],
  source: Source,
  io: Pick<Io, 'now' | 'signal'>,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const asked = { what: found.map(({ entry }) => entry.path), since: null, until: null, revisions: false }
  for await (const one of recordsIn(source.archive, source.journal, asked, io)) {
    if ('record' in one && one.record.path !== null) texts.set(one.record.path, one.record.text)
  }
  return texts
}
