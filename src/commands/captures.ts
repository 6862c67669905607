import { type Captures, openCaptures } from '../edge/warc/captures.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import { createCapturedHttp } from '../pipeline/captured-http.ts'
import { createAnswering, isChosen } from '../pipeline/captured-rounds.ts'
import { shownIn, storiesIn, wantsOf } from '../pipeline/captured-stories.ts'
import { exitCodeOf, type RunConfig, withRun } from '../pipeline/run.ts'
import { spanOf } from '../pipeline/span.ts'
import { sourcesOf } from '../pipeline/sources.ts'
import { settleTroubles } from '../pipeline/troubles.ts'
import { DEFAULT_PUBLISHER, identify } from '../sites/publishers.ts'
import { plural, t } from '../words/words.ts'
import { readNames } from './addresses.ts'
import type { Wanted } from './backfill.ts'

/**
 * What of the configuration holds where captures are read: nothing is recorded, pages are read on all cores as fast as they can be,
 * and each of them is, whatever the archive has of its story.
 */
const OF_CAPTURES = {
  warc: false,
  rate: { count: 100_000, perMs: 1000 },
  concurrency: 16,
  recheck: Number.MAX_SAFE_INTEGER,
} as const

/**
 * Archives stories from WARC files, as if each page were asked for when it was captured: the oldest first, so that later texts
 * revise earlier ones. What the archive read later than a capture stays. Nothing is asked of any site.
 */
export async function backfillCaptures(
  config: RunConfig,
  wanted: Wanted,
  files: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const names = await readNames(wanted.urls, wanted.file, io)
  const span = spanOf(wanted.from, wanted.to, [{ publisher: DEFAULT_PUBLISHER }], io.now())
  const given = new Set([...names.ids.keys(), ...Array.from(names.addresses, (url) => identify(url).id)])
  const asked = {
    ids: given.size > 0 ? given : null,
    hosts: Array.from(names.addresses, (url) => new URL(url).hostname),
    sources: sourcesOf(config),
  }
  const answering = createAnswering()
  const opened: Captures[] = []
  const askNobody = () => Promise.reject(new RangeError())
  const makeHttp = async () => {
    const [captures] = opened
    return captures === undefined ? askNobody() : createCapturedHttp(captures, (id, at) => answering.captureOf(id, at))
  }
  try {
    return await withRun('backfill', { ...config, ...OF_CAPTURES }, io, [], makeHttp, async (run) => {
      for (const fault of names.faults) run.report.problem(fault)
      const report = (line: string) => run.report.problem(line)
      const captures = await openCaptures(files, { io, wants: wantsOf(asked), report })
      opened.push(captures)
      const shown = await shownIn(captures, asked.sources, (capture) => {
        io.signal.throwIfAborted()
        return createCapturedHttp(captures, () => capture)
      })
      const stories = [...storiesIn(captures, asked, shown).values()].filter((story) => isChosen(story, span))
      const { length } = stories
      run.report.detail(
        plural(length, t`the captures tell of ${length} story`, t`the captures tell of ${length} stories`),
      )
      const failed = await answering.archive(stories, wanted.order, run)
      settleTroubles(run, false)
      const isDamaged = names.faults.length > 0 || captures.damaged > 0
      const code = exitCodeOf({ waiting: false, noSource: false, failed: failed || isDamaged })
      run.report.summary('backfill', config.dryRun || code !== EXIT.done ? null : run.state.queue.length)
      return code
    })
  } finally {
    for (const captures of opened) await captures.close()
  }
}
