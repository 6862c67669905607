import { getOrMake } from '../../core/get-or-make.ts'
import type { ToldMap } from '../../core/archive/gap.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import { identityOfWord, wordOf } from '../../core/archive/list-places.ts'
import type { Item } from '../../core/model.ts'
import type { FailedRequest, Response } from '../../edge/http/http.ts'
import { publisherOf } from '../../sites/publishers.ts'
import { isListed } from '../candidate.ts'
import { candidatesOf, type Poll } from './poll.ts'
import { faultOf, readItems } from './read-items.ts'
import type { Run } from '../run.ts'
import { type Left, whyLeft } from '../found.ts'
import { type Message, message, ofAddress } from '../../words/words.ts'
import { wordsOf } from '../../words/error.ts'

/** Sitemaps of one month that an index may name: more is no index of months. */
const MAX_MAPS_A_MONTH = 40

/** The stories that a list or sitemap names, or what says why it cannot be read. */
export type LookupResult =
  /** `places`: all that stand in it; `candidates`: those of them that no earlier run was told of. */
  | { kind: 'named'; places: Pick<Candidate, 'id' | 'day'>[]; candidates: Candidate[] }
  /**
   * `waits`: its host asked for a pause. `missing`: the server says that there is no such thing. `left`: it had no turn. `cut`: what is
   * named by one that ends before its time.
   */
  | { kind: 'unread'; problem: Message; waits: boolean; missing: boolean; left: Left | null; cut: Candidate[] }

type Unread = Extract<LookupResult, { kind: 'unread' }>

export interface Lookup {
  /** Reads the list page or JSON list of an address; one that is cut off is not read. */
  list(url: string): Promise<LookupResult>
  /** Reads the sitemaps of a month (`2026-09`): the one of the usual name, else those that the site's index names. */
  month(month: string, origin: string): Promise<LookupResult[]>
}

/** One that may go on where an earlier run had no turn left. */
export interface RunLookup extends Lookup {
  /** The same look, asking for nothing that `told` holds; what it is told goes in there. */
  resumed(told: Map<string, ToldMap>): Lookup
}

/** A run's look into lists and sitemaps, each asked for once; what the polls brought is not asked for again. */
export function createLookup(run: Run, polls: readonly Poll[]): RunLookup {
  const known = new Map<string, Promise<LookupResult>>()
  for (const poll of polls) {
    if (poll.kind !== 'items' || poll.fault !== null) continue
    known.set(poll.source.url, Promise.resolve(named(storiesOf(poll.items))))
  }
  const read: Read = onceEach((url) => lookUp(url, run), known)
  const readIndex = onceEach((url) => mapsOf(url, run))
  return {
    ...withMonths({ list: read, map: read, index: readIndex }),
    resumed(told) {
      return withMonths({
        list: remembering(read, told, (candidates) => candidates.map(wordOf)),
        map: remembering(read, told, () => []),
        async index(url) {
          const before = told.get(url)
          if (Array.isArray(before)) return before
          const maps = await readIndex(url)
          if (Array.isArray(maps)) told.set(url, maps)
          return maps
        },
      })
    },
  }
}

/** The same for a walk through many months, which keeps none of them in memory. */
export function createWalk(run: Run): Lookup {
  const read: Read = (url) => lookUp(url, run)
  return withMonths({ list: read, map: read, index: onceEach((url) => mapsOf(url, run)) })
}

type Read = (url: string) => Promise<LookupResult>

/** The sitemaps that an index names, or the turn that it did not have. */
type ReadIndex = (url: string) => Promise<string[] | Unread>

function onceEach<T>(
  read: (url: string) => Promise<T>,
  known = new Map<string, Promise<T>>(),
): (url: string) => Promise<T> {
  return (url) => getOrMake(known, url, () => read(url))
}

