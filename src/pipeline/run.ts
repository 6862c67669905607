import { join, relative, resolve } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import type { Config } from '../config.ts'
import { isLoopbackHost, isZaobaoHost } from '../core/identity.ts'
import type { RunState, State } from '../core/state.ts'
import { isoTime } from '../core/time.ts'
import { type Archive, openArchive } from '../edge/archive.ts'
import type { Http, HttpOptions } from '../edge/http.ts'
import { type Journal, openJournal } from '../edge/journal.ts'
import { acquireLock, type Lock } from '../edge/lock.ts'
import { openRobotsCache } from '../edge/robots-cache.ts'
import { openState } from '../edge/state.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import { createReporter, type Reporter } from './report.ts'

/** Former texts of one story that are kept. */
const KEEP_REVISIONS = 50

/** The configuration of one run, with what only the command line says. */
export interface RunConfig extends Config {
  dryRun: boolean
}

/** What the steps of one run share. */
export interface Run {
  config: RunConfig
  io: Io
  http: Http
  archive: Archive
  journal: Journal
  lock: Lock | null
  report: Reporter
  /** What is remembered for the next run; each step puts a new value here. */
  state: State
  /** The archive as the user named it, for paths that are usable from the working folder. */
  shownPath(path: string): string
}

/** Makes the client of a run. */
export type MakeHttp = (options: HttpOptions) => Promise<Http> | Http

/** Opens the archive and the network for one run, lets `act` work, and leaves everything in order whatever happens. */
export async function withRun(
  command: string,
  config: RunConfig,
  io: Io,
  hosts: readonly string[],
  makeHttp: MakeHttp,
  act: (run: Run) => Promise<ExitCode>,
): Promise<ExitCode> {
  const root = resolve(io.cwd, config.archive)
  const report = createReporter(config, io)
  const warn = (line: string) => report.problem(line)
  const lock = config.dryRun
    ? null
    : await acquireLock(root, { waitMs: config.wait, signal: io.signal, now: io.now, sleep: io.sleep })
  try {
    const archive = await openArchive(root, { write: !config.dryRun, keepRevisions: KEEP_REVISIONS, report: warn })
    const stateFile = await openState(root, warn)
    const started = io.now()
    const run: Run = {
      config,
      io,
      http: lazyHttp(() => makeHttp(httpOptions(run, hosts, root))),
      archive,
      journal: openJournal(root, warn),
      lock,
      report,
      state: stateFile.state,
      shownPath: (path) => shown(io.cwd, root, config.archive, path),
    }
    let code: ExitCode = EXIT.interrupted
    try {
      code = await act(run)
    } finally {
      await run.http.close()
      if (!config.dryRun) {
        await stateFile.save({ ...run.state, lastRun: lastRun(command, started, code, run) })
        await archive.close()
      }
    }
    return code
  } finally {
    await lock?.release()
  }
}

function lastRun(command: string, started: number, exitCode: ExitCode, { report, io }: Run): RunState {
  const { written, revised, unchanged, failed } = report.tally
  return { command, started: isoTime(started), ended: isoTime(io.now()), exitCode, written, revised, unchanged, failed }
}

/** The client is made, and its library loaded, when the first request is. */
function lazyHttp(make: () => Promise<Http> | Http): Http {
  let client: Promise<Http> | null = null
  return {
    async get(url, request) {
      client ??= Promise.resolve(make())
      return (await client).get(url, request)
    },
    async close() {
      await (await client)?.close()
    },
  }
}

/** A path of the archive, usable from the working folder, as short as the user's own way to write it. */
function shown(cwd: string, root: string, given: string, path: string): string {
  return resolve(cwd, given) === root && !given.startsWith('/') ? join(given, path) : join(relative(cwd, root) || root, path)
}

function httpOptions(run: Run, hosts: readonly string[], root: string): HttpOptions {
  const { config, io } = run
  const robots = openRobotsCache(root)
  const allowed = new Set([...hosts, ...config.allowHost].map((host) => host.toLowerCase()))
  return {
    userAgent: `zaobao-archiver/${manifest.version} (+${config.contact ?? manifest.homepage})`,
    allowHosts: (host) =>
      isZaobaoHost(host) ||
      allowed.has(host) ||
      (config.allowPrivate && isLoopbackHost(host)) ||
      [...allowed].some((rule) => rule.startsWith('*.') && host.endsWith(rule.slice(1))),
    memory: {
      notBefore: (host) => {
        const at = run.state.hosts[host]?.notBefore
        return at === undefined ? null : Date.parse(at)
      },
      setNotBefore(host, ms) {
        const notBefore = isoTime(ms)
        run.state = { ...run.state, hosts: { ...run.state.hosts, [host]: { notBefore } } }
      },
      robots: (origin) => robots.read(origin),
      setRobots: async (origin, copy) => {
        if (!config.dryRun) await robots.write(origin, copy)
      },
    },
    env: io.env,
    now: io.now,
    sleep: io.sleep,
    random: io.random,
    signal: io.signal,
    rate: config.rate,
    timeoutMs: config.timeout,
    allowPrivate: config.allowPrivate,
    obeyRobots: config.robots,
    onEvent: config.verbose
      ? (event) =>
          run.report.detail(
            `${event.status ?? event.fault ?? ''} ${event.url} ${event.bytes} bytes ${Math.round(event.ms)} ms`,
          )
      : null,
  }
}

/** The exit code of what a run did: of those that hold, the first of 75, 3, 1. */
export function exitCodeOf(held: { waiting: boolean; noSource: boolean; failed: boolean }): ExitCode {
  if (held.waiting) return EXIT.tryLater
  if (held.noSource) return EXIT.noSource
  return held.failed ? EXIT.storiesFailed : EXIT.done
}
