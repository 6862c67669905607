import { Command, CommanderError, Option } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import type { Config, Flags } from './config.ts'
import { printable } from './core/printable.ts'
import { EXIT, type ExitCode, isCommandError } from './errors.ts'
import type { Io } from './io.ts'

const EXIT_CODES = `
Exit codes:
  0    done; also when nothing was new
  1    done, but some stories failed (each named, queued for the next run)
  2    wrong usage or configuration
  3    no source could be read
  4    the archive cannot be used
  75   try later: another run holds the archive, or the site said to wait
  130  interrupted (143: terminated)
`

const repeatable = (value: string, before: string[] = []): string[] => [...before, value]

/** What the user gave on the command line, and nothing that commander filled in: defaults are the configuration's. */
function flagsOf(command: Command): Flags {
  const given: Record<string, unknown> = {}
  for (let at: Command | null = command; at !== null; at = at.parent) {
    for (const [name, value] of Object.entries(at.opts())) {
      if (at.getOptionValueSource(name) === 'cli' && !(name in given)) given[name] = value
    }
  }
  return given
}

/** The options that `fetch` and `backfill` share. */
function addRunOptions(command: Command): Command {
  return command
    .option('--feed <url>', 'read this feed instead of the configured sources (repeatable)', repeatable)
    .option('--section <name>', 'section: china, singapore, world, finance, all (repeatable)', repeatable)
    .option('--rate <n/s|n/m>', 'requests to one host (default: 1/s)')
    .option('--concurrency <n>', 'stories in work at once (default: 4)')
    .option('--limit <n>', 'fetch at most this many stories')
    .option('--dry-run', 'say what would be fetched, and how long it would take')
    .option('--body <form>', 'keep bodies as markdown or html (default: markdown)')
    .option('--on-change <what>', 'revise or keep a story that changed (default: revise)')
    .option('--recheck <age>', 'read stories younger than this again, such as 24h (default: off)')
    .option('--max-gap <span>', 'how far back to look for missed stories (default: 7d)')
    .option('--wait <span>', 'wait this long for another run to end (default: 0)')
    .option('--timeout <span>', 'give up a request after this long (default: 30s)')
    .option('--allow-host <host>', 'a host beside Zaobao and the named sources (repeatable)', repeatable)
    .option('--allow-private', 'allow addresses of private networks and of this machine')
    .option('--no-robots', 'do not ask for robots.txt')
}

type Run = (io: Io, command: Command) => Promise<ExitCode>

function withConfig(act: (config: Config, io: Io, command: Command) => Promise<ExitCode>): Run {
  return async (io, command) => {
    const { loadConfig } = await import('./config.ts')
    return act(await loadConfig(flagsOf(command), io.env, io.cwd), io, command)
  }
}

