import type { Config } from '../config-keys.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import { rereadPages } from '../pipeline/reread.ts'
import { withRun } from '../pipeline/run.ts'

/**
 * Reads the kept pages again with what this version knows, by hand: `fetch` does it once, after an update. Nothing is asked
 * for. Paths of stories that are had by it go to stdout, unless that is for the problems of `verify --json`.
 */
export function reextract(config: Config, io: Io): Promise<ExitCode> {
  const asked = { ...config, dryRun: false, json: false, quiet: config.quiet || config.json }
  const askNobody = () => Promise.reject(new RangeError())
  return withRun('verify', asked, io, [], askNobody, async (run) => {
    // The lists that are kept are read again with the next poll.
    await rereadPages(run)
    return EXIT.done
  })
}
