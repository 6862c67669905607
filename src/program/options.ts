import { type Command, Option } from 'commander'
import { UsageError } from '../errors.ts'
import { repeatable } from './declare.ts'
import { t } from '../words/words.ts'

/** Options that several commands take. */
export const SHARED = {
  section: () =>
    new Option(
      '--section <name>',
      t`section: china, singapore, world, finance, sea, sports, all; rfi:news, dw:news, bbc:simp (repeatable)`,
    ).argParser(repeatable),
  rate: () => new Option('--rate <n/s|n/m>', t`requests to one host (default: 1/s)`),
  keepRevisions: () =>
    new Option('--keep-revisions <n>', t`former texts to keep of one story: the first and the newest (default: 50)`),
  wait: () => new Option('--wait <span>', t`wait this long for another run to end (default: 0)`),
  timeout: () => new Option('--timeout <span>', t`give up a request after this long (default: 30s)`),
  allowHost: () =>
    new Option('--allow-host <host>', t`a host beside Zaobao and the named sources (repeatable)`).argParser(repeatable),
  allowPrivate: () => new Option('--allow-private', t`allow addresses of private networks and of this machine`),
  noRobots: () => new Option('--no-robots', t`do not ask for robots.txt`),
  /** Behind `--warc`: before it, it would be the default. */
  noWarc: () => new Option('--no-warc', t`keep no WARC files, whatever the configuration says`),
  noProgress: () => new Option('--no-progress', t`draw no progress bar`),
} as const satisfies Record<string, () => Option>

/** The options that `fetch` and `backfill` share. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--feed <url>', t`read this feed instead of the configured sources (repeatable)`, repeatable)
    .addOption(SHARED.section())
    .addOption(SHARED.rate())
    .option('--concurrency <n>', t`stories in work at once (default: 4)`)
    .option('--limit <n>', t`fetch at most this many stories`)
    .option('--dry-run', t`say what would be fetched, and how long it would take; with --json a line a story`)
    .option('--body <form>', t`keep bodies as markdown or html (default: markdown)`)
    .option('--media', t`keep the pictures of stories too, in media/ of the archive`)
    .option('--no-media', t`keep none, whatever the configuration says`)
    .option('--on-change <what>', t`revise or keep a story that changed (default: revise)`)
    .addOption(SHARED.keepRevisions())
    .option('--recheck <age>', t`read stories younger than this again, such as 24h (default: off)`)
    .option('--max-gap <span>', t`how far back to look for missed stories (default: 7d)`)
    .addOption(SHARED.wait())
    .addOption(SHARED.timeout())
    .addOption(SHARED.allowHost())
    .addOption(SHARED.allowPrivate())
    .addOption(SHARED.noRobots())
    .option('--log <file>', t`append all that --verbose would say to this file`)
    .option('--failures <file>', t`append an object of each story that failed to this file (NDJSON)`)
    .addOption(SHARED.noProgress())
}

/** An address, a number with its day, or all sections. */
const NO_FOLDER = /^(?:https?:.*|\d{8}-\d+|all)$/i

/** Rejects where the command line has `--warc` take what stands behind it for a folder: a section, an address, a number. */
export async function checkFolder(called: Command): Promise<void> {
  const folder: unknown = called.opts()['warc']
  if (typeof folder !== 'string') return
  const { sectionNames } = await import('../sites/publishers.ts')
  if (!NO_FOLDER.test(folder) && !sectionNames().includes(folder)) return
  const { shownText } = await import('../core/text/printable.ts')
  const shown = shownText(folder)
  throw new UsageError(
    t`--warc ${shown} names a folder; sections and addresses stand before it: ${called.name()} ${shown} --warc`,
  )
}