function remembering(read: Read, told: Map<string, ToldMap>, kept: (candidates: Candidate[]) => string[]): Read {
  return async (url) => {
    const before = told.get(url)
    if (Array.isArray(before)) return { kind: 'named', places: before.map(identityOfWord), candidates: [] }
    if (before === 'missing') return unread(url, message`it is not there`, { missing: true })
    if (before === 'unread') return unread(url, message`it could not be read`)
    const found = await read(url)
    if (found.kind === 'named') told.set(url, kept(found.candidates))
    else if (found.left === null) told.set(url, found.missing ? 'missing' : 'unread')
    return found
  }
}

function withMonths({ list, map, index }: { list: Read; map: Read; index: ReadIndex }): Lookup {
  return {
    list,
    async month(month, origin) {
      const sitemaps = publisherOf(origin)?.sitemaps ?? null
      if (sitemaps === null) return [unread(origin, message`it has no sitemaps by the month`, { missing: true })]
      const usual = await map(sitemaps.ofMonth(month, origin))
      if (usual.kind === 'named' || !usual.missing) return withCut(usual)
      const maps = await index(sitemaps.index(origin))
      if (!Array.isArray(maps)) return [maps]
      if (maps.length === 0) return [usual]
      const own = maps.filter((url) => isOfMonth(url, month)).slice(0, MAX_MAPS_A_MONTH)
      if (own.length > 0) return (await Promise.all(own.map(map))).flatMap(withCut)
      return [{ ...usual, problem: message`${usual.problem}, and ${sitemaps.index(origin)} names none of ${month}` }]
    },
  }
}

/** A result, behind what it names all the same. */
function withCut(result: LookupResult): LookupResult[] {
  return result.kind === 'named' || result.cut.length === 0 ? [result] : [named(result.cut), result]
}

/** The sitemaps that a site's index names; none where it cannot be read. */
async function mapsOf(index: string, run: Run): Promise<string[] | Unread> {
  const response = await ask(index, run)
  if (response.kind !== 'ok') return response.kind === 'failed' && response.unasked ? leftOf(index, response) : []
  const [{ decode }, { readSitemapIndex }] = await Promise.all([
    import('../../core/text/charset.ts'),
    import('../../sites/index.ts'),
  ])
  return readSitemapIndex(decode(response.body, response.contentType), response.url) ?? []
}

/** True for an address that names the month: `202609`, `2026-09`, `2026/09`, with a day or a number behind it. */
function isOfMonth(url: string, month: string): boolean {
  const [year, number] = month.split('-')
  const { pathname, search } = new URL(url)
  return new RegExp(`(?<!\\d)${year}[-_/]?${number}(?:[-_]?\\d\\d?)?(?!\\d)`).test(pathname + search)
}

function unread(url: string, problem: Message, more: Partial<Unread> = {}): Unread {
  const nothing = { waits: false, missing: false, left: null, cut: [] }
  return { kind: 'unread', problem: ofAddress(url, problem), ...nothing, ...more }
}

function leftOf(url: string, failed: FailedRequest): Unread {
  const left = whyLeft(failed, url)
  return unread(url, failed.detail, { waits: left.site !== null, left })
}

function named(candidates: Candidate[]): LookupResult {
  return { kind: 'named', places: candidates, candidates }
}

async function ask(url: string, run: Run): Promise<Response> {
  const response = await run.http.get(url)
  if (response.kind !== 'failed' || !response.unasked) run.found.had.gaps += 1
  return response
}

async function lookUp(url: string, run: Run): Promise<LookupResult> {
  const response = await ask(url, run)
  if (response.kind === 'failed') {
    const { detail, reason, unasked } = response
    if (unasked) return leftOf(url, response)
    return unread(url, detail, { waits: reason === 'wait', missing: reason === 'missing' || reason === 'gone' })
  }
  if (response.kind === 'unchanged') return unread(url, message`304 unasked`)
  try {
    const listing = await readItems(response, 'list', run.io.now())
    const fault = faultOf(listing)
    const candidates = storiesOf(listing.items)
    if (candidates.length === 0) return unread(url, fault ?? message`it names no story`)
    return fault === null ? named(candidates) : unread(url, fault, { cut: candidates })
  } catch (error) {
    return unread(url, wordsOf(error))
  }
}

function storiesOf(items: readonly Item[]): Candidate[] {
  return candidatesOf(items).filter(isListed)
}
