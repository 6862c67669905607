import type { Config } from '../config/keys.ts'
import { jsonText, printableLine } from '../core/text/printable.ts'
import { isoTime } from '../core/time.ts'
import { openLog } from '../edge/log.ts'
import type { Io, Step } from '../io.ts'
import { type Message, clauses, commas, inEnglish, plural, t } from '../words/words.ts'

const NOTHING_DONE = {
  written: 0,
  revised: 0,
  unchanged: 0,
  /** All that failed, the next two among them. */
  failed: 0,
  /** Stories that failed before, and did again: no line says so. */
  failedAgain: 0,
  /** Pages for which the feed's own text stands in. */
  stoodIn: 0,
  givenUp: 0,
  /** Stories that wait for a host that asked for a pause. */
  waiting: 0,
  /** Stories that the configuration excludes. */
  excluded: 0,
  /** Stories that wait for the next run, since their server refused others. */
  postponed: 0,
  /** Pictures that were kept. */
  pictures: 0,
  /** Pictures that could not be had, and are asked for again. */
  picturesLeft: 0,
  /** Pictures that cannot be had, and are not asked for again. */
  picturesGone: 0,
}

type Tally = typeof NOTHING_DONE

/** Words for a person, on stderr; nothing of the network reaches it with control characters. */
export interface Reporter {
  tally: Tally
  /** One line a failure; shown with `--quiet` too. */
  problem(line: string): void
  /** What a person would want to know, and `--quiet` leaves out. */
  notice(line: string): void
  /** What `--verbose` and the log add. */
  detail(line: string): void
  /** What failed, for a program: a line of NDJSON in the file of failures. */
  failure(what: FailedStory): void
  /** So many more stories are to be dealt with. */
  expect(what: string, more: number): void
  /** So many more are dealt with, the last of them of this headline. */
  advance(by: number, label: string): void
  /**
   * The one line at the end of a run that did something; of one that did nothing on a terminal alone, where a person
   * waits for an answer. `queued`: stories that wait for another try; `null` where a line has said what came of it.
   * `why`: what came of a run that could do nothing; `null` where it could.
   */
  summary(what: string, queued: number | null, why?: string | null): void
  /** The same of a run that was stopped. */
  stopped(what: string): void
}

/** A story that failed, as the file of failures has it. */
interface FailedStory {
  id: string
  url: string
  title: string | null
  reason: Message
  /** `queued`: it is tried again; `given-up`: it is not. */
  outcome: 'queued' | 'given-up'
}

/**
 * What is said goes to stderr, as far as it is asked for there, and all of it to the log. Throws `UsageError` where failures
 * cannot be written to their file: someone waits for these.
 */
export function createReporter(
  config: Pick<Config, 'quiet' | 'verbose'> & Partial<Pick<Config, 'log' | 'failures'>>,
  io: Io,
): Reporter {
  const isVerbose = config.verbose && !config.quiet
  const timed = (line: string) => `${isoTime(io.now()).slice(0, 19)}Z ${printableLine(line)}`
  const show = (line: string) => io.stderr(`${isVerbose ? timed(line) : printableLine(line)}\n`)
  const open = (path: string | undefined, isNeeded: boolean) =>
    path === undefined ? () => undefined : openLog(path, io.cwd, { report: show, isNeeded })
  const log = open(config.log, false)
  const writeFailure = open(config.failures, true)
  const say = (line: string, isShown: boolean) => {
    if (config.log !== undefined) log(timed(line))
    if (isShown) show(line)
  }
  const tally = { ...NOTHING_DONE }
  const step: Step = { what: '', done: 0, total: null, label: '' }
  return {
    tally,
    expect: (what, more) => void Object.assign(step, { what, total: (step.total ?? 0) + more }),
    advance(by, label) {
      Object.assign(step, { done: step.done + by, label })
      if (step.total !== null) io.progress(step)
    },
    problem: (line) => say(line, true),
    notice: (line) => say(line, !config.quiet),
    detail: (line) => say(line, isVerbose),
    failure: (what) => writeFailure(jsonText({ at: isoTime(io.now()), ...what }, inEnglish)),
    stopped(what) {
      const { written, revised } = tally
      const left = Math.max(0, (step.total ?? 0) - step.done)
      const parts = ofAny([
        [revised, t`${revised} revised`],
        [left, t`${left} left`],
      ])
      const done = [t`${written} written`, ...parts, t`run it again`]
      say(`${what}: ${t`stopped: ${commas(done)}`}`, !config.quiet)
    },
    summary(what, queued, why = null) {
      const { written, revised, failed, waiting, postponed, pictures, picturesGone } = tally
      if (written + revised + failed + waiting + postponed + pictures + picturesGone > 0)
        say(`${what}: ${commas(partsOf(tally))}`, !config.quiet)
      else if (why !== null) say(`${what}: ${t`nothing written: ${why}`}`, !config.quiet)
      else if (queued !== null) {
        const another = plural(
          queued,
          t`${queued} story is queued for another try`,
          t`${queued} stories are queued for another try`,
        )
        say(
          `${what}: ${clauses([t`nothing new`, ...(queued === 0 ? [] : [another])])}`,
          (io.stderrIsTerminal || config.verbose) && !config.quiet,
        )
      }
    },
  }
}

function partsOf(tally: Tally): string[] {
  const { written, revised, failed, stoodIn, givenUp, waiting, postponed, pictures, picturesLeft, picturesGone } = tally
  const queued = failed - stoodIn - givenUp
  const theirs = plural(
    stoodIn,
    t`${stoodIn} with the feed's own text while its page is queued for the next run`,
    t`${stoodIn} with the feed's own text while their pages are queued for the next run`,
  )
  const gone = plural(picturesGone, t`${picturesGone} picture not to be had`, t`${picturesGone} pictures not to be had`)
  const parts = ofAny([
    [revised, t`${revised} revised`],
    [stoodIn, theirs],
    [queued, t`${queued} failed, queued for the next run`],
    [givenUp, t`${givenUp} given up`],
    [postponed, t`${postponed} left for the next run`],
    [waiting, t`${waiting} waiting for the site`],
    [pictures, plural(pictures, t`${pictures} picture kept`, t`${pictures} pictures kept`)],
    [picturesLeft, leftPictures(picturesLeft)],
    [picturesGone, gone],
  ])
  return [t`${written} written`, ...parts]
}

/** The words of those parts of which there is any. */
export function ofAny(parts: readonly (readonly [count: number, words: string])[]): string[] {
  return parts.flatMap(([count, words]) => (count > 0 ? [words] : []))
}

/** That so many pictures could not be had. */
export function leftPictures(count: number): string {
  return plural(count, t`${count} picture to be asked for again`, t`${count} pictures to be asked for again`)
}
