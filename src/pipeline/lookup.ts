import type { Candidate } from '../core/archive/plan.ts'
import { candidatesOf, hasPage, type Poll, readItems } from './poll.ts'
import type { Run } from './run.ts'

/** The stories that a list or sitemap names, or one line that says why it cannot be read. */
export type Named =
  | { kind: 'named'; candidates: Candidate[] }
  /** `waits`: its host asked for a pause. */
  | { kind: 'unread'; problem: string; waits: boolean }

/** Reads the list page, JSON list or sitemap of an address. */
export type Lookup = (url: string) => Promise<Named>

/** A run's look into lists and sitemaps, each asked for once; what the polls brought is not asked for again. */
export function createLookup(run: Run, polls: readonly Poll[] = []): Lookup {
  const known = new Map<string, Promise<Named>>()
  for (const poll of polls) {
    if (poll.kind !== 'items') continue
    known.set(poll.source.url, Promise.resolve({ kind: 'named', candidates: storiesOf(poll.items) }))
  }
  return (url) => {
    const named = known.get(url) ?? lookUp(url, run)
    known.set(url, named)
    return named
  }
}

/** Asks for a list or sitemap, whatever was asked before. */
export async function lookUp(url: string, run: Run): Promise<Named> {
  const unread = (problem: string, waits = false): Named => ({ kind: 'unread', problem: `${url}: ${problem}`, waits })
  const response = await run.http.get(url)
  if (response.kind === 'failed') return unread(response.detail, response.reason === 'wait')
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