function addCommands(program: Command, action: (act: Run) => (this: Command) => Promise<void>): void {
  addRunOptions(program.command('fetch').description('poll the sources and archive what is new: the job for cron'))
    .argument('[section...]', 'sections, or addresses of list pages (default: china)')
    .addHelpText(
      'after',
      `
Examples:
  zaobao-archiver fetch
  zaobao-archiver fetch china world --archive ~/news
  zaobao-archiver fetch --feed https://rsshub.example.org/zaobao/realtime/china --json | jq .title
${EXIT_CODES}`,
    )
    .action(
      action(
        withConfig(async (config, io, command) => {
          const { fetch } = await import('./commands/fetch.ts')
          const sections = command.args.length > 0 ? command.args : config.section
          return fetch({ ...config, section: sections, dryRun: command.opts()['dryRun'] === true }, io)
        }),
      ),
    )

  addRunOptions(program.command('backfill').description('archive given stories, or those of a span of days'))
    .argument('[url...]', 'addresses of stories; - reads them from standard input')
    .option('--file <list>', 'read addresses from a file, one a line')
    .option('--from <day>', 'every story of the sections in use from this day on, by the monthly sitemaps')
    .option('--to <day>', 'the last of those days (default: today in Singapore)')
    .addOption(new Option('--order <order>', 'which to fetch first').choices(['newest', 'oldest']).default('newest'))
    .addHelpText(
      'after',
      `
Examples:
  zaobao-archiver backfill https://www.zaobao.com.sg/realtime/china/story20211110-1212150
  zaobao-archiver backfill --file urls.txt --rate 30/m
  grep story urls.txt | zaobao-archiver backfill - --limit 100
  zaobao-archiver backfill --from 2026-09-01 --to 2026-09-30 --section all
${EXIT_CODES}`,
    )
    .action(
      action(
        withConfig(async (config, io, command) => {
          const { backfill } = await import('./commands/backfill.ts')
          const { file, from, to, order, dryRun } = command.opts<{
            file?: string
            from?: string
            to?: string
            order: 'newest' | 'oldest'
            dryRun?: boolean
          }>()
          const wanted = { urls: command.args, file: file ?? null, from: from ?? null, to: to ?? null, order }
          return backfill({ ...config, dryRun: dryRun === true }, wanted, io)
        }),
      ),
    )

  program
    .command('convert')
    .description("turn a story's page into its document; no network, no archive")
    .argument('[file]', 'the page (default: standard input)')
    .option('--url <url>', 'the address of the page')
    .addOption(
      new Option('--format <form>', 'what to print').choices(['document', 'body', 'json', 'html']).default('document'),
    )
    .addOption(new Option('--from <form>', 'what is read').choices(['page', 'json']).default('page'))
    .addHelpText(
      'after',
      `
Examples:
  curl -s "$URL" | zaobao-archiver convert --url "$URL"
  zaobao-archiver convert page.html --url "$URL" --format json | jq .title
  zaobao-archiver convert record.json --from json > story.md
${EXIT_CODES}`,
    )
    .action(
      action(async (io, command) => {
        const { convert } = await import('./commands/convert.ts')
        const options = command.opts<{ url?: string; format: 'document' | 'body' | 'json' | 'html'; from: string }>()
        return convert({ ...options, file: command.args[0] ?? null }, io)
      }),
    )

  program
    .command('items')
    .description('print the items of a feed, list page or sitemap as NDJSON; no archive')
    .argument('[file|url]', 'where to read it (default: standard input)')
    .option('--allow-private', 'allow addresses of private networks and of this machine')
    .option('--timeout <span>', 'give up a request after this long (default: 30s)')
    .addHelpText(
      'after',
      `
Examples:
  zaobao-archiver items feed.xml
  zaobao-archiver items https://www.zaobao.com.sg/realtime/china | jq -r .url
  curl -s https://rsshub.example.org/zaobao/realtime/world | zaobao-archiver items
${EXIT_CODES}`,
    )
    .action(
      action(
        withConfig(async (config, io, command) => {
          const { items } = await import('./commands/items.ts')
          return items(command.args[0] ?? null, config, io)
        }),
      ),
    )

  program
    .command('demo')
    .description('the whole job against a small recorded Zaobao inside the package; no network')
    .addHelpText(
      'after',
      `
Examples:
  zaobao-archiver demo
  zaobao-archiver demo --archive ./demo-archive
  zaobao-archiver demo --json | jq .title
${EXIT_CODES}`,
    )
    .action(
      action(
        withConfig(async (config, io, command) => {
          const { demo } = await import('./commands/demo.ts')
          const archive = flagsOf(command)['archive'] === undefined ? null : config.archive
          return demo({ ...config, archive, dryRun: false }, io)
        }),
      ),
    )
}

function build(io: Io, answer: (code: ExitCode) => void): Command {
  const program = new Command('zaobao-archiver')
    .description('Archives the news of 联合早报 (Lianhe Zaobao) as clean Markdown files, one story a file.')
    .version(manifest.version)
    .option('--archive <dir>', 'where the archive is (default: ./archive)')
    .option('--config <file>', 'configuration file (default: zaobao.config.jsonc, where it is there)')
    .option('--json', 'print records as NDJSON instead of paths')
    .option('--quiet', 'errors only')
    .option('--verbose', 'say more of what happens')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => void io.stdout(text), writeErr: (text) => io.stderr(text) })
  const action = (act: Run) =>
    async function answerWith(this: Command) {
      answer(await act(io, this))
    }
  addCommands(program, action)
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)
  return program
}

/** Runs a command line; never throws. Words go to `io.stderr`, data to `io.stdout`. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.done
  try {
    await build(io, (answered) => (code = answered)).parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    if (io.signal.aborted) return EXIT.interrupted
    if (isCommandError(error)) {
      for (const line of error.message.split('\n')) io.stderr(`zaobao-archiver: ${printable(line)}\n`)
      return error.exitCode
    }
    io.stderr(`zaobao-archiver: unexpected: ${printable(String(error))}; please report this\n`)
    return EXIT.storiesFailed
  }
}
