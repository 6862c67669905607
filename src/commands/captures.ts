import { type Captures, openCaptures, warcOf } from '../edge/warc/captures.ts'
import { capturesIn } from '../edge/warc/files.ts'
import type { SourcePart } from '../edge/warc/scan.ts'
import type { ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import { askNobody, captureFolder, type MakeHttp } from '../pipeline/client.ts'
import { createCapturedHttp } from '../pipeline/captures/http.ts'
import { createAnswering, isChosen, type IsDue, isNews, isSource } from '../pipeline/captures/rounds.ts'
import { type Selection, wantsOf } from '../pipeline/reading/selection.ts'
import { shownIn, storiesIn } from '../pipeline/captures/stories.ts'
import { exitCodeOf, type RunConfig, sumUp, withRun } from '../pipeline/run.ts'
import { type Span, spanOf } from '../pipeline/sources/span.ts'
import { type Source, sourcesOf } from '../pipeline/configured/sources.ts'
import { settleTroubles } from '../pipeline/troubles.ts'
import { DEFAULT_PUBLISHER, identify } from '../sites/publishers.ts'
import { plural, t } from '../words/words.ts'
import { readNames } from './addresses.ts'
import type { BackfillTargets } from './backfill.ts'

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
  order: BackfillTargets['order']
  isDue: IsDue
  /** What was wrong with the names that were given. */
  faults: readonly string[]
}

/**
 * Archives stories from WARC files, as if each page were asked for when it was captured: the oldest first, so that later texts
 * revise earlier ones. What the archive read later than a capture stays. Nothing is asked of any site.
 */
export async function backfillCaptures(
  config: RunConfig,
  wanted: BackfillTargets,
  files: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const names = await readNames(wanted.urls, wanted.file, io)
  const given = new Set([...names.ids.keys(), ...Array.from(names.addresses, (url) => identify(url).id)])
  const asking = {
    command: 'backfill',
    ids: given.size > 0 ? given : null,
    hosts: Array.from(names.addresses, (url) => new URL(url).hostname),
    sources: sourcesOf(config),
    span: spanOf(wanted.from, wanted.to, [{ publisher: DEFAULT_PUBLISHER }], io.now()),
    order: wanted.order,
    isDue: isNews,
    faults: names.faults,
  }
  return archiveCaptures(config, asking, files, io)
}

/** Makes the stories of an archive again from the pages that it kept of them, with what this version knows. */
export async function reextractCaptures(config: RunConfig, io: Io): Promise<ExitCode> {
  const files = await capturesIn(captureFolder(config), io.cwd)
  const sources = sourcesOf(config)
  const asking = {
    command: 'verify',
    ids: null,
    hosts: [],
    sources,
    span: null,
    order: 'oldest',
    isDue: isSource,
    faults: [],
  } as const
  return archiveCaptures(config, asking, files, io)
}

async function archiveCaptures(config: RunConfig, asking: Asking, files: readonly string[], io: Io): Promise<ExitCode> {
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
        const { keepPicturesOf } = await import('../pipeline/story/pictures-of.ts')
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
