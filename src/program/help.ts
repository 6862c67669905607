import type { Argument, Command, HelpConfiguration, Option } from 'commander'
import { printable } from '../core/text/printable.ts'
import { type Message, message, plural, said, spoken, t } from '../words/words.ts'

/** How lines of Chinese are measured and broken. */
export interface Wrapping {
  width(text: string): number
  wrap(text: string, columns: number): string[]
}

/** commander counts letters and breaks at blanks, which does for English; what Chinese needs is loaded for it alone. */
export async function wrappingFor(argv: readonly string[]): Promise<Wrapping | null> {
  if (spoken() !== 'zh' || !argv.some((arg) => arg === 'help' || arg === '-h' || arg === '--help')) return null
  const [{ wrap }, { default: width }] = await Promise.all([import('../core/text/wrap.ts'), import('string-width')])
  return { width, wrap: (text, columns) => wrap(text, columns, 0) }
}

const TITLES: Readonly<Record<string, Message>> = {
  'Usage:': message`Usage:`,
  'Arguments:': message`Arguments:`,
  'Options:': message`Options:`,
  'Global Options:': message`Global Options:`,
  'Commands:': message`Commands:`,
}

/** commander's own words in the help. */
export function helpWords(wrapping: Wrapping | null): HelpConfiguration {
  return {
    styleTitle: (title) => {
      const known = TITLES[title]
      return known === undefined ? title : said(known)
    },
    optionDescription: described,
    argumentDescription: described,
    ...(wrapping === null
      ? {}
      : {
          displayWidth: (text: string) => wrapping.width(text),
          boxWrap: (text: string, columns: number) => wrapping.wrap(text, columns).join('\n'),
        }),
  }
}

/** As commander has it: what may be given, and what holds where nothing is. */
function described({ description, argChoices, defaultValue }: Option | Argument): string {
  const choices = argChoices?.map((choice) => JSON.stringify(choice)).join(', ')
  // An option that is switched off by `--no-` is on by default.
  const isSaid = typeof defaultValue === 'string'
  if (choices === undefined) return description
  return isSaid
    ? t`${description} (choices: ${choices}, default: ${JSON.stringify(defaultValue)})`
    : t`${description} (choices: ${choices})`
}

/** What commander says of a line that it cannot take, by its English words. */
const FAULTS: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^missing required argument '(.*)'$/, (name = '') => t`missing required argument '${name}'`],
  [/^option '(.*)' argument missing$/, (flags = '') => t`option '${flags}' argument missing`],
  [
    /^option '(.*)' cannot be used with option '(.*)'$/,
    (one = '', other = '') => t`option '${one}' cannot be used with option '${other}'`,
  ],
  [/^unknown option '(.*)'$/, (flag = '') => t`unknown option '${flag}'`],
  [/^unknown command '(.*)'$/, (name = '') => t`unknown command '${name}'`],
  [
    /^too many arguments for '(.*)'\. Expected (\d+) arguments? but got (\d+)$/,
    (name = '', most = '', got = '') =>
      plural(
        Number(most),
        t`too many arguments for '${name}'. Expected ${most} argument but got ${got}`,
        t`too many arguments for '${name}'. Expected ${most} arguments but got ${got}`,
      ),
  ],
  [
    /^option '(.*)' argument '([^]*)' is invalid\. Allowed choices are (.*)$/,
    (flags = '', value = '', choices = '') =>
      t`option '${flags}' argument '${value}' is invalid. Allowed choices are ${choices}`,
  ],
  [
    /^command-argument value '([^]*)' is invalid for argument '(.*)'\. Allowed choices are (.*)$/,
    (value = '', name = '', choices = '') =>
      t`command-argument value '${value}' is invalid for argument '${name}'. Allowed choices are ${choices}`,
  ],
]

/** A mistyped line is one line, with what was probably meant and where to read more. */
export function explainErrors(command: Command, program: string): void {
  const name = command.name() === program ? program : `${program} ${command.name()}`
  command.configureOutput({
    outputError(text, write) {
      const [, fault = '', near] = /^(?:error: )?([^]*?)\.?(?:\n\(Did you mean (.*)\?\))?$/.exec(text.trim()) ?? []
      const words = near === undefined ? faultIn(fault) : t`${faultIn(fault)} (did you mean ${anyOf(near)}?)`
      write(`${program}: ${printable(t`${words}; see ${`${name} --help`}`)}\n`)
    },
  })
}

function anyOf(names: string): string {
  const [, several] = /^one of (.*)$/.exec(names) ?? []
  return several === undefined ? names : t`one of ${several}`
}

function faultIn(english: string): string {
  for (const [pattern, say] of FAULTS) {
    const parts = pattern.exec(english)
    if (parts !== null) return say(...parts.slice(1))
  }
  return english
}
