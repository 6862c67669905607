import { DAY_MS, isoTime } from '../time.ts'
import type { ServerState, State } from './state.ts'

/** What is remembered of a server that is asked no more is dropped after this. */
const REMEMBER_MS = 7 * DAY_MS

type Remembered = Pick<State, 'hosts' | 'servers'>

/** The latest of times that are not yet to come, in ms: others were written by a clock that was ahead. `null`: none. */
function latest(times: readonly (string | null | undefined)[], nowMs: number): number | null {
  const known = times.flatMap((time) => (time ? [Date.parse(time)] : [])).filter((ms) => ms <= nowMs)
  return known.length === 0 ? null : Math.max(...known)
}

/** When the server of any of these names was last asked for anything; `null` when that is not known. */
export function lastAsked({ servers = {} }: Remembered, names: readonly string[], nowMs: number): number | null {
  return latest(
    names.map((name) => servers[name]?.asked),
    nowMs,
  )
}

/** Before when it wants no request; `null` when it set no such time. */
export function pauseOf({ hosts, servers = {} }: Remembered, names: readonly string[]): number | null {
  const times = names.flatMap((name) => [hosts[name]?.notBefore, servers[name]?.notBefore])
  return latest(times, Number.POSITIVE_INFINITY)
}

/** Addresses that said to wait, of which it is remembered. */
const MAX_ADDRESSES = 50

/** What is remembered of a server has a host for its name, of a single address the whole of it. */
const isAddress = (name: string): boolean => name.includes('/')

/** Those of which it is remembered that they were asked within a week; of single addresses the last ones. */
function recent(servers: Readonly<Record<string, ServerState>>, nowMs: number): [string, ServerState][] {
  const since = isoTime(nowMs - REMEMBER_MS)
  const kept = Object.entries(servers).filter(([, { asked }]) => asked > since)
  const addresses = kept.filter(([name]) => isAddress(name)).toSorted(([, a], [, b]) => (a.asked < b.asked ? 1 : -1))
  const dropped = new Set(addresses.slice(MAX_ADDRESSES).map(([name]) => name))
  return kept.filter(([name]) => !dropped.has(name))
}

/** What is remembered once something was learned of a server, under each of its names. */
export function learned(
  servers: Readonly<Record<string, ServerState>> = {},
  names: readonly string[],
  what: Partial<ServerState>,
  nowMs: number,
): Record<string, ServerState> {
  const fresh = { asked: isoTime(nowMs) }
  return Object.fromEntries([
    ...recent(servers, nowMs),
    ...names.map((name) => [name, { ...fresh, ...servers[name], ...what }] as const),
  ])
}
