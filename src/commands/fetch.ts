import { singaporeDay } from '../core/time.ts'
import type { ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import { archiveAll, dueCandidates } from '../pipeline/archive-all.ts'
import { merge, poll, type Poll, remember } from '../pipeline/poll.ts'
import { exitCodeOf, type MakeHttp, overTheNetwork, type Run, type RunConfig, withRun } from '../pipeline/run.ts'
import { sourcesOf } from '../pipeline/sources.ts'

/** Polls the sources, archives what is new, tries again what failed before. */
export async function fetch(config: RunConfig, io: Io, makeHttp: MakeHttp = overTheNetwork): Promise<ExitCode> {
  const sources = sourcesOf(config)
  const hosts = sources.map((source) => new URL(source.url).hostname)
  return withRun('fetch', config, io, hosts, makeHttp, async (run) => {
    const polls = await Promise.all(
      sources.map((source) => poll(source, run.state.sources[source.name], run.http, io.now())),
    )
    const named = merge(polls)
    const archived = await archiveAll([...named, ...dueCandidates(run, named)], run)
    for (const answer of polls) settleSource(answer, polls, archived.complete, run)
    run.report.summary('fetch')
    const failures = polls.filter((answer) => answer.kind === 'failed')
    const noSource = failures.length === polls.length
    const { written, revised, unchanged, waiting } = run.report.tally
    return exitCodeOf({
      waiting:
        (noSource && failures.every(({ waitUntil }) => waitUntil !== null)) ||
        (waiting > 0 && written + revised + unchanged === 0),
      noSource,
      failed: archived.failed,
    })
  })
}

/** Remembers what a poll showed; a source that fails is one line, where another covers it one when it begins and one a day. */
function settleSource(answer: Poll, polls: readonly Poll[], complete: boolean, run: Run): void {
  const { name, section, url } = answer.source
  const before = run.state.sources[name]
  const now = run.io.now()
  let after = remember(before, answer, complete, now)
  if (answer.kind === 'failed') {
    const covered = polls.some((other) => other.kind !== 'failed' && other.source.section === section)
    const today = singaporeDay(now)
    const toldToday = after.reportedOn !== null && singaporeDay(Date.parse(after.reportedOn)) === today
    if (!covered || !toldToday) {
      run.report.problem(`${name === url ? '' : `${name}: `}${url}: ${answer.detail}`)
      after = { ...after, reportedOn: new Date(now).toISOString() }
    }
  }
  if (!run.config.dryRun) run.state = { ...run.state, sources: { ...run.state.sources, [name]: after } }
}
