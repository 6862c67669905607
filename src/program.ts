import { Command, CommanderError, Option } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { printable } from './core/text/printable.ts'
import { EXIT, type ExitCode, isCommandError } from './errors.ts'
import type { Io } from './io.ts'
import { PROJECT_PAGE } from './project.ts'
import { addBackfill } from './program/backfill.ts'
import { addCompletion } from './program/completion.ts'
import { addConfig } from './program/config.ts'
import { addConvert } from './program/convert.ts'
import type { Does } from './program/declare.ts'
import { addDemo } from './program/demo.ts'
import { addExport } from './program/export.ts'
import { addFetch } from './program/fetch.ts'
import { addImport } from './program/import.ts'
import { addInit } from './program/init.ts'
import { addItems } from './program/items.ts'
import { addProbe } from './program/probe.ts'
import { addSchema } from './program/schema.ts'
import { addSearch } from './program/search.ts'
import { addServe } from './program/serve.ts'
import { addStatus } from './program/status.ts'
import { addVerify } from './program/verify.ts'
import { explainErrors, helpWords, type Wrapping, wrappingFor } from './program/help.ts'
import { languageOf } from './program/language.ts'
import { speak, t } from './words/words.ts'

const NAME = 'zaobao-archiver'

/** In the order of the help. */
const COMMANDS: Readonly<Record<string, (program: Command, does: Does) => void>> = {
  fetch: addFetch,
  backfill: addBackfill,
  convert: addConvert,
  items: addItems,
  export: addExport,
  search: addSearch,
  import: addImport,
  verify: addVerify,
  serve: addServe,
  status: addStatus,
  probe: addProbe,
  init: addInit,
  config: addConfig,
  schema: addSchema,
  completion: addCompletion,
  demo: addDemo,
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
  const does: Does = (act) =>
    async function answerWith(this: Command) {
      answer(await act(io, this))
    }
  for (const [name, add] of Object.entries(COMMANDS)) if (wanted(name)) add(program, does)
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)
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
      for (const line of error.message.split('\n')) io.stderr(`${NAME}: ${printable(line)}\n`)
      return error.exitCode
    }
    if (/^E[MN]FILE$/.test(String((error as { code?: unknown } | null)?.code))) {
      io.stderr(`${NAME}: ${t`too many files are open; ulimit -n raises the limit`}\n`)
      return EXIT.archive
    }
    const fault = t`unexpected: ${printable(String(error))}; please report this at ${PROJECT_PAGE}`
    io.stderr(`${NAME}: ${fault}\n`)
    return EXIT.storiesFailed
  }
}
