import type { Argument, Command, HelpConfiguration, Option } from 'commander'
import { DEFAULTS, optionOf, variableOf } from '../config/defaults.ts'
import { CONFIG_FILE } from '../config/file.ts'
import { nearest } from '../core/text/nearest.ts'
import { printable, shownText } from '../core/text/printable.ts'
import { borrowed, message, said, spoken, t } from '../words/words.ts'

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

const TITLES = [message`Usage:`, message`Arguments:`, message`Options:`, message`Global Options:`, message`Commands:`]

/** commander's own words in the help. */
export function helpWords(wrapping: Wrapping | null): HelpConfiguration {
  return {
    styleTitle: (title) => said(TITLES.find(({ template }) => template === title) ?? message`${title}`),
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

/** What commander says of a line that it cannot take; in the holes stands what it was given. */
const FAULTS = [
  message`missing required argument '${''}'`,
  message`option '${''}' argument missing`,
  message`option '${''}' cannot be used with option '${''}'`,
  message`unknown option '${''}'`,
  message`unknown command '${''}'`,
  message`too many arguments for '${''}'. Expected ${''} arguments but got ${''}`,
  message`option '${''}' argument '${''}' is invalid. Allowed choices are ${''}`,
  message`command-argument value '${''}' is invalid for argument '${''}'. Allowed choices are ${''}`,
]

/** A mistyped line is one line, with what was probably meant and where to read more. */
export function explainErrors(command: Command, program: string): void {
  const name = command.name() === program ? program : `${program} ${command.name()}`
  command.configureOutput({
    outputError(text, write) {
      const [, fault = '', near] = /^(?:error: )?([^]*?)\.?(?:\n\(Did you mean (.*)\?\))?$/.exec(text.trim()) ?? []
      const words = unknownOption(fault, near, command) ?? withHint(faultIn(fault), near)
      write(`${program}: ${printable(t`${words}; see ${`${name} --help`}`)}\n`)
    },
  })
}

/** What options are called by those who think of other commands. */
const TWINS: Readonly<Record<string, string>> = { since: 'from', until: 'to', from: 'since', to: 'until' }

/**
 * That an option is not known, without its value, takes none, or belongs elsewhere; `null` for any other fault. commander sees no
 * likeness in `--option=value`.
 */
function unknownOption(fault: string, near: string | undefined, command: Command): string | null {
  const [, flag] = /^unknown option '(--[^=]*)(?:=[^]*)?'$/.exec(fault) ?? []
  if (flag === undefined) return null
  const known = [command, command.parent].flatMap((one) => one?.options.flatMap(({ long }) => long ?? []) ?? [])
  if (known.includes(flag)) return t`option '${flag}' takes no value`
  const owners = command.commands.filter(({ options }) => options.some(({ long }) => long === flag))
  if (owners.length > 0) {
    const names = owners.map((owner) => owner.name())
    return t`option '${flag}' stands behind its command (${names})`
  }
  const unknown = faultIn(`unknown option '${flag}'`)
  const key = Object.keys(DEFAULTS).find((one) => optionOf(one) === flag)
  if (key !== undefined) return t`${unknown}; ${variableOf(key)} sets it, or ${key} in ${CONFIG_FILE}`
  const twin = known.find((each) => each === `--${TWINS[flag.slice(2)]}`)
  return withHint(unknown, twin ?? near ?? nearest(flag, known) ?? undefined)
}

function withHint(fault: string, near: string | undefined): string {
  return near === undefined ? fault : t`${fault} (did you mean ${anyOf(near)}?)`
}

function anyOf(names: string): string {
  const [, several] = /^one of (.*)$/.exec(names) ?? []
  return several === undefined ? names : t`one of ${several}`
}

/** commander's words in the language that is spoken. */
function faultIn(english: string): string {
  for (const { template } of FAULTS) {
    const words = template.replaceAll('.', String.raw`\.`).replaceAll('arguments', 'arguments?')
    const [, ...holes] = new RegExp(`^${words.replace(/\{\d+\}/g, '([^]*)')}$`).exec(english) ?? []
    if (holes.length === 0) continue
    const shown = holes.map(shownText)
    const text = holes.reduce((before, hole, at) => before.replace(hole, () => shown[at] ?? ''), english)
    return said(borrowed(text, { template, holes: shown }))
  }
  return english
}
