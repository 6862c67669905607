import { MAX_PAUSE_MS, MAX_REFUSALS } from './limits.ts'
import type { HttpOptions } from './model.ts'
import type { Server } from './servers.ts'

/** Servers that are not to be asked now: those that said so in this run, and those whose time of an earlier run is not over. */
export interface Holds {
  /** The instant (ms) it may be asked again; `null` when it may now. */
  until(server: Server): number | null
  hold(server: Server, ms: number): void
  /** The instant (ms) this very address may be asked again; `null` when it may now. */
  untilOf(url: string): number | null
  /** The address said to wait until `ms`. True where it did so before: then it speaks for itself, not for its server. */
  holdAddress(url: string, ms: number): boolean
  /** It refused a request, or was not reached by one. */
  refused(server: Server, how: Refusing): void
  /** It answered as a server should. */
  answered(server: Server): void
  /** What it did last once it did so to several requests in a row: it stays so for the run. `null` before. */
  refusing(server: Server): Refusing | null
}

/** Whether a server said no, or was not reached, as behind a proxy that is gone. */
export type Refusing = 'refused' | 'unreached'

export function createHolds(options: Pick<HttpOptions, 'now' | 'memory'>): Holds {
  const stopped = new Map<Server, number>()
  const refusals = new Map<Server, { times: number; how: Refusing }>()
  const refusing = (server: Server): Refusing | null => {
    const { times, how } = refusals.get(server) ?? { times: 0, how: null }
    return times >= MAX_REFUSALS ? how : null
  }
  /** None is waited for longer: such a time was written by a clock that was ahead. */
  const sound = (ms: number | null, now: number): number | null =>
    ms !== null && ms > now && ms <= now + MAX_PAUSE_MS ? ms : null
  return {
    until(server) {
      // A server that was stopped stays so for the run, even when its time is over before.
      const here = stopped.get(server)
      if (here !== undefined) return here
      return sound(options.memory.notBefore([...server.names]), options.now())
    },
    hold(server, ms) {
      stopped.set(server, ms)
      options.memory.setNotBefore([...server.names], ms)
    },
    untilOf: (url) => sound(options.memory.notBefore([url]), options.now()),
    holdAddress(url, ms) {
      const saidBefore = options.memory.notBefore([url]) !== null
      options.memory.setAddressNotBefore(url, ms)
      return saidBefore
    },
    refused: (server, how) => void refusals.set(server, { times: (refusals.get(server)?.times ?? 0) + 1, how }),
    answered: (server) => void (refusing(server) !== null || refusals.delete(server)),
    refusing,
  }
}
