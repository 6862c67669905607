import { ownerOf, siteOfHost } from '../../src/sites/publishers.ts'
import {
  type HostMemory,
  type Http,
  type HttpOptions,
  type Response,
  type RobotsCopy,
  createHttp,
} from '../../src/edge/http/http.ts'
import { english } from '../../src/words/words.ts'

export interface TestMemory extends HostMemory {
  held: Map<string, number>
  copies: Map<string, RobotsCopy>
}

function latest(times: ReadonlyMap<string, number>, names: readonly string[]): number | null {
  const known = names.flatMap((name) => times.get(name) ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

function put(times: Map<string, number>, names: readonly string[], ms: number): void {
  for (const name of names) times.set(name, ms)
}

/** What the program keeps about hosts, in memory. */
export function memory(): TestMemory {
  const held = new Map<string, number>()
  const addresses = new Map<string, number>()
  const asked = new Map<string, number>()
  const copies = new Map<string, RobotsCopy>()
  return {
    held,
    copies,
    notBefore: (names) => latest(new Map([...held, ...addresses]), names),
    setNotBefore: (names, ms) => put(held, names, ms),
    setAddressNotBefore: (url, ms) => void addresses.set(url, ms),
    asked: (names) => latest(asked, names),
    setAsked: (names, ms) => put(asked, names, ms),
    robots: (origin) => Promise.resolve(copies.get(origin) ?? null),
    async setRobots(origin, copy) {
      copies.set(origin, copy)
    },
  }
}

/** A clock that only `sleep` moves, and the sleeps that were asked for. */
export interface TestClock extends Pick<HttpOptions, 'now' | 'sleep'> {
  sleeps: number[]
}

export function clock(startMs = Date.UTC(2026, 0, 15)): TestClock {
  let nowMs = startMs
  const sleeps: number[] = []
  return {
    sleeps,
    now: () => nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      sleeps.push(ms)
      nowMs += ms
    },
  }
}

/** A machine that is busy, or stopped for a while, ends no request: of what hangs the test is ended. */
const PATIENCE_MS = 300_000

/** An `Http` for servers on loopback: nothing waits, and robots.txt is not asked unless a test says so. */
export function testHttp(options: Partial<HttpOptions> = {}): Http {
  return createHttp({
    userAgent: 'zaobao-archiver/0.0 (+https://example.org/)',
    allowHosts: () => true,
    asksSecurely: (host) => ownerOf(host) !== null,
    siteOf: siteOfHost,
    allowPrivate: true,
    obeyRobots: false,
    memory: memory(),
    env: {},
    proxy: null,
    rate: { count: 1, perMs: 1000 },
    rateOf: () => null,
    timeoutMs: PATIENCE_MS,
    requestBudget: null,
    endsAt: null,
    onEvent: null,
    ...clock(),
    random: () => 0.5,
    signal: new AbortController().signal,
    ...options,
  })
}

/** An answer with what is said in it as text. */
export function inWords(response: Response): unknown {
  return response.kind === 'failed' ? { ...response, detail: english(response.detail) } : response
}
