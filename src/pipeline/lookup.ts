import type { Candidate } from '../core/archive/plan.ts'
import type { Item } from '../core/model.ts'
import { publisherOf } from '../sites/publishers.ts'
import { hasPage } from './candidate.ts'
import { candidatesOf, faultOf, type Poll, readItems } from './poll.ts'
import type { Tools } from './run.ts'
import { type Message, message, ofAddress } from '../words/words.ts'
import { wordsOf } from '../words/error.ts'

/** Sitemaps of one month that an index may name: more is no index of months. */
const MAX_MAPS_A_MONTH = 40

/** The stories that a list or sitemap names, or what says why it cannot be read. */
export type Named =
  | { kind: 'named'; candidates: Candidate[] }
  /** `waits`: its host asked for a pause. `missing`: the server says that there is no such thing. */
  | { kind: 'unread'; problem: Message; waits: boolean; missing: boolean }

export interface Lookup {
  /** Reads the list page or JSON list of an address; one that is cut off is not read. */
  list(url: string): Promise<Named>
  /** Reads the sitemaps of a month (`2026-09`): the one of the usual name, else those that the site's index names. */
  month(month: string, origin: string): Promise<Named[]>
}

/** A run's look into lists and sitemaps, each asked for once; what the polls brought is not asked for again. */
export function createLookup(run: Tools, polls: readonly Poll[]): Lookup {
  const known = new Map<string, Promise<Named[]>>()
  for (const poll of polls) {
    if (poll.kind !== 'items' || poll.fault !== null) continue
    known.set(poll.source.url, Promise.resolve([{ kind: 'named', candidates: storiesOf(poll.items) }]))
  }
  return withMonths((url) => {
    const named = known.get(url) ?? lookUp(url, run)
    known.set(url, named)
    return named
  }, run)
}

/** The same for a walk through many months, which keeps none of them in memory. */
export function createWalk(run: Tools): Lookup {
  return withMonths((url) => lookUp(url, run), run)
}

/** What is cut off names what it names, and is unread. */
type Read = (url: string) => Promise<Named[]>

function withMonths(read: Read, run: Tools): Lookup {
  const indexes = new Map<string, Promise<string[]>>()
  return {
    list: async (url) => (await read(url)).at(-1)!,
    async month(month, origin) {
      const sitemaps = publisherOf(origin)?.sitemaps ?? null
      if (sitemaps === null) return unread(origin, message`it has no sitemaps by the month`, { missing: true })
      const usuals = await read(sitemaps.ofMonth(month, origin))
      const usual = usuals.at(-1)!
      if (usual.kind === 'named' || !usual.missing) return usuals
      const indexed = indexes.get(origin) ?? mapsOf(sitemaps.index(origin), run)
      indexes.set(origin, indexed)
      const maps = await indexed
      if (maps.length === 0) return [usual]
      const own = maps.filter((url) => isOfMonth(url, month)).slice(0, MAX_MAPS_A_MONTH)
      if (own.length > 0) return (await Promise.all(own.map(read))).flat()
      return [{ ...usual, problem: message`${usual.problem}, and ${sitemaps.index(origin)} names none of ${month}` }]
    },
  }
}

/** The sitemaps that a site's index names; none where it cannot be read. */
async function mapsOf(index: string, run: Tools): Promise<string[]> {
  const response = await run.http.get(index)
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

function unread(url: string, problem: Message, more: { waits?: boolean; missing?: boolean } = {}): Named[] {
  return [{ kind: 'unread', problem: ofAddress(url, problem), waits: false, missing: false, ...more }]
}

async function lookUp(url: string, run: Tools): Promise<Named[]> {
  const response = await run.http.get(url)
  if (response.kind === 'failed') {
    const { detail, reason } = response
    return unread(url, detail, { waits: reason === 'wait', missing: reason === 'missing' || reason === 'gone' })
  }
  if (response.kind === 'unchanged') return unread(url, message`304 unasked`)
  try {
    const listing = await readItems(response, 'list', run.io.now())
    const fault = faultOf(listing)
    const candidates = storiesOf(listing.items)
    if (candidates.length === 0) return unread(url, fault ?? message`it names no story`)
    return [{ kind: 'named', candidates }, ...(fault === null ? [] : unread(url, fault))]
  } catch (error) {
    return unread(url, wordsOf(error))
  }
}

function storiesOf(items: readonly Item[]): Candidate[] {
  return candidatesOf(items).filter(hasPage)
}
