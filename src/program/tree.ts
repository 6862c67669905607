import type { Argument, Command, Option } from 'commander'

/** What may stand for a value. */
export type Value = { kind: 'none' | 'text' | 'file' | 'folder' } | { kind: 'choice'; choices: readonly string[] }

export interface OptionTree {
  /** `--quiet`, `-h`. */
  flags: readonly string[]
  /** `<dir>`; empty where it takes no value. */
  placeholder: string
  about: string
  value: Value
  repeatable: boolean
}

export interface ArgumentTree {
  /** `[file]`, `<dir>`. */
  placeholder: string
  about: string
  value: Value
  repeatable: boolean
}

/** A command as a plain value: what completion and the manual page are made from. */
export interface CommandTree {
  name: string
  about: string
  options: readonly OptionTree[]
  arguments: readonly ArgumentTree[]
  commands: readonly CommandTree[]
}

/** The tree of a program that is built. */
export function treeOf(command: Command): CommandTree {
  const help = command.createHelp()
  return {
    name: command.name(),
    about: command.description(),
    options: help.visibleOptions(command).map(optionTree),
    arguments: command.registeredArguments.map(argumentTree),
    commands: help
      .visibleCommands(command)
      .filter(({ parent }) => parent === command)
      .map(treeOf),
  }
}

function optionTree(option: Option): OptionTree {
  const placeholder = /[<[].*$/.exec(option.flags)?.[0] ?? ''
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    placeholder,
    about: option.description,
    value: valueOf(placeholder, option.argChoices),
    repeatable: option.description.includes('repeatable'),
  }
}

function argumentTree(argument: Argument): ArgumentTree {
  const name = argument.name() + (argument.variadic ? '...' : '')
  const placeholder = argument.required ? `<${name}>` : `[${name}]`
  const { description: about, variadic } = argument
  return { placeholder, about, value: valueOf(placeholder, argument.argChoices), repeatable: variadic }
}

function valueOf(placeholder: string, choices: readonly string[] | undefined): Value {
  if (choices !== undefined) return { kind: 'choice', choices }
  if (placeholder === '') return { kind: 'none' }
  if (/\b(?:file|list)\b/.test(placeholder)) return { kind: 'file' }
  return { kind: /\bdir\b/.test(placeholder) ? 'folder' : 'text' }
}
