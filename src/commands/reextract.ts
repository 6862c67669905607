import type { Config } from '../config/keys.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Io } from '../io.ts'
import { queueKeptLists } from '../pipeline/sources/kept-lists.ts'
import { rereadPages } from '../pipeline/story/reread.ts'
import { askNobody } from '../pipeline/client.ts'
import { withRun } from '../pipeline/run.ts'

/**
 * Reads the kept pages and lists again, and where it is asked for the captures of stories, with what this version knows, by
 * hand: `fetch` does it once, after an update. Nothing is asked for; stories that lists name wait for the next run. Paths of
 * stories that are had by it go to stdout, unless that is for the problems of `verify --json`.
 */
export async function reextract(config: Config, io: Io, fromCaptures = false): Promise<ExitCode> {
  const asked = { ...config, dryRun: false, media: false, json: false, quiet: config.quiet || config.json }
  if (fromCaptures) {
    const { reextractCaptures } = await import('./captures.ts')
    await reextractCaptures(asked, io)
  }
  return withRun('verify', asked, io, [], askNobody, async (run) => {
    await rereadPages(run)
    await queueKeptLists(run)
    return EXIT.done
  })
}
