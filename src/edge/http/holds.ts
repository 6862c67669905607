import type { HttpOptions } from './model.ts'

/** Hosts that are not to be asked now: those that said so in this run, and those whose time of an earlier run is not over. */
export interface Holds {
  /** The instant (ms) it may be asked again; `null` when it may now. */
  until(host: string): number | null
  hold(host: string, ms: number): void
}

export function createHolds(options: Pick<HttpOptions, 'now' | 'memory'>): Holds {
  const stopped = new Map<string, number>()
  return {
    until(host) {
      // A host that was stopped stays so for the run, even when its time is over before.
      const known = stopped.get(host) ?? options.memory.notBefore(host)
      return known !== null && (stopped.has(host) || known > options.now()) ? known : null
    },
    hold(host, ms) {
      stopped.set(host, ms)
      options.memory.setNotBefore(host, ms)
    },
  }
}
