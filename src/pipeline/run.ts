import type { Config } from '../config/keys.ts'
import { type RunState, soundState, type State } from '../core/archive/state.ts'
import { inLanes } from '../core/lanes.ts'
import type { StoryRecord } from '../core/model.ts'
import { jsonLine } from '../core/text/printable.ts'
import { isoTime } from '../core/time.ts'
import { type Archive, openArchive } from '../edge/archive/archive.ts'
import { type WorkerPool, openWorkerPool } from '../edge/worker-pool.ts'
import type { Http } from '../edge/http/http.ts'
import { type Journal, openJournal } from '../edge/archive/journal.ts'
import { acquireLock } from '../edge/archive/version.ts'
import { openState, readState } from '../edge/archive/state.ts'
import { openStore } from '../edge/store/open.ts'
import { ArchiveError, EXIT, type ExitCode, isCommandError, isFatal } from '../errors.ts'
import { tuneForPages } from '../edge/tuning.ts'
import { Interrupted, type Io } from '../io.ts'
import { capturing, httpOptions, lazily, lazyHttp, type MakeHttp, memoryOf } from './client.ts'
import { createReporter, type Reporter } from './report.ts'
import type { storyJobs } from './reading/story-jobs.ts'
import { type Findings, nothingFound } from './found.ts'
import { wordsOf } from '../words/error.ts'
import { type Message, t } from '../words/words.ts'

/** The configuration of one run, with what only the command line says. */
export interface RunConfig extends Config {
  dryRun: boolean
}

/** What the steps of a run work with: nothing of it changes, but that another run's archive is opened anew. */
export interface Tools {
  readonly config: RunConfig
  readonly io: Io
  readonly http: Http
  readonly archive: Archive
  readonly journal: Journal
  readonly report: Reporter
  /** Who reads pages; loaded when there is one to read. */
  readers(): Promise<WorkerPool<typeof storyJobs>>
  /** The feed's own text of a story that waits; `null` when none is kept. */
  queuedText(id: string): Promise<string | null>
  /** A path of the archive as it is usable from the working folder. */
  shownPath(path: string): string
}

/** A run: its tools, and what is remembered of it. */
export interface Run extends Tools {
  /** What was found out about troubles that may go on for many runs. */
  readonly found: Findings
  /** What is remembered for the next run. The run owns it: `remember` alone changes it. */
  readonly state: State
  /** Puts what a step decided is to be remembered in the place of what was. */
  remember(more: Partial<State>): void
  /** Writes down what is remembered so far: for what must not be lost when the run dies. */
  saveState(): Promise<void>
  /** Lets a run that waits for the archive work, and goes on after it. */
  letOthersIn(): Promise<void>
}

/** Opens the archive and the network for one run, lets `act` work, and leaves everything in order whatever happens. */
export async function withRun(
  command: string,
  config: RunConfig,
  io: Io,
  hosts: readonly string[],
  makeHttp: MakeHttp,
  act: (run: Run) => Promise<ExitCode>,
): Promise<ExitCode> {
  const store = openStore(config.archive, io.cwd)
  const report = createReporter(config, io)
  const warn = (line: string) => report.problem(line)
  const lock = config.dryRun ? null : await acquireLock(store, { ...io, waitMs: config.wait, report: warn })
  try {
    const openFiles = async () => ({
      archive: await openArchive(store, {
        write: !config.dryRun,
        readsOnce: true,
        keepRevisions: config.keepRevisions,
        report: warn,
      }),
      journal: openJournal(store, warn, !config.dryRun),
      stateFile: config.dryRun
        ? { state: await readState(store, warn), save: () => Promise.resolve(), textOf: () => Promise.resolve(null) }
        : await openState(store, warn),
    })
    let files = await openFiles()
    let holding = true
    const started = io.now()
    const save = async (exitCode: ExitCode) => {
      if (config.dryRun || !holding) return
      await files.stateFile.save({ ...state, lastRun: lastRun(command, started, exitCode, run) })
      await files.archive.close()
    }
    const readers = lazily(() => openReaders(config, io.v8))
    const captures = capturing(makeHttp, config, io, report)
    const make = captures?.make ?? makeHttp
    let state = soundState(files.stateFile.state, io.now())
    const run: Run = {
      readers: readers.open,
      config,
      io,
      http: lazyHttp(async () => {
        const http = await make(httpOptions(config, io, hosts, report, memoryOf(run, store)))
        tuneForPages('some', io.v8)
        return http
      }),
      get archive() {
        return files.archive
      },
      get journal() {
        return files.journal
      },
      report,
      found: nothingFound(),
      get state() {
        return state
      },
      remember(more) {
        state = { ...state, ...more }
      },
      queuedText: (id) => files.stateFile.textOf(id),
      shownPath: (path) => store.shown(path),
      saveState: () => save(EXIT.interrupted),
      async letOthersIn() {
        await save(EXIT.done)
        // Interrupted in between, nothing is saved over what the other run wrote.
        holding = false
        const othersWrote = lock !== null && (await lock.letOthersIn())
        holding = true
        if (!othersWrote) return
        // What was read before is of yesterday now: another run wrote.
        files = await openFiles()
        state = soundState(files.stateFile.state, io.now())
      },
    }
    let code: ExitCode = EXIT.interrupted
    try {
      code = await act(run)
      const isShort = captures?.haveFailed() === true || run.found.pictures.keepsNone
      if (code === EXIT.done && isShort) code = EXIT.storiesFailed
    } catch (error) {
      if (isCommandError(error)) code = error.exitCode
      for (const story of run.found.pictures.unshown) await story.show()
      if (io.signal.reason instanceof Interrupted || error instanceof ArchiveError) report.stopped(command)
      throw error
    } finally {
      await run.http.close()
      await readers.close()
      await save(code)
    }
    return code
  } finally {
    await lock?.release()
  }
}

