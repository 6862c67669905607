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
import { addStatus } from './program/status.ts'
import { addVerify } from './program/verify.ts'
import { languageOf } from './program/language.ts'
import { speak } from './words/words.ts'

const NAME = 'zaobao-archiver'

/** In the order of the help. */
const COMMANDS = [
  addFetch,
  addBackfill,
  addConvert,
  addItems,
  addExport,
  addImport,
  addVerify,
  addStatus,
  addProbe,
  addInit,
  addConfig,
  addSchema,
  addCompletion,
  addDemo,
] as const

/** The tree of commands. `answer` is told the exit code of the one that ran. */
export function createProgram(io: Io, answer: (code: ExitCode) => void): Command {
  const program = new Command(NAME)
    .description('Archives the news of 联合早报 (Lianhe Zaobao) as clean Markdown files, one story a file.')
    .version(manifest.version)
    .option('--archive <dir>', 'where the archive is (default: ./archive)')
    .option('--config <file>', 'configuration file (default: zaobao.config.jsonc, where it is there)')
    .option('--json', 'print records as NDJSON instead of paths')
    .addOption(new Option('--quiet', 'errors only').conflicts('verbose'))
    .option('--verbose', 'say more of what happens, with times and reasons')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => void io.stdout(text), writeErr: (text) => io.stderr(text) })
  const does: Does = (act) =>
    async function answerWith(this: Command) {
      answer(await act(io, this))
    }
  for (const add of COMMANDS) add(program, does)
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)
  for (const command of [program, ...program.commands]) explainErrors(command)
  return program
}

/** A mistyped line is one line, with what was probably meant and where to read more. */
function explainErrors(command: Command): void {
  const name = command.name() === NAME ? NAME : `${NAME} ${command.name()}`
  command.configureOutput({
    outputError(text, write) {
      const line = text
        .trim()
        .replace(/^error: /, '')
        .replace(/\.$/, '')
        .replace(/\n\(Did you mean (.*)\)$/, ' (did you mean $1)')
      write(`${NAME}: ${printable(line)}; see ${name} --help\n`)
    },
  })
}

/** Runs a command line; never throws. Words go to `io.stderr`, data to `io.stdout`. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.done
  try {
    await speak(await languageOf(argv, io))
    await createProgram(io, (answered) => (code = answered)).parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    if (io.signal.aborted) return EXIT.interrupted
    if (isCommandError(error)) {
      for (const line of error.message.split('\n')) io.stderr(`${NAME}: ${printable(line)}\n`)
      return error.exitCode
    }
    if (/^E[MN]FILE$/.test(String((error as { code?: unknown } | null)?.code))) {
      io.stderr(`${NAME}: too many files are open; ulimit -n raises the limit\n`)
      return EXIT.archive
    }
    io.stderr(`${NAME}: unexpected: ${printable(String(error))}; please report this at ${PROJECT_PAGE}\n`)
    return EXIT.storiesFailed
  }
}
