import { Command, CommanderError, Option } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { printableLine } from './core/text/printable.ts'
import { EXIT, type ExitCode, isCommandError } from './errors.ts'
import type { Io } from './io.ts'
import { PROJECT_PAGE } from './project.ts'
import { declareBackfill } from './program/backfill.ts'
import { declareCompletion } from './program/completion.ts'
import { declareConfig } from './program/config.ts'
import { declareConvert } from './program/convert.ts'
import { type CommandAction, refuseEmpty } from './program/declare.ts'
import { declareDemo } from './program/demo.ts'
import { declareExport } from './program/export.ts'
import { declareFetch } from './program/fetch.ts'
import { declareImport } from './program/import.ts'
import { declareInit } from './program/init.ts'
import { declareItems } from './program/items.ts'
import { declareProbe } from './program/probe.ts'
import { declareSchema } from './program/schema.ts'
import { declareSearch } from './program/search.ts'
import { declareServe } from './program/serve.ts'
import { declareStatus } from './program/status.ts'
import { declareVerify } from './program/verify.ts'
import { explainErrors, helpWords, type Wrapping, wrappingFor } from './program/help.ts'
import { languageOf } from './program/language.ts'
import { speak, t } from './words/words.ts'

const NAME = 'zaobao-archiver'

/** Each declares what its command takes and what the help says of it, and answers what it does. In the order of the help. */
const COMMANDS: Readonly<Record<string, (command: Command) => CommandAction>> = {
  fetch: declareFetch,
  backfill: declareBackfill,
  convert: declareConvert,
  items: declareItems,
  export: declareExport,
  search: declareSearch,
  import: declareImport,
  verify: declareVerify,
  serve: declareServe,
  status: declareStatus,
  probe: declareProbe,
  init: declareInit,
  config: declareConfig,
  schema: declareSchema,
  completion: declareCompletion,
  demo: declareDemo,
}

/** Whether a command line can reach a command: what begins with one reaches that alone, `--version` none, `completion` tells of all. */
function reachedBy([first = '']: readonly string[]): (name: string) => boolean {
  if (/^(?:--version|-V)$/.test(first)) return () => false
  return Object.hasOwn(COMMANDS, first) && first !== 'completion' ? (name) => name === first : () => true
}

/**
 * The tree of those commands that are `wanted`: each takes a start a tenth of a millisecond. `answer` is told the exit code of the one
 * that ran; `wrapping` breaks the lines of the help, where they are in Chinese.
 */
export function createProgram(
  io: Io,
  answer: (code: ExitCode) => void,
  { wrapping = null, wanted = () => true }: { wrapping?: Wrapping | null; wanted?: (name: string) => boolean } = {},
): Command {
  const program = new Command(NAME)
    .description(t`Archives the news of 联合早报 (Lianhe Zaobao) as clean Markdown files, one story a file.`)
    .version(manifest.version, '-V, --version', t`output the version number`)
    .helpOption('-h, --help', t`display help for command`)
    .helpCommand('help [command]', t`display help for command`)
    .option('--archive <dir>', t`where the archive is (default: ./archive)`)
    .option('--config <file>', t`configuration file (default: zaobao.config.jsonc, where it is there)`)
    .option('--json', t`print records as NDJSON instead of paths`)
    .addOption(new Option('--quiet', t`errors only`).conflicts('verbose'))
    .option('--verbose', t`say more of what happens, with times and reasons`)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, ...helpWords(wrapping) })
    .configureOutput({ writeOut: (text) => void io.stdout(text), writeErr: (text) => io.stderr(text) })
  for (const [name, declare] of Object.entries(COMMANDS)) {
    if (!wanted(name)) continue
    const command = program.command(name)
    const act = declare(command)
    command.action(async () => {
      refuseEmpty(command)
      answer(await act(io))
    })
  }
  for (const command of [program, ...program.commands]) explainErrors(command, NAME)
  return program
}

/** Runs a command line; never throws. Words go to `io.stderr`, data to `io.stdout`. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.done
  try {
    await speak(await languageOf(argv, io))
    const how = { wrapping: await wrappingFor(argv), wanted: reachedBy(argv) }
    const program = createProgram(io, (answered) => (code = answered), how)
    // Of a command that there is not, commander's help says nothing.
    const [first, asked = ''] = argv
    const isMistyped =
      first === 'help' && /^[^-]/.test(asked) && program.commands.every((command) => command.name() !== asked)
    await program.parseAsync(isMistyped ? [asked] : argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    if (io.signal.aborted) return EXIT.interrupted
    if (isCommandError(error)) {
      for (const line of error.message.split('\n')) io.stderr(`${NAME}: ${printableLine(line)}\n`)
      return error.exitCode
    }
    if (/^E[MN]FILE$/.test(String((error as { code?: unknown } | null)?.code))) {
      io.stderr(`${NAME}: ${t`too many files are open; ulimit -n raises the limit`}\n`)
      return EXIT.archive
    }
    const fault = t`unexpected: ${printableLine(String(error))}; please report this at ${PROJECT_PAGE}`
    io.stderr(`${NAME}: ${fault}\n`)
    return EXIT.storiesFailed
  }
}
