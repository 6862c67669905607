import { getOrMake } from '../../core/get-or-make.ts'
import { MAX_TURN_MS } from './limits.ts'
import type { HostMemory, HttpOptions } from './model.ts'
import type { Server } from './servers.ts'

/** Half a turn more, at most, is drawn by chance: never less, so that no host is asked faster than was said. */
const JITTER = 0.5

interface RateLimiterOptions extends Pick<HttpOptions, 'now' | 'sleep' | 'random' | 'signal' | 'endsAt'> {
  /** Least time between two requests to a server. */
  intervalOf: (server: Server) => number
  /** True when the server is not to be asked any more: those who stand in line then do not wait. */
  isHeld: (server: Server) => boolean
  /** Keeps the time of the last request across runs. */
  memory: Pick<HostMemory, 'asked' | 'setAsked'>
}

/** One queue a server: whoever asks, for whatever, waits behind those who asked before. */
export interface RateLimiter {
  /**
   * Resolves when it is the caller's turn, or the server is held, with `null`; with the instant (ms) of the turn when that is
   * too far away. `isLed`: a redirect led here, which waits for the run's own pace alone where the site's is too slow for that.
   */
  pass(server: Server, isLed?: boolean): Promise<number | null>
  /** A request was written just now: the time to the next one counts from here, not from when its turn came. */
  sent(server: Server): void
  /** The server asks for more time between two requests. */
  slow(server: Server, intervalMs: number): void
}

interface Line {
  tail: Promise<void>
  intervalMs: number
  lastMs: number | null
  drawn: number
}

export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const lines = new Map<Server, Line>()

  function lineOf(server: Server): Line {
    return getOrMake(lines, server, () => {
      const lastMs = options.memory.asked([...server.names])
      return { tail: Promise.resolve(), intervalMs: options.intervalOf(server), lastMs, drawn: 0 }
    })
  }

  function mark(server: Server, line: Line): void {
    line.lastMs = options.now()
    options.memory.setAsked([...server.names], line.lastMs)
  }

  function waitOf(line: Line): number {
    if (line.lastMs === null) return 0
    const turnMs = line.intervalMs * (1 + line.drawn)
    // A clock that was set back must not make the wait longer than a turn.
    return Math.min(turnMs, line.lastMs + turnMs - options.now())
  }

  async function takeTurn(server: Server, line: Line, isLed: boolean): Promise<number | null> {
    options.signal.throwIfAborted()
    if (options.isHeld(server)) return null
    const waitMs = isLed && waitOf(line) > MAX_TURN_MS ? options.intervalOf(server) : waitOf(line)
    const turn = options.now() + waitMs
    if (waitMs > MAX_TURN_MS || (options.endsAt !== null && turn >= options.endsAt)) return turn
    const lastMs = line.lastMs
    if (waitMs > 0) await options.sleep(waitMs, options.signal)
    // The one before needed time to connect and was sent only meanwhile.
    const moreMs = !isLed && line.lastMs !== lastMs ? waitOf(line) : 0
    if (moreMs > 0) await options.sleep(moreMs, options.signal)
    mark(server, line)
    line.drawn = JITTER * options.random()
    return null
  }

  return {
    pass(server, isLed = false) {
      const line = lineOf(server)
      const turn = line.tail.then(() => takeTurn(server, line, isLed))
      line.tail = turn.then(
        () => undefined,
        () => undefined,
      )
      return turn
    },
    sent(server) {
      mark(server, lineOf(server))
    },
    slow(server, intervalMs) {
      const line = lineOf(server)
      line.intervalMs = Math.max(line.intervalMs, intervalMs)
    },
  }
}
