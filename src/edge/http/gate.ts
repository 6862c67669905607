/** Half a turn more, at most, is drawn by chance: never less, so that no host is asked faster than was said. */
const JITTER = 0.5

export interface GateOptions {
  /** Least time between two requests to one host. */
  intervalMs: number
  /** A turn further away than this is not waited for. */
  maxTurnMs: number
  /** Nor one after this instant (ms); `null` for none. */
  endsAt: number | null
  now: () => number
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  random: () => number
  /** True when the host is not to be asked any more: those who stand in line then do not wait. */
  isHeld: (host: string) => boolean
  signal: AbortSignal
}

/** One queue a host: whoever asks, for whatever, waits behind those who asked before. */
export interface Gate {
  /**
   * Resolves when it is the caller's turn, or the host is held, with `null`; with the instant (ms) of the turn when that is
   * too far away.
   */
  pass(host: string): Promise<number | null>
  /** A request was written just now: the time to the next one counts from here, not from when its turn came. */
  sent(host: string): void
  /** The host asks for more time between two requests. */
  slow(host: string, intervalMs: number): void
}

interface Line {
  tail: Promise<void>
  intervalMs: number
  lastMs: number | null
  drawn: number
}

export function createGate(options: GateOptions): Gate {
  const lines = new Map<string, Line>()

  function lineOf(host: string): Line {
    const line = lines.get(host) ?? { tail: Promise.resolve(), intervalMs: options.intervalMs, lastMs: null, drawn: 0 }
    lines.set(host, line)
    return line
  }

  function waitOf(line: Line): number {
    if (line.lastMs === null) return 0
    const turnMs = line.intervalMs * (1 + line.drawn)
    // A clock that was set back must not make the wait longer than a turn.
    return Math.min(turnMs, line.lastMs + turnMs - options.now())
  }

  async function takeTurn(host: string, line: Line): Promise<number | null> {
    options.signal.throwIfAborted()
    if (options.isHeld(host)) return null
    const waitMs = waitOf(line)
    const turn = options.now() + waitMs
    if (waitMs > options.maxTurnMs || (options.endsAt !== null && turn >= options.endsAt)) return turn
    const lastMs = line.lastMs
    if (waitMs > 0) await options.sleep(waitMs, options.signal)
    // The one before needed time to connect and was sent only meanwhile.
    if (line.lastMs !== lastMs && waitOf(line) > 0) await options.sleep(waitOf(line), options.signal)
    line.lastMs = options.now()
    line.drawn = JITTER * options.random()
    return null
  }

  return {
    pass(host) {
      const line = lineOf(host)
      const turn = line.tail.then(() => takeTurn(host, line))
      line.tail = turn.then(
        () => undefined,
        () => undefined,
      )
      return turn
    },
    sent(host) {
      lineOf(host).lastMs = options.now()
    },
    slow(host, intervalMs) {
      const line = lineOf(host)
      line.intervalMs = Math.max(line.intervalMs, intervalMs)
    },
  }
}
