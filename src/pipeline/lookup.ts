import type { Candidate } from '../core/archive/plan.ts'
import { sitemapIndexUrl, sitemapUrl } from '../sites/zaobao/index.ts'
import { candidatesOf, hasPage, type Poll, readItems } from './poll.ts'
import type { Run } from './run.ts'

/** Sitemaps of one month that an index may name: more is no index of months. */
const MAX_MAPS_A_MONTH = 40

/** The stories that a list or sitemap names, or one line that says why it cannot be read. */
export type Named =
  | { kind: 'named'; candidates: Candidate[] }
  /** `waits`: its host asked for a pause. `missing`: the server says that there is no such thing. */
  | { kind: 'unread'; problem: string; waits: boolean; missing: boolean }

export interface Lookup {
  /** Reads the list page, JSON list or sitemap of an address. */
  list(url: string): Promise<Named>
  /** Reads the sitemaps of a month (`2026-09`): the one of the usual name, else those that the site's index names. */
  month(month: string, origin: string): Promise<Named[]>
}

/** A run's look into lists and sitemaps, each asked for once; what the polls brought is not asked for again. */
export function createLookup(run: Run, polls: readonly Poll[]): Lookup {
  const known = new Map<string, Promise<Named>>()
  for (const poll of polls) {
    if (poll.kind !== 'items') continue
    known.set(poll.source.url, Promise.resolve({ kind: 'named', candidates: storiesOf(poll.items) }))
  }
  return withMonths((url) => {
    const named = known.get(url) ?? lookUp(url, run)
    known.set(url, named)
    return named
  }, run)
}

/** The same for a walk through many months, which keeps none of them in memory. */
export function createWalk(run: Run): Lookup {
  return withMonths((url) => lookUp(url, run), run)
}

function withMonths(list: Lookup['list'], run: Run): Lookup {
  const indexes = new Map<string, Promise<string[]>>()
  return {
    list,
    async month(month, origin) {
      const usual = await list(sitemapUrl(month, origin))
      if (usual.kind === 'named' || !usual.missing) return [usual]
      const indexed = indexes.get(origin) ?? mapsOf(origin, run)
      indexes.set(origin, indexed)
      const maps = await indexed
      if (maps.length === 0) return [usual]
      const own = maps.filter((url) => isOfMonth(url, month)).slice(0, MAX_MAPS_A_MONTH)
      if (own.length > 0) return Promise.all(own.map(list))
      return [{ ...usual, problem: `${usual.problem}, and ${sitemapIndexUrl(origin)} names none of ${month}` }]
    },
  }
}

/** The sitemaps that the site's index names; none where it cannot be read. */
async function mapsOf(origin: string, run: Run): Promise<string[]> {
  const response = await run.http.get(sitemapIndexUrl(origin))
  if (response.kind !== 'ok') return []
  const [{ decode }, { readSitemapIndex }] = await Promise.all([
    import('../core/text/charset.ts'),
    import('../sites/index.ts'),
  ])
  return readSitemapIndex(decode(response.body, response.contentType), response.url) ?? []
}

/** True for an address that names the month: `202609`, `2026-09`, `2026/09`, with a day or a number behind it. */
function isOfMonth(url: string, month: string): boolean {
  const [year, number] = month.split('-')
  const { pathname, search } = new URL(url)
  return new RegExp(`(?<!\\d)${year}[-_/]?${number}(?:[-_]?\\d\\d?)?(?!\\d)`).test(pathname + search)
}

async function lookUp(url: string, run: Run): Promise<Named> {
  const unread = (problem: string, more: { waits?: boolean; missing?: boolean } = {}): Named => {
    return { kind: 'unread', problem: `${url}: ${problem}`, waits: false, missing: false, ...more }
  }
  const response = await run.http.get(url)
  if (response.kind === 'failed') {
    const { detail, reason } = response
    return unread(detail, { waits: reason === 'wait', missing: reason === 'missing' || reason === 'gone' })
  }
  if (response.kind === 'unchanged') return unread('304 unasked')
  try {
    const candidates = storiesOf(await readItems(response, 'list', run.io.now()))
    return candidates.length > 0 ? { kind: 'named', candidates } : unread('it names no story')
  } catch (error) {
    return unread(error instanceof Error ? error.message : String(error))
  }
}

function storiesOf(items: Parameters<typeof candidatesOf>[0]): Candidate[] {
  return candidatesOf(items, null).filter(({ url }) => hasPage(url))
}
