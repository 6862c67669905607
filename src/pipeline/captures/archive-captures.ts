import { type Captures, openCaptures, warcOf } from '../../edge/warc/captures.ts'
import type { SourcePart } from '../../edge/warc/scan.ts'
import type { ExitCode } from '../../errors.ts'
import type { Io } from '../../io.ts'
import { plural, t } from '../../words/words.ts'
import { askNobody, type MakeHttp } from '../client.ts'
import type { Source } from '../configured/sources.ts'
import { type Selection, wantsOf } from '../reading/selection.ts'
import { exitCodeOf, type RunConfig, sumUp, withRun } from '../run.ts'
import type { Span } from '../sources/span.ts'
import { settleTroubles } from '../troubles.ts'
import { createCapturedHttp } from './http.ts'
import { createAnswering, isChosen, type IsDue } from './rounds.ts'
import { shownIn, storiesIn } from './stories.ts'

/**
 * What holds in place of the configuration where captures are read: nothing is recorded, and each page is read, as fast as can
 * be, whatever the archive has of its story.
 */
const OF_CAPTURES = {
  warc: false,
  rate: { count: 100_000, perMs: 1000 },
  concurrency: 64,
  recheck: Number.MAX_SAFE_INTEGER,
} as const

/** Which stories of captures are archived, and which of their pages. */
interface Asking extends Selection {
  sources: readonly Source[]
  command: string
  span: Span | null
  order: 'newest' | 'oldest'
  isDue: IsDue
  /** What was wrong with the names that were given. */
  faults: readonly string[]
}

/** Archives the stories of WARC files, as their captures tell of them. */
export async function archiveCaptures(
  config: RunConfig,
  asking: Asking,
  files: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const { command, span, order, faults } = asking
  const regionsOf = await warcOf(files, io.cwd)
  const answering = createAnswering(asking.isDue)
  const opened: Captures[] = []
  const makeHttp: MakeHttp = async (options) => {
    const [captures] = opened
    return captures === undefined ? askNobody(options) : createCapturedHttp(captures, answering)
  }
  try {
    return await withRun(command, { ...config, ...OF_CAPTURES }, io, [], makeHttp, async (run) => {
      for (const fault of faults) run.report.problem(fault)
      const report = (line: string) => run.report.problem(line)
      const readers = await run.readers()
      const { ids, hosts, sources } = asking
      const selection = { ids, hosts, sources }
      const scanPart = (file: string, part: SourcePart) => {
        readers.expect(Number.POSITIVE_INFINITY)
        return readers.do('scanPart', { file, part, selection, pictures: config.media })
      }
      const looking = { io, wants: wantsOf(selection), pictures: config.media, scanPart, report }
      const captures = await openCaptures(regionsOf, looking)
      opened.push(captures)
      const shown = await shownIn(captures, asking.sources, (capture) => {
        io.signal.throwIfAborted()
        return createCapturedHttp(captures, { captureOf: () => capture, capturesOf: () => [capture] })
      })
      const { stories: all, lost } = storiesIn(captures, asking, shown)
      if (lost > 0)
        run.report.problem(
          plural(
            lost,
            t`${lost} capture repeats an answer that is in none of the files`,
            t`${lost} captures repeat answers that are in none of the files`,
          ),
        )
      const chosen = [...all.values()].filter((story) => isChosen(story, span))
      const { length } = chosen
      readers.expect(length)
      run.report.detail(
        plural(length, t`the captures tell of ${length} story`, t`the captures tell of ${length} stories`),
      )
      if (length === 0)
        run.report.notice(
          [...all.values()].some((story) => isChosen(story, null))
            ? t`the captures tell of no story of these days; where an address names no day, it is that of its first capture`
            : t`the captures tell of no story that is asked for; of a paper that is not known, its feed or its stories' addresses are named`,
        )
      const failed = await answering.archive(chosen, all.values(), order, run)
      if (config.media && !config.dryRun) {
        const { keepPicturesOf } = await import('../story/pictures-of.ts')
        await keepPicturesOf(
          chosen.map(({ candidate }) => candidate),
          null,
          run,
        )
      }
      settleTroubles(run, false)
      const isDamaged = faults.length > 0 || captures.damaged > 0
      const code = exitCodeOf({ waiting: false, noSource: false, failed: failed || isDamaged })
      return sumUp(command, code, run)
    })
  } finally {
    for (const captures of opened) await captures.close()
  }
}
