import manifest from '../../package.json' with { type: 'json' }
import { type Candidate, inOrder } from '../core/archive/plan.ts'
import { NEW_PAGES, pagesNewSince } from '../core/archive/trouble.ts'
import type { ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import { archiveFound, askInTurn } from '../pipeline/sources/ask-in-turn.ts'
import { type MakeHttp, overTheNetwork } from '../pipeline/client.ts'
import { settleGaps } from '../pipeline/sources/gaps.ts'
import { type KeptLists, readKeptLists } from '../pipeline/sources/kept-lists.ts'
import { type Cover, coverOf, isFailing } from '../pipeline/sources/cover.ts'
import { dueCandidates, recheckCandidates } from '../pipeline/sources/more-candidates.ts'
import { unlike } from '../pipeline/candidate.ts'
import type { Poll } from '../pipeline/sources/poll.ts'
import { exitCodeOf, type Run, type RunConfig, sumUp, withRun } from '../pipeline/run.ts'
import { findVanished } from '../pipeline/sources/vanished.ts'
import { sourcesOf } from '../pipeline/configured/sources.ts'
import { settleTroubles } from '../pipeline/troubles.ts'
import { settleSource } from '../pipeline/sources/settle-source.ts'
import { settleTurns } from '../pipeline/sources/turns.ts'

/** By what pages are read: another version has other rules. */
const RULES = manifest.version

/** Polls the sources, looks up what fell out of their windows, archives what is new, tries again what failed before. */
export async function fetch(config: RunConfig, io: Io, makeHttp: MakeHttp = overTheNetwork): Promise<ExitCode> {
  const sources = sourcesOf(config)
  const hosts = sources.map((source) => new URL(source.url).hostname)
  return withRun('fetch', config, io, hosts, makeHttp, async (run) => {
    const kept = config.dryRun || run.state.rules === RULES ? null : await rereadKept(run)
    const { polls, named, lookup, filled, early } = await askInTurn(sources, kept?.read ?? [], run)
    const isNext = ({ id }: Candidate): boolean => !early.ids.has(id)
    const found = unlike(named, [...filled.flatMap(({ candidates }) => candidates), ...(kept?.candidates ?? [])])
    const wanted = [...named, ...found].filter(isNext)
    const due = dueCandidates(run, wanted).filter(isNext)
    const later = [...due, ...(await recheckCandidates(run, [...wanted, ...due])).filter(isNext)]
    const vanished = await findVanished([...wanted, ...later], lookup, run)
    // Oldest first: what is archived stays without holes when a run ends early, and the next list meets it.
    const all = [...inOrder([...wanted, ...later], 'oldest'), ...inOrder(vanished.candidates, 'oldest')]
    const archived = await archiveFound(all, early.archived?.fetched ?? 0, run)
    // A gap whose stories are not all archived or queued stays open.
    settleGaps(archived.complete ? filled : [], run)
    if (archived.complete) await kept?.forget()
    else if (kept !== null && kept.candidates.length > 0) run.remember({ rules: kept.rules })
    if (archived.complete && vanished.surveyed !== null) run.remember({ surveyed: vanished.surveyed })
    if (config.media && !config.dryRun) await keepPictures(run)
    const cover = coverOf(polls, run.state.sources)
    for (const answer of polls) settleSource(answer, cover, archived.complete, run)
    settleTurns(run)
    const newSince = pagesNewSince(run.state.troubles)
    settleTroubles(run, true)
    if (newSince !== null && run.found.well.has(NEW_PAGES) && !config.dryRun) {
      const { askKeptAgain } = await import('../pipeline/story/reread.ts')
      await askKeptAgain(newSince, run)
    }
    return sumUp('fetch', codeOf(polls, cover, archived.failed || early.archived?.failed === true, run), run)
  })
}

/** After all stories: of what the run stored, and of what could not be had before. */
async function keepPictures(run: Run): Promise<void> {
  const { keepStored, keepWaiting } = await import('../pipeline/pictures/pictures.ts')
  await keepStored(run)
  await keepWaiting(run)
}

/** Another version reads again what was kept, without the network; `rules`: whose rules it was read by before. */
async function rereadKept(run: Run): Promise<KeptLists & { rules: string }> {
  const { rules = '' } = run.state
  const { rereadPages } = await import('../pipeline/story/reread.ts')
  await rereadPages(run)
  run.remember({ rules: RULES })
  return { ...(await readKeptLists(run)), rules }
}

/** No source at all could be read, or none of a section that is asked for. */
function codeOf(polls: readonly Poll[], { missed }: Cover, failed: boolean, run: Run): ExitCode {
  const { had, left } = run.found
  const allFailed =
    polls.some(({ kind }) => kind === 'failed') && polls.every((one) => isFailing(one, run.state.sources))
  const missing = allFailed ? polls : missed
  const noSource = missing.length > 0
  const hadNoTurn = left.length > 0 && had.sources + had.gaps + had.pages === 0
  const { written, revised, unchanged, waiting, postponed } = run.report.tally
  const inDoubt = polls.some((answer) => answer.kind === 'items' && answer.fault !== null)
  const sourcesWait = missing.some((answer) => answer.kind === 'failed' && answer.waitUntil !== null)
  const storiesWait = waiting > 0 && written + revised + unchanged === 0
  const storiesFailed = failed || waiting + postponed > 0
  return exitCodeOf({
    waiting: sourcesWait || storiesWait || hadNoTurn,
    noSource,
    failed: storiesFailed || inDoubt || pagesNewSince(run.state.troubles) !== null,
  })
}
