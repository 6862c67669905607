import { printableUrl } from '../core/text/printable.ts'
import manifest from '../../package.json' with { type: 'json' }
import type { Config } from '../config/keys.ts'
import { lastAsked, learned, pauseOf } from '../core/archive/server-pauses.ts'
import type { ServerState, State } from '../core/archive/state.ts'
import { isLoopbackHost } from '../core/identity.ts'
import { isoTime } from '../core/time.ts'
import { openRobotsCache } from '../edge/archive/robots-cache.ts'
import type { HostMemory, Http, HttpOptions } from '../edge/http/http.ts'
import type { Recorder } from '../edge/warc/recorder.ts'
import type { Store } from '../edge/store/store.ts'
import type { Io } from '../io.ts'
import { PROJECT_PAGE } from '../project.ts'
import { ownerOf, siteOfHost } from '../sites/publishers.ts'
import { plural, t } from '../words/words.ts'
import { siteAt } from './candidate.ts'
import { feedsIn } from './configured/sources.ts'
import type { Findings } from './found.ts'
import type { Reporter } from './report.ts'

/** Makes the client of a run. */
export type MakeHttp = (options: HttpOptions) => Promise<Http>

/** The client that asks the network; its library is loaded when a run makes its first request. */
export const overTheNetwork: MakeHttp = async (options) => {
  const { createHttp } = await import('../edge/http/http.ts')
  return createHttp(options)
}

/** The client of a run that has nothing to ask for. */
export const askNobody: MakeHttp = () => Promise.reject(new RangeError())

/** The folder of an archive in which captures are kept where no other is named. */
const CAPTURES = 'warc'

/** Where captures are kept. */
export function captureFolder({ warc, archive }: Pick<Config, 'warc' | 'archive'>): string {
  return typeof warc === 'string' ? warc : `${archive}/${CAPTURES}`
}

/**
 * What makes clients that keep what goes over the wire, and whether something of that could not be kept; `null` where the
 * configuration does not ask for it.
 */
export function capturing(makeHttp: MakeHttp, config: Config & { dryRun: boolean }, io: Io, report: Reporter) {
  const { warc, archive, dryRun } = config
  if (warc === false || dryRun) return null
  let recorder: Recorder | null = null
  return {
    make: async (options: HttpOptions): Promise<Http> => {
      const { openRecorder } = await import('../edge/warc/recorder.ts')
      const opened = openRecorder({
        folder: captureFolder(config),
        cwd: io.cwd,
        archive,
        about: [
          ['software', `zaobao-archiver/${manifest.version} (${PROJECT_PAGE})`],
          ['format', 'WARC File Format 1.1'],
          ['conformsTo', 'http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/'],
          ['robots', config.robots ? 'obey' : 'ignore'],
          ['http-header-user-agent', options.userAgent],
        ],
        now: io.now,
        report: (line) => report.problem(line),
      })
      recorder = opened
      const client = await makeHttp({ ...options, record: (exchange) => opened.record(exchange) })
      return {
        get: (url, request) => client.get(url, request),
        async close() {
          await client.close()
          await opened.close()
        },
      }
    },
    haveFailed: () => recorder?.hasFailed() === true,
  }
}

/** What is made when it is first asked for, and closed where it was. */
export function lazily<T extends { close(): Promise<void> }>(make: () => Promise<T>) {
  let made: Promise<T> | null = null
  return {
    open: (): Promise<T> => (made ??= make()),
    close: async (): Promise<void> => (await made)?.close(),
  }
}

/** The client is made, and its library loaded, when the first request is. */
export function lazyHttp(make: () => Promise<Http>): Http {
  const { open, close } = lazily(make)
  return {
    get: async (url, request) => (await open()).get(url, request),
    answerAt: async (url, asOf) => (await (await open()).answerAt?.(url, asOf)) ?? '',
    close,
  }
}

/** Who keeps what is remembered across runs. */
interface Remembering {
  readonly config: { dryRun: boolean }
  readonly io: Pick<Io, 'now'>
  readonly state: State
  readonly found: Pick<Findings, 'met'>
  remember(more: Partial<State>): void
}

/** What hosts said, kept in the archive across runs. */
export function memoryOf(run: Remembering, store: Store): HostMemory {
  const robots = openRobotsCache(store, (why) => {
    const key = 'unkept robots.txt'
    const line = t`${why}; robots.txt is asked for by each run until then`
    if (!run.found.met.some((one) => one.key === key)) run.found.met.push({ key, line, manner: 'begin' })
  })
  const learn = (names: readonly string[], what: Partial<ServerState>, more: Partial<State> = {}): void => {
    run.remember({ ...more, servers: learned(run.state.servers, names, what, run.io.now()) })
  }
  return {
    notBefore: (names) => pauseOf(run.state, names),
    setNotBefore(names, ms) {
      const notBefore = isoTime(ms)
      // A person is told of the host that said so.
      const hosts = {
        ...run.state.hosts,
        ...Object.fromEntries(names.slice(0, 1).map((host) => [host, { notBefore }])),
      }
      learn(names, { notBefore }, { hosts })
    },
    setAddressNotBefore: (url, ms) => learn([url], { notBefore: isoTime(ms) }),
    asked: (names) => lastAsked(run.state, names, run.io.now()),
    setAsked: (names, ms) => learn(names, { asked: isoTime(ms) }),
    robots: (origin) => robots.read(origin),
    async setRobots(origin, copy) {
      if (!run.config.dryRun) await robots.write(origin, copy)
    },
  }
}

/** The client's options as the configuration asks; `hosts` are those of the sources. */
export function httpOptions(
  config: Config,
  io: Io,
  hosts: readonly string[],
  report: Reporter,
  memory: HostMemory,
): HttpOptions {
  const allowed = [...hosts, ...config.allowHost].map((host) => host.toLowerCase())
  const rates = new Map(
    feedsIn(config.sources).flatMap(({ feed, rate }) => (rate === undefined ? [] : [[siteAt(feed), rate] as const])),
  )
  return {
    userAgent: `zaobao-archiver/${manifest.version} (+${contactIn(config)})`,
    allowHosts: (host) =>
      ownerOf(host) !== null ||
      (config.allowPrivate && isLoopbackHost(host)) ||
      allowed.some((rule) => rule === host || (rule.startsWith('*.') && host.endsWith(rule.slice(1)))),
    asksSecurely: (host) => ownerOf(host) !== null,
    siteOf: siteOfHost,
    memory,
    env: io.env,
    proxy: config.proxy ?? null,
    now: io.now,
    sleep: io.sleep,
    random: io.random,
    signal: io.signal,
    rate: config.rate,
    rateOf: (site) => rates.get(site) ?? null,
    timeoutMs: config.timeout,
    requestBudget: config.maxRequests,
    endsAt: io.now() + config.maxTime,
    allowPrivate: config.allowPrivate,
    obeyRobots: config.robots,
    onEvent:
      config.verbose || config.log !== undefined
        ? ({ status, fault, url, bytes, ms }) => {
            const result = status === 304 ? t`304 unchanged` : (status ?? fault ?? '')
            const took = Math.round(ms)
            report.detail(
              plural(
                bytes,
                t`${result} ${url} ${bytes} byte ${took} ms`,
                t`${result} ${url} ${bytes} bytes ${took} ms`,
              ),
            )
          }
        : null,
  }
}

/** How the site reaches whoever asks: pages without the credentials that their addresses may hold. */
function contactIn({ contact = PROJECT_PAGE }: Pick<Config, 'contact'>): string {
  return contact.replace(/https?:\S+/gi, printableUrl)
}
