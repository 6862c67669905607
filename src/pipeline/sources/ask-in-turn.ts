import pLimit from 'p-limit'
import { joinGaps } from '../../core/archive/gap.ts'
import { type Candidate, inOrder } from '../../core/archive/plan.ts'
import { type Asker, inTurn, longestUnasked } from '../../core/archive/turns.ts'
import { archiveAll, type Archived } from '../story/archive-all.ts'
import { fillGap, type Filled, findGaps, isDue } from './gaps.ts'
import { keepLists } from './kept-lists.ts'
import { findLost } from './lost.ts'
import { createLookup, type RunLookup } from './lookup.ts'
import { dueCandidates, recheckCandidates } from './more-candidates.ts'
import { withOwnAddresses, withoutWrongNames } from './own-address.ts'
import { merge, poll, type Poll } from './poll.ts'
import type { Source } from '../configured/sources.ts'
import type { Run } from '../run.ts'
import { trusted } from './vanished.ts'

/** What the lists, and those who had their turn before the stories that lists name, brought. */
interface Brought {
  polls: Poll[]
  /** The stories that the polls name. */
  named: Candidate[]
  lookup: RunLookup
  filled: Filled[]
  /** Pages that were owed a turn: what waits in the queue, and what is to be read again. */
  early: { ids: ReadonlySet<string>; archived: Archived | null }
}

/**
 * Asks the sources, then looks up what fell out of their windows. Where runs of late had not turns enough for all, those who
 * are owed one go first, pages of stories too. `read`: lists that were kept and can be read by now.
 */
export async function askInTurn(sources: readonly Source[], read: readonly string[], run: Run): Promise<Brought> {
  const brought: Brought = {
    ...{ polls: [], named: [], lookup: createLookup(run, []), filled: [] },
    early: { ids: new Set(), archived: null },
  }
  const askers: Record<Asker, () => Promise<void>> = {
    async sources() {
      const polls = await keepLists(await askSources(sources, run), read, run)
      Object.assign(brought, { polls, named: merge(polls), lookup: createLookup(run, polls) })
      await noteGaps(polls, run)
    },
    async gaps() {
      for (const gap of run.state.gaps.filter((one) => isDue(one, run))) {
        const filled = await fillGap(gap, brought.named, brought.lookup, run)
        if (filled.left !== null) run.found.left.push({ asker: 'gaps', why: filled.left })
        brought.filled.push(filled)
      }
    },
    async pages() {
      const due = dueCandidates(run, [])
      const owed = [...inOrder(due, 'oldest'), ...(await recheckCandidates(run, due))]
      const archived = owed.length === 0 ? null : await archiveFound(owed, 0, run)
      brought.early = { ids: new Set(owed.map(({ id }) => id)), archived }
    },
  }
  const order = inTurn(run.config.dryRun ? undefined : run.state.turns)
  // Whoever comes last has what is left: for pages, all that was found is archived after this.
  for (const asker of order.at(-1) === 'pages' ? order.slice(0, -1) : order) await askers[asker]()
  return brought
}

/** Archives what a run of `fetch` found, after `before` stories that were asked for in it already. */
export function archiveFound(candidates: readonly Candidate[], before: number, run: Run): Promise<Archived> {
  run.report.expect('fetch', candidates.length)
  const most = Math.max(0, (run.config.limit ?? Number.POSITIVE_INFINITY) - before)
  return archiveAll(candidates, run, { most, named: null })
}

/** Polls all at once; one after the other where turns are too few, that first which was asked longest ago. */
async function askSources(sources: readonly Source[], run: Run): Promise<Poll[]> {
  const { state, http, io } = run
  const isScarce = state.turns !== undefined
  const lane = pLimit(isScarce ? 1 : Math.max(1, sources.length))
  const polls = new Map<Source, Poll>()
  const ask = async (source: Source): Promise<void> => {
    const before = await trusted(state.sources[source.name], run)
    const answer = await withOwnAddresses(await poll(source, before, http, io.now()), run)
    polls.set(source, answer)
    if (answer.kind === 'items') run.found.homes.set(source.name, answer.home ?? before?.home ?? source.url)
    if (answer.kind === 'left') run.found.left.push({ asker: 'sources', why: answer.why })
    else run.found.had.sources += 1
  }
  const inOrderOfTurns = isScarce ? longestUnasked(sources, state.sources) : sources
  await Promise.all(inOrderOfTurns.map((source) => lane(ask, source)))
  return withoutWrongNames(
    sources.map((source) => polls.get(source)!),
    run,
  )
}

/** A gap is written down before anything new is archived: a run that dies must not leave it unseen. */
async function noteGaps(polls: readonly Poll[], run: Run): Promise<void> {
  const fresh = [...(await findGaps(polls, run)), ...findLost(polls, run)]
  if (fresh.length === 0) return
  run.remember({ gaps: joinGaps([...run.state.gaps, ...fresh]) })
  await run.saveState()
}