/** Pages that come one a second are read in less: threads are for mirrors and recorded pages. */
const PAGES_A_SECOND_OF_ONE_CORE = 50

async function openReaders({ rate }: RunConfig, v8: string): Promise<WorkerPool<typeof storyJobs>> {
  const isFast = (rate.count * 1000) / rate.perMs > PAGES_A_SECOND_OF_ONE_CORE
  const { storyJobs } = await import('./reading/story-jobs.ts')
  return openWorkerPool(storyJobs, v8, isFast ? undefined : 0)
}

/**
 * Acts on each, some of them at once. What is under way is waited for whatever happens: nothing may be written after the run let
 * the archive go.
 */
export async function sideBySide<T>(
  all: readonly T[],
  { config, io }: Run,
  act: (one: T) => Promise<void>,
): Promise<void> {
  await inLanes(all, Math.min(config.concurrency, all.length), async (one) => {
    if (!io.signal.aborted) await act(one)
  })
  io.signal.throwIfAborted()
}

function lastRun(command: string, started: number, exitCode: ExitCode, { report, io }: Run): RunState {
  const { written, revised, unchanged, failed, failedAgain } = report.tally
  const counts = { written, revised, unchanged, failed, failedAgain }
  return { command, started: isoTime(started), ended: isoTime(io.now()), exitCode, ...counts }
}

/**
 * Says the one line at the end of a run, as its exit code has it, which it answers. `otherwise`: what came of one that could do nothing,
 * though there were sources; `null` where a line has said it all.
 */
export function sumUp(command: string, code: ExitCode, run: Run, otherwise: string | null = null): ExitCode {
  const { config, report, state } = run
  const why = code === EXIT.noSource ? t`no source could be read` : otherwise
  const queued = config.dryRun || code !== EXIT.done ? null : state.queue.length
  report.summary(command, queued, config.dryRun ? null : why)
  return code
}

/** Prints a story: its record, which is made where it is asked for, or the path of its file. */
export async function printStory(path: string, record: () => Promise<StoryRecord | null>, run: Run): Promise<void> {
  const { config, io } = run
  const made = config.json ? await record() : null
  if (made !== null) await io.stdout(jsonLine(made))
  else if (!config.json && !config.quiet) await io.stdout(`${run.shownPath(path)}\n`)
}

/** Why one thing of several failed, by what it threw. Throws that where it ends the run. */
export function whyFailed(error: unknown, { io }: Pick<Tools, 'io'>): Message {
  if (io.signal.aborted || isFatal(error)) throw error
  return wordsOf(error)
}

/** The exit code of what a run did: of those that hold, the first of 75, 3, 1. */
export function exitCodeOf(held: { waiting: boolean; noSource: boolean; failed: boolean }): ExitCode {
  if (held.waiting) return EXIT.tryLater
  if (held.noSource) return EXIT.noSource
  return held.failed ? EXIT.storiesFailed : EXIT.done
}
