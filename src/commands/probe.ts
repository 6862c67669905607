import { platform, versions } from 'node:process'
import manifest from '../../package.json' with { type: 'json' }
import type { Config } from '../config/keys.ts'
import { EMPTY_STATE, soundState, type State } from '../core/archive/state.ts'
import { printReport, verdictLine } from '../core/probe/print.ts'
import { dataOf, type Verdict } from '../core/probe/report.ts'
import { jsonLine, printable } from '../core/text/printable.ts'
import { readState } from '../edge/archive/state.ts'
import type { HostMemory } from '../edge/http/http.ts'
import { chooseProxy } from '../edge/http/proxy.ts'
import { openSavedPages } from '../edge/saved-pages.ts'
import { openStore } from '../edge/store/open.ts'
import type { Store } from '../edge/store/store.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import { examine, MOST_REQUESTS, targetsOf } from '../pipeline/probe/probe.ts'
import type { Seen } from '../pipeline/probe/look.ts'
import { createReporter } from '../pipeline/report.ts'
import { httpOptions, memoryOf, overTheNetwork } from '../pipeline/client.ts'
import { PROJECT_PAGE } from '../project.ts'

const CODES: Readonly<Record<Verdict, ExitCode>> = {
  known: EXIT.done,
  partly: EXIT.storiesFailed,
  unreachable: EXIT.noSource,
  wait: EXIT.tryLater,
}

/**
 * Looks at the living site and prints what of it is known. `save`: a folder for the pages as they came. No archive is
 * needed; where there is one, the pauses that it remembers are kept.
 */
export async function probe(config: Config, save: string | null, io: Io): Promise<ExitCode> {
  const { looks, stories } = targetsOf(config, io.now())
  const urls = [...looks.map(({ url }) => url), ...stories].map((url) => new URL(url))
  const saved = save === null ? null : await openSavedPages(save, io.cwd)
  const reporter = createReporter(config, io)
  const memory = await memoryOfLook(openStore(config.archive, io.cwd), io)
  const hosts = urls.map(({ hostname }) => hostname)
  const options = httpOptions(config, io, hosts, reporter, memory)
  const seen: Seen[] = []
  const http = await overTheNetwork({
    ...options,
    requestBudget: MOST_REQUESTS,
    firmBudget: true,
    onEvent(event) {
      seen.push({ ...event, at: io.now() })
      options.onEvent?.(event)
    },
  })
  try {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const program = { version: manifest.version, node: versions.node, platform, zone }
    const proxy = chooseProxy(io.env, config.proxy ?? null)
    const machine = { program, isProxied: urls.some((url) => proxy(url) !== null) }
    const report = await examine(config, machine, { io, http, seen, save: saved })
    const verdict = printable(verdictLine(report, PROJECT_PAGE))
    if (config.json) await io.stdout(jsonLine(dataOf(report)))
    else if (!config.quiet) for (const line of printReport(report)) await io.stdout(`${printable(line)}\n`)
    if (!config.json && !config.quiet) await io.stdout(`${verdict}\n`)
    else if (report.verdict !== 'known') io.stderr(`${verdict}\n`)
    return CODES[report.verdict]
  } finally {
    await http.close()
  }
}

/** What an archive remembers of servers, if there is one that can be read; what is learned is kept for this look alone. */
async function memoryOfLook(store: Store, io: Io): Promise<HostMemory> {
  const look = {
    config: { dryRun: true },
    io,
    found: { met: [] },
    state: soundState(await readState(store, () => undefined).catch(() => EMPTY_STATE), io.now()),
    remember(more: Partial<State>) {
      look.state = { ...look.state, ...more }
    },
  }
  return { ...memoryOf(look, store), robots: () => Promise.resolve(null) }
}
