import { openAfter } from '../core/archive/gap.ts'
import { inOrder } from '../core/archive/plan.ts'
import { EXIT, type ExitCode, UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { archiveGroups, type Done } from '../pipeline/sources/archive-groups.ts'
import { type MakeHttp, overTheNetwork } from '../pipeline/client.ts'
import { createWalk } from '../pipeline/sources/lookup.ts'
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
import { clauses, plural, t } from '../words/words.ts'

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
    const code = codeOf(done, names.faults.length + numbered.problems.length > 0, run)
    const { picturesLeft } = run.report.tally
    return sumUp('backfill', code, run, picturesLeft > 0 ? leftPictures(picturesLeft) : null)
  })
}

/** `isFaulty`: of what was named something could not be understood. */
function codeOf({ failed, read, unread, waits }: Done, isFaulty: boolean, run: Run): ExitCode {
  const { written, revised, unchanged, waiting, postponed } = run.report.tally
  const isPaced = run.found.left.some(({ why }) => why.site !== null)
  const storiesWait = (waiting > 0 || isPaced) && written + revised + unchanged === 0
  const noSource = read === 0 && unread > 0
  return exitCodeOf({
    waiting: storiesWait || (noSource && waits === unread),
    noSource,
    failed: failed || unread > 0 || waiting + postponed > 0 || isPaced || isFaulty,
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
