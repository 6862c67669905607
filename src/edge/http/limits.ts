import { DAY_MS, MINUTE_MS } from '../../core/time.ts'

/** The bounds of a request that the options do not set. */
export const DEFAULT_LIMITS = {
  maxBytes: 16 * 1024 * 1024,
  maxRedirects: 5,
} as const

/**
 * How long a server may take to be reached and to begin its answer, ms, of a request that may take `timeoutMs`: within the usual 30 seconds
 * there is time for another try. Who allows more waits for a server that takes long to begin.
 */
export function patienceOf(timeoutMs: number) {
  return { connectTimeoutMs: Math.max(10_000, timeoutMs / 3), headersTimeoutMs: Math.max(20_000, (timeoutMs * 2) / 3) }
}

/**
 * How long a connection to one of a name's addresses may take before the next one is tried, ms, of a request that may take `timeoutMs`. Node's own
 * quarter of a second is too short for a server across an ocean: https://github.com/nodejs/node/issues/54359
 */
export function addressMsOf(timeoutMs: number): number {
  return Math.min(2500, timeoutMs / 4)
}

/** All headers of an answer together. */
export const MAX_HEADER_BYTES = 32 * 1024

/** Content encodings laid one over the other. */
export const MAX_ENCODINGS = 3

/** Tries of one request within a run, the first included. */
export const MAX_TRIES = 3

/** With less time than this left, no other try is made. */
export const LEAST_TRY_MS = 500

/** Before the second try; doubled for each further one. Half of it is drawn by chance. */
export const BACKOFF_MS = 1000

/** A host that says to wait without saying how long. */
export const DEFAULT_PAUSE_MS = 10 * MINUTE_MS

/** The longest wait that a host can ask for. */
export const MAX_PAUSE_MS = 7 * DAY_MS

/** A turn that is further away than this is not waited for: the host is left until then. */
export const MAX_TURN_MS = 10 * MINUTE_MS

/** Requests in a row that a server refuses, or does not answer, until the run leaves it alone. */
export const MAX_REFUSALS = 3

/** What a name resolves to is looked up anew after this. */
export const RESOLVED_MS = MINUTE_MS

/** RFC 9309, 2.5: at least 500 KiB must be read. */
export const MAX_ROBOTS_BYTES = 500 * 1024

/** RFC 9309, 2.4. */
export const ROBOTS_AGE_MS = DAY_MS

/** A copy holds no longer where pages come in the place of robots.txt. */
export const ROBOTS_HOLD_MS = 7 * ROBOTS_AGE_MS

/** RFC 9309, 2.3.1.2. */
export const MAX_ROBOTS_REDIRECTS = 5

/** A body that is of no use is read up to this size, for the sake of the connection. */
export const MAX_DISCARDED_BYTES = 64 * 1024
