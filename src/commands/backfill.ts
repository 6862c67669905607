import { openAfter } from '../core/archive/gap.ts'
import { type Candidate, inOrder } from '../core/archive/plan.ts'
import { EXIT, type ExitCode, UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { archiveAll } from '../pipeline/story/archive-all.ts'
import { type MakeHttp, overTheNetwork } from '../pipeline/client.ts'
import { firstTurn, inBatches } from '../pipeline/story/batches.ts'
import { createWalk, type LookupResult } from '../pipeline/sources/lookup.ts'
import { createReporter, leftPictures } from '../pipeline/report.ts'
import { exitCodeOf, type Run, type RunConfig, sumUp, withRun } from '../pipeline/run.ts'
import { sectionsInUse } from '../pipeline/configured/sections.ts'
import { storiesOfNumbers } from '../pipeline/sources/numbers.ts'
import { feedsWithoutDays } from '../pipeline/configured/sources.ts'
import { monthsIn, type Span, spanOf } from '../pipeline/sources/span.ts'
import { settleTroubles } from '../pipeline/troubles.ts'
import { linesOnLeft } from '../pipeline/sources/turns.ts'
import { candidateAt, unlike } from '../pipeline/candidate.ts'
import { DEFAULT_PUBLISHER } from '../sites/publishers.ts'
import { readNames } from './addresses.ts'
import { clauses, plural, said, t } from '../words/words.ts'

/** What is to be archived. */
export interface BackfillTargets {
  /** Addresses or numbers of stories; `-` reads them from standard input. */
  urls: readonly string[]
  /** A file of the same, one a line. */
  file: string | null
  /** Days, both included, of the sections in use, as `dayNamed` reads them; `null` as the first: none. */
  from: string | null
  /** `null`: today. */
  to: string | null
  order: 'newest' | 'oldest'
  /** The sections in use were named for this run. */
  namesSections?: boolean
}

/** Archives given stories and spans of days; running it again goes on where it stopped: what is archived is not asked for. */
export async function backfill(
  config: RunConfig,
  wanted: BackfillTargets,
  io: Io,
  makeHttp: MakeHttp = overTheNetwork,
): Promise<ExitCode> {
  const isSpan = wanted.from !== null || wanted.to !== null
  const inUse = isSpan ? sectionsInUse(config) : []
  const span = spanOf(wanted.from, wanted.to, inUse, io.now())
  const names = await readNames(wanted.urls, wanted.file, io)
  const isOfAll = wanted.urls.length === 0 && wanted.file === null && span === null
  if (isOfAll && !config.media) {
    const needs = t`backfill needs addresses (as arguments, by --file, or - for standard input), days (--from), WARC files (--warc FILE), or --media for what is archived`
    const { warc } = config
    const named = typeof warc === 'string' ? [t`the files of a folder are named: --warc ${warc}/*.warc.gz`] : []
    throw new UsageError(clauses([needs, ...named]))
  }
  // A list that names nothing is nothing to do: the end of a pipe that found no address.
  if (names.addresses.size + names.ids.size === 0 && span === null && !isOfAll) {
    createReporter(config, io).summary('backfill', 0)
    return EXIT.done
  }
  const hosts = [...names.addresses, DEFAULT_PUBLISHER.origin, ...inUse.map(({ origin }) => origin)].map(
    (url) => new URL(url).hostname,
  )
  return withRun('backfill', config, io, hosts, makeHttp, async (run) => {
    if (isSpan && wanted.namesSections !== true) sayWithoutDays(run)
    for (const fault of names.faults) run.report.problem(fault)
    const numbered = await storiesOfNumbers(names.ids, run, createWalk(run))
    for (const problem of numbered.problems) run.report.problem(problem)
    const given = inOrder(
      unlike([], [...Array.from(names.addresses, (url) => candidateAt(url)), ...numbered.candidates]),
      wanted.order,
    )
    const months = span === null ? [] : monthsIn(span, inUse, wanted.order, createWalk(run))
    const done = await archiveGroups(given, months, wanted.order, run)
    const isAll = done.unread === 0 && run.found.left.length === 0 && config.limit === undefined
    if (span !== null && isAll && !config.dryRun) {
      run.remember({ gaps: openAfter(run.state.gaps, span, inUse) })
    }
    done.unread += numbered.unread
    done.waits += numbered.waits
    if (config.media) {
      const { keepPicturesOf } = await import('../pipeline/story/pictures-of.ts')
      const isAny = await keepPicturesOf(given, isOfAll ? ALL_DAYS : span, run)
      if (isAny) done.read += 1
    }
    for (const { line } of linesOnLeft(run.found)) run.report.problem(line)
    settleTroubles(run, false)
    const { written, revised, unchanged, waiting, postponed, picturesLeft } = run.report.tally
    const isPaced = run.found.left.some(({ why }) => why.site !== null)
    const storiesWait = (waiting > 0 || isPaced) && written + revised + unchanged === 0
    const noSource = done.read === 0 && done.unread > 0
    const code = exitCodeOf({
      waiting: storiesWait || (noSource && done.waits === done.unread),
      noSource,
      failed:
        done.failed ||
        done.unread > 0 ||
        waiting + postponed > 0 ||
        isPaced ||
        names.faults.length + numbered.problems.length > 0,
    })
    return sumUp('backfill', code, run, picturesLeft > 0 ? leftPictures(picturesLeft) : null)
  })
}

/** Says which feeds a span of days is not of. Throws `UsageError` where that are all sources: no other paper is meant. */
function sayWithoutDays({ config, state, report }: Run): void {
  const { names, alone } = feedsWithoutDays(config, state.sources)
  if (names.length === 0) return
  const why = plural(
    names.length,
    t`${names.length} feed has no list of its days`,
    t`${names.length} feeds have no lists of their days`,
  )
  if (!alone)
    return report.notice(t`${why}: their stories are named by their addresses, or had from captures (--warc FILE)`)
  throw new UsageError(
    `--from: ${t`${why}: name their stories by their addresses, captures by --warc FILE, or the sections of a paper by --section`}`,
  )
}

const ALL_DAYS: Span = { from: '', to: '~' }

/** What became of the groups of stories: those that were read, those that could not be, and of these who asked for a pause. */
interface Done {
  failed: boolean
  read: number
  unread: number
  waits: number
}

async function archiveGroups(
  given: readonly Candidate[],
  months: AsyncIterable<LookupResult> | readonly LookupResult[],
  order: BackfillTargets['order'],
  run: Run,
): Promise<Done> {
  const done: Done = { failed: false, read: 0, unread: 0, waits: 0 }
  const turn = firstTurn(run)
  // Days and lists name their stories as addresses do: what failed before is asked for again.
  const named = new Set<string>()
  const asked: (readonly Candidate[])[] = []
  const take = async (more: readonly Candidate[]) => {
    // A story that was named before was asked for, and is not again where that failed.
    const candidates = more.filter(({ id }) => !named.has(id))
    run.report.expect('backfill', candidates.length)
    for (const { id } of candidates) named.add(id)
    if (run.config.dryRun) asked.push(inOrder(candidates, order))
    else if (await inBatches(inOrder(candidates, order), named, turn, run)) done.failed = true
  }
  if (given.length > 0) {
    done.read += 1
    await take(given)
  }
  for await (const month of months) {
    if (turn.left <= 0) break
    if (month.kind === 'named') {
      done.read += 1
      await take(month.candidates)
    } else {
      done.unread += 1
      done.waits += month.waits ? 1 : 0
      run.report.problem(said(month.problem))
    }
  }
  // One count for all of it.
  if (run.config.dryRun) await archiveAll(asked.flat(), run, { most: turn.left, named })
  const { excluded } = run.report.tally
  if (excluded > 0) {
    run.report.notice(
      plural(excluded, t`${excluded} story is left out by exclude`, t`${excluded} stories are left out by exclude`),
    )
  }
  return done
}
