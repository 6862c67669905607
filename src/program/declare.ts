import type { Command } from 'commander'
import { loadConfig } from '../config/config.ts'
import { DEFAULTS, type Flags } from '../config/defaults.ts'
import type { Config } from '../config/keys.ts'
import { EXIT, type ExitCode, UsageError } from '../errors.ts'
import type { Io } from '../io.ts'
import { type Message, message, said, t } from '../words/words.ts'

/** What a command does when it is called. */
export type CommandAction = (io: Io) => Promise<ExitCode>

const MEANINGS: Readonly<Record<ExitCode, Message>> = {
  [EXIT.done]: message`done`,
  [EXIT.storiesFailed]: message`done, but some stories failed (each named, queued for the next run), or a source was cut off`,
  [EXIT.usage]: message`wrong usage or configuration`,
  [EXIT.noSource]: message`no source could be read`,
  [EXIT.archive]: message`the archive cannot be used`,
  [EXIT.tryLater]: message`try later: another run holds the archive, or the site said to wait`,
  [EXIT.interrupted]: message`interrupted (143: terminated)`,
  [EXIT.terminated]: message`terminated`,
}

/** What the help of a command says under its options. */
interface Lesson {
  examples: readonly [string, string, string]
  /** The exit codes that the command has beside 0, 2 and 130; a text where the common one does not say it, `null` for one that it has not. */
  codes?: Partial<Record<ExitCode, string | true | null>>
}

/** Adds examples and exit codes to the help of a command. */
export function teach(command: Command, { examples, codes = {} }: Lesson): void {
  const all: Partial<Record<ExitCode, string | true | null>> = {
    [EXIT.done]: true,
    [EXIT.usage]: true,
    [EXIT.interrupted]: true,
    ...codes,
  }
  // Put together where it is shown: every run declares all commands.
  command.addHelpText('after', () => {
    const lines = Object.entries(MEANINGS).flatMap(([code, meaning]) => {
      const own = all[Number(code) as ExitCode] ?? null
      return own === null ? [] : [`  ${code.padEnd(4)} ${own === true ? said(meaning) : own}`]
    })
    const shown = examples.map((example) => `  ${example.replace(/^(?!.*zaobao-archiver )/, 'zaobao-archiver ')}`)
    return `\n${t`Examples:`}\n${shown.join('\n')}\n\n${t`Exit codes:`}\n${lines.join('\n')}`
  })
}

/** What the user gave on the command line, and nothing that commander filled in: defaults are the configuration's. */
export function flagsOf(command: Command): Flags {
  const given: Record<string, unknown> = {}
  for (let at: Command | null = command; at !== null; at = at.parent) {
    for (const [name, value] of Object.entries(at.opts())) {
      if (at.getOptionValueSource(name) === 'cli' && !(name in given)) given[name] = value
    }
  }
  // The flag of the two stands, whatever the configuration says of the other.
  if (given['verbose'] === true) return { quiet: false, ...given }
  return given['quiet'] === true ? { verbose: false, ...given } : given
}

/**
 * Throws `UsageError` for the name of a file, a folder or a host that is empty, as `"$OUT"` is where nothing sets it: it would be the
 * working folder, or every address of this machine. Keys of the configuration say themselves what they take.
 */
export function refuseEmpty(command: Command): void {
  const options = [command, command.parent].flatMap((one) => {
    const named = one?.options.filter(({ flags }) => /<(?:file|dir|list|address)\b/.test(flags)) ?? []
    return named
      .filter((option) => !(option.attributeName() in DEFAULTS) && one?.opts()[option.attributeName()] === '')
      .map(({ long }) => long ?? '')
  })
  const given = command.registeredArguments.filter((each) => /\b(?:file|dir)\b/.test(each.name()))
  const isEmpty = command.args.includes('') && given.length > 0
  const [name] = [...options, ...(isEmpty ? given.map((each) => each.name()) : [])]
  if (name !== undefined) throw new UsageError(t`${name} is empty; is a variable unset?`)
}

/** What a command does with the configuration in force. */
type ConfiguredAction = (config: Config, io: Io) => Promise<ExitCode>

/** An action that is given the configuration in force, the flags of its command among it. */
export function withConfig(command: Command, act: ConfiguredAction): CommandAction {
  return async (io) => act(await loadConfig(flagsOf(command), io), io)
}

/** The same, with a bar on the terminal while the work goes on. */
export function withProgress(command: Command, act: ConfiguredAction): CommandAction {
  return withConfig(command, async (config, io) => {
    const watched = io.stderrIsTerminal && io.env['TERM'] !== 'dumb' && config.progress && !config.quiet
    if (!watched) return act(config, io)
    const { drawProgress } = await import('../progress.ts')
    const drawing = drawProgress(io)
    try {
      return await act(config, drawing.io)
    } finally {
      drawing.stop()
    }
  })
}

/** For options that may be given more than once. */
export const repeatable = (value: string, before: string[] = []): string[] => [...before, value]
